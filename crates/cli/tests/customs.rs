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
    // What is refused is told in its place, as `read` tells it.
    let wrong = file(folder.path(), "w.xml", SAMPLE.replace(">1000.50<", ">-1000.50<").as_bytes());
    let output = panjereh(&["customs", "assess", &wrong, "--tariff", &tariff]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("`-1000.50` is below zero\n  in Declaration/"), "{}", said(&output));
    let output = panjereh(&["customs", "assess", &wrong, "--tariff", &tariff, "--json"]);
    let told: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(told["refused"][0]["data_element"], "112");
}

/// What the goods accounts say of the sample's item: 400 rials of foreign materials, 100 of the mainland's.
const GOODS: &str = r#"[{"line": {
    "item": {"declaration": "SAMPLE-1", "item": 1}, "commodity": "08031010", "quantity": {"amount": "500", "unit": "KGM"},
    "made": {"amount": "500", "unit": "KGM"}, "contents": [
        {"item": {"declaration": "IN-1", "item": 1}, "status": "foreign", "commodity": "170199",
         "quantity": {"amount": "9", "unit": "KGM"}, "value": {"amount": "400", "currency": "IRR"}},
        {"item": {"declaration": "IN-2", "item": 1}, "status": "mainland", "commodity": "110812",
         "quantity": {"amount": "3", "unit": "KGM"}, "value": {"amount": "100", "currency": "IRR"}}]}}]"#;

#[test]
fn what_was_made_in_a_free_zone_owes_duty_on_foreign_materials_alone() {
    let folder = tempfile::tempdir().unwrap();
    let priced = SAMPLE
        .replace("currencyID=\"EUR\">1000.50", "currencyID=\"IRR\">1000")
        .replace("<CurrentCode>40</CurrentCode><PreviousCode>00<", "<CurrentCode>40</CurrentCode><PreviousCode>78<");
    let declaration = file(folder.path(), "d.xml", priced.as_bytes());
    let tariff = TARIFF.replace("A00", "CUD").replace("16.0%", "10%").replace("B00", "VAT");
    let tariff = file(folder.path(), "t.csv", tariff.as_bytes());
    let goods = file(folder.path(), "g.json", GOODS.as_bytes());
    let assess = |more: &[&str]| {
        let basic = ["customs", "assess", &declaration, "--tariff", &tariff, "--policy", "ir-free-zone"];
        panjereh(&[&basic, more].concat())
    };
    let output = assess(&["--goods", &goods, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", said(&output), complained(&output));
    let lines: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&lines[0]["assessed"], &lines[0]["deduct"]), (&Value::from("40"), &Value::from("60")));
    assert_eq!(lines[1]["assessed"], "208");
    assert!(lines[0]["why"].to_string().contains("(1000 IRR - 400 IRR) / 1000 IRR = 3/5"), "{}", lines[0]["why"]);
    // Without the accounts nothing is guessed.
    let output = assess(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nothing says what they were made of"), "{}", said(&output));
    let wrong = file(folder.path(), "w.json", b"[{\"line\": 3}]");
    let output = assess(&["--goods", &wrong]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("w.json: invalid type"), "{}", complained(&output));
}

#[test]
fn wrong_files_are_named_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let declaration = file(folder.path(), "d.xml", SAMPLE.as_bytes());
    let tariff = file(folder.path(), "t.csv", TARIFF.replace("16.0%", "16.0").as_bytes());
    let windows = file(folder.path(), "w.csv", b"\xc7\xed\xd1");
    for (arguments, expected) in [
        (vec!["customs", "assess", &declaration, "--tariff", &tariff], "t.csv:2: `%` or a currency should stand"),
        (vec!["customs", "assess", &declaration, "--tariff", &windows], "w.csv:1: the line is not UTF-8"),
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
        (&b"id,origin,mas\n"[..], "there is no column `mass` (is it `mas`?), which the model reads"),
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

const INTERCHANGE: &str = include_str!("../../customs/tests/data/sample-interchange.edi");

#[test]
fn an_interchange_is_read_and_assessed_like_a_declaration() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.edi", INTERCHANGE.as_bytes());
    file(folder.path(), "counts.edifact", INTERCHANGE.replace("UNT+37+1", "UNT+99+1").as_bytes());
    let output = panjereh(&["customs", "read", folder.path().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&report["accepted"], &report["messages"][0]["purpose"]), (&Value::from(1), &Value::from("original")));
    assert_eq!(report["messages"][0]["left"][0], "segment 37 (AUT): AUT+SAMPLE'");
    let refused = &report["refused"][0];
    assert_eq!((&refused["line"], &refused["at"]), (&Value::from(39), &Value::from("segment 38 (UNT)")));
    assert_eq!(refused["reason"], "UNT says 99 segments, and there are 37");
    // Without its ending it is known by what is in it.
    let named = file(folder.path(), "message", INTERCHANGE.as_bytes());
    assert_eq!(panjereh(&["customs", "read", &named]).status.code(), Some(0));
    let tariff = file(folder.path(), "t.csv", TARIFF.as_bytes());
    let rates = file(folder.path(), "r.csv", b"currency,rate,valid_from,valid_to\nEUR,0.5,2026-01-01,\n");
    let arguments =
        ["customs", "assess", &good, "--tariff", &tariff, "--rates", &rates, "--day", "2026-11-25", "--json"];
    let output = panjereh(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}{}", said(&output), complained(&output));
    let lines: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&lines[0]["assessed"], &lines[1]["payable"]), (&Value::from("80.04"), &Value::from("116.05")));
}

