//! Which crate may depend on which: the walls of `docs/architecture.md`, held against every manifest.
//!
//! It must not know what crates do. Rows are the whole truth: a crate without one is a finding, so that a new wall is a
//! decision and not an accident.

use toml::{Table, Value};

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// One crate: what it may depend on, and what more its tests may.
struct Row {
    name: &'static str,
    may: &'static [&'static str],
    tests_may: &'static [&'static str],
}

const ROWS: &[Row] = &[
    row("definition", &[], &[]),
    row("engine", &["definition"], &[]),
    row("log", &[], &[]),
    row("beacon", &["engine", "log"], &["definition"]),
    row("credential", &[], &[]),
    row("customs", &["definition"], &[]),
    row("search", &["customs", "definition"], &[]),
    row("record", &["definition", "engine", "log"], &[]),
    // What is audited in its tests is a real zone's record, made by the application.
    row(
        "audit",
        &["beacon", "credential", "customs", "definition", "engine", "log", "record"],
        &["app", "store-sqlite"],
    ),
    row("store", &["engine", "log"], &["definition"]),
    // A backend is tested by the contract's own suite, on cases of a real definition.
    row("store-sqlite", &["store"], &["definition", "engine", "log"]),
    row("store-postgres", &["store"], &["definition", "engine", "log"]),
    // Above the contract, tests run on a real store: there is no other.
    row(
        "app",
        &["beacon", "credential", "customs", "definition", "engine", "log", "record", "search", "store"],
        &["store-postgres", "store-sqlite"],
    ),
    row("web", &["app"], &["credential", "customs", "definition", "engine", "log", "search", "store", "store-sqlite"]),
    row(
        "cli",
        &[
            "app",
            "audit",
            "beacon",
            "credential",
            "customs",
            "definition",
            "engine",
            "log",
            "record",
            "search",
            "store-postgres",
            "store-sqlite",
            "web",
        ],
        &["store"],
    ),
    row("risk-train", &["customs"], &[]),
    row("xtask", &[], &[]),
];

/// Crates from outside that a wall is there to hold in, and where they may be.
const HELD_IN: &[(&str, &[&str])] = &[
    ("askama", &["web"]),
    ("axum", &["web", "cli"]),
    ("blst", &["beacon"]),
    ("clap", &["cli", "risk-train"]),
    ("deadpool-postgres", &["store-postgres"]),
    ("indicatif", &["cli"]),
    ("lightgbm3", &["risk-train"]),
    ("rusqlite", &["store-sqlite"]),
    ("tantivy", &["search"]),
    ("tokio-postgres", &["store-postgres"]),
    ("utoipa", &["web"]),
];

const fn row(name: &'static str, may: &'static [&'static str], tests_may: &'static [&'static str]) -> Row {
    Row { name, may, tests_may }
}

/// One dependency as a manifest names it.
pub struct Dependency {
    /// The crate's own name, even when it is renamed.
    pub name: String,
    for_tests: bool,
}

/// Finds dependencies that cross a wall, manifests that cannot be read, and crates without a row.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, text) in tree.texts() {
        let Some(name) = crate_of(path) else { continue };
        let mut found = |line, why, remedy: &str| {
            let (path, remedy) = (path.to_owned(), remedy.to_owned());
            findings.push(Finding { path, line, rule: "dependency", why, remedy });
        };
        let Some(row) = ROWS.iter().find(|row| row.name == name) else {
            found(
                1,
                format!("{name} has no row of allowed dependencies"),
                "decide its wall, and add its row to the rule",
            );
            continue;
        };
        match text.parse::<Table>() {
            Err(error) => found(1, format!("the manifest cannot be read: {}", error.message()), "mend it"),
            Ok(manifest) => {
                for dependency in dependencies(&manifest) {
                    if let Some((why, remedy)) = row.objection(&dependency) {
                        found(line_of(text, &dependency.name), why, remedy);
                    }
                }
            }
        }
    }
}

/// The crate whose manifest this is.
pub fn crate_of(path: &str) -> Option<&str> {
    path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml").filter(|name| !name.contains('/'))
}

impl Row {
    fn objection(&self, dependency: &Dependency) -> Option<(String, &'static str)> {
        let Dependency { name, for_tests } = dependency;
        let own = ROWS.iter().any(|row| row.name == name);
        let allowed = self.may.contains(&name.as_str()) || (*for_tests && self.tests_may.contains(&name.as_str()));
        if own && !allowed {
            let whom = if *for_tests { "even in its tests" } else { "or facts flow back up" };
            let why = format!("{} must not know {name}, {whom}", self.name);
            return Some((why, "hand in what it needs as a value, or move the code to the crate that may"));
        }
        let (_, homes) = HELD_IN.iter().find(|(held, _)| held == name)?;
        if *for_tests || homes.contains(&self.name) {
            return None;
        }
        let why = format!("{name} is held in {}, so that it can be replaced", homes.join(" and "));
        Some((why, "move the code there"))
    }
}

/// All dependencies of a manifest, those for some targets too.
pub fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let parts = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    let mut found = Vec::new();
    for part in parts {
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let entries = part.get(section).and_then(Value::as_table).into_iter().flatten();
            found.extend(entries.map(|(key, value)| Dependency {
                name: value.get("package").and_then(Value::as_str).unwrap_or(key).to_owned(),
                for_tests: section == "dev-dependencies",
            }));
        }
    }
    found
}

/// The line that names it, or the first.
pub fn line_of(text: &str, name: &str) -> usize {
    let names_it = |line: &str| line.starts_with(name) || line.contains(&format!("\"{name}\""));
    text.lines().position(names_it).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    fn objections(name: &str, manifest: &str) -> Vec<String> {
        found(check, &[(&format!("crates/{name}/Cargo.toml"), manifest)])
    }

    #[test]
    fn allowed_edges_pass() {
        let manifest = "[dependencies]\nengine.workspace = true\nserde.workspace = true\n[dev-dependencies]\ndefinition.workspace = true";
        assert_eq!(objections("store", manifest), Vec::<String>::new());
    }

    #[test]
    fn an_edge_upwards_is_found_on_its_line() {
        let found = objections("engine", "[dependencies]\ndefinition.workspace = true\nstore.workspace = true");
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with("crates/engine/Cargo.toml:3: dependency: engine must not know store"))
        );
    }

    #[test]
    fn an_edge_for_tests_is_not_one_for_all() {
        assert_eq!(objections("app", "[dev-dependencies]\nstore-sqlite.workspace = true"), Vec::<String>::new());
        assert_eq!(objections("app", "[dependencies]\nstore-sqlite.workspace = true").len(), 1);
    }

    #[test]
    fn renamed_and_target_dependencies_are_seen() {
        assert_eq!(objections("log", "[dependencies]\nx = { package = \"engine\", path = \"../engine\" }").len(), 1);
        assert_eq!(objections("log", "[target.'cfg(unix)'.dependencies]\nengine.workspace = true").len(), 1);
        assert_eq!(objections("log", "[build-dependencies]\nengine.workspace = true").len(), 1);
    }

    #[test]
    fn drivers_stay_in_their_homes() {
        assert_eq!(objections("store-sqlite", "[dependencies]\nrusqlite.workspace = true"), Vec::<String>::new());
        assert_eq!(objections("app", "[dependencies]\nrusqlite.workspace = true").len(), 1);
    }

    #[test]
    fn a_crate_without_row_and_a_broken_manifest_are_found() {
        assert!(objections("helpers", "").concat().contains("has no row"));
        assert!(objections("log", "[dependencies").concat().contains("cannot be read"));
    }
}
