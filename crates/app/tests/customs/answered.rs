//! What customs answers to a declaration: each thing that comes of it once, as a WCO message that reads as what it says.

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Account, AppError, Payment};
use customs::notification::Notification;
use customs::{Message, read};
use definition::value::{Decimal, Value};
use jiff::SignedDuration;

use crate::inspected::{appealed, decide, declare, entered, leave};
use crate::office::{Chance, Office};
use crate::truck::{SELLER, apply, declaration, document, inspect, person, text};

/// What was answered, each read again from its own XML.
async fn answers(office: &Office, case: CaseId) -> Vec<(&'static str, Notification)> {
    let answers = office.app.notifications(&person(SELLER), case).await.unwrap();
    for (number, answer) in (1..).zip(&answers) {
        assert_eq!(answer.number, number);
    }
    let told = answers.iter().map(|answer| {
        let xml = answer.message.to_xml();
        let Ok(Message::Notification(read)) = read(xml.as_bytes()) else { panic!("{xml}") };
        assert_eq!(read.function.value, answer.function.code());
        assert_eq!(read.declaration_id.as_ref().unwrap().value, case.reference());
        (answer.function.name(), *read)
    });
    told.collect()
}

fn names<'a>(answers: &'a [(&'static str, Notification)]) -> Vec<&'a str> {
    answers.iter().map(|(name, _)| *name).collect()
}

#[tokio::test]
async fn what_comes_in_without_an_officer_is_accepted_released_and_cleared() {
    let office = Office::maku(Chance::Spares).await;
    let acted = crate::truck::enter(&office.app).await.unwrap();
    let answers = answers(&office, acted.case).await;
    assert_eq!(names(&answers), ["accepted", "tax", "released", "cleared"]);
    let (_, tax) = &answers[1];
    assert_eq!(tax.declaration_reference.as_ref().unwrap().value, "TRUCK-1");
    let amounts: Vec<_> =
        tax.taxes.iter().map(|line| line.assessed.as_ref().unwrap().value.value.to_string()).collect();
    assert_eq!(amounts, ["660000000", "660000000", "1452000000"]);
    assert!(tax.taxes.iter().all(|line| line.payable.as_ref().unwrap().value.value == Decimal::ZERO));
    // Nobody else's business, and no declaration at all.
    let stranger = office.app.notifications(&person("P-0002"), acted.case).await;
    assert!(matches!(stranger, Err(AppError::NotFound(_))), "{stranger:?}");
}

#[tokio::test]
async fn an_inspection_its_difference_and_the_payment_are_told() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    inspect(&office.app, &acted, "as-declared", "1 11000").await.unwrap();
    let before = answers(&office, acted.case).await;
    assert_eq!(names(&before), ["accepted", "tax", "control", "tax"]);
    assert_eq!(before[2].1.statements[0].text.as_ref().unwrap().value, "inspection");
    let due =
        |tax: &Notification| tax.taxes.iter().map(|line| line.payable.as_ref().unwrap().value.value).sum::<Decimal>();
    assert_eq!([due(&before[1].1), due(&before[3].1)], [Decimal::from(924_000_000), Decimal::from(1_016_400_000)]);
    let Value::Money(amount) = office.facts(acted.case).await["reassessment.payable"].clone() else { panic!() };
    office.app.confirm_payment(acted.case, &Payment { receipt: "R-1".to_owned(), amount }).await.unwrap();
    let after = answers(&office, acted.case).await;
    assert_eq!(names(&after)[4..], ["released", "cleared"]);
    assert_eq!(after[..4], before[..], "what was answered stays as it was");
}

#[tokio::test]
async fn a_seizure_is_a_rejection_with_its_ground_until_it_falls() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    inspect(&office.app, &acted, "prohibited", "1 30000").await.unwrap();
    decide(&office, acted.case, "refuse", Some("goods-prohibited")).await;
    let seized = answers(&office, acted.case).await;
    assert_eq!(names(&seized), ["accepted", "tax", "control", "control", "rejected"]);
    assert!(seized[4].1.errors[0].text.as_ref().unwrap().value.contains("ضبط"), "{:?}", seized[4].1.errors);
    appealed(&office, acted.case).await;
    assert_eq!(names(&answers(&office, acted.case).await)[5..], ["released", "cleared"]);
}

#[tokio::test]
async fn documents_are_wanted_once_and_an_end_without_a_decision_makes_it_invalid() {
    let office = Office::maku(Chance::Spares).await;
    let xml = declaration("LARGE-1", "11010000", "300000", "120000.00", ("78", "00"));
    let declared = document(&office.app, SELLER, &xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    let acted = apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap();
    assert_eq!(acted.stage, "documents");
    let officer = office.drawn(acted.case, "documents").await;
    let account = Account { person: None, officer: Some(officer.clone()), ..person(&officer) };
    let note = "the\ninvoice".to_owned();
    let item = AskedItem { fact: "papers".to_owned(), ground: "goods-documents".to_owned(), note };
    office.app.act(&account, acted.case, &Act::Ask { items: vec![item] }, Some(acted.seq), None).await.unwrap();
    let asked = answers(&office, acted.case).await;
    assert_eq!(names(&asked), ["accepted", "tax", "control", "documents"]);
    let wanted = &asked[3].1.statements[0];
    assert_eq!(wanted.text.as_ref().unwrap().value, "papers: the invoice");
    assert!(wanted.limit.as_ref().unwrap().value > asked[3].1.issued.as_ref().unwrap().value);
    // What is looked at is not taken back; an answer that does not come ends it.
    office.app.clock.advance(SignedDuration::from_hours(24 * 30));
    assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 1);
    assert_eq!(names(&answers(&office, acted.case).await)[4..], ["invalidated"]);
}