#[test]
fn a_declaration_is_amended_and_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let original = file(folder.path(), "d.xml", SAMPLE.as_bytes());
    let request = |kind: &str, pointers: &str, given: &str| {
        format!(
            "<Declaration><FunctionCode>13</FunctionCode><ID>MRN1</ID><TypeCode>{kind}</TypeCode><Amendment><ChangeReasonCode>28</ChangeReasonCode>{pointers}</Amendment>{given}</Declaration>"
        )
    };
    let pointers: String = [("42A", ""), ("67A", ""), ("68A", "1"), ("23A", "1"), ("79A", "1")]
        .map(|(section, number)| {
            let number =
                if number.is_empty() { String::new() } else { format!("<SequenceNumeric>{number}</SequenceNumeric>") };
            let tag = if section == "79A" { "<TagID>112</TagID>" } else { "" };
            format!("<Pointer>{number}<DocumentSectionCode>{section}</DocumentSectionCode>{tag}</Pointer>")
        })
        .concat();
    let given = "<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity><InvoiceLine><ItemChargeAmount currencyID=\"EUR\">999</ItemChargeAmount></InvoiceLine></Commodity></GovernmentAgencyGoodsItem></GoodsShipment>";
    let amendment = file(folder.path(), "a.xml", request("COR", &pointers, given).as_bytes());
    let cancellation = file(folder.path(), "c.xml", request("INV", "", "").as_bytes());
    let nowhere = file(folder.path(), "n.xml", request("COR", &pointers.replace("112", "113"), given).as_bytes());
    let output = panjereh(&["customs", "amend", &original, &amendment, &cancellation, "--id", "MRN1", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    let change = &report["changes"][0];
    assert_eq!(
        (&change["before"], &change["after"], &change["data_element"]),
        (&Value::from("1000.50 EUR"), &Value::from("999 EUR"), &Value::from("112"))
    );
    assert_eq!((&report["cancelled"]["reason"], &report["id_known"]), (&Value::from("28"), &Value::from(true)));
    // What it comes to is a declaration.
    let xml = said(&panjereh(&["customs", "amend", &original, &amendment, "--xml"]));
    let amended = file(folder.path(), "amended.xml", xml.as_bytes());
    assert_eq!(panjereh(&["customs", "read", &amended]).status.code(), Some(0), "{xml}");
    assert!(said(&panjereh(&["customs", "amend", &original, &amendment])).contains("was not checked"));
    for (arguments, expected) in [
        (
            vec!["customs", "amend", &original, &amendment, "--id", "MRN2"],
            "it concerns the declaration MRN1, and this one is MRN2",
        ),
        (vec!["customs", "amend", &original, &nowhere], "`113` is no datum of `InvoiceLine`"),
        (vec!["customs", "amend", &original, &cancellation, &amendment], "the declaration was cancelled"),
        (vec!["customs", "amend", &original, &original], "this is no request to change a declaration"),
        (vec!["customs", "amend", &amendment, &amendment], "this is no original declaration"),
    ] {
        let output = panjereh(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(said(&output).contains(expected), "{}", said(&output));
    }
}

#[test]
fn a_head_and_a_sheet_of_items_are_one_declaration() {
    let folder = tempfile::tempdir().unwrap();
    let from = SAMPLE.find("<GovernmentAgencyGoodsItem>").unwrap();
    let to = SAMPLE.find("</GoodsShipment>").unwrap();
    let head = file(folder.path(), "head.xml", format!("{}{}", &SAMPLE[..from], &SAMPLE[to..]).as_bytes());
    let items = file(
        folder.path(),
        "items.csv",
        "کد تعرفه;كشور سازنده;ارزش;ارز;رویه;رویه قبلی\n۰۸۰۳۱۰۱۰;TR;۱۰۰۰٫۵۰;EUR;۴۰;۰۰\n".as_bytes(),
    );
    let output = panjereh(&["customs", "read", &head, "--items", &items, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", said(&output), complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&report["accepted"], &report["messages"][0]["items"]), (&Value::from(1), &Value::from(1)));
    let tariff = file(folder.path(), "t.csv", TARIFF.as_bytes());
    let rates = file(folder.path(), "r.csv", b"currency,rate,valid_from,valid_to\nEUR,0.5,2026-01-01,\n");
    let output =
        panjereh(&["customs", "assess", &head, "--items", &items, "--tariff", &tariff, "--rates", &rates, "--json"]);
    let lines: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!((&lines[0]["assessed"], &lines[1]["payable"]), (&Value::from("80.04"), &Value::from("116.05")));
    // Every wrong cell in one go, and nothing is taken.
    let wrong = file(folder.path(), "wrong.csv", b"commodity,origin,price,currency\n0803,TR,ten,EUR\n,TR,10,EUR\n");
    let output = panjereh(&["customs", "read", &head, "--items", &wrong]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    assert!(
        told.contains("cell C2 (price): `ten` is not a number") && told.contains("cell A3 (commodity): it is empty"),
        "{told}"
    );
    let output = panjereh(&["customs", "read", &head, "--items", "/no/such.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
}
