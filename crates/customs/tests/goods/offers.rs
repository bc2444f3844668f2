//! Receipts that are offered, taken and withdrawn; transits that are discharged.

use super::scene::*;
use customs::goods::{Book, Holding, Movement, Row, decide, fold};
use serde_json::json;

fn stocked() -> Zone {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    zone.go(issue("L1", "ana", "R1", "40"));
    zone
}

fn offer(receipt: &str, holder: &str, to: &str) -> Movement {
    of(json!({"offer": {"receipt": receipt, "holder": holder, "to": to, "until": "2026-12-01"}}))
}

fn accept(receipt: &str, by: &str, becomes: &str) -> Movement {
    of(json!({"accept": {"receipt": receipt, "by": by, "becomes": becomes}}))
}

fn withdraw(receipt: &str, holder: &str) -> Movement {
    of(json!({"withdraw": {"receipt": receipt, "holder": holder}}))
}

fn reject(receipt: &str, by: &str) -> Movement {
    of(json!({"reject": {"receipt": receipt, "by": by}}))
}

fn surrender(receipt: &str, holder: &str, lot: &str) -> Movement {
    of(json!({"surrender": {"receipt": receipt, "holder": holder, "lot": lot}}))
}

#[test]
fn an_offer_is_rejected_by_whom_it_is_made_to_once() {
    let mut zone = stocked();
    assert!(zone.refusal(&reject("R1", "babak")).contains("the receipt R1 is not offered"));
    zone.go(offer("R1", "ana", "babak"));
    for other in ["ana", "cyrus"] {
        assert!(zone.refusal(&reject("R1", other)).contains("is not offered"), "{other}");
    }
    assert!(zone.go(reject("R1", "babak")).posted.postings.is_empty());
    assert_eq!(zone.receipt("R1"), "40 KGM");
    for late in [reject("R1", "babak"), accept("R1", "babak", "R2"), withdraw("R1", "ana")] {
        assert!(zone.refusal(&late).contains("is not offered"), "{late:?}");
    }
    round_trips(&zone.book);
}

#[test]
fn a_receipt_is_surrendered_for_a_lot_that_knows_where_its_goods_came_from() {
    let mut zone = stocked();
    zone.go(entry("IN-2", "L1", "ana", "60", "900"));
    // Of the 60 that are left of the first and the 60 of the second: goods of two entries.
    zone.go(issue("L1", "ana", "R2", "80"));
    zone.go(offer("R2", "ana", "babak"));
    assert!(zone.refusal(&surrender("R2", "babak", "S1")).contains("babak has no receipt R2"));
    assert!(zone.refusal(&surrender("R2", "ana", "L1")).contains("there is a lot L1 already"));
    zone.go(surrender("R2", "ana", "S1"));
    assert_eq!(
        (zone.receipt("R2"), zone.lot("S1"), zone.lot("L1")),
        ("0 KGM".into(), "80 KGM".into(), "40 KGM".into())
    );
    assert!(zone.refusal(&accept("R2", "babak", "R3")).contains("is not offered"), "the offer went with it");
    assert!(zone.refusal(&surrender("R2", "ana", "S2")).contains("nothing is left of receipt R2"));
    // First in, first out, as it lay in the lot that it was set apart from.
    let left = zone.go(exit("OUT-1", "ana", &[("lot", "S1", "70")]));
    let came = traced(&left.posted).join("; ");
    assert!(came.contains("IN-1") && came.contains("IN-2"), "{came}");
    assert_eq!(zone.lot("S1"), "10 KGM");
    // Nothing comes into it again.
    let more = zone.refusal(&entry("IN-3", "S1", "ana", "1", "1"));
    assert!(more.contains("filled once"), "{more}");
    round_trips(&zone.book);
}

#[test]
fn goods_of_a_receipt_that_are_held_are_not_surrendered() {
    let mut zone = stocked();
    zone.go(of(json!({"hold": {"of": {"receipt": "R1"}, "kind": "seizure", "reference": "CASE"}})));
    assert!(zone.refusal(&surrender("R1", "ana", "S1")).contains("is seized by CASE"));
}

fn discharge(transit: &str, reference: &str) -> Movement {
    of(json!({"discharge": {"transit": transit, "holder": "ana", "reference": reference}}))
}

#[test]
fn an_offer_moves_nothing_until_it_is_taken_by_whom_it_is_for() {
    let mut zone = stocked();
    let offered = zone.go(offer("R1", "ana", "babak"));
    assert!(offered.posted.postings.is_empty());
    assert_eq!(zone.receipt("R1"), "40 KGM");
    assert!(zone.refusal(&accept("R1", "cyrus", "R2")).contains("the receipt R1 is not offered"));
    zone.go(accept("R1", "babak", "R2"));
    assert_eq!((zone.receipt("R1"), zone.receipt("R2")), ("0 KGM".into(), "40 KGM".into()));
    assert_eq!(zone.book.stock(&Holding::Receipt(id("R2"))).unwrap().owner, id("babak"));
    assert!(zone.refusal(&accept("R1", "babak", "R3")).contains("is not offered"), "once");
    round_trips(&zone.book);
    let mut again = Book::default();
    zone.posted.iter().for_each(|posted| fold(&mut again, posted).unwrap());
    assert_eq!(again, zone.book);
}

