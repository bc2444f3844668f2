//! Somebody else's FEEL decides the same cells: npm's `feelin`, through `tests/oracles/table/feel.mjs`.
//!
//! Runs with the `feelin` in PANJEREH_FEELIN. Must not know how a cell is read or decided here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

#[allow(dead_code, reason = "each test file uses its part")]
mod table_support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use definition::table::{Table, compile};
use definition::value::{Date, Type, Value, parse};
use serde_json::json;
use table_support::{lists, number, raw, risk};

/// How many cells of each type are decided.
const CELLS: usize = 400;

/// Choices that look random and are the same in every run (the constants of Knuth's MMIX generator).
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// Unary tests over these literals, with an order or without.
    fn cell(&mut self, literals: &[&str], ordered: bool) -> String {
        if self.below(20) == 0 {
            return "-".to_owned();
        }
        let tests: Vec<String> = (0..1 + self.below(3)).map(|_| self.test(literals, ordered)).collect();
        let tests = tests.join(self.of(&[",", ", ", " , "]));
        if self.below(3) == 0 { format!("not({tests})") } else { tests }
    }

    fn test(&mut self, literals: &[&str], ordered: bool) -> String {
        let (low, high) = (self.below(literals.len()), self.below(literals.len()));
        match if ordered { self.below(4) } else { 0 } {
            0 | 1 => literals[low].to_owned(),
            2 => format!("{} {}", self.of(&["<", "<=", ">", ">="]), literals[low]),
            _ => {
                let (low, high) = (literals[low.min(high)], literals[low.max(high)]);
                format!("{}{low}..{high}{}", self.of(&["[", "(", "]"]), self.of(&["]", ")", "["]))
            }
        }
    }
}

/// A column: its type, the literals of its cells in their order, and the values that are put to them.
struct Column {
    of: Type,
    literals: &'static [&'static str],
    ordered: bool,
    values: &'static [&'static str],
}

fn columns() -> [Column; 4] {
    let dates = &["@\"2025-12-31\"", "@\"2026-01-01\"", "@\"2026-02-28\"", "@\"2026-03-01\""];
    [
        Column {
            of: number(2),
            literals: &["-3", "-1.50", "0", "0.25", "1", "1.50", "7", "1000000"],
            ordered: true,
            values: &[
                "-3",
                "-2",
                "-1.5",
                "-0.01",
                "0",
                "0.25",
                "0.26",
                "1",
                "1.49",
                "1.5",
                "7",
                "999999.99",
                "1000000",
            ],
        },
        Column {
            of: Type::Date,
            literals: dates,
            ordered: true,
            values: &["2025-12-30", "2025-12-31", "2026-01-01", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"],
        },
        Column {
            of: risk(),
            literals: &["\"low\"", "\"mid\"", "\"high\""],
            ordered: false,
            values: &["low", "mid", "high"],
        },
        Column { of: Type::Bool, literals: &["true", "false"], ordered: false, values: &["true", "false"] },
    ]
}

fn question(cell: &str, value: &Value, text: &str) -> String {
    let question = match value {
        Value::Date(date) => json!({ "cell": cell, "date": Date::to_string(date) }),
        Value::Bool(value) => json!({ "cell": cell, "value": value }),
        Value::Decimal(_) => json!({ "cell": cell, "value": text.parse::<f64>().unwrap() }),
        _ => json!({ "cell": cell, "value": text }),
    };
    format!("{question}\n")
}

fn table(of: &Type, cell: &str) -> Table {
    let raw = raw("C", &format!("{cell} => hit"));
    compile(&raw, std::slice::from_ref(of), &[None], &lists()).unwrap_or_else(|errors| panic!("{cell}: {errors:?}"))
}

/// The answers to all questions, in their order.
fn answers(feelin: &std::ffi::OsStr, questions: String) -> Vec<String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/table/feel.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(feelin)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed by `cargo xtask test`");
    let mut stdin = node.stdin.take().unwrap();
    // Beside the reading, since neither pipe holds everything.
    let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    asking.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn cells_are_decided_as_feelin_decides_them() {
    let Some(feelin) = std::env::var_os("PANJEREH_FEELIN") else {
        println!("SKIPPED: no feelin is named; `cargo xtask test` installs and names it");
        return;
    };
    let mut choices = Choices(7);
    let (mut asked, mut questions) = (Vec::new(), String::new());
    for column in columns() {
        for _ in 0..CELLS {
            let cell = choices.cell(column.literals, column.ordered);
            let table = table(&column.of, &cell);
            for text in column.values {
                let value = parse(&column.of, text, &lists()).unwrap();
                let ours = !table.evaluate(std::slice::from_ref(&value)).unwrap().rows.is_empty();
                questions += &question(&cell, &value, text);
                asked.push((cell.clone(), *text, ours));
            }
        }
    }
    let answers = answers(&feelin, questions);
    assert_eq!(answers.len(), asked.len());
    let differing: Vec<String> = asked
        .iter()
        .zip(&answers)
        .filter(|((_, _, ours), theirs)| ours.to_string() != **theirs)
        .map(|((cell, value, ours), theirs)| format!("{value} in {cell}: {ours} here, {theirs} there"))
        .collect();
    assert!(
        differing.is_empty(),
        "{} of {}:\n{}",
        differing.len(),
        asked.len(),
        differing[..differing.len().min(20)].join("\n")
    );
    assert!(asked.iter().any(|(_, _, ours)| *ours) && asked.iter().any(|(_, _, ours)| !*ours));
}
