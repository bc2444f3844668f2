//! Movements: the closed set of what can be done with goods of the zone. One movement, one file.
//!
//! Must not know of: who asks for them, what law lets them, where rows are kept.

mod accept;
mod amend;
mod depart;
mod discharge;
mod entry;
mod exit;
mod filling;
mod free;
mod hold;
mod issue;
mod loss;
mod manifest;
mod offer;
mod passing;
mod process;
mod reexport;
mod refuse_arrival;
mod reject;
mod reserve;
mod reserve_arrival;
mod sample;
mod settle;
mod spend;
mod split;
mod surrender;
mod transfer;
mod transit;
mod withdraw;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::account::Posting;
use super::name::Id;
use super::problem::Objections;
use super::quantity::Quantity;
use super::row::{Book, Row, RowKey};
use super::taking::{free, owned};

pub use accept::Accept;
pub use amend::{Amend, Becomes};
pub use depart::Departure;
pub use discharge::Discharge;
pub use entry::{Entry, ManifestLine};
pub use exit::Exit;
pub use free::Free;
pub use hold::Hold;
pub use issue::Issue;
pub use loss::Loss;
pub use manifest::Manifest;
pub use offer::Offer;
pub use process::{Made, Process, Waste, WasteKind};
pub use reexport::Reexport;
pub use refuse_arrival::RefuseArrival;
pub use reject::Reject;
pub use reserve::{Reserve, Unreserve};
pub use reserve_arrival::{ReserveArrival, UnreserveArrival};
pub use sample::Sample;
pub use settle::Settle;
pub use spend::Spend;
pub use split::{Part, Split};
pub use surrender::Surrender;
pub use transfer::Transfer;
pub use transit::Transit;
pub use withdraw::Withdraw;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Movement {
    /// Goods come into the zone.
    Entry(Entry),
    /// An item by which goods came in is amended, or falls away.
    Amend(Amend),
    /// A warehouse receipt is issued on a part of a lot.
    Issue(Issue),
    /// A receipt is split.
    Split(Split),
    /// A receipt, and the goods with it, goes to another holder.
    Transfer(Transfer),
    /// Goods are made into other goods.
    Process(Process),
    /// A sample is taken.
    Sample(Sample),
    /// Goods are lost or destroyed.
    Loss(Loss),
    /// Goods go to the mainland.
    Exit(Exit),
    /// Goods go abroad.
    Reexport(Reexport),
    /// Goods go on in transit.
    Transit(Transit),
    /// Goods are held where they are.
    Hold(Hold),
    /// A hold ends.
    Free(Free),
    /// A line of a cargo manifest is filed.
    Manifest(Manifest),
    /// Something is taken of an allowance.
    Spend(Spend),
    /// A declaration's reference and goods are kept for whoever handed it in.
    Reserve(Reserve),
    /// A reservation ends.
    Unreserve(Unreserve),
    /// A receipt is offered to somebody.
    Offer(Offer),
    /// An offer is taken, and the goods go with the receipt.
    Accept(Accept),
    /// An offer is withdrawn.
    Withdraw(Withdraw),
    /// An offer is rejected.
    Reject(Reject),
    /// A receipt is surrendered, and its goods are a lot.
    Surrender(Surrender),
    /// A transit is discharged.
    Discharge(Discharge),
    /// The arrival of a transit is refused.
    #[serde(rename = "refuse-arrival")]
    RefuseArrival(RefuseArrival),
    /// A transit's arrival is kept for whoever presents it.
    #[serde(rename = "reserve-arrival")]
    ReserveArrival(ReserveArrival),
    /// The reservation of an arrival ends.
    #[serde(rename = "unreserve-arrival")]
    UnreserveArrival(UnreserveArrival),
    /// Something that is left over between papers is settled.
    Settle(Settle),
}

/// A lot or a receipt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holding {
    /// A lot.
    Lot(Id),
    /// A warehouse receipt.
    Receipt(Id),
}

/// So much of a lot or receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// Of which.
    pub from: Holding,
    /// How much.
    pub quantity: Quantity,
}

