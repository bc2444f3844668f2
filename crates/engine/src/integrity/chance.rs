//! Whether officers and applicants meet by chance. If the lot is fair, an applicant meets the same officer again as often as the weights say, and no
//! oftener: steering shows as too many repeated meetings.
//!
//! Must not know of: why somebody would steer.
//!
//! The statistic is the number of pairs of draws in which the same applicant met the same officer. Its distribution under fair lots is simulated:
//! each draw again among its own candidates by their weights (a Monte Carlo test, Barnard 1963; the p-value is (1 + worlds as extreme) / (1 + worlds),
//! Davison and Hinkley 1997, section 4.2). The power is the share of worlds that the test would find in which one draw in ten of an applicant who
//! comes again was given to an officer whom they had met. The generator is SplitMix64 (Steele, Lea and Flood 2014) from a fixed seed: anyone gets
//! the same numbers.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::CaseId;
use crate::lot::Draw;

/// How many of the last draws are looked at.
pub const DRAWS_MAX: usize = 2000;
/// Worlds that are simulated with fair lots.
const FAIR_WORLDS: u32 = 499;
/// Worlds that are simulated with steered ones.
const STEERED_WORLDS: u32 = 199;
/// One draw in this many is steered there.
const STEERED_ONE_IN: u64 = 10;
/// A world counts as found when at most one fair world in a hundred has as many repeated meetings.
const LEVEL: f64 = 0.01;

/// The last draws, without names: who applied is a part of a digest, which is enough to know them again. It is enough for whoever can list everybody, too,
/// so it goes with the applicant: [`Draws::forget`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draws {
    /// Weights of the candidates that occur, by officer; each list once.
    rosters: Vec<Vec<(String, u32)>>,
    /// In the order in which their cases ended.
    last: VecDeque<One>,
}

/// A draw. One whose applicant was erased keeps its place among the last, so that the others are the same however often all are counted again; whether
/// officer and applicant met by chance is not asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct One {
    /// The case, and who applied; none of an erased applicant.
    of: Option<(CaseId, u64)>,
    roster: usize,
    /// Places of the drawn in the roster.
    places: Vec<usize>,
}

impl One {
    fn applicant(&self) -> Option<u64> {
        self.of.map(|(_, applicant)| applicant)
    }
}

/// What the test says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Draws looked at.
    pub draws: u64,
    /// Pairs of draws in which the same applicant met the same officer.
    pub repeated: u64,
    /// How many there are on average with fair lots.
    pub expected: f64,
    /// How often fair lots give as many or more.
    pub p: f64,
    /// How often the test would find one draw in ten steered.
    pub power: f64,
}

impl Draws {
    /// Remembers a draw for a case, and forgets the oldest beyond [`DRAWS_MAX`]. `applicant` is empty where nobody knows any more who applied.
    pub fn add(&mut self, case: CaseId, applicant: &str, draw: &Draw) {
        let digest = Sha256::new_with_prefix(b"panjereh chance v1").chain_update(applicant).finalize();
        let digest = digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte));
        let of = (!applicant.is_empty()).then_some((case, digest));
        let roster: Vec<(String, u32)> = draw.candidates.iter().map(|one| (one.officer.clone(), one.weight)).collect();
        let places = draw.drawn.iter().filter_map(|drawn| roster.iter().position(|(officer, _)| officer == drawn));
        let places = places.collect();
        self.push(of, roster, places);
    }

    /// Remembers the draws of another case after one's own.
    pub fn join(&mut self, other: Self) {
        for One { of, roster, places } in other.last {
            if let Some(roster) = other.rosters.get(roster) {
                self.push(of, roster.clone(), places);
            }
        }
    }

    fn push(&mut self, of: Option<(CaseId, u64)>, roster: Vec<(String, u32)>, places: Vec<usize>) {
        let roster = match self.rosters.iter().rposition(|known| *known == roster) {
            Some(known) => known,
            None => {
                self.rosters.push(roster);
                self.rosters.len().saturating_sub(1)
            }
        };
        self.last.push_back(One { of, roster, places });
        if self.last.len() > DRAWS_MAX {
            self.last.pop_front();
        }
        if self.rosters.len() > DRAWS_MAX {
            self.forget_rosters();
        }
    }

    /// Forgets for whom the draws of a case were; whether there were any.
    pub fn forget(&mut self, case: CaseId) -> bool {
        let mut any = false;
        for one in &mut self.last {
            if one.of.is_some_and(|(own, _)| own == case) {
                one.of = None;
                any = true;
            }
        }
        any
    }

    /// Forgets the rosters that no draw names any more.
    fn forget_rosters(&mut self) {
        let former = std::mem::take(&mut self.rosters);
        let mut places = BTreeMap::new();
        for One { roster, .. } in &mut self.last {
            let there = self.rosters.len();
            let place = *places.entry(*roster).or_insert(there);
            if place == there {
                self.rosters.extend(former.get(*roster).cloned());
            }
            *roster = place;
        }
    }

    /// Looks whether officers and applicants meet by chance; none when nobody came twice.
    pub fn test(&self) -> Option<Chance> {
        let numbered = Numbered::of(self);
        if !numbered.comes_again() {
            return None;
        }
        let repeated = numbered.repeated();
        let mut numbers = Numbers(0x70_61_6e_6a);
        let fair: Vec<u64> = (0..FAIR_WORLDS).map(|_| numbered.world(&mut numbers, false)).collect();
        let as_extreme = |own: u64| fair.iter().filter(|other| **other >= own).count() as f64;
        let p = |own: u64| (1.0 + as_extreme(own)) / (1.0 + fair.len() as f64);
        let found = (0..STEERED_WORLDS).filter(|_| p(numbered.world(&mut numbers, true)) <= LEVEL).count();
        Some(Chance {
            draws: numbered.draws.len() as u64,
            repeated,
            expected: rounded(fair.iter().sum::<u64>() as f64 / fair.len() as f64),
            p: rounded(p(repeated)),
            power: rounded(found as f64 / f64::from(STEERED_WORLDS)),
        })
    }
}

