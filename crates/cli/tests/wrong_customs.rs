//! Whatever files are given to the verbs of customs and risk: each complaint names the file and what to do, the exit code is right, and nothing half done is printed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{complained, panjereh, said};
use serde_json::Value;

const SAMPLE: &str = include_str!("../../customs/tests/data/sample-declaration.xml");
const BOOK: &str = include_str!("../../customs/tests/data/synthetic-national-book.csv");
const MODEL: &str = include_str!("../../customs/tests/data/sample-risk.txt");
const PLAIN: &str = include_str!("../../customs/tests/data/sample-model.txt");
const TARIFF: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n08031010,,,,A00,16.0%,,\n,,,,B00,20%,,\n";
const ROWS: &str =
    "Country of Origin,HS6 Code,Item Price,Tax Rate,Net Mass,Fraud\nFR,220421,1000,15,2,1\nDE,870323,100,20,4,0\n";

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Files that nothing can be done with, by name; one is not there, and one is a folder.
fn useless(folder: &Path) -> Vec<String> {
    let windows = b"commodity,\xdd\xc7\xd1\xd3\xed\n1,2\n";
    vec![
        folder.join("missing").to_str().unwrap().to_owned(),
        folder.to_str().unwrap().to_owned(),
        file(folder, "empty", ""),
        file(folder, "windows", windows),
        file(folder, "utf16", utf16(ROWS)),
        file(folder, "zeros", [0_u8; 40]),
    ]
}

/// It could not run: it names the file and says what to do, and nothing goes out.
fn refused(output: &Output, named: &str) -> String {
    let complaint = complained(output);
    assert_eq!(output.status.code(), Some(2), "{complaint}{}", said(output));
    assert!(complaint.starts_with("error: ") && complaint.contains("\nhint: "), "{complaint}");
    assert!(complaint.contains(named) && !complaint.contains("panicked"), "{named}: {complaint}");
    assert_eq!(said(output), "", "{complaint}");
    complaint
}

#[test]
fn what_is_no_table_and_no_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let model = file(folder.path(), "m.txt", MODEL);
    let rows = file(folder.path(), "rows.csv", ROWS);
    let declaration = file(folder.path(), "d.xml", SAMPLE);
    for bad in useless(folder.path()) {
        for verb in ["score", "evaluate", "drift"] {
            refused(&panjereh(&["risk", verb, &bad, "--model", &model]), &bad);
            refused(&panjereh(&["risk", verb, &rows, "--model", &bad]), &bad);
        }
        refused(&panjereh(&["customs", "assess", &declaration, "--tariff", &bad]), &bad);
        refused(&panjereh(&["tariff", "import", "hs2022", &bad]), &bad);
        for book in ["national-book", "uk-global-tariff"] {
            refused(&panjereh(&["tariff", "import", book, &bad, "--valid-from", "2026-03-21"]), &bad);
        }
        refused(&panjereh(&["tariff", "search", "flour", "--nomenclature", &bad]), &bad);
    }
    let complaint =
        refused(&panjereh(&["risk", "score", &file(folder.path(), "u", utf16(ROWS)), "--model", &model]), "u:1: ");
    assert!(complaint.contains("UTF-16") && complaint.contains("CSV UTF-8"), "{complaint}");
}

#[test]
fn what_is_no_declaration_is_refused_with_a_reason_or_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let tariff = file(folder.path(), "t.csv", TARIFF);
    let original = file(folder.path(), "d.xml", SAMPLE);
    file(folder.path(), "cut.xml", &SAMPLE[..900]);
    let cut = folder.path().join("cut.xml").to_str().unwrap().to_owned();
    let unread = [folder.path().join("missing").to_str().unwrap().to_owned(), "/dev".to_owned()];
    for bad in useless(folder.path()).into_iter().filter(|bad| Path::new(bad).is_file()).chain([cut]) {
        for arguments in [
            &["customs", "read", &bad][..],
            &["customs", "assess", &bad, "--tariff", &tariff],
            &["customs", "amend", &bad, &original],
            &["customs", "amend", &original, &bad],
            &["customs", "read", &original, "--items", &bad],
        ] {
            let output = panjereh(arguments);
            let told = said(&output);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}{}", complained(&output));
            // Each reason has its file and place before it, and beneath it what to do.
            let line = told
                .lines()
                .find(|line| line.starts_with(&format!("{bad}:")))
                .unwrap_or_else(|| panic!("{arguments:?}: {told}"));
            assert!(
                told.lines().skip_while(|own| *own != line).nth(1).is_some_and(|next| next.starts_with("  ")),
                "{told}"
            );
            assert_eq!(complained(&output), "", "{arguments:?}");
        }
    }
    for bad in &unread {
        refused(&panjereh(&["customs", "assess", bad, "--tariff", &tariff]), bad);
        refused(&panjereh(&["customs", "amend", bad, &original]), bad);
        refused(&panjereh(&["customs", "amend", &original, bad]), bad);
        refused(&panjereh(&["customs", "read", bad]), bad);
    }
}

