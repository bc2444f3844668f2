//! What an assessment says of an item, and how an answer tells it.
//!
//! Must not know of: how it was computed.

use definition::span::{Span, Spanned};
use definition::value::{Decimal, Money};

use crate::assess::{Assessment, LineWritten};
use crate::declaration::Amount;
use crate::notification::TaxLine;

impl Assessment {
    /// The customs value of an item.
    pub(super) fn value(&self, item: u32) -> Option<Money> {
        let value: Decimal = self.items.iter().find(|one| one.item == item)?.value.parse().ok()?;
        Money::from_amount(value, &self.currency).ok()
    }

    /// All that was assessed on an item, whether it is to be paid or suspended, in major units.
    pub(super) fn duty(&self, item: u32) -> Option<Decimal> {
        let mut own = self.lines.iter().map(|owed| &owed.line).filter(|line| line.item == item);
        own.try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.assessed.parse().ok()?))
    }
}

/// What an assessment that `customs.assess` wrote says is due, as an answer tells it; none where it is no assessment, or a line of it cannot be read.
#[must_use]
pub fn taxes(assessment: &[u8]) -> Option<Vec<TaxLine>> {
    Assessment::read(assessment)?.lines.iter().map(|owed| tax(&owed.line)).collect()
}

fn tax(line: &LineWritten) -> Option<TaxLine> {
    let amount = |text: &String| {
        let value = unplaced(text.parse().ok()?);
        Some(Amount { value, currency: Some(line.currency.clone()) })
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

/// What was read nowhere: it is our own word.
fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::start_of(0))
}
