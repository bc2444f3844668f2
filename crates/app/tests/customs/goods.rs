//! A truck of goods comes into the zone, is stored, a third is sold by receipt, a product is made of it and leaves for the mainland; and nothing of it can be done
//! twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};
use app::{Account, AppError, Objects, Payment};
use definition::value::{Money, Value};
use jiff::SignedDuration;
use store::EntryQuery;

use crate::office::{Chance, Office};
use crate::truck::{
    BUYER, SELLER, apply, declaration, document, enter, enter_by, issue, leave, number, person, process, text, transfer,
};

pub async fn open() -> Office {
    Office::maku(Chance::Spares).await
}

pub fn rials(amount: &str) -> Value {
    Value::Money(Money::from_amount(amount.parse().unwrap(), "IRR").unwrap())
}

/// The truck has come; the lot's number.
async fn entered(office: &Office) -> String {
    let acted = enter(&office.app).await.unwrap();
    assert_eq!(acted.outcome.as_deref(), Some("granted"), "a small consignment meets an officer by chance alone");
    let facts = office.facts(acted.case).await;
    assert_eq!(facts["assessment.value"], rials("13200000000"));
    assert_eq!(facts["assessment.payable"], rials("0"), "nothing is paid while the goods are in the zone");
    format!("{}-1", acted.case.reference())
}

/// What the register of lots or receipts says is left.
pub async fn left(office: &Office, register: &str, key: &str) -> Option<Value> {
    let quantity = if register == "lots" { "lot.quantity" } else { "receipt.quantity" };
    office.record(register, key).await?.remove(quantity)
}

#[tokio::test]
async fn a_truck_comes_in_is_sold_worked_on_and_leaves() {
    for office in Office::makus().await {
        truck_comes_and_leaves(&office).await;
    }
}

