//! `panjereh trs` and `panjereh export` on a demonstration that has a sample year behind it, and on what is not there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{Demo, complained, panjereh, said};
use serde_json::Value;

/// It could not run, and says why and what to do, on both channels.
#[track_caller]
fn refused(args: &[&str], words: &[&str]) {
    let output = panjereh(args);
    let complaint = complained(&output);
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.starts_with("error: ") && complaint.contains("hint: "), "{complaint}");
    words.iter().for_each(|word| assert!(complaint.contains(word), "{word} is not in: {complaint}"));
    if args.contains(&"--json") {
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(told["error"].is_string() && told["hint"].is_string(), "{told}");
    } else {
        assert!(output.stdout.is_empty(), "{}", said(&output));
    }
}

#[track_caller]
fn done(args: &[&str]) -> String {
    let output = panjereh(args);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    said(&output)
}

#[test]
fn a_sample_year_is_studied_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let demo = Demo::start_with(folder.path(), &["--history", "150"]);
    // While it runs.
    let json: Value = serde_json::from_str(&done(&["trs", place, "--json"])).unwrap();
    assert!(demo.stop());
    let again: Value = serde_json::from_str(&done(&["trs", place, "--json"])).unwrap();
    assert_eq!(again["rows"], json["rows"], "the same record gives the same study");
    let rows = json["rows"].as_array().unwrap();
    let all = |measure: &str| rows.iter().find(|row| row["service"].is_null() && row["measure"] == measure).unwrap();
    let filed = all("filed")["count"].as_u64().unwrap();
    assert!(filed >= 90, "{filed}");
    let end = all("filing-to-end");
    assert_eq!(end["count"].as_u64().unwrap() + all("filed")["open"].as_u64().unwrap(), filed, "{end}");
    let elapsed = &end["elapsed"]["all"];
    let order =
        ["min_s", "p25_s", "p50_s", "p75_s", "p90_s", "p95_s", "max_s"].map(|name| elapsed[name].as_u64().unwrap());
    assert!(order.is_sorted() && order[6] > 86_400, "{elapsed}");
    assert!(end["working"]["all"]["max_s"].as_u64() <= end["elapsed"]["all"]["max_s"].as_u64(), "{end}");
    assert!(rows.iter().any(|row| row["measure"] == "role" && row["hidden"] == false), "{rows:#?}");

    let table = done(&["trs", place]);
    assert!(
        table.contains("\nall services\n") && table.contains("filing to decision") && table.contains("Hidden (*)"),
        "{table}"
    );
    assert!(table.lines().all(|line| line.chars().count() <= 170), "{table}");
    let csv = done(&["trs", place, "--csv"]);
    let columns = csv.lines().next().unwrap().split(',').count();
    assert_eq!(columns, 23);
    assert!(csv.lines().all(|line| line.split(',').count() == columns), "{csv}");
    let (_, first) = csv.split_once("\r\n").unwrap();
    assert!(first.contains(",elapsed,") && first.contains(",working,"), "{csv}");

    exported(place, filed);
    mistaken(place);
}

fn exported(place: &str, filed: u64) {
    let ocel: Value = serde_json::from_str(&done(&["export", "ocel", place])).unwrap();
    let cases =
        ocel["objects"].as_array().unwrap().iter().filter(|one| one["type"].as_str().unwrap().starts_with("case of"));
    assert_eq!(cases.count() as u64, filed);
    let public = done(&["export", "ocel", place, "--public", "--service", "activity-licence"]);
    assert!(public.contains("case of activity-licence") && !public.contains("record of"));
    let xes = done(&["export", "xes", place]);
    assert_eq!(xes.matches("<trace>").count() as u64, filed);
}

fn mistaken(place: &str) {
    refused(&["trs", place, "--service", "activity-license", "--json"], &["activity-license", "activity-licence"]);
    refused(&["export", "ocel", place, "--service", "activity-license"], &["activity-licence"]);
    refused(&["trs", place, "--from", "2026-05-02", "--to", "2026-05-01"], &["2026-05-02", "2026-05-01"]);
    refused(&["trs", place, "--to", "1999-01-01", "--json"], &["in the period", "cases were filed from"]);
    refused(&["export", "xes", place, "--from", "2999-01-01"], &["in the period"]);
    refused(&["trs", place, "--by", "investment"], &["investment", "activity"]);
    // Persian digits are digits; a day that is none is none.
    refused(&["trs", place, "--to", "۱۹۹۹-۰۱-۰۱"], &["in the period"]);
    for args in [
        ["--from", "1405-13-01"],
        ["--from", "1405-09-01"],
        ["--to", "۱۴۰۵-۰۹-۰۱"],
        ["--from", "yesterday"],
        ["--least", "0"],
        ["--least", "-1"],
    ] {
        let output = panjereh(&[&["trs", place][..], &args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(complained(&output).contains("--help"), "{}", complained(&output));
    }
}

#[test]
fn a_store_that_is_not_there_or_in_use_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for verb in [&["trs"][..], &["export", "ocel"], &["export", "xes"]] {
        refused(&[verb, &[here.to_str().unwrap()]].concat(), &["store.sqlite", "panjereh demo"]);
        refused(&[verb, &["--config", "/no/such/file"]].concat(), &["/no/such/file"]);
    }
    assert_eq!(std::fs::read_dir(here).unwrap().count(), 0, "nothing was made");
    let settings = here.join("panjereh.toml");
    std::fs::write(&settings, settings_for(here)).unwrap();
    refused(&["trs", "--config", settings.to_str().unwrap()], &["there is no store"]);
    refused(&["leftovers", "--config", settings.to_str().unwrap(), "--json"], &["there is no store"]);

    let store = here.join("store.sqlite");
    if let Some(held) = Held::by_another_program(&store) {
        refused(&["trs", here.to_str().unwrap()], &["locked", "another program holds it"]);
        drop(held);
    }
    std::fs::write(&store, "These are my notes, and they are longer than the header of a database. ".repeat(20))
        .unwrap();
    refused(&["export", "ocel", here.to_str().unwrap()], &["store.sqlite"]);
}

/// Another program that holds a database alone: Python's own SQLite, so that nothing of ours does it.
struct Held(Child);

impl Held {
    fn by_another_program(store: &Path) -> Option<Self> {
        let script = "import sqlite3, sys\n\
                      held = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
                      held.execute('CREATE TABLE held (one INTEGER)')\n\
                      held.execute('BEGIN EXCLUSIVE')\n\
                      print('held', flush=True)\n\
                      sys.stdin.read()";
        let spawned = Command::new("python3")
            .args(["-c", script])
            .arg(store)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = spawned else {
            println!("SKIPPED: no python3 that could hold a database");
            return None;
        };
        let mut said = [0; 5];
        child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        Some(Self(child))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn settings_for(folder: &Path) -> String {
    let here = folder.display();
    format!(
        "zone = \"{}\"\nstore = \"{here}/none.sqlite\"\nobjects = \"{here}/objects\"\nkeys = \"{here}/keys.toml\"\n\
         origin = \"maku.example/log\"\nbase_url = \"https://maku.example\"\n",
        common::root().join("zones/maku").display()
    )
}
