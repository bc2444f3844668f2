//! What the examination of every decision table found, worked out once for all rules.
//!
//! Must not know of: problems, text, stages.

use std::collections::BTreeMap;

use crate::model::{Name, Service};
use crate::table::{Gap, HitPolicy, Overlap, TooComplex, gaps, masked, overlaps};

/// The output column whose values are routes.
pub const ROUTE: &str = "route";

/// How many gaps, and how many overlaps, are told of one table.
const MAX_TOLD: usize = 5;

/// What was found, by service and table.
#[derive(Debug, Default)]
pub struct Examined(BTreeMap<(Name, Name), Findings>);

/// What was found in one table.
#[derive(Debug)]
pub struct Findings {
    /// Inputs without a rule, where the policy needs one.
    pub gaps: Result<Vec<Gap>, TooComplex>,
    /// Rules at odds.
    pub overlaps: Result<Vec<Overlap>, TooComplex>,
    /// Rules that never count, by row.
    pub masked: Result<Vec<u32>, TooComplex>,
}

impl Examined {
    /// Examines all tables.
    #[must_use]
    pub fn of(services: &[Service]) -> Self {
        let tables =
            services.iter().flat_map(|service| service.tables.iter().map(move |(name, table)| (service, name, table)));
        let each = tables.map(|(service, name, decision)| {
            let table = &decision.table;
            // A table that lists or aggregates its hits gives an empty list, or nothing, for none: DMN 1.5, section 8.2.8.
            let gaps = if single(table.rules().hit) { gaps(table, MAX_TOLD) } else { Ok(Vec::new()) };
            let findings = Findings { gaps, overlaps: overlaps(table, MAX_TOLD), masked: masked(table) };
            ((service.name.clone(), name.clone()), findings)
        });
        Self(each.collect())
    }

    /// What was found in a table.
    #[must_use]
    pub fn get(&self, service: &Name, table: &Name) -> Option<&Findings> {
        self.0.get(&(service.clone(), table.clone()))
    }

    /// Whether a row is known never to count.
    #[must_use]
    pub fn is_masked(&self, service: &Name, table: &Name, row: usize) -> bool {
        let masked = self.get(service, table).and_then(|findings| findings.masked.as_ref().ok());
        masked.is_some_and(|rows| rows.iter().any(|masked| *masked as usize == row))
    }
}

/// Whether the table gives what one rule says.
const fn single(hit: HitPolicy) -> bool {
    matches!(hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First | HitPolicy::Priority)
}
