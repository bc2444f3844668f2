//! How officers come to a case, and how chance decides between stages: a draw that anyone can do again from what is recorded.
//!
//! Must not know of: how randomness is had or proven (it is given, with its proof), what a case or a matter is.
//!
//! The draw is without replacement and by weight. Candidates stand in order of their ids, routes in that of the definition; the n-th random number is
//! SHA-256("panjereh draw v1" || randomness || matter || counter), its first 8 bytes read big-endian; numbers at or above the largest multiple
//! of the total weight are rejected (Lemire, "Fast Random Integer Generation in an Interval", 2019, section 3, discusses the bias this avoids).
//!
//! Where the randomness comes from outside, the draw has two steps: a [`Lot`] names the candidates and the source before anybody can know what the
//! source will say; a [`Draw`] has what it said, and the [`Proof`] of it.

use definition::model::Name;
pub use definition::model::Share;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::CaseId;
use crate::case::{Digest, OfficerId};

mod routes;
mod source;

pub use routes::{bound_by, first, in_words, place, routes_hash};
pub use source::{Evidence, Proof, Source, VrfProof};

/// One officer who may be drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Their id on the roster.
    pub officer: OfficerId,
    /// Their share of the draws, relative to others' (1 to 1,000,000; 0 is never drawn).
    pub weight: u32,
}

/// An officer of the role who is no candidate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Aside {
    /// Who.
    pub officer: OfficerId,
    /// Why.
    pub why: Why,
}

/// Why an officer of the role is no candidate. (Who is the applicant, or sits there already, is left out without a word.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// They recused themselves, from this case or from the applicant's, or have to do with what the case is about.
    Recused,
    /// They are absent.
    Absent,
    /// They hold as many open cases as they may.
    Full,
    /// They were silent in this case.
    Silent,
}

/// What another application in the same matter came to by lot, or would have: a way that binds this one, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The route.
    pub route: Name,
    /// The case.
    pub case: CaseId,
}

/// A draw that is to come: all that decides it but the randomness, which nobody knows yet. It is between officers, or between routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// The role that is drawn from; empty in a draw between routes.
    #[serde(default, skip_serializing_if = "Name::is_empty")]
    pub role: Name,
    /// How many officers are drawn; 0 in a draw between routes.
    pub people: u32,
    /// Those who can be drawn, in order of their ids and each once.
    pub candidates: Vec<Candidate>,
    /// The routes that can be drawn, as the definition has them; none in a draw of officers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Share>,
    /// The way to which another application in the matter binds this one, unless the draw gives one that stands before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// SHA-256 of the canonical form of the candidates, [`roster_hash`], or of the routes, [`routes_hash`].
    pub roster: Digest,
    /// What the draw is for: the seat, and how many sat there before.
    pub matter: String,
    /// Who is no candidate, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
    /// Where the randomness will come from.
    #[serde(flatten)]
    pub source: Source,
    /// When it can be there at the earliest.
    pub due: Timestamp,
}

/// A draw as it is recorded: enough to do it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Those who could be drawn, in order of their ids.
    pub candidates: Vec<Candidate>,
    /// The routes that could be drawn, as the definition has them; none in a draw of officers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Share>,
    /// SHA-256 of the canonical form of the candidates, [`roster_hash`], or of the routes, [`routes_hash`].
    pub roster: Digest,
    /// What the draw was for: the case and the seat, or of a [`Lot`] what it says.
    pub matter: String,
    /// The randomness, given from outside.
    pub randomness: Digest,
    /// Who was drawn, in order.
    pub drawn: Vec<OfficerId>,
    /// The route that was drawn; none in a draw of officers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Name>,
    /// Who was no candidate, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
    /// That the randomness is what the source said. Without it the zone drew with its own, and nobody can prove that it did not choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// How one officer, or the route, was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// How many numbers were made before this one, those that were rejected included.
    pub counter: u64,
    /// The random number.
    pub number: u64,
    /// The weights of all who were left, together.
    pub total: u64,
    /// The remainder of the number by the total: whose share it falls into, in the order in which they stand, was drawn.
    pub ticket: u64,
    /// Who, or which route.
    pub drawn: String,
}

/// Draws `people` officers. Nobody is drawn when there are too few candidates with a weight. Who stands twice counts once, with the smaller
/// weight, so that a weight of 0 holds.
pub fn draw(candidates: Vec<Candidate>, matter: &str, randomness: [u8; 32], people: u32) -> Option<Draw> {
    let candidates = single(candidates);
    let tickets = pick(shares(&candidates), matter, randomness, people)?;
    let drawn = tickets.into_iter().map(|ticket| ticket.drawn).collect();
    Some(Draw { candidates, drawn, ..Draw::of(matter, randomness) }.hashed())
}

