//! An assessment read again, as `customs.assess` wrote it: what each item is worth, and what was assessed on it.
//!
//! Must not know of: how it was computed.

use definition::span::{Span, Spanned};
use definition::value::{Decimal, Money};
use serde::Deserialize;

use crate::declaration::Amount;
use crate::notification::TaxLine;

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
    tax: String,
    base: Option<String>,
    rate: Option<String>,
    deduct: String,
    assessed: String,
    payable: String,
}

impl Assessed {
    /// None where it is no assessment.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Its lines as an answer tells them; none where one cannot be read.
    fn taxes(&self) -> Option<Vec<TaxLine>> {
        self.lines.iter().map(|line| self.tax(line)).collect()
    }

    fn tax(&self, line: &Line) -> Option<TaxLine> {
        let amount = |text: &String| {
            let value = unplaced(text.parse().ok()?);
            Some(Amount { value, currency: Some(self.currency.clone()) })
        };
        Some(TaxLine {
            item: Some(unplaced(line.item.into())),
            kind: Some(unplaced(line.tax.clone())),
            base: line.base.as_ref().and_then(amount),
            rate: line.rate.as_ref().and_then(|rate| rate.parse().ok()).map(unplaced),
            deduct: Some(amount(&line.deduct)?),
            assessed: Some(amount(&line.assessed)?),
            payable: Some(amount(&line.payable)?),
            ..TaxLine::default()
        })
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

/// What an assessment that `customs.assess` wrote says is due, as an answer tells it; none where it is no assessment.
#[must_use]
pub fn taxes(assessment: &[u8]) -> Option<Vec<TaxLine>> {
    Assessed::read(assessment)?.taxes()
}

/// What was read nowhere: it is our own word.
fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::start_of(0))
}
