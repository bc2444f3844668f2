//! How long checking takes: `cargo run --release -p definition --example check_rate -- ZONE`.
//!
//! A catalogue of [`SERVICES`] services (the zone's own, again and again under other names) is checked whole, and a table of [`ROWS`] rows and
//! [`COLUMNS`] columns is examined for gaps and overlaps: once sound, once with a row taken away, once with a row widened over its neighbours.
//! Prints one JSON object.

mod common;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use common::Sequence;
use definition::check::{Files, check};
use definition::table::{HitPolicy, InputColumn, OutputColumn, Row, Rules, Table, Test, UnaryTests, gaps, overlaps};
use definition::value::{Decimal, Type, Value};

const SERVICES: usize = 200;
const ROWS: usize = 200;
const COLUMNS: usize = 8;
/// Each input is a whole number from 0 to this.
const LARGEST: i64 = 999_999;
/// How often each measurement is made; the least time counts, since all the rest is the machine's.
const TIMES: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let zone = std::env::args().nth(1).ok_or("usage: check_rate ZONE")?;
    let files = catalogue(Path::new(&zone))?;
    let report = check(&files);
    if report.services != SERVICES || !report.problems.is_empty() {
        return Err(format!("{} services and {} problems", report.services, report.problems.len()).into());
    }
    let catalogue_ms = least_ms(|| check(&files).services);

    let boxes = boxes();
    let sound = table(&boxes)?;
    let mut fewer = boxes.clone();
    fewer.remove(ROWS / 2);
    let gapped = table(&fewer)?;
    let mut wider = boxes;
    if let Some(ends) = wider.get_mut(ROWS / 3).and_then(|row| row.first_mut()) {
        *ends = (0, LARGEST);
    }
    let overlapped = table(&wider)?;
    let found =
        (gaps(&sound, 1)?.len(), overlaps(&sound, 1)?.len(), gaps(&gapped, 1)?.len(), overlaps(&overlapped, 1)?.len());
    if found != (0, 0, 1, 1) {
        return Err(format!("gaps and overlaps were told wrongly: {found:?}").into());
    }
    let both =
        |table: &Table| Ok::<_, definition::table::TooComplex>(gaps(table, 10)?.len() + overlaps(table, 10)?.len());
    let [sound_ms, gap_ms, overlap_ms] =
        [&sound, &gapped, &overlapped].map(|table| least_ms(|| both(table).unwrap_or(0)));
    println!(
        "{{\"services\": {SERVICES}, \"catalogue_ms\": {catalogue_ms:.1}, \"table_rows\": {ROWS}, \"table_columns\": {COLUMNS}, \
         \"sound_table_ms\": {sound_ms:.2}, \"gap_table_ms\": {gap_ms:.2}, \"overlap_table_ms\": {overlap_ms:.2}}}"
    );
    Ok(())
}

fn least_ms(mut run: impl FnMut() -> usize) -> f64 {
    let times = (0..TIMES).map(|_| {
        let begun = Instant::now();
        std::hint::black_box(run());
        begun.elapsed().as_secs_f64() * 1000.0
    });
    times.fold(f64::INFINITY, f64::min)
}

/// The zone's files with its services again and again under other names.
fn catalogue(zone: &Path) -> Result<Files, Box<dyn Error>> {
    let mut files = common::zone(zone)?;
    let originals = files.clone();
    let of_service = |path: &str| path.strip_prefix("services/")?.split_once('/').map(|(name, _)| name.to_owned());
    let names: BTreeSet<String> = originals.keys().filter_map(|path| of_service(path)).collect();
    for (copy, name) in (names.len()..SERVICES).zip(names.iter().cycle()) {
        let own = format!("services/{name}/");
        for (path, bytes) in &originals {
            let Some(file) = path.strip_prefix(&own) else { continue };
            let text = String::from_utf8(bytes.clone())?;
            let text = text.replacen(&format!("service: {name}\n"), &format!("service: {name}-{copy}\n"), 1);
            files.insert(format!("services/{name}-{copy}/{file}"), text.into_bytes());
        }
    }
    Ok(Files(files))
}

/// For each row, the least and the greatest number of each column.
type Boxes = Vec<Vec<(i64, i64)>>;

/// All of space, cut in two again and again at a fixed sequence of places: no gap, no overlap, nothing regular.
fn boxes() -> Boxes {
    let mut sequence = Sequence(20_261_125);
    let mut boxes = vec![vec![(0, LARGEST); COLUMNS]];
    while boxes.len() < ROWS {
        let (row, column) = (sequence.below(boxes.len()), sequence.below(COLUMNS));
        let Some(lower) = boxes.get_mut(row) else { continue };
        let mut upper = lower.clone();
        let (Some(below), Some(above)) = (lower.get_mut(column), upper.get_mut(column)) else { continue };
        let width = usize::try_from(below.1 - below.0).unwrap_or(0);
        if width < 2 {
            continue;
        }
        let cut = below.0 + 1 + sequence.below(width - 1) as i64;
        below.1 = cut - 1;
        above.0 = cut;
        boxes.push(upper);
    }
    boxes
}

fn table(boxes: &Boxes) -> Result<Table, Box<dyn Error>> {
    let number = |number: i64| Value::Decimal(Decimal::from(number));
    let between = |(low, high): &(i64, i64)| match (low, high) {
        (0, &LARGEST) => UnaryTests::Any,
        (low, high) => UnaryTests::In(vec![Test::Between {
            low: number(*low),
            low_included: true,
            high: number(*high),
            high_included: true,
        }]),
    };
    let type_ = Type::Decimal { scale: 0, min: Some(Decimal::from(0)), max: Some(Decimal::from(LARGEST)) };
    let input = |at: usize| InputColumn { path: format!("in{at}"), type_: type_.clone(), codes: Vec::new() };
    let row = |(at, row): (usize, &Vec<(i64, i64)>)| Row {
        tests: row.iter().map(between).collect(),
        outputs: vec![Some(Value::Code(format!("row-{at}")))],
    };
    Ok(Table::build(Rules {
        hit: HitPolicy::Unique,
        inputs: (1..=COLUMNS).map(input).collect(),
        outputs: vec![OutputColumn { name: "route".to_owned(), type_: None, order: Vec::new() }],
        rows: boxes.iter().enumerate().map(row).collect(),
    })?)
}
