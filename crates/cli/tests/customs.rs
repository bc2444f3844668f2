//! `panjereh customs`, `panjereh tariff` and `panjereh risk`: what is read and computed, and what wrong files are told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{complained, panjereh, said};
use serde_json::Value;

const SAMPLE: &str = include_str!("../../customs/tests/data/sample-declaration.xml");
const TARIFF: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n08031010,,,,A00,16.0%,,\n,,,,B00,20%,,\n";

/// A file in a folder; its path.
fn file(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_folder_is_read_and_each_reason_has_its_place() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "good.xml", SAMPLE.as_bytes());
    file(
        folder.path(),
        "bad.XML",
        SAMPLE.replace("<FunctionCode>9</FunctionCode>", "<FunctionCode>nine</FunctionCode>").as_bytes(),
    );
    file(folder.path(), "cut.xml", &SAMPLE.as_bytes()[..900]);
    file(folder.path(), "other.txt", b"not looked at");
    let output = panjereh(&["customs", "read", folder.path().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&report["accepted"], &report["crashed"]), (&Value::from(1), &Value::from(0)));
    let refused = report["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 2);
    assert_eq!((&refused[0]["line"], &refused[0]["data_element"]), (&Value::from(8), &Value::from("017")));
    assert_eq!(refused[0]["reason"], "`nine` is not a code of at most 2 digits");
    let told = said(&panjereh(&["customs", "read", folder.path().to_str().unwrap()]));
    assert!(told.contains("in Declaration/FunctionCode (017)") && told.ends_with("1 accepted, 2 refused\n"), "{told}");
}

