//! An inspector finds more than the goods accounts have: it is recorded, the departure is refused on a ground, and the goods stay where they can be declared.
//!
//! Must not know of: how a measure is compared with a declaration.

use app::definition::value::{Money, Value};
use app::{Acted, Payment};

use crate::beside::declare;
use crate::goods::{left, rials};
use crate::inspected::{appealed, decide, entered, entered_as, leave as leave_by_exit};
use crate::leaving::{flour, leave, transit};
use crate::office::{Chance, Office};
use crate::truck::{SELLER, declaration, inspect, number, person};

/// The ways out, each with so much flour as it has it.
fn ways(reference: &str, kilograms: &str, price: &str) -> [(&'static str, String); 3] {
    [
        ("goods-exit", flour(reference, kilograms, price, ("40", "78"))),
        ("goods-reexport", flour(reference, kilograms, price, ("31", "78"))),
        ("goods-transit", transit(reference, kilograms, price)),
    ]
}

/// What was found is on record, and no more than the accounts let go: the case is over, nothing left, nothing is reserved, and the ground is told.
async fn is_refused(office: &Office, lot: &str, found: &Acted, surplus: &str) {
    assert_eq!((found.stage.as_str(), found.outcome.as_deref()), ("surplus", Some("refused")));
    assert_eq!(office.facts(found.case).await["reassessment.surplus"], number(surplus));
    let answers = office.app.notifications(&person(SELLER), found.case).await.unwrap();
    let last = &answers.last().unwrap().message;
    assert!(last.to_xml().contains("مازاد نخست برای ورود اظهار می‌شود"), "{}", last.to_xml());
    assert!(!office.kinds(found.case).await.contains(&"paid".to_owned()));
    let account = office.app.goods_account(&person(SELLER), ("lot", lot), None).await.unwrap();
    assert!(account.holding.reserved.is_empty(), "{:?}", account.holding.reserved);
}

async fn paid(office: &Office, case: &Acted) -> Acted {
    let Value::Money(amount) = office.facts(case.case).await["reassessment.payable"].clone() else { panic!() };
    let payment = Payment { receipt: format!("R-{}", case.case), amount };
    office.app.confirm_payment(case.case, &payment).await.unwrap()
}

#[tokio::test]
async fn more_than_the_lot_has_goes_no_way_out_and_can_be_declared_again() {
    for (place, (service, xml)) in ways("OUT-1", "29000", "11600.00").into_iter().enumerate() {
        let office = Office::maku(Chance::Inspects).await;
        let lot = entered(&office).await;
        let acted = leave(&office, service, &lot, &xml).await.unwrap();
        let found = inspect(&office.app, &acted, "as-declared", "1 31000").await.unwrap();
        is_refused(&office, &lot, &found, "1000").await;
        assert_eq!(left(&office, "lots", &lot).await, Some(number("30000")), "{service}");
        // What is too much comes in by a declaration of its own, and what the lot has leaves.
        let surplus = declaration("IN-2", "11010000", "1000", "400.00", ("78", "00"));
        let entry = declare(&office, &surplus).await.unwrap();
        let entry = inspect(&office.app, &entry, "as-declared", "1 1000").await.unwrap();
        assert_eq!(entry.outcome.as_deref(), Some("granted"));
        let (_, again) = &ways("OUT-1", "29000", "11600.00")[place];
        let again = leave(&office, service, &lot, again).await.unwrap();
        let gone = inspect(&office.app, &again, "as-declared", "1 30000").await.unwrap();
        let gone = if gone.outcome.is_none() { paid(&office, &gone).await } else { gone };
        assert_eq!(gone.outcome.as_deref(), Some("granted"), "{service}");
        assert_eq!(office.facts(gone.case).await["reassessment.surplus"], number("0"));
        assert_eq!(left(&office, "lots", &lot).await, None, "{service}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// Nobody has to wait for an end: a board may think otherwise, and then the goods can be declared again.
#[tokio::test]
async fn whoever_appeals_and_wins_may_declare_the_goods_again() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave_by_exit(&office, "OUT-1", &lot, "30000", "12000.00").await;
    let found = inspect(&office.app, &acted, "as-declared", "1 30151").await.unwrap();
    is_refused(&office, &lot, &found, "151").await;
    appealed(&office, acted.case).await;
    assert_eq!(office.state(acted.case).await.stage, "open-again");
    leave_by_exit(&office, "OUT-1", &lot, "30000", "12000.00").await;
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Within the tolerance the scale may show more than there is: what is declared stands.
#[tokio::test]
async fn what_the_tolerance_allows_is_no_surplus() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted =
        leave(&office, "goods-reexport", &lot, &flour("OUT-1", "30000", "12000.00", ("31", "78"))).await.unwrap();
    let gone = inspect(&office.app, &acted, "as-declared", "1 30150").await.unwrap();
    assert_eq!(gone.outcome.as_deref(), Some("granted"));
}

/// Two officers let go what was thought to be prohibited: how much there is was measured all the same.
#[tokio::test]
async fn what_is_let_go_is_still_no_more_than_the_lot_has() {
    let office = Office::maku(Chance::Inspects).await;
    for (service, xml) in ways("OUT-1", "29000", "11600.00") {
        let lot = entered_as(&office, &format!("IN-{service}")).await;
        let acted = leave(&office, service, &lot, &xml.replace("OUT-1", service)).await.unwrap();
        assert_eq!(inspect(&office.app, &acted, "prohibited", "1 31000").await.unwrap().stage, "seizure");
        let free = decide(&office, acted.case, "free", None).await;
        is_refused(&office, &lot, &free, "1000").await;
    }
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Another case of the same lot had its goods seized while this one was to be inspected: nothing of a lot that is held leaves.
#[tokio::test]
async fn what_is_held_by_another_case_does_not_leave() {
    for (service, xml) in ways("OUT-2", "10000", "4000.00") {
        let office = Office::maku(Chance::Inspects).await;
        let lot = entered(&office).await;
        let other = leave_by_exit(&office, "OUT-1", &lot, "10000", "4000.00").await;
        let acted = leave(&office, service, &lot, &xml).await.unwrap();
        inspect(&office.app, &other, "not-declared", "1 10000").await.unwrap();
        decide(&office, other.case, "refuse", Some("goods-undeclared")).await;
        let found = inspect(&office.app, &acted, "as-declared", "1 10000").await.unwrap();
        is_refused(&office, &lot, &found, "10000").await;
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// What is measured has its share of the price, rounded to the cent. That it is worth a fraction of a cent less than it came in at is nobody's fault: duty is owed on
/// what leaves, not on what was declared.
#[tokio::test]
async fn what_is_owed_goes_by_what_was_measured_to_the_gram() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave_by_exit(&office, "OUT-1", &lot, "10000", "4000.00").await;
    inspect(&office.app, &acted, "as-declared", "1 10333.333").await.unwrap();
    let facts = office.facts(acted.case).await;
    // 4133.33 euros, where 4133.3332 came in.
    assert_eq!(facts["reassessment.value"], rials("4546663000"));
    assert_eq!(facts["reassessment.surplus"], number("0"));
    let owed = Value::Money(Money::from_amount("954799230".parse().unwrap(), "IRR").unwrap());
    assert_eq!(facts["reassessment.payable"], owed);
    assert_eq!(paid(&office, &acted).await.outcome.as_deref(), Some("granted"));
}
