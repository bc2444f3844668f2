//! Zones to check: those of the repository, and one small enough to be read whole, into which a slip is put.
//!
//! Must not know of: what is found in them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check::{Files, Report, check};

/// The files of a zone in the repository.
pub(super) fn zone(path: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones").join(path);
    let mut files = BTreeMap::new();
    gather(&root, &root, &mut files);
    Files(files)
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

/// Problems as a person would look for them.
pub(super) fn told(report: &Report) -> Vec<String> {
    let line = |problem: &crate::problem::Problem| {
        let source = report.sources.get(problem.span.file).unwrap();
        let at = source.position(problem.span.start);
        format!(
            "{}:{}:{} {}: {} | {}",
            source.path(),
            at.line,
            at.column,
            problem.code.name,
            problem.message,
            problem.help
        )
    };
    report.problems.iter().map(line).collect()
}

/// A sound zone in one text; `## path` begins a file.
const SOUND: &str = include_str!("sound.txt");

/// The sound zone with the files of `changes`, written alike, in place of its own.
pub(super) fn with(changes: &str) -> Files {
    let mut files = split(SOUND);
    files.extend(split(changes));
    Files(files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
}

fn split(text: &str) -> BTreeMap<String, String> {
    let files = text.split("## ").skip(1);
    files.map(|file| file.split_once('\n').unwrap()).map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Checks that the sound zone with `changes` has just the problems that expectation lines mark: `^^^ code` below a line stands for a problem of that
/// code above the carets, a single `^` for one of any width.
pub(super) fn expect(changes: &str) {
    let (mut files, mut expected) = (split(SOUND), Vec::new());
    for (path, text) in split(changes) {
        let text = without_marks(&path, &text, &mut expected);
        files.insert(path, text);
    }
    let report = check(&Files(files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()));
    let mut found = Vec::new();
    for problem in &report.problems {
        let source = report.sources.get(problem.span.file).unwrap();
        let at = source.position(problem.span.start);
        let width = report.sources.text(problem.span).chars().count();
        let place = (source.path().to_owned(), at.line, at.column, problem.code.name.to_owned());
        let exact = expected.iter().any(|(known, marked)| *known == place && *marked > 1);
        found.push((place, if exact { width } else { 1 }));
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{:#?}", told(&report));
}

type Mark = ((String, u32, u32, String), usize);

fn without_marks(path: &str, text: &str, expected: &mut Vec<Mark>) -> String {
    let (mut kept, mut line_number) = (String::new(), 0);
    for line in text.lines() {
        if let Some(marks) = line.trim_start().strip_prefix('^') {
            let column = u32::try_from(line.chars().take_while(|c| *c == ' ').count()).unwrap() + 1;
            let code = marks.trim_start_matches('^');
            let width = marks.chars().count() - code.chars().count() + 1;
            expected.push(((path.to_owned(), line_number, column, code.trim().to_owned()), width));
        } else {
            kept.push_str(line);
            kept.push('\n');
            line_number += 1;
        }
    }
    kept
}
