//! Those who could be drawn are not those whom the recorded roster names.
//!
//! A draw is made among all who hold the role at that moment, each with their share; whoever is not a candidate is set aside with a reason, or is the
//! applicant, or sits there already. The roster is recorded in a stream of its own, so this is made again from it. Here somebody could be drawn who did not
//! hold the role, or with another share; or somebody who held it was left out without a word, or with a reason that the roster does not bear out: absent
//! who was there, full who has no limit, recused who has nothing to do with the case as far as anybody recorded.
//!
//! What officers hold in registers is not in the record. So of an officer who is somebody in the registers it is taken on trust that a conflict of interest
//! set them aside.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{Service, StageKind};
use engine::case::{AGAIN, Case};
use engine::event::{Event, What};
use engine::lot::{Aside, Candidate, Why};
use engine::roster::{Entry, Register};
use engine::world::concerned;
use jiff::Timestamp;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A431",
    name: "candidates-differ",
    weight: Weight::Fault,
    en: "Those who could be drawn are not those whom the recorded roster names.",
    fa: "کسانی که ممکن بود برگزیده شوند همان‌ها نیستند که فهرست ثبت‌شده می‌گوید.",
};

/// A draw, or a lot that is fixed for one.
struct Draw<'a> {
    at: Timestamp,
    roles: Vec<&'a str>,
    candidates: BTreeMap<&'a str, u32>,
    aside: BTreeMap<&'a str, Why>,
    /// Who sits there, and whoever asked for it.
    left_out: BTreeSet<&'a str>,
    case: &'a Case,
    service: &'a Service,
}

/// Looks at the draws of an act after which the case stands so, with the rosters that it can have been made of: that of its leaf, and those of the last
/// minute, since another process may not have known of the last change yet. `place` gives the leaf of an event of the act.
pub(crate) fn check(
    service: &Checked<Service>,
    (before, after): (Option<&Case>, &Case),
    events: &[Event],
    place: impl Fn(usize) -> At,
    rosters: &[&Register],
    findings: &mut Findings,
) {
    // A zone whose roster is in no stream has nothing to be held against.
    if rosters.first().is_none_or(|register| register.seq == 0) {
        return;
    }
    let mut sits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (seat, officers) in before.iter().flat_map(|case| &case.officers) {
        sits.entry(seat).or_default().extend(officers.iter().map(String::as_str));
    }
    for (number, event) in events.iter().enumerate() {
        let (seat, drawn) = match &event.what {
            What::Drawn { seat, draw } => (seat, draw.drawn.iter().map(String::as_str).collect()),
            What::Seated { seat, officer, .. } => (seat, vec![officer.as_str()]),
            What::Lot { seat, .. } => (seat, Vec::new()),
            _ => continue,
        };
        if let Some((candidates, aside)) = chosen(&event.what) {
            let asked = events.iter().filter_map(|event| match &event.what {
                What::Convened { officer, .. } if seat == AGAIN => Some(officer.as_str()),
                _ => None,
            });
            let draw = Draw {
                at: event.at,
                roles: roles(service, before.unwrap_or(after), seat),
                candidates: candidates.iter().map(|one| (one.officer.as_str(), one.weight)).collect(),
                aside: aside.iter().map(|one| (one.officer.as_str(), one.why)).collect(),
                left_out: sits.get(seat.as_str()).into_iter().flatten().copied().chain(asked).collect(),
                case: after,
                service,
            };
            let wrong: Vec<String> = rosters.iter().map_while(|register| draw.differs(register)).collect();
            if let (Some(first), true) = (wrong.first(), wrong.len() == rosters.len()) {
                findings.add(&CODE, place(number), format!("for {seat}: {first}"), "the roster as it is recorded");
            }
        }
        sits.entry(seat).or_default().extend(drawn);
    }
}

/// Among whom something is drawn, and who is set aside; none where that was fixed before.
fn chosen(what: &What) -> Option<(&[Candidate], &[Aside])> {
    match what {
        What::Drawn { draw, .. } if draw.proof.is_none() => Some((&draw.candidates, &draw.aside)),
        What::Lot { lot, .. } => Some((&lot.candidates, &lot.aside)),
        _ => None,
    }
}

