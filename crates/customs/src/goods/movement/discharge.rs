//! A transit is discharged: its goods were presented where they were to arrive. That happens once. (Discharge of a procedure: Union Customs Code, article 215.)
//!
//! Must not know of: securities, who saw the goods.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::arrival::Arrival;
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, Row, RowKey};

/// A transit is discharged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discharge {
    /// The transit.
    pub transit: Id,
    /// Who answers for it.
    pub holder: Id,
    /// The act that says so.
    pub reference: Id,
}

impl Move for Discharge {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Transit(self.transit.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        // Whoever reserved it frees it first: what stands is another's.
        if let Some(fault) = book.in_the_way_of_arrival(&self.transit, &self.reference) {
            objections.add("transit", fault);
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if book.in_the_way_of_arrival(&self.transit, &self.reference).is_some() {
            return Err("a transit is discharged twice, while it is kept for another act, or after another refused it");
        }
        let (holder, reference) = (self.holder.clone(), Some(self.reference.clone()));
        let arrival = Arrival { holder, reference, refused: None, by: None };
        book.put(RowKey::Transit(self.transit.clone()), Row::Transit(arrival));
        Ok(())
    }
}
