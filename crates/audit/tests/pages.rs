//! The table of checks in the documentation is the one that the checks' own files give.
//!
//! Must not know of: what a check does.

use std::fmt::Write as _;
use std::path::Path;

use audit::Weight;
use audit::checks;

const MARK: &str = "<!-- checks -->\n";

#[test]
fn the_documentation_lists_every_check() {
    let mut table = String::from("\n| code | name | what it finds |\n|---|---|---|\n");
    for check in checks::all() {
        let code = check.code;
        let remark = if code.weight == Weight::Remark { " (a remark)" } else { "" };
        let file = code.name.replace('-', "_");
        writeln!(
            table,
            "| `{}` | [{}](../crates/audit/src/checks/{file}.rs) | {}{remark} |",
            code.id, code.name, code.en
        )
        .unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/audit.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, after) = text.split_once(MARK).expect("the mark stands in docs/audit.md");
    if std::env::var_os("WRITE_PAGES").is_some() {
        std::fs::write(&path, format!("{before}{MARK}{table}")).unwrap();
        return;
    }
    assert!(after == table, "write it again with WRITE_PAGES=1");
}
