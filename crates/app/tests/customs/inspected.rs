//! Goods are inspected: what is measured becomes an amendment with its tax, the accounts book it, and what is found may be seized and freed again.

use std::collections::BTreeMap;

use app::definition::value::{Money, Value};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};
use app::{Account, Acted, AppError, Draft, Payment};

use crate::goods::{left, rials};
use crate::office::{Chance, Office};
use crate::truck::{SELLER, apply, declaration, document, inspect, issue, number, person, text};

pub async fn declare(office: &Office, reference: &str) -> Acted {
    let xml = declaration(reference, "11010000", "30000", "12000.00", ("78", "00"));
    let declared = document(&office.app, SELLER, &xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    let acted = apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap();
    assert_eq!(acted.stage, "inspection");
    acted
}

/// Flour leaves for the mainland as it came.
pub async fn leave(office: &Office, reference: &str, lot: &str, kilograms: &str, euros: &str) -> Acted {
    let xml = declaration(reference, "11010000", kilograms, euros, ("40", "78"));
    let declared = document(&office.app, SELLER, &xml).await;
    let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared)];
    apply(&office.app, SELLER, "goods-exit", &facts).await.unwrap()
}

/// A lot of 30 tonnes, inspected and found as declared.
pub async fn entered(office: &Office) -> String {
    entered_as(office, "TRUCK-1").await
}

/// The same by a declaration of this reference.
pub async fn entered_as(office: &Office, reference: &str) -> String {
    let acted = declare(office, reference).await;
    inspect(&office.app, &acted, "as-declared", "1 30000").await.unwrap();
    format!("{}-1", acted.case.reference())
}

