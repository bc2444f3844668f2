//! Values: JSON forms, what people type, what a type refuses.

use super::*;

struct Risk(Vec<String>);

impl CodeLists for Risk {
    fn contains(&self, list: &str, code: &str) -> bool {
        list == "risk" && self.0.iter().any(|c| c == code)
    }
    fn codes(&self, list: &str) -> Option<&[String]> {
        (list == "risk").then_some(&*self.0)
    }
}

fn lists() -> Risk {
    Risk(vec!["low".into(), "high".into()])
}

fn decimal(scale: u8) -> Type {
    Type::Decimal { scale, min: None, max: None }
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_decimal_in_json_is_exact_or_refused() {
    let read = |text: &str| serde_json::from_str::<Value>(&format!(r#"{{"decimal":"{text}"}}"#));
    for text in ["0", "1.50", "-0.001", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
        assert_eq!(read(text).unwrap(), Value::Decimal(dec(text)));
    }
    // The first three would be rounded, the fourth to nothing; the others are not written as decimals are.
    for text in [
        "0.00000000000000000000000000000000001",
        "1.00000000000000000000000000000000001",
        "79228162514264337593543950335.5",
        "1e-40",
        "1e5",
        "1_000",
        "+1",
        ".5",
        "5.",
        "--1",
        " 1",
        "",
        "-",
    ] {
        assert!(read(text).is_err(), "{text}: {:?}", read(text));
    }
    assert!(serde_json::from_str::<Value>(r#"{"decimal":1.5}"#).is_err());
}

#[test]
fn json_is_stable() {
    let money = Money::from_amount(dec("125000"), "IRR").unwrap();
    assert_eq!(money.minor, 12_500_000);
    let document = DocumentRef { sha256: [0xab; 32], size: 3, media_type: "text/plain".into(), name: "a.txt".into() };
    let values = [
        (Value::Bool(true), r#"{"bool":true}"#.to_owned()),
        (Value::Code("low".into()), r#"{"code":"low"}"#.to_owned()),
        (Value::Decimal(dec("1.50")), r#"{"decimal":"1.50"}"#.to_owned()),
        (Value::Money(money), r#"{"money":{"amount":"125000","currency":"IRR"}}"#.to_owned()),
        (Value::Date(Date::constant(2026, 11, 23)), r#"{"date":"2026-11-23"}"#.to_owned()),
        (Value::Text("x".into()), r#"{"text":"x"}"#.to_owned()),
        (
            Value::Document(document),
            format!(
                r#"{{"document":{{"sha256":"{}","size":3,"media_type":"text/plain","name":"a.txt"}}}}"#,
                "ab".repeat(32)
            ),
        ),
        (
            Value::Place(Place { lat_e7: 392_900_000, lon_e7: -1 }),
            r#"{"place":{"lat_e7":392900000,"lon_e7":-1}}"#.to_owned(),
        ),
        (Value::List(vec![Value::Bool(false)]), r#"{"list":[{"bool":false}]}"#.to_owned()),
    ];
    for (value, json) in values {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
    }
}

#[test]
fn money_is_exact_or_refused() {
    assert_eq!(Money::from_amount(dec("0.5"), "JPY"), Err(ValueError::TooFine { scale: 0 }));
    assert_eq!(Money::from_amount(dec("1.2300"), "EUR").unwrap().minor, 123);
    assert_eq!(Money::from_amount(Decimal::MAX, "EUR"), Err(ValueError::TooLarge));
    assert!(serde_json::to_string(&Money { minor: i128::MAX, currency: "EUR".into() }).is_err());
    assert!(serde_json::from_str::<Money>(r#"{"amount":"1","currency":"XXX"}"#).is_err());
}

#[test]
fn people_type_in_three_scripts() {
    let lists = lists();
    let number = parse(&decimal(2), " ۱۲٬۵۰۰٫۵۰ ", &lists).unwrap();
    assert_eq!(number, Value::Decimal(dec("12500.50")));
    assert_eq!(parse_decimal("٣").unwrap().to_string(), "3");
    assert_eq!(parse_decimal("-0").unwrap().to_string(), "0");
    assert_eq!(parse_decimal("\u{2212}1,234,567.8").unwrap(), dec("-1234567.8"));
    assert_eq!(parse(&Type::Date, "۲۰۲۶-۱۱-۲۳", &lists).unwrap(), Value::Date(Date::constant(2026, 11, 23)));
    assert_eq!(
        parse(&Type::Place, "۳۹٫۲۹، 44.4951234", &lists).unwrap(),
        Value::Place(Place { lat_e7: 392_900_000, lon_e7: 444_951_234 })
    );
}

#[test]
fn bad_text_is_refused() {
    for text in ["", "12,5", "1,2345", "1e5", ".5", "5.", "0x1", "--1", "1 2", "NaN", ",123"] {
        assert!(matches!(parse_decimal(text), Err(ValueError::Malformed { .. })), "{text}");
    }
    assert_eq!(parse_decimal(&"9".repeat(40)), Err(ValueError::TooLarge));
    for text in ["2026-02-30", "20260101", "2026-1-1", "2026-01-01T00:00", "-001-01-01", "2026-01-01-01"] {
        assert!(parse_date(text).is_err(), "{text}");
    }
    for text in ["1405-09-02", "۱۴۰۵-۰۹-۰۲", "9999-12-31", "0001-01-01"] {
        assert!(matches!(parse_date(text), Err(ValueError::FarDate { .. })), "{text}");
    }
    let lists = lists();
    assert_eq!(parse(&Type::Place, "91,0", &lists), Err(ValueError::OffTheMap));
    assert_eq!(
        parse(&Type::Code("risk".into()), "mid", &lists),
        Err(ValueError::UnknownCode { list: "risk".into(), code: "mid".into() })
    );
}

#[test]
fn types_bound_values() {
    let lists = lists();
    let bounded = Type::Decimal { scale: 1, min: Some(dec("0")), max: Some(dec("10")) };
    let check = |text: &str| bounded.accepts(&Value::Decimal(dec(text)), &lists);
    assert_eq!(check("10.00"), Ok(()));
    assert_eq!(check("10.1"), Err(ValueError::AboveMax { max: dec("10") }));
    assert_eq!(check("-0.1"), Err(ValueError::BelowMin { min: dec("0") }));
    assert_eq!(check("0.11"), Err(ValueError::TooFine { scale: 1 }));
    let day = |text: &str| Type::Date.accepts(&Value::Date(text.parse().unwrap()), &lists);
    assert_eq!(day("2199-12-31"), Ok(()));
    for far in ["1405-09-10", "-000001-01-01", "9999-12-31"] {
        assert_eq!(day(far), Err(ValueError::FarDate { date: far.parse().unwrap() }));
    }
    let short = Type::Text { max_chars: 2 };
    assert_eq!(short.accepts(&Value::Text("سه".into()), &lists), Ok(()));
    assert_eq!(short.accepts(&Value::Text("abc".into()), &lists), Err(ValueError::TooLong { max_chars: 2, chars: 3 }));
    assert_eq!(
        short.accepts(&Value::Bool(true), &lists),
        Err(ValueError::WrongKind { expected: Kind::Text, found: Kind::Bool })
    );
}

#[test]
fn a_type_may_take_one_kind_of_document_only() {
    let of = |media_type: &str| {
        let media_type = media_type.to_owned();
        Value::Document(DocumentRef { sha256: [0; 32], size: 1, media_type, name: "a".to_owned() })
    };
    let taken = |type_: &Type| {
        ["application/pdf", "image/jpeg", "image/png", "image/webp"]
            .map(|said| type_.accepts(&of(said), &lists()).is_ok())
    };
    assert_eq!(taken(&Type::Document), [true; 4]);
    assert_eq!(taken(&Type::DocumentOf(DocumentKind::Image)), [false, true, true, true]);
    assert_eq!(taken(&Type::DocumentOf(DocumentKind::Pdf)), [true, false, false, false]);
    // The canonical form of a definition holds the type, so its spelling is for good.
    let written = serde_json::to_string(&[Type::Document, Type::DocumentOf(DocumentKind::Image)]).unwrap();
    assert_eq!(written, r#"["document",{"document-of":"image"}]"#);
}

#[test]
fn a_key_has_one_form_whatever_keyboard_wrote_it() {
    assert_eq!(fold_key(" \u{200f}۰۰۱٢3\u{200c} "), "00123");
    assert_eq!(fold_key("علي-كبير P-7"), "علی-کبیر P-7");
}
