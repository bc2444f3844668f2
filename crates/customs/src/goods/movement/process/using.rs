//! What goes into processing: so much of each ingredient as the recipe takes, no more and no less.
//!
//! Must not know of: what is made of it.

use std::collections::BTreeMap;

use super::Process;
use crate::goods::account::{Account, Posting};
use crate::goods::name::Commodity;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::Book;
use crate::goods::taking::{Held, Taking};

/// What passes into processing.
pub(super) fn judge(process: &Process, book: &Book, objections: &mut Objections) -> Vec<Posting> {
    let before = objections.0.len();
    let mut taking = Taking::from(book);
    let mut used = BTreeMap::<Commodity, Quantity>::new();
    let mut postings = Vec::with_capacity(process.takes.len());
    for (index, take) in process.takes.iter().enumerate() {
        let at = format!("takes[{}]", index + 1);
        let places = [at.as_str(), &format!("{at}.quantity")];
        let Some(taken) = taking.take(places, &process.owner, take, Held::Stay, objections) else { continue };
        if process.recipe.input(&taken.commodity).is_none() {
            objections.add(&at, GoodsFault::NotInRecipe { commodity: taken.commodity.clone() });
        }
        let nothing = Quantity::zero(take.quantity.kind());
        let sum = used.entry(taken.commodity.clone()).or_insert(nothing);
        match sum.plus(take.quantity) {
            Some(more) => *sum = more,
            None => objections.add(&at, GoodsFault::TooLarge),
        }
        let from = Account::from(&take.from);
        postings.push(Posting { from, to: Account::Processed, commodity: taken.commodity, layers: taken.layers });
    }
    if objections.0.len() == before {
        // What could not be taken would be missing here, too.
        complete(process, &used, objections);
    }
    postings
}

/// Whether each ingredient is there as the recipe takes it.
fn complete(process: &Process, used: &BTreeMap<Commodity, Quantity>, objections: &mut Objections) {
    for input in &process.recipe.inputs {
        let nothing = Quantity::zero(input.quantity.kind());
        let Some(due) = input.quantity.times(process.runs) else {
            objections.add("runs", GoodsFault::TooLarge);
            continue;
        };
        let is = used.get(&input.commodity).copied().unwrap_or(nothing);
        if is.kind() != due.kind() {
            objections.add("takes", GoodsFault::OtherUnit { wanted: is, unit: due.kind().unit() });
        } else if is != due {
            objections.add("takes", GoodsFault::OtherInput { commodity: input.commodity.clone(), is, due });
        }
    }
}
