//! `panjereh tariff import` and `panjereh tariff search`: books and nomenclatures become files, codes are found in them, and wrong files are told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{complained, panjereh, said};
use serde_json::Value;

const BOOK: &str = include_str!("../../customs/tests/data/synthetic-national-book.csv");
const HS: &str = "section,hscode,description,parent,level\nII,08,Fruit and nuts,TOTAL,2\nII,0802,Nuts,08,4\nII,080251,Pistachios in shell,0802,6\n";
const SECTIONS: &str = "section,name\nII,Vegetable products\n";

/// A file in a folder; its path.
fn file(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_is_imported_is_found_and_assessed() {
    let folder = tempfile::tempdir().unwrap();
    let (book, codes, sections) = (
        file(folder.path(), "book.csv", BOOK.as_bytes()),
        file(folder.path(), "hs.csv", HS.as_bytes()),
        file(folder.path(), "sections.csv", SECTIONS.as_bytes()),
    );
    let output = panjereh(&["tariff", "import", "hs2022", &codes, "--sections", &sections]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(
        said(&output).starts_with("code,parent,en,fa\nII,,Vegetable products,\n08,II,Fruit and nuts,\n"),
        "{}",
        said(&output)
    );
    let system = file(folder.path(), "system.csv", &output.stdout);

    let national = folder.path().join("national.csv").to_str().unwrap().to_owned();
    let output = panjereh(&[
        "tariff",
        "import",
        "national-book",
        &book,
        "--valid-from",
        "2026-03-21",
        "--nomenclature",
        &national,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let tariff = said(&output);
    assert!(tariff.contains("\n08025100,,,,COM,51%,2026-03-21,\n"), "{tariff}");
    assert!(!folder.path().join("national.csv.part").exists());

    let search =
        ["tariff", "search", "pistacios", "پسته", "با", "پوست", "--nomenclature", &system, "--nomenclature", &national];
    let output = panjereh(&[&search[..], &["--json", "--limit", "1"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let found: Value = serde_json::from_str(&said(&output)).unwrap();
    let hit = &found["hits"][0];
    assert_eq!((&hit["code"], &hit["priority"]), (&Value::from("08025100"), &Value::from("4")));
    let path: Vec<&str> = hit["path"].as_array().unwrap().iter().map(|step| step["code"].as_str().unwrap()).collect();
    assert_eq!(path, ["II", "08", "0802", "080251", "08025100"]);
    let spelling = serde_json::json!({ "by": "word", "asked": "pistacios", "found": "pistachios", "how": "spelling", "in": "own" });
    assert_eq!(hit["why"][0], spelling);
    let told = said(&panjereh(&search));
    assert!(
        told.starts_with(
            "08025100 پسته با پوست / Pistachios, in shell\n  II Vegetable products > 08 Fruit and nuts > "
        ),
        "{told}"
    );
    assert!(told.contains("\n  found by pistacios (spelt pistachios), پسته, پوست\n"), "{told}");
}

#[test]
fn synonyms_and_past_cases_come_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let nomenclature = file(
        folder.path(),
        "n.csv",
        "code,parent,en,fa\n870380,,Electric motor cars,\n080251,,Pistachios,\n".as_bytes(),
    );
    let synonyms = file(folder.path(), "s.csv", "term,synonyms,language\nzarfish,motor car,en\n".as_bytes());
    let accepted = file(folder.path(), "a.csv", b"text,code\nGreen gold of Kerman,08025100\nOld,999999\n");
    let search = |query: &str, more: &[&str]| {
        let output = panjereh(&[&["tariff", "search", query, "--nomenclature", &nomenclature], more].concat());
        (output.status.code().unwrap(), said(&output), complained(&output))
    };
    let (code, told, _) = search("zarfish", &["--synonyms", &synonyms]);
    assert!(code == 0 && told.starts_with("870380 ") && told.contains("zarfish (motor car means the same)"), "{told}");
    let (code, told, complaint) = search("green gold of kerman", &["--accepted", &accepted]);
    assert!(
        code == 0 && told.contains("found by what was accepted for the same text (1), green, gold, kerman"),
        "{told}"
    );
    assert!(complaint.contains("1 past cases have a code that the nomenclature has not"), "{complaint}");
    let (code, told, _) = search("zarfish", &[]);
    assert!(code == 1 && told.starts_with("nothing is found"), "{told}");
    let (code, told, _) = search("8703", &[]);
    assert!(code == 0 && told.contains("870380 Electric motor cars\n  found by its code\n"), "{told}");
    let (_, _, complaint) = search(&"pistachio ".repeat(1000), &[]);
    assert!(complaint.contains("only the first 1024 characters"), "{complaint}");
}

#[test]
fn wrong_files_are_refused_with_their_lines_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "n.csv", b"code,parent,en,fa\n870380,,Cars,\n");
    let book = file(folder.path(), "b.csv", "کد,شرح,حقوق گمرکی,سود بازرگانی\n0902,چای,4,\n8,پسته,4,5\n".as_bytes());
    let windows = file(folder.path(), "w.csv", b"code,fa,duty,commercial profit\n0902,\x8d\xc7\xed,4,5\n");
    let kept = file(folder.path(), "kept.csv", b"what stood here\n");
    let import = ["tariff", "import", "national-book"];
    for (arguments, expected) in [
        (
            [&import[..], &[&book, "--valid-from", "2026-03-21", "--nomenclature", &kept]].concat(),
            "b.csv:2: one of the two rates is given, the other is not; write both",
        ),
        (
            [&import[..], &[&book, "--valid-from", "2026-03-21"]].concat(),
            "b.csv:3: the code `8` has an odd number of digits",
        ),
        (
            [&import[..], &[&windows, "--valid-from", "2026-03-21"]].concat(),
            "w.csv:2: the line is not UTF-8; it may be Windows-1256; open it",
        ),
        (vec!["tariff", "import", "hs2022", &good], "n.csv:1: the column `section` is missing"),
        (vec!["tariff", "search", "tea", "--nomenclature", &book], "b.csv:1: "),
        (vec!["tariff", "search", "tea", "--nomenclature", "/no/such/file"], "/no/such/file"),
        (
            vec!["tariff", "search", "tea", "--nomenclature", &good, "--synonyms", &good],
            "n.csv:1: the columns are `code,parent,en,fa`, and should be `term,synonyms,language`",
        ),
        (vec!["tariff", "search", "tea", "--nomenclature", &good, "--accepted", &good], "should be `text,code`"),
    ] {
        let output = panjereh(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let complaint = complained(&output);
        assert!(
            complaint.contains(expected) && complaint.contains("hint: ") && said(&output).is_empty(),
            "{arguments:?}: {complaint}"
        );
    }
    let persian = panjereh(&[&import[..], &[&book, "--valid-from", "1405-01-01"]].concat());
    assert_eq!(persian.status.code(), Some(2));
    let complaint = complained(&persian);
    assert!(complaint.contains("no tariff began in the year 1405 of the Gregorian calendar"), "{complaint}");
    assert_eq!(std::fs::read(&kept).unwrap(), b"what stood here\n");
}
