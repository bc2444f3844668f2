//! Goods and references that are kept for declarations: nobody else takes them, and whatever happens they are free at the end.

use customs::goods::{Book, Holding, Movement, Posted, Row, RowKey, Unreserve, decide, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::histories::{holds, movement, tries};
use super::scene::{Zone, departure, entry, exit, id, issue, kg, of, round_trips, take, transfer};

fn reserve(by: &str, declaration: &str, owner: &str, takes: &[(&str, &str, &str)]) -> Movement {
    let takes: Vec<Value> = takes.iter().map(|(kind, id, amount)| take(kind, id, amount)).collect();
    of(json!({"reserve": {"by": by, "declaration": declaration, "owner": owner, "takes": takes}}))
}

fn unreserve(by: &str, declaration: &str, lots: &[&str]) -> Movement {
    let lots: Vec<Value> = lots.iter().map(|lot| json!({"lot": lot})).collect();
    of(json!({"unreserve": {"by": by, "declaration": declaration, "of": lots}}))
}

fn zone() -> Zone {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "90", "900"));
    zone
}

fn reserved(zone: &Zone, lot: &str) -> String {
    zone.book.stock(&Holding::Lot(id(lot))).unwrap().all_reserved().to_string()
}

#[test]
fn what_is_reserved_stays_for_whom_it_is_reserved() {
    let mut zone = zone();
    zone.go(reserve("CASE-1", "ana OUT-1", "ana", &[("lot", "L1", "60")]));
    assert_eq!((zone.lot("L1"), reserved(&zone, "L1")), ("90 KGM".into(), "60 KGM".into()));
    round_trips(&zone.book);
    let told = "31 KGM are wanted of lot L1; 90 KGM are there, and 60 KGM of that are reserved by CASE-1\n  take at most 30 KGM";
    for wanted in [
        exit("OUT-2", "ana", &[("lot", "L1", "31")]),
        of(departure("reexport", "OUT-2", "ana", &[("lot", "L1", "31")])),
        of(departure("transit", "OUT-2", "ana", &[("lot", "L1", "31")])),
        issue("L1", "ana", "R1", "31"),
        reserve("CASE-2", "ana OUT-2", "ana", &[("lot", "L1", "31")]),
    ] {
        assert!(zone.refusal(&wanted).contains(told), "{}", zone.refusal(&wanted));
        let words = decide(&zone.book, &wanted).unwrap_err()[0].words();
        assert!(words["fa"].contains("60 KGM آن برای CASE-1 نگه داشته شده است؛ حداکثر 30 KGM"), "{}", words["fa"]);
    }
    // In one movement, too, by however many steps.
    let parts = [("lot", "L1", "20"), ("lot", "L1", "11")];
    assert!(zone.refusal(&exit("OUT-2", "ana", &parts)).contains("take at most 10 KGM"));
    // The rest is free, and what is free goes to the last step.
    zone.go(issue("L1", "ana", "R1", "10"));
    zone.go(reserve("CASE-2", "ana OUT-2", "ana", &[("lot", "L1", "20")]));
    let none = zone.refusal(&issue("L1", "ana", "R2", "0.000001"));
    assert!(none.contains("80 KGM of that are reserved by CASE-1, CASE-2\n  wait until"), "{none}");
    // Whoever reserved frees it, and takes it.
    zone.go(unreserve("CASE-1", "ana OUT-1", &["L1"]));
    assert_eq!(reserved(&zone, "L1"), "20 KGM");
    zone.go(exit("OUT-1", "ana", &[("lot", "L1", "60")]));
    assert_eq!((zone.lot("L1"), reserved(&zone, "L1")), ("20 KGM".into(), "20 KGM".into()));
}

#[test]
fn receipts_that_are_reserved_are_not_split_or_sold_and_amendments_wait() {
    let mut zone = zone();
    zone.go(issue("L1", "ana", "R1", "30"));
    zone.go(reserve("CASE-1", "ana OUT-1", "ana", &[("receipt", "R1", "1")]));
    let parts = json!([{"receipt": "R2", "quantity": kg("10")}, {"receipt": "R3", "quantity": kg("20")}]);
    let split = of(json!({"split": {"receipt": "R1", "holder": "ana", "parts": parts}}));
    for wanted in [split, transfer("R1", "ana", "babak", "R4")] {
        assert!(zone.refusal(&wanted).contains("are reserved by CASE-1"), "{}", zone.refusal(&wanted));
    }
    zone.go(entry("IN-2", "L2", "ana", "5", "50"));
    zone.go(reserve("CASE-2", "ana OUT-2", "ana", &[("lot", "L2", "1")]));
    let amend = of(json!({"amend": {
        "item": {"declaration": "IN-2", "item": 1}, "reference": "A", "owner": "ana", "lot": "L2",
        "becomes": {"quantity": kg("4"), "value": {"amount": "40", "currency": "IRR"}},
    }}));
    assert!(zone.refusal(&amend).contains("1 KGM of that are reserved by CASE-2"));
    zone.go(unreserve("CASE-2", "ana OUT-2", &["L2"]));
    zone.go(amend);
}

