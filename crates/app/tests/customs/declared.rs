//! A declaration as a case: worked out by a function, decided by tables on what it said, paid, released; and every way in which that can go wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};
use app::{Acted, AppError, Payment, Store};
use definition::value::{Money, Value};
use store_sqlite::SqliteStore;

use crate::office::{Office, run};
use crate::truck::{SAMPLE, SELLER, apply, document, person};

const ZONE: &str = "examples/import";

async fn open() -> Office {
    let seats = [("documents-officer", "d1"), ("documents-officer", "d2"), ("inspector", "i1"), ("inspector", "i2")];
    Office::open(ZONE, &seats).await
}

async fn declare(office: &Office, xml: &str) -> Result<Acted, AppError> {
    let document = document(&office.app, SELLER, xml).await;
    apply(&office.app, SELLER, "import", &[("declaration", document)]).await
}

async fn wrong(office: &Office, xml: &str) -> Vec<(String, String)> {
    office.wrong(declare(office, xml).await).await
}

fn pounds(amount: &str) -> Value {
    Value::Money(Money::from_amount(amount.parse().unwrap(), "GBP").unwrap())
}

#[tokio::test]
async fn a_small_consignment_is_assessed_paid_and_released_without_an_officer() {
    let office = open().await;
    let acted = declare(&office, SAMPLE).await.unwrap();
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
    let (_, bytes) = office.app.case_document(&person(SELLER), acted.case, &assessment.sha256).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(written["payable"], "333.37");
    assert_eq!(written["lines"][0]["tax"], "A00");
    assert!(written["lines"][0]["why"].as_array().unwrap().len() > 1, "{written}");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_declaration_is_told_at_its_place_and_nothing_is_kept() {
    let office = open().await;
    let cut = &SAMPLE[..SAMPLE.find("</Commodity>").unwrap()];
    let [(place, said)] = &wrong(&office, cut).await[..] else { panic!() };
    assert!(place.contains(':') && said.contains("ends inside the element"), "{place} {said}");
    let both =
        wrong(&office, &SAMPLE.replace("1000.50", "۱۰۰۰٫۵۰").replace("<CountryCode>TR<", "<CountryCode>Turkey<")).await;
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both[0].0.contains("ItemChargeAmount") && both[0].0.starts_with("20:"), "{both:?}");
    let [(_, said)] = &wrong(&office, &SAMPLE.replace("08031010", "99999999")).await[..] else { panic!() };
    assert!(said.contains("item 1") && said.contains("99999999"), "{said}");
    let [(_, said)] = &wrong(&office, &SAMPLE.replace("EUR", "XXX")).await[..] else { panic!() };
    assert!(said.contains("no rate of exchange from XXX"), "{said}");
    let [(_, said)] = &wrong(&office, "<Answer/>").await[..] else { panic!() };
    assert!(said.contains("holds no declaration"), "{said}");
    assert_eq!(office.store.feed(0, 100).await.unwrap().iter().filter(|row| row.event.kind == "opened").count(), 0);
}