#[test]
fn a_declaration_is_assessed_with_its_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let declaration = file(folder.path(), "d.xml", SAMPLE.as_bytes());
    let tariff = file(folder.path(), "t.csv", TARIFF.as_bytes());
    let rates = file(folder.path(), "r.csv", b"currency,rate,valid_from,valid_to\nEUR,0.5,2026-01-01,\n");
    let output = panjereh(&["customs", "assess", &declaration, "--tariff", &tariff, "--rates", &rates, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let lines: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(lines[0]["assessed"], "80.04");
    assert_eq!((&lines[1]["base"], &lines[1]["payable"]), (&Value::from("580.29"), &Value::from("116.05")));
    assert!(lines[0]["why"].to_string().contains("1000.5 EUR x 0.5"));
    // Without the rate nothing is computed, and that is an answer.
    let output = panjereh(&["customs", "assess", &declaration, "--tariff", &tariff]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("item 1: there is no rate of exchange from EUR on 2026-11-25"), "{}", said(&output));
}

#[test]
fn wrong_files_are_named_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let declaration = file(folder.path(), "d.xml", SAMPLE.as_bytes());
    let tariff = file(folder.path(), "t.csv", TARIFF.replace("16.0%", "16.0").as_bytes());
    let windows = file(folder.path(), "w.csv", b"\xc7\xed\xd1");
    for (arguments, expected) in [
        (vec!["customs", "assess", &declaration, "--tariff", &tariff], "t.csv:2: `%` or a currency should stand"),
        (vec!["customs", "assess", &declaration, "--tariff", &windows], "w.csv: byte 0 is not UTF-8"),
        (vec!["customs", "assess", &tariff, "--tariff", &tariff], "t.csv:2"),
        (
            vec!["customs", "assess", &declaration, "--tariff", &declaration, "--policy", "none"],
            "there is no policy `none`",
        ),
        (vec!["customs", "read", "/no/such/folder"], "/no/such/folder"),
        (vec!["tariff", "import", "uk-global-tariff", &declaration, "--valid-from", "2021-01-01"], "d.xml"),
    ] {
        let output = panjereh(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let complaint = complained(&output);
        assert!(complaint.contains(expected) && complaint.contains("hint: "), "{arguments:?}: {complaint}");
    }
}

#[test]
fn rows_are_scored_with_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let model = file(folder.path(), "m.txt", include_bytes!("../../customs/tests/data/sample-model.txt"));
    let data = file(folder.path(), "d.csv", b"id,origin,mass\nA,33,10\nB,,1000\n");
    let output = panjereh(&["risk", "score", &data, "--model", &model, "--reasons", "1"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(said(&output), "line,score,reason_1,moved_1\n2,0.75,mass,0.5\n3,-0.75,mass,-0.5\n");
    for (content, expected) in [
        (&b"id,origin,mas\n"[..], "there is no column `mass`, which the model reads; is it `mas`?"),
        (b"origin,mass\n1,heavy\n", "line 2: `heavy` in the column `mass` is no number"),
        (b"origin,mass\n1\n", "line 2: this is not CSV"),
    ] {
        let data = file(folder.path(), "w.csv", content);
        let output = panjereh(&["risk", "score", &data, "--model", &model]);
        assert_eq!(output.status.code(), Some(2));
        assert!(complained(&output).contains(expected), "{}", complained(&output));
    }
    let output = panjereh(&["risk", "score", &data, "--model", &data]);
    assert!(
        complained(&output).contains("line 1: this is neither a model that `risk-train` wrote"),
        "{}",
        complained(&output)
    );
}

const RISK_MODEL: &[u8] = include_bytes!("../../customs/tests/data/sample-risk.txt");
/// Two frauds of six, both by the profile that has frauds.
const RISK_TABLE: &[u8] =
    b"Country of Origin,HS6 Code,Item Price,Tax Rate,Net Mass,Fraud\nFR,220421,1000,15,2,1\nDE,870323,100,20,4,0\n\
    FR,220421,200,15,2,1\nDE,870323,10,20,4,0\nDE,870323,10,20,4,0\nDE,870323,,20,4,0\n";
/// SHA-256 of the sample model.
const RISK_HASH: &str = "28649adb1b3ecb8d8ad4322e778244e1467e24db70a5da598f1fcb16e29077f3";

#[test]
fn a_model_with_profiles_scores_and_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let model = file(folder.path(), "m.txt", RISK_MODEL);
    let data = file(folder.path(), "d.csv", RISK_TABLE);
    let output = panjereh(&["risk", "score", &data, "--model", &model, "--reasons", "1"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let told = said(&output);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "line,score,chance,expected,reason_1,moved_1");
    assert_eq!(lines[1], "2,0.8807970779778823,0.7,90,frauds by HS6 Code + Country of Origin,2");
    assert!(lines[6].starts_with("7,0.11920292202211755,0.1,,"), "{}", lines[6]);
    assert!(complained(&output).contains(&format!("model: sha256 {RISK_HASH}")), "{}", complained(&output));
    let output = panjereh(&["risk", "evaluate", &data, "--model", &model, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&report["rows"], &report["frauds"], &report["model"]), (&6.into(), &2.into(), &RISK_HASH.into()));
    for goal in ["fraud", "duty"] {
        assert_eq!(report[goal]["precision_at_1"], 1.0, "{goal}");
        assert_eq!(report[goal]["auc"], 1.0, "{goal}");
        // The first row alone: 150 of the 180 that the frauds are worth.
        assert_eq!(report[goal]["duty_at_5"], 0.833333, "{goal}");
    }
    let wrong = String::from_utf8(RISK_TABLE.to_vec()).unwrap().replacen("2,1\n", "2,yes\n", 1);
    let wrong = file(folder.path(), "w.csv", wrong.as_bytes());
    let output = panjereh(&["risk", "evaluate", &wrong, "--model", &model]);
    assert!(
        complained(&output).contains("line 2: `yes` in the column `Fraud` is neither 0 nor 1"),
        "{}",
        complained(&output)
    );
    let none = file(folder.path(), "n.csv", &RISK_TABLE[..62]);
    let output = panjereh(&["risk", "evaluate", &none, "--model", &model]);
    assert_eq!((output.status.code(), said(&output).contains("nothing can be measured")), (Some(1), true));
}

#[test]
fn drift_is_told_by_column() {
    let folder = tempfile::tempdir().unwrap();
    let model = file(folder.path(), "m.txt", RISK_MODEL);
    let data = file(folder.path(), "d.csv", RISK_TABLE);
    let output = panjereh(&["risk", "drift", &data, "--model", &model, "--json"]);
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((output.status.code(), &report["rows"], &report["model"]), (Some(1), &6.into(), &RISK_HASH.into()));
    assert_eq!(
        (&report["columns"][0]["column"], &report["columns"][0]["verdict"]),
        (&"Item Price".into(), &"shifted".into())
    );
    assert_eq!(report["columns"][1]["verdict"], "stable");
    let plain = file(folder.path(), "p.txt", include_bytes!("../../customs/tests/data/sample-model.txt"));
    let output = panjereh(&["risk", "drift", &data, "--model", &plain]);
    assert!(complained(&output).contains("does not say on what it was trained"), "{}", complained(&output));
}