/// Links that lead nowhere or around, a pipe that nobody writes into, a folder under a file's name: each is one refusal, and the rest is read.
#[test]
fn what_cannot_be_read_in_a_folder_is_refused_alone() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "good.xml", SAMPLE);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
    link("nowhere", "dangling.xml");
    link("around.xml", "around.xml");
    link(".", "folder.xml");
    link("/dev/zero", "endless.edi");
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.edi")).status().unwrap().success());
    let path = folder.path().to_str().unwrap();
    let output = panjereh(&["customs", "read", path, "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    let refused = report["refused"].as_array().unwrap();
    assert_eq!((&report["accepted"], refused.len()), (&Value::from(1), 5), "{report:#}");
    assert!(refused.iter().all(|one| one["line"] == 0 && one["remedy"] != "" && one["reason"] != ""), "{report:#}");
    let told = said(&panjereh(&["customs", "read", path]));
    assert!(told.contains("dangling.xml: No such file") && told.ends_with("1 accepted, 5 refused\n"), "{told}");
}

#[test]
fn rows_are_scored_all_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let plain = file(folder.path(), "p.txt", PLAIN);
    let many = |last: &str| format!("origin,mass\n{}{last}\n", "33,10\n".repeat(3_000));
    for (content, expected) in [
        (many("33,heavy"), "line 3002: `heavy` in the column `mass` is no number"),
        (many("33,۱۰"), "line 3002: `۱۰` in the column `mass` is no number"),
        (many("33,inf"), "line 3002: `inf` in the column `mass` is larger than any number"),
        (many("33,-Infinity"), "line 3002: `-Infinity` in the column `mass` is larger"),
        (many("33,1e400"), "line 3002: `1e400` in the column `mass` is larger"),
        (many("1e400,10"), "line 3002: `1e400` in the column `origin` is larger"),
        (many("33"), "line: 3002"),
        (many("33,10,7"), "line: 3002"),
        ("mass;origin\n10;33\n".to_owned(), "there are no columns `mass`"),
        ("weight,country\n10,33\n".to_owned(), "there are no columns `mass`, `origin`, which the model reads"),
        ("mass,origin,mass\n10,33,11\n".to_owned(), "the column `mass` stands twice"),
    ] {
        let data = file(folder.path(), "w.csv", &content);
        let complaint = refused(&panjereh(&["risk", "score", &data, "--model", &plain]), "w.csv");
        assert!(complaint.contains(expected), "{complaint}");
    }
    // Numbers of any length are numbers.
    let data =
        file(folder.path(), "long.csv", format!("mass,origin\n{},33\n-{}.5,1e3\n", "9".repeat(40), "7".repeat(300)));
    let output = panjereh(&["risk", "score", &data, "--model", &plain]);
    assert_eq!((output.status.code(), said(&output).lines().count()), (Some(0), 3), "{}", complained(&output));
    // What peers write for a missing number counts as an empty cell does.
    let data = file(folder.path(), "missing.csv", "mass,origin\n,33\nnan,33\nNaN,33\nNA,33\nnull,33\n");
    let output = panjereh(&["risk", "score", &data, "--model", &plain]);
    let scores: Vec<String> =
        said(&output).lines().skip(1).filter_map(|line| Some(line.split_once(',')?.1.to_owned())).collect();
    assert!(scores.len() == 5 && scores.iter().all(|score| *score == scores[0]), "{scores:?}{}", complained(&output));
    for count in ["1001", "18446744073709551615", "-1", "x"] {
        let output = panjereh(&["risk", "score", &data, "--model", &plain, "--reasons", count]);
        assert_eq!(output.status.code(), Some(2), "{count}");
    }
    let none = file(folder.path(), "none.csv", "Country of Origin,HS6 Code,Item Price,Tax Rate,Net Mass\n");
    let model = file(folder.path(), "m.txt", MODEL);
    assert!(refused(&panjereh(&["risk", "drift", &none, "--model", &model]), "none.csv").contains("has no rows"));
}

