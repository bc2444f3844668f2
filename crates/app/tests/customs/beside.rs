//! What the accounts have against a movement stands beside the question that mends it, and what is no item of a declaration is refused when it is filed.

use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::{Acted, AppError, LeftoverFilter, LeftoverOf};
use definition::value::Value;

use crate::goods::{left, open};
use crate::leaving::{flour, leave, lot, pay};
use crate::leftovers::supervisor;
use crate::office::{Chance, MAKU, Office, put_companies};
use crate::truck::{
    SELLER, apply, declaration, document, enter, inspect, issue, number, person, process, text, transfer,
};

/// Beside which questions something was refused, and in what words.
fn beside(applied: Result<Acted, AppError>) -> Vec<(String, String)> {
    let Err(AppError::Refused(Refusal::Facts(problems))) = applied else { panic!("{applied:?}") };
    let told = |FactProblem { fact, wrong }: FactProblem| match wrong {
        Wrong::Function(fault) => {
            let persian = |letter| ('\u{0600}'..='\u{06ff}').contains(&letter);
            assert!(fault.words["fa"].chars().any(persian), "{fault:?}");
            (fact, fault.words["en"].clone())
        }
        other => panic!("{other:?}"),
    };
    problems.into_iter().map(told).collect()
}

#[track_caller]
pub fn stands(applied: Result<Acted, AppError>, fact: &str, says: &str) {
    let problems = beside(applied);
    assert!(problems.iter().any(|(of, words)| of == fact && words.contains(says)), "{fact}, {says}: {problems:?}");
}

/// A declaration of two items, of which the second is so many kilograms under this number.
pub fn two_items(reference: &str, (number, kilograms): (&str, &str)) -> String {
    let one = declaration(reference, "11010000", "500", "200.00", ("78", "00"));
    let (before, rest) = one.split_once("<GovernmentAgencyGoodsItem>").unwrap();
    let (item, after) = rest.split_once("</GovernmentAgencyGoodsItem>").unwrap();
    let item = format!("<GovernmentAgencyGoodsItem>{item}</GovernmentAgencyGoodsItem>");
    let second = item
        .replace("<SequenceNumeric>1<", &format!("<SequenceNumeric>{number}<"))
        .replace("NetNetWeightMeasure>500<", &format!("NetNetWeightMeasure>{kilograms}<"));
    format!("{before}{item}{second}{after}").replace("GoodsItemQuantity>1<", "GoodsItemQuantity>2<")
}

pub async fn declare(office: &Office, xml: &str) -> Result<Acted, AppError> {
    let declared = document(&office.app, SELLER, xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    apply(&office.app, SELLER, "goods-entry", &facts).await
}

#[tokio::test]
async fn each_objection_stands_beside_what_mends_it() {
    let office = open().await;
    let lot = lot(&office).await;
    stands(issue(&office.app, &lot, "30001").await, "quantity", "30000 KGM are left");
    let more = flour("OUT-1", "30001", "13000.00", ("31", "78"));
    stands(leave(&office, "goods-reexport", &lot, &more).await, "declaration", "30000 KGM are left");
    let other = flour("OUT-1", "100", "90.00", ("31", "78")).replace("11010000", "19053100");
    stands(leave(&office, "goods-reexport", &lot, &other).await, "lot", "is goods of 11010000");
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    stands(transfer(&office.app, &receipt, "C-0001").await, "buyer", "holds it already");
    let sold = transfer(&office.app, &receipt, "C-0002").await.unwrap().case.reference();
    stands(process(&office.app, &sold, "100", "9900").await, "made", "the recipe yields");
    stands(process(&office.app, &sold, "101", "9500").await, "runs", "10000 KGM are left");
    // What came in once does not come in again; of several items it is said which.
    stands(enter(&office.app).await, "declaration", "have not passed yet");
    declare(&office, &two_items("TWO-1", ("2", "500"))).await.unwrap();
    let again = two_items("TWO-1", ("2", "500"));
    stands(declare(&office, &again).await, "declaration", "item 2: 500 KGM pass of item 2");
}

#[tokio::test]
async fn items_have_numbers_of_their_own_and_are_something() {
    let office = open().await;
    let whole = two_items("TWO-1", ("2", "500"));
    stands(declare(&office, &two_items("TWO-1", ("1", "500"))).await, "declaration", "two items have the number 1");
    stands(declare(&office, &two_items("TWO-1", ("2", "0"))).await, "declaration", "the quantity of item 2 is nothing");
    let without = whole.replace("<SequenceNumeric>2</SequenceNumeric>", "");
    stands(declare(&office, &without).await, "declaration", "`SequenceNumeric` is missing");
    let nought = whole.replace("<SequenceNumeric>2<", "<SequenceNumeric>0<");
    assert!(!beside(declare(&office, &nought).await).is_empty());
    assert_eq!(declare(&office, &whole).await.unwrap().outcome.as_deref(), Some("granted"));
    let lot = lot(&office).await;
    let nothing = flour("OUT-1", "0", "40.00", ("31", "78"));
    stands(leave(&office, "goods-reexport", &lot, &nothing).await, "declaration", "the quantity of item 1 is nothing");
}

#[tokio::test]
async fn what_is_not_there_is_measured_as_nothing() {
    let office = Office::maku(Chance::Inspects).await;
    let filed = declare(&office, &two_items("TWO-1", ("2", "500"))).await.unwrap();
    let done = inspect(&office.app, &filed, "as-declared", "1 500\n2 0").await.unwrap();
    assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("clearance-as-measured", Some("granted")));
    let facts = office.facts(filed.case).await;
    assert_eq!((&facts["amended.differences"], &facts["amended.found"]), (&number("1"), &number("1")));
    let reference = filed.case.reference();
    assert_eq!(left(&office, "lots", &format!("{reference}-1")).await, Some(number("500")));
    assert_eq!(left(&office, "lots", &format!("{reference}-2")).await, None, "nothing came in by it");
    // Where nothing at all is there, nothing comes in; what was found besides is for two officers.
    let filed = declare(&office, &declaration("ONE-1", "11010000", "500", "200.00", ("78", "00"))).await.unwrap();
    let done = inspect(&office.app, &filed, "as-declared", "۱ ۰").await.unwrap();
    assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("refused-as-measured", Some("refused")));
    let facts = office.facts(filed.case).await;
    assert_eq!((&facts["amended.differences"], &facts["amended.found"]), (&number("1"), &number("0")));
    // What was reserved is free again, and nothing else was booked.
    assert_eq!(office.kinds(filed.case).await.iter().filter(|kind| *kind == "booked").count(), 2);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Goods that are counted in pieces weigh what is declared, at the exit as at the gate: nothing takes their number for kilograms.