#[tokio::test]
async fn persian_words_stand_beside_the_english() {
    let office = open().await;
    for xml in [SAMPLE.replace("1000.50", "x"), SAMPLE.replace("08031010", "99999999"), "<a/>".to_owned()] {
        let Err(AppError::Refused(Refusal::Facts(problems))) = declare(&office, &xml).await else { panic!() };
        let Wrong::Function(fault) = &problems[0].wrong else { panic!() };
        assert!(fault.words["fa"].chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_large_consignment_meets_an_officer() {
    let office = open().await;
    let acted = declare(&office, &SAMPLE.replace("1000.50", "100000.50")).await.unwrap();
    assert_eq!(acted.stage, "documents");
    let acted = declare(&office, &SAMPLE.replace("1000.50", "9000000.50")).await.unwrap();
    assert_eq!(acted.stage, "inspection");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_largest_declaration_is_taken_and_one_item_more_is_not() {
    let office = open().await;
    let (head, rest) = SAMPLE.split_once("<GovernmentAgencyGoodsItem>").unwrap();
    let (item, tail) = rest.split_once("</GovernmentAgencyGoodsItem>").unwrap();
    let of = |count: usize| {
        let numbered = |number: usize| item.replace("<SequenceNumeric>1<", &format!("<SequenceNumeric>{number}<"));
        let items: String = (1..=count)
            .map(|number| format!("<GovernmentAgencyGoodsItem>{}</GovernmentAgencyGoodsItem>", numbered(number)))
            .collect();
        let head = head.replace("<GoodsItemQuantity>1<", &format!("<GoodsItemQuantity>{count}<"));
        format!("{head}{items}{tail}")
    };
    let acted = declare(&office, &of(999)).await.unwrap();
    assert_eq!(office.facts(acted.case).await["assessment.items"], Value::Decimal(999.into()));
    let [(_, said)] = &wrong(&office, &of(1000)).await[..] else { panic!() };
    assert!(said.contains("999"), "{said}");
}

#[tokio::test]
async fn a_case_keeps_the_tariff_under_which_it_began() {
    let office = open().await;
    let first = declare(&office, SAMPLE).await.unwrap();
    let Office { app, store, folder, database } = office;
    drop(app);
    let dearer = |path: &str, text: &str| {
        if path.ends_with("tariff.csv") {
            text.replace("0803,,,,A00,16.0%", "0803,,,,A00,26.0%")
        } else {
            text.to_owned()
        }
    };
    let app = run(ZONE, &store, folder.path(), dearer).await.unwrap();
    let office = Office { app, store, folder, database };
    let second = declare(&office, &SAMPLE.replace("SAMPLE-1", "SAMPLE-2")).await.unwrap();
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
        let Err(AppError::Functions(why)) = run(ZONE, &store, folder.path(), change).await else { panic!("{from}") };
        assert!(why.contains(told), "{why}");
    }
    let broken = |path: &str, text: &str| {
        if path.ends_with("tariff.csv") { text.replace("16.0%", "16.0.0%") } else { text.to_owned() }
    };
    let Err(AppError::Functions(why)) = run(ZONE, &store, folder.path(), broken).await else { panic!() };
    assert!(why.contains("functions/tariff.csv:2"), "{why}");
}

/// Every file below a folder that holds these bytes.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let below = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    below
        .flat_map(|path| match path.is_dir() {
            true => holding(&path, bytes),
            false => {
                let holds = std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes);
                holds.then_some(path).into_iter().collect()
            }
        })
        .collect()
}

#[tokio::test]
async fn a_declaration_that_is_erased_is_in_no_file() {
    let office = open().await;
    const MARK: &str = "MARK-OF-THE-GOODS";
    let marked = SAMPLE.replacen("</Description>", &format!(" {MARK}</Description>"), 1);
    assert!(marked.contains(MARK));
    let acted = declare(&office, &marked).await.unwrap();
    let facts = office.facts(acted.case).await;
    let Value::Document(assessment) = &facts["assessment"] else { panic!() };
    let (_, made) = office.app.case_document(&person(SELLER), acted.case, &assessment.sha256).await.unwrap();
    let told = &made[64..128];
    let withdraw = Act::Withdraw { reason: String::new() };
    office.app.act(&person(SELLER), acted.case, &withdraw, None, None).await.unwrap();
    for bytes in [MARK.as_bytes(), told] {
        assert!(!holding(office.folder.path(), bytes).is_empty(), "there is nothing to find");
    }
    office.app.erase(acted.case, Some("import-duty")).await.unwrap();
    assert!(office.app.scrub_if_due().await.unwrap());
    for bytes in [MARK.as_bytes(), told] {
        assert_eq!(holding(office.folder.path(), bytes), Vec::<PathBuf>::new());
    }
    let gone = office.app.case_document(&person(SELLER), acted.case, &assessment.sha256).await;
    assert!(matches!(gone, Err(AppError::NotFound(_))));
    // Whoever brings the same again is nobody's heir.
    app::jobs::outbox::run(&office.app).await.unwrap();
    declare(&office, &marked).await.unwrap();
}
