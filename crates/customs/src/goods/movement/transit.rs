//! Goods go on through the mainland to another country, by an item of a transit declaration.
//!
//! Must not know of: routes, seals and guarantees.

use serde::{Deserialize, Serialize};

use super::{Departure, Judged, Move};
use crate::goods::account::Account;
use crate::goods::item::Passage;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};

/// Goods go on through the mainland to another country, by an item of a transit declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Transit(pub Departure);

impl Move for Transit {
    fn rows(&self) -> Vec<RowKey> {
        self.0.rows()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        self.0.judge(book, Passage::Transit, &Account::Transit, objections)
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        self.0.marks(book, Passage::Transit)
    }
}
