//! The history of accounts: what each booking changed in a lot or receipt, in a line, with what is there after it.
//!
//! Must not know of: cases, where lines are kept. Lines follow from what was posted alone, so that they can be made again.

use std::collections::BTreeMap;

use definition::value::Date;
use serde::{Deserialize, Serialize};

use super::account::{Account, Posted};
use super::layer::total;
use super::movement::{Holding, Movement};
use super::name::Id;
use super::quantity::Quantity;
use super::row::{Book, RowKey};

/// What one booking changed in an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryLine {
    /// How often the account has changed by then: lines of an account are in this order.
    pub number: u64,
    /// What was done: [`Movement::name`]; of several movements of one booking the first.
    pub movement: String,
    /// How much came.
    pub came: Quantity,
    /// How much went.
    pub went: Quantity,
    /// Where it came from and went to, each account once.
    pub others: Vec<Account>,
    /// What is there after it.
    pub balance: Quantity,
    /// To whom it was offered and until when, of an offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedTo>,
}

/// To whom a receipt was offered, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedTo {
    /// Who may take it.
    pub to: Id,
    /// The last day on which it can be taken.
    pub until: Date,
}

/// The lines of what one booking posted, by account; `after` has at least the accounts that it touched, as they are after it.
#[must_use]
pub fn history(posted: &[Posted], after: &Book) -> BTreeMap<RowKey, HistoryLine> {
    let mut lines = BTreeMap::new();
    for one in posted {
        if let Movement::Hold(super::Hold { of, .. }) | Movement::Free(super::Free { of, .. }) = &one.movement {
            line(&mut lines, of, after, one.movement.name());
        }
        if let Movement::Offer(super::Offer { receipt, .. })
        | Movement::Withdraw(super::Withdraw { receipt, .. })
        | Movement::Reject(super::Reject { receipt, .. }) = &one.movement
        {
            line(&mut lines, &Holding::Receipt(receipt.clone()), after, one.movement.name());
        }
        if let Movement::Offer(super::Offer { receipt, to, until, .. }) = &one.movement
            && let Some(line) = lines.get_mut(&RowKey::Receipt(receipt.clone()))
        {
            line.offered = Some(OfferedTo { to: to.clone(), until: *until });
        }
        for posting in &one.postings {
            for (own, other, comes) in [(&posting.from, &posting.to, false), (&posting.to, &posting.from, true)] {
                let Some(holding) = own.holding() else { continue };
                let Some(line) = line(&mut lines, &holding, after, one.movement.name()) else { continue };
                let side = if comes { &mut line.came } else { &mut line.went };
                // No account takes more than a quantity can be.
                let sum = total(&posting.layers, Quantity::zero(side.kind())).and_then(|sum| side.plus(sum));
                *side = sum.unwrap_or(Quantity::most(side.kind()));
                if !line.others.contains(other) {
                    line.others.push(other.clone());
                }
            }
        }
    }
    lines
}

/// The line of an account, begun if it was not.
fn line<'l>(
    lines: &'l mut BTreeMap<RowKey, HistoryLine>,
    holding: &Holding,
    after: &Book,
    movement: &str,
) -> Option<&'l mut HistoryLine> {
    let stock = after.stock(holding)?;
    let nothing = Quantity::zero(stock.kind);
    Some(lines.entry(holding.row()).or_insert_with(|| HistoryLine {
        number: stock.changes,
        movement: movement.to_owned(),
        came: nothing,
        went: nothing,
        others: Vec::new(),
        balance: stock.balance(),
        offered: None,
    }))
}
