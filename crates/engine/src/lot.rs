//! How officers come to a case: a draw that anyone can do again from what is recorded.
//!
//! Must not know of: how randomness is had or proven (it is given, with its proof), cases beyond the matter's name.
//!
//! The draw is without replacement and by weight. Candidates stand in order of their ids; the n-th random number is
//! SHA-256("panjereh draw v1" || randomness || matter || counter), its first 8 bytes read big-endian; numbers at or above the largest multiple
//! of the total weight are rejected (Lemire, "Fast Random Integer Generation in an Interval", 2019, section 3, discusses the bias this avoids).
//!
//! Where the randomness comes from outside, the draw has two steps: a [`Lot`] names the candidates and the source before anybody can know what the
//! source will say; a [`Draw`] has what it said, and the [`Proof`] of it.

use definition::model::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::case::{Digest, OfficerId};

mod source;

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
}

/// A draw that is to come: all that decides it but the randomness, which nobody knows yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// The role that is drawn from.
    pub role: Name,
    /// How many are drawn.
    pub people: u32,
    /// Those who can be drawn, in order of their ids and each once.
    pub candidates: Vec<Candidate>,
    /// SHA-256 of the candidates' canonical form, [`roster_hash`].
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
    /// SHA-256 of the candidates' canonical form, [`roster_hash`].
    pub roster: Digest,
    /// What the draw was for: the case and the seat, or of a [`Lot`] what it says.
    pub matter: String,
    /// The randomness, given from outside.
    pub randomness: Digest,
    /// Who was drawn, in order.
    pub drawn: Vec<OfficerId>,
    /// Who was no candidate, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
    /// That the randomness is what the source said. Without it the zone drew with its own, and nobody can prove that it did not choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// How one officer was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// How many numbers were made before this one, those that were rejected included.
    pub counter: u64,
    /// The random number.
    pub number: u64,
    /// The weights of all who were left, together.
    pub total: u64,
    /// The remainder of the number by the total: whose share it falls into, in order of ids, was drawn.
    pub ticket: u64,
    /// Who.
    pub officer: OfficerId,
}

/// Draws `people` officers. Nobody is drawn when there are too few candidates with a weight. Who stands twice counts once, with the smaller
/// weight, so that a weight of 0 holds.
pub fn draw(candidates: Vec<Candidate>, matter: &str, randomness: [u8; 32], people: u32) -> Option<Draw> {
    let candidates = single(candidates);
    let drawn = pick(&candidates, matter, randomness, people)?.into_iter().map(|ticket| ticket.officer).collect();
    let roster = roster_hash(&candidates);
    let (matter, randomness) = (matter.to_owned(), Digest(randomness));
    Some(Draw { roster, matter, randomness, drawn, candidates, aside: Vec::new(), proof: None })
}

/// In order of ids, each once, with the smaller weight.
fn single(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort();
    candidates.dedup_by(|a, b| a.officer == b.officer);
    candidates
}

fn pick(candidates: &[Candidate], matter: &str, randomness: [u8; 32], people: u32) -> Option<Vec<Ticket>> {
    let mut left: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.weight > 0).collect();
    let mut numbers = Numbers { matter, randomness, counter: 0 };
    let mut tickets = Vec::new();
    for _ in 0..people {
        let total: u64 = left.iter().map(|candidate| u64::from(candidate.weight)).sum();
        let number = numbers.accepted(total)?;
        let ticket = number.checked_rem(total)?;
        let mut below = ticket;
        let place = left.iter().position(|candidate| {
            let weight = u64::from(candidate.weight);
            let hit = below < weight;
            below = below.saturating_sub(weight);
            hit
        })?;
        let officer = left.remove(place).officer.clone();
        tickets.push(Ticket { counter: numbers.counter.wrapping_sub(1), number, total, ticket, officer });
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
        let lot = Self { role, people, candidates, roster, matter, aside: Vec::new(), source, due };
        (able >= people as usize).then_some(lot)
    }

    /// The draw that this randomness gives.
    pub fn draw(&self, randomness: Digest, proof: Proof) -> Option<Draw> {
        let draw = draw(self.candidates.clone(), &self.matter, randomness.0, self.people)?;
        Some(Draw { aside: self.aside.clone(), proof: Some(proof), ..draw })
    }

    /// Whether a draw is of this lot, whatever the randomness was.
    pub fn is_of(&self, draw: &Draw) -> bool {
        let Self { candidates, roster, matter, aside, people, .. } = self;
        let same = (candidates, roster, matter, aside) == (&draw.candidates, &draw.roster, &draw.matter, &draw.aside);
        let answered = draw.proof.as_ref().is_some_and(|proof| proof.answers(&self.source));
        same && answered && draw.drawn.len() == *people as usize
    }
}

impl Draw {
    /// Whether doing it again with this randomness gives the same officers.
    pub fn is_right(&self) -> bool {
        let people = u32::try_from(self.drawn.len()).unwrap_or(u32::MAX);
        let again = draw(self.candidates.clone(), &self.matter, self.randomness.0, people);
        again.is_some_and(|again| {
            (again.candidates, again.roster, again.drawn) == (self.candidates.clone(), self.roster, self.drawn.clone())
        })
    }

    /// How each was drawn; nothing when it does not come out.
    pub fn tickets(&self) -> Vec<Ticket> {
        let people = u32::try_from(self.drawn.len()).unwrap_or(u32::MAX);
        pick(&self.candidates, &self.matter, self.randomness.0, people).unwrap_or_default()
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
