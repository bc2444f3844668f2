//! The answer that says what is due.
//!
//! Must not know of: how it was computed.

use definition::span::{Span, Spanned};
use definition::value::Date;

use super::{Notification, TaxLine};
use crate::assess::Line;
use crate::declaration::{Amount, Declaration};

/// UN/EDIFACT 1225 as the United Kingdom uses it: what is due.
const DUE: &str = "13";

impl Notification {
    /// What is due on a declaration, issued on a day.
    #[must_use]
    pub fn due(declaration: &Declaration, lines: &[Line], issued: Date) -> Self {
        Self {
            function: unplaced(DUE.to_owned()),
            reference: None,
            issued: Some(unplaced(issued)),
            declaration_reference: declaration.reference.clone(),
            declaration_id: declaration.id.clone(),
            version: None,
            accepted: declaration.accepted.clone(),
            states: Vec::new(),
            errors: Vec::new(),
            statements: Vec::new(),
            taxes: lines.iter().map(line).collect(),
        }
    }
}

fn line(line: &Line) -> TaxLine {
    let amount = |value| Amount { value: unplaced(value), currency: Some(line.currency.clone()) };
    TaxLine {
        item: Some(unplaced(line.item.into())),
        kind: Some(unplaced(line.tax.clone())),
        regime: None,
        base: line.base.map(amount),
        quantity: None,
        rate: line.rate.map(unplaced),
        deduct: Some(amount(line.deduct)),
        assessed: Some(amount(line.assessed)),
        payable: Some(amount(line.payable)),
    }
}

/// What was read nowhere: it is our own word.
pub(super) fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::start_of(0))
}
