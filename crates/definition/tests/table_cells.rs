//! What a cell may say and what is refused, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

#[allow(dead_code, reason = "each test file uses its part")]
mod table_support;

use definition::span::Span;
use definition::table::{CellErrorKind, Expected, HitPolicy};
use definition::value::{Date, Kind, Type, Value, ValueError};
use table_support::{between, code, int, number, risk, table, try_table};

/// What one cell of type `of`, between `|`, becomes when it is written again.
fn again(of: Type, cell: &str) -> String {
    let built = table("U", &[of], &format!("{cell} => x"));
    built.rules().rows[0].tests[0].to_string()
}

fn slip(of: Type, cell: &str) -> (CellErrorKind, Span) {
    let errors = try_table("U", &[of], &format!("{cell} => x")).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    (errors[0].kind.clone(), errors[0].span)
}

#[test]
fn s_feel_is_read() {
    let n = || number(2);
    for (cell, written) in [
        ("-", "-"),
        ("5", "5"),
        ("= 5", "5"),
        ("!=5", "!= 5"),
        ("<5", "< 5"),
        ("<= -5.50", "<= -5.5"),
        ("> 5, < 3", "> 5, < 3"),
        ("[1..5]", "[1..5]"),
        ("(1 .. 5)", "(1..5)"),
        ("]1..5[", "(1..5)"),
        ("[1..5[, 7", "[1..5), 7"),
        ("not( 1 , [3..4] )", "not(1, [3..4])"),
        ("[1.5..2.25]", "[1.5..2.25]"),
        ("<= ۱۲٬۵۰۰٫۵", "<= 12500.5"),
        ("\u{200f}> ٣", "> 3"),
    ] {
        assert_eq!(again(n(), cell), written, "{cell}");
        assert_eq!(again(n(), written), written, "{written}");
    }
}

#[test]
fn literals_follow_the_type() {
    assert_eq!(again(risk(), "low, \"high\""), "\"low\", \"high\"");
    assert_eq!(again(risk(), "not(low)"), "not(\"low\")");
    assert_eq!(again(Type::Bool, "true"), "true");
    for cell in ["< 2026-01-01", "<@\"2026-01-01\"", "< date( \"2026-01-01\" )", "< ۲۰۲۶-۰۱-۰۱"] {
        assert_eq!(again(Type::Date, cell), "< @\"2026-01-01\"");
    }
    assert_eq!(again(Type::Money("IRR".into()), "> 50000000000"), "> 50000000000");
}

#[test]
fn what_cannot_be_decided_is_an_error_with_its_place() {
    let syntax = |expected, found: &str| CellErrorKind::Syntax { expected, found: found.into() };
    let at = |start, end| Span::new(0, start, end);
    assert_eq!(slip(number(0), "1 2"), (syntax(Expected::CommaOrEnd, "2"), at(2, 3)));
    assert_eq!(slip(number(0), "[1 5]"), (syntax(Expected::Dots, "5]"), at(3, 4)));
    assert_eq!(slip(number(0), "[1..5"), (syntax(Expected::RangeEnd, ""), at(0, 5)));
    assert_eq!(slip(number(0), "not(1"), (syntax(Expected::Parenthesis, ""), at(0, 5)));
    assert_eq!(slip(number(0), "1,"), (syntax(Expected::Literal, ""), at(0, 2)));
    assert_eq!(slip(number(0), "x + 1").0, syntax(Expected::Literal, "x + 1"));
    assert_eq!(slip(risk(), "\"low"), (syntax(Expected::Quote, ""), at(0, 4)));
    assert_eq!(slip(risk(), "low, none").1, at(5, 9));
    assert_eq!(
        slip(risk(), "none").0,
        CellErrorKind::Literal(ValueError::UnknownCode { list: "risk".into(), code: "none".into() })
    );
    assert_eq!(slip(number(2), "> 1.234").0, CellErrorKind::Literal(ValueError::TooFine { scale: 2 }));
    assert!(matches!(slip(between(0, 9), "10").0, CellErrorKind::Literal(ValueError::AboveMax { .. })));
    assert_eq!(slip(risk(), "< low").0, CellErrorKind::NoOrder { kind: Kind::Code });
    assert_eq!(slip(Type::Bool, "[true..false]").0, CellErrorKind::NoOrder { kind: Kind::Bool });
    assert!(matches!(slip(Type::Bool, "yes").0, CellErrorKind::Literal(ValueError::Malformed { .. })));
    assert!(matches!(slip(Type::Date, "2026-02-30").0, CellErrorKind::Literal(ValueError::Malformed { .. })));
    assert_eq!(slip(Type::Text { max_chars: 9 }, "-").0, CellErrorKind::Undecidable { kind: Kind::Text });
    assert_eq!(slip(Type::Code("none".into()), "-").0, CellErrorKind::UnknownList { list: "none".into() });
    assert_eq!(slip(number(0), &"9".repeat(60)).0, CellErrorKind::Literal(ValueError::TooLarge));
}

