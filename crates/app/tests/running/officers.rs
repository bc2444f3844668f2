//! Officers' signatures and the roster's stream, on a real store: what is signed, every way in which a signature is no good, and who was on the roster.

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::roster::{Register, RosterAct, RosterEvent, RosterRefusal, STREAM};
use app::{Account, AppError, Assertion, Officers, PasskeyError};
use credential::passkey::PasskeyFault;

use crate::house::{House, of_officer};
use crate::soft::{Authenticator, Made};

const PARTY: &str = "little.example";
const ORIGIN: &str = "http://little.example";

pub fn authenticator(seed: u8) -> Authenticator {
    Authenticator::ed25519(seed, PARTY, ORIGIN)
}

fn assertion(own: &Authenticator, made: Made) -> Assertion {
    let Made { authenticator_data, client_data, signature } = made;
    Assertion { credential: own.id.clone(), authenticator_data, client_data, signature }
}

fn decide() -> Act {
    Act::Decide { route: "grant".to_owned(), ground: None, note: "as seen".to_owned(), facts: [].into() }
}

/// Registers a passkey for an officer who has none.
pub async fn register(house: &House, officer: &str, own: &Authenticator) {
    let account = of_officer(officer);
    let challenge = house.app.register_challenge(&account).await.unwrap();
    let (client_data, attestation) = own.register(&hex::decode(&challenge).unwrap());
    let act = house.app.new_passkey(&account, &challenge, &client_data, &attestation, "phone").await.unwrap();
    let seen = house.app.register().seq;
    house.app.act_on_roster(&account, &act, seen, None).await.unwrap();
    // What was made for it serves once.
    let again = house.app.new_passkey(&account, &challenge, &client_data, &attestation, "phone").await;
    assert!(matches!(again, Err(AppError::SignedOut)), "{again:?}");
}

/// A case that waits for an officer with a passkey.
struct Signing {
    house: House,
    case: CaseId,
    account: Account,
    own: Authenticator,
    seen: u64,
}

impl Signing {
    async fn open() -> Self {
        let house = House::open_with(Officers::Passkey).await;
        let case = house.submit("ana", "licence", "kind smith, size 90").await.case;
        let officer = house.state(case).await.holders()[0].clone();
        let own = authenticator(1);
        register(&house, &officer, &own).await;
        let seen = house.state(case).await.seq;
        Self { house, case, account: of_officer(&officer), own, seen }
    }

    async fn challenge(&self, act: &Act) -> [u8; 32] {
        self.house.app.act_to_sign(&self.account, self.case, act, self.seen).await.unwrap().challenge
    }

    async fn act(&self, act: &Act, assertion: Option<&Assertion>) -> Result<(), AppError> {
        let done = self.house.app.act_signed(&self.account, self.case, act, Some(self.seen), None, assertion).await;
        done.map(drop)
    }

    /// The act is refused for this, and nothing was done.
    async fn refused(&self, act: &Act, assertion: &Assertion, why: PasskeyError) {
        let refused = self.act(act, Some(assertion)).await;
        assert!(matches!(&refused, Err(AppError::Passkey(error)) if *error == why), "{refused:?}, not {why:?}");
        assert_eq!(self.house.state(self.case).await.seq, self.seen);
    }
}

#[tokio::test]
async fn what_is_signed_is_done_and_verifies_from_the_record_alone() {
    let signing = Signing::open().await;
    let challenge = signing.challenge(&decide()).await;
    let good = assertion(&signing.own, signing.own.sign(&challenge));
    signing.act(&decide(), Some(&good)).await.unwrap();
    let rows = signing.house.store.history(signing.case, signing.seen, 1).await.unwrap();
    let event: app::engine::event::Event = serde_json::from_slice(&rows[0].event.body).unwrap();
    let signed = event.signed.clone().unwrap();
    // As somebody elsewhere does it, years later: the key from the roster's stream, everything else from the event.
    let roster = signing.house.store.history(STREAM, 0, 1000).await.unwrap();
    let events: Vec<RosterEvent> = roster.iter().map(|row| serde_json::from_slice(&row.event.body).unwrap()).collect();
    let register = Register::fold(&events);
    let (officer, passkey) = register.owner(&signed.credential).unwrap();
    let text: app::engine::signed::ActText<Act> = serde_json::from_str(&signed.act).unwrap();
    assert_eq!((&text.officer, &text.act, text.case, text.seen), (officer, &decide(), signing.case, signing.seen));
    let party = credential::passkey::RelyingParty { id: PARTY.to_owned(), origin: ORIGIN.to_owned() };
    let parts = credential::passkey::Assertion {
        authenticator_data: &signed.authenticator_data,
        client_data: signed.client_data.as_bytes(),
        signature: &signed.signature,
    };
    let over = app::engine::signed::challenge(&signed.act);
    assert_eq!(credential::passkey::asserted(&party, &over, &passkey.key, parts), Ok(0));
}

