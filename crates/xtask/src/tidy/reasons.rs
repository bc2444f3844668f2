//! Every crate from outside has a row in the table of dependencies, saying what it is for, and every row has its crate.
//!
//! It must not know whether the reason is good; reviewers do.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::tidy::dependencies;
use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

const TABLE: &str = "docs/adr/0002-dependencies.md";

/// Finds crates without a row, and rows whose crate no manifest names.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    let rows: BTreeMap<&str, usize> = tree.text(TABLE).map(rows).unwrap_or_default();
    let mut named = offered(tree);
    for (path, text) in tree.texts().filter(|(path, _)| dependencies::crate_of(path).is_some()) {
        for name in foreign(tree, text) {
            if !rows.contains_key(name.as_str()) {
                let why = format!("{name} has no row in {TABLE}, so nobody knows why it is here");
                let remedy = "add its row: what it is for, what was left aside";
                findings.push(finding(path, dependencies::line_of(text, &name), why, remedy));
            }
            named.insert(name);
        }
    }
    for (name, line) in rows.into_iter().filter(|(name, _)| !named.contains(*name)) {
        findings.push(finding(TABLE, line, format!("no manifest names {name} any more"), "remove its row"));
    }
}

fn finding(path: &str, line: usize, why: String, remedy: &str) -> Finding {
    Finding { path: path.to_owned(), line, rule: "reason", why, remedy: remedy.to_owned() }
}

/// The crates of the table with the lines of their rows: `| \`name\` | for | left aside |`.
fn rows(text: &str) -> BTreeMap<&str, usize> {
    text.lines().enumerate().filter_map(|(number, line)| Some((name_of_row(line)?, number + 1))).collect()
}

fn name_of_row(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name)
}

/// What a manifest names and no folder of `crates` holds. One that does not parse is another rule's finding.
fn foreign(tree: &Tree, text: &str) -> Vec<String> {
    let manifest = text.parse::<Table>().unwrap_or_default();
    let names = dependencies::dependencies(&manifest).into_iter().map(|dependency| dependency.name);
    names.filter(|name| !tree.has(&format!("crates/{name}"))).collect()
}

/// What the workspace offers to its crates, used or not.
fn offered(tree: &Tree) -> BTreeSet<String> {
    let manifest = tree.text("Cargo.toml").and_then(|text| text.parse::<Table>().ok()).unwrap_or_default();
    let offered = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    offered.and_then(Value::as_table).map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{TABLE, check};
    use crate::tidy::finding::found;

    fn findings(manifest: &str, table: &str) -> Vec<String> {
        found(check, &[("crates/log/Cargo.toml", manifest), ("crates/engine/Cargo.toml", ""), (TABLE, table)])
    }

    #[test]
    fn a_crate_with_a_row_passes_and_our_own_need_none() {
        let manifest = "[dependencies]\nsha2.workspace = true\nengine.workspace = true";
        assert_eq!(findings(manifest, "| `sha2` | hashes | |"), Vec::<String>::new());
    }

    #[test]
    fn a_crate_without_row_is_goneon_its_line() {
        let found = findings("[dev-dependencies]\nsha2 = \"1\"", "");
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with("crates/log/Cargo.toml:2: reason: sha2 has no row"))
        );
    }

    #[test]
    fn a_row_without_crate_is_goneunless_the_workspace_offers_it() {
        let gone = findings("", "text\n| `sha2` | hashes | |");
        assert!(
            matches!(gone.as_slice(), [only] if only.starts_with(&format!("{TABLE}:2: reason: no manifest names sha2")))
        );
        let files = [("Cargo.toml", "[workspace.dependencies]\nsha2 = \"1\""), (TABLE, "| `sha2` | hashes | |")];
        assert_eq!(found(check, &files), Vec::<String>::new());
    }
}
