//! What a declaration is about is kept for it while its case is open: two open declarations do not go by one reference, nor take the same goods of a lot.

use std::collections::BTreeMap;

use app::definition::value::{Decimal, Money, Value};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Account, Acted, AppError, Draft, Key, Payment};
use jiff::SignedDuration;

use crate::goods::left;
use crate::inspected::{decide, declare, entered, leave};
use crate::office::{Chance, Office};
use crate::truck::{SELLER, apply, declaration, document, enter, enter_by, inspect, issue, number, person, text};

/// A lot of 30 tonnes of flour.
async fn lot(office: &Office) -> String {
    format!("{}-1", enter(&office.app).await.unwrap().case.reference())
}

/// So much of the flour is declared for the mainland, at what it came in at.
async fn try_leave(office: &Office, reference: &str, lot: &str, tonnes: &str) -> Result<Acted, AppError> {
    let xml = flour(reference, tonnes, "400.00");
    let facts =
        [("company", text("C-0001")), ("lot", text(lot)), ("declaration", document(&office.app, SELLER, &xml).await)];
    apply(&office.app, SELLER, "goods-exit", &facts).await
}

/// So many tonnes of flour for so many euros each.
fn flour(reference: &str, tonnes: &str, euros: &str) -> String {
    let [tonnes_of_it, euros]: [Decimal; 2] = [tonnes, euros].map(|text| text.parse().unwrap());
    let price = tonnes_of_it.checked_mul(euros).unwrap();
    declaration(reference, "11010000", &format!("{tonnes}000"), &price.to_string(), ("40", "78"))
}

/// How much of a lot is reserved, by whom.
async fn reserved(office: &Office, lot: &str) -> Vec<(String, String)> {
    let account = office.app.goods_account(&person(SELLER), ("lot", lot), None).await.unwrap();
    let mut reserved: Vec<_> =
        account.holding.reserved.into_iter().map(|(by, quantity)| (by, quantity.to_string())).collect();
    reserved.sort();
    reserved
}

async fn withdraw(office: &Office, acted: &Acted) -> Acted {
    let act = Act::Withdraw { reason: String::new() };
    office.app.act(&person(SELLER), acted.case, &act, None, None).await.unwrap()
}

async fn pay(office: &Office, case: CaseId, fact: &str, receipt: &str) -> Result<Acted, AppError> {
    let Value::Money(amount) = office.facts(case).await[fact].clone() else { panic!() };
    office.app.confirm_payment(case, &Payment { receipt: receipt.to_owned(), amount }).await
}

/// Lets every deadline of the next month pass.
async fn a_month_passes(office: &Office) {
    for _ in 0..30 {
        office.app.clock.advance(SignedDuration::from_hours(24));
        app::jobs::clock::run(&office.app).await.unwrap();
    }
}

/// All is as the record says.
async fn is_sound(office: &Office) {
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_second_open_declaration_of_one_reference_is_refused() {
    let office = Office::maku(Chance::Inspects).await;
    let first = declare(&office, "TRUCK-1").await;
    let xml = declaration("TRUCK-1", "11010000", "20000", "8000.00", ("78", "00"));
    let again = async || office.wrong(enter_by(&office.app, (SELLER, "C-0001"), &xml).await).await;
    let [(_, said)] = &again().await[..] else { panic!() };
    assert!(said.contains("C-0001 TRUCK-1 is open already") && said.contains(&first.case.reference()), "{said}");
    // References are each declarant's own.
    enter_by(&office.app, ("P-0002", "C-0002"), &xml).await.unwrap();
    is_sound(&office).await;
    // What was found is not what was declared: it is refused, and can be declared as it is.
    inspect(&office.app, &first, "differs", "1 30000").await.unwrap();
    assert_eq!(office.state(first.case).await.stage, "refused-as-measured");
    let second = enter_by(&office.app, (SELLER, "C-0001"), &xml).await.unwrap();
    assert_eq!(second.outcome.as_deref(), Some("granted"));
    let said = &again().await[0].1;
    assert!(!said.contains("is open already"), "{said}");
    is_sound(&office).await;
}

/// Whoever sends one request twice at once gets one answer: what it reserved is not in its own way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_comes_twice_at_once_is_answered_once() {
    for office in Office::makus().await {
        let office = std::sync::Arc::new(office);
        let lot = lot(&office).await;
        let declared = document(&office.app, SELLER, &flour("OUT-1", "20", "400.00")).await;
        let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let draft = Draft { service: "goods-exit".to_owned(), facts, ..Draft::default() };
        let mut sent = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (office, draft) = (std::sync::Arc::clone(&office), draft.clone());
            let key = Key::new("once", b"exit");
            sent.spawn(async move { office.app.submit(&person(SELLER), &draft, Some(key)).await.unwrap().case });
        }
        let answers = sent.join_all().await;
        assert!(answers.iter().all(|case| *case == answers[0]), "{answers:?}");
        assert_eq!(reserved(&office, &lot).await.len(), 1);
        is_sound(&office).await;
    }
}

