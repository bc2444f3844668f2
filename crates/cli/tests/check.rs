//! `panjereh check` and `panjereh explain`: exit codes, and what programs and people read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Demo, complained, copy, panjereh, said};

fn json(output: &std::process::Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn nothing_is_wrong_with_maku() {
    let checked = panjereh(&["check", "zones/maku", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(json(&checked)["services"].as_u64().unwrap() >= 3);
    assert_eq!(json(&checked)["problems"], serde_json::json!([]));
    assert!(json(&checked)["draft_grounds"].as_u64().unwrap() > 0, "nobody has confirmed the samples");
}

#[test]
fn a_problem_has_a_code_a_place_a_reason_and_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    copy(&common::root().join("zones/maku"), folder.path());
    let service = folder.path().join("services/activity-licence/service.yaml");
    let text = std::fs::read_to_string(&service).unwrap();
    std::fs::write(&service, text.replace("within: 5 workdays", "within: 50 workdays")).unwrap();
    let zone = folder.path().to_str().unwrap();
    let checked = panjereh(&["check", zone, "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let problem = &json(&checked)["problems"][0];
    for field in ["code", "file", "line", "column", "message", "why", "help"] {
        assert!(!problem[field].is_null(), "{field}: {problem}");
    }
    let code = problem["code"].as_str().unwrap();
    let human = panjereh(&["check", zone]);
    assert!(said(&human).contains(code) && said(&human).contains("activity-licence/service.yaml"), "{}", said(&human));
    let sarif = panjereh(&["check", zone, "--format", "sarif"]);
    assert_eq!(json(&sarif)["version"], "2.1.0");
    let explained = panjereh(&["explain", code]);
    assert_eq!(explained.status.code(), Some(0));
    assert!(said(&explained).len() > 100, "{}", said(&explained));
}

#[test]
fn the_law_and_the_calendar_count_of_the_day() {
    let folder = tempfile::tempdir().unwrap();
    copy(&common::root().join("zones/maku"), folder.path());
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    };
    let zone = folder.path().to_str().unwrap();
    let codes = |day: &str| {
        let checked = panjereh(&["check", zone, "--format", "json", "--on", day]);
        let problems = json(&checked)["problems"].as_array().unwrap().clone();
        problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    change("law.csv", "(1372),,,,draft", "(1372),,,2026-12-31,draft");
    assert!(codes("2026-12-31").is_empty());
    assert_eq!(codes("2027-01-01"), ["P402"]);
    change("zone.yaml", "calendar: persian\n", "calendar: persian\nuntil: 1405\n");
    assert!(codes("2026-11-01").is_empty(), "what is valid for years needs no days off");
    assert!(codes("2027-03-19").contains(&"P302".to_owned()));
    for (day, told) in
        [("1405-13-01", "such as 2027-03-21"), ("1405-09-05", "write `2026-11-26`"), ("9999-12-31", "2199")]
    {
        let wrong = panjereh(&["check", zone, "--on", day]);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(complained(&wrong).contains(told), "{}", complained(&wrong));
    }
    // A zone whose law was repealed overnight opens all the same: nothing in it rests on what was repealed.
    change("law.csv", "(1372),,,2026-12-31,draft", "(1372),,,2001-12-31,draft");
    let data = tempfile::tempdir().unwrap();
    assert!(Demo::start_with(data.path(), &["--zone", zone]).stop());
    let table = panjereh(&["table", "export", zone, "activity-licence", "eligibility"]);
    assert_eq!(table.status.code(), Some(0), "{}", complained(&table));
}

#[test]
fn what_cannot_run_says_why_and_what_to_do() {
    for args in [&["check", "no/such/zone"][..], &["explain", "P999"], &["rehearse", "zones/maku", "x", "--map", "y"]] {
        let output = panjereh(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = complained(&output);
        assert!(complaint.starts_with("error: ") && complaint.contains("hint: "), "{args:?}: {complaint}");
    }
}
