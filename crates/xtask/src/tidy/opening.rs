//! Every Rust file opens by saying what it is and what it must not know: a file that cannot say so has no business of
//! its own.
//!
//! It must not know whether what is said is true; readers do.

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// Finds Rust files whose first line is not `//!` with a sentence.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".rs")) {
        let said = text.lines().next().and_then(|line| line.strip_prefix("//! "));
        // One word says nothing that the file's name does not.
        if said.is_some_and(|said| said.split_whitespace().nth(1).is_some()) {
            continue;
        }
        findings.push(Finding {
            path: path.to_owned(),
            line: 1,
            rule: "opening",
            why: "the file does not open by saying what it is".to_owned(),
            remedy: "begin it with a `//!` sentence, and say below what it must not know".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    #[test]
    fn a_file_that_opens_with_a_sentence_passes() {
        assert_eq!(found(check, &[("a.rs", "//! The lots.\n")]), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_does_not_is_found() {
        for text in ["", "use a;\n//! Late.", "// The lots.\n", "//!\n//! The lots.", "//! lots\n"] {
            assert_eq!(found(check, &[("a.rs", text)]).len(), 1, "{text:?}");
        }
    }
}
