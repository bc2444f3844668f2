//! A transit is discharged: its goods were presented where they were to arrive. That happens once. (Discharge of a procedure: Union Customs Code, article 215.)
//!
//! Must not know of: securities, who saw the goods.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::discharged::Discharged;
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
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
        if let Some(before) = book.discharged(&self.transit) {
            let (transit, reference) = (self.transit.clone(), before.reference.clone());
            objections.add("transit", GoodsFault::DischargedAlready { transit, reference });
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if book.discharged(&self.transit).is_some() {
            return Err("a transit is discharged twice");
        }
        let (holder, reference) = (self.holder.clone(), self.reference.clone());
        book.put(RowKey::Transit(self.transit.clone()), Row::Transit(Discharged { holder, reference }));
        Ok(())
    }
}