/// What the board says of the kind of goods changes nothing of how much there is.
#[tokio::test]
async fn an_entry_that_was_refused_comes_in_as_measured_when_the_decision_falls() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let refused = inspect(&office.app, &acted, "differs", "1 20000").await.unwrap();
    assert_eq!((refused.stage.as_str(), refused.outcome.as_deref()), ("refused-as-measured", Some("refused")));
    let lot = format!("{}-1", acted.case.reference());
    assert_eq!(left(&office, "lots", &lot).await, None);
    appealed(&office, acted.case).await;
    assert_eq!(office.state(acted.case).await.stage, "clearance-as-measured");
    assert_eq!(left(&office, "lots", &lot).await, Some(number("20000")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// All officers whose turn it is choose the same.
pub async fn decide(office: &Office, case: CaseId, route: &str, ground: Option<&str>) -> Acted {
    let stage = office.state(case).await.stage;
    let mut done = None;
    loop {
        let state = office.state(case).await;
        let (true, Some(officer)) = (state.stage == stage, state.holders().first().cloned()) else { break };
        let account = Account { person: None, officer: Some(officer.clone()), ..person(&officer) };
        let (route, ground) = (route.to_owned(), ground.map(str::to_owned));
        let act = Act::Decide { route, ground, note: "in order".to_owned(), facts: BTreeMap::new() };
        done = Some(office.app.act(&account, case, &act, Some(state.seq), None).await.unwrap());
    }
    done.unwrap()
}

/// The owner appeals, and the board agrees with them.
pub async fn appealed(office: &Office, case: CaseId) {
    let facts = BTreeMap::from([("reasons".to_owned(), text("sample"))]);
    let draft = Draft { service: "review-board".to_owned(), appeals: Some(case), facts, ..Draft::default() };
    let appeal = office.app.submit(&person(SELLER), &draft, None).await.unwrap();
    decide(office, appeal.case, "grant", None).await;
    while app::jobs::outbox::run(&office.app).await.unwrap() > 0 {}
}

#[tokio::test]
async fn what_was_measured_counts_in_the_accounts_and_in_the_assessment() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let done = inspect(&office.app, &acted, "as-declared", "۱ ۲۹۵۰۰\n").await.unwrap();
    assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("clearance-as-measured", Some("granted")));
    let facts = office.facts(acted.case).await;
    assert_eq!(facts["amended.differences"], number("1"));
    // 12,000 euros for 30,000 kg are 11,800 for 29,500.
    assert_eq!(
        (&facts["assessment.value"], &facts["reassessment.value"]),
        (&rials("13200000000"), &rials("12980000000"))
    );
    assert_eq!(left(&office, "lots", &format!("{}-1", acted.case.reference())).await, Some(number("29500")));
    let Value::Document(amended) = &facts["amended"] else { panic!() };
    let (_, xml) = office.app.case_document(&person(SELLER), acted.case, &amended.sha256).await.unwrap();
    let xml = String::from_utf8_lossy(&xml).into_owned();
    assert!(xml.contains(">29500</NetNetWeightMeasure>") && xml.contains(">11800</ItemChargeAmount>"), "{xml}");
    assert!(office.kinds(acted.case).await.iter().filter(|kind| *kind == "computed").count() == 4);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn within_the_tolerance_the_declared_quantity_stands() {
    let office = Office::maku(Chance::Inspects).await;
    for (reference, measured, differences, booked) in [
        ("T-1", "1 29850", "0", "30000"),
        ("T-2", "1 29849.999", "1", "29849.999"),
        ("T-3", "1 30.2 TNE", "1", "30200"),
        ("T-4", "1 30000 KGM", "0", "30000"),
    ] {
        let acted = declare(&office, reference).await;
        inspect(&office.app, &acted, "as-declared", measured).await.unwrap();
        assert_eq!(office.facts(acted.case).await["amended.differences"], number(differences), "{measured}");
        let lot = format!("{}-1", acted.case.reference());
        assert_eq!(left(&office, "lots", &lot).await, Some(number(booked)), "{measured}");
    }
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_measure_is_told_by_its_line_and_nothing_changes() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    for (measured, place, said) in [
        ("flour 29500", "1", "write in each line"),
        ("1", "1", "write in each line"),
        ("1 -5", "1", "write in each line"),
        ("1 29500 KGM gross", "1", "write in each line"),
        ("1 29500\n\n1 29400", "3", "item 1 stands twice"),
        ("7 100", "1", "has no item 7"),
        ("1 29500 XYZ", "1", "no unit `XYZ`"),
        ("1 100 C62", "1", "declared in KGM"),
        ("1 0.00000001", "1", "finer than the smallest step"),
        ("1 99999999999999999999999999", "1", "more than"),
        ("   ", "", ""),
    ] {
        let refused = inspect(&office.app, &acted, "as-declared", measured).await;
        let Err(AppError::Refused(Refusal::Facts(problems))) = refused else { panic!("{measured}: {refused:?}") };
        if said.is_empty() {
            continue;
        }
        let Wrong::Function(fault) = &problems[0].wrong else { panic!("{measured}: {problems:?}") };
        assert_eq!((problems[0].fact.as_str(), fault.place.as_str()), ("measured", place), "{measured}");
        assert!(fault.words["en"].contains(said), "{measured}: {}", fault.words["en"]);
        assert!(fault.words["fa"].chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter)), "{measured}");
    }
    let state = office.state(acted.case).await;
    assert_eq!((state.stage.as_str(), state.seq), ("inspection", acted.seq));
}

