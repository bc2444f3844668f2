//! `panjereh log verify` on a log that was damaged: any one bit, a file that is gone, one that cannot be read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use common::{Demo, complained, panjereh, said};
use tempfile::TempDir;

/// The log of a demonstration in which some things were done, one after another.
struct Log {
    folder: TempDir,
    key: String,
}

impl Log {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo::start(folder.path());
        for n in 0..3 {
            let body = r#"{"service":"activity-licence","facts":{"company":{"text":"C-0001"},"premises":{"text":"M-0001"},
                "activity":{"code":"0111"},"investment":{"money":{"amount":"1000","currency":"IRR"}}}}"#;
            let (head, answer) = demo.call("P-0001", "/api/v1/cases", &format!("key-{n}"), body);
            assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&answer));
            // Longer than the log gathers, so that each has a checkpoint of its own and leaves partial tiles behind.
            std::thread::sleep(Duration::from_millis(1_500));
        }
        let key = demo.log_key().to_owned();
        assert!(demo.stop());
        Self { folder, key }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("objects/log")
    }

    fn verify(&self, more: &[&str]) -> Output {
        let path = self.path();
        let args = ["log", "verify", path.to_str().unwrap(), "--key", &self.key];
        panjereh(&[&args, more].concat())
    }

    /// All files, and whether the newest checkpoint's tree has them. A partial tile of a smaller tree belongs to no tree any more.
    fn files(&self) -> Vec<(PathBuf, bool)> {
        let size = said(&self.verify(&[])).split_whitespace().find_map(|word| word.parse::<u64>().ok()).unwrap();
        assert!(size < 256, "the test is written for one bundle");
        let mut files = Vec::new();
        let mut left = vec![self.path()];
        while let Some(path) = left.pop() {
            if path.is_dir() {
                left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                let name = path.file_name().unwrap().to_str().unwrap();
                let signed = name == "checkpoint" || name == size.to_string();
                files.push((path, signed));
            }
        }
        files.sort();
        files
    }
}

/// Numbers that look random and are the same in every run (the constants of Knuth's MMIX generator).
fn numbers() -> impl Iterator<Item = usize> {
    let step = |n: &u64| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(7_u64), step).map(|n| usize::try_from(n >> 33).unwrap())
}

fn flip(path: &Path, byte: usize, bit: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[byte] ^= 1 << bit;
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn any_flipped_bit_is_found_or_belongs_to_no_tree() {
    let log = Log::new();
    assert_eq!(log.verify(&[]).status.code(), Some(0), "{}", said(&log.verify(&[])));
    let files = log.files();
    assert_eq!(files.iter().filter(|(_, signed)| *signed).count(), 3, "checkpoint, bundle and tile: {files:?}");
    let mut random = numbers();
    let mut found = 0;
    for _ in 0..150 {
        let (path, signed) = &files[random.next().unwrap() % files.len()];
        let byte = random.next().unwrap() % usize::try_from(path.metadata().unwrap().len()).unwrap();
        let bit = random.next().unwrap() % 8;
        flip(path, byte, bit);
        let output = log.verify(&[]);
        let place = format!("bit {bit} of byte {byte} of {}: {}", path.display(), said(&output));
        assert_eq!(output.status.code(), Some(i32::from(*signed)), "{place}{}", complained(&output));
        if *signed {
            let names = ["checkpoint", "tile/0/000.p/", "tile/entries/000.p/"];
            assert!(names.iter().any(|name| said(&output).contains(name)), "{place}");
            assert!(
                said(&output).starts_with("the log is not whole: ") && said(&output).contains("what to do: "),
                "{place}"
            );
            found += 1;
        }
        flip(path, byte, bit);
    }
    assert!(found > 30, "{found}");
    assert_eq!(log.verify(&[]).status.code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_told_from_what_is_wrong() {
    let log = Log::new();
    let files = log.files();
    let bundle = &files.iter().find(|(path, signed)| *signed && path.to_str().unwrap().contains("entries")).unwrap().0;
    let bytes = std::fs::read(bundle).unwrap();
    std::fs::write(bundle, &bytes[..bytes.len() - 1]).unwrap();
    let output = log.verify(&["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["whole"], false);
    assert!(json["finding"].as_str().unwrap().contains("ends inside entry") && json["help"].is_string(), "{json}");
    std::fs::remove_file(bundle).unwrap();
    let output = log.verify(&[]);
    assert_eq!(output.status.code(), Some(1), "a file of the tree that is gone is a hole: {}", said(&output));

    // Nothing is known, so nobody is accused.
    std::fs::remove_file(log.path().join("checkpoint")).unwrap();
    let nowhere = panjereh(&["log", "verify", "http://127.0.0.1:1/log", "--key", &log.key]);
    for (output, why) in [(log.verify(&[]), "checkpoint: there is no such file"), (nowhere, "onnection refused")] {
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        let complaint = complained(&output);
        assert!(complaint.contains("could not be read") && complaint.contains(why), "{complaint}");
        assert!(complaint.contains("hint: name the folder or URL"), "{complaint}");
    }
}

#[test]
fn another_logs_key_says_who_signed() {
    let log = Log::new();
    let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let output = panjereh(&["log", "verify", log.path().to_str().unwrap(), "--key", other]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("signed by: demo.invalid/maku+"), "{}", said(&output));
    assert!(said(&output).contains("what to do: see that the key is this log's"), "{}", said(&output));
}

/// Whoever runs the log starts it again on damaged files of its right edge: they are made again from the events, and are whole.
#[test]
fn a_damaged_right_edge_is_made_again_from_the_events() {
    let log = Log::new();
    let files: Vec<PathBuf> = log.files().into_iter().filter(|(_, signed)| *signed).map(|(path, _)| path).collect();
    for path in files.iter().filter(|path| !path.ends_with("checkpoint")) {
        let sound = std::fs::read(path).unwrap();
        for damaged in [Vec::new(), vec![0; sound.len()], [&[sound[0] ^ 1], &sound[1..]].concat()] {
            std::fs::write(path, damaged).unwrap();
            let demo = Demo::start(log.folder.path());
            assert!(demo.stop());
            assert_eq!(std::fs::read(path).unwrap(), sound, "{}", path.display());
        }
    }
    assert_eq!(log.verify(&[]).status.code(), Some(0), "{}", said(&log.verify(&[])));
}

#[test]
fn the_demonstrations_folder_does_and_a_missing_key_is_asked_for() {
    let log = Log::new();
    for folder in ["", "objects", "objects/log"] {
        let path = log.folder.path().join(folder);
        let output = panjereh(&["log", "verify", path.to_str().unwrap(), "--key", &log.key]);
        assert_eq!(output.status.code(), Some(0), "{folder}: {}{}", said(&output), complained(&output));
    }
    for verb in [&["log", "verify", "https://maku.example/log"][..], &["log", "prove", "https://maku.example/log", "0"]]
    {
        let output = panjereh(verb);
        assert_eq!(output.status.code(), Some(2));
        let complaint = complained(&output);
        assert!(complaint.contains("--key 'NAME+ID+BASE64'") && complaint.contains("/en/verify"), "{complaint}");
    }
    let empty = tempfile::tempdir().unwrap();
    let output = panjereh(&["log", "verify", empty.path().to_str().unwrap(), "--key", &log.key]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("such as demo-data/objects/log"), "{}", complained(&output));
}
