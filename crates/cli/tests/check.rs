//! `panjereh check` and `panjereh explain`: exit codes, and what programs and people read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{complained, copy, panjereh, said};

fn json(output: &std::process::Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn nothing_is_wrong_with_maku() {
    let checked = panjereh(&["check", "zones/maku", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(json(&checked)["services"].as_u64().unwrap() >= 3);
    assert_eq!(json(&checked)["problems"], serde_json::json!([]));
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
fn what_cannot_run_says_why_and_what_to_do() {
    for args in [&["check", "no/such/zone"][..], &["explain", "P999"], &["rehearse", "zones/maku", "x", "--map", "y"]] {
        let output = panjereh(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = complained(&output);
        assert!(complaint.starts_with("error: ") && complaint.contains("hint: "), "{args:?}: {complaint}");
    }
}