#[tokio::test]
async fn no_act_without_a_signature_and_none_with_a_stolen_one() {
    let signing = Signing::open().await;
    assert!(matches!(signing.act(&decide(), None).await, Err(AppError::SignatureNeeded)));
    let challenge = signing.challenge(&decide()).await;
    let sign = |own: &Authenticator| assertion(own, own.sign(&challenge));
    let fault = PasskeyError::Fault;
    // Another's passkey, whether it is on the roster or not.
    let other = authenticator(2);
    signing.refused(&decide(), &sign(&other), PasskeyError::Unknown).await;
    let examiner = ["e1", "e2", "e3"].into_iter().find(|one| signing.account.officer.as_deref() != Some(one)).unwrap();
    register(&signing.house, examiner, &other).await;
    signing.refused(&decide(), &sign(&other), PasskeyError::Unknown).await;
    // Under the right name by the wrong key.
    let forged = Assertion { credential: signing.own.id.clone(), ..sign(&other) };
    signing.refused(&decide(), &forged, fault(PasskeyFault::Signature)).await;
    // From another site, for another site, by nobody in particular.
    let mut own = authenticator(1);
    own.origin = "http://little.example.evil.example".to_owned();
    signing.refused(&decide(), &sign(&own), fault(PasskeyFault::WrongOrigin)).await;
    let mut own = authenticator(1);
    own.party = "evil.example".to_owned();
    signing.refused(&decide(), &sign(&own), fault(PasskeyFault::WrongRelyingParty)).await;
    let mut own = authenticator(1);
    own.flags = 1;
    signing.refused(&decide(), &sign(&own), fault(PasskeyFault::NotVerified)).await;
    // Another act than the one that was signed: another route, another word, another case.
    let good = sign(&signing.own);
    for note in ["As seen", "as seen "] {
        let act = Act::Decide { route: "grant".to_owned(), ground: None, note: note.to_owned(), facts: [].into() };
        signing.refused(&act, &good, fault(PasskeyFault::WrongChallenge)).await;
    }
    let refuse = Act::Decide {
        route: "refuse".to_owned(),
        ground: Some("unfit".to_owned()),
        note: "as seen".to_owned(),
        facts: [].into(),
    };
    signing.refused(&refuse, &good, fault(PasskeyFault::WrongChallenge)).await;
    // A sign-in is no signature.
    let sign_in = signing.house.app.sign_in_challenge().await.unwrap();
    let made = signing.own.sign(&hex::decode(sign_in).unwrap());
    signing.refused(&decide(), &assertion(&signing.own, made), fault(PasskeyFault::WrongChallenge)).await;
    // The good one is good after all that.
    signing.act(&decide(), Some(&good)).await.unwrap();
}