/// Draws one of these routes; none when there is none with a weight.
pub fn draw_route(routes: &[Share], matter: &str, randomness: [u8; 32]) -> Option<Draw> {
    let ticket = pick(routes::shares(routes), matter, randomness, 1)?.pop()?;
    Some(Draw { routes: routes.to_vec(), route: Some(ticket.drawn), ..Draw::of(matter, randomness) }.hashed())
}

/// In order of ids, each once, with the smaller weight.
fn single(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort();
    candidates.dedup_by(|a, b| a.officer == b.officer);
    candidates
}

/// Names with their weights, in the order in which they stand.
type Shares<'a> = Vec<(&'a str, u32)>;

fn shares(candidates: &[Candidate]) -> Shares<'_> {
    candidates.iter().map(|one| (one.officer.as_str(), one.weight)).collect()
}

fn pick(mut left: Shares<'_>, matter: &str, randomness: [u8; 32], people: u32) -> Option<Vec<Ticket>> {
    left.retain(|(_, weight)| *weight > 0);
    let mut numbers = Numbers { matter, randomness, counter: 0 };
    let mut tickets = Vec::new();
    for _ in 0..people {
        let total: u64 = left.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let number = numbers.accepted(total)?;
        let ticket = number.checked_rem(total)?;
        let mut below = ticket;
        let place = left.iter().position(|(_, weight)| {
            let weight = u64::from(*weight);
            let hit = below < weight;
            below = below.saturating_sub(weight);
            hit
        })?;
        let drawn = left.remove(place).0.to_owned();
        tickets.push(Ticket { counter: numbers.counter.wrapping_sub(1), number, total, ticket, drawn });
    }
    Some(tickets)
}

impl Lot {
    /// A draw to come; none when there are too few candidates with a weight, so that a lot can always be drawn.
    pub fn new(
        role: &str,
        people: u32,
        candidates: Vec<Candidate>,
        matter: &str,
        source: Source,
        due: Timestamp,
    ) -> Option<Self> {
        let candidates = single(candidates);
        let able = candidates.iter().filter(|candidate| candidate.weight > 0).count();
        let (role, roster, matter) = (role.to_owned(), roster_hash(&candidates), matter.to_owned());
        let (routes, bound, aside) = (Vec::new(), None, Vec::new());
        let lot = Self { role, people, candidates, routes, bound, roster, matter, aside, source, due };
        (able >= people as usize).then_some(lot)
    }

    /// A draw to come between routes; none when there is none with a weight.
    pub fn of_routes(
        routes: &[Share],
        bound: Option<Bound>,
        matter: &str,
        source: Source,
        due: Timestamp,
    ) -> Option<Self> {
        let (role, candidates, aside) = (Name::new(), Vec::new(), Vec::new());
        let (roster, matter, people) = (routes_hash(routes), matter.to_owned(), 0);
        let routes = routes.to_vec();
        let able = routes.iter().any(|share| share.weight > 0);
        able.then_some(Self { role, people, candidates, routes, bound, roster, matter, aside, source, due })
    }

    /// The draw that this randomness gives.
    pub fn draw(&self, randomness: Digest, proof: Proof) -> Option<Draw> {
        let draw = if self.routes.is_empty() {
            draw(self.candidates.clone(), &self.matter, randomness.0, self.people)
        } else {
            draw_route(&self.routes, &self.matter, randomness.0)
        };
        Some(Draw { aside: self.aside.clone(), proof: Some(proof), ..draw? })
    }

    /// Whether a draw is of this lot, whatever the randomness was.
    pub fn is_of(&self, draw: &Draw) -> bool {
        let Self { candidates, routes, roster, matter, aside, people, .. } = self;
        let same = (candidates, routes, roster, matter, aside)
            == (&draw.candidates, &draw.routes, &draw.roster, &draw.matter, &draw.aside);
        let answered = draw.proof.as_ref().is_some_and(|proof| proof.answers(&self.source));
        let one_way = draw.route.is_some() != routes.is_empty();
        same && answered && one_way && draw.drawn.len() == *people as usize
    }
}

impl Draw {
    /// A draw of nobody.
    fn of(matter: &str, randomness: [u8; 32]) -> Self {
        Self {
            candidates: Vec::new(),
            routes: Vec::new(),
            roster: Digest([0; 32]),
            matter: matter.to_owned(),
            randomness: Digest(randomness),
            drawn: Vec::new(),
            route: None,
            aside: Vec::new(),
            proof: None,
        }
    }

