//! What a person and a program see of a small zone with a slip.

use std::collections::BTreeMap;

use super::{human, json, sarif};
use crate::check::{Files, Report, check};

fn report() -> Report {
    let files = [("zone.yaml", "zone: ماکو\n"), ("law.csv", "id,\u{1b}[31mact\n")];
    let files: BTreeMap<String, Vec<u8>> = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    check(&Files(files))
}

#[test]
fn a_person_sees_the_place_marked() {
    let mut out = Vec::new();
    human(&report(), false, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("[P112 wrong-value] Error: `ماکو` is not a name"), "{text}");
    assert!(text.contains("zone.yaml:1:7"), "{text}");
    assert!(text.contains("zone: ماکو"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour, and none from the file: {text}");
    assert!(text.trim_end().ends_with("problems"), "{text}");
}

#[test]
fn one_is_told_as_one() {
    let mut report = report();
    report.services = 1;
    report.problems.truncate(1);
    let mut out = Vec::new();
    human(&report, false, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().ends_with("1 service, 1 problem\n"));
}

#[test]
fn grounds_that_nobody_confirmed_are_counted() {
    let mut report = report();
    (report.services, report.drafts) = (5, 20);
    report.problems.clear();
    let mut out = Vec::new();
    human(&report, false, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "5 services, no problem, 20 draft grounds\n");
    let json: serde_json::Value = serde_json::from_str(&json(&report).unwrap()).unwrap();
    assert_eq!(json["draft_grounds"], 20);
}

#[test]
fn colour_is_the_callers_choice() {
    let mut out = Vec::new();
    human(&report(), true, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("\u{1b}["));
}

#[test]
fn a_program_sees_lines_and_columns_in_characters() {
    let json: serde_json::Value = serde_json::from_str(&json(&report()).unwrap()).unwrap();
    assert_eq!(json["services"], 0);
    let name = json["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "P112").unwrap();
    assert_eq!(
        [&name["file"], &name["line"], &name["column"], &name["end_line"], &name["end_column"]],
        [&serde_json::json!("zone.yaml"), &1.into(), &7.into(), &1.into(), &11.into()]
    );
    for key in ["name", "message", "why", "help"] {
        assert!(!name[key].as_str().unwrap().is_empty());
    }
}

#[test]
fn sarif_names_its_rules() {
    let log: serde_json::Value = serde_json::from_str(&sarif(&report()).unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap() >= 1);
    }
}
