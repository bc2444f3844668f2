//! The roster as a recorded stream: who holds which role, who is absent, whose passkey is which. A fold of its events, like a case.
//!
//! Must not know of: storage, signatures, the clock, any case.
//!
//! It stands in the same log as the cases, under one fixed id: so whoever may see its events can say who was on the roster at any moment, and
//! the log proves that none was added, changed or left out afterwards. What somebody does to it and what the record says came of it are the same:
//! an act that is allowed is its own event.

mod act;
mod decide;
mod register;
mod view;

use sha2::{Digest as _, Sha256};

use crate::CaseId;
use crate::case::Digest;

pub use act::{RosterAct, RosterActor, RosterEvent};
pub use decide::{PROPOSAL_LIVES_H, RECOVERY_LIVES_H, RosterRefusal, decide, decide_again};
pub use register::{Absence, Entry, KEEPERS_MIN, Passkey, Proposal, Recovery, Register};

/// The stream's id in the store. No case has it: cases' ids are drawn at random.
pub const STREAM: CaseId = CaseId(*b"panjereh roster1");

/// What stands in the place of a definition's hash: SHA-256("panjereh roster v1"), the rules of this module.
pub fn rules() -> Digest {
    Digest(Sha256::digest(b"panjereh roster v1").into())
}
