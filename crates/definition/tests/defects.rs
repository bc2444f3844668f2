//! Seeded defects: each is one change to a clean zone, and is found with exactly its own code, where the fixture points.
//!
//! A fixture says first, in a sentence, what is wrong. Then come changes to files of `fixtures/clean`, each under a line `--- PATH`: lines that begin
//! with a blank stand there (once), with `-` are taken out, with `+` are put in; a change without old lines is put at the file's end. Under a line,
//! `#  ^ P201` expects that problem at the caret. Must not know how a problem is found.

// A test may stop at the first thing that is not as it should be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use definition::check::{Files, Report, check_on};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn clean() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    gather(&fixtures().join("clean"), "", &mut files);
    files
}

fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// The day on which grounds must be in force here.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

fn report(files: &BTreeMap<String, String>) -> Report {
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    check_on(&Files(bytes.collect()), Some(TODAY))
}

/// One line per problem, in order: code, path, line and column.
fn found(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report
        .problems
        .iter()
        .map(|problem| {
            let source = report.sources.get(problem.span.file).unwrap();
            let at = source.position(problem.span.start);
            format!("{} {}:{}:{}", problem.code.id, source.path(), at.line, at.column)
        })
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

/// A change to one place of a file, and what is expected there: line of the new text, from 0, column from 1, code.
#[derive(Default)]
struct Change {
    path: String,
    old: String,
    new: String,
    expected: Vec<(usize, usize, String)>,
}

fn changes(fixture: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for line in fixture.lines() {
        if let Some(path) = line.strip_prefix("--- ") {
            changes.push(Change { path: path.to_owned(), ..Change::default() });
            continue;
        }
        let Some(change) = changes.last_mut() else { continue };
        let text = line.get(1..).unwrap_or("");
        match line.chars().next() {
            Some('-') => writeln!(change.old, "{text}").unwrap(),
            Some('+') => writeln!(change.new, "{text}").unwrap(),
            Some('#') => {
                let (before, code) = line.split_once('^').expect("an expectation has a caret");
                let code = code.trim_start_matches('^').trim().to_owned();
                change.expected.push((change.new.lines().count() - 1, before.chars().count(), code));
            }
            _ => {
                writeln!(change.old, "{text}").unwrap();
                writeln!(change.new, "{text}").unwrap();
            }
        }
    }
    changes
}

/// Makes the change; gives what is then expected, as `found` writes it.
fn apply(files: &mut BTreeMap<String, String>, change: &Change) -> Vec<String> {
    let text = files.entry(change.path.clone()).or_default();
    let at = if change.old.is_empty() {
        text.len()
    } else {
        assert_eq!(text.matches(&change.old).count(), 1, "{} has not once:\n{}", change.path, change.old);
        text.find(&change.old).unwrap()
    };
    text.replace_range(at..at + change.old.len(), &change.new);
    let above = text[..at].lines().count();
    let each = change.expected.iter();
    each.map(|(line, column, code)| format!("{code} {}:{}:{column}", change.path, above + line + 1)).collect()
}

#[test]
fn the_clean_zone_has_no_problem() {
    let report = report(&clean());
    assert!(report.problems.is_empty(), "{:#?}\n{:#?}", found(&report), report.problems);
    assert!(report.zone.is_some());
}

#[test]
fn each_defect_is_found_where_it_stands_with_its_own_code() {
    let mut failures = String::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures().join("defects")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let fixture = std::fs::read_to_string(&path).unwrap();
        let mut files = clean();
        let mut expected: Vec<String> = changes(&fixture).iter().flat_map(|change| apply(&mut files, change)).collect();
        expected.sort();
        assert!(!expected.is_empty(), "{name} expects nothing");
        assert!(
            expected.iter().all(|line| name.starts_with(line.split(' ').next().unwrap())),
            "{name} expects another code"
        );
        let report = report(&files);
        if found(&report) != expected {
            let messages: Vec<&str> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
            writeln!(failures, "{name}\n  expected {expected:?}\n  found {:?}\n  {messages:#?}", found(&report))
                .unwrap();
        }
        seen += 1;
    }
    assert!(seen > 30, "only {seen} fixtures");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_is_included_from_the_services_own_folder_is_part_of_it() {
    let mut files = clean();
    let lapsed = "  lapsed: { end: lapsed }\n";
    let service = files.get_mut("services/stall/service.yaml").unwrap();
    *service = format!("{}include: [more.yaml]\n", service.replace(lapsed, ""));
    let before = report(&files);
    assert!(!before.problems.is_empty() && before.zone.is_some_and(|zone| zone.services().is_empty()));
    files.insert("services/stall/more.yaml".to_owned(), format!("stages:\n{lapsed}"));
    let with = report(&files);
    assert!(with.problems.is_empty(), "{:#?}", found(&with));
    let service = |report: Report| std::sync::Arc::clone(&report.zone.unwrap().services()["stall"]);
    assert_eq!(service(with).hash(), service(report(&clean())).hash(), "the same law, in two files");
}

#[test]
fn with_which_decisions_a_fact_is_needed_is_part_of_the_law() {
    let stall = |needed: &str| {
        let mut files = clean();
        let service = files.get_mut("services/stall/service.yaml").unwrap();
        *service = service
            .replace("record: visit }", &format!("record: visit{needed} }}"))
            .replace("may: { done: result }", "may: { done: result, closed: pause }");
        for words in ["services/stall/en.ftl", "services/stall/fa.ftl"] {
            files.get_mut(words).unwrap().push_str("route-visit-closed = Word\n");
        }
        let report = report(&files);
        assert!(report.problems.is_empty(), "{needed}: {:#?}", found(&report));
        std::sync::Arc::clone(&report.zone.unwrap().services()["stall"])
    };
    let hashes = ["", ", needed: [done]", ", needed: [done, closed]"].map(|needed| stall(needed).hash());
    let told_apart: std::collections::BTreeSet<_> = hashes.iter().collect();
    assert_eq!(told_apart.len(), hashes.len());
    assert_eq!(stall(", needed: [closed, done]").hash(), hashes[2], "in whatever order");
    let as_ever = String::from_utf8(stall("").canonical().to_vec()).unwrap();
    assert!(
        as_ever.contains(r#""source":{"record":{"stage":"visit"}}"#),
        "definitions without it keep their form: {as_ever}"
    );
    let needed = |service: &definition::model::Service, route| service.fact("state").unwrap().source.is_needed(route);
    for (text, done, closed) in [("", true, true), (", needed: [done]", true, false)] {
        let service = stall(text);
        let again =
            definition::Checked::<definition::model::Service>::from_canonical(service.canonical(), service.hash());
        let again = again.unwrap();
        assert_eq!((needed(&again, Some("done")), needed(&again, Some("closed"))), (done, closed), "{text}");
    }
}

#[test]
fn every_rule_has_a_seeded_defect_and_a_page() {
    let names: Vec<String> = std::fs::read_dir(fixtures().join("defects"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for rule in definition::check::rules::all() {
        assert!(rule.explain.len() > 200 && !rule.explain.contains("//!"), "{}", rule.code.id);
        // A table that is given up takes seconds of work by definition, so it has none.
        let slow = rule.code.name == "table-too-complex";
        assert!(slow || names.iter().any(|name| name.starts_with(rule.code.id)), "{} has no fixture", rule.code.name);
    }
}

#[test]
fn codes_are_not_given_twice() {
    let mut ids: Vec<&str> = definition::codes::all().map(|known| known.code.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
