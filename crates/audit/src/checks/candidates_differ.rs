//! Those who could be drawn are not those whom the recorded roster names.
//!
//! A draw is made among all who hold the role at that moment, each with their share; whoever is not a candidate is set aside with a reason, or is the
//! applicant, or sits there already. The roster is recorded in a stream of its own, so this is made again from it. Here somebody could be drawn, or came
//! from another case of the matter, who did not hold the role, or with another share, who was absent, who is the applicant or has to do with them or with
//! what the case is about, or who sits there already under another id; or somebody who held the role was left out without a word, or with a reason that
//! the roster does not bear out: absent who was there, full who has no limit, recused who has nothing to do with the case as far as anybody recorded.
//!
//! What officers hold in registers is not in the record. So of an officer who is somebody in the registers it is taken on trust that a conflict of interest
//! set them aside. Two of one person who are drawn at once are no finding: only one of them can sign.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{Service, StageKind};
use engine::case::{AGAIN, Case, OfficerId};
use engine::event::{Event, What};
use engine::fold;
use engine::lot::{Aside, Candidate, Why};
use engine::roster::{Entry, Register};
use engine::world::{Conflict, Roster};
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

/// A seat that is being filled, as the case then stands.
struct Filling<'a> {
    at: Timestamp,
    roles: Vec<&'a str>,
    /// Who sits there, and whoever asked for it.
    sits: Vec<&'a str>,
    case: &'a Case,
    service: &'a Service,
}

/// A draw, or a lot that is fixed for one.
struct Draw<'a> {
    candidates: BTreeMap<&'a str, u32>,
    aside: BTreeMap<&'a str, Why>,
}

/// Looks at how seats were filled in an act before which the case stood so, with the rosters that it can have been made of: that of its leaf, and those of
/// the last minute, since another process may not have known of the last change yet. `place` gives the leaf of an event of the act.
pub(crate) fn check(
    service: &Checked<Service>,
    before: Option<&Case>,
    events: &[Event],
    place: impl Fn(usize) -> At,
    rosters: &[&Register],
    findings: &mut Findings,
) {
    let mut case = before.cloned();
    for (number, event) in events.iter().enumerate() {
        if let Some(now) = &case
            && let Some((seat, wrong)) = wrong(service, now, events, event, rosters)
        {
            findings.add(&CODE, place(number), format!("for {seat}: {wrong}"), "the roster as it is recorded");
        }
        case = fold::apply(service, case, event).ok();
    }
}

/// What is wrong with how an event fills a seat, whichever of the rosters it was made of.
fn wrong<'e>(
    service: &Checked<Service>,
    case: &Case,
    events: &[Event],
    event: &'e Event,
    rosters: &[&Register],
) -> Option<(&'e String, String)> {
    let (What::Drawn { seat, .. } | What::Lot { seat, .. } | What::Seated { seat, .. }) = &event.what else { return None };
    let asked = events.iter().filter_map(|event| match &event.what {
        What::Convened { officer, .. } if seat == AGAIN => Some(officer),
        _ => None,
    });
    let sits = case.drawn(seat).iter().chain(asked).map(OfficerId::as_str).collect();
    let filling = Filling { at: event.at, roles: roles(service, case, seat), sits, case, service };
    let differs = |register: &&Register| match (&event.what, chosen(&event.what)) {
        (What::Seated { officer, .. }, _) => filling.seated(register, officer),
        (_, Some((candidates, aside))) => {
            let candidates = candidates.iter().map(|one| (one.officer.as_str(), one.weight)).collect();
            let aside = aside.iter().map(|one| (one.officer.as_str(), one.why)).collect();
            filling.drawn(register, &Draw { candidates, aside })
        }
        _ => None,
    };
    let all: Vec<String> = rosters.iter().map_while(differs).collect();
    let first = all.first().filter(|_| all.len() == rosters.len())?;
    Some((seat, first.clone()))
}

