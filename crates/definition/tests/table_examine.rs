//! Gaps, overlaps, masked rules and producible outputs, against counting out every input of small types.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

#[allow(dead_code, reason = "each test file uses its part")]
mod table_support;

use std::collections::HashSet;
use std::fmt::Write;
use std::time::Instant;

use definition::table::{Table, TooComplex, gaps, masked, overlaps, producible};
use definition::value::{Date, Type, Value};
use proptest::prelude::*;
use table_support::{between, code, int, naive_matches, number, ordered, risk, table};

fn gap_texts(t: &Table) -> Vec<Vec<String>> {
    gaps(t, 100).unwrap().iter().map(|g| g.region.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn whole_numbers_leave_no_gap_between_neighbours() {
    assert!(gap_texts(&table("U", &[between(1, 5)], "[1..2] => a\n[3..5] => b")).is_empty());
    let fine = Type::Decimal { scale: 1, min: Some(1.into()), max: Some(5.into()) };
    let t = table("U", &[fine], "[1..2] => a\n[3..5] => b");
    assert_eq!(gap_texts(&t), [["[2.1..2.9]"]]);
    let t = table("U", &[number(0)], "(1..2) => a\n- => b");
    assert_eq!(masked(&t).unwrap(), [0]);
}

#[test]
fn gaps_have_a_witness_at_their_edge() {
    let t = table("U", &[number(0), risk()], "< 10 | - => a\n>= 20 | low, mid => b");
    let found = gaps(&t, 10).unwrap();
    let said: Vec<Vec<String>> = found.iter().map(|g| g.region.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(said, [vec!["[10..19]", "-"], vec![">= 20", "\"high\""]]);
    assert_eq!(found[0].witness, [int(10), code("low")]);
    assert_eq!(found[1].witness, [int(20), code("high")]);
    assert_eq!(gaps(&t, 1).unwrap().len(), 1);
}

#[test]
fn dates_are_discrete_and_booleans_closed() {
    let t = table(
        "U",
        &[Type::Date, Type::Bool],
        "< 2026-01-01 | - => a\n> 2026-01-01 | true => b\n> 2026-01-01 | false => c",
    );
    let found = gaps(&t, 9).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].witness[0], Value::Date(Date::constant(2026, 1, 1)));
    assert_eq!(found[0].region[1].to_string(), "-");
}

#[test]
fn overlaps_name_both_rows_and_a_witness() {
    let t = table("U", &[number(0), risk()], "> 5 | low => a\n> 7 | - => b\n< 0 | - => c");
    let found = overlaps(&t, 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row_a, found[0].row_b), (0, 1));
    assert_eq!(found[0].witness, [int(8), code("low")]);
    assert!(overlaps(&table("A", &[number(0)], "> 5 => a\n> 7 => a"), 10).unwrap().is_empty());
    assert_eq!(overlaps(&table("A", &[number(0)], "> 5 => a\n> 7 => b"), 10).unwrap().len(), 1);
    assert!(overlaps(&table("F", &[number(0)], "> 5 => a\n> 7 => b"), 10).unwrap().is_empty());
}

#[test]
fn rows_behind_others_are_masked_and_their_outputs_cannot_come() {
    let t = table("F", &[between(0, 9), risk()], "< 5 | - => a\n>= 5 | low => b\n- | low => never\n- | - => c");
    assert_eq!(masked(&t).unwrap(), [2]);
    assert_eq!(producible(&t, 0).unwrap(), [code("a"), code("b"), code("c")]);
    let raw = ordered(table_support::raw("P", "> 3 => worse\n> 1 => better"), &["better", "worse"]);
    let t = definition::table::compile(&raw, &[number(0)], &[None], &table_support::lists()).unwrap();
    assert_eq!(masked(&t).unwrap(), [0]);
    assert_eq!(producible(&t, 0).unwrap(), [code("better")]);
}

