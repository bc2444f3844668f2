//! How fast one decision table is decided: `cargo run --release -p definition --example table_rate -- ZONE SERVICE TABLE FOLDER`.
//!
//! The table is a zone's own, with its inputs renamed `in1`, `in2` and so on, since a name with a dot is a path in FEEL. It is decided for
//! [`CONTEXTS`] contexts, every one at or beside a number that some cell names, again and again for [`SECONDS`]. Into the folder go the table
//! as DMN 1.5, the contexts as FEEL and the answers, a line each, for another engine to do the same and to be compared with. Prints one JSON
//! object.

mod common;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use common::Sequence;
use definition::check::{Files, check};
use definition::dmn::{Exported, export};
use definition::table::{DecodedInputs, InputColumn, Outputs, Table, Test, UnaryTests};
use definition::value::{Decimal, Money, Type, Value};

/// Contexts to decide.
const CONTEXTS: usize = 1000;
/// How long each measurement runs.
const SECONDS: u64 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [zone, service, name, folder] = args.as_slice() else {
        return Err("usage: table_rate ZONE SERVICE TABLE FOLDER".into());
    };
    let table = table(Path::new(zone), service, name)?;
    let contexts = contexts(&table)?;
    write(Path::new(folder), &table, &contexts)?;

    let decoded: Vec<DecodedInputs> = contexts.iter().map(|context| table.bind(context)).collect::<Result<_, _>>()?;
    let mut hits = 0_u64;
    let evaluations_per_s = rate(&decoded, |inputs| {
        hits += table.evaluate_decoded(inputs).map_or(0, |hit| hit.rows.len() as u64);
    });
    let mut inputs = DecodedInputs::default();
    let with_decoding_per_s = rate(&contexts, |context| {
        let decided =
            inputs.rebind(&table, context).and_then(|()| table.evaluate_decoded(&inputs).map(|hit| hit.rows.len()));
        hits += decided.unwrap_or(0) as u64;
    });
    println!(
        "{{\"evaluations_per_s\": {evaluations_per_s:.0}, \"with_decoding_per_s\": {with_decoding_per_s:.0}, \"rows\": {}, \"hits\": {hits}}}",
        table.rules().rows.len()
    );
    Ok(())
}

/// Runs over all contexts again and again; how many there were a second.
fn rate<T>(contexts: &[T], mut decide: impl FnMut(&T)) -> f64 {
    let (begun, mut done) = (Instant::now(), 0_u64);
    while begun.elapsed() < Duration::from_secs(SECONDS) {
        contexts.iter().for_each(&mut decide);
        done += contexts.len() as u64;
    }
    done as f64 / begun.elapsed().as_secs_f64()
}

/// A service's table under portable names.
fn table(zone: &Path, service: &str, name: &str) -> Result<Table, Box<dyn Error>> {
    let checked = check(&Files(common::zone(zone)?)).zone.ok_or("the zone has problems; see `panjereh check`")?;
    let service = checked.services().get(service).ok_or("there is no such service")?;
    let mut rules = service.tables.get(name).ok_or("there is no such table")?.table.rules().clone();
    for (number, column) in (1..).zip(&mut rules.inputs) {
        column.path = format!("in{number}");
    }
    Ok(Table::build(rules)?)
}

/// Contexts drawn from what each column's cells name, by a fixed sequence.
fn contexts(table: &Table) -> Result<Vec<Vec<Value>>, Box<dyn Error>> {
    let rules = table.rules();
    let columns = rules.inputs.iter().enumerate();
    let choices: Vec<Vec<Value>> = columns.map(|(at, column)| choices(table, at, column)).collect();
    if choices.iter().any(Vec::is_empty) {
        return Err("a column of this table has no values to draw from".into());
    }
    let mut sequence = Sequence(20_261_125);
    let mut context =
        || choices.iter().filter_map(|values| values.get(sequence.below(values.len())).cloned()).collect();
    Ok((0..CONTEXTS).map(|_| context()).collect())
}

fn choices(table: &Table, at: usize, column: &InputColumn) -> Vec<Value> {
    let cells = table.rules().rows.iter().filter_map(|row| row.tests.get(at));
    let named = cells.flat_map(|cell| match cell {
        UnaryTests::Any => Vec::new(),
        UnaryTests::In(tests) | UnaryTests::NotIn(tests) => tests.iter().flat_map(ends).collect(),
    });
    let codes = column.codes.iter().cloned().map(Value::Code);
    let bools = [false, true].into_iter().filter(|_| column.type_ == Type::Bool).map(Value::Bool);
    let beside = named.flat_map(|value| [shifted(&value, -1), Some(value.clone()), shifted(&value, 1)]).flatten();
    codes.chain(bools).chain(beside).collect()
}

fn ends(test: &Test) -> Vec<Value> {
    match test {
        Test::Is(value)
        | Test::IsNot(value)
        | Test::Less(value)
        | Test::AtMost(value)
        | Test::More(value)
        | Test::AtLeast(value) => vec![value.clone()],
        Test::Between { low, high, .. } => vec![low.clone(), high.clone()],
    }
}

fn shifted(value: &Value, by: i64) -> Option<Value> {
    Some(match value {
        Value::Decimal(number) => Value::Decimal(*number + Decimal::from(by)),
        Value::Money(money) => Value::Money(Money { minor: money.minor + i128::from(by), ..money.clone() }),
        _ => return None,
    })
}

/// What another engine needs to do the same, and what it should say.
fn write(folder: &Path, table: &Table, contexts: &[Vec<Value>]) -> Result<(), Box<dyn Error>> {
    let exported =
        Exported { name: "decided", rules: table.rules(), defaults: &[], annotation_names: &[], annotations: &[] };
    std::fs::write(folder.join("table.dmn"), export("table", &[exported]))?;
    let (mut asked, mut said) = (String::new(), String::new());
    for context in contexts {
        let entries: Vec<String> = (1..)
            .zip(context)
            .map(|(number, value)| format!("in{number}: {}", definition::table::literal(value)))
            .collect();
        writeln!(asked, "{{{}}}", entries.join(", "))?;
        let first = match table.evaluate(context)?.outputs {
            Outputs::Row([Some(Value::Code(first)), ..]) => first.as_str(),
            _ => "null",
        };
        writeln!(said, "{first}")?;
    }
    std::fs::write(folder.join("contexts.feel"), asked)?;
    std::fs::write(folder.join("answers.txt"), said)?;
    Ok(())
}
