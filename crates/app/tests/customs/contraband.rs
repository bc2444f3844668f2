//! Goods that nobody declared, or that nobody may bring, are found where nothing is there of what was declared: two officers decide on them, too.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::event::{Event, What};
use app::engine::refusal::Refusal;
use app::{Account, Acted, AppError};
use bytes::Bytes;

use crate::goods::left;
use crate::inspected::{appealed, declare, entered};
use crate::leaving::{flour, leave, transit};
use crate::office::{Chance, Office};
use crate::truck::{inspect, person, text};

/// One of those whose turn it is chooses, and writes what they saw.
async fn chooses(
    office: &Office,
    acted: &Acted,
    route: &str,
    ground: Option<&str>,
    saw: &str,
) -> Result<Acted, AppError> {
    let state = office.state(acted.case).await;
    let officer = state.holders().first().cloned().unwrap();
    let account = Account { person: None, officer: Some(officer.clone()), ..person(&officer) };
    let picture = Bytes::from_static(include_bytes!("../fixtures/documents/picture.png"));
    let photograph = office.app.keep_document(&account, "found.png", "image/png", picture).await?;
    let facts = BTreeMap::from([
        ("contraband".to_owned(), text(saw)),
        ("contraband-photograph".to_owned(), Value::Document(photograph)),
    ]);
    let act = Act::Decide { route: route.to_owned(), ground: ground.map(str::to_owned), note: String::new(), facts };
    office.app.act(&account, acted.case, &act, Some(state.seq), None).await
}

/// In each service that inspects: nothing of what was declared is there, and something else is.
async fn found(finding: &str) -> Vec<(Office, Acted)> {
    let mut all = Vec::new();
    for service in ["entry", "exit", "reexport", "transit"] {
        let office = Office::maku(Chance::Inspects).await;
        let acted = if service == "entry" {
            declare(&office, "TRUCK-1").await
        } else {
            let lot = entered(&office).await;
            match service {
                "exit" => crate::inspected::leave(&office, "OUT-1", &lot, "10000", "4000.00").await,
                "reexport" => {
                    let xml = flour("OUT-1", "10000", "4000.00", ("31", "78"));
                    leave(&office, "goods-reexport", &lot, &xml).await.unwrap()
                }
                _ => leave(&office, "goods-transit", &lot, &transit("OUT-1", "10000", "4000.00")).await.unwrap(),
            }
        };
        assert_eq!(acted.stage, "inspection", "{service}");
        let done = inspect(&office.app, &acted, finding, "1 0").await.unwrap();
        assert_eq!(done.stage, "contraband", "{service}: one inspector alone ends nothing");
        all.push((office, done));
    }
    all
}

#[tokio::test]
async fn two_seize_what_was_found_though_nothing_declared_is_there() {
    for (office, acted) in found("prohibited").await {
        assert_eq!(office.state(acted.case).await.holders().len(), 2, "nobody seizes alone");
        // Without a ground nothing is seized.
        let groundless = chooses(&office, &acted, "refuse", None, "12 bottles of spirits").await;
        assert!(matches!(groundless, Err(AppError::Refused(Refusal::GroundNeeded { .. }))), "{groundless:?}");
        let first =
            chooses(&office, &acted, "refuse", Some("goods-prohibited"), "12 bottles of spirits").await.unwrap();
        assert_eq!(first.stage, "contraband");
        // Each writes what they saw, in their own words.
        let second = chooses(&office, &acted, "refuse", Some("goods-prohibited"), "spirits, 12 bottles of 0.7 l").await;
        let second = second.unwrap();
        assert_eq!((second.stage.as_str(), second.outcome.as_deref()), ("contraband-seized", Some("refused")));
        assert_eq!(office.facts(acted.case).await["contraband"], text("spirits, 12 bottles of 0.7 l"));
        let rows = office.store.history(acted.case, 0, 100).await.unwrap();
        let events = rows.iter().map(|row| serde_json::from_slice::<Event>(&row.event.body).unwrap());
        let saw = events.filter(|event| matches!(&event.what, What::Signed { facts, .. } if facts.len() == 2));
        assert_eq!(saw.count(), 2, "the record has what each of them saw");
        appealed(&office, acted.case).await;
        assert_eq!(office.state(acted.case).await.stage, "contraband-freed");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn two_who_seize_nothing_leave_it_to_the_rules() {
    for (office, acted) in found("not-declared").await {
        chooses(&office, &acted, "free", None, "the driver's own tools").await.unwrap();
        let done = chooses(&office, &acted, "free", None, "tools of the driver").await.unwrap();
        assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("refused-as-measured", Some("refused")));
        let decision = office.state(acted.case).await.decision.unwrap();
        assert_eq!(decision.grounds, ["goods-differ"]);
        assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, None);
    }
}

/// What nobody looks at further is seized by nobody, and comes in, or leaves, just as little.
#[tokio::test]
async fn silence_seizes_nothing_and_lets_nothing_in() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let acted = inspect(&office.app, &acted, "prohibited", "1 0").await.unwrap();
    crate::silent::silence(&office).await;
    assert_eq!(office.state(acted.case).await.stage, "refused-as-measured");
    assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, None);
}

/// One seizes, one does not, and the third says nothing: a supervisor decides, and not the silence.
#[tokio::test]
async fn those_who_do_not_agree_on_it_go_to_a_supervisor() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let acted = inspect(&office.app, &acted, "prohibited", "1 0").await.unwrap();
    chooses(&office, &acted, "refuse", Some("goods-prohibited"), "12 bottles").await.unwrap();
    chooses(&office, &acted, "free", None, "12 bottles of water").await.unwrap();
    assert_eq!(office.state(acted.case).await.drawn("contraband").len(), 3, "a third by lot");
    crate::silent::silence(&office).await;
    let state = office.state(acted.case).await;
    assert_eq!(state.stage, "contraband-divided");
    assert!(state.holders()[0].starts_with('s'));
    let done = chooses(&office, &acted, "refuse", Some("goods-prohibited"), "12 bottles of spirits").await.unwrap();
    assert_eq!(done.stage, "contraband-seized");
    assert_eq!(office.facts(acted.case).await["contraband"], text("12 bottles of spirits"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}
