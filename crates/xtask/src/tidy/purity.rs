//! The pure crates name no clock, file, network, environment, randomness or runtime: what they decide can be decided
//! again from the record, on any machine, years later.
//!
//! It must not know what they decide. Their tests may do as they like.

use crate::tidy::finding::Finding;
use crate::tidy::rust::Source;
use crate::tidy::tree::Tree;

/// The crates that this holds for.
const PURE: [&str; 8] = ["audit", "beacon", "credential", "customs", "definition", "engine", "log", "record"];

/// What they may not name, and what that is.
const FORBIDDEN: &[(&str, &str)] = &[
    ("async_std", "an async runtime"),
    ("axum", "the network"),
    ("deadpool_postgres", "a driver"),
    ("futures", "an async runtime"),
    ("getrandom", "randomness"),
    ("hyper", "the network"),
    ("object_store", "files"),
    ("rand", "randomness"),
    ("reqwest", "the network"),
    ("rusqlite", "a driver"),
    ("smol", "an async runtime"),
    ("std::env", "the environment"),
    ("std::fs", "files"),
    ("std::io::stderr", "the terminal"),
    ("std::io::stdin", "the terminal"),
    ("std::io::stdout", "the terminal"),
    ("std::net", "the network"),
    ("std::os", "the operating system"),
    ("std::process", "processes"),
    ("std::thread", "threads"),
    ("std::time::Instant", "the clock"),
    ("std::time::SystemTime", "the clock"),
    ("tokio", "an async runtime"),
    ("tokio_postgres", "a driver"),
    ("ureq", "the network"),
];

/// Modules that hold something forbidden beside something allowed: their contents are to be named one by one.
const MIXED: [&str; 6] = ["std::*", "std::io::*", "std::time", "std::time::*", "std::time::self", "std::self"];

/// Macros that print.
const PRINTING: [&str; 4] = ["eprint", "eprintln", "print", "println"];

/// Finds forbidden names in the sources and manifests of the pure crates.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    let for_tests = files_for_tests(tree);
    for (path, source) in tree.sources() {
        let Some(name) = pure_crate(path, "src/") else {
            continue;
        };
        if for_tests.iter().any(|stem| path == format!("{stem}.rs") || path.starts_with(&format!("{stem}/"))) {
            continue;
        }
        for (what, line) in named(source) {
            findings.push(finding(path, line, name, &what));
        }
    }
}

fn finding(path: &str, line: usize, name: &str, what: &str) -> Finding {
    Finding {
        path: path.to_owned(),
        line,
        rule: "purity",
        why: format!("{name} is pure and must not name {what}, or nobody could run its decisions again"),
        remedy: "let the caller hand in the value".to_owned(),
    }
}

/// The pure crate that this path below `part` of it belongs to.
fn pure_crate<'a>(path: &'a str, part: &str) -> Option<&'a str> {
    let (name, rest) = path.strip_prefix("crates/")?.split_once('/')?;
    (PURE.contains(&name) && rest.starts_with(part)).then_some(name)
}

/// Everything forbidden that a file names, with its line.
fn named(source: &Source) -> Vec<(String, usize)> {
    let mut named = Vec::new();
    for path in source.paths_outside_tests() {
        let text = path.text.as_str();
        let below = |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        // One name alone may be a variable; as a crate it is followed by `::`.
        let is_path = text.contains("::");
        if let Some((name, what)) = FORBIDDEN.iter().find(|(name, _)| is_path && below(name)) {
            named.push((format!("{what} (`{name}`)"), path.line));
        } else if MIXED.contains(&text) {
            named.push((format!("`{text}` as a whole"), path.line));
        } else if text.ends_with("::now") {
            named.push((format!("the clock (`{text}`)"), path.line));
        } else if PRINTING.contains(&text) && source.is_macro(text, path.line) {
            named.push((format!("the terminal (`{text}!`)"), path.line));
        }
    }
    named
}

/// The files, without their ending, of modules that are declared for tests alone.
fn files_for_tests(tree: &Tree) -> Vec<String> {
    let mut stems = Vec::new();
    for (path, source) in tree.sources() {
        let stem = path.trim_end_matches(".rs");
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let home = if matches!(name, "lib" | "main" | "mod") { folder } else { stem };
        stems.extend(source.test_modules().into_iter().map(|module| format!("{home}/{module}")));
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    fn impurities(text: &str) -> usize {
        found(check, &[("crates/engine/src/act.rs", text)]).len()
    }

    #[test]
    fn what_is_pure_passes() {
        let text = "use std::collections::BTreeMap; use std::time::Duration; use std::io::Write; fn now(rand: u8) { print(rand) }";
        assert_eq!(impurities(text), 0);
        assert_eq!(impurities("// std::fs\nconst A: &str = \"std::fs::read\";"), 0);
    }

    #[test]
    fn every_way_of_naming_a_forbidden_thing_is_found() {
        let texts = [
            "use std::fs;",
            "use std::{fmt, env as e};",
            "use std::{time::{Duration, Instant}};",
            "use std::time;",
            "use std::io::*;",
            "fn f() { std::net::TcpStream::connect(a) }",
            "async fn f() { tokio::spawn(x) }",
            "use rusqlite::Connection;",
            "fn f() { let at = jiff::Timestamp::now(); }",
            "fn f() { println!(\"x\") }",
            "fn f() { ::getrandom::fill(x) }",
        ];
        for text in texts {
            assert_eq!(impurities(text), 1, "{text}");
        }
    }

    #[test]
    fn other_crates_and_tests_may() {
        assert_eq!(found(check, &[("crates/cli/src/main.rs", "use std::fs;")]), Vec::<String>::new());
        assert_eq!(found(check, &[("crates/log/tests/a.rs", "use std::fs;")]), Vec::<String>::new());
        assert_eq!(impurities("#[cfg(test)]\nmod tests { use std::fs; }"), 0);
    }

    #[test]
    fn a_module_for_tests_in_its_own_file_may_and_no_other() {
        let declared = ("crates/log/src/tile.rs", "#[cfg(test)]\nmod tests;\nmod read;");
        let files = [
            declared,
            ("crates/log/src/tile/tests.rs", "use std::fs;"),
            ("crates/log/src/tile/read.rs", "use std::fs;"),
        ];
        let found = found(check, &files);
        assert!(matches!(found.as_slice(), [only] if only.starts_with("crates/log/src/tile/read.rs:1: purity: ")));
    }
}
