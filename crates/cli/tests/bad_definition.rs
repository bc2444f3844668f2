//! `panjereh check` on files that nobody meant: what a person reads, where, and what to do; in bounded time, and nothing is changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::{copy, panjereh, root, said};
use serde_json::Value;
use tempfile::TempDir;

const SERVICE: &str = "services/activity-licence/service.yaml";
const TABLE: &str = "services/activity-licence/eligibility.csv";

/// A copy of `zones/maku`, to be spoilt.
struct Zone(TempDir);

impl Zone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("zones/maku"), folder.path());
        Self(folder)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn change(&self, file: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) {
        let bytes = std::fs::read(self.path(file)).unwrap();
        std::fs::write(self.path(file), change(bytes)).unwrap();
    }

    fn append(&self, file: &str, text: &str) {
        self.change(file, |bytes| [&bytes, text.as_bytes()].concat());
    }

    /// The problems, as a program reads them. A person gets the same ones, each with its place and its remedy.
    fn problems(&self) -> Vec<Value> {
        let zone = self.0.path().to_str().unwrap();
        let report: Value = serde_json::from_slice(&panjereh(&["check", zone, "--format", "json"]).stdout).unwrap();
        let human = panjereh(&["check", zone]);
        assert_eq!(human.status.code(), Some(1), "{}", said(&human));
        let problems = report["problems"].as_array().unwrap().clone();
        for problem in &problems {
            let place = format!("{}:{}", problem["file"].as_str().unwrap(), problem["line"]);
            let human = said(&human);
            assert!(human.contains(&place) && human.contains(problem["message"].as_str().unwrap()), "{place}: {human}");
            assert!(problem["help"].as_str().is_some_and(|help| !help.is_empty()), "{problem}");
        }
        problems
    }

    /// The one problem: its code, file and line, and what is said.
    fn problem(&self) -> (String, String, String) {
        let problems = self.problems();
        assert_eq!(problems.len(), 1, "{problems:#?}");
        let problem = &problems[0];
        let text = |field: &str| problem[field].as_str().unwrap().to_owned();
        (text("code"), format!("{}:{}", text("file"), problem["line"]), text("message"))
    }
}

fn lines(path: &Path) -> usize {
    std::fs::read_to_string(path).unwrap().lines().count()
}

#[test]
fn yaml_that_is_not_well_formed() {
    let zone = Zone::new();
    zone.append(SERVICE, "  further: [1, {2\n");
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place), ("P103", format!("{SERVICE}:{}", lines(&zone.path(SERVICE)))));
    assert!(message.starts_with("not YAML: "), "{message}");
}

#[test]
fn tables_and_law_in_the_encodings_of_old_spreadsheets() {
    // "Persian" as Windows-1256 writes it.
    let zone = Zone::new();
    zone.change(TABLE, |bytes| [&bytes, b"# \xdd\xc7\xd1\xd3\xed,,,,,,\n".as_slice()].concat());
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place), ("P101", format!("{TABLE}:{}", lines_of(&zone.path(TABLE)))));
    assert!(message.contains("looks like Windows-1256"), "{message}");
    let zone = Zone::new();
    zone.change("law.csv", |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
    });
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place.as_str()), ("P101", "law.csv:1"));
    assert!(message.contains("looks like UTF-16"), "{message}");
}

