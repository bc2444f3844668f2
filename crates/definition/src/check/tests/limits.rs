//! Large, deep and arbitrary input: bounded, told, and never a panic.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::fixture::{told, with};
use crate::check::{Files, Report, check};
use crate::render;

#[test]
fn a_definition_of_100_megabytes_is_refused_at_once() {
    let mut files = with("");
    for number in 0..25 {
        files.0.insert(format!("services/permit/t{number}.csv"), vec![b'a'; 4 << 20]);
    }
    let report = check(&files);
    assert_eq!(report.problems.iter().map(|problem| problem.code.name).collect::<Vec<_>>(), ["too-large"]);
    assert!(report.zone.is_none());
}

#[test]
fn a_table_of_ten_thousand_rows_works() {
    let mut rows = "in:shop.debt,in:trade.risk,out:route,ground,note\n<= 0,-,grant,,\n".to_owned();
    for number in 0..9_998 {
        let route = if number == 0 { "unclear," } else { "refuse,shop-debt" };
        writeln!(rows, "]{number}..{}],-,{route},", number + 1).unwrap();
    }
    rows.push_str("> 9998,-,refuse,shop-debt,\n");
    let report = check(&with(&format!("## services/permit/rules.csv\n{rows}")));
    assert_eq!(told(&report), Vec::<String>::new());
}

#[test]
fn ten_thousand_problems_are_enough() {
    let rows: String = (0..12_000).map(|number| format!("*-99-{number},x\n")).collect();
    let law = rows.lines().take(9_000).map(|_| "Bad Id,,,,,x,\n").collect::<String>();
    let calendar = rows.lines().take(9_000).map(|line| format!("{line}\n")).collect::<String>();
    let changes = format!("## calendar.csv\ndate,en\n{calendar}## law.csv\nid,act,article,from,to,status,en\n{law}");
    let report = check(&with(&changes));
    assert_eq!(report.problems.len(), 10_001);
    assert_eq!(report.problems.last().unwrap().code.name, "too-many-problems");
}

/// What a report must be, whatever was read.
fn is_in_order(report: &Report) {
    for problem in &report.problems {
        for span in std::iter::once(problem.span).chain(problem.related.iter().map(|(span, _)| *span)) {
            let text = report.sources.get(span.file).unwrap().text();
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{problem:?}");
        }
    }
    let mut out = Vec::new();
    render::human(report, false, &mut out).unwrap();
    render::json(report).unwrap();
    render::sarif(report).unwrap();
}

#[test]
fn nothing_at_all_is_a_problem() {
    let report = check(&Files::default());
    assert_eq!(report.problems.len(), 1);
    assert!(report.zone.is_none());
    assert!(render::json(&report).unwrap().contains("zone.yaml"));
}

/// A cut, a repetition or a foreign piece somewhere in one of the files.
fn slip() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, usize, Vec<u8>)> {
    let words = [
        "route",
        "screening",
        "refuse",
        "[",
        "}",
        ",",
        "\n",
        "\"",
        ":",
        "-",
        "&a ",
        "rules",
        "in:",
        "out:route",
        "آ",
        "\u{0}",
        "0",
    ];
    let piece = prop_oneof![
        prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12_usize, piece)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_zone_with_slips_is_checked_without_a_panic(slips in prop::collection::vec(slip(), 1..4)) {
        let mut files = with("");
        for (file, at, cut, piece) in slips {
            let path = file.get(&files.0.keys().cloned().collect::<Vec<_>>()).clone();
            let bytes = files.0.get_mut(&path).unwrap();
            let start = at.index(bytes.len() + 1);
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        is_in_order(&check(&files));
    }
}