#[tokio::test]
async fn the_difference_is_paid_where_duty_is_owed() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    assert_eq!(acted.stage, "inspection");
    let found = inspect(&office.app, &acted, "as-declared", "1 11000").await.unwrap();
    assert_eq!(found.stage, "payment-as-measured");
    let facts = office.facts(acted.case).await;
    // 4.4 thousand million rials: 5% and 5%, and 10% of all; a tenth more where a tenth more was found.
    assert_eq!(facts["assessment.payable"], rials("924000000"));
    assert_eq!(facts["reassessment.payable"], rials("1016400000"));
    let pay = |amount: &str| {
        let amount = Money::from_amount(amount.parse().unwrap(), "IRR").unwrap();
        Payment { receipt: format!("R-{}", amount.minor), amount }
    };
    assert!(
        office.app.confirm_payment(acted.case, &pay("924000000")).await.is_err(),
        "what was declared is not enough"
    );
    let paid = office.app.confirm_payment(acted.case, &pay("1016400000")).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    assert_eq!(left(&office, "lots", &lot).await, Some(number("19000")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn two_officers_seize_what_is_prohibited_and_a_board_frees_it() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, "TRUCK-1").await;
    let found = inspect(&office.app, &acted, "prohibited", "1 30000").await.unwrap();
    assert_eq!(found.stage, "seizure");
    assert_eq!(office.state(acted.case).await.holders().len(), 2, "nobody seizes alone");
    let seized = decide(&office, acted.case, "refuse", Some("goods-prohibited")).await;
    assert_eq!((seized.stage.as_str(), seized.outcome.as_deref()), ("seized", Some("refused")));
    let lot = format!("{}-1", acted.case.reference());
    assert_eq!(left(&office, "lots", &lot).await, Some(number("30000")), "they are there");
    let [(_, said), ..] = &office.wrong(issue(&office.app, &lot, "1").await).await[..] else { panic!() };
    assert!(said.contains("seized"), "{said}");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    appealed(&office, acted.case).await;
    let state = office.state(acted.case).await;
    assert_eq!(state.stage, "freed");
    issue(&office.app, &lot, "1").await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_was_not_declared_is_held_in_its_lot_and_can_leave_when_the_decision_falls() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let acted = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    inspect(&office.app, &acted, "not-declared", "1 10000").await.unwrap();
    decide(&office, acted.case, "refuse", Some("goods-undeclared")).await;
    let [(_, said), ..] = &office.wrong(issue(&office.app, &lot, "1").await).await[..] else { panic!() };
    assert!(said.contains("seized"), "{said}");
    appealed(&office, acted.case).await;
    assert_eq!(office.state(acted.case).await.stage, "freed");
    assert_eq!(left(&office, "lots", &lot).await, Some(number("30000")), "nothing left by that");
    let again = leave(&office, "OUT-2", &lot, "10000", "4000.00").await;
    let free = inspect(&office.app, &again, "prohibited", "1 10000").await.unwrap();
    assert_eq!(free.stage, "seizure");
    // Where the two let it go, it goes on as measured.
    assert_eq!(decide(&office, again.case, "free", None).await.stage, "payment-as-measured");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Whoever declares the same goods twice, once so that they are inspected and once so that they are not, does not keep the inspector from saying what is there. A zone
/// that reserves nothing lets them.
#[tokio::test]
async fn what_is_found_is_recorded_though_the_goods_came_in_by_another_case() {
    let office = Office::maku_unreserved(Chance::Spares).await;
    let enter = |euros: &'static str| async {
        let xml = declaration("TWICE-1", "11010000", "30000", euros, ("78", "00"));
        let declared = document(&office.app, SELLER, &xml).await;
        let warehouse = Value::Code("maku-1".to_owned());
        let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
        apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap()
    };
    let suspected = enter("600.00").await;
    assert_eq!(suspected.stage, "inspection");
    assert_eq!(enter("12000.00").await.outcome.as_deref(), Some("granted"));
    let found = inspect(&office.app, &suspected, "prohibited", "1 30000").await.unwrap();
    assert_eq!(found.stage, "seizure");
}

/// The same at the exit: the lot left by another case while one was to be inspected.
#[tokio::test]
async fn what_is_found_is_recorded_though_the_lot_has_left() {
    let office = Office::maku_unreserved(Chance::Inspects).await;
    let lot = entered(&office).await;
    let first = leave(&office, "OUT-1", &lot, "30000", "12000.00").await;
    assert_eq!(first.stage, "inspection");
    let sold = issue(&office.app, &lot, "30000").await.unwrap();
    assert_eq!(sold.outcome.as_deref(), Some("granted"));
    let found = inspect(&office.app, &first, "prohibited", "1 30000").await.unwrap();
    assert_eq!(found.stage, "seizure");
}