/// What a movement comes to on paper.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) postings: Vec<Posting>,
    pub(super) difference: Option<Quantity>,
}

/// What each movement says of itself.
trait Move {
    /// Every row that it reads or writes, also those that it opens.
    fn rows(&self) -> Vec<RowKey>;

    /// What passes between accounts, where nothing objects.
    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged;

    /// The empty accounts that it opens, unless they are there.
    fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        let _ = book;
        Vec::new()
    }

    /// What it changes beside goods.
    ///
    /// # Errors
    /// Why it cannot follow what is in the book.
    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let _ = book;
        Ok(())
    }
}

impl Movement {
    /// Every row that the movement reads or writes. Whoever decides it has to have read these and no others; one that is not there yet is to be written as new.
    #[must_use]
    pub fn rows(&self) -> BTreeSet<RowKey> {
        self.inner().rows().into_iter().collect()
    }

    /// What it is called, as in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Entry(_) => "entry",
            Self::Issue(_) => "issue",
            Self::Split(_) => "split",
            Self::Transfer(_) => "transfer",
            Self::Process(_) => "process",
            Self::Sample(_) => "sample",
            Self::Loss(_) => "loss",
            Self::Exit(_) => "exit",
            Self::Reexport(_) => "reexport",
            Self::Transit(_) => "transit",
            Self::Hold(_) => "hold",
            Self::Free(_) => "free",
            Self::Manifest(_) => "manifest",
            Self::Spend(_) => "spend",
            Self::Amend(_) => "amend",
            Self::Reserve(_) => "reserve",
            Self::Unreserve(_) => "unreserve",
            Self::Offer(_) => "offer",
            Self::Accept(_) => "accept",
            Self::Withdraw(_) => "withdraw",
            Self::Reject(_) => "reject",
            Self::Surrender(_) => "surrender",
            Self::Discharge(_) => "discharge",
            Self::RefuseArrival(_) => "refuse-arrival",
            Self::ReserveArrival(_) => "reserve-arrival",
            Self::UnreserveArrival(_) => "unreserve-arrival",
            Self::Settle(_) => "settle",
        }
    }

    pub(super) fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        self.inner().judge(book, objections)
    }

    pub(super) fn opens(&self, book: &Book) -> Vec<(RowKey, Row)> {
        self.inner().opens(book)
    }

    pub(super) fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        self.inner().marks(book)
    }

    fn inner(&self) -> &dyn Move {
        match self {
            Self::Entry(movement) => movement,
            Self::Amend(movement) => movement,
            Self::Issue(movement) => movement,
            Self::Split(movement) => movement,
            Self::Transfer(movement) => movement,
            Self::Process(movement) => movement,
            Self::Sample(movement) => movement,
            Self::Loss(movement) => movement,
            Self::Exit(movement) => movement,
            Self::Reexport(movement) => movement,
            Self::Transit(movement) => movement,
            Self::Hold(movement) => movement,
            Self::Free(movement) => movement,
            Self::Manifest(movement) => movement,
            Self::Spend(movement) => movement,
            Self::Reserve(movement) => movement,
            Self::Unreserve(movement) => movement,
            Self::Offer(movement) => movement,
            Self::Accept(movement) => movement,
            Self::Withdraw(movement) => movement,
            Self::Reject(movement) => movement,
            Self::Surrender(movement) => movement,
            Self::Discharge(movement) => movement,
            Self::RefuseArrival(movement) => movement,
            Self::ReserveArrival(movement) => movement,
            Self::UnreserveArrival(movement) => movement,
            Self::Settle(movement) => movement,
        }
    }
}

impl Holding {
    /// Its row.
    #[must_use]
    pub fn row(&self) -> RowKey {
        match self {
            Self::Lot(id) => RowKey::Lot(id.clone()),
            Self::Receipt(id) => RowKey::Receipt(id.clone()),
        }
    }
}

impl std::fmt::Display for Holding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lot(id) => write!(f, "lot {id}"),
            Self::Receipt(id) => write!(f, "receipt {id}"),
        }
    }
}