#[tokio::test]
async fn pieces_are_not_kilograms() {
    let by_weight = |path: &str, text: &str| {
        let text = Chance::Spares.change(path, text);
        text.replace("1101,,,,CUD,5.0%,2020-01-01,", "1101,,,,CUD,10.00 EUR / 100 kg,2020-01-01,")
    };
    let office = Office::open_changed("maku", &MAKU, by_weight).await;
    put_companies(&office.app).await;
    let counted = |xml: String, pieces: &str| {
        let quantity = format!("<TariffQuantity unitCode=\"C62\">{pieces}</TariffQuantity></GoodsMeasure>");
        xml.replace("</GoodsMeasure>", &quantity)
    };
    let xml = counted(declaration("PIECES-1", "11010000", "30000", "12000.00", ("78", "00")), "100");
    let lot = format!("{}-1", declare(&office, &xml).await.unwrap().case.reference());
    assert_eq!(left(&office, "lots", &lot).await, Some(number("100")));
    let xml = counted(flour("OUT-1", "12000", "4800.00", ("40", "78")), "40");
    let xml = xml.replace("GrossMassMeasure>12000<", "GrossMassMeasure>12500<");
    let exit = leave(&office, "goods-exit", &lot, &xml).await.unwrap();
    let facts = office.facts(exit.case).await;
    let Value::Document(assessment) = &facts["assessment"] else { panic!() };
    let (_, bytes) = office.app.case_document(&person(SELLER), exit.case, &assessment.sha256).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    // 10 euros for each of 120 hundredweights, at 1.1 million rials.
    let duty = written["lines"].as_array().unwrap().iter().find(|line| line["tax"] == "CUD").unwrap();
    assert_eq!(duty["assessed"], "1320000000", "{written:#}");
    pay(&office, &exit, "R-1").await;
    assert_eq!(left(&office, "lots", &lot).await, Some(number("60")));
    let (all, _) = office.app.leftovers(&supervisor(), &LeftoverFilter::default(), None).await.unwrap();
    let LeftoverOf::Released { loads, .. } = &all[0].what else { panic!("{all:?}") };
    let said = (loads[0].quantity.to_string(), loads[0].gross.map(|gross| gross.to_string()));
    assert_eq!(said, ("40 C62".to_owned(), Some("12500 KGM".to_owned())));
    while app::jobs::outbox::run(&office.app).await.unwrap() > 0 {}
    let shown = office.app.certificate(&person(SELLER), exit.case).await.unwrap().unwrap();
    let stated = &shown.bare.claims().facts;
    assert_eq!([&stated["load.quantity"], &stated["load.gross-mass"]], ["40 C62", "12500"]);
}
