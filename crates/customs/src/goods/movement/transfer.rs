//! A warehouse receipt is transferred, and with it the goods: a new receipt is issued to the new holder, and the former one is void.
//!
//! Must not know of: prices, or whether the two agreed.

use serde::{Deserialize, Serialize};

use super::issue::{replacing, unused};
use super::{Holding, Judged, Move, Take};
use crate::goods::account::{Account, Posting};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{Held, Taking, owned};

/// A receipt goes to another holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The receipt.
    pub receipt: Id,
    /// Who holds it.
    pub holder: Id,
    /// Who is to hold it.
    pub to: Id,
    /// The number of the receipt that takes its place, never used before.
    pub becomes: Id,
}

impl Move for Transfer {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Receipt(self.receipt.clone()), RowKey::Receipt(self.becomes.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        unused(book, "becomes", &self.becomes, objections);
        if self.to == self.holder {
            objections.add("to", GoodsFault::SameHolder { holder: self.to.clone() });
        }
        all_of(book, (&self.receipt, &self.holder), Account::Receipt(self.becomes.clone()), objections)
    }

    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        replacing(book, &self.receipt, &self.becomes, &self.to).into_iter().collect()
    }
}

/// All that is left of a receipt of somebody's, going to another account.
pub(super) fn all_of(book: &Book, (receipt, holder): (&Id, &Id), to: Account, objections: &mut Objections) -> Judged {
    let from = Holding::Receipt(receipt.clone());
    let Some(stock) = owned(book, "receipt", holder, &from, objections) else { return Judged::default() };
    if stock.layers.is_empty() {
        objections.add("receipt", GoodsFault::Spent(from));
        return Judged::default();
    }
    let take = Take { from, quantity: stock.balance() };
    let Some(taken) = Taking::from(book).take(["receipt"; 2], holder, &take, Held::Stay, objections) else {
        return Judged::default();
    };
    let posting = Posting { from: Account::from(&take.from), to, commodity: taken.commodity, layers: taken.layers };
    Judged { postings: vec![posting], difference: None }
}
