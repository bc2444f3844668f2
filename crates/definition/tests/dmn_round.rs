//! DMN files written and read back, and files that mean harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

#[allow(dead_code, reason = "each test file uses its part")]
mod table_support;

use definition::dmn::{DmnErrorKind, DmnTable, Exported, Logic, NAMESPACE, Outside, export, import};
use definition::syntax::xml::XmlFault;
use definition::table::{Table, compile};
use definition::value::{Decimal, Type, Value};
use table_support::{between, code, lists, number, ordered, raw, risk};

fn exported(table: &Table) -> String {
    let plain = Exported {
        name: "screening <1> & \"2\"",
        rules: table.rules(),
        defaults: &[],
        annotation_names: &[],
        annotations: &[],
    };
    export("model", &[plain])
}

fn only_table(xml: &str) -> DmnTable {
    let mut decisions = import(xml).unwrap();
    assert_eq!(decisions.len(), 1);
    match decisions.remove(0).logic {
        Logic::Table(table) => *table,
        Logic::Outside(why) => panic!("{why:?}"),
    }
}

#[test]
fn tables_come_back_as_they_went() {
    let rial = Type::Money("IRR".into());
    let inputs = [risk(), number(2), between(0, 9), rial.clone(), Type::Date, Type::Bool];
    let text = "low | < 5.25 | not(3) | > 100 | @\"2026-01-01\" | true => go | 1.50 | 7 | |\n\
                not(low, mid) | - | [1..3), 5 | - | > 2026-01-01 | - => \"stop, \\\"now\\\"\" | 2.00 | 8.5 | g-1 |";
    let outputs = [None, Some(number(2)), Some(rial), None, None];
    for hit in ["U", "F", "A", "P", "R", "O", "C", "C#"] {
        let table = ordered(raw(hit, text), &["\"stop, \\\"now\\\"\"", "go"]);
        let table = compile(&table, &inputs, &outputs, &lists()).unwrap();
        let xml = exported(&table);
        assert_eq!(only_table(&xml).compile().unwrap(), table, "{xml}");
        // Other engines take an entry for an expression, and refuse an empty one.
        assert!(
            !xml.contains("<text></text>") && xml.contains("<outputEntry><text>null</text></outputEntry>"),
            "{xml}"
        );
    }
}

#[test]
fn a_lone_unequal_is_written_for_every_version() {
    let table = compile(&raw("U", "!= low => a"), &[risk()], &[None], &lists()).unwrap();
    let xml = exported(&table);
    assert!(xml.contains("<text>not(&quot;low&quot;)</text>"), "{xml}");
    let back = only_table(&xml).compile().unwrap();
    for risk in ["low", "mid", "high"] {
        assert_eq!(back.evaluate(&[code(risk)]), table.evaluate(&[code(risk)]));
    }
}

#[test]
fn annotations_and_defaults_are_kept() {
    let table = compile(&raw("U", "low => a\nmid => b"), &[risk()], &[None], &lists()).unwrap();
    let names = ["why".to_owned()];
    let notes = [vec!["as <agreed>".to_owned()], vec![String::new()]];
    let default = [Some(code("c"))];
    let xml = export(
        "m",
        &[Exported {
            name: "d",
            rules: table.rules(),
            defaults: &default,
            annotation_names: &names,
            annotations: &notes,
        }],
    );
    let back = only_table(&xml);
    assert_eq!(back.annotation_names, names);
    assert_eq!(back.annotations, notes);
    assert_eq!(back.defaults[0].as_ref().unwrap().value, "\"c\"");
}

fn in_definitions(namespace: &str, inner: &str) -> String {
    format!("<d:definitions xmlns:d=\"{namespace}\" xmlns=\"{namespace}\" name=\"m\">{inner}</d:definitions>")
}

fn one_rule(input: &str, cell: &str, output: &str) -> String {
    format!(
        "<decision name=\"d\"><decisionTable><input><inputExpression typeRef=\"number\"><text>{input}</text>\
         </inputExpression></input><output/><rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>{output}\
         </text></outputEntry></rule></decisionTable></decision>"
    )
}

