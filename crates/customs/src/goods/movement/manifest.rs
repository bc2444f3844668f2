//! A line of a cargo manifest is filed: what a carrier brings to the zone. Nothing passes by it; entries write it off (`write_off`).
//!
//! Must not know of: who may file one, in what form it came.

use serde::{Deserialize, Serialize};

use super::{Judged, ManifestLine, Move};
use crate::goods::name::{Commodity, Id};
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::row::{Book, RowKey};
use crate::goods::unit::Kind;

/// A line of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Which.
    pub line: ManifestLine,
    /// Who brings the goods.
    pub carrier: Id,
    /// The consignment note or bill of lading (WCO Data Model, D023).
    pub transport_document: Id,
    /// What they are.
    pub commodity: Commodity,
    /// How many packages there are (144), one at least.
    pub packages: u32,
    /// What they weigh with their packing (126).
    pub gross: Quantity,
}

impl Move for Manifest {
    // It is in no account: the manifest's reference is new, and its lines are numbered by whoever reads it.
    fn rows(&self) -> Vec<RowKey> {
        Vec::new()
    }

    fn judge(&self, _: &Book, objections: &mut Objections) -> Judged {
        if self.line.line == 0 {
            objections.add("line", GoodsFault::ItemZero);
        }
        if self.packages == 0 {
            objections.add("packages", GoodsFault::Nothing);
        }
        objections.something("gross", self.gross);
        if self.gross.kind() != Kind::Mass {
            objections.add("gross", GoodsFault::OtherUnit { wanted: self.gross, unit: Kind::Mass.unit() });
        }
        Judged::default()
    }
}
