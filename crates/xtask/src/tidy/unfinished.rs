//! Nothing unfinished lands: a test that is switched off, a hole where code should be, a print from debugging.
//!
//! It must not know who left it. Comments may say these words; code may not.

use crate::tidy::finding::Finding;
use crate::tidy::rust::Token;
use crate::tidy::tree::Tree;

/// What is looked for, token by token; what it is; how to mend it.
const MARKS: &[(&[&str], &str, &str)] = &[
    (&["#", "[", "ignore"], "a test that does not run proves nothing", "make it pass, or delete it"),
    (&["todo", "!"], "a hole stops the program when someone comes that way", "write the code, or do not offer the way"),
    (
        &["unimplemented", "!"],
        "a hole stops the program when someone comes that way",
        "write the code, or do not offer the way",
    ),
    (&["dbg", "!"], "it prints to an operator what only its author understands", "delete it"),
];

/// Finds such marks in all Rust code, tests too.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in tree.sources() {
        for place in source.tokens().windows(3) {
            let mark = MARKS.iter().find(|(mark, _, _)| stands_at(place, mark));
            let (Some((_, why, remedy)), Some(first)) = (mark, place.first()) else {
                continue;
            };
            findings.push(Finding {
                path: path.to_owned(),
                line: first.line,
                rule: "unfinished",
                why: (*why).to_owned(),
                remedy: (*remedy).to_owned(),
            });
        }
    }
}

fn stands_at(place: &[Token], mark: &[&str]) -> bool {
    place.iter().zip(mark).all(|(token, text)| token.text == *text)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    #[test]
    fn every_mark_is_found() {
        for text in
            ["#[ignore]\nfn a() {}", "#[ignore = \"slow\"]", "fn a() { todo!() }", "unimplemented!(\"x\")", "dbg!(x);"]
        {
            assert_eq!(found(check, &[("a.rs", text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn comments_strings_and_other_names_pass() {
        let text = "// todo!()\nconst A: &str = \"#[ignore]\"; fn todo(ignore: bool) { mytodo!(); }";
        assert_eq!(found(check, &[("a.rs", text)]), Vec::<String>::new());
    }
}
