//! What the world says at the moment of an act: everything `decide` may use besides the definition and the case.
//!
//! Must not know of: where it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use definition::model::{Booking, Fact, Name, Service, Source, Zone};
use definition::value::Value;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
use crate::case::{Case, OfficerId, Person};
use crate::lot;
use crate::reading;
use crate::refusal::Refusal;
use crate::signed::Signed;

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
    /// What works facts out.
    pub functions: &'a dyn Functions,
    /// The act as the officer who does it signed it. The caller has verified it; it is recorded with the event that is the officer's own.
    pub signed: Option<&'a Signed>,
}

/// What works facts out of facts. An answer depends on what is given, on the moment, and on the tables that the definition names; on nothing else, so
/// that whoever asks again gets the same.
pub trait Functions: fmt::Debug + Send + Sync {
    /// What the function of a fact says of what it is given, for a case: what is kept for that in accounts is not in its way.
    ///
    /// # Errors
    /// Everything that is wrong with what is given; nothing where the function is not known here.
    fn compute(&self, fact: &Fact, of: &[&Value], case: &Case, at: Timestamp) -> Result<Computed, Vec<Fault>>;

    /// What the function of a booking moves in the accounts that it keeps, as it is to be recorded. What was booked before in the same act has moved.
    ///
    /// # Errors
    /// As [`Functions::compute`]; also everything that the accounts have against it.
    fn book(&self, booking: &Booking, of: &[&Value], case: &Case, at: Timestamp) -> Result<String, Vec<Fault>> {
        let _ = (booking, of, case, at);
        Err(Vec::new())
    }
}

/// What a function says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The fact.
    pub value: Value,
    /// What it says besides, by concept.
    pub values: BTreeMap<String, Value>,
}

/// Something that is wrong with what a function was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// In which of the facts that it was given, from 0.
    pub of: usize,
    /// Where in that fact; empty when the fact is no text or document.
    pub place: String,
    /// What is wrong and what to do about it, by language.
    pub words: BTreeMap<String, String>,
}

/// A world in which no function is known: what asks for one cannot be decided.
#[derive(Clone, Copy, Debug)]
pub struct NoFunctions;

impl Functions for NoFunctions {
    fn compute(&self, _: &Fact, _: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        Err(Vec::new())
    }
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
    /// What the applicant's other applications in the same matter came to by lot, by stage.
    pub ways: BTreeMap<Name, Vec<lot::Bound>>,
}

/// Randomness that is yet to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// From where.
    pub source: lot::Source,
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

static OWN: Lots =
    Lots { coming: None, recusals: Vec::new(), load: BTreeMap::new(), waiting: BTreeMap::new(), ways: BTreeMap::new() };

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
    /// What keeps officers from cases, besides being the applicant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Officers who are absent: they are not drawn.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub away: BTreeSet<OfficerId>,
    /// Of those who are absent, the officers whose cases are given to others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub replaced: BTreeSet<OfficerId>,
}

/// What an officer has to do with somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// The officer.
    pub officer: OfficerId,
    /// The person's id, or the key of a register's record such as a company's.
    pub with: String,
    /// Whether the officer, as a person, holds the record; else they declared a relation.
    #[serde(default)]
    pub holds: bool,
    /// Whether the officer, as a person, may act for the record under a mandate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acts: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives it so")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What keeps an officer from a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The officer is the applicant.
    OwnCase,
    /// The officer declared a relation with the applicant or with what the case is about.
    Related {
        /// With whom or what.
        with: String,
    },
    /// The officer holds what the case is about, such as the company.
    Shared {
        /// What.
        with: String,
    },
    /// The officer, as a person, acts for what the case is about, or acted in it, under a mandate.
    ActsFor,
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::OwnCase => Self::OwnCase,
            Conflict::Related { with } => Self::Related { with },
            Conflict::Shared { with } => Self::Shared { with },
            Conflict::ActsFor => Self::ActsFor,
        }
    }
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

    /// A seat's share of draws now.
    pub fn weight(&self, seat: &Seat) -> u32 {
        if self.away.contains(&seat.officer) { 0 } else { seat.weight }
    }

    /// Whether somebody is on the roster.
    pub fn serves(&self, officer: &str) -> bool {
        self.seats.iter().any(|seat| seat.officer == officer)
    }

    /// Whether somebody holds a role of an authority.
    pub fn serves_in(&self, officer: &str, zone: &Zone, authority: &str) -> bool {
        let of_authority = |role: &Name| zone.roles.get(role).is_some_and(|role| role.authority == authority);
        self.seats.iter().any(|seat| seat.officer == officer && of_authority(&seat.role))
    }

    /// Whether two officers are the same person under two ids.
    pub fn is_one_person(&self, one: &str, other: &str) -> bool {
        let people = |officer: &str| {
            let seats = self.seats.iter().filter(move |seat| seat.officer == officer);
            seats.filter_map(|seat| seat.person.as_ref()).collect::<Vec<_>>()
        };
        let others = people(other);
        people(one).iter().any(|person| others.contains(person))
    }

    /// What keeps an officer from a case.
    pub fn conflict(&self, officer: &str, service: &Service, case: &Case) -> Option<Conflict> {
        let person = |seat: &Seat| seat.officer == officer && seat.person.as_ref() == Some(&case.applicant);
        if self.seats.iter().any(person) {
            return Some(Conflict::OwnCase);
        }
        let agent = |seat: &Seat| {
            seat.officer == officer && seat.person.as_ref().is_some_and(|person| case.agents.contains(person))
        };
        if self.seats.iter().any(agent) {
            return Some(Conflict::ActsFor);
        }
        let mut own = self.relations.iter().filter(|relation| relation.officer == officer).peekable();
        own.peek()?;
        let records: Vec<String> = concerned(service, case).collect();
        let meets = |relation: &&Relation| relation.with == case.applicant || records.contains(&relation.with);
        let Relation { with, holds, acts, .. } = own.find(meets)?;
        let with = with.clone();
        if *acts {
            return Some(Conflict::ActsFor);
        }
        Some(if *holds { Conflict::Shared { with } } else { Conflict::Related { with } })
    }
}

/// The keys of the registers' records that a case is about.
pub fn concerned<'a>(service: &'a Service, case: &'a Case) -> impl Iterator<Item = String> + 'a {
    let registered = service.facts.iter().filter(|fact| matches!(fact.source, Source::Register { .. }));
    registered.filter_map(|fact| case.facts.get(&fact.name).and_then(reading::record_key))
}