#[test]
fn samples_and_losses_are_taken_all_the_same() {
    let mut zone = zone();
    zone.go(reserve("CASE-1", "ana OUT-1", "ana", &[("lot", "L1", "90")]));
    for kind in ["sample", "loss"] {
        zone.go(of(json!({kind: {"reference": "X", "owner": "ana", "take": take("lot", "L1", "5")}})));
    }
    // More is reserved than there is, and nothing else is wrong.
    assert_eq!((zone.lot("L1"), reserved(&zone, "L1")), ("80 KGM".into(), "90 KGM".into()));
    assert!(zone.refusal(&issue("L1", "ana", "R1", "1")).contains("80 KGM are there, and 90 KGM"));
    zone.go(unreserve("CASE-1", "ana OUT-1", &["L1"]));
    assert!(zone.refusal(&exit("OUT-1", "ana", &[("lot", "L1", "90")])).contains("80 KGM are left"));
}

#[test]
fn one_matter_at_a_time_is_open_by_a_declaration() {
    let mut zone = zone();
    zone.go(reserve("CASE-1", "ana IN-9", "ana", &[]));
    let again = zone.refusal(&reserve("CASE-2", "ana IN-9", "ana", &[]));
    assert!(
        again.contains("declaration: the declaration ana IN-9 is open already, in CASE-1\n  wait until"),
        "{again}"
    );
    // Nobody frees what another reserved, and nothing is in the way of freeing.
    let before = zone.book.clone();
    zone.go(unreserve("CASE-2", "ana IN-9", &["L1", "NOWHERE"]));
    zone.go(unreserve("CASE-1", "ana IN-8", &[]));
    assert_eq!(before, zone.book);
    zone.go(unreserve("CASE-1", "ana IN-9", &[]));
    zone.go(reserve("CASE-2", "ana IN-9", "ana", &[]));
    round_trips(&zone.book);
}

#[test]
fn only_what_is_ones_own_free_and_there_is_reserved() {
    let mut zone = zone();
    let wanted = |owner, lot, amount| reserve("CASE-1", "ana OUT-1", owner, &[("lot", lot, amount)]);
    assert!(zone.refusal(&wanted("babak", "L1", "1")).contains("babak has no lot L1"));
    assert!(zone.refusal(&wanted("ana", "L9", "1")).contains("ana has no lot L9"));
    assert!(zone.refusal(&wanted("ana", "L1", "91")).contains("90 KGM are left"));
    assert!(zone.refusal(&wanted("ana", "L1", "0")).contains("nothing"));
    zone.go(of(json!({"hold": {"of": {"lot": "L1"}, "kind": "seizure", "reference": "S"}})));
    assert!(zone.refusal(&wanted("ana", "L1", "1")).contains("is seized by S"));
}

#[test]
fn a_row_has_room_for_a_thousand_reservations() {
    let mut zone = zone();
    for number in 0..1000 {
        let case = format!("CASE-{number}");
        zone.go(reserve(&case, &case, "ana", &[("lot", "L1", "0.01")]));
    }
    let more = reserve("CASE-1000", "CASE-1000", "ana", &[("lot", "L1", "0.01")]);
    assert!(zone.refusal(&more).contains("lot L1 has 1000 reservations"));
}

/// Accounts in which more is reserved than there is.
fn overdrawn(book: &Book) -> Vec<&RowKey> {
    let stocks = book.rows().iter().filter_map(|(key, row)| Some((key, row.stock()?)));
    stocks.filter(|(_, stock)| stock.all_reserved().steps() > stock.balance().steps()).map(|(key, _)| key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]
    #[test]
    fn no_movement_takes_what_is_reserved_and_at_the_end_all_is_free(tries in tries()) {
        let (mut book, mut history) = (Book::default(), Vec::<Posted>::new());
        for (number, one) in tries.iter().enumerate() {
            let movement = movement(&book, one, number);
            let Ok(decided) = decide(&book, &movement) else { continue };
            let before: Vec<RowKey> = overdrawn(&book).into_iter().cloned().collect();
            fold(&mut book, &decided.posted).unwrap();
            if !matches!(movement, Movement::Loss(_) | Movement::Sample(_)) {
                prop_assert!(overdrawn(&book).into_iter().all(|key| before.contains(key)), "{:?}", movement);
            }
            history.push(decided.posted);
        }
        holds(&book, &history)?;
        // Every case ends, and frees what it knows of.
        let lots: Vec<Holding> = book.rows().keys().filter_map(|key| match key {
            RowKey::Lot(lot) => Some(Holding::Lot(lot.clone())),
            RowKey::Receipt(receipt) => Some(Holding::Receipt(receipt.clone())),
            _ => None,
        }).collect();
        let balances = |book: &Book| -> Vec<_> { lots.iter().map(|lot| book.stock(lot).unwrap().balance()).collect() };
        let before = balances(&book);
        for case in 0..5 {
            let by = id(&format!("C{case}"));
            let end = Movement::Unreserve(Unreserve { declaration: by.clone(), by, of: lots.clone() });
            let decided = decide(&book, &end).unwrap();
            fold(&mut book, &decided.posted).unwrap();
        }
        prop_assert_eq!(before, balances(&book));
        for row in book.rows().values() {
            prop_assert!(row.stock().is_none_or(|stock| stock.reserved.is_empty()));
            prop_assert!(!matches!(row, Row::Reservation(reservation) if reservation.by.is_some()));
        }
    }
}
