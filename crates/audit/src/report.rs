//! What an audit came to: one object, as `--json` prints it.
//!
//! Must not know of: how it is shown to people.

use serde::{Deserialize, Serialize};

use crate::counts::Counts;
use crate::finding::{Finding, Weight};

/// An audit's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whether nothing is wrong; remarks do not count.
    pub clean: bool,
    /// The log's origin.
    pub origin: String,
    /// The zone, where a disclosure names it.
    pub zone: Option<String>,
    /// The log's size at the checkpoint that was verified.
    pub size: u64,
    /// The root that it signs, base64.
    pub root: String,
    /// From which leaf on this run looked; 0 when it did not continue another.
    pub continued_from: u64,
    /// Counts.
    pub counts: Counts,
    /// What differs, those of former runs first.
    pub findings: Vec<Finding>,
    /// Findings beyond those that are told one by one.
    pub more_findings: u64,
    /// Whether what came out of cases was held against them: certificates, status lists, registers and figures.
    pub outcomes_compared: bool,
    /// What could not be checked, and what it would take.
    pub not_checked: Vec<String>,
    /// What was taken on trust.
    pub assumed: Vec<String>,
}

impl Report {
    /// Whether nothing was disclosed, so that only what is public was looked at.
    pub fn is_of_the_log_alone(&self) -> bool {
        self.zone.is_none()
    }

    /// How many findings say that the record is wrong.
    pub fn faults(&self) -> u64 {
        let told = self.findings.iter().filter(|finding| finding.weight == Weight::Fault).count() as u64;
        told.saturating_add(self.more_findings)
    }
}