#[tokio::test]
async fn a_signature_serves_once() {
    let mut signing = Signing::open().await;
    let ask = Act::Ask {
        items: vec![app::engine::case::AskedItem {
            fact: "size".to_owned(),
            ground: "incomplete".to_owned(),
            note: "again".to_owned(),
        }],
    };
    let challenge = signing.challenge(&ask).await;
    let good = assertion(&signing.own, signing.own.sign(&challenge));
    signing.act(&ask, Some(&good)).await.unwrap();
    // The case has moved on from what was signed; and where somebody says that they saw it as it is now, it is another act.
    assert!(matches!(signing.act(&ask, Some(&good)).await, Err(AppError::Stale)));
    signing.seen = signing.house.state(signing.case).await.seq;
    signing.refused(&ask, &good, PasskeyError::Fault(PasskeyFault::WrongChallenge)).await;
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_one_that_stands_at_nothing_is_not() {
    let mut signing = Signing::open().await;
    let challenge = signing.challenge(&decide()).await;
    let sign = |own: &Authenticator, counter: u32| {
        let own = Authenticator { counter, ..authenticator(own.id[0]) };
        assertion(&own, own.sign(&challenge))
    };
    // It counts from now on: a sign-in shows it.
    house_account(&signing).await;
    let sign_in = signing.house.app.sign_in_challenge().await.unwrap();
    signing.own.counter = 5;
    let made = signing.own.sign(&hex::decode(&sign_in).unwrap());
    signing.house.app.sign_in_by_passkey(&sign_in, &assertion(&signing.own, made)).await.unwrap();
    for counter in [0, 4, 5] {
        signing.refused(&decide(), &sign(&signing.own, counter), PasskeyError::CounterWentBack).await;
    }
    signing.act(&decide(), Some(&sign(&signing.own, 6))).await.unwrap();
}

async fn house_account(signing: &Signing) {
    signing.house.app.put_accounts(std::slice::from_ref(&signing.account)).await.unwrap();
}

#[tokio::test]
async fn a_passkey_signs_in_once_for_each_challenge() {
    let signing = Signing::open().await;
    house_account(&signing).await;
    let app = &signing.house.app;
    let challenge = app.sign_in_challenge().await.unwrap();
    let good = assertion(&signing.own, signing.own.sign(&hex::decode(&challenge).unwrap()));
    let secret = app.sign_in_by_passkey(&challenge, &good).await.unwrap();
    assert_eq!(app.session(&secret).await.unwrap().account, signing.account);
    let again = app.sign_in_by_passkey(&challenge, &good).await;
    assert!(matches!(again, Err(AppError::SignedOut)), "{again:?}");
    // Stolen for another challenge; and a challenge that nobody gave.
    let other = app.sign_in_challenge().await.unwrap();
    let stolen = app.sign_in_by_passkey(&other, &good).await;
    assert!(matches!(stolen, Err(AppError::Passkey(PasskeyError::Fault(PasskeyFault::WrongChallenge)))), "{stolen:?}");
    let made_up = app.sign_in_by_passkey(&"0".repeat(64), &good).await;
    assert!(matches!(made_up, Err(AppError::SignedOut)), "{made_up:?}");
    let late = app.sign_in_challenge().await.unwrap();
    let good = assertion(&signing.own, signing.own.sign(&hex::decode(&late).unwrap()));
    app.clock.advance(jiff::SignedDuration::from_mins(6));
    assert!(matches!(app.sign_in_by_passkey(&late, &good).await, Err(AppError::SignedOut)));
    // Whoever has a passkey signs in by no link.
    let link = app.sign_in_link(&signing.account.id).await.unwrap();
    assert!(matches!(app.sign_in(&link).await, Err(AppError::PasskeyNeeded)));
}

#[tokio::test]
async fn two_devices_sign_and_one_that_was_withdrawn_does_not() {
    let signing = Signing::open().await;
    let app = &signing.house.app;
    // The second device is signed for by the first.
    let second = authenticator(7);
    let challenge = app.register_challenge(&signing.account).await.unwrap();
    let (client_data, attestation) = second.register(&hex::decode(&challenge).unwrap());
    let add = app.new_passkey(&signing.account, &challenge, &client_data, &attestation, "key").await.unwrap();
    let seen = app.register().seq;
    let unsigned = app.act_on_roster(&signing.account, &add, seen, None).await;
    assert!(matches!(unsigned, Err(AppError::SignatureNeeded)), "{unsigned:?}");
    let to_sign = app.roster_act_to_sign(&signing.account, &add, seen).unwrap();
    let by_itself = assertion(&second, second.sign(&to_sign.challenge));
    let by_itself = app.act_on_roster(&signing.account, &add, seen, Some(&by_itself)).await;
    assert!(matches!(by_itself, Err(AppError::Passkey(PasskeyError::Unknown))), "{by_itself:?}");
    let by_first = assertion(&signing.own, signing.own.sign(&to_sign.challenge));
    app.act_on_roster(&signing.account, &add, seen, Some(&by_first)).await.unwrap();
    // The officer opens the case on both devices and signs on both: one of them does it, the other is told to look again.
    let challenge = signing.challenge(&decide()).await;
    let on_first = assertion(&signing.own, signing.own.sign(&challenge));
    let on_second = assertion(&second, second.sign(&challenge));
    // The first is withdrawn, from another process, which the open one learns in time.
    let elsewhere = signing.house.another_process().await;
    let withdraw = RosterAct::WithdrawPasskey {
        officer: signing.account.id.clone(),
        credential: signing.own.id.clone(),
        reason: "stolen".to_owned(),
    };
    elsewhere.act_on_roster(&signing.account, &withdraw, app.register().seq, None).await.unwrap();
    signing.refused(&decide(), &on_first, PasskeyError::Unknown).await;
    signing.act(&decide(), Some(&on_second)).await.unwrap();
    assert!(matches!(signing.act(&decide(), Some(&on_second)).await, Err(AppError::Stale)));
}

#[tokio::test]
async fn the_roster_is_a_stream_that_no_list_has_and_no_case_is() {
    let house = House::open().await;
    let row = house.store.case(STREAM).await.unwrap().unwrap();
    assert!(row.seq > 10 && row.service.is_empty());
    let of = store::CasesOf::All;
    let query = store::CaseQuery { of, open: false, after: None, newest_first: false, limit: 10 };
    assert!(house.store.cases(query).await.unwrap().is_empty());
    assert!(house.store.queues(None).await.unwrap().is_empty());
    // Whoever asks for it as a case is told what everybody is told of a case that is not there.
    let asked = house.app.case(&of_officer("e1"), STREAM).await;
    assert!(matches!(asked, Err(AppError::NotFound("case"))), "{:?}", asked.err());
    let act = house.act(&of_officer("e1"), STREAM, decide()).await;
    assert!(matches!(act, Err(AppError::NotFound("case"))), "{act:?}");
    // It is in the log as everything is, and rebuilding gives what stands.
    app::jobs::sequencer::run(&house.app).await.unwrap();
    let entries = house.app.log_entries(0).await.unwrap();
    assert!(entries.iter().all(|entry| entry.leaf.kind == "roster-join"), "{entries:?}");
    let public: Vec<&String> = entries[0].leaf.public.keys().collect();
    assert_eq!(public, ["by", "role", "signed", "weight"]);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
    let rows = house.store.history(STREAM, 0, 1000).await.unwrap();
    let events: Vec<RosterEvent> = rows.iter().map(|row| serde_json::from_slice(&row.event.body).unwrap()).collect();
    let register = Register::fold(&events);
    assert_eq!(&register, &*house.app.register());
    assert_eq!(register.at(house.app.clock.now()), *house.app.roster());
}

#[tokio::test]
async fn cases_of_who_leaves_go_to_others_by_lot() {
    let house = House::open().await;
    let case = house.submit("ana", "licence", "kind smith, size 90").await.case;
    let officer = house.state(case).await.holders()[0].clone();
    assert_eq!(app::jobs::handover::run(&house.app).await.unwrap(), 0);
    let leave = RosterAct::Leave { officer: officer.clone(), role: None, reason: "pension".to_owned() };
    house.app.operate_roster(&[leave]).await.unwrap();
    assert_eq!(app::jobs::handover::run(&house.app).await.unwrap(), 1);
    assert_eq!(app::jobs::handover::run(&house.app).await.unwrap(), 0);
    let after = house.state(case).await;
    assert_eq!(after.holders().len(), 1);
    assert_ne!(after.holders()[0], officer);
    assert_eq!(after.vacated["review"], std::slice::from_ref(&officer));
    // For the former officer the case is there no longer.
    let refused = house.act(&of_officer(&officer), case, decide()).await;
    assert!(matches!(refused, Err(AppError::NotFound("case"))), "{refused:?}");
}

#[tokio::test]
async fn an_officer_with_as_many_cases_as_they_may_have_stands_back() {
    let house = House::open().await;
    let limit = RosterAct::Limit { officer: "e1".to_owned(), most_open: Some(1) };
    house.app.operate_roster(&[limit]).await.unwrap();
    let mut held: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for number in 0..12 {
        let case = house.submit(&format!("person {number}"), "licence", "kind smith, size 90").await.case;
        *held.entry(house.state(case).await.holders()[0].clone()).or_default() += 1;
    }
    assert!(held.get("e1").is_none_or(|one| *one == 1), "{held:?}");
    // One of the other two may be drawn never: once in a thousand runs.
    let others: u32 = ["e2", "e3"].iter().filter_map(|officer| held.get(*officer)).sum();
    assert!(others >= 11, "{held:?}");
}

#[tokio::test]
async fn the_operator_cannot_change_a_roster_that_keepers_watch() {
    let house = House::open_with(Officers::Passkey).await;
    let keep = |officer: &str| RosterAct::Keep { officer: officer.to_owned() };
    house.app.operate_roster(&[keep("k1"), keep("k2")]).await.unwrap();
    for (seed, keeper) in [(11, "k1"), (12, "k2")] {
        register(&house, keeper, &authenticator(seed)).await;
    }
    let before = house.store.case(STREAM).await.unwrap();
    let list = house.app.put_roster(crate::house::roster(&["e1"])).await;
    assert!(matches!(list, Err(AppError::Roster(RosterRefusal::Kept))), "{list:?}");
    assert_eq!(house.store.case(STREAM).await.unwrap(), before);
    // Nor does a link and a new device make somebody an officer's double.
    let account = of_officer("e1");
    let challenge = house.app.register_challenge(&account).await.unwrap();
    let double = authenticator(13);
    let (client_data, attestation) = double.register(&hex::decode(&challenge).unwrap());
    let act = house.app.new_passkey(&account, &challenge, &client_data, &attestation, "phone").await.unwrap();
    let done = house.app.act_on_roster(&account, &act, house.app.register().seq, None).await;
    assert!(matches!(done, Err(AppError::Roster(RosterRefusal::NotRecovered))), "{done:?}");
    // Another officer's challenge is not theirs.
    let theirs = house.app.register_challenge(&of_officer("e2")).await.unwrap();
    let (client_data, attestation) = double.register(&hex::decode(&theirs).unwrap());
    let taken = house.app.new_passkey(&account, &theirs, &client_data, &attestation, "phone").await;
    assert!(matches!(taken, Err(AppError::SignedOut)), "{taken:?}");
}
