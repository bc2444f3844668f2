//! What is left over: a declaration until it is released, a release until it has left as it was released, transit until it arrived.

use std::collections::BTreeMap;

use app::customs::goods::{Left, MassDiffers, Quantity};
use app::engine::act::Act;
use app::{
    Account, Acted, AppError, Direction, Doubt, LeftoverFilter, LeftoverOf, LeftoverView, LeftoverWay, PaperKind,
    Passage, Seen, Taken, WentOut,
};
use definition::value::{DocumentRef, Value};
use jiff::SignedDuration;
use store::{EntryQuery, Put};

use crate::inspected::decide;
use crate::leaving::{flour, leave, lot, officer, pay, transit};
use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, apply, declaration, document, person, text};

pub fn supervisor() -> Account {
    Account { person: None, supervises: vec!["customs-office".to_owned()], ..person("S-1") }
}

pub async fn left(office: &Office) -> Vec<LeftoverView> {
    let (left, next) = office.app.leftovers(&supervisor(), &LeftoverFilter::default(), None).await.unwrap();
    assert_eq!(next, None);
    left
}

/// Of which papers something is left over, and how it stands.
pub async fn told(office: &Office) -> Vec<(PaperKind, LeftoverWay)> {
    left(office).await.iter().map(|one| (one.what.kind(), one.way)).collect()
}

fn kg(amount: &str) -> Quantity {
    Quantity::parse(amount, "KGM").unwrap()
}

fn gate() -> Account {
    Account { person: None, gate: Some("customs-office".to_owned()), ..person("G-1") }
}

/// What a gate notes of a truck that goes out with a case's pass now.
async fn passage(office: &Office, case: &Acted, id: u8) -> Passage {
    app::jobs::outbox::run(&office.app).await.unwrap();
    let shown = office.app.certificate(&person(SELLER), case.case).await.unwrap().unwrap();
    Passage {
        id: [id; 16],
        at: office.app.clock.now(),
        certificate: case.case,
        hash: shown.bare.claims_hash(),
        direction: Direction::Out,
        seen: Seen::Proven,
        gross_mass_kg: None,
        tare_mass_kg: None,
    }
}

async fn hand_in(office: &Office, passage: Passage) -> Taken {
    office.app.take_passages(&gate(), &[passage]).await.unwrap()[0]
}

/// A truck goes out of a gate with a case's pass, weighed as load and vehicle, and the vehicle alone.
pub async fn go_out(office: &Office, case: &Acted, id: u8, weighed: Option<(u32, Option<u32>)>) -> Taken {
    let (gross_mass_kg, tare_mass_kg) = (weighed.map(|(gross, _)| gross), weighed.and_then(|(_, tare)| tare));
    hand_in(office, Passage { gross_mass_kg, tare_mass_kg, ..passage(office, case, id).await }).await
}

/// Why passages of a case that is left over do not count.
async fn doubts(office: &Office) -> Vec<Option<Doubt>> {
    let of = |one: LeftoverView| match one.what {
        LeftoverOf::Released { went_out, .. } => went_out,
        _ => Vec::new(),
    };
    left(office).await.into_iter().flat_map(of).map(|out| out.doubt).collect()
}

/// Ten tonnes of flour are released to go abroad.
pub async fn released(office: &Office, lot: &str, reference: &str) -> Acted {
    let xml = flour(reference, "10000", "4000.00", ("31", "78"));
    let left = leave(office, "goods-reexport", lot, &xml).await.unwrap();
    assert_eq!(left.outcome.as_deref(), Some("granted"));
    left
}

