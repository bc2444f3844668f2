//! Decisions are numbered without gaps: "ADR 7" in a comment must lead to one page, for good.
//!
//! It must not know what was decided.

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

const FOLDER: &str = "docs/adr/";

/// Finds pages of `docs/adr` without a number, with one already given, or after a gap.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut expected = 1;
    for (path, name) in tree.texts().filter_map(|(path, _)| Some((path, path.strip_prefix(FOLDER)?))) {
        if name == "README.md" {
            continue;
        }
        let number = name.split_once('-').filter(|(digits, _)| digits.len() == 4);
        match number.and_then(|(digits, _)| digits.parse::<u32>().ok()) {
            Some(number) if number == expected => expected += 1,
            _ => findings.push(Finding {
                path: path.to_owned(),
                line: 1,
                rule: "decision-number",
                why: format!("decisions are numbered in order, and this place is for {expected:04}"),
                remedy: format!("name it {FOLDER}{expected:04}-TITLE.md, and change what links to it"),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    #[test]
    fn numbers_in_order_pass() {
        let files = [("docs/adr/0001-a.md", ""), ("docs/adr/0002-b.md", ""), ("docs/adr/README.md", "")];
        assert_eq!(found(check, &files), Vec::<String>::new());
    }

    #[test]
    fn a_gap_a_double_and_no_number_are_found() {
        let gap = found(check, &[("docs/adr/0001-a.md", ""), ("docs/adr/0003-b.md", "")]);
        assert!(matches!(gap.as_slice(), [only] if only.starts_with("docs/adr/0003-b.md:1: decision-number: ")));
        assert_eq!(found(check, &[("docs/adr/0001-a.md", ""), ("docs/adr/0001-b.md", "")]).len(), 1);
        assert_eq!(found(check, &[("docs/adr/notes.md", "")]).len(), 1);
    }
}
