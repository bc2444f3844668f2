//! Rows of a book that say something of the same goods on the same day.
//!
//! Must not know of: what they say.

use std::collections::BTreeMap;

use super::{BookFault, BookProblem, Line};

/// Every row that overlaps one above it: the same code on the same days, or rates for a code beside rates for its beginning.
pub(super) fn find(lines: &[Line]) -> Vec<BookProblem> {
    let mut by_code = BTreeMap::<&str, Vec<&Line>>::new();
    let mut problems = Vec::new();
    for line in lines {
        let same = by_code.entry(&line.entry.code).or_default();
        if let Some(first) = same.iter().find(|other| other.on_a_day_of(line)) {
            let fault = BookFault::Twice { code: line.entry.code.clone(), first: first.line };
            problems.push(BookProblem { line: line.line, fault });
        }
        same.push(line);
    }
    for line in lines.iter().filter(|line| line.rates.is_some()) {
        let code = line.entry.code.as_str();
        let above = (2..code.len()).filter_map(|end| by_code.get(code.get(..end)?)).flatten();
        if let Some(above) = above.into_iter().find(|above| above.rates.is_some() && above.on_a_day_of(line)) {
            let fault = BookFault::Within { code: code.to_owned(), above: above.entry.code.clone(), line: above.line };
            problems.push(BookProblem { line: line.line, fault });
        }
    }
    problems
}

impl Line {
    /// Whether there is a day on which both hold.
    fn on_a_day_of(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}
