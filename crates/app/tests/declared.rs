//! A declaration as a case: worked out by a function, decided by tables on what it said, paid, released; and every way in which that can go wrong.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::engine::CaseId;
use app::engine::event::{Event, What};
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::engine::world::{Roster, Seat};
use app::{Account, Acted, App, AppError, Draft, Keys, LotsFrom, Objects, Payment, Settings, Store};
use bytes::Bytes;
use definition::value::{Money, Value};
use store_sqlite::SqliteStore;

const SAMPLE: &str = include_str!("../../customs/tests/data/sample-declaration.xml");

struct Office {
    app: App,
    store: Arc<dyn Store>,
    folder: tempfile::TempDir,
}

fn zone_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/examples/import")
}

fn person() -> Account {
    Account {
        id: "sara".to_owned(),
        person: Some("P-0001".to_owned()),
        officer: None,
        roles: Vec::new(),
        supervises: Vec::new(),
        treasury: false,
        gate: None,
        names: BTreeMap::new(),
    }
}

/// The example's zone, with these of its files changed.
async fn run(store: &Arc<dyn Store>, folder: &Path, change: impl Fn(&str, &str) -> String) -> Result<App, AppError> {
    let mut files = app::read_zone(&zone_folder()).unwrap();
    for (path, bytes) in &mut files.0 {
        *bytes = change(path, std::str::from_utf8(bytes).unwrap()).into_bytes();
    }
    let report = definition::check(&files);
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    let settings = Settings {
        zone: report.zone.unwrap(),
        store: Arc::clone(store),
        objects: Objects::folder(&folder.join("objects")).unwrap(),
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "import.example/log".to_owned(),
        base_url: "http://import.example".to_owned(),
    };
    App::open_witnessed(settings, None).await?.with_lots(LotsFrom::Own)
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        let app = run(&store, folder.path(), |_, text| text.to_owned()).await.unwrap();
        let seat = |(role, officer): (&str, &str)| Seat {
            role: role.to_owned(),
            officer: officer.to_owned(),
            person: None,
            weight: 1,
            most_open: None,
        };
        let seats =
            [("documents-officer", "d1"), ("documents-officer", "d2"), ("inspector", "i1"), ("inspector", "i2")];
        app.put_roster(Roster { seats: seats.map(seat).to_vec(), ..Roster::default() }).await.unwrap();
        Self { app, store, folder }
    }

    async fn declare(&self, xml: &str) -> Result<Acted, AppError> {
        let bytes = Bytes::copy_from_slice(xml.as_bytes());
        let document = self.app.keep_document(&person(), "declaration.xml", "application/xml", bytes).await?;
        let facts = BTreeMap::from([("declaration".to_owned(), Value::Document(document))]);
        let draft = Draft { service: "import".to_owned(), facts, ..Draft::default() };
        self.app.submit(&person(), &draft, None).await
    }

    async fn wrong(&self, xml: &str) -> Vec<(String, String)> {
        let Err(AppError::Refused(Refusal::Facts(problems))) = self.declare(xml).await else { panic!("{xml}") };
        let told = |problem: FactProblem| match problem.wrong {
            Wrong::Function(fault) => (fault.place, fault.words["en"].clone()),
            other => panic!("{other:?}"),
        };
        problems.into_iter().map(told).collect()
    }

    async fn kinds(&self, case: CaseId) -> Vec<String> {
        let rows = self.store.history(case, 0, 100).await.unwrap();
        rows.into_iter().map(|row| row.event.kind).collect()
    }

    async fn definition(&self, case: CaseId) -> String {
        let row = self.store.history(case, 0, 1).await.unwrap().remove(0);
        let event: Event = serde_json::from_slice(&row.event.body).unwrap();
        let What::Opened(opened) = event.what else { panic!() };
        opened.definition.to_string()
    }

    async fn facts(&self, case: CaseId) -> BTreeMap<String, Value> {
        let row = self.store.case(case).await.unwrap().unwrap();
        let state: app::engine::case::Case = serde_json::from_slice(&row.state).unwrap();
        state.facts
    }
}

fn pounds(amount: &str) -> Value {
    Value::Money(Money::from_amount(amount.parse().unwrap(), "GBP").unwrap())
}