#[tokio::test]
async fn of_a_lot_that_two_want_the_second_is_refused_while_the_first_is_inspected() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let first = leave(&office, "OUT-1", &lot, "20000", "8000.00").await;
    assert_eq!(first.stage, "inspection");
    let by = first.case.reference();
    assert_eq!(reserved(&office, &lot).await, [(by.clone(), "20000 KGM".to_owned())]);
    assert_eq!(left(&office, "lots", &lot).await, Some(number("30000")), "it lies there");
    let [(_, said)] = &office.wrong(try_leave(&office, "OUT-2", &lot, "11").await).await[..] else { panic!() };
    let told = format!("30000 KGM are there, and 20000 KGM of that are reserved by {by}; take at most 10000 KGM");
    assert!(said.contains(&told), "{said}");
    // Nor does it go with a receipt, or under the first's own reference.
    assert!(office.wrong(issue(&office.app, &lot, "10000.1").await).await[0].1.contains("are reserved by"));
    let [(_, said)] = &office.wrong(try_leave(&office, "OUT-1", &lot, "1").await).await[..] else { panic!() };
    assert!(said.contains("C-0001 OUT-1 is open already"), "{said}");
    // The rest may leave at the same time.
    let rest = try_leave(&office, "OUT-2", &lot, "10").await.unwrap();
    assert_eq!(reserved(&office, &lot).await.len(), 2);
    is_sound(&office).await;
    for case in [&first, &rest] {
        let kilograms = if case.case == first.case { "1 20000" } else { "1 10000" };
        inspect(&office.app, case, "as-declared", kilograms).await.unwrap();
        let paid = pay(&office, case.case, "reassessment.payable", kilograms).await.unwrap();
        assert_eq!(paid.outcome.as_deref(), Some("granted"));
    }
    assert_eq!(left(&office, "lots", &lot).await, None, "both have left");
    is_sound(&office).await;
}

#[tokio::test]
async fn what_was_kept_is_free_again_when_the_first_lapses_is_taken_back_or_refused() {
    for office in Office::makus().await {
        let lot = lot(&office).await;
        let first = try_leave(&office, "OUT-1", &lot, "20").await.unwrap();
        assert_eq!(first.stage, "payment");
        assert!(office.wrong(try_leave(&office, "OUT-2", &lot, "11").await).await[0].1.contains("are reserved by"));
        assert_eq!(withdraw(&office, &first).await.outcome.as_deref(), Some("withdrawn"));
        assert!(reserved(&office, &lot).await.is_empty());
        // Under the same reference too: nothing passed by it.
        let second = try_leave(&office, "OUT-1", &lot, "30").await.unwrap();
        assert_eq!(second.stage, "payment");
        is_sound(&office).await;
        a_month_passes(&office).await;
        let state = office.state(second.case).await;
        assert_eq!((state.stage.as_str(), state.reserved), ("lapsed", None));
        assert!(reserved(&office, &lot).await.is_empty());
        // An officer refuses what is worth looking at.
        let xml = flour("OUT-3", "30", "2000.00");
        let declared = document(&office.app, SELLER, &xml).await;
        let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
        let third = apply(&office.app, SELLER, "goods-exit", &facts).await.unwrap();
        assert_eq!(third.stage, "documents");
        let refused = decide(&office, third.case, "refuse", Some("goods-documents")).await;
        assert_eq!(refused.outcome.as_deref(), Some("refused"));
        let fourth = try_leave(&office, "OUT-4", &lot, "30").await.unwrap();
        assert_eq!(
            pay(&office, fourth.case, "assessment.payable", "R-2").await.unwrap().outcome.as_deref(),
            Some("granted")
        );
        assert_eq!(left(&office, "lots", &lot).await, None);
        is_sound(&office).await;
    }
}

