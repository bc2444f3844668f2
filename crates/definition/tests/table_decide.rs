//! Tables decided, policy by policy, and against an interpreter that knows no index.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

#[allow(dead_code, reason = "each test file uses its part")]
mod table_support;

use std::fmt::Write;

use definition::table::{CellErrorKind, EvalError, Outputs, Table, compile};
use definition::value::{Decimal, Kind, Money, Type, Value, ValueError};
use proptest::prelude::*;
use table_support::{between, code, int, lists, naive_matches, number, ordered, raw, risk, table};

fn rows(table: &Table, inputs: &[Value]) -> Vec<u32> {
    table.evaluate(inputs).unwrap().rows
}

#[test]
fn unique_refuses_a_second_row_and_leaves_gaps_open() {
    let t = table("U", &[number(0)], "< 5 => a\n> 3 => b");
    assert_eq!(t.evaluate(&[int(4)]), Err(EvalError::SeveralRows { row_a: 0, row_b: 1 }));
    assert_eq!(rows(&t, &[int(3)]), [0]);
    let t = table("U", &[number(0)], "< 5 => a\n> 5 => b");
    assert_eq!(t.evaluate(&[int(5)]).unwrap().outputs, Outputs::Nothing);
}

#[test]
fn first_and_rule_order_keep_the_tables_order() {
    let text = "> 5 => a\n> 3 => b\n- => c";
    assert_eq!(rows(&table("F", &[number(0)], text), &[int(4)]), [1]);
    let t = table("R", &[number(0)], text);
    let hit = t.evaluate(&[int(6)]).unwrap();
    assert_eq!(hit.rows, [0, 1, 2]);
    let Outputs::Rows(outputs) = hit.outputs else { panic!() };
    assert_eq!(outputs[1], [Some(code("b"))]);
}

#[test]
fn any_wants_agreement() {
    let t = table("A", &[number(0)], "> 5 => a\n> 3 => a\n> 7 => b");
    assert_eq!(rows(&t, &[int(6)]), [0]);
    assert_eq!(t.evaluate(&[int(8)]), Err(EvalError::Disagreement { row_a: 0, row_b: 2 }));
}

#[test]
fn priority_and_output_order_follow_the_values() {
    let text = "> 1 => standard\n> 3 => best\n> 5 => standard";
    let build = |hit| {
        let raw = ordered(raw(hit, text), &["best", "standard"]);
        compile(&raw, &[number(0)], &[None], &lists())
    };
    assert_eq!(rows(&build("P").unwrap(), &[int(9)]), [1]);
    assert_eq!(rows(&build("P").unwrap(), &[int(2)]), [0]);
    assert_eq!(rows(&build("O").unwrap(), &[int(9)]), [1, 0, 2]);
    let errors = compile(&raw("P", text), &[number(0)], &[None], &lists()).unwrap_err();
    assert_eq!(errors[0].kind, CellErrorKind::MissingOrder);
    let short = ordered(raw("P", text), &["best"]);
    let errors = compile(&short, &[number(0)], &[None], &lists()).unwrap_err();
    assert!(errors.iter().all(|e| e.kind == CellErrorKind::NotInOrder) && errors.len() == 2);
}

#[test]
fn collecting_adds_up_exactly() {
    let text = "> 1 => 0.10\n> 3 => 0.20\n> 5 => 0.30";
    let eval = |hit, input| {
        let t = compile(&raw(hit, text), &[number(0)], &[Some(number(2))], &lists()).unwrap();
        match t.evaluate(&[int(input)]).unwrap().outputs {
            Outputs::Aggregate(Value::Decimal(d)) => Some(d),
            _ => None,
        }
    };
    let dec = |m| Some(Decimal::new(m, 2));
    assert_eq!(eval("C+", 9), dec(60));
    assert_eq!(eval("C<", 9), dec(10));
    assert_eq!(eval("C>", 4), dec(20));
    assert_eq!(eval("C#", 9), dec(300));
    assert_eq!(eval("C+", 0), None);
    let errors = compile(&raw("C+", text), &[number(0)], &[None], &lists()).unwrap_err();
    assert_eq!(errors[0].kind, CellErrorKind::NotAggregable { kind: None });
    let errors = compile(&raw("C+", "1 => low"), &[number(0)], &[Some(risk())], &lists()).unwrap_err();
    assert_eq!(errors[0].kind, CellErrorKind::NotAggregable { kind: Some(Kind::Code) });
}