#[test]
fn what_is_in_the_way_of_an_offer_is_named() {
    let mut zone = stocked();
    assert!(zone.refusal(&withdraw("R1", "ana")).contains("is not offered"));
    assert!(zone.refusal(&offer("R1", "babak", "cyrus")).contains("babak has no receipt R1"));
    assert!(zone.refusal(&offer("R1", "ana", "ana")).contains("ana holds it already"));
    assert!(zone.refusal(&offer("R9", "ana", "babak")).contains("ana has no receipt R9"));
    zone.go(offer("R1", "ana", "babak"));
    assert!(zone.refusal(&withdraw("R1", "babak")).contains("is not offered"), "only who offered it");
    zone.go(withdraw("R1", "ana"));
    assert!(zone.refusal(&accept("R1", "babak", "R2")).contains("is not offered"));
    // A later offer takes the place of an earlier one, and what was transferred meanwhile is gone.
    zone.go(offer("R1", "ana", "babak"));
    zone.go(offer("R1", "ana", "cyrus"));
    assert!(zone.refusal(&accept("R1", "babak", "R2")).contains("is not offered"));
    zone.go(transfer("R1", "ana", "dara", "R2"));
    assert!(zone.refusal(&accept("R1", "cyrus", "R3")).contains("nothing is left of receipt R1"));
}

/// Whoever takes an offer gets what was offered, or nothing.
#[test]
fn an_offer_of_what_has_changed_is_not_taken() {
    let mut zone = stocked();
    zone.go(offer("R1", "ana", "babak"));
    zone.go(of(json!({"loss": {"owner": "ana", "take": {"from": {"receipt": "R1"}, "quantity": kg("30")}, "reference": "FIRE"}})));
    let said = zone.refusal(&accept("R1", "babak", "R2"));
    assert!(said.contains("40 KGM of the receipt R1 were offered, and 10 KGM are left"), "{said}");
    zone.go(offer("R1", "ana", "babak"));
    zone.go(accept("R1", "babak", "R2"));
    assert_eq!(zone.receipt("R2"), "10 KGM");
}

#[test]
fn a_transit_is_discharged_once() {
    let mut zone = Zone::default();
    zone.go(discharge("T-1", "C-1"));
    assert!(zone.refusal(&discharge("T-1", "C-2")).contains("the transit T-1 was discharged by C-1"));
    zone.go(discharge("T-2", "C-2"));
    // A record that says it twice cannot be followed.
    let twice = decide(&Book::default(), &discharge("T-1", "C-3")).unwrap().posted;
    assert!(fold(&mut zone.book.clone(), &twice).is_err());
    round_trips(&zone.book);
}

#[test]
fn an_arrival_is_kept_for_one_act_at_a_time() {
    let reserve = |by: &str| of(json!({"reserve-arrival": {"by": by, "transit": "T-1", "holder": "ana"}}));
    let unreserve = |by: &str| of(json!({"unreserve-arrival": {"by": by, "transit": "T-1"}}));
    let mut zone = Zone::default();
    zone.go(reserve("C-1"));
    let told = "the arrival of the transit T-1 is open already, in C-1";
    for other in [reserve("C-2"), discharge("T-1", "C-2")] {
        assert!(zone.refusal(&other).contains(told), "{}", zone.refusal(&other));
        // A record that says it nevertheless cannot be followed.
        let posted = decide(&Book::default(), &other).unwrap().posted;
        assert!(fold(&mut zone.book.clone(), &posted).is_err());
    }
    round_trips(&zone.book);
    // Its own act looks past it; another's end takes nothing away.
    assert!(decide(&zone.book.without_reservations_of(&id("C-1")), &discharge("T-1", "C-1")).is_ok());
    assert!(zone.book.has_reservations_of(&id("C-1")) && !zone.book.has_reservations_of(&id("C-2")));
    zone.go(unreserve("C-2"));
    assert!(zone.refusal(&reserve("C-2")).contains(told));
    zone.go(unreserve("C-1"));
    zone.go(unreserve("C-1"));
    zone.go(reserve("C-2"));
    zone.go(unreserve("C-2"));
    zone.go(discharge("T-1", "C-2"));
    assert!(zone.refusal(&reserve("C-3")).contains("was discharged by C-2"));
    // One that is not there can be freed, too: a case has to be able to end.
    assert!(decide(&Book::default(), &unreserve("C-1")).is_ok());
}

/// What was refused stays so for all but the act that refused, which an appeal may have overturned.
#[test]
fn a_refused_arrival_is_nobodys_to_present_again() {
    let reserve = |by: &str| of(json!({"reserve-arrival": {"by": by, "transit": "T-1", "holder": "ana"}}));
    let refuse = |by: &str| of(json!({"refuse-arrival": {"reference": by, "transit": "T-1", "holder": "ana"}}));
    let mut zone = Zone::default();
    zone.go(refuse("C-1"));
    for other in [reserve("C-2"), discharge("T-1", "C-2"), refuse("C-2")] {
        assert!(zone.refusal(&other).contains("the arrival of the transit T-1 was refused in C-1"));
        let posted = decide(&Book::default(), &other).unwrap().posted;
        assert!(fold(&mut zone.book.clone(), &posted).is_err());
    }
    round_trips(&zone.book);
    zone.go(discharge("T-1", "C-1"));
    for late in [refuse("C-1"), discharge("T-1", "C-1"), reserve("C-1")] {
        assert!(zone.refusal(&late).contains("the transit T-1 was discharged by C-1"));
    }
}

/// Rows of before arrivals were reserved.
#[test]
fn a_transit_that_was_discharged_before_is_read_as_it_is() {
    let row: Row = serde_json::from_value(json!({"transit": {"holder": "ana", "reference": "C-1"}})).unwrap();
    let Row::Transit(arrival) = &row else { panic!("{row:?}") };
    assert_eq!((arrival.reference.clone(), arrival.by.clone()), (Some(id("C-1")), None));
    assert_eq!(serde_json::to_value(&row).unwrap(), json!({"transit": {"holder": "ana", "reference": "C-1"}}));
}