/// The roles that a seat is drawn from, as the engine has it.
fn roles<'a>(service: &'a Checked<Service>, case: &Case, seat: &str) -> Vec<&'a str> {
    let decided = case.decision.as_ref().filter(|_| case.ended.is_some()).map(|decision| decision.stage.as_str());
    let stage = match seat {
        AGAIN => decided.unwrap_or(case.stage.as_str()),
        _ => seat.split_once('/').map_or(seat, |(stage, _)| stage),
    };
    let branch = seat.split_once('/').filter(|_| seat != AGAIN).map(|(_, branch)| branch);
    match (service.stage(stage).map(|stage| &stage.kind), branch) {
        (Some(StageKind::Officer(desk) | StageKind::Inspect(desk)), None) => vec![desk.role.as_str()],
        (Some(StageKind::Consult { branches, .. }), Some(name)) => {
            branches.iter().filter(|branch| branch.name == name).map(|branch| branch.role.as_str()).collect()
        }
        _ => {
            let all = service.zone().roles.iter().filter(|(_, role)| role.authority == service.authority);
            all.map(|(name, _)| name.as_str()).collect()
        }
    }
}

impl Draw<'_> {
    /// What is not as this roster has it; none when all is.
    fn differs(&self, register: &Register) -> Option<String> {
        for (officer, weight) in &self.candidates {
            let held = register.of(officer).map(|entry| self.shares(entry)).unwrap_or_default();
            if !held.contains(weight) {
                return Some(format!("{officer} with the share {weight}, and the roster has {held:?}"));
            }
        }
        register.officers.iter().find_map(|(officer, entry)| self.left_out(register, officer, entry))
    }

    /// The shares of draws that an officer has in the roles that are drawn from.
    fn shares(&self, entry: &Entry) -> BTreeSet<u32> {
        self.roles.iter().filter_map(|role| entry.roles.get(*role)).copied().collect()
    }

    /// What is wrong with how an officer of the roles comes in the draw.
    fn left_out(&self, register: &Register, officer: &str, entry: &Entry) -> Option<String> {
        if self.shares(entry).is_empty() {
            return None;
        }
        let is_candidate = self.candidates.contains_key(officer);
        let is_absent = entry.is_absent(self.at);
        let wrong = match self.aside.get(officer) {
            Some(_) if is_candidate => "a candidate, and set aside",
            Some(Why::Absent) if !is_absent => "set aside as absent",
            Some(Why::Full) if entry.most_open.is_none() => "set aside as full, without a limit",
            Some(Why::Recused) if !self.may_be_recused(officer, entry) => "set aside as recused, without a reason on record",
            Some(_) => return None,
            None if is_candidate && is_absent => "a candidate who is absent",
            None if is_candidate || self.is_out(register, officer, entry) => return None,
            None => "neither a candidate nor set aside",
        };
        Some(format!("{officer} is {wrong}"))
    }

    /// Whether the case or the roster has a reason for it; or the registers may have, which are not on record.
    fn may_be_recused(&self, officer: &str, entry: &Entry) -> bool {
        let records: Vec<String> = concerned(self.service, self.case).collect();
        let related = |with: &String| *with == self.case.applicant || records.contains(with);
        self.case.gave_up(officer) || entry.person.is_some() || entry.relations.iter().any(related)
    }

    /// Whether somebody is left out without a word: who sits there or asked for it, under whatever name, or is the applicant.
    fn is_out(&self, register: &Register, officer: &str, entry: &Entry) -> bool {
        let same = |other: &str| {
            let person = register.of(other).and_then(|other| other.person.as_ref());
            other == officer || (person.is_some() && person == entry.person.as_ref())
        };
        // Whether whoever gave a seat up had left is asked elsewhere.
        let is_gone = self.case.gave_up(officer);
        is_gone || self.left_out.iter().any(|other| same(other)) || entry.person.as_ref() == Some(&self.case.applicant)
    }
}
