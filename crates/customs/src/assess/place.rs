//! Where in what was sent an obstacle to an assessment is.
//!
//! Must not know of: what the obstacle is, words.

use definition::span::Span;

use super::Obstacle;
use crate::declaration::Item;
use crate::edifact;
use crate::problem::{At, Places};

/// Where an obstacle is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line and the character in it, both from 1.
    pub line_and_column: (usize, usize),
    /// The segment, in an interchange.
    pub segment: Option<At>,
}

/// Where each of these obstacles is in the bytes that were sent; none where it is about nothing that is there.
#[must_use]
pub fn places(obstacles: &[Obstacle], bytes: &[u8]) -> Vec<Option<Place>> {
    let spans: Vec<Span> = obstacles.iter().filter_map(span).collect();
    let mut segments = edifact::at(bytes, &spans).into_iter();
    // There may be as many as items.
    let places = Places::of(bytes);
    let mut place = |span| Place { line_and_column: places.line_and_column(span), segment: segments.next().flatten() };
    obstacles.iter().map(|one| span(one).map(&mut place)).collect()
}

/// What comes from a sheet stands nowhere in the bytes.
fn span(of: &Obstacle) -> Option<Span> {
    of.span.filter(|span| span.end > 0)
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