#[tokio::test]
async fn a_declaration_is_left_over_until_something_comes_in_by_it() {
    let office = Office::maku(Chance::Spares).await;
    let xml = declaration("LARGE-1", "11010000", "300000", "120000.00", ("78", "00"));
    let declared = document(&office.app, SELLER, &xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    let filed = apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap();
    assert_eq!(filed.stage, "documents");
    office.app.clock.advance(SignedDuration::from_hours(25));
    let all = left(&office).await;
    let [one] = &all[..] else { panic!("{all:?}") };
    assert_eq!((one.way, one.days, one.owner.as_deref()), (LeftoverWay::Open, 1, Some("C-0001")));
    assert_eq!(one.case, Some(filed.case), "a supervisor sees the case");
    let LeftoverOf::Declared { reference, items } = &one.what else { panic!("{one:?}") };
    assert_eq!((reference.as_deref(), items.as_deref()), (Some("LARGE-1"), Some("1")));
    let officer = officer(&office, &filed, "documents").await;
    let act = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
    office.app.act(&officer, filed.case, &act, Some(filed.seq), None).await.unwrap();
    assert_eq!(told(&office).await, [], "goods that came in wait for nothing");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_release_is_left_over_until_it_leaves_as_it_was_released() {
    for office in Office::makus().await {
        let lot = lot(&office).await;
        let case = released(&office, &lot, "OUT-1").await;
        let all = left(&office).await;
        let [one] = &all[..] else { panic!("{all:?}") };
        let LeftoverOf::Released { loads, left, went_out, until, .. } = &one.what else { panic!("{one:?}") };
        assert_eq!((loads[0].quantity, loads[0].gross), (kg("10000"), Some(kg("10000"))));
        assert_eq!(left[0].1, Left::Open(kg("10000")));
        assert!(went_out.is_empty() && until.is_some());
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
        // Within two per cent.
        assert_eq!(go_out(&office, &case, 1, Some((24_150, Some(14_000)))).await, Taken::Now);
        assert_eq!(told(&office).await, []);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn a_pass_that_nobody_uses_is_late_when_it_ends() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    released(&office, &lot, "OUT-1").await;
    assert_eq!(told(&office).await, [(PaperKind::Released, LeftoverWay::Open)]);
    office.app.clock.advance(SignedDuration::from_hours(24 * 9));
    assert_eq!(told(&office).await, [(PaperKind::Released, LeftoverWay::Late)]);
}

/// Such a passage is evidence, and is kept; what was released is left over all the same.
#[tokio::test]
async fn a_passage_with_a_pass_that_did_not_hold_writes_nothing_off() {
    for office in Office::makus().await {
        let lot = lot(&office).await;
        let mut cases = Vec::new();
        for reference in ["OUT-1", "OUT-2", "OUT-3", "OUT-4"] {
            let xml = flour(reference, "7000", "2800.00", ("31", "78"));
            cases.push(leave(&office, "goods-reexport", &lot, &xml).await.unwrap());
        }
        let [other, ahead, early, ended] = &cases[..] else { panic!() };
        let of = async |case: &Acted, id: u8| passage(&office, case, id).await;
        let (hour, now) = (SignedDuration::from_hours(1), office.app.clock.now());
        hand_in(&office, Passage { hash: [7; 32], ..of(other, 1).await }).await;
        hand_in(&office, Passage { at: now + hour, ..of(ahead, 2).await }).await;
        assert_eq!(doubts(&office).await, [Some(Doubt::Other), Some(Doubt::Ahead)]);
        hand_in(&office, Passage { at: now - hour, ..of(early, 3).await }).await;
        office.app.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(go_out(&office, ended, 4, None).await, Taken::Now, "what happened is recorded all the same");
        let all = [Doubt::Other, Doubt::Ahead, Doubt::Early, Doubt::Ended];
        assert_eq!(doubts(&office).await, all.map(Some));
        assert_eq!(told(&office).await, [(PaperKind::Released, LeftoverWay::Late); 4]);
        office.app.put_accounts(&[gate()]).await.unwrap();
        let told = office.app.doubted_passages(&gate(), "G-1").await.unwrap();
        let told: Vec<_> = told.iter().map(|passed| (passed.passage.id[0], passed.doubt)).collect();
        assert_eq!(told[0], (4, Some(Doubt::Ended)), "the gate is told");
        assert_eq!(told.len(), 4);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// What an offline gate hands in late counts by the time at which it took place.
#[tokio::test]
async fn a_passage_that_is_handed_in_after_the_pass_ended_counts_if_it_held_then() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    let noted = passage(&office, &case, 1).await;
    office.app.clock.advance(SignedDuration::from_hours(24 * 30));
    hand_in(&office, noted).await;
    assert_eq!(told(&office).await, []);
    let again = Passage { id: [2; 16], at: office.app.clock.now(), ..passage(&office, &case, 2).await };
    assert_eq!(hand_in(&office, again).await, Taken::Double);
    assert_eq!(told(&office).await, [(PaperKind::Released, LeftoverWay::Beyond)], "it left again");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_load_that_weighs_something_else_comes_to_the_list() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let [light, heavy, unknown] = [
        released(&office, &lot, "OUT-1").await,
        released(&office, &lot, "OUT-2").await,
        released(&office, &lot, "OUT-3").await,
    ];
    go_out(&office, &light, 1, Some((22_000, Some(14_000)))).await;
    go_out(&office, &heavy, 2, Some((26_000, Some(14_000)))).await;
    // The vehicle's own mass is not known: what load and vehicle weigh together is no reason for doubt.
    go_out(&office, &unknown, 3, Some((26_000, None))).await;
    let all = left(&office).await;
    let differs: Vec<_> = all
        .iter()
        .map(|one| match &one.what {
            LeftoverOf::Released { left, went_out, .. } => {
                assert!(left.is_empty(), "it left once");
                (one.way, went_out[0].differs.unwrap())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        differs,
        [(LeftoverWay::Mass, MassDiffers::Lighter(kg("2000"))), (LeftoverWay::Mass, MassDiffers::Heavier(kg("2000")))]
    );
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_pass_that_is_used_twice_comes_back_to_the_list() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    go_out(&office, &case, 1, None).await;
    assert_eq!(told(&office).await, []);
    // Two gates without a network cannot know of each other.
    go_out(&office, &case, 2, None).await;
    let all = left(&office).await;
    let [LeftoverView { way: LeftoverWay::Beyond, what: LeftoverOf::Released { left, went_out, .. }, .. }] = &all[..]
    else {
        panic!("{all:?}")
    };
    assert_eq!((left[0].1.clone(), went_out.len()), (Left::Beyond(kg("10000")), 2));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn transit_is_left_over_until_it_arrives_and_late_after_the_last_day() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let filed = leave(&office, "goods-transit", &lot, &transit("T-1", "30000", "12000.00")).await.unwrap();
    assert_eq!(told(&office).await, [(PaperKind::Declared, LeftoverWay::Open)], "nothing is released unsecured");
    let gone = pay(&office, &filed, "R-1").await;
    let both = [(PaperKind::Released, LeftoverWay::Open), (PaperKind::Transit, LeftoverWay::Open)];
    assert_eq!(told(&office).await, both);
    go_out(&office, &gone, 1, None).await;
    assert_eq!(told(&office).await, [(PaperKind::Transit, LeftoverWay::Open)]);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    office.app.clock.advance(SignedDuration::from_hours(24 * 9));
    assert_eq!(told(&office).await, [(PaperKind::Transit, LeftoverWay::Late)]);
    let arrival = arrive(&office, &filed, |out| assert_eq!(out.unwrap().len(), 1)).await;
    assert_eq!(told(&office).await, [(PaperKind::Transit, LeftoverWay::Late)], "nobody has excused it yet");
    assert_eq!(decide(&office, arrival.case, "agree", None).await.outcome.as_deref(), Some("granted"));
    assert_eq!(told(&office).await, []);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// The officer sees it before they decide, and the list keeps it after.
#[tokio::test]
async fn transit_that_no_gate_saw_leave_is_told_when_it_arrives_and_stays_in_the_list() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let filed = leave(&office, "goods-transit", &lot, &transit("T-1", "30000", "12000.00")).await.unwrap();
    let gone = pay(&office, &filed, "R-1").await;
    let arrival = arrive(&office, &filed, |out| assert_eq!(out, Some(Vec::new()))).await;
    assert_eq!(arrival.outcome.as_deref(), Some("granted"));
    assert_eq!(told(&office).await, [(PaperKind::Released, LeftoverWay::Arrived)]);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    // A telephone at a gate hands in late.
    go_out(&office, &gone, 1, None).await;
    assert_eq!(told(&office).await, []);
}

/// Goods in transit are presented where they arrive, and found in order; `sees` is given what the officer is told of their passages out.
async fn arrive(office: &Office, released: &Acted, sees: impl Fn(Option<Vec<WentOut>>)) -> Acted {
    let key = format!("T-{}", released.case.reference());
    let facts = [("company", text("C-0001")), ("transit", text(&key))];
    let arrival = apply(&office.app, SELLER, "transit-arrival", &facts).await.unwrap();
    let officer = officer(office, &arrival, "arrival").await;
    let view = office.app.case(&officer, arrival.case).await.unwrap();
    sees(office.app.journey_out(&view).await.unwrap());
    let own = office.app.case(&person(SELLER), arrival.case).await.unwrap();
    assert_eq!(office.app.journey_out(&own).await.unwrap(), None, "whoever applied knows it");
    let picture =
        DocumentRef { sha256: [7; 32], size: 10, media_type: "image/png".to_owned(), name: "s.png".to_owned() };
    let facts = BTreeMap::from([
        ("finding".to_owned(), Value::Code("in-order".to_owned())),
        ("photograph".to_owned(), Value::Document(picture)),
    ]);
    let act = Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts };
    office.app.act(&officer, arrival.case, &act, Some(arrival.seq), None).await.unwrap()
}

#[tokio::test]
async fn a_company_sees_its_own_and_nobody_elses() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    let of = |owner: &str| LeftoverFilter { kind: None, owner: Some(owner.to_owned()), settled: false };
    let (own, _) = office.app.leftovers(&person(SELLER), &of("C-0001"), None).await.unwrap();
    assert_eq!(own[0].case, Some(case.case));
    let (own, _) = office.app.leftovers(&person(BUYER), &of("C-0002"), None).await.unwrap();
    assert_eq!(own, []);
    for (who, filter) in [(BUYER, of("C-0001")), (SELLER, LeftoverFilter::default()), (BUYER, of("C-9999"))] {
        let told = office.app.leftovers(&person(who), &filter, None).await;
        assert!(matches!(told, Err(AppError::NotFound(_))), "{told:?}");
    }
    let transit = LeftoverFilter { kind: Some(PaperKind::Transit), owner: None, settled: false };
    assert_eq!(office.app.leftovers(&supervisor(), &transit, None).await.unwrap().0, []);
}

#[tokio::test]
async fn the_list_is_made_again_from_the_record() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    released(&office, &lot, "OUT-2").await;
    let before = left(&office).await;
    let query = EntryQuery { kind: "leftover/released".to_owned(), key: None, owner: None, after: None, limit: 10 };
    let entries = office.store.entries(query).await.unwrap();
    let forged = String::from_utf8(entries[0].body.clone()).unwrap().replace("10000", "90000");
    let put = |key: &str, body: Option<String>, version| Put {
        kind: "leftover/released".to_owned(),
        key: key.to_owned(),
        owner: None,
        body: body.map(String::into_bytes),
        expected: Some(version),
    };
    let stray = entries[0].key.replace(&case.case.to_string(), &"0".repeat(32));
    let puts = vec![
        put(&entries[0].key, Some(forged.clone()), entries[0].version),
        put(&entries[1].key, None, entries[1].version),
        put(&stray, Some(forged), 0),
        put("no key of ours", Some("no entry of ours".to_owned()), 0),
    ];
    office.store.put(puts).await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 4);
    assert_eq!(left(&office).await, before);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}