#[tokio::test]
async fn goods_in_transit_and_for_re_export_are_kept_as_well() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let procedure =
        "<GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>78</PreviousCode></GovernmentProcedure>";
    let transit = |reference| flour(reference, "20", "400.00").replace(procedure, "").replace(">IMA<", ">T1<");
    let go = async |service: &str, xml: &str| {
        let declared = document(&office.app, SELLER, xml).await;
        let destination = ("destination", Value::Code("IRDGN".to_owned()));
        let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared), destination];
        let facts = if service == "goods-transit" { &facts[..] } else { &facts[..3] };
        apply(&office.app, SELLER, service, facts).await
    };
    let first = go("goods-transit", &transit("T-1")).await.unwrap();
    assert_eq!((first.stage.as_str(), reserved(&office, &lot).await.len()), ("clearance", 1));
    assert!(office.wrong(go("goods-transit", &transit("T-2")).await).await[0].1.contains("are reserved by"));
    let abroad =
        |reference, tonnes: &str| flour(reference, tonnes, "9000.00").replace("<CurrentCode>40<", "<CurrentCode>31<");
    assert!(office.wrong(go("goods-reexport", &abroad("A-1", "11")).await).await[0].1.contains("are reserved by"));
    let second = go("goods-reexport", &abroad("A-1", "10")).await.unwrap();
    assert_eq!((second.stage.as_str(), reserved(&office, &lot).await.len()), ("documents", 2));
    a_month_passes(&office).await;
    // Nobody paid the security; silence let the other go.
    assert!(reserved(&office, &lot).await.is_empty());
    assert_eq!(left(&office, "lots", &lot).await, Some(number("20000")));
    is_sound(&office).await;
}

#[tokio::test]
async fn an_answer_with_another_declaration_keeps_what_that_says() {
    for office in Office::makus().await {
        let lot = lot(&office).await;
        let declared = document(&office.app, SELLER, &flour("OUT-1", "20", "3000.00")).await;
        let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
        let first = apply(&office.app, SELLER, "goods-exit", &facts).await.unwrap();
        assert_eq!(first.stage, "documents");
        let by = first.case.reference();
        let drawn = office.drawn(first.case, "documents").await;
        let officer = Account { person: None, officer: Some(drawn.clone()), ..person(&drawn) };
        let item = AskedItem {
            fact: "declaration".to_owned(),
            ground: "goods-documents".to_owned(),
            note: "the quantity".to_owned(),
        };
        office.app.act(&officer, first.case, &Act::Ask { items: vec![item] }, None, None).await.unwrap();
        // Another takes most of the rest meanwhile.
        let second = try_leave(&office, "OUT-2", &lot, "8").await.unwrap();
        let answer = async |xml: &str| {
            let facts = BTreeMap::from([("declaration".to_owned(), document(&office.app, SELLER, xml).await)]);
            office.app.act(&person(SELLER), first.case, &Act::Supply { facts }, None, None).await
        };
        // What the case keeps itself is not in its way; what others keep is.
        let said = office.wrong(answer(&flour("OUT-1", "23", "3000.00")).await).await;
        assert!(said[0].1.contains("30000 KGM are there, and 8000 KGM of that are reserved by"), "{said:?}");
        let said = office.wrong(answer(&flour("OUT-2", "21", "3000.00")).await).await;
        assert!(said[0].1.contains("C-0001 OUT-2 is open already"), "{said:?}");
        assert!(reserved(&office, &lot).await.contains(&(by.clone(), "20000 KGM".to_owned())), "nothing changed");
        answer(&flour("OUT-1B", "22", "3000.00")).await.unwrap();
        assert!(reserved(&office, &lot).await.contains(&(by.clone(), "22000 KGM".to_owned())));
        is_sound(&office).await;
        // The former reference is free.
        assert!(office.wrong(try_leave(&office, "OUT-1", &lot, "1").await).await[0].1.contains("are reserved by"));
        withdraw(&office, &second).await;
        let third = try_leave(&office, "OUT-1", &lot, "8").await.unwrap();
        decide(&office, first.case, "agree", None).await;
        assert_eq!(
            pay(&office, first.case, "assessment.payable", "R-3").await.unwrap().outcome.as_deref(),
            Some("granted")
        );
        assert_eq!(reserved(&office, &lot).await, [(third.case.reference(), "8000 KGM".to_owned())]);
        assert_eq!(left(&office, "lots", &lot).await, Some(number("8000")));
        is_sound(&office).await;
    }
}

