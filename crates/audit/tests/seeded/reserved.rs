//! A declaration that an answer replaces: what was reserved by the former one is freed and the new one reserved in one act, and an audit does it again.
//!
//! Must not know of: any one check.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Account, Acted, Objects, Payment};
use audit::State;
use engine::event::{Entering, What};
use engine::world::Record;
use record::lines::{self, RecordLine};

use crate::accounts::{SPARES, copied};
use crate::forge::{Forge, Published, codes, read_folder};
use crate::history::{self, Town};
use crate::truck;

/// So many tonnes of flour, at a price that is looked at.
fn flour(reference: &str, tonnes: u32) -> String {
    let price = format!("{}.00", tonnes * 3000);
    truck::declaration(reference, "11010000", &format!("{tonnes}000"), &price, ("40", "78"))
}

async fn acts(town: &Town, account: &Account, acted: &Acted, act: Act) -> Acted {
    town.tick();
    town.app.act(account, acted.case, &act, None, None).await.unwrap()
}

/// Flour is declared for the mainland, the officer asks how much it is, and the answer is another declaration.
async fn answered(town: &Town) {
    let app = &town.app;
    let lot = format!("{}-1", truck::enter(app).await.unwrap().case.reference());
    town.tick();
    let declared = truck::document(app, truck::SELLER, &flour("OUT-1", 20)).await;
    let facts = [("company", truck::text("C-0001")), ("lot", truck::text(&lot)), ("declaration", declared)];
    let exit = truck::apply(app, truck::SELLER, "goods-exit", &facts).await.unwrap();
    assert_eq!(exit.stage, "documents");
    let drawn = town.state(exit.case).await.drawn("documents")[0].clone();
    let officer = Account { person: None, officer: Some(drawn.clone()), ..truck::person(&drawn) };
    let item =
        AskedItem { fact: "declaration".to_owned(), ground: "goods-documents".to_owned(), note: "how much".to_owned() };
    acts(town, &officer, &exit, Act::Ask { items: vec![item] }).await;
    let facts =
        BTreeMap::from([("declaration".to_owned(), truck::document(app, truck::SELLER, &flour("OUT-2", 22)).await)]);
    acts(town, &truck::person(truck::SELLER), &exit, Act::Supply { facts }).await;
    let agree = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
    acts(town, &officer, &exit, agree).await;
    let Value::Money(amount) = town.state(exit.case).await.facts["assessment.payable"].clone() else { panic!() };
    town.tick();
    let paid = app.confirm_payment(exit.case, &Payment { receipt: "R-ANSWER".to_owned(), amount }).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    town.deliver().await;
}

#[test]
fn what_an_answer_reserves_anew_is_done_again_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let (changed, out) = (folder.path().join("zone"), folder.path().join("disclosure"));
    copied(&zone, &changed, &[SPARES]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&changed, folder.path(), 1).await;
        answered(&town).await;
        assert!(town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
    });
    let published = Published::of(read_folder(&out));
    let (report, _) = published.audit(State::default(), None);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    // Of the entry and the exit what moves, of each what is reserved and freed, and once more of the answer.
    assert_eq!((report.counts.bookings, report.counts.functions_not_asked), (2 + 4 + 2, 0), "{:?}", report.counts);

    // In the answer's act, what was reserved before is freed and not what is declared now, and that is reserved.
    for (function, from, to) in
        [("customs.goods.unreserve", "OUT-1", "OUT-2"), ("customs.goods.reserve", "\"22000\"", "\"20000\"")]
    {
        let mut forge = Forge::of(&published);
        let is_it = |what: &What| match what {
            What::Booked { function: own, posted: Value::Text(posted) } => own == function && posted.contains(from),
            _ => false,
        };
        let at = forge.find(is_it);
        if let What::Booked { posted: Value::Text(posted), .. } = forge.what(at) {
            *posted = posted.replace(from, to);
        }
        let (report, _) = forge.publish().audit(State::default(), None);
        assert!(codes(&report.findings).contains(&"A439"), "{function}: {:#?}", report.findings);
    }
}

/// Flour goes in transit, its arrival is recorded, and what was entered into the register is taken out of it by the accounts.
async fn arrived(town: &Town) -> String {
    let app = &town.app;
    let lot = format!("{}-1", truck::enter(app).await.unwrap().case.reference());
    town.tick();
    let procedure =
        "<GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>78</PreviousCode></GovernmentProcedure>";
    let xml = truck::declaration("T-1", "11010000", "10000", "4000.00", ("40", "78"));
    let xml = xml.replace(procedure, "").replace(">IMA<", ">T1<");
    let declared = truck::document(app, truck::SELLER, &xml).await;
    let destination = ("destination", Value::Code("IRDGN".to_owned()));
    let facts =
        [("company", truck::text("C-0001")), ("lot", truck::text(&lot)), ("declaration", declared), destination];
    let left = truck::apply(app, truck::SELLER, "goods-transit", &facts).await.unwrap();
    let Value::Money(amount) = town.state(left.case).await.facts["assessment.payable"].clone() else { panic!() };
    town.tick();
    app.confirm_payment(left.case, &Payment { receipt: "R-TRANSIT".to_owned(), amount }).await.unwrap();
    let transit = format!("T-{}", left.case.reference());
    town.tick();
    let facts = [("company", truck::text("C-0001")), ("transit", truck::text(&transit))];
    let arrival = truck::apply(app, truck::SELLER, "transit-arrival", &facts).await.unwrap();
    let drawn = town.state(arrival.case).await.drawn("arrival")[0].clone();
    let officer = Account { person: None, officer: Some(drawn.clone()), ..truck::person(&drawn) };
    let picture = bytes::Bytes::from_static(include_bytes!("../../../app/tests/fixtures/documents/picture.png"));
    let photograph = app.keep_document(&officer, "goods.png", "image/png", picture).await.unwrap();
    let facts = BTreeMap::from([
        ("photograph".to_owned(), Value::Document(photograph)),
        ("finding".to_owned(), Value::Code("in-order".to_owned())),
    ]);
    let done = Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts };
    assert_eq!(acts(town, &officer, &arrival, done).await.outcome.as_deref(), Some("granted"));
    town.deliver().await;
    transit
}

#[test]
fn a_transit_that_was_discharged_is_not_missed_and_one_that_was_put_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let (changed, out) = (folder.path().join("zone"), folder.path().join("disclosure"));
    copied(&zone, &changed, &[SPARES]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let transit = runtime.block_on(async {
        let town = history::open(&changed, folder.path(), 1).await;
        let transit = arrived(&town).await;
        assert!(town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
        transit
    });
    let published = Published::of(read_folder(&out));
    let (report, _) = published.audit(State::default(), None);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);

    let mut forge = Forge::of(&published);
    let entered = forge.rows.iter().find_map(|row| match &row.event.what {
        What::Ended { enter: Some(entering), .. } if entering.key == transit => Some(entering.clone()),
        _ => None,
    });
    let Entering { register, key, held_by, values } = entered.unwrap();
    let mut records: Vec<RecordLine> = lines::parse(&forge.files["registers/0.jsonl"]).unwrap();
    records.push(RecordLine { register, key, record: Record { held_by, values } });
    forge.manifest.records = records.len() as u64;
    forge.files.insert("registers/0.jsonl".to_owned(), lines::write(&records).unwrap());
    let (report, _) = forge.publish().audit(State::default(), None);
    assert!(codes(&report.findings).contains(&"A510"), "{:#?}", report.findings);
}
