//! Doing an act again with what was known at its moment: who sat in the matter, and who was on the roster.
//!
//! Must not know of: what it means when something else comes out.

use std::collections::BTreeSet;

use engine::CaseId;
use engine::case::Case;
use engine::event::What;
use engine::roster::Register;

use super::seats::{Seats, matter_of, told_seats};
use super::{Acting, Shard};
use crate::computed::Told;
use crate::kept::Kept;
use crate::replay::{self, Again};
use crate::surroundings::Surroundings;

impl Shard {
    /// Does the act again. Another process may not have known of the roster's last changes yet, so with one of those that stood then it must come out.
    pub(super) fn again(&mut self, acting: &Acting<'_>, kept: &Kept) -> Again {
        let rosters = acting.rosters_of_officer();
        let again = self.again_of(acting, kept, rosters.first().copied());
        if rosters.len() < 2 || self.comes_out(acting, &again) {
            return again;
        }
        for register in rosters.into_iter().skip(1) {
            let other = self.again_of(acting, kept, Some(register));
            if self.comes_out(acting, &other) {
                return other;
            }
        }
        again
    }

    /// Does the act again. Who sits in a matter may have been forgotten with a case of it: then, where it comes out otherwise, what the record says of it is
    /// taken on trust.
    fn again_of(&mut self, acting: &Acting<'_>, kept: &Kept, register: Option<&Register>) -> Again {
        let (begun, case) = (acting.begun, kept.case.as_ref());
        let fills = matches!(begun.first.what, What::Seated { .. } | What::Lot { .. } | What::Shared { .. })
            || replay::is_by_matter(&begun.first.what);
        let is_about_seats = !begun.draws.is_empty() || fills;
        let seats = if is_about_seats { self.sitting(acting, case) } else { Default::default() };
        let again = self.again_with(acting, case, seats, register);
        if !is_about_seats || !acting.forgotten.has_any_of(&acting.service.name) || self.comes_out(acting, &again) {
            return again;
        }
        let Some(seats) = self.as_told(acting, case) else { return again };
        let as_told = self.again_with(acting, case, seats, register);
        if !self.comes_out(acting, &as_told) {
            return again;
        }
        self.counts.seats_on_trust = self.counts.seats_on_trust.saturating_add(1);
        as_told
    }

    fn comes_out(&mut self, acting: &Acting<'_>, again: &Again) -> bool {
        matches!(again, Again::Done(_, expected) if self.is_recorded(acting, expected))
    }

    fn again_with(&self, acting: &Acting<'_>, case: Option<&Case>, seats: Seats, register: Option<&Register>) -> Again {
        let (service, begun) = (acting.service, acting.begun);
        let mut around = Surroundings::of(service, case, &begun.first, &begun.draws, register);
        (around.sitting, around.lots.waiting, around.lots.ways) = (seats.sitting, seats.lots, seats.ways);
        around.functions = Told::of(service, case.map_or(0, |case| case.seq), &begun.computed);
        let opened = match &begun.first.what {
            What::Appealed { by } => self.cases.get(by).and_then(Kept::opened).or_else(|| acting.forgotten.opened(by)),
            _ => None,
        };
        replay::again(service, acting.case, case, &begun.first, &around, opened)
    }

    /// Who sits in the matter that an act is about, and its lots that are yet to be drawn; where that cannot be known, what is said of it.
    fn sitting(&self, acting: &Acting<'_>, case: Option<&Case>) -> Seats {
        let Some((applicant, key)) = matter_of(acting, case) else { return Seats::default() };
        if self.matters.is_clouded(applicant) {
            return told_seats(acting.begun);
        }
        self.seats_of(&key)
    }

    fn seats_of(&self, key: &str) -> Seats {
        let Self { matters, .. } = self;
        Seats { sitting: matters.sitting(key), lots: matters.lots(key), ways: matters.ways(key) }
    }

    /// Who sits in the matter as the act itself says; none where it names a case of which nothing was forgotten and that is none of the matter.
    fn as_told(&self, acting: &Acting<'_>, case: Option<&Case>) -> Option<Seats> {
        let (_, key) = matter_of(acting, case)?;
        let known: BTreeSet<CaseId> = self.seats_of(&key).named().collect();
        let told = told_seats(acting.begun);
        let is_right = told.named().all(|id| acting.forgotten.has(&id) || known.contains(&id));
        is_right.then_some(told)
    }
}

impl<'a> Acting<'a> {
    /// The rosters that an officer's act can have been made of; none of any other act, nor in a zone whose roster is in no stream.
    pub(super) fn rosters_of_officer(&self) -> Vec<&'a Register> {
        let first = &self.begun.first;
        if !replay::is_officers_act(&first.what) { Vec::new() } else { self.recorded_rosters(first.at) }
    }
}
