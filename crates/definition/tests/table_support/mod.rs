//! Tables for tests: written as text, decided a second time by an interpreter that knows no index.

use definition::span::{Span, Spanned};
use definition::table::{CellError, OutputOrder, RawRow, RawTable, Rules, Table, Test, UnaryTests, compile};
use definition::value::{CodeLists, Decimal, Type, Value};

pub struct Lists(pub Vec<(String, Vec<String>)>);

impl CodeLists for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.codes(list).is_some_and(|codes| codes.iter().any(|c| c == code))
    }
    fn codes(&self, list: &str) -> Option<&[String]> {
        self.0.iter().find(|(name, _)| name == list).map(|(_, codes)| codes.as_slice())
    }
}

/// The list `risk` with `low`, `mid`, `high`.
pub fn lists() -> Lists {
    Lists(vec![("risk".into(), ["low", "mid", "high"].map(String::from).to_vec())])
}

pub fn number(scale: u8) -> Type {
    Type::Decimal { scale, min: None, max: None }
}

pub fn between(min: i64, max: i64) -> Type {
    Type::Decimal { scale: 0, min: Some(Decimal::from(min)), max: Some(Decimal::from(max)) }
}

pub fn risk() -> Type {
    Type::Code("risk".into())
}

pub fn int(n: i64) -> Value {
    Value::Decimal(Decimal::from(n))
}

pub fn code(text: &str) -> Value {
    Value::Code(text.into())
}

/// Lines `cell | cell => output | output`; every cell's span is its place in the text.
pub fn raw(hit: &str, text: &str) -> RawTable {
    let spanned = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let trimmed = part.trim();
        let start = start + (part.len() - part.trim_start().len());
        Spanned::new(trimmed.to_owned(), Span::new(0, start as u32, (start + trimmed.len()) as u32))
    };
    let cells = |side: &str| -> Vec<Spanned<String>> {
        if side.trim().is_empty() { Vec::new() } else { side.split('|').map(&spanned).collect() }
    };
    let mut rows = Vec::new();
    for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let (inputs, outputs) = row.split_once("=>").unwrap();
        // `split_once` keeps slices of `text`, so spans can be told from their addresses.
        rows.push(RawRow { line, inputs: cells(inputs), outputs: cells(outputs) });
    }
    let name = |prefix: &str, n: usize| {
        (0..n).map(|i| Spanned::new(format!("{prefix}{i}"), Span::start_of(0))).collect::<Vec<_>>()
    };
    let (inputs, outputs) = rows.first().map_or((0, 1), |r| (r.inputs.len(), r.outputs.len()));
    RawTable {
        hit: Spanned::new(hit.into(), Span::start_of(0)),
        inputs: name("in", inputs),
        outputs: name("out", outputs),
        output_order: Vec::new(),
        rows,
    }
}

pub fn ordered(mut table: RawTable, values: &[&str]) -> RawTable {
    let values = values.iter().map(|v| Spanned::new((*v).to_owned(), Span::start_of(0))).collect();
    table.output_order.push(OutputOrder { output: Spanned::new("out0".into(), Span::start_of(0)), values });
    table
}

pub fn try_table(hit: &str, inputs: &[Type], text: &str) -> Result<Table, Vec<CellError>> {
    let raw = raw(hit, text);
    let outputs = vec![None; raw.outputs.len()];
    compile(&raw, inputs, &outputs, &lists())
}

pub fn table(hit: &str, inputs: &[Type], text: &str) -> Table {
    try_table(hit, inputs, text).unwrap()
}

/// The rows that `inputs` match, by comparing values as DMN says, without numbers for them.
pub fn naive_matches(rules: &Rules, inputs: &[Value]) -> Vec<u32> {
    let matches = |tests: &[UnaryTests]| tests.iter().zip(inputs).all(|(t, v)| passes(t, v));
    (0..).zip(&rules.rows).filter(|(_, row)| matches(&row.tests)).map(|(i, _)| i).collect()
}

fn passes(tests: &UnaryTests, value: &Value) -> bool {
    match tests {
        UnaryTests::Any => true,
        UnaryTests::In(tests) => tests.iter().any(|t| holds(t, value)),
        UnaryTests::NotIn(tests) => !tests.iter().any(|t| holds(t, value)),
    }
}

fn holds(test: &Test, value: &Value) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let against = |other: &Value| match (value, other) {
        (Value::Decimal(a), Value::Decimal(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Money(a), Value::Money(b)) => a.amount().cmp(&b.amount()),
        (a, b) => {
            if a == b {
                Equal
            } else {
                Less
            }
        }
    };
    match test {
        Test::Is(v) => against(v) == Equal,
        Test::IsNot(v) => against(v) != Equal,
        Test::Less(v) => against(v) == Less,
        Test::AtMost(v) => against(v) != Greater,
        Test::More(v) => against(v) == Greater,
        Test::AtLeast(v) => against(v) != Less,
        Test::Between { low, low_included, high, high_included } => {
            let above = against(low) == Greater || (*low_included && against(low) == Equal);
            above && (against(high) == Less || (*high_included && against(high) == Equal))
        }
    }
}
