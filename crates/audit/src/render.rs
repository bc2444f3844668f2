//! Showing what an audit came to.
//!
//! Must not know of: terminals, files. What is made here is text, whole.

mod html;
mod human;

use std::borrow::Cow;

pub use html::html;
pub use human::human;

/// What somebody else wrote, so that it can do nothing but be read: characters that steer a terminal, break a line or turn the direction of what stands beside
/// them are written as `\u{1b}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            visible.extend(character.escape_unicode());
        } else {
            visible.push(character);
        }
    }
    Cow::Owned(visible)
}

/// Controls (Unicode Cc), separators of lines, and the marks, embeddings and isolates of the bidirectional algorithm (UAX 9). What joins letters or keeps them apart,
/// as Persian needs it, does not.
fn steers(character: char) -> bool {
    let turns =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Weight};
    use crate::report::Report;

    #[test]
    fn what_a_record_says_steers_neither_a_terminal_nor_a_page() {
        let evil = "\u{1b}[2J\u{1b}[H\rnothing is wrong\n\u{202e}x\u{9b}31m\u{7}";
        let finding = Finding {
            code: evil.to_owned(),
            name: evil.to_owned(),
            weight: Weight::Fault,
            leaf: None,
            case: Some(evil.to_owned()),
            place: Some(evil.to_owned()),
            recorded: evil.to_owned(),
            recomputed: evil.to_owned(),
        };
        let report = Report {
            clean: false,
            origin: evil.to_owned(),
            zone: Some(evil.to_owned()),
            size: 1,
            root: evil.to_owned(),
            continued_from: 0,
            counts: Default::default(),
            findings: vec![finding],
            more_findings: 0,
            outcomes_compared: false,
            not_checked: vec![evil.to_owned()],
            assumed: vec![evil.to_owned()],
        };
        for shown in [human(&report), html(&report)] {
            let steering: Vec<char> = shown.chars().filter(|own| steers(*own) && *own != '\n').collect();
            assert!(steering.is_empty(), "{steering:?}");
            assert!(!shown.lines().any(|line| line.starts_with("nothing is wrong")), "{shown}");
            assert!(shown.contains("\\u{1b}[2J") && shown.contains("\\u{202e}"), "{shown}");
        }
        assert_eq!(visible("می‌خواند ok"), "می‌خواند ok");
    }
}