#[test]
fn money_adds_up_in_its_currency() {
    let rial = Type::Money("IRR".into());
    let t = compile(&raw("C+", "- => 1.5\n- => 2"), &[Type::Bool], &[Some(rial)], &lists()).unwrap();
    let sum = Money { minor: 350, currency: "IRR".into() };
    assert_eq!(t.evaluate(&[Value::Bool(true)]).unwrap().outputs, Outputs::Aggregate(Value::Money(sum)));
}

#[test]
fn wrong_inputs_are_named() {
    let t = table("U", &[between(0, 9), risk()], "- | - => a");
    assert_eq!(t.evaluate(&[int(1)]), Err(EvalError::InputCount { expected: 2, found: 1 }));
    let error = ValueError::AboveMax { max: Decimal::from(9) };
    assert_eq!(t.evaluate(&[int(10), code("low")]), Err(EvalError::Input { column: 0, error }));
    assert!(matches!(t.evaluate(&[int(1), code("none")]), Err(EvalError::Input { column: 1, .. })));
    assert!(matches!(t.evaluate(&[int(1), Value::Bool(true)]), Err(EvalError::Input { column: 1, .. })));
    let huge = Value::Decimal(Decimal::MAX);
    assert!(matches!(table("U", &[number(9)], "- => a").evaluate(&[huge]), Err(EvalError::Input { .. })));
}

#[test]
fn no_inputs_always_match() {
    let t = table("R", &[], "=> a\n=> b");
    assert_eq!(rows(&t, &[]), [0, 1]);
}

#[test]
fn ten_thousand_rows_are_decided() {
    let mut text = String::new();
    for i in 0..10_000 {
        writeln!(text, "[{}..{}] | {} => r{i}", i * 10, i * 10 + 9, if i % 2 == 0 { "low" } else { "not(low)" })
            .unwrap();
    }
    let t = table("U", &[number(0), risk()], &text);
    assert_eq!(rows(&t, &[int(54_321), code("low")]), [5432]);
    assert_eq!(rows(&t, &[int(54_321), code("mid")]), Vec::<u32>::new());
    assert_eq!(rows(&t, &[int(54_311), code("mid")]), [5431]);
    let errors = table_support::try_table("U", &[number(0), risk()], &format!("{text}- | - => x")).unwrap_err();
    assert_eq!(errors[0].kind, CellErrorKind::TooManyRows { rows: 10_001 });
}

#[test]
fn a_decoded_context_is_decided_in_well_under_a_microsecond() {
    let mut text = String::new();
    for i in 0..20 {
        let risk = ["low", "mid", "high", "-"][i % 4];
        writeln!(text, "[{}..{}] | {risk} | - | {} => r{i}", i * 5, i * 5 + 9, if i % 3 == 0 { "true" } else { "-" })
            .unwrap();
    }
    let t = table("F", &[number(0), risk(), Type::Date, Type::Bool], &text);
    let date = Value::Date(definition::value::Date::constant(2026, 11, 23));
    let contexts: Vec<_> = (0..97)
        .map(|i| t.bind(&[int(i), code(["low", "mid", "high"][i as usize % 3]), date.clone(), Value::Bool(i % 2 == 0)]))
        .collect::<Result<_, _>>()
        .unwrap();
    let (start, rounds) = (std::time::Instant::now(), if cfg!(debug_assertions) { 100 } else { 20_000 });
    let mut hits = 0;
    for _ in 0..rounds {
        hits += contexts.iter().filter(|c| !t.evaluate_decoded(c).unwrap().rows.is_empty()).count();
    }
    let per_second = (rounds * contexts.len()) as f64 / start.elapsed().as_secs_f64();
    println!("20 x 4: {:.2} million evaluations/s", per_second / 1e6);
    assert!(hits > 0);
    assert!(cfg!(debug_assertions) || per_second > 1e6);
}

