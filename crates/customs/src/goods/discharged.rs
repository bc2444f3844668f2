//! Transits that were discharged, so that none is twice.
//!
//! Must not know of: movements.

use serde::{Deserialize, Serialize};

use super::name::Id;

/// A transit that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discharged {
    /// Who answered for it.
    pub holder: Id,
    /// The act that discharged it.
    pub reference: Id,
}
