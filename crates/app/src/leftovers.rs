//! What is left over: lines of cargo manifests that did not come in as they were filed, declarations that nothing was let in or out by, passes that nobody left with, goods in transit that did not arrive.
//!
//! Must not know of: pages, how goods move (`customs::goods`).
//!
//! Each is an entry beside the cases, written in the append (or with the passage at a gate) that opens it or writes it off, and follows from the record and the
//! passages alone: `panjereh rebuild` makes it again. What the papers come to is `customs::goods::write_off`'s to say.

mod follow;
mod journey;
mod lines;
mod look;
mod make;
mod named;
mod restore;
mod restore_lines;
mod settled;

use engine::CaseId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Put;

use crate::AppError;
use crate::passages::{Doubt, Passed};
use customs::goods::{
    Commodity, Departure, Id, ItemRef, Left, Manifest, ManifestLine, MassDiffers, Movement, Passage, Posted, Quantity,
    Weighed,
};

pub use journey::is_manifest;
pub use look::{LeftoverFilter, LeftoverView, LeftoverWay, all_leftovers};
pub(crate) use make::{LetGo, let_go};
pub(crate) use restore::Gathered;
pub use settled::{Settled, Settling};

/// Which paper something is left over of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaperKind {
    /// A line of a cargo manifest, by which less or more came in than it is for.
    Manifest,
    /// A declaration by which nothing came in or was released yet.
    Declared,
    /// Goods that were released, and the pass with which they leave.
    Released,
    /// Goods in transit that were not discharged.
    Transit,
}

impl PaperKind {
    /// Each of them, in the order in which goods meet them.
    pub const ALL: [Self; 4] = [Self::Manifest, Self::Declared, Self::Released, Self::Transit];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Declared => "declared",
            Self::Released => "released",
            Self::Transit => "transit",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    const fn entry_kind(self) -> &'static str {
        match self {
            Self::Manifest => "leftover/manifest",
            Self::Declared => "leftover/declared",
            Self::Released => "leftover/released",
            Self::Transit => "leftover/transit",
        }
    }
}

/// Goods of an item that were let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The item of the declaration by which they leave.
    pub item: ItemRef,
    /// Where to.
    pub to: Passage,
    /// What they are.
    pub commodity: Commodity,
    /// How much was released.
    pub quantity: Quantity,
    /// What it weighs with its packing by the declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Quantity>,
}

/// A passage out of a gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WentOut {
    /// When, by the gate's clock.
    pub at: Timestamp,
    /// The gate's account.
    pub gate: String,
    /// What the scale showed; none where nothing was weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed: Option<Weighed>,
    /// How the load differs from what was released, beyond the zone's tolerance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<MassDiffers>,
    /// Why it writes nothing off: the pass did not hold when it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

/// What is left over, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "lowercase")]
pub enum What {
    /// A line of a cargo manifest.
    Manifest {
        /// Which.
        line: ManifestLine,
        /// What was filed; none where nobody filed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filed: Option<Manifest>,
        /// How it and what came in differ.
        left: Left,
        /// What came in by items of declarations, and whose: gross mass.
        entered: Vec<(String, ItemRef, Quantity)>,
    },
    /// A declaration that is not answered yet.
    Declared {
        /// The declarant's reference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// How many items it has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        items: Option<String>,
    },
    /// Goods that were released.
    Released {
        /// The goods.
        loads: Vec<Load>,
        /// How the releases and what went out of the gate differ, item by item.
        left: Vec<(ItemRef, Left)>,
        /// When the pass ends, if it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// What went out with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        went_out: Vec<WentOut>,
        /// Under which record the journey stands that they left for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        journey: Option<Record>,
    },
    /// Goods in transit.
    Transit {
        /// The goods.
        loads: Vec<Load>,
        /// Under which record the journey stands.
        record: Record,
        /// The last day to arrive, if the record has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
}

/// A record of a register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    /// The register.
    pub register: String,
    /// The record's key.
    pub key: String,
}

impl What {
    /// Of which paper.
    #[must_use]
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::Manifest { .. } => PaperKind::Manifest,
            Self::Declared { .. } => PaperKind::Declared,
            Self::Released { .. } => PaperKind::Released,
            Self::Transit { .. } => PaperKind::Transit,
        }
    }
}

/// Something left over, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) case: CaseId,
    /// When the case was opened.
    pub(crate) opened: Timestamp,
    /// Since when it is left over.
    pub(crate) since: Timestamp,
    /// When something was last added to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) changed: Option<Timestamp>,
    /// From when on it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) late: Option<Timestamp>,
    /// Whose goods they are.
    pub(crate) owner: Option<String>,
    pub(crate) what: What,
}

/// Where something of a case is kept: those of cases that were opened first stand first, whatever their kind.
fn key(kind: PaperKind, opened: Timestamp, case: CaseId) -> String {
    format!("{:020}-{case}-{}", opened.as_millisecond().max(0), kind.name())
}

impl Kept {
    fn key(&self) -> String {
        let key = key(self.what.kind(), self.opened, self.case);
        match &self.what {
            // A case has many lines; one that nobody filed may be any manifest's.
            What::Manifest { line, .. } => {
                let manifest = hex::encode(Sha256::digest(line.manifest.as_str()));
                format!("{key}-{:06}-{}", line.line, manifest.get(..16).unwrap_or_default())
            }
            _ => key,
        }
    }

    /// The write after which it is left over no longer.
    fn gone(&self, expected: Option<u64>) -> Put {
        Put { kind: self.what.kind().entry_kind().to_owned(), key: self.key(), owner: None, body: None, expected }
    }

    fn put(&self, expected: Option<u64>) -> Result<Put, AppError> {
        let (kind, key) = (self.what.kind().entry_kind().to_owned(), self.key());
        Ok(Put { kind, key, owner: self.owner.clone(), body: Some(serde_json::to_vec(self)?), expected })
    }
}

/// The write after which nothing is left over of a case's paper.
fn gone(kind: PaperKind, opened: Timestamp, case: CaseId, expected: Option<u64>) -> Put {
    let key = key(kind, opened, case);
    Put { kind: kind.entry_kind().to_owned(), key, owner: None, body: None, expected }
}