/// A complete tree of rules: every split of `columns` columns into thirds, until there are `rows` rules.
fn tree(columns: usize, rows: usize) -> String {
    let mut boxes = vec![vec![(0_i64, 999_999_i64); columns]];
    let mut next = 0;
    while boxes.len() < rows {
        let mut whole = boxes.remove(0);
        let column = next % columns;
        let (lo, hi) = whole[column];
        next += 7;
        if hi - lo < 3 {
            boxes.push(whole);
            continue;
        }
        let mut half = whole.clone();
        let middle = lo + (hi - lo) / 3 + i64::try_from(next % 11).unwrap();
        whole[column] = (lo, middle.min(hi - 1));
        half[column] = (middle.min(hi - 1) + 1, hi);
        boxes.extend([whole, half]);
    }
    boxes.iter().fold(String::new(), |mut text, row| {
        let cells: Vec<String> = row
            .iter()
            .map(|(lo, hi)| if (*lo, *hi) == (0, 999_999) { "-".into() } else { format!("[{lo}..{hi}]") })
            .collect();
        writeln!(text, "{} => r", cells.join(" | ")).unwrap();
        text
    })
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    println!("{what}: {:?}", start.elapsed());
    result
}

#[test]
fn two_hundred_rows_by_eight_columns() {
    let types = vec![between(0, 999_999); 8];
    let text = tree(8, 200);
    let t = table("U", &types, &text);
    assert!(timed("200 x 8 overlaps", || overlaps(&t, 10)).unwrap().is_empty());
    assert!(timed("200 x 8 gaps", || gaps(&t, 10)).unwrap().is_empty());
    let without: String = text.lines().enumerate().filter(|(i, _)| *i != 117).map(|(_, l)| format!("{l}\n")).collect();
    let t = table("U", &types, &without);
    assert_eq!(timed("200 x 8 gaps, one row missing", || gaps(&t, 10)).unwrap().len(), 1);
    let t = table("F", &types, &format!("{text}{}", "- | - | - | - | - | - | - | - => rest"));
    assert_eq!(timed("200 x 8 masked", || masked(&t)).unwrap(), [200]);
}

#[test]
fn ten_thousand_rows_by_six_columns() {
    // Without optimization the same table takes half a minute.
    let rows = if cfg!(debug_assertions) { 1_500 } else { 10_000 };
    let types = vec![between(0, 999_999); 6];
    let t = timed("10,000 x 6 compile", || table("U", &types, &tree(6, rows)));
    assert!(timed("10,000 x 6 overlaps", || overlaps(&t, 10)).unwrap().is_empty());
    assert!(timed("10,000 x 6 gaps", || gaps(&t, 10)).unwrap().is_empty());
}

/// Pigeons: rule i-j says that columns i and j hold the same hole. With fewer holes than columns there is no gap, and
/// no proof of it by splitting is short.
fn pigeons(columns: usize, holes: i64) -> String {
    let mut text = String::new();
    for i in 0..columns {
        for j in i + 1..columns {
            for hole in 1..=holes {
                let cell = |c| if c == i || c == j { hole.to_string() } else { "-".into() };
                writeln!(text, "{} => r", (0..columns).map(cell).collect::<Vec<_>>().join(" | ")).unwrap();
            }
        }
    }
    text
}

#[test]
fn an_entangled_table_is_given_up_and_never_answered_wrongly() {
    let t = table("C", &vec![between(1, 5); 6], &pigeons(6, 5));
    assert!(timed("6 pigeons", || gaps(&t, 1)).unwrap().is_empty());
    let t = table("C", &vec![between(1, 24); 25], &pigeons(25, 24));
    let answer = timed("25 pigeons", || gaps(&t, 1));
    assert!(answer == Err(TooComplex) || answer == Ok(vec![]), "{answer:?}");
}

fn cell() -> impl Strategy<Value = String> {
    let n = 0..4_i32;
    prop_oneof![
        2 => Just("-".to_owned()),
        1 => n.clone().prop_map(|a| a.to_string()),
        1 => n.clone().prop_map(|a| format!("< {a}")),
        1 => n.clone().prop_map(|a| format!("not({a})")),
        1 => (n.clone(), n).prop_map(|(a, b)| format!("[{a}..{b}]")),
    ]
}