#[tokio::test]
async fn what_is_measured_beyond_what_is_kept_needs_free_goods() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let first = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    let second = leave(&office, "OUT-2", &lot, "15000", "6000.00").await;
    // A tonne more, of five that are free; its own ten are not in the way of assessing it.
    inspect(&office.app, &first, "as-declared", "1 11000").await.unwrap();
    let rials = |amount: &str| Value::Money(Money::from_amount(amount.parse().unwrap(), "IRR").unwrap());
    assert_eq!(office.facts(first.case).await["reassessment.payable"], rials("1016400000"));
    assert_eq!(
        pay(&office, first.case, "reassessment.payable", "R-4").await.unwrap().outcome.as_deref(),
        Some("granted")
    );
    // Three and a half tonnes more than the second keeps, of three that are free.
    let third = leave(&office, "OUT-3", &lot, "1000", "400.00").await;
    inspect(&office.app, &second, "as-declared", "1 18500").await.unwrap();
    assert_eq!(office.state(second.case).await.stage, "surplus", "what another keeps does not leave");
    assert_eq!(office.facts(second.case).await["reassessment.surplus"], number("500"));
    assert_eq!(reserved(&office, &lot).await, [(third.case.reference(), "1000 KGM".to_owned())]);
    // When the third has gone back, they are free, and can be declared again.
    inspect(&office.app, &third, "differs", "1 1000").await.unwrap();
    let again = leave(&office, "OUT-2", &lot, "18500", "7400.00").await;
    inspect(&office.app, &again, "as-declared", "1 18500").await.unwrap();
    let paid = pay(&office, again.case, "reassessment.payable", "R-6").await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    assert_eq!(left(&office, "lots", &lot).await, Some(number("500")));
    is_sound(&office).await;
}

/// Goods that are seized stay in their lot, held by the case, and nothing of them is kept for a declaration any more.
#[tokio::test]
async fn what_is_seized_is_held_and_no_more_kept() {
    let office = Office::maku(Chance::Inspects).await;
    let lot = entered(&office).await;
    let first = leave(&office, "OUT-1", &lot, "10000", "4000.00").await;
    inspect(&office.app, &first, "not-declared", "1 10000").await.unwrap();
    decide(&office, first.case, "refuse", Some("goods-undeclared")).await;
    assert!(reserved(&office, &lot).await.is_empty());
    assert!(office.wrong(issue(&office.app, &lot, "1").await).await[0].1.contains("seized"));
    is_sound(&office).await;
}

#[tokio::test]
async fn a_second_amendment_of_one_declaration_waits_for_the_first() {
    let office = Office::maku(Chance::Spares).await;
    let case = enter(&office.app).await.unwrap().case.reference();
    let lot = format!("{case}-1");
    let original = declaration("TRUCK-1", "11010000", "30000", "12000.00", ("78", "00"));
    let ask = async |kilograms: &str| {
        let request = crate::amending::amendment(&case, kilograms, "11800.00");
        crate::amending::ask(&office, &lot, &original, &request).await
    };
    let first = ask("29500").await.unwrap();
    let [(_, said)] = &office.wrong(ask("29000").await).await[..] else { panic!() };
    assert!(said.contains("C-0001 TRUCK-1 is open already"), "{said}");
    withdraw(&office, &first).await;
    let second = ask("29000").await.unwrap();
    // The goods move on, and silence amends nothing.
    issue(&office.app, &lot, "10000").await.unwrap();
    a_month_passes(&office).await;
    let state = office.state(second.case).await;
    assert_eq!((state.stage.as_str(), state.reserved), ("unamended", None));
    is_sound(&office).await;
}
