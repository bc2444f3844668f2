//! Goods go abroad again, by an item of a declaration.
//!
//! Must not know of: securities.

use serde::{Deserialize, Serialize};

use super::{Departure, Judged, Move};
use crate::goods::account::Account;
use crate::goods::item::Passage;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};

/// Goods go abroad again, by an item of a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reexport(pub Departure);

impl Move for Reexport {
    fn rows(&self) -> Vec<RowKey> {
        self.0.rows()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        self.0.judge(book, Passage::Reexport, &Account::Abroad, objections)
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        self.0.marks(book, Passage::Reexport)
    }
}