fn cell_of_number() -> impl Strategy<Value = String> {
    let n = -6..7_i32;
    let test = prop_oneof![
        n.clone().prop_map(|a| a.to_string()),
        n.clone().prop_map(|a| format!("< {a}")),
        n.clone().prop_map(|a| format!(">= {a}.5")),
        n.clone().prop_map(|a| format!("!= {a}")),
        (n.clone(), n).prop_map(|(a, b)| format!("({a}..{b}]")),
    ];
    let list = prop::collection::vec(test, 1..4).prop_map(|tests| tests.join(", "));
    prop_oneof![Just("-".to_owned()), list.clone(), list.prop_map(|tests| format!("not({tests})"))]
}

fn cell_of_risk() -> impl Strategy<Value = String> {
    let cells = ["-", "low", "not(mid)", "low, \"high\"", "!= high"];
    prop::sample::select(cells.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_agrees_with_the_interpreter(
        cells in prop::collection::vec((cell_of_number(), cell_of_risk(), cell_of_number()), 1..100),
        inputs in prop::collection::vec((-80..80_i64, 0..3_usize, -80..80_i64), 20),
    ) {
        let text: String = cells.iter().map(|(a, b, c)| format!("{a} | {b} | {c} => x\n")).collect();
        let t = table("R", &[number(1), risk(), number(1)], &text);
        for (a, b, c) in inputs {
            let inputs =
                [Value::Decimal(Decimal::new(a, 1)), code(["low", "mid", "high"][b]), Value::Decimal(Decimal::new(c, 1))];
            prop_assert_eq!(rows(&t, &inputs), naive_matches(t.rules(), &inputs));
        }
    }

    #[test]
    fn what_is_written_reads_the_same(a in cell_of_number(), b in cell_of_risk()) {
        let t = table("U", &[number(1), risk()], &format!("{a} | {b} => x"));
        let [a, b] = [0, 1].map(|i| t.rules().rows[0].tests[i].to_string());
        prop_assert_eq!(table("U", &[number(1), risk()], &format!("{a} | {b} => x")), t);
    }

    #[test]
    fn any_text_is_read_or_refused(cell in "[-\\[\\]().,0-9a<>=!\"@ not\u{6f1}]{0,24}") {
        for of in [number(1), risk(), Type::Bool, Type::Date] {
            let raw = raw("U", "x => y");
            let mut raw = raw;
            raw.rows[0].inputs[0].value.clone_from(&cell);
            let _ = compile(&raw, &[of], &[None], &lists());
        }
    }
}

#[test]
fn numbers_beyond_64_bits_are_told_apart() {
    let text =
        "< -20000000000000000000 => a\n[20000000000000000000..20000000000000000001] => b\n> 20000000000000000001 => c";
    let t = table("U", &[number(0)], text);
    let at = |text: &str| rows(&t, &[Value::Decimal(text.parse().unwrap())]);
    assert_eq!(at("-20000000000000000001"), [0]);
    assert_eq!(at("-20000000000000000000"), Vec::<u32>::new());
    assert_eq!(at("20000000000000000000"), [1]);
    assert_eq!(at("20000000000000000002"), [2]);
    assert_eq!(at("19999999999999999999"), Vec::<u32>::new());
    let t = table("U", &[number(0)], "> 9223372036854775817 => a");
    let at = |text: &str| rows(&t, &[Value::Decimal(text.parse().unwrap())]);
    assert_eq!(at("9223372036854775817"), Vec::<u32>::new());
    assert_eq!(at("9223372036854775818"), [0]);
}