#[test]
fn a_model_that_is_cut_or_broken_is_told_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let rows = file(folder.path(), "rows.csv", "origin,mass\n33,10\n");
    let halves = [MODEL, PLAIN].map(|model| model[..model.len() / 2].to_owned());
    for (content, expected) in [
        (halves[0].clone(), "line "),
        (halves[1].clone(), "line "),
        (PLAIN.replace("left_child=-1", "left_child=0"), "line 18: `0` in `left_child`"),
        (PLAIN.replace("threshold=100", "threshold=NaN"), "line 16: `NaN` in `threshold`"),
        (PLAIN.replace("leaf_value=0.5", "leaf_value=inf"), "line 20: `inf` in `leaf_value`"),
        (PLAIN[..PLAIN.find("mass=1").unwrap()].to_owned(), "the file ends too early"),
    ] {
        let model = file(folder.path(), "model.txt", content);
        let complaint = refused(&panjereh(&["risk", "score", &rows, "--model", &model]), "model.txt");
        assert!(complaint.contains(expected), "{expected}: {complaint}");
    }
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let plain = file(folder.path(), "p.txt", PLAIN);
    let mut command = Command::new(env!("CARGO_BIN_EXE_panjereh"));
    command.args(["risk", "score", "/dev/stdin", "--model", &plain]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"mass,origin\n10,33\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(said(&output), "line,score\n2,0.75\n", "{}", complained(&output));
}

#[test]
fn books_and_tariffs_are_taken_over_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("codes.csv");
    std::fs::write(&kept, "what stood there").unwrap();
    // Without its rates the last row would be a heading.
    let cut = file(folder.path(), "cut.csv", &BOOK[..BOOK.find(" furniture for the home").unwrap()]);
    let import = |book: &str| {
        let nomenclature = kept.to_str().unwrap();
        panjereh(&[
            "tariff",
            "import",
            "national-book",
            book,
            "--valid-from",
            "2026-03-21",
            "--nomenclature",
            nomenclature,
        ])
    };
    assert!(refused(&import(&cut), "cut.csv:14: ").contains("it was cut short"));
    let short = file(
        folder.path(),
        "short.csv",
        "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n0803,,,,A00,16.0%,20",
    );
    let declaration = file(folder.path(), "d.xml", SAMPLE);
    let complaint = refused(&panjereh(&["customs", "assess", &declaration, "--tariff", &short]), "short.csv:2: ");
    assert!(complaint.contains("it was cut short"), "{complaint}");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "what stood there");
    for (content, expected) in [
        ("commodity,ukgt_duty_rate\n01012100,0%\n", "the column `cet_duty_rate` is missing"),
        ("commodity,ukgt_duty_rate,cet_duty_rate\n1.01E+07,0%,0%\n", "line 2: `1.01E+07` is no code of a commodity"),
        ("commodity,ukgt_duty_rate,cet_duty_rate\n01012100,\"0%,0%\n", "not CSV"),
    ] {
        let table = file(folder.path(), "uk.csv", content);
        let output = panjereh(&["tariff", "import", "uk-global-tariff", &table, "--valid-from", "2021-01-01"]);
        let complaint = refused(&output, "uk.csv: ");
        assert!(complaint.contains(expected), "{complaint}");
    }
    let codes = file(folder.path(), "n.csv", "code,parent,en,fa\n1101,,Flour,آرد\n");
    for query in ["كيك", "۱۱۰۱", &"آرد ".repeat(5_000), "\u{202e}flour", "\"; drop"] {
        let output = panjereh(&["tariff", "search", query, "--nomenclature", &codes, "--limit", "100000"]);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", complained(&output));
    }
    for limit in ["0", "100001", "18446744073709551615", "-1", "ten"] {
        let output = panjereh(&["tariff", "search", "flour", "--nomenclature", &codes, &format!("--limit={limit}")]);
        assert_eq!(output.status.code(), Some(2), "{limit}");
        assert!(complained(&output).contains("1 to 100000"), "{}", complained(&output));
    }
}

/// A sheet may have 100,000 items, and says so of one more; amounts of 40 digits are told with their cell.
#[test]
fn large_sheets_and_large_numbers_get_their_reason() {
    let folder = tempfile::tempdir().unwrap();
    let from = SAMPLE.find("<GovernmentAgencyGoodsItem>").unwrap();
    let to = SAMPLE.find("</GoodsShipment>").unwrap();
    let head = file(folder.path(), "head.xml", format!("{}{}", &SAMPLE[..from], &SAMPLE[to..]));
    let sheet = |name: &str, rows: &str| file(folder.path(), name, format!("commodity,origin,price,currency\n{rows}"));
    let large = sheet("large.csv", &"0803,TR,1,EUR\n".repeat(100_001));
    let output = panjereh(&["customs", "read", &head, "--items", &large]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(said(&output).contains("large.csv:") && said(&output).contains("100000"), "{}", said(&output));
    let long = sheet("long.csv", &format!("0803,TR,{},EUR\n", "9".repeat(40)));
    let output = panjereh(&["customs", "read", &head, "--items", &long, "--json"]);
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    let refused = &report["refused"][0];
    assert_eq!((&refused["line"], output.status.code()), (&Value::from(2), Some(1)), "{report:#}");
    assert!(refused["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{report:#}");
}
