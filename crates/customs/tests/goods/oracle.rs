//! Another program keeps the same accounts, `tests/oracles/goods/accounts.py`: balances and traces are the same to the last step.
//!
//! Runs with the Python in PANJEREH_PYTHON, or with `python3`; else it says that it skips.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use customs::goods::{Book, Movement, Posted, trace};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::histories::{played, tries};

fn python() -> Option<PathBuf> {
    let named = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from);
    let python = named.clone().unwrap_or_else(|| "python3".into());
    let there = Command::new(&python).arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(named.is_none(), "PANJEREH_PYTHON ({}) does not run", python.display());
        println!("SKIPPED: there is no `python3`; set PANJEREH_PYTHON to one");
    }
    there.then_some(python)
}

#[test]
fn another_program_comes_to_the_same() {
    let Some(python) = python() else { return };
    let mut runner = TestRunner::deterministic();
    let histories: Vec<(Book, Vec<Posted>)> =
        (0..200).map(|_| played(&tries().new_tree(&mut runner).unwrap().current())).collect();
    let movements: Vec<Vec<_>> =
        histories.iter().map(|(_, posted)| posted.iter().map(|one| &one.movement).collect()).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/goods/accounts.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = serde_json::to_vec(&movements).unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&text));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    writer.join().unwrap().unwrap();
    let expected: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(expected.len(), histories.len());
    let mut departures = 0;
    for ((book, posted), expected) in histories.iter().zip(expected) {
        assert_eq!(json!({"balances": balances(book), "traces": traces(posted)}), expected);
        departures += traces(posted).len();
    }
    every_kind_was_played(&movements);
    assert!(departures > 200, "{departures}: the histories should have something to trace");
}

/// What is never tried is never held against anything.
fn every_kind_was_played(movements: &[Vec<&Movement>]) {
    let kind = |movement: &&Movement| match serde_json::to_value(movement).unwrap() {
        Value::Object(tagged) => tagged.keys().next().unwrap().clone(),
        other => panic!("{other}"),
    };
    let kinds: BTreeSet<String> = movements.iter().flatten().map(kind).collect();
    let expected = "entry exit free hold issue loss offer process reexport reject reserve sample split surrender transfer transit \
                    unreserve";
    assert_eq!(kinds.into_iter().collect::<Vec<_>>().join(" "), expected);
}

fn balances(book: &Book) -> serde_json::Map<String, Value> {
    let stock = |(key, row): (&customs::goods::RowKey, &customs::goods::Row)| {
        let kind = key.kind().strip_prefix("goods/")?;
        Some((format!("{kind} {}", key.key()), Value::from(row.stock()?.balance().steps())))
    };
    book.rows().iter().filter_map(stock).collect()
}

fn traces(posted: &[Posted]) -> Vec<Value> {
    let line = |one: &Posted| {
        let mut contents: Vec<_> = trace(one)?
            .contents
            .into_iter()
            .map(|content| {
                let item = content.item;
                let value = u64::try_from(content.value.minor).unwrap();
                (item.declaration, item.item, content.commodity, content.quantity.steps(), value)
            })
            .collect();
        contents.sort();
        Some(json!(contents))
    };
    posted.iter().filter_map(line).collect()
}
