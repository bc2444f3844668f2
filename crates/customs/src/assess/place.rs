//! Where in what was sent an obstacle to an assessment is.
//!
//! Must not know of: what the obstacle is, words.

use definition::span::Span;

use super::Obstacle;
use crate::declaration::Item;
use crate::problem::{self, Place};

/// Where each of these obstacles is in the bytes that were sent; none where it is about nothing that is there.
#[must_use]
pub fn places(obstacles: &[Obstacle], bytes: &[u8]) -> Vec<Option<Place>> {
    // What comes from a sheet stands nowhere in the bytes.
    let spans: Vec<_> = obstacles.iter().map(|one| one.span.filter(|span| span.end > 0)).collect();
    problem::places(&spans, bytes)
}

/// Where an item's goods are named: by their code, else by the item's number or its words.
pub(super) fn of_goods(item: &Item) -> Option<Span> {
    let code = item.codes.first().and_then(|code| code.code.as_ref()).map(|code| code.span);
    code.or_else(|| of_item(item))
}

/// Where an item begins, as far as it says anything.
pub(super) fn of_item(item: &Item) -> Option<Span> {
    let number = item.number.as_ref().map(|number| number.span);
    number.or_else(|| item.description.as_ref().map(|words| words.span))
}
