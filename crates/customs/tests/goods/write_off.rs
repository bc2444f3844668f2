//! What papers leave over of each other is a list.

use super::scene::*;
use customs::goods::{Commodity, ItemRef, Left, Leftover, ManifestLine, Paper, Papers};
use serde_json::json;

fn line(number: u32) -> ManifestLine {
    ManifestLine { manifest: id("M-1"), line: number }
}

fn sugar() -> Commodity {
    Commodity::new("1701991000").unwrap()
}

fn out(number: u32) -> ItemRef {
    ItemRef { declaration: id("OUT-1"), item: number }
}

fn told(papers: &Papers) -> Vec<String> {
    let one = |left: Leftover| {
        let paper = match left.paper {
            Paper::Manifest(line) => format!("manifest {} line {}", line.manifest, line.line),
            Paper::Declared(item) => format!("declared {item}"),
            Paper::Released(item) => format!("released {item}"),
            Paper::Booked(item) => format!("booked {item}"),
        };
        format!("{paper}: {:?}", serde_json::to_string(&left.what).unwrap())
    };
    papers.leftovers().into_iter().map(one).collect()
}

#[test]
fn papers_that_meet_leave_nothing() {
    let mut zone = Zone::default();
    let mut papers = Papers::default();
    papers.manifest(line(1), sugar(), quantity("100", "KGM"));
    for (part, amount) in [("L1", "60"), ("L2", "40")] {
        let mut entry = entry_json("IN-1", part, "ana", amount, "10");
        entry["entry"]["declared"] = kg("100");
        entry["entry"]["manifest"] = json!({"manifest": "M-1", "line": 1});
        papers.post(&zone.go(of(entry)).posted);
    }
    papers.post(&zone.go(exit("OUT-1", "ana", &[("lot", "L1", "60"), ("lot", "L2", "1")])).posted);
    papers.release(out(1), quantity("61", "KGM"));
    papers.gate_out(out(1), quantity("0.061", "TNE"));
    assert_eq!(told(&papers), [""; 0]);
}

#[test]
fn what_is_short_or_beyond_is_named() {
    let mut zone = Zone::default();
    let mut papers = Papers::default();
    papers.manifest(line(1), sugar(), quantity("100", "KGM"));
    papers.manifest(line(2), sugar(), quantity("7", "C62"));
    let mut entry = entry_json("IN-1", "L1", "ana", "90", "10");
    entry["entry"]["declared"] = kg("95");
    entry["entry"]["manifest"] = json!({"manifest": "M-1", "line": 1});
    papers.post(&zone.go(of(entry)).posted);
    let mut entry = entry_json("IN-2", "L2", "ana", "10", "10");
    entry["entry"]["manifest"] = json!({"manifest": "M-1", "line": 2});
    papers.post(&zone.go(of(entry)).posted);
    papers.declare(out(2), quantity("5", "KGM"));
    papers.post(&zone.go(exit("OUT-1", "ana", &[("lot", "L1", "50")])).posted);
    papers.release(out(1), quantity("50", "KGM"));
    papers.gate_out(out(1), quantity("50.5", "KGM"));
    papers.gate_out(out(3), quantity("1", "KGM"));
    insta::assert_snapshot!(told(&papers).join("\n"), @r#"
    manifest M-1 line 1: "{\"open\":{\"amount\":\"10\",\"unit\":\"KGM\"}}"
    manifest M-1 line 2: "{\"otherunit\":[{\"amount\":\"7\",\"unit\":\"C62\"},{\"amount\":\"10\",\"unit\":\"KGM\"}]}"
    declared item 1 of IN-1: "{\"open\":{\"amount\":\"5\",\"unit\":\"KGM\"}}"
    declared item 2 of OUT-1: "{\"open\":{\"amount\":\"5\",\"unit\":\"KGM\"}}"
    released item 1 of OUT-1: "{\"beyond\":{\"amount\":\"0.5\",\"unit\":\"KGM\"}}"
    released item 3 of OUT-1: "{\"unknown\":{\"amount\":\"1\",\"unit\":\"KGM\"}}"
    booked item 1 of OUT-1: "{\"beyond\":{\"amount\":\"0.5\",\"unit\":\"KGM\"}}"
    booked item 3 of OUT-1: "{\"unknown\":{\"amount\":\"1\",\"unit\":\"KGM\"}}"
    "#);
}

#[test]
fn a_manifest_is_filed_by_movements_and_written_off_by_gross_mass() {
    let mut zone = Zone::default();
    let mut papers = Papers::default();
    let filed = |line: u32, gross: serde_json::Value, packages: u32| {
        json!({"manifest": {
            "line": {"manifest": "M-1", "line": line}, "carrier": "ana", "transport_document": "CMR-1", "commodity": "170199",
            "packages": packages, "gross": gross,
        }})
    };
    let posted = zone.go(of(filed(1, kg("104"), 10))).posted;
    assert!(posted.postings.is_empty(), "nothing passes by it");
    papers.post(&posted);
    let mut entry = entry_json("IN-1", "L1", "ana", "100", "10");
    entry["entry"]["manifest"] = json!({"manifest": "M-1", "line": 1});
    entry["entry"]["gross"] = kg("103.5");
    papers.post(&zone.go(of(entry)).posted);
    assert_eq!(told(&papers), [r#"manifest M-1 line 1: "{\"open\":{\"amount\":\"0.5\",\"unit\":\"KGM\"}}""#]);
    for (movement, says) in [
        (filed(0, kg("1"), 1), "an item's number is 0"),
        (filed(1, kg("0"), 1), "the quantity is nothing"),
        (filed(1, kg("1"), 0), "the quantity is nothing"),
        (filed(1, pieces("1"), 1), "does not convert to KGM"),
    ] {
        let objections = customs::goods::decide(&zone.book, &of(movement)).unwrap_err();
        assert!(objections.iter().any(|one| one.fault.to_string().contains(says)), "{objections:?}");
    }
}

#[test]
fn other_goods_do_not_write_a_line_off() {
    let mut papers = Papers::default();
    papers.manifest(line(1), sugar(), quantity("100", "KGM"));
    let wheat = Commodity::new("100199").unwrap();
    papers.enter(line(1), wheat.clone(), quantity("100", "KGM"));
    let told = |papers: &Papers| papers.leftovers().into_iter().map(|one| one.what).collect::<Vec<_>>();
    let other = |open, came| [Left::OtherGoods(quantity(open, "KGM"), quantity(came, "KGM"))];
    assert_eq!(told(&papers), other("100", "100"));
    papers.enter(line(1), Commodity::new("17019900").unwrap(), quantity("100", "KGM"));
    assert_eq!(told(&papers), other("0", "100"), "it stays, though the line's own goods came");
    let mut papers = Papers::default();
    papers.enter(line(1), wheat, quantity("5", "KGM"));
    assert_eq!(told(&papers), [Left::Unknown(quantity("5", "KGM"))], "nobody filed what it is for");
}
