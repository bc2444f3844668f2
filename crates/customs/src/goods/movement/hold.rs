//! Goods are held where they are, while they are inspected or because they were seized.
//!
//! Must not know of: why.

use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move};
use crate::goods::lot::HoldKind;
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, RowKey};

/// Goods are held where they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Which: all there is of it.
    pub of: Holding,
    /// Why.
    pub kind: HoldKind,
    /// The act that says so; what ends it names it again.
    pub reference: Id,
}

impl Move for Hold {
    fn rows(&self) -> Vec<RowKey> {
        vec![self.of.row()]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        let holding = self.of.clone();
        match book.stock(&self.of) {
            None => objections.add("of", GoodsFault::Unknown(holding)),
            Some(stock) if stock.holds.contains_key(&self.reference) => {
                let reference = self.reference.clone();
                objections.add("reference", GoodsFault::HeldAlready { holding, reference });
            }
            Some(stock) if stock.layers.is_empty() => objections.add("of", GoodsFault::Spent(holding)),
            Some(_) => {}
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let stock = book.row_mut(&self.of.row()).and_then(|row| row.stock_mut()).ok_or("an account is not there")?;
        stock.changed();
        match stock.holds.insert(self.reference.clone(), self.kind) {
            Some(_) => Err("the goods are held by this act already"),
            None => Ok(()),
        }
    }
}