fn small_table(hit: &'static str) -> impl Strategy<Value = Table> {
    let output = prop::sample::select(vec!["a", "b", "c"]);
    prop::collection::vec((cell(), cell(), cell(), prop::bool::ANY, output), 0..9).prop_map(move |rows| {
        let text: String = rows
            .iter()
            .map(|(a, b, c, d, out)| format!("{a} | {b} | {c} | {} => {out}\n", if *d { "-" } else { "true" }))
            .collect();
        let text = if text.is_empty() { "0 | 0 | 0 | true => a".to_owned() } else { text };
        let raw = ordered(table_support::raw(hit, &text), &["b", "a", "c"]);
        let types = [between(0, 3), between(0, 3), between(0, 3), Type::Bool];
        definition::table::compile(&raw, &types, &[None], &table_support::lists()).unwrap()
    })
}

fn every_input() -> Vec<Vec<Value>> {
    let mut all = Vec::new();
    for n in 0..64 {
        for flag in [false, true] {
            all.push(vec![int(n / 16), int(n / 4 % 4), int(n % 4), Value::Bool(flag)]);
        }
    }
    all
}

/// A table of one row whose cells are the region's.
fn region_table(region: &[definition::table::UnaryTests]) -> Table {
    let cells: Vec<String> = region.iter().map(ToString::to_string).collect();
    table("C", &[between(0, 3), between(0, 3), between(0, 3), Type::Bool], &format!("{} => x", cells.join(" | ")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gaps_are_exactly_what_no_row_matches(t in prop_oneof![small_table("U"), small_table("C")]) {
        let found = gaps(&t, 1000).unwrap();
        let regions: Vec<Table> = found.iter().map(|g| region_table(&g.region)).collect();
        for inputs in every_input() {
            let open = naive_matches(t.rules(), &inputs).is_empty();
            let named = regions.iter().filter(|r| !naive_matches(r.rules(), &inputs).is_empty()).count();
            prop_assert_eq!(named, usize::from(open), "{:?}", inputs);
        }
        for gap in &found {
            prop_assert!(naive_matches(t.rules(), &gap.witness).is_empty());
        }
    }

    #[test]
    fn overlaps_are_exactly_the_pairs_that_meet(t in prop_oneof![small_table("U"), small_table("A")]) {
        let differing = t.rules().hit == definition::table::HitPolicy::Any;
        let mut expected = HashSet::new();
        for inputs in every_input() {
            let rows = naive_matches(t.rules(), &inputs);
            for (i, a) in rows.iter().enumerate() {
                for b in &rows[i + 1..] {
                    if !differing || t.outputs(*a) != t.outputs(*b) {
                        expected.insert((*a, *b));
                    }
                }
            }
        }
        let found = overlaps(&t, 1000).unwrap();
        for o in &found {
            let rows = naive_matches(t.rules(), &o.witness);
            prop_assert!(rows.contains(&o.row_a) && rows.contains(&o.row_b));
        }
        let pairs: HashSet<(u32, u32)> = found.iter().map(|o| (o.row_a, o.row_b)).collect();
        prop_assert_eq!(pairs.len(), found.len());
        prop_assert_eq!(pairs, expected);
    }

    #[test]
    fn masked_rows_are_exactly_those_that_never_count(t in prop_oneof![small_table("F"), small_table("P"), small_table("R")]) {
        let mut counting = HashSet::new();
        for inputs in every_input() {
            counting.extend(t.evaluate(&inputs).unwrap().rows);
        }
        let all = u32::try_from(t.rules().rows.len()).unwrap();
        let never: Vec<u32> = (0..all).filter(|r| !counting.contains(r)).collect();
        prop_assert_eq!(masked(&t).unwrap(), never);
        let outputs: HashSet<Value> = counting.iter().map(|r| t.outputs(*r)[0].clone().unwrap()).collect();
        prop_assert_eq!(producible(&t, 0).unwrap().into_iter().collect::<HashSet<_>>(), outputs);
    }
}
