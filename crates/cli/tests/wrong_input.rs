//! Whatever is given to a verb: it says what is wrong and what to do, with the exit code that means it, and never panics.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{complained, panjereh, said};

const KEY: &str = "maku=0000000000000000000000000000000000000000000000000000000000000000";
const LOG_KEY: &str = "maku.example/log+94e0215a+AW7tylseeASJQTh3mxjc9OTvUJrPEBozOYimzC3RpOmw";

fn run(args: &[&OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_panjereh")).args(args).current_dir(common::root()).output().unwrap()
}

/// It could not run, said why and what to do, and did not panic.
fn refused(output: &Output) {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.starts_with("error: "), "{complaint}");
    assert!(
        ["hint: ", "--help", "[possible values", "tip: "].iter().any(|next| complaint.contains(next)),
        "{complaint}"
    );
    assert!(!complaint.contains("panicked"), "{complaint}");
}

#[test]
fn files_that_are_missing_folders_or_unreadable_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().to_str().unwrap();
    let text = folder.path().join("text");
    std::fs::write(&text, "neither this nor that").unwrap();
    let bytes = folder.path().join("bytes");
    std::fs::write(&bytes, [0xCD, 0xE6, 0x00, 0xFF]).unwrap();
    let (text, bytes) = (text.to_str().unwrap(), bytes.to_str().unwrap());
    for place in ["no/such/place", text] {
        refused(&panjereh(&["check", place]));
        refused(&panjereh(&["rehearse", place, text, "--map", text]));
        refused(&panjereh(&["table", "export", place, "a", "b"]));
        refused(&panjereh(&["log", "verify", place, "--key", LOG_KEY]));
        refused(&panjereh(&["rebuild", place]));
        refused(&panjereh(&["restore", place, "--config", text]));
    }
    for file in ["no/such/file", here, bytes] {
        refused(&panjereh(&["table", "import", file]));
        refused(&panjereh(&["serve", "--config", file]));
        refused(&panjereh(&["backup", here, "--config", file]));
        refused(&panjereh(&["rehearse", "zones/examples/permit-receipt", file, "--map", file]));
    }
    for file in ["no/such/file", here] {
        refused(&panjereh(&["certificate", "verify", file, "--key", KEY]));
        refused(&panjereh(&["demo", "--dir", here, "--font", file]));
    }
    let here = panjereh(&["log", "verify", here, "--key", LOG_KEY]);
    refused(&here);
}

