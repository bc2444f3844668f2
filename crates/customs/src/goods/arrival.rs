//! Where transits arrive: none is discharged twice, one case at a time looks at what came, and what was refused is not presented again.
//!
//! Must not know of: movements, what a case is.

use serde::{Deserialize, Serialize};

use super::name::Id;

/// The arrival of a transit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Who answers for the transit.
    pub holder: Id,
    /// The act that discharged it; nothing before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Id>,
    /// The act that found that what came does not discharge it; nothing before. Nobody presents it again, and the same act may discharge it still, when an
    /// appeal says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Id>,
    /// The act that it is kept for; nothing once that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
}
