//! What each movement comes to.

use super::scene::*;
use customs::goods::{Account, AllowanceRef, Book, Holding, ItemRef, Posted, Row, RowKey, fold};
use serde_json::json;

#[test]
fn an_exit_is_traced_back_to_each_entry_first_in_first_out() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    zone.go(entry("IN-2", "L1", "ana", "50", "800"));
    let out = zone.go(exit("OUT-1", "ana", &[("lot", "L1", "120.5")]));
    assert_eq!(
        traced(&out.posted),
        ["item 1 of IN-1: 100 KGM of 170199, 1000 IRR", "item 1 of IN-2: 20.5 KGM of 170199, 328 IRR"]
    );
    assert_eq!(zone.lot("L1"), "29.5 KGM");
    let out = zone.go(exit("OUT-2", "ana", &[("lot", "L1", "29.5")]));
    assert_eq!(traced(&out.posted), ["item 1 of IN-2: 29.5 KGM of 170199, 472 IRR"]);
    assert_eq!(zone.lot("L1"), "0 KGM");
    round_trips(&zone.book);
}

#[test]
fn a_movement_touches_few_rows_and_says_which() {
    let mut zone = Zone::default();
    let came = zone.go(entry("IN/1", "L1", "ana", "100", "1000"));
    let keys: Vec<_> = came.rows.iter().map(|(key, _)| (key.kind(), key.key())).collect();
    assert_eq!(keys, [("goods/lot", "L1".to_owned()), ("goods/item", "IN%2F1/1".to_owned())]);
    let owners: Vec<_> = came.rows.iter().map(|(key, row)| key.owner(row).map(|id| id.as_str().to_owned())).collect();
    assert_eq!(owners, [Some("ana".to_owned()), None]);
    let out = zone.go(exit("OUT-1", "ana", &[("lot", "L1", "1")]));
    assert_eq!(out.rows.len(), 2);
}

#[test]
fn a_row_is_found_again_by_its_kind_and_key() {
    let of = |declaration: &str, item| RowKey::Item(ItemRef { declaration: id(declaration), item });
    let allowance = |holder: &str, name: &str| AllowanceRef { holder: id(holder), name: id(name), period: id("1405") };
    let keys = [
        RowKey::Lot(id("انبار/1")),
        RowKey::Receipt(id("%2F")),
        of("a/b%", 1),
        of("a%2Fb", 1),
        of("a", 4_294_967_295),
        RowKey::Allowance(allowance("a/b", "c")),
        RowKey::Allowance(allowance("a", "b/c")),
        RowKey::Reservation(id("ana a/b%")),
        RowKey::Offer(id("انبار/1")),
        RowKey::Transit(id("انبار/1")),
    ];
    for key in &keys {
        assert_eq!(RowKey::read(key.kind(), &key.key()).as_ref(), Some(key));
        assert_eq!(keys.iter().filter(|other| (other.kind(), other.key()) == (key.kind(), key.key())).count(), 1);
    }
    for (kind, key) in
        [("goods/item", "a"), ("goods/item", "a/01"), ("goods/item", "a/b/1"), ("goods/lot", ""), ("draft", "a")]
    {
        assert_eq!(RowKey::read(kind, key), None, "{kind} {key}");
    }
}

#[test]
fn a_receipt_carries_ownership() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "90", "900"));
    zone.go(issue("L1", "ana", "R1", "30"));
    assert_eq!((zone.lot("L1"), zone.receipt("R1")), ("60 KGM".into(), "30 KGM".into()));
    let parts = json!([{"receipt": "R2", "quantity": kg("10")}, {"receipt": "R3", "quantity": kg("20")}]);
    zone.go(of(json!({"split": {"receipt": "R1", "holder": "ana", "parts": parts}})));
    zone.go(transfer("R3", "ana", "babak", "R4"));
    let Some(Row::Receipt(receipt)) = zone.book.row(&RowKey::Receipt(id("R4"))) else { panic!("a receipt") };
    assert_eq!((receipt.stock.owner.as_str(), receipt.lot.as_str()), ("babak", "L1"));
    assert_eq!(receipt.replaces.as_ref().map(|id| id.as_str()), Some("R3"));
    // The former holder has nothing more to say about it, and the former papers are void.
    assert!(zone.refusal(&exit("OUT-1", "ana", &[("receipt", "R4", "1")])).contains("ana has no receipt R4"));
    assert!(zone.refusal(&transfer("R3", "ana", "cyrus", "R5")).contains("nothing is left of receipt R3"));
    assert!(zone.refusal(&transfer("R1", "ana", "cyrus", "R5")).contains("nothing is left of receipt R1"));
    let out = zone.go(exit("OUT-1", "babak", &[("receipt", "R4", "20")]));
    assert_eq!(traced(&out.posted), ["item 1 of IN-1: 20 KGM of 170199, 200 IRR"]);
    round_trips(&zone.book);
}

