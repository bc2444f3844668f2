//! `panjereh table`: tables go to DMN and come back as they were, and what cannot come is named with its place and what to do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;
use std::process::Output;

use common::{complained, copy, panjereh, said};

/// Per service of a zone in which nothing is wrong, its name and its hash.
fn hashes(zone: &Path) -> Vec<(String, [u8; 32])> {
    let report = definition::check(&app::read_zone(zone).unwrap());
    assert_eq!(report.problems, []);
    report.zone.unwrap().services().iter().map(|(name, service)| (name.clone(), service.hash())).collect()
}

/// A DMN file, and what importing it gives.
fn import(dmn: &[u8], further: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.dmn");
    std::fs::write(&file, dmn).unwrap();
    panjereh(&[&["table", "import", file.to_str().unwrap()], further].concat())
}

#[test]
fn every_table_of_maku_comes_back_as_it_went() {
    let folder = tempfile::tempdir().unwrap();
    copy(&common::root().join("zones/maku"), folder.path());
    let zone = folder.path().to_str().unwrap();
    let before = hashes(folder.path());
    let mut seen = 0;
    for service in std::fs::read_dir(folder.path().join("services")).unwrap().map(|entry| entry.unwrap().path()) {
        let files = std::fs::read_dir(&service).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "csv")) {
            let (service, table) = (service.file_name().unwrap(), file.file_stem().unwrap());
            let exported = panjereh(&["table", "export", zone, service.to_str().unwrap(), table.to_str().unwrap()]);
            assert_eq!(exported.status.code(), Some(0), "{}", complained(&exported));
            let imported = import(&exported.stdout, &[]);
            assert_eq!(imported.status.code(), Some(0), "{file:?}: {}", complained(&imported));
            // Notes are in no hash, so they are counted by themselves.
            let written = std::fs::read_to_string(&file).unwrap();
            assert_eq!(definition::notes(&said(&imported)), definition::notes(&written), "{file:?}");
            std::fs::write(&file, &imported.stdout).unwrap();
            seen += 1;
        }
    }
    assert!(seen >= 6, "only {seen} tables");
    let checked = panjereh(&["check", zone]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert_eq!(hashes(folder.path()), before);
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\">\n";

/// A DMN file with one decision: its table's attributes, and one rule.
fn decision(attributes: &str, input: &str, cell: &str, output: &str) -> String {
    format!(
        "{HEAD}<decision name=\"d\"><decisionTable {attributes}>\n\
         <input><inputExpression typeRef=\"number\"><text>{input}</text></inputExpression></input>\n\
         <output name=\"Fee Due\"/>\n\
         <rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>{output}</text></outputEntry></rule>\n\
         </decisionTable></decision></definitions>"
    )
}

#[test]
fn other_peoples_tables_become_files_of_a_service() {
    let imported = import(decision("", "Applicant Age", "&lt; 5e10", "1.5E+3").as_bytes(), &[]);
    assert_eq!(imported.status.code(), Some(0), "{}", complained(&imported));
    assert_eq!(said(&imported), "in:applicant-age,out:fee-due:decimal(0)\n< 50000000000,1500\n");
}

#[test]
fn what_cannot_come_is_named_with_its_place_and_what_to_do() {
    let whole = decision("", "a", "1", "\"x\"");
    let none = format!("{HEAD}</definitions>");
    for (dmn, code, place, words) in [
        (format!("\n<!DOCTYPE a>{whole}"), 2, ":2:1: ", "document type"),
        ("<a/>".to_owned(), 2, ":1:1: ", "begins with `a`"),
        ("<a".to_owned(), 2, ":1:1: ", "not XML"),
        ("text".to_owned(), 2, ":1:1: ", "not XML"),
        (String::new(), 2, ":1:1: ", "no element"),
        (whole.replace("</rule>", ""), 2, ":", "not XML"),
        (none, 2, "", "no decision"),
        (decision("hitPolicy=\"COLLECT\" aggregation=\"AVG\"", "a", "1", "\"x\""), 1, ":3:1: ", "COLLECT AVG"),
        (decision("", "a + b", "1", "\"x\""), 1, ":3:1: ", "computed by `a + b`"),
        (decision("", "a", "1e40", "\"x\""), 1, ":6:26: ", "`e40`"),
        (decision("", "a", "b * 2", "\"x\""), 1, ":6:", "b * 2"),
        (whole.replace("Fee Due", "هزینه"), 1, ":5:", "هزینه"),
        (
            whole.replace(
                "<output name=\"Fee Due\"/>",
                "<output><defaultOutputEntry><text>\"y\"</text></defaultOutputEntry></output>",
            ),
            1,
            ":5:",
            "when no rule matches",
        ),
    ] {
        let imported = import(dmn.as_bytes(), &[]);
        let complaint = complained(&imported);
        assert_eq!(imported.status.code(), Some(code), "{dmn}\n{complaint}");
        assert!(complaint.contains(&format!("table.dmn{place}")) && complaint.contains(words), "{dmn}\n{complaint}");
        assert!(complaint.contains("hint: "), "{complaint}");
        for debug in ["{ ", "DocumentType", "NotDmn", "HitPolicy", "byte "] {
            assert!(!complaint.contains(debug), "{complaint}");
        }
    }
    let utf16 = import(b"\xff\xfe<\x00", &[]);
    assert_eq!(utf16.status.code(), Some(2));
    assert!(complained(&utf16).contains("UTF-8"), "{}", complained(&utf16));
}

#[test]
fn of_several_tables_one_is_chosen() {
    let one = decision("", "a", "1", "\"x\"");
    let begin = one.find("<decision ").unwrap();
    let end = one.find("</definitions>").unwrap();
    let two = format!("{}{}{}", &one[..end], one[begin..end].replace("\"d\"", "\"e\""), &one[end..]);
    let both = import(two.as_bytes(), &[]);
    assert_eq!(both.status.code(), Some(2));
    assert!(complained(&both).contains("d, e"), "{}", complained(&both));
    let chosen = import(two.as_bytes(), &["e"]);
    assert_eq!((chosen.status.code(), said(&chosen).as_str()), (Some(0), "in:a,out:fee-due\n1,x\n"));
    let missing = import(two.as_bytes(), &["f"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(complained(&missing).contains("d, e"), "{}", complained(&missing));
}