/// The draws that are asked about, with numbers in the place of names: hundreds of worlds are made of them.
struct Numbered {
    /// By roster: candidates' numbers and weights.
    rosters: Vec<Vec<(usize, u64)>>,
    draws: Vec<NumberedDraw>,
    officers: usize,
    applicants: usize,
}

struct NumberedDraw {
    applicant: usize,
    roster: usize,
    /// Places of the drawn in the roster.
    places: Vec<usize>,
}

/// How often each applicant met each officer.
struct Met<'n> {
    numbered: &'n Numbered,
    counts: Vec<u64>,
}

impl Met<'_> {
    fn has(&self, applicant: usize, officer: usize) -> bool {
        self.counts.get(self.place(applicant, officer)).is_some_and(|count| *count > 0)
    }

    /// They meet; how often they had met before.
    fn meet(&mut self, applicant: usize, officer: usize) -> u64 {
        let place = self.place(applicant, officer);
        let Some(count) = self.counts.get_mut(place) else { return 0 };
        let before = *count;
        *count = before.saturating_add(1);
        before
    }

    fn place(&self, applicant: usize, officer: usize) -> usize {
        applicant.saturating_mul(self.numbered.officers).saturating_add(officer)
    }
}

impl Numbered {
    fn of(draws: &Draws) -> Self {
        let (mut officers, mut applicants) = (BTreeMap::new(), BTreeMap::new());
        let mut officer = |name: &String| {
            let next = officers.len();
            *officers.entry(name.clone()).or_insert(next)
        };
        let numbered = |roster: &Vec<(String, u32)>| {
            roster.iter().map(|(name, weight)| (officer(name), u64::from(*weight))).collect()
        };
        let rosters = draws.rosters.iter().map(numbered).collect();
        let own = draws.last.iter().filter_map(|one| {
            let next = applicants.len();
            let applicant = *applicants.entry(one.applicant()?).or_insert(next);
            Some(NumberedDraw { applicant, roster: one.roster, places: one.places.clone() })
        });
        let draws = own.collect();
        Self { rosters, draws, officers: officers.len(), applicants: applicants.len() }
    }

    fn comes_again(&self) -> bool {
        self.draws.len() > self.applicants
    }

    fn nobody_met(&self) -> Met<'_> {
        Met { numbered: self, counts: vec![0; self.applicants.saturating_mul(self.officers)] }
    }

    fn roster(&self, draw: &NumberedDraw) -> &[(usize, u64)] {
        self.rosters.get(draw.roster).map_or(&[], Vec::as_slice)
    }

    /// Pairs of draws with the same applicant and officer, as they were drawn.
    fn repeated(&self) -> u64 {
        let mut met = self.nobody_met();
        let mut pairs: u64 = 0;
        for draw in &self.draws {
            let drawn = draw.places.iter().filter_map(|place| self.roster(draw).get(*place));
            for (officer, _) in drawn {
                pairs = pairs.saturating_add(met.meet(draw.applicant, *officer));
            }
        }
        pairs
    }

    /// As many pairs when all are drawn again; steered, one in ten goes to an officer whom the applicant has met, if one is among the candidates.
    fn world(&self, numbers: &mut Numbers, steered: bool) -> u64 {
        let (mut met, mut drawn) = (self.nobody_met(), Vec::new());
        let mut pairs: u64 = 0;
        for draw in &self.draws {
            let roster = self.roster(draw);
            drawn.clear();
            if steered {
                let is_friend = |(officer, weight): &(usize, u64)| *weight > 0 && met.has(draw.applicant, *officer);
                let friend = roster.iter().position(is_friend);
                drawn.extend(friend.filter(|_| numbers.below(STEERED_ONE_IN) == 0));
            }
            again(roster, draw.places.len(), &mut drawn, numbers);
            for (officer, _) in drawn.iter().filter_map(|place| roster.get(*place)) {
                pairs = pairs.saturating_add(met.meet(draw.applicant, *officer));
            }
        }
        pairs
    }
}

