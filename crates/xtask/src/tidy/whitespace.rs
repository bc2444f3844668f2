//! Whitespace that nobody sees does not change: no tabs, no spaces at the end, one newline at the end of a file.
//!
//! It must not know Go, where tabs are the rule, nor test data, where any byte may be the point.

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// The files that people write, by ending.
const ENDINGS: [&str; 13] =
    [".css", ".ftl", ".html", ".js", ".json", ".md", ".py", ".rs", ".sh", ".sql", ".toml", ".yaml", "/run"];

/// Folders of data that tests read.
const DATA: [&str; 5] = ["/corpus/", "/data/", "/fixtures/", "/snapshots/", "/vectors/"];

/// Finds tabs, trailing spaces, carriage returns, and files that do not end with one newline.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    let written = |path: &str| ENDINGS.iter().any(|ending| path.ends_with(ending));
    let data = |path: &str| DATA.iter().any(|folder| path.contains(folder));
    for (path, text) in tree.texts().filter(|(path, _)| written(path) && !data(path)) {
        let mut found = |line: usize, what: &str, remedy: &str| {
            let why = format!("{what} is a change that nobody sees");
            findings.push(Finding { path: path.to_owned(), line, rule: "whitespace", why, remedy: remedy.to_owned() });
        };
        for (number, line) in text.split('\n').enumerate() {
            if line.contains('\t') {
                found(number + 1, "a tab", "write spaces");
            }
            if line.ends_with([' ', '\t', '\r']) {
                found(number + 1, "whitespace at the end of a line", "delete it");
            }
        }
        if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
            found(text.lines().count(), "a missing or second newline at the end", "end the file with one newline");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    #[test]
    fn clean_files_and_data_pass() {
        let files =
            [("a.rs", "fn a() {\n    b\n}\n"), ("x/fixtures/a.md", "a\t \r\n\n"), ("a.go", "\tx\n"), ("b.md", "")];
        assert_eq!(found(check, &files), Vec::<String>::new());
    }

    #[test]
    fn each_kind_is_found_on_its_line() {
        for (text, line) in [("a\n\tb\n", 2), ("a \nb\n", 1), ("a\r\n", 1), ("a\nb", 2), ("a\n\n", 2)] {
            let found = found(check, &[("a.rs", text)]);
            assert!(
                matches!(found.as_slice(), [only] if only.starts_with(&format!("a.rs:{line}: whitespace: "))),
                "{text:?}: {found:?}"
            );
        }
    }
}
