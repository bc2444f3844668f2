//! Goods that nobody declared, or that nobody may bring, are found: two officers decide on them, also where nothing is there of what was declared, and record what they
//! seize.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::event::{Event, What};
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::{Account, Acted, AppError};
use bytes::Bytes;

use crate::goods::left;
use crate::inspected::{appealed, declare, entered};
use crate::leaving::{flour, leave, transit};
use crate::office::{Chance, Office};
use crate::truck::{inspect, person, text};

/// What is recorded where nothing of what was declared is there, and what is where something of it is.
const WORDS: &str = "contraband";
const BESIDE: &str = "beside";

/// One of those whose turn it is chooses, and writes what they saw, if anything, with a photograph of it: the facts that bear this name.
async fn chooses(
    office: &Office,
    acted: &Acted,
    route: &str,
    ground: Option<&str>,
    (fact, saw): (&str, &str),
) -> Result<Acted, AppError> {
    let state = office.state(acted.case).await;
    let officer = state.holders().first().cloned().unwrap();
    let account = Account { person: None, officer: Some(officer.clone()), ..person(&officer) };
    let picture = Bytes::from_static(include_bytes!("../fixtures/documents/picture.png"));
    let mut facts = BTreeMap::new();
    if !saw.is_empty() {
        let photograph = office.app.keep_document(&account, "found.png", "image/png", picture).await?;
        facts.insert(fact.to_owned(), text(saw));
        facts.insert(format!("{fact}-photograph"), Value::Document(photograph));
    }
    let act = Act::Decide { route: route.to_owned(), ground: ground.map(str::to_owned), note: String::new(), facts };
    office.app.act(&account, acted.case, &act, Some(state.seq), None).await
}

/// In each service that inspects: this is found, and so much of what was declared is there.
async fn found(finding: &str, measured: &str, stage: &str) -> Vec<(Office, Acted)> {
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
        let done = inspect(&office.app, &acted, finding, measured).await.unwrap();
        assert_eq!(done.stage, stage, "{service}: one inspector alone ends nothing");
        all.push((office, done));
    }
    all
}

#[tokio::test]
async fn two_seize_what_was_found_though_nothing_declared_is_there() {
    for (office, acted) in found("prohibited", "1 0", "contraband").await {
        assert_eq!(office.state(acted.case).await.holders().len(), 2, "nobody seizes alone");
        // Without a ground nothing is seized.
        let groundless = chooses(&office, &acted, "refuse", None, (WORDS, "12 bottles of spirits")).await;
        assert!(matches!(groundless, Err(AppError::Refused(Refusal::GroundNeeded { .. }))), "{groundless:?}");
        // Nor is anything of which nobody says what it is.
        let before = office.state(acted.case).await.seq;
        let unsaid = chooses(&office, &acted, "refuse", Some("goods-prohibited"), (WORDS, "")).await;
        let missing = |fact: &str| FactProblem { fact: fact.to_owned(), wrong: Wrong::Missing };
        let needed = vec![missing("contraband"), missing("contraband-photograph")];
        assert!(matches!(&unsaid, Err(AppError::Refused(Refusal::Facts(wrong))) if *wrong == needed), "{unsaid:?}");
        assert_eq!(office.state(acted.case).await.seq, before);
        let prohibited = Some("goods-prohibited");
        let first = chooses(&office, &acted, "refuse", prohibited, (WORDS, "12 bottles of spirits")).await.unwrap();
        assert_eq!(first.stage, "contraband");
        // Each writes what they saw, in their own words.
        let second = chooses(&office, &acted, "refuse", prohibited, (WORDS, "spirits, 12 bottles of 0.7 l")).await;
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
    for (office, acted) in found("not-declared", "1 0", "contraband").await {
        // Whoever seizes nothing has nothing to record, and may say what it was all the same.
        chooses(&office, &acted, "free", None, (WORDS, "the driver's own tools")).await.unwrap();
        let done = chooses(&office, &acted, "free", None, (WORDS, "")).await.unwrap();
        assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("refused-as-measured", Some("refused")));
        let decision = office.state(acted.case).await.decision.unwrap();
        assert_eq!(decision.grounds, ["goods-differ"]);
        assert_eq!(office.facts(acted.case).await["contraband"], text("the driver's own tools"));
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
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
    chooses(&office, &acted, "refuse", Some("goods-prohibited"), (WORDS, "12 bottles")).await.unwrap();
    chooses(&office, &acted, "free", None, (WORDS, "")).await.unwrap();
    assert_eq!(office.state(acted.case).await.drawn("contraband").len(), 3, "a third by lot");
    crate::silent::silence(&office).await;
    let state = office.state(acted.case).await;
    assert_eq!(state.stage, "contraband-divided");
    assert!(state.holders()[0].starts_with('s'));
    let unsaid = chooses(&office, &acted, "refuse", Some("goods-prohibited"), (WORDS, "")).await;
    assert!(matches!(&unsaid, Err(AppError::Refused(Refusal::Facts(wrong))) if wrong.len() == 2), "{unsaid:?}");
    let seized = chooses(&office, &acted, "refuse", Some("goods-prohibited"), (WORDS, "12 bottles of spirits")).await;
    let done = seized.unwrap();
    assert_eq!(done.stage, "contraband-seized");
    assert_eq!(office.facts(acted.case).await["contraband"], text("12 bottles of spirits"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Goods that were declared are there, and others lie beside them: with the seizure stands on record what these were, if anybody says so.
#[tokio::test]
async fn what_lay_beside_goods_that_are_there_is_on_record() {
    for (office, acted) in found("not-declared", "1 1000", "seizure").await {
        let ground = Some("goods-undeclared");
        chooses(&office, &acted, "refuse", ground, (BESIDE, "40 cartons of cigarettes")).await.unwrap();
        let done = chooses(&office, &acted, "refuse", ground, (BESIDE, "")).await.unwrap();
        assert_eq!(done.stage, "seized");
        let facts = office.facts(acted.case).await;
        assert_eq!(
            facts["beside"],
            text("40 cartons of cigarettes"),
            "the other, who wrote nothing, takes nothing away"
        );
        assert!(matches!(facts["beside-photograph"], Value::Document(_)));
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// Where two do not agree, the supervisor who decides records for themselves.
#[tokio::test]
async fn a_supervisor_records_what_lay_beside() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let acted = inspect(&office.app, &acted, "not-declared", "1 30000").await.unwrap();
    chooses(&office, &acted, "refuse", Some("goods-undeclared"), (BESIDE, "40 cartons")).await.unwrap();
    chooses(&office, &acted, "free", None, (BESIDE, "")).await.unwrap();
    crate::silent::silence(&office).await;
    assert_eq!(office.state(acted.case).await.stage, "seizure-divided");
    let blank = chooses(&office, &acted, "free", None, (BESIDE, "  ")).await;
    assert!(matches!(&blank, Err(AppError::Refused(Refusal::Facts(wrong))) if wrong[0].fact == "beside"), "{blank:?}");
    let done = chooses(&office, &acted, "free", None, (BESIDE, "two cartons, the driver's own")).await.unwrap();
    assert_eq!(done.stage, "clearance-as-measured");
    assert_eq!(office.facts(acted.case).await["beside"], text("two cartons, the driver's own"));
}
