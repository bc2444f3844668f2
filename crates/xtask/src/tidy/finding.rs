//! What a rule found, said so that it can be mended.
//!
//! It must not know any rule.

use std::fmt;

/// One place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the checkout.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong and why it matters, as a clause.
    pub why: String,
    /// How to mend it, in the imperative.
    pub remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}; {}", self.path, self.line, self.rule, self.why, self.remedy)
    }
}

/// The lines on which `check` finds something in a checkout of these files, with the start of what it says.
#[cfg(test)]
pub fn found(check: fn(&super::Tree, &mut Vec<Finding>), files: &[(&str, &str)]) -> Vec<String> {
    let mut findings = Vec::new();
    check(&super::Tree::of(files), &mut findings);
    findings.sort();
    findings.iter().map(Finding::to_string).collect()
}