#[test]
fn an_empty_zone_and_one_in_another_encoding_have_problems_with_places() {
    let folder = tempfile::tempdir().unwrap();
    let empty = panjereh(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(empty.status.code(), Some(1), "{}{}", said(&empty), complained(&empty));
    assert!(said(&empty).contains("zone.yaml"), "{}", said(&empty));
    // "قانون" in Windows-1256, as a spreadsheet on an old machine saves it.
    std::fs::write(folder.path().join("law.csv"), b"id,act\n\xDE\xC7\xE4\xE6\xE4,1\n").unwrap();
    let old = panjereh(&["check", folder.path().to_str().unwrap(), "--format", "json"]);
    assert_eq!(old.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&old.stdout).unwrap();
    let problems = report["problems"].as_array().unwrap();
    assert!(problems.iter().any(|problem| problem["file"] == "law.csv" && problem["line"] == 2), "{report:#}");
}

#[test]
fn usage_is_told_from_answers() {
    for args in [
        &["frobnicate"][..],
        &["check"],
        &["check", "a", "b"],
        &["check", "zones/maku", "--format", "xml"],
        &["check", "zones/maku", "--format", "json", "--format", "json"],
        &["demo", "--listen", "nowhere"],
        &["demo", "--seed", "-1"],
        &["demo", "--seed", "1", "--seed", "2"],
        &["log", "prove", "x", "minus", "--key", "k"],
        &["log", "verify", "x"],
        &["log", "verify", "zones", "--key", "nonsense"],
        &["certificate", "verify", "PJ1:X"],
        &["certificate", "verify", "PJ1:X", "--key", "nonsense"],
        &["completions", "tcsh"],
        &["explain", "P999"],
        &["table", "export", "zones/maku", "activity-licence", "eligibilty"],
        &["rebuild", "x", "--config", "y"],
        &["backup"],
    ] {
        refused(&panjereh(args));
    }
    let odd = OsString::from(OsStr::from_bytes(b"zones/\xFF"));
    for args in [&["check"][..], &["explain"], &["table", "import"], &["certificate", "verify"], &["rebuild"]] {
        let mut args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        args.push(&odd);
        refused(&run(&args));
    }
}

#[test]
fn what_the_demonstration_needs_is_named_with_its_option() {
    let elsewhere = tempfile::tempdir().unwrap();
    let here = elsewhere.path().to_str().unwrap();
    let no_zone = panjereh(&["demo", "--zone", here, "--listen", "127.0.0.1:0", "--dir", here]);
    refused(&no_zone);
    assert!(complained(&no_zone).contains("--zone"), "{}", complained(&no_zone));
    let nonsense = panjereh(&["demo", "--listen", "nonsense"]);
    assert!(complained(&nonsense).contains("127.0.0.1:8080"), "{}", complained(&nonsense));
}

/// No disk is at fault where a file of the zone is.
#[test]
fn functions_that_cannot_be_used_are_told_with_the_file_to_mend() {
    let folder = tempfile::tempdir().unwrap();
    let (zone, data) = (folder.path().join("zone"), folder.path().join("data"));
    common::copy(&common::root().join("zones/maku"), &zone);
    let functions = zone.join("functions.yaml");
    let text = std::fs::read_to_string(&functions).unwrap();
    std::fs::write(&functions, text.replace("policy: ir-free-zone", "policy: utopia")).unwrap();
    let (zone, data) = (zone.to_str().unwrap(), data.to_str().unwrap());
    let output = panjereh(&["demo", "--zone", zone, "--dir", data, "--listen", "127.0.0.1:0"]);
    refused(&output);
    let complaint = complained(&output);
    assert!(complaint.contains("functions.yaml") && complaint.contains("there is no policy `utopia`"), "{complaint}");
    assert!(complaint.contains("hint: mend functions.yaml") && !complaint.contains("disk"), "{complaint}");
}

#[test]
fn a_mistyped_code_gets_the_near_one() {
    for (typed, meant) in [("P11O", "P110"), ("unknown-nam", "unknown-name"), ("p1100", "P110")] {
        let output = panjereh(&["explain", typed]);
        assert!(complained(&output).contains(meant), "{}", complained(&output));
    }
}

#[test]
fn a_program_that_asks_for_json_gets_json_also_when_there_is_no_answer() {
    for args in [
        &["check", "no/such/zone", "--format", "json"][..],
        &["check", "--format=json"],
        &["log", "verify", "no/such/log", "--key", LOG_KEY, "--json"],
        &["certificate", "verify", "no/such/file", "--key", KEY, "--json"],
        &["rehearse", "no/such/zone", "x", "--map", "y", "--json"],
        &["rebuild", "no/such/folder", "--json"],
        &["backup", "x", "--config", "no/such/file", "--json"],
        &["explain", "P999", "--json"],
    ] {
        let output = panjereh(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(answer["error"].is_string() && answer["hint"].is_string(), "{args:?}: {answer}");
    }
    let sarif = panjereh(&["check", "no/such/zone", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_reader_that_goes_away_is_no_defect() {
    for args in [
        &["explain"][..],
        &["check", "zones/maku", "--format", "sarif"],
        &["completions", "bash"],
        &["table", "export", "zones/maku", "activity-licence", "eligibility"],
        &["--help"],
        &["demo", "--listen", "127.0.0.1:0", "--dir"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_panjereh"));
        command.args(args).current_dir(common::root()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if args.contains(&"demo") {
            command.arg(folder.path());
        }
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut complaint = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
        assert!(child.wait().unwrap().code().is_some_and(|code| code <= 2), "{args:?}");
        assert!(complaint.is_empty(), "{args:?}: {complaint}");
    }
}

#[test]
fn a_pipe_gets_neither_colour_nor_progress() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["check", folder.path().to_str().unwrap()][..], &["--help"], &["frobnicate"]] {
        let output = panjereh(args);
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.contains(&0x1B), "{args:?}: {}", String::from_utf8_lossy(&all));
    }
}

#[test]
fn each_verb_explains_itself_and_its_exit_codes() {
    let whole = said(&panjereh(&["--help"]));
    assert!(whole.contains("Exit codes"), "{whole}");
    let verbs = whole.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let verbs: Vec<&str> = verbs.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(verbs.len() > 10, "{verbs:?}");
    for verb in verbs.iter().filter(|verb| !matches!(**verb, "help" | "completions" | "")) {
        let mut path = vec![(*verb).to_owned()];
        let help = loop {
            let words: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
            let help = said(&panjereh(&words));
            let Some(inner) = help.split("Commands:\n").nth(1) else { break help };
            path.push(inner.lines().find_map(|line| line.strip_prefix("  ")?.split(' ').next()).unwrap().to_owned());
        };
        assert!(help.contains("Exit codes: 0"), "{verb}: {help}");
    }
}

#[test]
fn completions_are_what_the_shells_take() {
    for shell in ["bash", "zsh", "fish"] {
        let script = panjereh(&["completions", shell]);
        assert_eq!(script.status.code(), Some(0));
        assert!(said(&script).contains("rehearse"), "{shell}");
        if Path::new("/bin").join(shell).exists() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("script");
            std::fs::write(&file, &script.stdout).unwrap();
            assert!(Command::new(shell).arg("-n").arg(&file).status().unwrap().success(), "{shell}");
        }
    }
}
