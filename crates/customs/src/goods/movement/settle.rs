//! What is left over between papers is settled: somebody looked at it, and nothing is to follow any more. Nothing passes by it.
//!
//! Must not know of: what was left over, who may settle it.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::leftover_ref::LeftoverRef;
use crate::goods::name::Id;
use crate::goods::problem::Objections;
use crate::goods::row::{Book, RowKey};

/// Something that is left over is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// Whose it is.
    pub owner: Id,
    /// What.
    pub leftover: LeftoverRef,
    /// What explains it: a code of the zone's.
    pub cause: Id,
}

impl Move for Settle {
    // It is in no account: papers that do not meet may be of goods that never were there.
    fn rows(&self) -> Vec<RowKey> {
        Vec::new()
    }

    fn judge(&self, _: &Book, _: &mut Objections) -> Judged {
        Judged::default()
    }
}
