//! What has run out of time goes, and an account that its person wants gone.

use std::collections::{BTreeMap, BTreeSet};

use app::engine::mandate::{MandateAct, Principal};
use app::jobs::sweep;
use app::{AppError, Draft, Forgotten, InUse};
use definition::value::Value;
use jiff::SignedDuration;
use store::EntryQuery;

use crate::house::{House, of_officer, of_person, withdraw};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn kept(house: &House, kinds: &[&str]) -> usize {
    let mut count = 0;
    for kind in kinds {
        let query = EntryQuery { kind: (*kind).to_owned(), key: None, owner: None, after: None, limit: 1000 };
        count += house.store.entries(query).await.unwrap().len();
    }
    count
}

async fn shop(house: &House, holder: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = BTreeMap::from([
        ("shop.id".to_owned(), text("S1")),
        ("shop.debt".to_owned(), Value::Decimal(0.into())),
        ("person.id".to_owned(), text(holder)),
    ]);
    let (register, key, held_by) = ("shops".to_owned(), "S1".to_owned(), Some(holder.to_owned()));
    let entering = app::engine::event::Entering { register, key, held_by, values };
    house.app.put_records(&[entering]).await.unwrap();
}

#[tokio::test]
async fn secrets_that_open_nothing_any_more_go_and_are_not_counted() {
    let house = House::open().await;
    let (ali, officer) = (of_person("ali"), of_officer("e1"));
    house.app.put_accounts(&[ali.clone(), officer.clone()]).await.unwrap();
    let link = house.app.sign_in_link("ali").await.unwrap();
    let session = house.app.sign_in(&link).await.unwrap();
    let unused = house.app.sign_in_link("ali").await.unwrap();
    let token = house.app.api_token("ali").await.unwrap();
    for _ in 0..25 {
        house.app.sign_in_challenge().await.unwrap();
    }
    house.app.register_challenge(&officer).await.unwrap();
    assert_eq!(sweep::run(&house.app).await.unwrap(), 0, "all of it is of use still");
    assert_eq!(house.app.export(&ali, None).await.unwrap().sign_ins, 3);
    house.app.clock.advance(DAY);
    assert_eq!(house.app.export(&ali, None).await.unwrap().sign_ins, 1, "the token");
    sweep::run(&house.app).await.unwrap();
    assert_eq!(kept(&house, &["session", "sign-in-link", "passkey-sign-in", "passkey-register"]).await, 0);
    assert!(house.app.session(&session).await.is_err() && house.app.sign_in(&unused).await.is_err());
    assert!(house.app.bearer(&token).await.is_ok());
    house.app.clock.advance(DAY * 90);
    sweep::run(&house.app).await.unwrap();
    assert_eq!(kept(&house, &["api-token"]).await, 0);
}

#[tokio::test]
async fn drafts_go_ninety_days_after_they_were_last_written_or_with_the_mandate_they_were_begun_under() {
    let house = House::open().await;
    shop(&house, "zahra").await;
    let (ali, zahra) = (of_person("ali"), of_person("zahra"));
    house.app.keep_draft(&ali, &house.draft("licence", None, "kind smith")).await.unwrap();
    let now = house.app.clock.now();
    let give = MandateAct::Give {
        principal: Principal { register: "shops".to_owned(), key: "S1".to_owned() },
        agent: "ali".to_owned(),
        services: BTreeSet::new(),
        from: now,
        until: now.checked_add(DAY * 30).unwrap(),
    };
    let mandate = house.app.act_on_mandate(&zahra, None, &give, None).await.unwrap().case;
    house.app.act_on_mandate(&ali, Some(mandate), &MandateAct::Accept, None).await.unwrap();
    let under = Draft { mandate: Some(mandate), ..house.draft("market", None, "shop S1") };
    house.app.keep_draft(&ali, &under).await.unwrap();
    house.app.clock.advance(DAY * 31);
    sweep::run(&house.app).await.unwrap();
    let left = house.app.drafts(&ali).await.unwrap();
    assert_eq!(left.len(), 1, "what was begun for the shop went when the mandate ran out: {left:?}");
    let own = house.app.draft(&ali, "licence", None, None).await.unwrap();
    house.app.keep_draft(&ali, &own).await.unwrap();
    house.app.clock.advance(DAY * 89);
    sweep::run(&house.app).await.unwrap();
    assert_eq!(house.app.drafts(&ali).await.unwrap().len(), 1);
    house.app.clock.advance(DAY * 2);
    sweep::run(&house.app).await.unwrap();
    assert!(house.app.drafts(&ali).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_attempt_goes_after_a_year() {
    let house = House::open().await;
    shop(&house, "zahra").await;
    let draft = house.draft("market", None, "shop S1");
    house.app.submit(&of_person("omar"), &draft, None).await.unwrap_err();
    house.app.clock.advance(DAY * 364);
    sweep::run(&house.app).await.unwrap();
    assert_eq!(house.app.export(&of_person("zahra"), None).await.unwrap().reads.len(), 1);
    house.app.clock.advance(DAY * 2);
    sweep::run(&house.app).await.unwrap();
    assert_eq!(house.app.export(&of_person("zahra"), None).await.unwrap().reads.len(), 0);
}

#[tokio::test]
async fn an_account_goes_with_all_that_opens_it_when_nothing_is_under_way() {
    let house = House::open().await;
    let (ali, officer) = (of_person("ali"), of_officer("e1"));
    house.app.put_accounts(&[ali.clone(), officer]).await.unwrap();
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    house.app.keep_draft(&ali, &house.draft("licence", None, "kind smith")).await.unwrap();
    let link = house.app.sign_in_link("ali").await.unwrap();
    let token = house.app.api_token("ali").await.unwrap();
    house.app.bearer(&token).await.unwrap();
    assert_eq!(house.app.erase_account("ali").await.unwrap(), Err(InUse::OpenCase));
    assert_eq!(house.app.erase_account("e1").await.unwrap(), Err(InUse::Officer));
    assert!(matches!(house.app.erase_account("nobody").await, Err(AppError::NotFound(_))));
    assert!(house.app.bearer(&token).await.is_ok() && house.app.account("e1").await.is_ok(), "nothing has changed");
    house.act(&ali, case, withdraw()).await.unwrap();
    let gone = house.app.erase_account("ali").await.unwrap();
    assert_eq!(gone, Ok(Forgotten { identity: false, drafts: 1, secrets: 2 }));
    assert!(house.app.account("ali").await.is_err() && house.app.drafts(&ali).await.unwrap().is_empty());
    assert!(house.app.bearer(&token).await.is_err() && house.app.sign_in(&link).await.is_err());
    assert_eq!(house.state(case).await.applicant, "ali", "a case forgets in its own time");
}
