//! Nothing names a folder of one person's machine: it would work there, and nowhere else.
//!
//! It must not know which machine. This file is the one that may name them.

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// Where people and build machines keep their checkouts.
const PLACES: [&str; 6] = ["/home/", "/root/", "/Users/", "/work/", "/workspace/", "/workspaces/"];

const OWN_FILE: &str = "crates/xtask/src/tidy/machine_paths.rs";

/// Finds absolute paths into such places, in code, comments and documents alike.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, text) in tree.texts().filter(|(path, _)| *path != OWN_FILE) {
        for (number, line) in text.lines().enumerate() {
            let Some(place) = PLACES.iter().find(|place| names(line, place)) else {
                continue;
            };
            findings.push(Finding {
                path: path.to_owned(),
                line: number + 1,
                rule: "machine-path",
                why: format!("a path below {place} exists on one machine only"),
                remedy: "write it from the root of the checkout, or take it as an option".to_owned(),
            });
        }
    }
}

/// Whether a path below `place` begins here: not in the middle of a longer path, and with something following.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(at + place.len()..).and_then(|tail| tail.chars().next());
        let begins = before.is_none_or(|letter| !letter.is_alphanumeric() && !"./_-}*)".contains(letter));
        begins && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    #[test]
    fn a_path_into_a_home_is_found() {
        let found = found(
            check,
            &[("a.md", "x\nsee `/home/ada/panjereh`"), ("b.rs", "// /work/x"), ("c.rs", "\"/root/.cache\"")],
        );
        assert_eq!(found.len(), 3);
        assert!(found.concat().contains("a.md:2: machine-path: "));
    }

    #[test]
    fn other_paths_pass() {
        let text = "crates/work/a https://example.org/home/x ProtectHome=/home/ /var/lib/panjereh ./work/x";
        assert_eq!(found(check, &[("a.md", text)]), Vec::<String>::new());
    }
}