async fn truck_comes_and_leaves(office: &Office) {
    let lot = entered(office).await;
    assert_eq!(left(office, "lots", &lot).await, Some(number("30000")));
    // A third is set apart and sold.
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    assert_eq!(left(office, "lots", &lot).await, Some(number("20000")));
    assert_eq!(left(office, "receipts", &receipt).await, Some(number("10000")));
    let sold = transfer(&office.app, &receipt, "C-0002").await.unwrap().case.reference();
    assert_eq!(left(office, "receipts", &receipt).await, None, "the former receipt is void");
    // The buyer makes biscuits of it.
    let made = process(&office.app, &sold, "100", "9500").await.unwrap();
    let product = format!("{}-1", made.case.reference());
    assert_eq!(left(office, "lots", &product).await, Some(number("9500")));
    // They leave for the mainland: duty falls on the flour in them, not on what was added to it.
    let exit = leave(&office.app, "EXIT-1", &product, "9500").await.unwrap();
    assert_eq!(exit.stage, "payment");
    let facts = office.facts(exit.case).await;
    assert_eq!(facts["assessment.value"], rials("9900000000"));
    let Value::Document(assessment) = &facts["assessment"] else { panic!() };
    let account = person(BUYER);
    let (_, bytes) = office.app.case_document(&account, exit.case, &assessment.sha256).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    // A third of 13.2 thousand million rials of flour is in it: 50% and 5% of 4.4 thousand million, and 10% of the price with both.
    let assessed = |line: usize| written["lines"][line]["assessed"].as_str().unwrap().to_owned();
    assert_eq!([assessed(0), assessed(1), assessed(2)], ["2200000000", "220000000", "1232000000"], "{written:#}");
    assert!(written["lines"][0]["why"].to_string().contains("= 5/9"), "{written:#}");
    assert_eq!(facts["assessment.payable"], rials("3652000000"));
    assert_eq!(left(office, "lots", &product).await, Some(number("9500")), "nothing leaves before it is paid");
    let Value::Money(amount) = facts["assessment.payable"].clone() else { panic!() };
    let payment = Payment { receipt: "R-1".to_owned(), amount };
    let paid = office.app.confirm_payment(exit.case, &payment).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    assert_eq!(left(office, "lots", &product).await, None);
    assert!(office.kinds(exit.case).await.contains(&"booked".to_owned()));
    // The accounts follow from the record alone.
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn nothing_is_moved_that_is_not_there() {
    let office = open().await;
    let lot = entered(&office).await;
    let [(_, said)] = &office.wrong(issue(&office.app, &lot, "30000.000001").await).await[..] else { panic!() };
    assert!(said.contains("30000 KGM are left"), "{said}");
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    let wrong = office.wrong(transfer(&office.app, &receipt, "C-9999").await).await;
    assert_eq!(wrong, [("buyer".to_owned(), "NoRecord".to_owned())]);
    let sold = transfer(&office.app, &receipt, "C-0002").await.unwrap().case.reference();
    // A recipe cannot make more than it yields, nor of more than there is.
    let [(_, said)] = &office.wrong(process(&office.app, &sold, "100", "9900").await).await[..] else { panic!() };
    assert!(said.contains("the recipe yields 8500 KGM to 9800 KGM"), "{said}");
    let [(_, said), ..] = &office.wrong(process(&office.app, &sold, "101", "9500").await).await[..] else { panic!() };
    assert!(said.contains("10000 KGM are left"), "{said}");
    let product = format!("{}-1", process(&office.app, &sold, "100", "9500").await.unwrap().case.reference());
    // More leaves than was made, or something else.
    assert!(
        office.wrong(leave(&office.app, "EXIT-1", &product, "9600").await).await[0].1.contains("9500 KGM are left")
    );
    // The same declaration does not come in twice.
    let wrong = office.wrong(enter(&office.app).await).await;
    assert!(wrong[0].1.contains("0 KGM have not passed") || wrong[0].1.contains("declared"), "{wrong:?}");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_take_the_same_at_once_no_more_get_it_than_there_is() {
    for office in Office::makus().await {
        many_take_the_same(Arc::new(office)).await;
    }
}

async fn many_take_the_same(office: Arc<Office>) {
    let lot = entered(&office).await;
    let mut tills = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (office, lot) = (Arc::clone(&office), lot.clone());
        // Three of these fit into the lot.
        tills.spawn(async move { issue(&office.app, &lot, "9000").await.is_ok() });
    }
    let issued = tills.join_all().await.into_iter().filter(|issued| *issued).count();
    assert_eq!(issued, 3);
    assert_eq!(left(&office, "lots", &lot).await, Some(number("3000")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn goods_do_not_leave_under_another_procedure_or_another_code() {
    let office = open().await;
    let lot = entered(&office).await;
    let leave = |xml: String| {
        let (office, lot) = (&office, &lot);
        async move {
            let declared = document(&office.app, SELLER, &xml).await;
            let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared)];
            apply(&office.app, SELLER, "goods-exit", &facts).await
        }
    };
    let xml = declaration("OUT-1", "11010000", "30000", "12000.00", ("40", "78"));
    let suspended = xml.replace("<CurrentCode>40<", "<CurrentCode>78<");
    let both = xml.replace(
        "<GovernmentProcedure>",
        "<GovernmentProcedure><CurrentCode>78</CurrentCode></GovernmentProcedure><GovernmentProcedure>",
    );
    for xml in [suspended, both] {
        let [(_, said)] = &office.wrong(leave(xml).await).await[..] else { panic!() };
        assert!(said.contains("the procedure 4078"), "{said}");
    }
    // The lot's code under a list that nobody taxes by, and a cheaper one where the tariff looks.
    let extra = "<Classification><ID>11010000</ID><IdentificationTypeCode>GN</IdentificationTypeCode></Classification>";
    let cheap = xml.replace("<Classification><ID>11010000", &format!("{extra}<Classification><ID>84000000"));
    let [(_, said)] = &office.wrong(leave(cheap).await).await[..] else { panic!() };
    assert!(said.contains("11010000") && said.contains("84000000"), "{said}");
    // Neither an amendment nor a day of the sender's own.
    let amendment = xml.replace("<FunctionCode>9<", "<FunctionCode>13<").replace(">IMA<", ">COR<");
    assert!(office.wrong(leave(amendment).await).await[0].1.contains("no original"));
    let earlier = leave(xml.replace("20261125080000Z", "20200601080000Z")).await.unwrap();
    let Value::Document(assessment) = office.facts(earlier.case).await["assessment"].clone() else { panic!() };
    let (_, bytes) = office.app.case_document(&person(SELLER), earlier.case, &assessment.sha256).await.unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("2020-06-01"));
}

#[tokio::test]
async fn two_companies_may_give_their_declarations_the_same_reference() {
    let office = open().await;
    entered(&office).await;
    let xml = declaration("TRUCK-1", "11010000", "500", "200.00", ("78", "00"));
    let acted = enter_by(&office.app, (BUYER, "C-0002"), &xml).await.unwrap();
    assert_eq!(acted.outcome.as_deref(), Some("granted"));
}

#[tokio::test]
async fn a_row_that_was_tampered_with_is_made_again() {
    let office = open().await;
    let lot = entered(&office).await;
    let query = EntryQuery { kind: "goods/lot".to_owned(), key: Some(lot.clone()), owner: None, after: None, limit: 1 };
    let entry = office.store.entries(query.clone()).await.unwrap().remove(0);
    let more = String::from_utf8(entry.body.clone()).unwrap().replace("30000", "90000");
    let put = store::Put {
        kind: entry.kind.clone(),
        key: entry.key.clone(),
        owner: entry.owner.clone(),
        body: Some(more.into_bytes()),
        expected: Some(entry.version),
    };
    office.store.put(vec![put]).await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 1);
    assert_eq!(office.store.entries(query).await.unwrap().remove(0).body, entry.body);
}

