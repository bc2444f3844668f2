//! What the world says at the moment of an act: everything `decide` may use besides the definition and the case.
//!
//! Must not know of: where it comes from.

use std::collections::BTreeMap;

use definition::model::Name;
use definition::value::Value;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
use crate::case::{OfficerId, Person};
use crate::lot::Source;

/// What the world says.
#[derive(Clone, Debug)]
pub struct World<'a> {
    /// The present moment.
    pub now: Timestamp,
    /// 32 random bytes that the actor could not choose.
    pub randomness: [u8; 32],
    /// Who holds which role.
    pub roster: &'a Roster,
    /// The register record that each register fact of the act names; absent when the register has none.
    pub records: &'a BTreeMap<Name, Record>,
    /// The applicant's record in `people`, by concept.
    pub applicant: &'a BTreeMap<String, Value>,
    /// Who sits in the applicant's other applications in the same matter.
    pub sitting: &'a Sitting,
    /// Of the cases that wait at the same desk for the officer who acts, the one that was opened first, if it was opened before this one. Only asked
    /// for where the desk promises an order.
    pub ahead: Option<CaseId>,
    /// What draws need besides.
    pub lots: &'a Lots,
}

/// What draws need to know of the world besides the roster.
#[derive(Clone, Debug, Default)]
pub struct Lots {
    /// Where randomness comes from, for a lot that is fixed now; without it, the world's own randomness is used at once, and nobody can prove that
    /// it was not chosen.
    pub coming: Option<Coming>,
    /// Who recused themselves from whose cases.
    pub recusals: Vec<Recusal>,
    /// How many open cases officers hold, of those who may hold only so many.
    pub load: BTreeMap<OfficerId, u32>,
    /// Lots of the applicant's other applications in the same matter that are yet to be drawn, by seat.
    pub waiting: BTreeMap<String, Elsewhere>,
}

/// Randomness that is yet to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// From where.
    pub source: Source,
    /// When it can be there at the earliest.
    pub due: Timestamp,
}

/// An officer keeps out of somebody's cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    /// Who.
    pub officer: OfficerId,
    /// Whose cases.
    pub from: Person,
}

/// A lot of another case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// That case.
    pub case: CaseId,
    /// When it can be drawn at the earliest.
    pub due: Timestamp,
}

static OWN: Lots = Lots { coming: None, recusals: Vec::new(), load: BTreeMap::new(), waiting: BTreeMap::new() };

impl Lots {
    /// A world that draws at once with its own randomness, in which nobody is recused, full, or waited for.
    pub fn own() -> &'static Self {
        &OWN
    }
}

/// The officers who sit in a matter, by seat (a stage, or `stage/branch`) in the order in which they came: one matter has one draw, in however many
/// cases it is before the authority.
pub type Sitting = BTreeMap<String, Vec<Sitter>>;

/// An officer who sits in a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitter {
    /// Who.
    pub officer: OfficerId,
    /// The case for which they were drawn.
    pub case: CaseId,
}

/// A register's record as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Whose it is.
    pub held_by: Option<String>,
    /// Its values by concept.
    pub values: BTreeMap<String, Value>,
}

/// Who holds which role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Seats in any order.
    pub seats: Vec<Seat>,
}

/// An officer in a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The role.
    pub role: Name,
    /// The officer's id.
    pub officer: OfficerId,
    /// The person the officer is, so that nobody decides their own case.
    pub person: Option<Person>,
    /// Their share of draws.
    pub weight: u32,
    /// How many open cases they may hold; any number when absent. Whoever holds as many is no candidate, as long as more candidates are left than
    /// are drawn: a limit spreads the work, and must neither stop it nor leave a draw that has only one way to come out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_open: Option<u32>,
}

impl Roster {
    /// The seats of a role.
    pub fn of_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Seat> {
        self.seats.iter().filter(move |seat| seat.role == role)
    }
}
