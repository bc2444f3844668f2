//! Nobody looks at goods that are to be inspected: others are drawn, and only where these are silent as well does the law's silence count.

use std::collections::BTreeMap;

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::Decider;
use app::engine::event::{Event, What};
use app::{Account, Acted, Payment};
use definition::value::Value;
use jiff::SignedDuration;

use crate::goods::left;
use crate::inspected::{decide, declare, entered, leave};
use crate::office::{Chance, Office};
use crate::truck::{inspect, number, person};

/// A month goes by in which nobody does anything.
pub async fn silence(office: &Office) {
    office.app.clock.advance(SignedDuration::from_hours(24 * 30));
    assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 1);
}

async fn stage(office: &Office, case: CaseId) -> String {
    office.state(case).await.stage
}

/// Where a case stands now, as an act on it needs it.
async fn now(office: &Office, acted: &Acted) -> Acted {
    Acted { seq: office.state(acted.case).await.seq, ..acted.clone() }
}

/// The routes that silence took, with the stages that it took them in.
async fn deemed(office: &Office, case: CaseId) -> Vec<(String, String, usize)> {
    let rows = office.store.history(case, 0, 100).await.unwrap();
    let events = rows.iter().map(|row| serde_json::from_slice::<Event>(&row.event.body).unwrap());
    let silent = events.filter_map(|event| match event.what {
        What::Decided { stage, route, by: Decider::Silence(silent), .. } => Some((stage, route, silent.len())),
        _ => None,
    });
    silent.collect()
}

#[tokio::test]
async fn an_inspector_who_does_nothing_lets_nothing_pass() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let silent = office.drawn(acted.case, "inspection").await;
    silence(&office).await;
    let state = office.state(acted.case).await;
    assert_eq!((state.stage.as_str(), state.holders().len()), ("second-look", 2));
    assert!(state.holders().iter().all(|officer| officer.starts_with('d')), "of another role");
    assert_eq!(deemed(&office, acted.case).await, [], "nothing is decided yet");
    // They have it inspected, and not by the one who was silent.
    let sent = decide(&office, acted.case, "inspect", None).await;
    assert_eq!(sent.stage, "inspection-again");
    assert_ne!(office.drawn(acted.case, "inspection-again").await, silent);
    // What is measured there counts.
    let done = inspect(&office.app, &now(&office, &sent).await, "as-declared", "1 29500").await.unwrap();
    assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("clearance-as-measured", Some("granted")));
    assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, Some(number("29500")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn only_when_all_are_silent_is_it_deemed_and_counted_so() {
    for office in Office::makus_where(Chance::Inspects).await {
        let acted = declare(&office, "TRUCK-1").await;
        silence(&office).await;
        assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, None);
        silence(&office).await;
        assert_eq!(stage(&office, acted.case).await, "clearance");
        let told = ("second-look".to_owned(), "deemed".to_owned(), 2);
        assert_eq!(deemed(&office, acted.case).await, [told]);
        assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, Some(number("30000")));
        app::integrity::run(&office.app).await.unwrap();
        assert_eq!(office.app.integrity().figures.deemed["customs-office"], 1);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn whoever_was_told_to_look_and_is_silent_too_is_on_record() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    assert_eq!(acted.stage, "inspection");
    silence(&office).await;
    decide(&office, acted.case, "inspect", None).await;
    silence(&office).await;
    assert_eq!(deemed(&office, acted.case).await, [("inspection-again".to_owned(), "deemed".to_owned(), 1)]);
    // As it was declared, and paid like that.
    assert_eq!(stage(&office, acted.case).await, "payment");
    let Value::Money(amount) = office.facts(acted.case).await["assessment.payable"].clone() else { panic!() };
    let payment = Payment { receipt: "R-1".to_owned(), amount };
    let paid = office.app.confirm_payment(acted.case, &payment).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn two_who_look_again_can_refuse_on_the_papers() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    silence(&office).await;
    let refused = decide(&office, acted.case, "refuse", Some("goods-documents")).await;
    assert_eq!((refused.stage.as_str(), refused.outcome.as_deref()), ("refused", Some("refused")));
}

/// One of the two whose turn it is chooses.
async fn one_chooses(office: &Office, case: CaseId, route: &str, ground: Option<&str>) -> Acted {
    let state = office.state(case).await;
    let officer = state.holders().first().cloned().unwrap();
    let account = Account { person: None, officer: Some(officer.clone()), ..person(&officer) };
    let (route, ground) = (route.to_owned(), ground.map(str::to_owned));
    let act = Act::Decide { route, ground, note: String::new(), facts: BTreeMap::new() };
    office.app.act(&account, case, &act, Some(state.seq), None).await.unwrap()
}

/// Both would have it looked at, or refused: their disagreement lets nothing go unseen.
#[tokio::test]
async fn two_who_do_not_agree_are_settled_by_a_third_or_a_supervisor_and_not_by_silence() {
    for office in Office::makus_where(Chance::Inspects).await {
        let disagree = async |reference: &str| {
            let acted = declare(&office, reference).await;
            silence(&office).await;
            one_chooses(&office, acted.case, "inspect", None).await;
            one_chooses(&office, acted.case, "refuse", Some("goods-documents")).await;
            assert_eq!(office.state(acted.case).await.drawn("second-look").len(), 3, "a third by lot");
            acted
        };
        let acted = disagree("TRUCK-1").await;
        let settled = one_chooses(&office, acted.case, "refuse", Some("goods-documents")).await;
        assert_eq!(settled.stage, "refused");
        let acted = disagree("TRUCK-2").await;
        silence(&office).await;
        let state = office.state(acted.case).await;
        assert_eq!((state.stage.as_str(), state.holders().len()), ("second-look-divided", 1));
        assert!(state.holders()[0].starts_with('s'));
        assert_eq!(deemed(&office, acted.case).await, []);
        let sent = one_chooses(&office, acted.case, "inspect", None).await;
        assert_eq!(sent.stage, "inspection-again");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn papers_that_nobody_looked_at_are_deemed_right_and_counted_so() {
    let office = Office::maku(Chance::Spares).await;
    let lot = entered_unseen(&office).await;
    let acted = leave(&office, "OUT-1", &lot, "10000", "90000.00").await;
    assert_eq!(acted.stage, "documents");
    silence(&office).await;
    assert_eq!(deemed(&office, acted.case).await, [("documents".to_owned(), "agree".to_owned(), 1)]);
}

/// A lot of 30 tonnes, where chance spares.
async fn entered_unseen(office: &Office) -> String {
    format!("{}-1", crate::truck::enter(&office.app).await.unwrap().case.reference())
}