#[test]
fn every_version_is_read_and_others_are_not() {
    for namespace in [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        NAMESPACE,
    ] {
        let table =
            only_table(&in_definitions(namespace, &one_rule("x y", "&lt; 5", "&#x22;a&quot;"))).compile().unwrap();
        assert_eq!(table.evaluate(&[Value::Decimal(Decimal::new(45, 1))]).unwrap().rows, [0]);
    }
    let errors = import(&in_definitions("urn:other", "")).unwrap_err();
    assert!(matches!(errors[0].kind, DmnErrorKind::NotDmn { .. }));
}

#[test]
fn expressions_stay_outside_by_name() {
    let why = |input: &str, cell: &str, output: &str| {
        let decision = import(&in_definitions(NAMESPACE, &one_rule(input, cell, output))).unwrap().remove(0);
        match decision.logic {
            Logic::Table(table) => Err(table.compile().unwrap_err()),
            Logic::Outside(why) => Ok(why),
        }
    };
    assert_eq!(why("a + b", "1", "\"x\""), Ok(Outside::InputExpression { text: "a + b".into() }));
    assert_eq!(why("count(a)", "1", "\"x\""), Ok(Outside::InputExpression { text: "count(a)".into() }));
    assert_eq!(why("a", "1", "\"x\" + y"), Ok(Outside::Computed { text: "\"x\" + y".into() }));
    assert!(why("a", "b * 2", "\"x\"").is_err());
    assert!(why("a", "? &gt; 2", "\"x\"").is_err());
    let literal = "<decision name=\"l\"><literalExpression><text>1</text></literalExpression></decision>";
    let model = "<businessKnowledgeModel name=\"b\"/>";
    let decisions = import(&in_definitions(NAMESPACE, &format!("{literal}{model}"))).unwrap();
    let names: Vec<&str> = decisions.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["l", "b"]);
    assert!(matches!(decisions[0].logic, Logic::Outside(Outside::NotATable { .. })));
    assert!(matches!(decisions[1].logic, Logic::Outside(Outside::Callable { .. })));
}

#[test]
fn cells_keep_their_place() {
    let xml = in_definitions(NAMESPACE, &one_rule("a", " oops ", "\"x\""));
    let errors = only_table(&xml).compile().unwrap_err();
    let span = errors[0].span;
    assert_eq!(xml.get(span.start as usize..span.end as usize), Some("o"));
}

#[test]
fn harmful_files_are_refused() {
    let kind = |xml: &str| import(xml).unwrap_err().remove(0).kind;
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    assert_eq!(kind(&format!("{bomb}{}", in_definitions(NAMESPACE, "&b;"))), DmnErrorKind::Xml(XmlFault::DocumentType));
    assert_eq!(
        kind(&in_definitions(NAMESPACE, "&b;")),
        DmnErrorKind::Xml(XmlFault::UnknownEntity { name: "b".into() })
    );
    let deep = format!("{}{}", "<context>".repeat(10_000), "</context>".repeat(10_000));
    assert!(matches!(kind(&in_definitions(NAMESPACE, &deep)), DmnErrorKind::Xml(XmlFault::TooDeep { .. })));
    let foreign = "<x xmlns=\"urn:x\">".repeat(10_000);
    assert!(matches!(kind(&in_definitions(NAMESPACE, &foreign)), DmnErrorKind::Xml(XmlFault::TooDeep { .. })));
    assert!(matches!(kind(&" ".repeat(17 << 20)), DmnErrorKind::Xml(XmlFault::TooLarge { .. })));
    for text in ["", "x", "<", "<definitions", "<definitions/>", "<a></b>", "\u{feff}", "<?xml"] {
        assert!(import(text).is_err(), "{text}");
    }
    let whole = in_definitions(NAMESPACE, &one_rule("a", "1", "\"x\""));
    for end in 0..whole.len() {
        assert!(import(&whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_file_of_many_strings_is_read_in_little_time() {
    let strings: Vec<String> = (0..200_000).map(|i| format!("\"s{i}\"")).collect();
    let inner = one_rule("a", &strings.join(","), "\"x\"").replace("number", "string");
    let start = std::time::Instant::now();
    let table = only_table(&in_definitions(NAMESPACE, &inner));
    assert_eq!(table.lists[0].codes.len(), 200_001);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
