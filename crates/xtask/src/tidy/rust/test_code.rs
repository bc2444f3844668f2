//! Which part of a file is there for tests alone.
//!
//! It must not know of files: a module in a file of its own is named, and the rule finds the file.

use super::{Token, after_group, body_or_end, reads};

const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

/// The tokens without the items under `#[cfg(test)]`.
pub fn without(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if is_marked(tokens, index) {
            index = after_item(tokens, index + MARK.len());
        } else {
            kept.push(token.clone());
            index += 1;
        }
    }
    kept
}

/// The names of the modules declared under `#[cfg(test)]` without a body.
pub fn modules(tokens: &[Token]) -> Vec<&str> {
    let marked = (0..tokens.len()).filter(|index| is_marked(tokens, *index)).map(|index| index + MARK.len());
    let declared = marked.filter(|item| reads(tokens, *item, "mod") && reads(tokens, item + 2, ";"));
    declared.filter_map(|item| tokens.get(item + 1)).map(|name| name.text.as_str()).collect()
}

fn is_marked(tokens: &[Token], index: usize) -> bool {
    MARK.iter().enumerate().all(|(offset, text)| reads(tokens, index + offset, text))
}

/// After the item at `index`: its body, or its semicolon. Further attributes before it are brackets, and skipped.
fn after_item(tokens: &[Token], index: usize) -> usize {
    body_or_end(tokens, index).map_or(tokens.len(), |end| after_group(tokens, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::rust::Source;

    #[test]
    fn marked_items_end_at_their_body_or_semicolon() {
        let source = Source::read("#[cfg(test)] #[allow(x)] fn a() { b } c #[cfg(test)] mod d; e");
        let kept: Vec<String> = without(source.tokens()).into_iter().map(|token| token.text).collect();
        assert_eq!(kept, ["c", "e"]);
        assert_eq!(source.test_modules(), ["d"]);
    }
}
