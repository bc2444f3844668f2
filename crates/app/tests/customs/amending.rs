//! A declaration by which goods came in is amended or taken back; the goods accounts follow as long as the goods lie as they came.

use std::collections::BTreeMap;

use app::engine::act::Act;
use app::engine::refusal::Refusal;
use app::{Account, Acted, AppError};
use definition::value::{Money, Value};
use jiff::SignedDuration;

use crate::office::{Chance, Office};
use crate::truck::{SELLER, apply, declaration, document, enter, issue, number, person, text};

/// What let the truck in.
fn original() -> String {
    declaration("TRUCK-1", "11010000", "30000", "12000.00", ("78", "00"))
}

/// A request to change the net mass and the price of item 1.
pub fn amendment(case: &str, kilograms: &str, price: &str) -> String {
    let pointer = |number: &str, section: &str, tag: &str| {
        let number =
            if number.is_empty() { String::new() } else { format!("<SequenceNumeric>{number}</SequenceNumeric>") };
        let tag = if tag.is_empty() { String::new() } else { format!("<TagID>{tag}</TagID>") };
        format!("<Pointer>{number}<DocumentSectionCode>{section}</DocumentSectionCode>{tag}</Pointer>")
    };
    let item =
        [pointer("1", "42A", ""), pointer("1", "67A", ""), pointer("1", "68A", ""), pointer("1", "23A", "")].concat();
    let change = |end: String| format!("<Amendment><ChangeReasonCode>28</ChangeReasonCode>{item}{end}</Amendment>");
    let changes = [change(pointer("1", "65A", "128")), change(pointer("1", "79A", "112"))].concat();
    format!(
        "<Declaration><FunctionCode>13</FunctionCode><ID>{case}</ID><TypeCode>COR</TypeCode>{changes}<GoodsShipment>\
         <GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity>\
         <GoodsMeasure><NetNetWeightMeasure>{kilograms}</NetNetWeightMeasure></GoodsMeasure>\
         <InvoiceLine><ItemChargeAmount currencyID=\"EUR\">{price}</ItemChargeAmount></InvoiceLine>\
         </Commodity></GovernmentAgencyGoodsItem></GoodsShipment></Declaration>"
    )
}

pub fn cancellation(case: &str) -> String {
    let pointer =
        "<Pointer><SequenceNumeric>1</SequenceNumeric><DocumentSectionCode>42A</DocumentSectionCode></Pointer>";
    format!(
        "<Declaration><FunctionCode>13</FunctionCode><ID>{case}</ID><TypeCode>INV</TypeCode>\
         <Amendment><ChangeReasonCode>1</ChangeReasonCode>{pointer}</Amendment></Declaration>"
    )
}

pub async fn ask(office: &Office, lot: &str, original: &str, request: &str) -> Result<Acted, AppError> {
    let facts = [
        ("company", text("C-0001")),
        ("lot", text(lot)),
        ("declaration", document(&office.app, SELLER, original).await),
        ("amendment", document(&office.app, SELLER, request).await),
    ];
    apply(&office.app, SELLER, "declaration-amendment", &facts).await
}

pub async fn agree(office: &Office, asked: &Acted) -> Result<Acted, AppError> {
    let drawn = office.drawn(asked.case, "review").await;
    let officer = Account { person: None, officer: Some(drawn), ..person("officer") };
    let act = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
    office.app.act(&officer, asked.case, &act, Some(asked.seq), None).await
}

async fn left(office: &Office, lot: &str) -> Option<Value> {
    office.record("lots", lot).await?.remove("lot.quantity")
}