/// To four places: written as JSON and read again it is the same number.
fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// Draws as many of a roster as there should be, by weight and without replacement, to those whom `drawn` has already.
fn again(roster: &[(usize, u64)], people: usize, drawn: &mut Vec<usize>, numbers: &mut Numbers) {
    while drawn.len() < people {
        let left = || roster.iter().enumerate().filter(|(place, _)| !drawn.contains(place));
        let mut ticket = numbers.below(left().map(|(_, (_, weight))| weight).sum());
        let hit = left().find(|(_, (_, weight))| {
            let hit = ticket < *weight;
            ticket = ticket.saturating_sub(*weight);
            hit
        });
        let Some((place, _)) = hit else { return };
        drawn.push(place);
    }
}

/// SplitMix64.
struct Numbers(u64);

impl Numbers {
    /// A number below `total`; 0 when that is 0. The bias of the remainder is below one in 2^32 for the totals of a roster.
    fn below(&mut self, total: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)).checked_rem(total).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Draws, Numbers};
    use crate::CaseId;
    use crate::lot::{Candidate, draw};

    /// The reference implementation's first numbers from seed 1234567 (<https://prng.di.unimi.it/splitmix64.c>).
    #[test]
    fn the_generator_is_splitmix64() {
        let mut numbers = Numbers(1_234_567);
        let whole = |numbers: &mut Numbers| numbers.below(u64::MAX);
        let first: Vec<u64> = (0..3).map(|_| whole(&mut numbers)).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    /// Draws of ten officers for fifty applicants who come ten times each; `steer` says which draws go to the first officer they met.
    fn draws(steer: impl Fn(u32) -> bool) -> Draws {
        let candidates: Vec<Candidate> =
            (0..10).map(|number| Candidate { officer: format!("o{number}"), weight: 1 }).collect();
        let mut draws = Draws::default();
        let mut first = std::collections::BTreeMap::new();
        for number in 0_u32..500 {
            let applicant = format!("p{}", number % 50);
            let mut randomness = [0_u8; 32];
            randomness[..4].copy_from_slice(&number.to_be_bytes());
            let mut one = draw(candidates.clone(), "m", randomness, 1).unwrap();
            let own = first.entry(applicant.clone()).or_insert_with(|| one.drawn.clone());
            if steer(number) {
                one.drawn.clone_from(own);
            }
            draws.add(CaseId([u8::try_from(number / 2).unwrap(); 16]), &applicant, &one);
        }
        draws
    }

    #[test]
    fn fair_lots_look_fair_and_steered_ones_do_not() {
        let fair = draws(|_| false).test().unwrap();
        assert!(fair.p > 0.05, "{fair:?}");
        assert!((fair.expected - 225.0).abs() < 15.0, "50 applicants with 45 pairs each, one in ten: {fair:?}");
        assert!(fair.power > 0.5, "{fair:?}");
        let steered = draws(|number| number % 5 == 0).test().unwrap();
        assert!(steered.p <= 0.01, "{steered:?}");
        assert_eq!(draws(|_| false).test(), Some(fair), "the same draws, another answer");
    }

    /// A case that forgot its applicant is asked about no more, and takes no other's place.
    #[test]
    fn of_an_erased_applicant_nothing_is_known() {
        let mut draws = draws(|_| false);
        let before = draws.clone();
        assert!(!draws.forget(CaseId([251; 16])), "there is no such case");
        assert_eq!(draws, before);
        assert!(draws.forget(CaseId([3; 16])));
        assert!(!draws.forget(CaseId([3; 16])), "once");
        assert_eq!(draws.test().unwrap().draws, 498, "the two draws of the case");
        assert_eq!(draws.last.len(), before.last.len());
        for case in 0..250 {
            draws.forget(CaseId([case; 16]));
        }
        assert_eq!(draws.test(), None);
        assert!(draws.last.iter().all(|one| one.of.is_none()), "nothing is left that names a case or a person");
    }

    #[test]
    fn where_nobody_comes_twice_nothing_can_be_said() {
        assert_eq!(Draws::default().test(), None);
    }
}
