//! The rows of a finished run, inserted raw: what the disk and SQLite alone would have taken for them.
//! `cargo run --release -p store-sqlite --example raw_rows -- STORE FIRST_POSITION ROWS_PER_COMMIT`.
//!
//! Every row of every table whose events stand at or after the position is read into memory, then inserted into a fresh file of the same
//! schema with prepared statements, WAL and `synchronous=FULL`, so many rows a commit. Prints one JSON object.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// A table's rows in memory.
struct Rows {
    insert: String,
    rows: Vec<Vec<Value>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: raw_rows STORE FIRST_POSITION ROWS_PER_COMMIT";
    let path = args.next().ok_or(usage)?;
    let first: i64 = args.next().ok_or(usage)?.parse()?;
    let per_commit: usize = args.next().ok_or(usage)?.parse::<usize>()?.max(1);
    let store = Connection::open(&path)?;
    let fresh_path = format!("{path}.raw");
    for ending in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{fresh_path}{ending}")));
    }
    let fresh = Connection::open(Path::new(&fresh_path))?;
    let mode: String = fresh.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    fresh.pragma_update(None, "synchronous", "FULL")?;
    let tables = schema(&store, &fresh)?;
    let mut all = Vec::new();
    for table in tables {
        all.push(read(&store, &table, first)?);
    }
    let count: usize = all.iter().map(|table| table.rows.len()).sum();
    let begun = Instant::now();
    let mut open = 0;
    fresh.execute_batch("BEGIN")?;
    for table in &all {
        let mut insert = fresh.prepare(&table.insert)?;
        for row in &table.rows {
            insert.execute(params_from_iter(row))?;
            open += 1;
            if open == per_commit {
                fresh.execute_batch("COMMIT; BEGIN")?;
                open = 0;
            }
        }
    }
    fresh.execute_batch("COMMIT")?;
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{{\"rows\": {count}, \"seconds\": {took}, \"raw_rows_per_s\": {}, \"mode\": \"{mode}\"}}",
        count as f64 / took
    );
    Ok(())
}

/// Makes the same tables and indices; the tables' names.
fn schema(store: &Connection, fresh: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut select = store
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")?;
    let parts = select
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?;
    let mut tables = Vec::new();
    for part in parts {
        let (kind, name, sql) = part?;
        fresh.execute_batch(&sql)?;
        if kind == "table" {
            tables.push(name);
        }
    }
    Ok(tables)
}

fn read(store: &Connection, table: &str, first: i64) -> rusqlite::Result<Rows> {
    let columns: Vec<String> = store
        .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    // The measured acts' events; of the other tables everything that a case of theirs has.
    let only = match columns.iter().any(|column| column == "position") {
        true => format!("WHERE position >= {first}"),
        false => String::new(),
    };
    let mut select = store.prepare(&format!("SELECT {} FROM {table} {only}", columns.join(", ")))?;
    let width = columns.len();
    let rows = select.query_map([], |row| (0..width).map(|place| row.get(place)).collect::<Result<Vec<Value>, _>>())?;
    let places = vec!["?"; width].join(", ");
    Ok(Rows {
        insert: format!("INSERT INTO {table} ({}) VALUES ({places})", columns.join(", ")),
        rows: rows.collect::<Result<_, _>>()?,
    })
}
