//! What opens the zone in somebody's name is taken back: with a stolen passkey, with whoever leaves, by the operator's command.

use app::engine::act::Act;
use app::engine::roster::RosterAct;
use app::{Account, AppError, Officers, Revoked, Why};
use jiff::SignedDuration;

use crate::house::{House, of_officer, of_person};
use crate::officers::{authenticator, register};

/// An account with one of each: a session, a link, a token that was used already.
struct Opened {
    session: String,
    link: String,
    token: String,
}

impl Opened {
    async fn of(house: &House, account: &Account) -> Self {
        house.app.put_accounts(std::slice::from_ref(account)).await.unwrap();
        let link = house.app.sign_in_link(&account.id).await.unwrap();
        let session = house.app.sign_in(&link).await.unwrap();
        let token = house.app.api_token(&account.id).await.unwrap();
        assert_eq!(house.app.bearer(&token).await.unwrap().id, account.id);
        Self { session, link: house.app.sign_in_link(&account.id).await.unwrap(), token }
    }

    /// Which of the three still open something.
    async fn open(&self, house: &House) -> [bool; 3] {
        let ended = |error: AppError| assert!(matches!(error, AppError::SignedOut), "{error:?}");
        let session = house.app.session(&self.session).await.map_err(ended).is_ok();
        let token = house.app.bearer(&self.token).await.map_err(ended).is_ok();
        [session, token, house.app.sign_in(&self.link).await.map_err(ended).is_ok()]
    }
}

async fn roster(house: &House, act: RosterAct) {
    house.app.operate_roster(&[act]).await.unwrap();
}

#[tokio::test]
async fn a_stolen_passkey_takes_sessions_links_and_tokens_with_it() {
    let house = House::open_with(Officers::Link).await;
    let own = authenticator(1);
    register(&house, "e1", &own).await;
    let (stolen, other) = (Opened::of(&house, &of_officer("e1")).await, Opened::of(&house, &of_officer("e2")).await);
    let withdraw = RosterAct::WithdrawPasskey {
        officer: "e1".to_owned(),
        credential: own.id.clone(),
        reason: "stolen".to_owned(),
    };
    roster(&house, withdraw).await;
    assert_eq!(stolen.open(&house).await, [false; 3]);
    assert_eq!(other.open(&house).await, [true; 3]);
    // Whoever the passkey belonged to is an officer as before, and may be let in anew.
    let anew = Opened::of(&house, &of_officer("e1")).await;
    roster(&house, RosterAct::Limit { officer: "e1".to_owned(), most_open: Some(3) }).await;
    assert_eq!(anew.open(&house).await, [true; 3]);
}

#[tokio::test]
async fn whoever_leaves_is_signed_out_and_sees_no_case_that_they_decided() {
    let house = House::open().await;
    let case = house.submit("ana", "licence", "kind smith, size 90").await.case;
    let officer = house.state(case).await.holders()[0].clone();
    let account = of_officer(&officer);
    let decide = Act::Decide { route: "grant".to_owned(), ground: None, note: "as seen".to_owned(), facts: [].into() };
    house.act(&account, case, decide.clone()).await.unwrap();
    assert!(house.app.case(&account, case).await.unwrap().standing.drawn);
    let opened = Opened::of(&house, &account).await;
    roster(&house, RosterAct::Leave { officer: officer.clone(), role: None, reason: "gone".to_owned() }).await;
    assert_eq!(opened.open(&house).await, [false; 3]);
    // Were they let in again, the case would not be there for them; as an applicant they are told what they are no longer.
    let looked = house.app.case(&account, case).await;
    assert!(matches!(looked, Err(AppError::NotFound("case"))), "{:?}", looked.err());
    let own = Account { person: Some("ana".to_owned()), ..account };
    let acted = house.act(&own, case, decide).await;
    assert!(matches!(acted, Err(AppError::MayNot(Why::Left))), "{acted:?}");
}

#[tokio::test]
async fn an_officer_who_gives_up_one_role_of_two_stays_signed_in() {
    let house = House::open().await;
    let second = RosterAct::Join { officer: "e1".to_owned(), role: "judge".to_owned(), person: None, weight: 1 };
    roster(&house, second).await;
    let opened = Opened::of(&house, &of_officer("e1")).await;
    let leave =
        |role: &str| RosterAct::Leave { officer: "e1".to_owned(), role: Some(role.to_owned()), reason: String::new() };
    roster(&house, leave("judge")).await;
    assert!(house.app.session(&opened.session).await.is_ok());
    roster(&house, leave("examiner")).await;
    assert_eq!(opened.open(&house).await, [false; 3]);
}

#[tokio::test]
async fn the_operator_takes_everything_of_an_account_back() {
    let house = House::open().await;
    let (gate, other) = (of_person("gate"), of_person("other"));
    let (stolen, kept) = (Opened::of(&house, &gate).await, Opened::of(&house, &other).await);
    for _ in 0..3 {
        house.app.api_token("gate").await.unwrap();
    }
    assert!(matches!(house.app.revoke("nobody").await, Err(AppError::NotFound("account"))));
    // As the command does it, in a process of its own: the one that runs believes a token for a minute at most.
    let elsewhere = house.another_process().await;
    assert_eq!(elsewhere.revoke("gate").await.unwrap(), Revoked { sessions: 1, links: 1, tokens: 4 });
    assert_eq!(elsewhere.revoke("gate").await.unwrap(), Revoked::default());
    house.app.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(stolen.open(&house).await, [false; 3]);
    assert_eq!(kept.open(&house).await, [true; 3]);
    assert_eq!(house.app.account("gate").await.unwrap(), gate);
}
