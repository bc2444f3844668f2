//! Any text as the cells of a decision table: compiled or refused, and what compiles can be decided and examined.
#![no_main]

use std::collections::BTreeMap;

use definition::model::CodeList;
use definition::span::{Span, Spanned};
use definition::table::{self, RawRow, RawTable};
use definition::value::{Decimal, Type, Value};

fn spanned(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), Span::start_of(0))
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let hit = spanned(lines.next().unwrap_or_default());
    let rows = (1..).zip(lines.take(20)).map(|(line, cells)| {
        let mut cells = cells.splitn(4, '\t').map(spanned).collect::<Vec<_>>();
        cells.resize(4, spanned("-"));
        let outputs = cells.split_off(3);
        RawRow { line, inputs: cells, outputs }
    });
    let raw = RawTable {
        hit,
        inputs: vec![spanned("number"), spanned("flag"), spanned("day")],
        outputs: vec![spanned("route")],
        output_order: Vec::new(),
        rows: rows.collect(),
    };
    let number = Type::Decimal { scale: 2, min: None, max: Some(Decimal::from(1000)) };
    let lists: BTreeMap<String, CodeList> = BTreeMap::new();
    let Ok(table) = table::compile(&raw, &[number, Type::Bool, Type::Date], &[None], &lists) else { return };
    let day = definition::value::Date::constant(2026, 11, 24);
    drop(table.evaluate(&[Value::Decimal(Decimal::from(7)), Value::Bool(true), Value::Date(day)]));
    drop(table::gaps(&table, 3));
    drop(table::overlaps(&table, 3));
});
