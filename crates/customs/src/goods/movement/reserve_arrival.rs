//! A transit's arrival is kept for the act that presents its goods, so that no other does meanwhile; and it is free again.
//!
//! Must not know of: what becomes of it.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::arrival::Arrival;
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, Row, RowKey};

/// An arrival is reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReserveArrival {
    /// The act that says so; what ends it names it again.
    pub by: Id,
    /// The transit.
    pub transit: Id,
    /// Who answers for it.
    pub holder: Id,
}

impl Move for ReserveArrival {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Transit(self.transit.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if let Some(fault) = book.in_the_way_of_arrival(&self.transit, &self.by) {
            objections.add("transit", fault);
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if book.in_the_way_of_arrival(&self.transit, &self.by).is_some() {
            return Err("an arrival is reserved already, or refused, or the transit is over");
        }
        let (holder, by) = (self.holder.clone(), Some(self.by.clone()));
        let arrival = Arrival { holder, reference: None, refused: None, by };
        book.put(RowKey::Transit(self.transit.clone()), Row::Transit(arrival));
        Ok(())
    }
}

/// The reservation of an arrival ends, however the matter was settled. Nothing can be in its way: what is not reserved by it stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnreserveArrival {
    /// The act that reserved.
    pub by: Id,
    /// The transit.
    pub transit: Id,
}

impl Move for UnreserveArrival {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Transit(self.transit.clone())]
    }

    fn judge(&self, _: &Book, _: &mut Objections) -> Judged {
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if let Some(Row::Transit(arrival)) = book.row_mut(&RowKey::Transit(self.transit.clone())) {
            arrival.by.take_if(|by| *by == self.by);
        }
        Ok(())
    }
}
