//! Goods leave the zone: abroad, in transit, and to the mainland at no less than they came in at.

use std::collections::BTreeMap;

use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};
use app::{Account, Acted, AppError, Payment};
use definition::value::{DocumentRef, Money, Value};
use jiff::SignedDuration;

use crate::inspected::appealed;
use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, apply, declaration, document, enter, inspect, number, person, text};

/// The truck's flour, in its lot.
pub async fn lot(office: &Office) -> String {
    format!("{}-1", enter(&office.app).await.unwrap().case.reference())
}

/// So much of the flour leaves, at this price, as a service has it.
pub async fn leave(office: &Office, service: &str, lot: &str, xml: &str) -> Result<Acted, AppError> {
    let declared = document(&office.app, SELLER, xml).await;
    let destination = ("destination", Value::Code("IRDGN".to_owned()));
    let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared), destination];
    let facts = if service == "goods-transit" { &facts[..] } else { &facts[..3] };
    apply(&office.app, SELLER, service, facts).await
}

pub fn flour(reference: &str, kilograms: &str, price: &str, procedure: (&str, &str)) -> String {
    declaration(reference, "11010000", kilograms, price, procedure)
}

pub fn transit(reference: &str, kilograms: &str, price: &str) -> String {
    let xml = flour(reference, kilograms, price, ("40", "78"));
    let procedure =
        "<GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>78</PreviousCode></GovernmentProcedure>";
    assert!(xml.contains(procedure), "{xml}");
    xml.replace(procedure, "").replace(">IMA<", ">T1<")
}

pub async fn pay(office: &Office, case: &Acted, receipt: &str) -> Acted {
    let Value::Money(amount) = office.facts(case.case).await["assessment.payable"].clone() else { panic!() };
    let payment = Payment { receipt: receipt.to_owned(), amount };
    office.app.confirm_payment(case.case, &payment).await.unwrap()
}

pub async fn officer(office: &Office, case: &Acted, seat: &str) -> Account {
    Account { person: None, officer: Some(office.drawn(case.case, seat).await), ..person("officer") }
}

#[tokio::test]
async fn goods_go_abroad_again_and_owe_nothing() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let left = leave(&office, "goods-reexport", &lot, &flour("OUT-1", "10000", "4000.00", ("31", "78"))).await.unwrap();
    assert_eq!(left.outcome.as_deref(), Some("granted"), "a small consignment meets no officer");
    let facts = office.facts(left.case).await;
    assert_eq!(facts["assessment.payable"], Value::Money(Money::from_amount(0.into(), "IRR").unwrap()));
    assert!(office.kinds(left.case).await.contains(&"booked".to_owned()));
    assert_eq!(office.record("lots", &lot).await.unwrap()["lot.quantity"], number("20000"));
    // What was declared once passes once, and only under the procedure.
    let again = leave(&office, "goods-reexport", &lot, &flour("OUT-1", "10000", "4000.00", ("31", "78"))).await;
    assert!(office.wrong(again).await[0].1.contains("0 KGM have not passed"));
    for procedure in [("40", "78"), ("31", "71"), ("10", "00")] {
        let wrong = leave(&office, "goods-reexport", &lot, &flour("OUT-2", "100", "40.00", procedure)).await;
        assert!(office.wrong(wrong).await[0].1.contains("the procedure 3178"), "{procedure:?}");
    }
    let more = leave(&office, "goods-reexport", &lot, &flour("OUT-3", "20001", "8000.00", ("31", "78"))).await;
    assert!(office.wrong(more).await[0].1.contains("20000 KGM are left"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_large_re_export_is_looked_at_and_leaves_when_an_officer_agrees() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let xml = flour("OUT-1", "10000", "90000.00", ("31", "78"));
    let left = leave(&office, "goods-reexport", &lot, &xml).await.unwrap();
    assert_eq!(left.stage, "documents");
    let officer = officer(&office, &left, "documents").await;
    let act = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
    let done = office.app.act(&officer, left.case, &act, Some(left.seq), None).await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    assert_eq!(office.record("lots", &lot).await.unwrap()["lot.quantity"], number("20000"));
}

#[tokio::test]
async fn goods_in_transit_are_secured_leave_and_are_discharged_where_they_arrive() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let left = leave(&office, "goods-transit", &lot, &transit("T-1", "30000", "12000.00")).await.unwrap();
    assert_eq!(left.stage, "clearance", "security is to be given");
    let facts = office.facts(left.case).await;
    // 5% and 5% of 13.2 thousand million rials, and 10% of the value with both: what they would owe in free circulation.
    assert_eq!(
        facts["assessment.payable"],
        Value::Money(Money::from_amount("2772000000".parse().unwrap(), "IRR").unwrap())
    );
    assert!(matches!(facts["assessment.until"], Value::Date(_)), "{facts:?}");
    assert_eq!(office.record("lots", &lot).await.unwrap()["lot.quantity"], number("30000"), "nothing leaves unsecured");
    let released = pay(&office, &left, "R-1").await;
    assert_eq!(released.outcome.as_deref(), Some("granted"));
    assert_eq!(office.record("lots", &lot).await, None);
    let transit = format!("T-{}", left.case.reference());
    let record = office.record("transits", &transit).await.unwrap();
    assert_eq!(record["transit.destination"], Value::Code("IRDGN".to_owned()));
    assert_eq!(record["transit.until"], facts["assessment.until"]);
    // At the office of destination.
    let arrival = arrive(&office, &transit).await.unwrap();
    assert_eq!(arrival.stage, "arrival");
    let done = arrived(&office, &arrival, "in-order").await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Goods in transit are presented.
pub async fn arrive(office: &Office, transit: &str) -> Result<Acted, AppError> {
    apply(&office.app, SELLER, "transit-arrival", &[("company", text("C-0001")), ("transit", text(transit))]).await
}

/// The officer who was drawn records what came.
pub async fn arrived(office: &Office, arrival: &Acted, finding: &str) -> Result<Acted, AppError> {
    let officer = officer(office, arrival, "arrival").await;
    let picture =
        DocumentRef { sha256: [7; 32], size: 10, media_type: "image/png".to_owned(), name: "s.png".to_owned() };
    let facts = BTreeMap::from([
        ("finding".to_owned(), Value::Code(finding.to_owned())),
        ("photograph".to_owned(), Value::Document(picture)),
    ]);
    let act = Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts };
    let seq = office.state(arrival.case).await.seq;
    office.app.act(&officer, arrival.case, &act, Some(seq), None).await
}

