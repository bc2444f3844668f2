//! Goods are lost or destroyed, by an act that says so (19 CFR 146.53: every shortage is recorded).
//!
//! Must not know of: who is liable for what is due on them.

use serde::{Deserialize, Serialize};

use super::{Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};
use crate::goods::taking::{Held, Taking};

/// Goods are lost or destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The act that says so.
    pub reference: Id,
    /// Whose goods they are.
    pub owner: Id,
    /// Of which, and how much.
    pub take: Take,
}

impl Move for Loss {
    fn rows(&self) -> Vec<RowKey> {
        vec![self.take.from.row()]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        let taken =
            Taking::from(book).take(["take.from", "take.quantity"], &self.owner, &self.take, Held::MayGo, objections);
        let posting = taken.map(|taken| Posting {
            from: Account::from(&self.take.from),
            to: Account::Loss,
            commodity: taken.commodity,
            layers: taken.layers,
        });
        Judged { postings: posting.into_iter().collect(), difference: None }
    }
}