/// In a zone that reserves nothing.
#[tokio::test]
async fn an_officer_who_lets_goods_in_is_told_beforehand_what_the_accounts_have_against_it() {
    let office = Office::maku_unreserved(Chance::Spares).await;
    let declare = |reference: &'static str| async {
        let xml = declaration(reference, "11010000", "300000", "120000.00", ("78", "00"));
        let declared = document(&office.app, SELLER, &xml).await;
        let warehouse = Value::Code("maku-1".to_owned());
        let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
        let acted = apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap();
        assert_eq!(acted.stage, "documents");
        acted
    };
    let agree = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
    let (first, again) = (declare("LARGE-1").await, declare("LARGE-1").await);
    let officer = Account { person: None, officer: Some(office.drawn(first.case, "documents").await), ..person("d") };
    office.app.act_to_sign(&officer, first.case, &agree, first.seq).await.unwrap();
    let done = office.app.act(&officer, first.case, &agree, Some(first.seq), None).await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    // The same declaration a second time brings nothing in.
    let trial = office.app.act_to_sign(&officer, again.case, &agree, again.seq).await.unwrap_err();
    let AppError::Refused(Refusal::Facts(problems)) = trial else { panic!("{trial:?}") };
    assert!(matches!(&problems[0].wrong, Wrong::Function(_)), "{problems:?}");
    // What functions made is in a backup like what people brought.
    let to = tempfile::tempdir().unwrap();
    let objects = Objects::folder(&office.folder.path().join("objects")).unwrap();
    let copied = app::backup::copy(&*office.store, &objects, None, &Objects::folder(to.path()).unwrap()).await.unwrap();
    assert_eq!((copied.documents, copied.problems.len()), (3, 0), "{:?}", copied.problems);
}

/// In a zone that reserves nothing.
#[tokio::test]
async fn a_deadline_whose_booking_is_refused_ends_the_case_with_the_reason() {
    for office in Office::makus_unreserved().await {
        let mut filed = Vec::new();
        for _ in 0..2 {
            let xml = declaration("LARGE-1", "11010000", "300000", "120000.00", ("78", "00"));
            let declared = document(&office.app, SELLER, &xml).await;
            let warehouse = Value::Code("maku-1".to_owned());
            let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
            filed.push(apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap());
        }
        // Nobody looks at either of them; both lead to the same goods in the zone.
        office.app.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 2);
        let mut outcomes = Vec::new();
        for case in &filed {
            let kinds = office.kinds(case.case).await;
            let refused = kinds.contains(&"unbooked".to_owned());
            let row = office.store.case(case.case).await.unwrap().unwrap();
            assert_eq!(kinds.contains(&"booked".to_owned()), !refused, "{kinds:?}");
            outcomes.push((row.stage, row.outcome.unwrap(), refused));
        }
        outcomes.sort();
        let told = |stage: &str, outcome: &str, refused| (stage.to_owned(), outcome.to_owned(), refused);
        assert_eq!(outcomes, [told("clearance", "granted", false), told("unbooked", "closed", true)]);
        assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 0, "nothing is stuck");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}