#[tokio::test]
async fn a_small_consignment_is_assessed_paid_and_released_without_an_officer() {
    let office = Office::open().await;
    let acted = office.declare(SAMPLE).await.unwrap();
    assert_eq!((acted.stage.as_str(), acted.outcome.as_deref()), ("payment", None));
    let facts = office.facts(acted.case).await;
    // 1000.50 EUR at 0.85; 16% of it, and 20% of both, the first to the nearest penny, the second down.
    assert_eq!(facts["assessment.value"], pounds("850.43"));
    assert_eq!(facts["assessment.payable"], pounds("333.37"));
    assert_eq!(facts["assessment.reference"], Value::Text("SAMPLE-1".to_owned()));
    let amount = Money::from_amount("333.37".parse().unwrap(), "GBP").unwrap();
    let receipt = "R-1".to_owned();
    let paid = office.app.confirm_payment(acted.case, &Payment { receipt, amount }).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    assert_eq!(
        office.kinds(acted.case).await,
        [
            "opened", "computed", "entered", "ruled", "decided", "entered", "ruled", "decided", "entered", "paid",
            "entered", "ended"
        ]
    );
    // The whole assessment is a document of the case, with a reason for each figure.
    let Value::Document(assessment) = &facts["assessment"] else { panic!() };
    let (_, bytes) = office.app.case_document(&person(), acted.case, &assessment.sha256).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(written["payable"], "333.37");
    assert_eq!(written["lines"][0]["tax"], "A00");
    assert!(written["lines"][0]["why"].as_array().unwrap().len() > 1, "{written}");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_declaration_is_told_at_its_place_and_nothing_is_kept() {
    let office = Office::open().await;
    let cut = &SAMPLE[..SAMPLE.find("</Commodity>").unwrap()];
    let [(place, said)] = &office.wrong(cut).await[..] else { panic!() };
    assert!(place.contains(':') && said.contains("ends inside the element"), "{place} {said}");
    let wrong =
        office.wrong(&SAMPLE.replace("1000.50", "۱۰۰۰٫۵۰").replace("<CountryCode>TR<", "<CountryCode>Turkey<")).await;
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].0.contains("ItemChargeAmount") && wrong[0].0.starts_with("20:"), "{wrong:?}");
    let [(_, said)] = &office.wrong(&SAMPLE.replace("08031010", "99999999")).await[..] else { panic!() };
    assert!(said.contains("item 1") && said.contains("99999999"), "{said}");
    let [(_, said)] = &office.wrong(&SAMPLE.replace("EUR", "XXX")).await[..] else { panic!() };
    assert!(said.contains("no rate of exchange from XXX"), "{said}");
    let [(_, said)] = &office.wrong("<Answer/>").await[..] else { panic!() };
    assert!(said.contains("holds no declaration"), "{said}");
    assert_eq!(office.store.feed(0, 100).await.unwrap().iter().filter(|row| row.event.kind == "opened").count(), 0);
}

#[tokio::test]
async fn persian_words_stand_beside_the_english() {
    let office = Office::open().await;
    for xml in [SAMPLE.replace("1000.50", "x"), SAMPLE.replace("08031010", "99999999"), "<a/>".to_owned()] {
        let Err(AppError::Refused(Refusal::Facts(problems))) = office.declare(&xml).await else { panic!() };
        let Wrong::Function(fault) = &problems[0].wrong else { panic!() };
        assert!(fault.words["fa"].chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_large_consignment_meets_an_officer() {
    let office = Office::open().await;
    let acted = office.declare(&SAMPLE.replace("1000.50", "100000.50")).await.unwrap();
    assert_eq!(acted.stage, "documents");
    let acted = office.declare(&SAMPLE.replace("1000.50", "9000000.50")).await.unwrap();
    assert_eq!(acted.stage, "inspection");
}

#[tokio::test]
async fn a_case_keeps_the_tariff_under_which_it_began() {
    let office = Office::open().await;
    let first = office.declare(SAMPLE).await.unwrap();
    let Office { app, store, folder } = office;
    drop(app);
    let dearer = |path: &str, text: &str| {
        if path.ends_with("tariff.csv") {
            text.replace("0803,,,,A00,16.0%", "0803,,,,A00,26.0%")
        } else {
            text.to_owned()
        }
    };
    let app = run(&store, folder.path(), dearer).await.unwrap();
    let office = Office { app, store, folder };
    let second = office.declare(&SAMPLE.replace("SAMPLE-1", "SAMPLE-2")).await.unwrap();
    assert_eq!(office.facts(first.case).await["assessment.payable"], pounds("333.37"));
    assert_eq!(office.facts(second.case).await["assessment.payable"], pounds("435.41"));
    let before = office.definition(first.case).await;
    assert_ne!(before, office.definition(second.case).await, "another tariff is another definition");
}
#[tokio::test]
async fn a_function_that_is_not_here_ends_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
    for (from, to, told) in [
        ("version: 1", "version: 9", "no version 9"),
        ("policy: uk", "policy: utopia", "no policy `utopia`"),
        ("files: [functions/tariff.csv, functions/rates.csv]", "files: [functions/rates.csv]", "name its tariff"),
    ] {
        let change = |path: &str, text: &str| {
            if path == "functions.yaml" { text.replace(from, to) } else { text.to_owned() }
        };
        let Err(AppError::Unavailable(why)) = run(&store, folder.path(), change).await else { panic!("{from}") };
        assert!(why.contains(told), "{why}");
    }
    let broken = |path: &str, text: &str| {
        if path.ends_with("tariff.csv") { text.replace("16.0%", "16.0.0%") } else { text.to_owned() }
    };
    let Err(AppError::Unavailable(why)) = run(&store, folder.path(), broken).await else { panic!() };
    assert!(why.contains("functions/tariff.csv:2"), "{why}");
}
