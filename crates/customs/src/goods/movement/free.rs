//! A hold on goods ends.
//!
//! Must not know of: how the matter was settled.

use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, RowKey};

/// A hold ends; others on the same goods stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Free {
    /// What is held.
    pub of: Holding,
    /// The act that holds it.
    pub reference: Id,
}

impl Move for Free {
    fn rows(&self) -> Vec<RowKey> {
        vec![self.of.row()]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        match book.stock(&self.of) {
            None => objections.add("of", GoodsFault::Unknown(self.of.clone())),
            Some(stock) if !stock.holds.contains_key(&self.reference) => {
                let (holding, reference) = (self.of.clone(), self.reference.clone());
                objections.add("reference", GoodsFault::NotHeld { holding, reference });
            }
            Some(_) => {}
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let stock = book.row_mut(&self.of.row()).and_then(|row| row.stock_mut()).ok_or("an account is not there")?;
        stock.changed();
        stock.holds.remove(&self.reference).map(|_| ()).ok_or("the goods are not held by this act")
    }
}
