//! The list of what may be longer.
//!
//! It must not know lengths: whether a line is still true is for the rule.

use super::Measured;
use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// The list's file. A line is `PATH | file or fn NAME | LINES | REASON`; `#` begins a comment.
pub const LIST: &str = "tidy-exceptions.txt";

/// One line of the list.
pub struct Exception {
    /// What it excepts.
    pub measured: Measured,
    /// Up to how many lines.
    pub limit: usize,
    /// Its line in the list, counted from 1.
    pub line: usize,
}

/// Reads the list, and says which of its lines cannot be read.
pub fn read(tree: &Tree) -> (Vec<Exception>, Vec<Finding>) {
    let (mut exceptions, mut malformed) = (Vec::new(), Vec::new());
    for (number, text) in tree.text(LIST).unwrap_or_default().lines().enumerate() {
        let line = number + 1;
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match exception(text, line) {
            Some(exception) => exceptions.push(exception),
            None => malformed.push(Finding {
                path: LIST.to_owned(),
                line,
                rule: "exception",
                why: "an exception needs a place, a limit and a reason".to_owned(),
                remedy: "write `PATH | file | LINES | REASON` or `PATH | fn NAME | LINES | REASON`".to_owned(),
            }),
        }
    }
    (exceptions, malformed)
}

fn exception(text: &str, line: usize) -> Option<Exception> {
    let mut parts = text.split('|').map(str::trim);
    let (path, what, limit, reason) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if reason.is_empty() || parts.next().is_some() {
        return None;
    }
    let measured = Measured { path: path.to_owned(), what: what.to_owned() };
    Some(Exception { measured, limit: limit.parse().ok()?, line })
}
