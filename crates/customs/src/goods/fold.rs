//! The book is the fold of what was posted: the only place where rows come about.
//!
//! Must not know of: why something was posted. What does not fit (a record that was tampered with) is an error, not a guess.

use super::account::{Account, Posted, Posting};
use super::layer::{self, Content, Layer, MAX_CONTENTS, MAX_LAYERS};
use super::movement::Movement;
use super::quantity::Quantity;
use super::row::Book;

/// Something posted that cannot follow what is in the book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was posted cannot follow what is in the book: {why}")]
pub struct Misfit {
    /// What does not fit.
    pub why: &'static str,
}

/// Brings a book to what it is after one more movement.
///
/// # Errors
/// [`Misfit`] when it cannot follow; the book is then no longer to be used.
pub fn fold(book: &mut Book, posted: &Posted) -> Result<(), Misfit> {
    for (key, row) in posted.movement.opens(book) {
        if book.row(&key).is_none() {
            book.put(key, row);
        }
    }
    posted.postings.iter().try_for_each(|posting| post(book, posting)).map_err(|why| Misfit { why })?;
    if matches!(posted.movement, Movement::Process(_)) {
        worked(&posted.postings).map_err(|why| Misfit { why })?;
    }
    posted.movement.marks(book).map_err(|why| Misfit { why })
}

/// Takes the layers out of the one account and puts them into the other.
fn post(book: &mut Book, posting: &Posting) -> Result<(), &'static str> {
    if posting.layers.iter().any(|layer| layer.quantity.is_zero() || layer.contents.len() > MAX_CONTENTS) {
        return Err("a layer is of nothing, or comes from too much");
    }
    if let Some(from) = posting.from.holding() {
        let stock = book.row_mut(&from.row()).and_then(|row| row.stock_mut()).ok_or("an account is not there")?;
        if stock.commodity != posting.commodity {
            return Err("an account is of other goods");
        }
        let nothing = Quantity::zero(stock.kind);
        let wanted = layer::total(&posting.layers, nothing).ok_or("a quantity is of another kind")?;
        let (taken, stays) = layer::take(&stock.layers, wanted.steps()).ok_or("an account has not so much")?;
        if taken != posting.layers {
            return Err("the layers are not those that come first");
        }
        stock.layers = stays;
        stock.changed();
    }
    if let Some(to) = posting.to.holding() {
        let stock = book.row_mut(&to.row()).and_then(|row| row.stock_mut()).ok_or("an account is not there")?;
        if stock.commodity != posting.commodity || posting.layers.iter().any(|one| one.quantity.kind() != stock.kind) {
            return Err("an account is of other goods");
        }
        stock.layers.extend(posting.layers.iter().cloned());
        stock.changed();
        if stock.layers.len() > MAX_LAYERS {
            return Err("an account has too many layers");
        }
        layer::total(&stock.layers, Quantity::zero(stock.kind)).ok_or("an account is too full")?;
    }
    Ok(())
}

/// What went into processing is what came out of it, by declared item: no provenance is made up, and none is lost.
fn worked(postings: &[Posting]) -> Result<(), &'static str> {
    let layers = |side: fn(&Posting) -> &Account| {
        let layers = postings.iter().filter(|posting| *side(posting) == Account::Processed);
        layers.flat_map(|posting| posting.layers.iter().cloned()).collect::<Vec<Layer>>()
    };
    let sorted = |layers: &[Layer]| {
        let mut contents = layer::contents(layers)?;
        contents.sort_by(|one, other| {
            let of = |one: &Content| {
                (one.item.clone(), one.commodity.clone(), one.status, one.origin.clone(), one.value.currency.clone())
            };
            of(one).cmp(&of(other))
        });
        Some(contents)
    };
    let (into, out) = (layers(|posting| &posting.to), layers(|posting| &posting.from));
    match (sorted(&into), sorted(&out)) {
        (Some(into), Some(out)) if into == out => Ok(()),
        _ => Err("what was made does not come from what went in"),
    }
}
