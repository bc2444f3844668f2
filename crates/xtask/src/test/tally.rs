//! Adds up the closing lines of every suite that `cargo test` ran.
//!
//! It must not know which suites there are.

use std::fmt;

/// How many tests passed, failed and were skipped, over all suites.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tally {
    /// Counts one line of output, if it is the closing line of a suite, such as
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
    pub fn read(&mut self, line: &str) {
        let Some(counts) = line.trim_end().strip_prefix("test result: ") else {
            return;
        };
        let counts = counts.split_once(". ").map_or(counts, |(_, counts)| counts);
        for count in counts.split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => self.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// Takes cargo's own word at the end. A suite that does not compile, or that dies, prints no closing line: it counts
    /// as one failure, so that the sum never looks better than the run was.
    pub fn close(&mut self, succeeded: bool) {
        if !succeeded && self.failed == 0 {
            eprintln!("a suite did not compile, or ended without a closing line: counted as one failure");
            self.failed = 1;
        }
    }

    /// Whether something ran and nothing failed. Running nothing is not a success: a filter may have been misspelt.
    pub fn is_green(&self) -> bool {
        self.passed > 0 && self.failed == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally_of(lines: &[&str], succeeded: bool) -> Tally {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        tally.close(succeeded);
        tally
    }

    const GOOD: &str =
        "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.01s\n";
    const BAD: &str =
        "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s";

    #[test]
    fn suites_are_added_up() {
        let tally = tally_of(&["running 4 tests", GOOD, BAD, "test result_of_nothing ... ok"], false);
        assert_eq!(tally.to_string(), "13 passed, 2 failed, 1 skipped");
        assert!(!tally.is_green());
    }

    #[test]
    fn a_suite_without_closing_line_counts_as_a_failure() {
        let tally = tally_of(&[GOOD], false);
        assert_eq!(tally.to_string(), "3 passed, 1 failed, 1 skipped");
        assert!(!tally.is_green());
    }

    #[test]
    fn nothing_run_is_not_green() {
        assert!(!tally_of(&[], true).is_green());
        assert!(tally_of(&[GOOD], true).is_green());
    }
}