/// A transit that left, under its number.
pub async fn on_its_way(office: &Office) -> String {
    let lot = lot(office).await;
    let left = leave(office, "goods-transit", &lot, &transit("T-1", "30000", "12000.00")).await.unwrap();
    pay(office, &left, "R-1").await;
    format!("T-{}", left.case.reference())
}

/// Whoever asks again is told at once, and by which case, so that no officer comes to a case that only silence can end.
#[tokio::test]
async fn one_case_at_a_time_presents_a_transit() {
    for office in Office::makus().await {
        let transit = on_its_way(&office).await;
        let first = arrive(&office, &transit).await.unwrap();
        let refused = arrive(&office, &transit).await;
        let Err(AppError::Refused(Refusal::Facts(problems))) = &refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].fact, "transit");
        let said = office.wrong(refused).await.remove(0).1;
        assert!(said.contains("is open already, in") && said.contains(&first.case.reference()), "{said}");
        // Nobody else learns that anybody presents it: it is none of theirs to choose.
        let facts = [("company", text("C-0002")), ("transit", text(&transit))];
        let others = apply(&office.app, BUYER, "transit-arrival", &facts).await;
        let Err(AppError::Refused(Refusal::Facts(problems))) = others else { panic!("{others:?}") };
        assert!(problems.iter().all(|problem| problem.wrong == Wrong::NoRecord), "{problems:?}");
        // What is taken back can be presented again.
        let act = Act::Withdraw { reason: String::new() };
        office.app.act(&person(SELLER), first.case, &act, None, None).await.unwrap();
        let second = arrive(&office, &transit).await.unwrap();
        assert_eq!(arrived(&office, &second, "seals-broken").await.unwrap().stage, "refused");
        // What was refused is not presented again.
        let said = office.wrong(arrive(&office, &transit).await).await.remove(0).1;
        assert!(said.contains("was refused in") && said.contains(&second.case.reference()), "{said}");
        assert!(office.record("transits", &transit).await.is_some(), "the security stays where it is");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
        // A board may say otherwise, and then it is over.
        appealed(&office, second.case).await;
        assert_eq!(office.state(second.case).await.stage, "discharged");
        let over = office.wrong(arrive(&office, &transit).await).await;
        assert!(!over.is_empty() && office.record("transits", &transit).await.is_none(), "{over:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// Of several who present it at once one does, and nobody is left to silence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_present_a_transit_at_once_one_does() {
    for office in Office::makus().await {
        let transit = on_its_way(&office).await;
        let (one, two) = tokio::join!(arrive(&office, &transit), arrive(&office, &transit));
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1, "{one:?} {two:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// In a zone that reserves nothing.
#[tokio::test]
async fn a_transit_is_discharged_once_whoever_asks() {
    for office in Office::makus_unreserved().await {
        let transit = on_its_way(&office).await;
        let (first, second) = (arrive(&office, &transit).await.unwrap(), arrive(&office, &transit).await.unwrap());
        let third = arrive(&office, &transit).await.unwrap();
        assert_eq!(arrived(&office, &first, "in-order").await.unwrap().outcome.as_deref(), Some("granted"));
        // The other that was open is refused, and says by which case it is over.
        let refused = arrived(&office, &second, "in-order").await;
        let said = office.wrong(refused).await.remove(0).1;
        assert!(said.contains("was discharged by") && said.contains(&first.case.reference()), "{said}");
        assert_eq!(office.state(second.case).await.stage, "arrival", "nothing changed");
        // Nobody can choose it any more.
        assert_eq!(office.record("transits", &transit).await, None);
        assert!(arrive(&office, &transit).await.is_err());
        // What nobody looks at ends without a certificate.
        for _ in 0..2 {
            office.app.clock.advance(SignedDuration::from_hours(24 * 30));
            assert_eq!(app::jobs::clock::run(&office.app).await.unwrap(), 2);
        }
        for case in [second.case, third.case] {
            let row = office.store.case(case).await.unwrap().unwrap();
            assert_eq!((row.stage.as_str(), row.outcome.as_deref()), ("unbooked", Some("closed")));
        }
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_who_discharge_a_transit_at_once_one_does() {
    for office in Office::makus_unreserved().await {
        let transit = on_its_way(&office).await;
        let (first, second) = (arrive(&office, &transit).await.unwrap(), arrive(&office, &transit).await.unwrap());
        let (one, other) = tokio::join!(arrived(&office, &first, "in-order"), arrived(&office, &second, "in-order"));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1, "{one:?} {other:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn a_transit_declaration_says_that_it_is_one_and_names_no_procedure() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let xml = transit("T-1", "100", "40.00");
    let wrong = leave(&office, "goods-transit", &lot, &xml.replace(">T1<", ">IMA<")).await;
    assert!(office.wrong(wrong).await[0].1.contains("is not T1"));
    // A procedure that suspends or lets off would take the security away.
    for procedure in [("78", "00"), ("31", "78")] {
        let xml = flour("T-2", "100", "40.00", procedure).replace(">IMA<", ">T1<");
        let wrong = leave(&office, "goods-transit", &lot, &xml).await;
        assert!(office.wrong(wrong).await[0].1.contains("names no procedure"), "{procedure:?}");
    }
}

#[tokio::test]
async fn what_leaves_as_it_came_is_declared_at_no_less_than_it_came_in_at() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    // A third of flour that came in at 13.2 thousand million rials.
    let cheap = leave(&office, "goods-exit", &lot, &flour("OUT-1", "10000", "3999.99", ("40", "78"))).await;
    let [(place, said)] = &office.wrong(cheap).await[..] else { panic!() };
    assert!(said.contains("4399989000 IRR are declared") && said.contains("at least 4400000000 IRR"), "{said}");
    assert!(place.contains(':'), "{place}");
    let cheap = leave(&office, "goods-transit", &lot, &transit("T-1", "10000", "3999.99")).await;
    assert!(office.wrong(cheap).await[0].1.contains("at least 4400000000 IRR"));
    for (reference, price) in [("OUT-2", "4000.00"), ("OUT-3", "4000.01")] {
        let xml = flour(reference, "10000", price, ("40", "78"));
        assert_eq!(leave(&office, "goods-exit", &lot, &xml).await.unwrap().stage, "payment");
    }
    // Abroad nothing is owed on a value.
    leave(&office, "goods-reexport", &lot, &flour("OUT-4", "10000", "1.00", ("31", "78"))).await.unwrap();
}

/// In a zone that reserves nothing.
#[tokio::test]
async fn of_two_that_are_released_for_the_same_goods_the_second_payment_is_refused() {
    let office = Office::maku_unreserved(Chance::Spares).await;
    let lot = lot(&office).await;
    let first = leave(&office, "goods-transit", &lot, &transit("T-1", "20000", "8000.00")).await.unwrap();
    let second = leave(&office, "goods-transit", &lot, &transit("T-2", "20000", "8000.00")).await.unwrap();
    pay(&office, &first, "R-1").await;
    let Value::Money(amount) = office.facts(second.case).await["assessment.payable"].clone() else { panic!() };
    let late = office.app.confirm_payment(second.case, &Payment { receipt: "R-2".to_owned(), amount }).await;
    assert!(matches!(late, Err(AppError::Refused(Refusal::Facts(_)))), "{late:?}");
    assert_eq!(office.record("lots", &lot).await.unwrap()["lot.quantity"], number("10000"));
}

/// A tariff has other duties for goods of other countries: where they were made is what the entry said.
#[tokio::test]
async fn what_leaves_as_it_came_has_the_origin_that_it_came_in_with() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let from = |xml: &str, country: &str| {
        let origin = "<Origin><CountryCode>TR</CountryCode>";
        assert!(xml.contains(origin), "{xml}");
        xml.replace(origin, &format!("<Origin><CountryCode>{country}</CountryCode>"))
    };
    let ways = [
        ("goods-exit", flour("OUT-1", "10000", "4000.00", ("40", "78"))),
        ("goods-reexport", flour("OUT-2", "10000", "4000.00", ("31", "78"))),
        ("goods-transit", transit("OUT-3", "10000", "4000.00")),
    ];
    for (service, xml) in &ways {
        let declared = document(&office.app, SELLER, &from(xml, "AZ")).await;
        let destination = ("destination", Value::Code("IRDGN".to_owned()));
        let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared), destination];
        let facts = if *service == "goods-transit" { &facts[..] } else { &facts[..3] };
        let Err(AppError::Refused(Refusal::Facts(problems))) = apply(&office.app, SELLER, service, facts).await else {
            panic!("{service}")
        };
        let Wrong::Function(fault) = &problems[0].wrong else { panic!("{problems:?}") };
        let (en, fa) = (&fault.words["en"], &fault.words["fa"]);
        assert!(en.contains("item 1: the origin AZ is declared") && en.contains("write TR"), "{en}");
        assert!(fa.contains("قلم 1") && fa.contains("AZ") && fa.contains("TR"), "{fa}");
        assert!(fault.place.contains(':'), "{fault:?}");
        assert!(leave(&office, service, &lot, xml).await.is_ok(), "{service}");
    }
}

/// What leaves abroad or in transit is scored and drawn for as what leaves for the mainland.
#[tokio::test]
async fn whichever_way_goods_leave_they_are_looked_at_alike() {
    let ways = [
        ("goods-reexport", flour("OUT-1", "10000", "4000.00", ("31", "78"))),
        ("goods-transit", transit("OUT-2", "10000", "4000.00")),
    ];
    let office = Office::maku(Chance::Inspects).await;
    for (service, xml) in &ways {
        let lot = crate::inspected::entered_as(&office, &format!("IN-{service}")).await;
        let left = leave(&office, service, &lot, xml).await.unwrap();
        assert_eq!(left.stage, "inspection", "{service}");
        assert!(office.facts(left.case).await.contains_key("risk.chance"));
        // What was measured leaves, and is secured.
        let found = inspect(&office.app, &left, "as-declared", "1 9000").await.unwrap();
        if *service == "goods-transit" {
            assert_eq!(found.stage, "leaving-as-measured");
            let facts = office.facts(left.case).await;
            // 3,600 euros for nine tonnes: 5% and 5% of 3.96 thousand million rials, and 10% of all three.
            let due = Money::from_amount("831600000".parse().unwrap(), "IRR").unwrap();
            assert_eq!(facts["reassessment.payable"], Value::Money(due.clone()));
            let payment = Payment { receipt: "R-1".to_owned(), amount: due };
            let paid = office.app.confirm_payment(left.case, &payment).await.unwrap();
            assert_eq!(paid.outcome.as_deref(), Some("granted"));
            assert!(office.record("transits", &format!("T-{}", left.case.reference())).await.is_some());
        } else {
            assert_eq!((found.stage.as_str(), found.outcome.as_deref()), ("leaving-as-measured", Some("granted")));
        }
        assert_eq!(office.record("lots", &lot).await.unwrap()["lot.quantity"], number("21000"));
    }
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    // Two cents a kilogram: a rule is met, whichever way it is declared.
    let cheap = flour("OUT-3", "10000", "200.00", ("31", "78"));
    assert_eq!(leave(&office, "goods-reexport", &lot, &cheap).await.unwrap().stage, "inspection");
}
