//! What came of a transit does not discharge it. That stands until an appeal: whoever could present the same goods again would do so until an officer says yes.
//!
//! Must not know of: what was found, who saw the goods, appeals.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::arrival::Arrival;
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, Row, RowKey};

/// The arrival of a transit is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseArrival {
    /// The transit.
    pub transit: Id,
    /// Who answers for it.
    pub holder: Id,
    /// The act that says so.
    pub reference: Id,
}

impl Move for RefuseArrival {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Transit(self.transit.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if let Some(fault) = book.in_the_way_of_arrival(&self.transit, &self.reference) {
            objections.add("transit", fault);
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if book.in_the_way_of_arrival(&self.transit, &self.reference).is_some() {
            return Err("an arrival is refused after it was settled, or while it is kept for another act");
        }
        let (holder, refused) = (self.holder.clone(), Some(self.reference.clone()));
        let arrival = Arrival { holder, reference: None, refused, by: None };
        book.put(RowKey::Transit(self.transit.clone()), Row::Transit(arrival));
        Ok(())
    }
}
