//! An assessment read again, as `customs.assess` wrote it: what each item is worth, and what was assessed on it.
//!
//! Must not know of: how it was computed.

use definition::value::{Decimal, Money};
use serde::Deserialize;

/// Of an assessment, what is asked of it.
#[derive(Deserialize)]
pub(super) struct Assessed {
    /// ISO 4217.
    pub(super) currency: String,
    items: Vec<Valued>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Valued {
    item: u32,
    value: String,
}

#[derive(Deserialize)]
struct Line {
    item: u32,
    assessed: String,
}

impl Assessed {
    /// None where it is no assessment.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The customs value of an item.
    pub(super) fn value(&self, item: u32) -> Option<Money> {
        let value: Decimal = self.items.iter().find(|one| one.item == item)?.value.parse().ok()?;
        Money::from_amount(value, &self.currency).ok()
    }

    /// All that was assessed on an item, whether it is to be paid or suspended, in major units.
    pub(super) fn duty(&self, item: u32) -> Option<Decimal> {
        let mut own = self.lines.iter().filter(|line| line.item == item);
        own.try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.assessed.parse().ok()?))
    }
}