#[test]
fn goods_leave_by_four_ways_and_two_more() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    let accounts = [
        (departure("exit", "A", "ana", &[("lot", "L1", "1")]), Account::Mainland),
        (departure("reexport", "B", "ana", &[("lot", "L1", "2")]), Account::Abroad),
        (departure("transit", "C", "ana", &[("lot", "L1", "3")]), Account::Transit),
        (json!({"sample": {"reference": "S-1", "owner": "ana", "take": take("lot", "L1", "4")}}), Account::Sample),
        (json!({"loss": {"reference": "F-1", "owner": "ana", "take": take("lot", "L1", "5")}}), Account::Loss),
    ];
    for (movement, account) in accounts {
        let done = zone.go(of(movement));
        assert_eq!(done.posted.postings.iter().map(|posting| posting.to.clone()).collect::<Vec<_>>(), [account]);
    }
    assert_eq!(zone.lot("L1"), "85 KGM");
}

#[test]
fn what_is_held_stays_but_is_sampled() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    zone.go(of(json!({"hold": {"of": {"lot": "L1"}, "kind": "inspection", "reference": "INS-7"}})));
    let refusal = zone.refusal(&exit("OUT-1", "ana", &[("lot", "L1", "1")]));
    insta::assert_snapshot!(refusal, @r"
    takes[1]: lot L1 is under inspection by INS-7
      wait until INS-7 is settled and frees the goods
    ");
    for movement in [
        issue("L1", "ana", "R1", "1"),
        entry("IN-2", "L1", "ana", "1", "1"),
        of(json!({"hold": {"of": {"lot": "L1"}, "kind": "seizure", "reference": "INS-7"}})),
        of(json!({"free": {"of": {"lot": "L1"}, "reference": "INS-8"}})),
    ] {
        zone.refusal(&movement);
    }
    zone.go(of(json!({"sample": {"reference": "S-1", "owner": "ana", "take": take("lot", "L1", "0.5")}})));
    zone.go(of(json!({"free": {"of": {"lot": "L1"}, "reference": "INS-7"}})));
    zone.go(exit("OUT-1", "ana", &[("lot", "L1", "99.5")]));
}

#[test]
fn an_item_passes_in_parts_and_never_beyond_what_is_declared() {
    let mut zone = Zone::default();
    let part = |lot: &str, amount: &str| {
        let mut entry = entry_json("IN-1", lot, "ana", amount, "10");
        entry["entry"]["declared"] = kg("100");
        of(entry)
    };
    zone.go(part("L1", "60"));
    zone.go(part("L2", "30"));
    insta::assert_snapshot!(zone.refusal(&part("L3", "10.000001")), @r"
    quantity: 10.000001 KGM pass of item 1 of IN-1, of which 100 KGM are declared and 10 KGM have not passed yet
      move at most 10 KGM, and have the surplus declared or the declaration amended
    ");
    zone.go(part("L3", "10"));
    assert!(zone.refusal(&exit("IN-1", "ana", &[("lot", "L1", "1")])).contains("is declared for entry into the zone"));
    assert!(zone.refusal(&entry("IN-1", "L4", "ana", "1", "1")).contains("was declared with 100 KGM"));
}

#[test]
fn the_history_makes_the_same_rows_again_and_nothing_else() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    zone.go(issue("L1", "ana", "R1", "40"));
    zone.go(exit("OUT-1", "ana", &[("receipt", "R1", "15"), ("lot", "L1", "60")]));
    let mut again = Book::default();
    for posted in &zone.posted {
        let text = serde_json::to_string(posted).unwrap();
        fold(&mut again, &serde_json::from_str::<Posted>(&text).unwrap()).unwrap();
    }
    assert_eq!(again, zone.book);
    // A record that was tampered with does not fit.
    let mut tampered = zone.posted[1].clone();
    tampered.postings[0].layers[0].contents[0].value.minor += 1;
    let mut book = Book::default();
    fold(&mut book, &zone.posted[0]).unwrap();
    assert!(fold(&mut book.clone(), &tampered).is_err());
    assert!(fold(&mut book, &zone.posted[2]).is_err());
}

#[test]
fn of_two_exits_of_one_lot_the_second_finds_what_is_left() {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    let (one, two) = (exit("OUT-1", "ana", &[("lot", "L1", "60")]), exit("OUT-2", "ana", &[("lot", "L1", "60")]));
    let row = Holding::Lot(id("L1")).row();
    // Both may go by what they see, and both write the same row: the store lets one of them.
    assert!(one.rows().contains(&row) && two.rows().contains(&row));
    zone.go(one);
    insta::assert_snapshot!(zone.refusal(&two), @r"
    takes[1].quantity: 60 KGM are wanted of lot L1, and 40 KGM are left
      move at most 40 KGM, or name another lot for the rest
    ");
}
