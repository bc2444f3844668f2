//! Decisions, and who or what made them.
//!
//! Must not know of: how anybody decides.

use definition::model::Name;
use serde::{Deserialize, Serialize};

use super::OfficerId;
use crate::CaseId;

/// A decision and who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The stage.
    pub stage: Name,
    /// The route taken.
    pub route: Name,
    /// The grounds cited: of several officers each cites one.
    pub grounds: Vec<Name>,
    /// Who decided.
    pub by: Decider,
}

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decider {
    /// A decision table.
    Rule,
    /// These officers.
    Officers(Vec<OfficerId>),
    /// Nobody in time: these officers were silent and the law decided.
    Silence(Vec<OfficerId>),
    /// The authorities that were consulted.
    Consult,
    /// A lot.
    Lot,
    /// What another application in the same matter came to by lot, which binds more than what was drawn here.
    Matter(CaseId),
    /// A lot that was not drawn in time: the case goes the way that binds most.
    Undrawn,
}

/// The way that a case goes where chance decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The route, which is the stage that follows.
    pub route: Name,
    /// What decided it.
    pub by: Decider,
}