#[tokio::test]
async fn quantity_and_value_are_put_right_in_the_same_lot() {
    for office in Office::makus().await {
        let case = enter(&office.app).await.unwrap().case.reference();
        let lot = format!("{case}-1");
        let asked = ask(&office, &lot, &original(), &amendment(&case, "29500", "11800.00")).await.unwrap();
        assert_eq!(asked.stage, "review");
        let value = Value::Money(Money::from_amount("12980000000".parse().unwrap(), "IRR").unwrap());
        assert_eq!(office.facts(asked.case).await["assessment.value"], value);
        assert_eq!(left(&office, &lot).await, Some(number("30000")), "nothing changes before somebody agrees");
        assert_eq!(agree(&office, &asked).await.unwrap().outcome.as_deref(), Some("granted"));
        assert_eq!(left(&office, &lot).await, Some(number("29500")));
        // What is declared now is what counts: the original is past.
        let again = ask(&office, &lot, &original(), &amendment(&case, "29000", "11600.00")).await;
        assert!(office.wrong(again).await[0].1.contains("as it stands"));
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn a_declaration_that_is_taken_back_takes_its_goods_out_and_lets_nothing_in_again() {
    let office = Office::maku(Chance::Spares).await;
    let case = enter(&office.app).await.unwrap().case.reference();
    let lot = format!("{case}-1");
    let asked = ask(&office, &lot, &original(), &cancellation(&case)).await.unwrap();
    assert_eq!(agree(&office, &asked).await.unwrap().outcome.as_deref(), Some("granted"));
    assert_eq!(left(&office, &lot).await, None);
    assert!(!office.wrong(enter(&office.app).await).await.is_empty(), "it was taken back");
    assert!(!office.wrong(issue(&office.app, &lot, "1").await).await.is_empty());
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn goods_that_moved_on_follow_no_amendment() {
    let office = Office::maku(Chance::Spares).await;
    let case = enter(&office.app).await.unwrap().case.reference();
    let lot = format!("{case}-1");
    // Asked for in time, and moved on before somebody agrees.
    let early = ask(&office, &lot, &original(), &amendment(&case, "29500", "11800.00")).await.unwrap();
    issue(&office.app, &lot, "10000").await.unwrap();
    for request in [amendment(&case, "29500", "11800.00"), cancellation(&case)] {
        let late = office.wrong(ask(&office, &lot, &original(), &request).await).await;
        assert!(late[0].1.contains("do not lie there as they came in"), "{late:?}");
    }
    assert!(matches!(agree(&office, &early).await, Err(AppError::Refused(Refusal::Facts(_)))));
    // Nobody there, and nobody at the second desk either.
    for _ in 0..2 {
        office.app.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 1);
    }
    let row = office.store.case(early.case).await.unwrap().unwrap();
    assert_eq!((row.stage.as_str(), row.outcome.as_deref()), ("unamended", Some("closed")));
    assert_eq!(left(&office, &lot).await, Some(number("20000")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_cannot_be_amended_is_told_with_the_remedy() {
    let office = Office::maku(Chance::Spares).await;
    let case = enter(&office.app).await.unwrap().case.reference();
    let lot = format!("{case}-1");
    let told = async |original: &str, request: &str| office.wrong(ask(&office, &lot, original, request).await).await;
    let request = amendment(&case, "29500", "11800.00");
    let other = original().replace("TRUCK-1", "TRUCK-2");
    assert!(told(&other, &request).await[0].1.contains("did not come into the lot"));
    let code = original().replace("11010000", "19053100");
    assert!(told(&code, &request).await[0].1.contains("as it stands"));
    // Another document than the one by which the goods came in, though code and quantity agree.
    for (from, to) in [("12000.00", "24000.00"), ("<CountryCode>TR<", "<CountryCode>AZ<")] {
        let other = original().replace(from, to);
        assert_ne!(other, original());
        assert!(told(&other, &request).await[0].1.contains("as it stands"), "{to}");
    }
    assert!(told(&original(), &original()).await[0].1.contains("of the kind original"));
    assert!(told(&request, &request).await[0].1.contains("no original"));
    // Customs' reference is the case that let the goods in.
    let another = told(&original(), &amendment("ELSEWHERE", "29500", "11800.00")).await;
    assert!(another[0].1.contains("ELSEWHERE"), "{another:?}");
    let changed = |from: &str, to: &str| original().replace("<FunctionCode>9<", "<FunctionCode>5<").replace(from, to);
    let code = told(&original(), &changed("11010000", "19053100")).await;
    assert!(code[0].1.contains("take the declaration back and declare anew"), "{code:?}");
    let procedure = told(&original(), &changed("<CurrentCode>78<", "<CurrentCode>40<")).await;
    assert!(procedure[0].1.contains("the procedure 78"), "{procedure:?}");
    let reference = told(&original(), &changed("TRUCK-1", "TRUCK-9")).await;
    assert!(reference[0].1.contains("cannot be amended"), "{reference:?}");
    let nothing = told(&original(), &amendment(&case, "0", "11800.00")).await;
    assert!(nothing[0].1.contains("nothing"), "{nothing:?}");
    assert_eq!(left(&office, &lot).await, Some(number("30000")));
}
