//! `panjereh disclose` and `panjereh audit`: from a running demonstration to a report, and what is said when something is not as it should be.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;
use std::process::Output;

use common::{Demo, application, complained, panjereh, said};
use serde_json::Value;

/// A demonstration in which two people were granted a licence, stopped; the key of its log.
fn demonstration(folder: &Path) -> String {
    let demo = Demo::start(folder);
    let key = demo.log_key().to_owned();
    for (number, person) in [(1, "P-0001"), (2, "P-0001")] {
        let (head, body) = demo.call(person, "/api/v1/cases", &format!("k{number}"), &application());
        assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&body));
    }
    // The outbox makes the certificates meanwhile.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(demo.stop());
    key
}

fn audit(args: &[&str]) -> Output {
    panjereh(&[&["audit"], args].concat())
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

#[test]
fn a_demonstration_is_disclosed_and_audited_and_the_next_audit_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    let (state, page) = (folder.path().join("state"), folder.path().join("report.html"));
    let key = demonstration(&data);
    let disclosed = panjereh(&["disclose", path(&data), "--out", path(&given)]);
    assert_eq!(disclosed.status.code(), Some(0), "{}", complained(&disclosed));
    assert!(said(&disclosed).contains("personal data") && said(&disclosed).contains(&key), "{}", said(&disclosed));

    let args = [path(&given), "--key", &key, "--state", path(&state), "--html", path(&page), "--json"];
    let first = audit(&args);
    assert_eq!(first.status.code(), Some(0), "{}{}", said(&first), complained(&first));
    let report: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(report["clean"], true);
    // Two of the test's own, and the five by which the sample truck comes and goes.
    assert_eq!(report["counts"]["cases"], 8);
    // An offer has none: it binds nobody.
    assert_eq!(report["counts"]["certificates"], 7);
    assert_eq!(report["counts"]["leaves"], report["counts"]["leaves_recomputed"]);
    let page = std::fs::read_to_string(&page).unwrap();
    assert!(page.contains("lang=\"fa\" dir=\"rtl\"") && page.contains("Nothing is wrong"), "{page}");

    let second: Value = serde_json::from_slice(&audit(&args).stdout).unwrap();
    assert_eq!(second["continued_from"], report["size"]);
    assert_eq!(second["counts"], report["counts"]);
    // The log alone, from the demonstration's own folder.
    let alone = audit(&[path(&data), "--key", &key]);
    assert_eq!(alone.status.code(), Some(0), "{}", complained(&alone));
    assert!(said(&alone).contains("not checked:\n  decisions"), "{}", said(&alone));
    assert!(said(&alone).starts_with("nothing is wrong with the log of"), "{}", said(&alone));
    // Without its manifest a disclosure is not whole, and nobody is told that all is well.
    std::fs::remove_file(given.join("disclosure.json")).unwrap();
    let half = audit(&args);
    assert_eq!(half.status.code(), Some(2), "{}", said(&half));
    assert!(complained(&half).contains("the disclosure is not whole"), "{}", complained(&half));
}

#[test]
fn what_is_wrong_is_named_by_leaf_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    let key = demonstration(&data);
    assert!(panjereh(&["disclose", path(&data), "--out", path(&given)]).status.success());
    let statistics = given.join("statistics.json");
    let text = std::fs::read_to_string(&statistics).unwrap().replace("\"cases\": 2", "\"cases\": 3");
    std::fs::write(&statistics, text).unwrap();
    let output = audit(&[path(&given), "--key", &key]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(said(&output).contains("A508 statistic-differs"), "{}", said(&output));
    assert!(said(&output).contains("recorded:   3") && said(&output).contains("recomputed: 2"));
    assert!(said(&panjereh(&["explain", "A508"])).contains("counted again from the events"));

    let definition = std::fs::read_dir(given.join("definitions")).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&definition, "{}").unwrap();
    let output = audit(&[path(&given), "--key", &key, "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["findings"][0]["code"], "A302");
}

#[test]
fn what_cannot_be_done_is_said_with_a_way_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    let key = demonstration(&data);
    let refused = |args: &[&str], with: &str| {
        let output = audit(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
        let complaint = complained(&output);
        assert!(complaint.contains(with) && complaint.contains("hint: "), "{args:?}: {complaint}");
    };
    refused(&[path(&data)], "no key was given");
    refused(&[path(&data), "--key", "nonsense"], "no verifier key");
    refused(&["no/such/folder", "--key", &key], "is no folder");
    refused(&[path(&data), "--key", &key, "--disclosure", path(&given)], "disclosure.json");
    refused(&[path(&data), "--key", &key, "--certificate-key", "maku=zz"], "no public key");
    let state = folder.path().join("state");
    std::fs::write(&state, "panjereh-audit-state 3 and then nothing").unwrap();
    refused(&[path(&data), "--key", &key, "--state", path(&state)], "damaged");
    assert!(panjereh(&["disclose", path(&data), "--out", path(&given)]).status.success());
    std::fs::write(given.join("disclosure.json"), r#"{"format":3}"#).unwrap();
    refused(&[path(&given), "--key", &key], "of format 3");
    // The same record may be disclosed there again; another one's files would be mixed with it.
    assert!(panjereh(&["disclose", path(&data), "--out", path(&given)]).status.success());
    let other = folder.path().join("other");
    demonstration(&other);
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    let stands =
        || (std::fs::read(given.join("disclosure.json")).unwrap(), files(&given), files(&given.join("definitions")));
    let before = stands();
    let output = panjereh(&["disclose", path(&other), "--out", path(&given)]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let complaint = complained(&output);
    // All demonstrations have one key: the trees tell them apart.
    assert!(
        complaint.contains("is not written to: the log's key signed") && complaint.contains("hint: name a new folder"),
        "{complaint}"
    );
    assert_eq!(stands(), before);
    std::fs::remove_file(given.join("log/checkpoint")).unwrap();
    let output = panjereh(&["disclose", path(&data), "--out", path(&given)]);
    assert!(complained(&output).contains("nothing says of which record"), "{}", complained(&output));
    let nowhere = panjereh(&["disclose", "no/such/folder", "--out", path(&given)]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(complained(&nowhere).contains("is not there"), "{}", complained(&nowhere));
    // Another log's key: the answer is no, and nothing else is looked at.
    let other = key.replace("demo.invalid", "other.invalid");
    let output = audit(&[path(&data), "--key", &other]);
    assert_ne!(output.status.code(), Some(0), "{}", said(&output));
}
