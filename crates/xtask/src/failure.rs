//! What went wrong with a command of the house, and what to do about it.
//!
//! It must not know which command: every one ends in this type.

use std::fmt;

/// Why a command could not run.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    /// `what` says what is wrong, as a clause; `remedy` says in the imperative how to mend it.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.what, self.remedy)
    }
}