#[test]
fn all_mistakes_come_at_once_in_order() {
    let errors = try_table("U", &[number(0), risk()], "x | low => a\n1 | none => b\n | low => c").unwrap_err();
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert_eq!(errors[2].kind, CellErrorKind::Empty);
    let starts: Vec<u32> = errors.iter().map(|e| e.span.start).collect();
    assert!(starts.is_sorted());
    let errors = try_table("sometimes", &[number(0)], "1 | 2 => a").unwrap_err();
    assert_eq!(errors[0].kind, CellErrorKind::CellCount { expected: 3, found: 2 });
}

#[test]
fn a_cell_of_any_bytes_does_no_harm() {
    for cell in
        ["(", ")", "]", "[", "..", "not", "not(", "not()", "@", "date(", "\"", "\\", ",", "-,-", "=", "<", "!=", "١"]
    {
        for of in [number(0), risk(), Type::Bool, Type::Date, Type::Money("EUR".into())] {
            if let Err(errors) = try_table("U", &[of], &format!("{cell} => x")) {
                assert!(!errors.is_empty());
            }
        }
    }
}

#[test]
fn hit_policies_have_letters_and_words() {
    for (names, policy) in [
        (["", "unique"], HitPolicy::Unique),
        (["F", "First"], HitPolicy::First),
        (["a", "ANY"], HitPolicy::Any),
        (["P", "priority"], HitPolicy::Priority),
        (["R", "RULE ORDER"], HitPolicy::RuleOrder),
        (["O", "output-order"], HitPolicy::OutputOrder),
    ] {
        for name in names {
            assert_eq!(HitPolicy::parse(name), Some(policy), "{name}");
        }
        assert_eq!(HitPolicy::parse(policy.letter()), Some(policy));
        assert_eq!(HitPolicy::parse(policy.word()), Some(policy));
    }
    for name in ["C", "c+", "C<", "C>", "C#", "collect sum", "collect"] {
        assert!(matches!(HitPolicy::parse(name), Some(HitPolicy::Collect(_))), "{name}");
    }
    assert_eq!(HitPolicy::parse("sum"), None);
}

#[test]
fn serial_form_is_the_rules_and_reads_back() {
    let built = table(
        "first",
        &[risk(), Type::Date, number(1)],
        "low | < 2026-01-01 | not([1..2.5)) => go | \n- | - | - => stop | g1",
    );
    let json = serde_json::to_string(&built).unwrap();
    let read: definition::table::Table = serde_json::from_str(&json).unwrap();
    assert_eq!(read, built);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    let inputs = [code("low"), Value::Date(Date::constant(2025, 12, 31)), int(3)];
    assert_eq!(read.evaluate(&inputs).unwrap().rows, [0]);
    assert_eq!(read.outputs(0), [Some(code("go")), None]);
    let broken = json.replacen("\"low\"", "\"none\"", 3);
    assert!(serde_json::from_str::<definition::table::Table>(&broken).is_err());
}
