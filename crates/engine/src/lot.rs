//! How officers come to a case: a draw that anyone can do again from what is recorded.
//!
//! Must not know of: where the randomness comes from (it is given), cases beyond the matter's name.
//!
//! The draw is without replacement and by weight. Candidates stand in order of their ids; the n-th random number is
//! SHA-256("panjereh draw v1" || randomness || matter || counter), its first 8 bytes read big-endian; numbers at or above the largest multiple
//! of the total weight are rejected (Lemire, "Fast Random Integer Generation in an Interval", 2019, section 3, discusses the bias this avoids).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::case::{Digest, OfficerId};

/// One officer who may be drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Their id on the roster.
    pub officer: OfficerId,
    /// Their share of the draws, relative to others' (1 to 1,000,000; 0 is never drawn).
    pub weight: u32,
}

/// A draw as it is recorded: enough to do it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Those who could be drawn, in order of their ids.
    pub candidates: Vec<Candidate>,
    /// SHA-256 of the candidates' canonical form, [`roster_hash`].
    pub roster: Digest,
    /// What the draw was for: the case and the seat.
    pub matter: String,
    /// The randomness, given from outside.
    pub randomness: Digest,
    /// Who was drawn, in order.
    pub drawn: Vec<OfficerId>,
}

/// Draws `people` officers. Nobody is drawn when there are too few candidates with a weight. Who stands twice counts once, with the smaller
/// weight, so that a weight of 0 holds.
pub fn draw(mut candidates: Vec<Candidate>, matter: &str, randomness: [u8; 32], people: u32) -> Option<Draw> {
    candidates.sort();
    candidates.dedup_by(|a, b| a.officer == b.officer);
    let mut left: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.weight > 0).collect();
    let mut numbers = Numbers { matter, randomness, counter: 0 };
    let mut drawn = Vec::new();
    for _ in 0..people {
        let total: u64 = left.iter().map(|candidate| u64::from(candidate.weight)).sum();
        let mut ticket = numbers.below(total)?;
        let place = left.iter().position(|candidate| {
            let weight = u64::from(candidate.weight);
            let hit = ticket < weight;
            ticket = ticket.saturating_sub(weight);
            hit
        })?;
        drawn.push(left.remove(place).officer.clone());
    }
    let roster = roster_hash(&candidates);
    Some(Draw { roster, matter: matter.to_owned(), randomness: Digest(randomness), drawn, candidates })
}

impl Draw {
    /// Whether doing it again gives the same officers.
    pub fn is_right(&self) -> bool {
        let people = u32::try_from(self.drawn.len()).unwrap_or(u32::MAX);
        draw(self.candidates.clone(), &self.matter, self.randomness.0, people).as_ref() == Some(self)
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
    /// The next number below `total`, each equally likely; none when `total` is 0.
    fn below(&mut self, total: u64) -> Option<u64> {
        let accepted = accepted(total)?;
        loop {
            let number = self.next();
            if number < accepted {
                return number.checked_rem(total);
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
    fn a_number_is_below_its_total() {
        let mut numbers = Numbers { matter: "m", randomness: [3; 32], counter: 0 };
        for total in (1..200).chain([u64::MAX]) {
            assert!(numbers.below(total).unwrap() < total);
        }
        assert_eq!(numbers.below(0), None);
    }
}