fn lines_of(path: &Path) -> usize {
    std::fs::read(path).unwrap().split(|byte| *byte == b'\n').count() - 1
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let zone = Zone::new();
    for file in [SERVICE, TABLE, "zone.yaml", "law.csv", "concepts.csv", "calendar.csv", "fa.ftl"] {
        zone.change(file, |bytes| [b"\xef\xbb\xbf", bytes.as_slice()].concat());
    }
    let checked = panjereh(&["check", zone.0.path().to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
}

#[test]
fn files_that_include_one_another() {
    let zone = Zone::new();
    zone.append(SERVICE, "include: [one.yaml]\n");
    std::fs::write(zone.path("services/activity-licence/one.yaml"), "include: [two.yaml]\n").unwrap();
    std::fs::write(zone.path("services/activity-licence/two.yaml"), "include: [one.yaml]\n").unwrap();
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place.as_str()), ("P114", "services/activity-licence/two.yaml:1"));
    assert!(message.contains("one.yaml -> services/activity-licence/two.yaml -> "), "{message}");
    // A chain that is no circle, but that nobody could follow, nor the stack of a program.
    let zone = Zone::new();
    zone.append(SERVICE, "include: [c0.yaml]\n");
    for n in 0..200 {
        let file = zone.path(&format!("services/activity-licence/c{n}.yaml"));
        std::fs::write(file, format!("include: [c{}.yaml]\n", n + 1)).unwrap();
    }
    let deep: Vec<Value> = zone.problems().into_iter().filter(|problem| problem["code"] == "P107").collect();
    assert_eq!((deep.len(), &deep[0]["file"]), (1, &"services/activity-licence/c7.yaml".into()), "{deep:#?}");
}

#[test]
fn a_hundred_megabytes() {
    let begun = Instant::now();
    let zone = Zone::new();
    std::fs::write(zone.path(SERVICE), vec![b'a'; 100_000_000]).unwrap();
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place), ("P102", format!("{SERVICE}:1")));
    assert!(message.contains("4194304 bytes"), "{message}");
    // The same in many files.
    let zone = Zone::new();
    for n in 0..100 {
        let file = zone.path(&format!("services/activity-licence/part{n}.yaml"));
        std::fs::write(file, vec![b'a'; 1_000_000]).unwrap();
    }
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place.as_str()), ("P102", "zone.yaml:1"));
    assert!(message.contains("67108864 bytes"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn nesting_without_end() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let zone = Zone::new();
        zone.append(SERVICE, &format!("x: {}{}\n", open.repeat(10_000), close.repeat(10_000)));
        let problems = zone.problems();
        assert!(["P103", "P107"].contains(&problems[0]["code"].as_str().unwrap()), "{problems:#?}");
    }
    // A billion laughs: no name may stand for what is elsewhere.
    let zone = Zone::new();
    zone.append(SERVICE, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
    assert!(zone.problems().iter().any(|problem| problem["code"] == "P104"));
}

/// A table of `rows` rules, in which no two meet and nothing is left open.
fn large_table(rows: u32) -> String {
    let mut table = "in:company.arrears,in:premises.use,in:activity.risk,in:investment,out:route,ground,note\n\
                     > 0,-,-,-,refuse,fz-arrears-1,\n\
                     <= 0,dwelling,-,-,refuse,premises-unfit,\n\
                     <= 0,not(dwelling),low,-,grant,,\n"
        .to_owned();
    for row in 3..rows {
        let (low, high) = (row * 10, (row + 1) * 10);
        let investment = match row {
            3 => format!("< {high}"),
            _ if row + 1 == rows => format!(">= {low}"),
            _ => format!("[{low}..{high})"),
        };
        writeln!(table, "<= 0,not(dwelling),not(low),{investment},unclear,,").unwrap();
    }
    table
}

#[test]
fn a_table_of_ten_thousand_rows() {
    let zone = Zone::new();
    let begun = Instant::now();
    // Unoptimised, all of them would take minutes; optimised, they take some two seconds.
    let rows = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
    std::fs::write(zone.path(TABLE), large_table(rows)).unwrap();
    let checked = panjereh(&["check", zone.0.path().to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    // One rule in the middle taken out is a gap, and is found exactly.
    let table = large_table(1_000);
    let taken = table.lines().nth(500).unwrap();
    std::fs::write(zone.path(TABLE), table.replace(&format!("{taken}\n"), "")).unwrap();
    let (code, _, message) = zone.problem();
    assert_eq!(code, "P501");
    assert!(message.contains("4990"), "{message}");
    std::fs::write(zone.path(TABLE), large_table(10_100)).unwrap();
    let (code, place, message) = zone.problem();
    assert_eq!((code.as_str(), place), ("P102", format!("{TABLE}:10067")));
    assert!(message.contains("10000 rules"), "{message}");
}