/// Among whom something is drawn, and who is set aside; none where that was fixed before, or chance decides between stages.
pub(crate) fn chosen(what: &What) -> Option<(&[Candidate], &[Aside])> {
    match what {
        What::Drawn { draw, .. } if draw.is_of_routes() => None,
        What::Lot { lot, .. } if !lot.routes.is_empty() => None,
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

impl Filling<'_> {
    /// What is not as this roster has it in a draw; none when all is.
    fn drawn(&self, register: &Register, draw: &Draw<'_>) -> Option<String> {
        for (officer, weight) in &draw.candidates {
            let held = register.of(officer).map(|entry| self.shares(entry)).unwrap_or_default();
            if !held.contains(weight) {
                return Some(format!("{officer} with the share {weight}, and the roster has {held:?}"));
            }
        }
        let of_roles = || register.officers.iter().filter(|(_, entry)| !self.shares(entry).is_empty());
        let roster = self.roster(register, of_roles().map(|(officer, _)| officer.as_str()));
        of_roles().find_map(|(officer, entry)| {
            let wrong = match draw.candidates.contains_key(officer.as_str()) {
                true if draw.aside.contains_key(officer.as_str()) => Some("a candidate, and set aside"),
                true if self.is_there(&roster, officer) => {
                    Some("one who sits there already or asked for it, under whatever id")
                }
                true => self.kept_away(&roster, officer),
                false => self.left_out(&roster, officer, entry, draw.aside.get(officer.as_str())),
            };
            wrong.map(|wrong| format!("{officer} is {wrong}"))
        })
    }

    /// What is wrong with one who came from another case of the matter; two of one person can sit there, who were drawn at once.
    fn seated(&self, register: &Register, officer: &str) -> Option<String> {
        let held = register.of(officer).map(|entry| self.shares(entry)).unwrap_or_default();
        if held.iter().all(|share| *share == 0) {
            return Some(format!("{officer}, and the roster has {held:?}"));
        }
        let wrong = self.kept_away(&self.roster(register, [officer].into_iter()), officer)?;
        Some(format!("{officer} is {wrong}"))
    }

    /// These and those who sit there, as draws see them.
    fn roster<'o>(&'o self, register: &Register, officers: impl Iterator<Item = &'o str>) -> Roster {
        let all: BTreeSet<&str> = self.sits.iter().copied().chain(officers).collect();
        register.at_of(&all, self.at)
    }

    /// The shares of draws that an officer has in the roles that are drawn from.
    fn shares(&self, entry: &Entry) -> BTreeSet<u32> {
        self.roles.iter().filter_map(|role| entry.roles.get(*role)).copied().collect()
    }

    /// Why somebody should not have come to the seat, or into its draw.
    fn kept_away(&self, roster: &Roster, officer: &str) -> Option<&'static str> {
        match self.conflict(roster, officer) {
            Some(Conflict::OwnCase) => Some("the applicant"),
            Some(_) => Some("one who has to do with the case"),
            None => roster.away.contains(officer).then_some("absent"),
        }
    }

    /// What is wrong with how an officer of the roles is no candidate.
    fn left_out(&self, roster: &Roster, officer: &str, entry: &Entry, aside: Option<&Why>) -> Option<&'static str> {
        let gave_up = self.case.gave_up(officer);
        let conflict = self.conflict(roster, officer);
        // The registers may have a reason for it, which are not on record.
        let may_be_recused = gave_up || conflict.is_some() || entry.person.is_some();
        match aside {
            Some(Why::Absent) if !roster.away.contains(officer) => Some("set aside as absent"),
            Some(Why::Full) if entry.most_open.is_none() => Some("set aside as full, without a limit"),
            Some(Why::Silent) if !self.case.silent.contains(officer) => Some("set aside as silent, who was not"),
            Some(Why::Recused) if !may_be_recused => Some("set aside as recused, without a reason on record"),
            Some(_) => None,
            // Whether whoever gave a seat up had left is asked elsewhere.
            None if gave_up || self.is_there(roster, officer) || conflict == Some(Conflict::OwnCase) => None,
            None => Some("neither a candidate nor set aside"),
        }
    }

    fn conflict(&self, roster: &Roster, officer: &str) -> Option<Conflict> {
        roster.conflict(officer, self.service, self.case)
    }

    /// Whether somebody sits there or asked for it, under whatever id.
    fn is_there(&self, roster: &Roster, officer: &str) -> bool {
        self.sits.iter().any(|other| *other == officer || roster.is_one_person(other, officer))
    }
}
