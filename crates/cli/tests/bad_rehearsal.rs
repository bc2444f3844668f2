//! `panjereh rehearse` on a past or a map that does not do: the file, the line and the remedy, and nothing is written.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::root;
use tempfile::TempDir;

/// A small service with its map and its past, in a folder of their own.
struct Past(TempDir);

impl Past {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixtures = root().join("crates/app/tests/fixtures");
        for name in ["desk-log.csv", "desk-log.xes", "desk-map.yaml"] {
            std::fs::copy(fixtures.join(name), folder.path().join(name)).unwrap();
        }
        Self(folder)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    /// What is said of this past under this map: exit code 2, the complaint, and no new file.
    #[track_caller]
    fn complaint(&self, log: &str, map: &str, bytes: impl AsRef<[u8]>) -> String {
        let spoilt = self.0.path().join("spoilt");
        std::fs::write(&spoilt, bytes).unwrap();
        let output = common::command(self.0.path())
            .arg("rehearse")
            .arg(root().join("crates/app/tests/fixtures/desk"))
            .args([log, "--map", map, "--json"])
            .output()
            .unwrap();
        let complaint = common::complained(&output);
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        // A program that asked for JSON gets the complaint as JSON, and no report.
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(told["error"].as_str().unwrap().starts_with("spoilt") && told.get("cases").is_none(), "{told}");
        assert!(complaint.starts_with("error: spoilt") && complaint.contains("\nhint: "), "{complaint}");
        std::fs::remove_file(spoilt).unwrap();
        assert_eq!(files(self.0.path()), 3, "nothing is written");
        complaint
    }

    #[track_caller]
    fn log(&self, bytes: impl AsRef<[u8]>) -> String {
        self.complaint("spoilt", "desk-map.yaml", bytes)
    }

    #[track_caller]
    fn map(&self, bytes: impl AsRef<[u8]>) -> String {
        self.complaint("desk-log.csv", "spoilt", bytes)
    }
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[track_caller]
fn says(complaint: &str, parts: &[&str]) {
    for part in parts {
        assert!(complaint.contains(part), "{part} in: {complaint}");
    }
}

#[test]
fn a_past_in_csv() {
    let past = Past::new();
    let csv = past.read("desk-log.csv");
    says(&past.log(b""), &["spoilt: there are no events", "export the log again"]);
    says(
        &past.log([csv.as_bytes(), b"\xdd\xc7\xd1\xd3\xed,,,7,A apply,x,y,\n"].concat()),
        &["spoilt:27:", "Windows-1256", "save it as UTF-8"],
    );
    let utf16: Vec<u8> = csv.encode_utf16().flat_map(u16::to_be_bytes).collect();
    says(&past.log([b"\xfe\xff", utf16.as_slice()].concat()), &["UTF-16", "save it as UTF-8"]);
    says(
        &past.log(csv.replacen("case:id", "case", 1)),
        &["spoilt:1: there is no column `case:id`", "there is: case, "],
    );
    says(
        &past.log(csv.replacen("2024-01-08T09", "2024-02-30T09", 1)),
        &["spoilt:2:", "2024-02-30T09", "write it like 2011-10-11T"],
    );
    says(
        &past.log(csv.replacen("\nalpha,", &format!("\n{},", "x".repeat(1_000_000)), 1)),
        &["spoilt:2:", "1000000 characters", "no quote is missing"],
    );
    says(&past.log(csv.replacen("T telephone", "T telegraph", 1)), &["`T telegraph`", "name it under `activities`"]);
    says(&past.log(csv.replace(',', ";")), &["spoilt:1:", "commas between the columns"]);
}

#[test]
fn a_past_in_xes() {
    let past = Past::new();
    let xes = past.read("desk-log.xes");
    says(&past.log(&xes[..xes.len() / 2]), &["spoilt:", "cut off", "copy the file again, whole"]);
    let laughs = "<!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<log ";
    says(&past.log(xes.replacen("<log ", laughs, 1)), &["spoilt:", "a document type, which XES has not"]);
    says(&past.log(xes.replacen("value=\"ann\"", "value=\"&b;\"", 1)), &["spoilt:", "b"]);
    says(&past.log(format!("<log>{}", "<list key=\"a\">".repeat(10_000))), &["spoilt:1:", "nest more than 64 deep"]);
}

#[test]
fn a_map() {
    let past = Past::new();
    let map = past.read("desk-map.yaml");
    says(&past.map(b""), &["spoilt:1: the map must be keys with values"]);
    says(&past.map(b"# \xdd\xc7\xd1\xd3\xed\n"), &["spoilt:1:", "Windows-1256", "save the file as UTF-8"]);
    says(&past.map(map.replacen("time: iso", "time: [iso", 1)), &["spoilt:", "not YAML", "check the indentation"]);
    says(&past.map(map.replacen("stage: visit", "stage: visti", 1)), &["spoilt:12:", "`visti`", "there is: "]);
    says(&past.map(map.replacen("  size:", "  weight:", 1)), &["spoilt:5:", "no fact `weight`", "there is: "]);
}

#[test]
fn a_column_of_the_map_that_the_past_has_not() {
    let past = Past::new();
    let map = past.read("desk-map.yaml").replacen("case:due", "case:duo", 1);
    std::fs::write(past.0.path().join("desk-map.yaml"), map).unwrap();
    let csv = past.read("desk-log.csv");
    says(&past.log(csv), &["spoilt:1: there is no column `case:duo`, which the map names", "mend the name in the map"]);
}