    /// With the hash of those or what could be drawn.
    fn hashed(mut self) -> Self {
        self.roster = if self.is_of_routes() { routes_hash(&self.routes) } else { roster_hash(&self.candidates) };
        self
    }

    /// Whether it is between routes rather than between officers.
    pub fn is_of_routes(&self) -> bool {
        self.route.is_some() || !self.routes.is_empty()
    }

    /// The draw once more, from what it says could be drawn, what it was for and its randomness; none when that gives nothing.
    pub fn again(&self) -> Option<Self> {
        if self.is_of_routes() {
            return draw_route(&self.routes, &self.matter, self.randomness.0);
        }
        draw(self.candidates.clone(), &self.matter, self.randomness.0, self.people())
    }

    /// Whether doing it again with this randomness gives the same.
    pub fn is_right(&self) -> bool {
        let said = |draw: &Self| {
            let Self { candidates, routes, roster, drawn, route, .. } = draw.clone();
            (candidates, routes, roster, drawn, route)
        };
        self.again().is_some_and(|again| said(&again) == said(self))
    }

    /// How each was drawn; nothing when it does not come out.
    pub fn tickets(&self) -> Vec<Ticket> {
        let (shares, people) = match self.is_of_routes() {
            true => (routes::shares(&self.routes), 1),
            false => (shares(&self.candidates), self.people()),
        };
        pick(shares, &self.matter, self.randomness.0, people).unwrap_or_default()
    }

    /// Whom or what was drawn, in order.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.drawn.iter().chain(&self.route)
    }

    fn people(&self) -> u32 {
        u32::try_from(self.drawn.len()).unwrap_or(u32::MAX)
    }
}

/// SHA-256 over "panjereh roster v1" and, for each candidate in order of ids, the id's length (4 bytes, big-endian), the id and the weight
/// (4 bytes, big-endian).
pub fn roster_hash(candidates: &[Candidate]) -> Digest {
    let mut hash = Sha256::new_with_prefix(b"panjereh roster v1");
    for candidate in candidates {
        hash.update(u32::try_from(candidate.officer.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(candidate.officer.as_bytes());
        hash.update(candidate.weight.to_be_bytes());
    }
    Digest(hash.finalize().into())
}

struct Numbers<'a> {
    matter: &'a str,
    randomness: [u8; 32],
    counter: u64,
}

impl Numbers<'_> {
    /// The next number of which each remainder by `total` is equally likely; none when `total` is 0.
    fn accepted(&mut self, total: u64) -> Option<u64> {
        let accepted = accepted(total)?;
        loop {
            let number = self.next();
            if number < accepted {
                return Some(number);
            }
        }
    }

    fn next(&mut self) -> u64 {
        let digest = Sha256::new_with_prefix(b"panjereh draw v1")
            .chain_update(self.randomness)
            .chain_update(self.matter.as_bytes())
            .chain_update(self.counter.to_be_bytes())
            .finalize();
        self.counter = self.counter.wrapping_add(1);
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }
}

/// The largest multiple of `total` that 8 bytes hold: numbers below it fall on each remainder equally often. None when `total` is 0.
fn accepted(total: u64) -> Option<u64> {
    u64::MAX.checked_div(total)?.checked_mul(total)
}

#[cfg(test)]
mod tests {
    use super::{Numbers, accepted};

    /// Of the numbers that are accepted, exactly as many fall on each remainder, and fewer than one round is thrown away: shown for every total
    /// near the ends and for some between.
    #[test]
    fn the_numbers_accepted_are_whole_rounds() {
        assert_eq!(accepted(0), None);
        let totals = (1..2000).chain([1 << 32, (1 << 40) - 87, (1 << 63) + 1, u64::MAX - 1, u64::MAX]);
        for total in totals {
            let accepted = accepted(total).unwrap();
            assert_eq!(accepted % total, 0, "{total}");
            assert!(u64::MAX - accepted < total, "{total}");
        }
    }

    #[test]
    fn a_number_is_of_the_whole_rounds() {
        let mut numbers = Numbers { matter: "m", randomness: [3; 32], counter: 0 };
        for total in (1..200).chain([u64::MAX / 2 + 2, u64::MAX]) {
            assert!(numbers.accepted(total).unwrap() < accepted(total).unwrap());
        }
        assert_eq!(numbers.accepted(0), None);
    }
}
