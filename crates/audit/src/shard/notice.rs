//! What an act means beyond its case: counts, payments, who came to which desk, who could be drawn.
//!
//! Must not know of: what is wrong with it.

use std::sync::Arc;

use definition::Checked;
use definition::model::{Service, StageKind};
use engine::case::{AGAIN, Case, Decider, Turn};
use engine::event::{Event, What};
use engine::mandate;

use super::{Acting, Shard};
use crate::checks::{candidates_differ, vacated_wrongly};
use crate::desks::{Drawn, Move, Moved};
use crate::finding::At;
use crate::kept::Kept;
use crate::mandates::Acted;
use crate::replay;

impl Shard {
    /// Notes who acted for the applicant, and what the case says of it; of an appeal, the case appealed against.
    pub(super) fn acted(&mut self, acting: &Acting<'_>, kept: &Kept, index: u64, event: &Event) {
        let Some(agency) = event.under.as_deref() else { return };
        let own = kept.case.as_ref();
        let (service, about) = match own.and_then(|case| case.appeals) {
            None => (
                own.map(|case| case.service.clone()),
                own.is_some_and(|case| mandate::is_about(acting.service, &case.facts, &agency.principal)),
            ),
            Some(original) => {
                let original = self.cases.get(&original);
                let followed =
                    original.and_then(|kept| Some((acting.definitions.get(&kept.definition)?, kept.case.as_ref()?)));
                let hears = mandate::can_appeal(acting.service, &agency.principal.register);
                let names = |(service, case): (&Arc<Checked<Service>>, &Case)| {
                    hears && mandate::is_about(service, &case.facts, &agency.principal)
                };
                (followed.map(|(service, _)| service.name.clone()), followed.is_some_and(names))
            }
        };
        let (at, case, agency) = (event.at, acting.case, agency.clone());
        self.agencies.push(Acted { index, case, at, agency, service, about });
    }

    pub(super) fn count(&mut self, acting: &Acting<'_>, index: u64, event: &Event) {
        let counts = &mut self.counts;
        if event.signed.is_none() && replay::is_officers_act(&event.what) {
            counts.acts_unsigned = counts.acts_unsigned.saturating_add(1);
        }
        let (count, by) = match &event.what {
            What::Ruled { .. } => (&mut counts.rules, 1),
            What::Drawn { draw, .. } => {
                self.sources.push((index, acting.case, draw.proof.is_some()));
                let unproven = u64::from(draw.proof.is_none());
                counts.draws_unproven = counts.draws_unproven.saturating_add(unproven);
                let forced = u64::from(!draw.is_of_routes() && draw.candidates.len() <= draw.drawn.len());
                counts.draws_forced = counts.draws_forced.saturating_add(forced);
                (&mut counts.draws, 1)
            }
            What::Lapsed { .. } => (&mut counts.lapses, 1),
            What::Entered { due, .. } => (&mut counts.deadlines, due.len() as u64),
            What::Asked { .. } => (&mut counts.deadlines, 1),
            What::Paid { receipt, .. } => {
                self.receipts.push((index, acting.case, receipt.clone()));
                return;
            }
            _ => return,
        };
        *count = count.saturating_add(by);
    }

    /// Who could be drawn, and for whom seats fell free, beside the roster as it was recorded.
    pub(super) fn seats(&mut self, acting: &Acting<'_>, before: Option<&Case>, events: &[Event]) {
        let concerns = |what: &What| {
            matches!(what, What::Drawn { .. } | What::Lot { .. } | What::Seated { .. } | What::Vacated { .. })
        };
        let Some(first) = events.first().filter(|_| events.iter().any(|event| concerns(&event.what))) else { return };
        let rosters = acting.recorded_rosters(first.at);
        let place = |place: usize| At::leaf(acting.first().saturating_add(place as u64), acting.case.0);
        candidates_differ::check(acting.service, before, events, place, &rosters, &mut self.findings);
        for (number, event) in events.iter().enumerate() {
            vacated_wrongly::check(place(number), event.at, &event.what, &rosters, &mut self.findings);
        }
    }

    /// Who came to which desk, acted there or left it.
    pub(super) fn desks(
        &mut self,
        acting: &Acting<'_>,
        opened: u64,
        before: Option<&Case>,
        after: &Case,
        events: &[Event],
    ) {
        let index = acting.first();
        for (place, event) in events.iter().enumerate() {
            if let What::Drawn { seat, draw } = &event.what
                && draw.matter.ends_with("/0")
                && !draw.is_of_routes()
                // Whoever asks for another look is no candidate, so candidates differ from case to case.
                && seat != AGAIN
            {
                self.draws.push(Drawn {
                    index: index.saturating_add(place as u64),
                    case: acting.case,
                    seat: format!("{}/{seat}", after.service),
                    roster: draw.roster,
                    // Who was set aside was not left out: why stands in the draw.
                    candidates: draw
                        .candidates
                        .iter()
                        .map(|candidate| &candidate.officer)
                        .chain(draw.aside.iter().map(|aside| &aside.officer))
                        .cloned()
                        .collect(),
                });
            }
        }
        self.say_moves(acting, opened, before, after, events);
    }

    fn say_moves(&mut self, acting: &Acting<'_>, opened: u64, before: Option<&Case>, after: &Case, events: &[Event]) {
        let index = acting.first();
        let mut say = |case: &Case, officer: &str, what| {
            self.moves.push(Move {
                index,
                case: acting.case,
                opened,
                officer: officer.to_owned(),
                desk: format!("{}/{}", case.service, case.stage),
                promised: promises_order(acting.service, &case.stage),
                what,
            });
        };
        let was = before.map(holders).unwrap_or_default();
        let is = holders(after);
        let moved = before.is_none_or(|before| before.stage_since != after.stage_since || before.stage != after.stage);
        if let (Some(before), Some(officer)) = (before, events.first().and_then(|event| officer(&event.what))) {
            let let_pass = before.overtaking.contains(officer);
            say(before, officer, if let_pass { Moved::ActedOnGround } else { Moved::Acted });
        }
        if let Some(before) = before {
            let left = was.iter().filter(|officer| moved || !is.contains(officer));
            left.for_each(|officer| say(before, officer, Moved::Left));
        }
        let came = is.iter().filter(|officer| moved || !was.contains(officer));
        came.for_each(|officer| say(after, officer, Moved::Came));
    }

    /// A case that is not followed any further waits on no desk, as far as anybody can tell.
    pub(super) fn leave_desks(&mut self, case: &Case, opened: u64, index: u64) {
        for officer in holders(case) {
            let (desk, what) = (format!("{}/{}", case.service, case.stage), Moved::Left);
            self.moves.push(Move { index, case: case.id, opened, officer, desk, promised: false, what });
        }
    }
}

/// The officers for whom a case waits.
fn holders(case: &Case) -> Vec<String> {
    match &case.turn {
        Turn::Officers { .. } | Turn::Consult { .. } => case.holders(),
        _ => Vec::new(),
    }
}

fn promises_order(service: &Service, stage: &str) -> bool {
    let kind = service.stage(stage).map(|stage| &stage.kind);
    matches!(kind, Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) if desk.order.is_some())
}

/// The officer who acts in an event that begins an act.
fn officer(what: &What) -> Option<&str> {
    match what {
        What::Signed { officer, .. } | What::Asked { officer, .. } => Some(officer),
        What::Consulted { officer, .. } => officer.as_deref(),
        What::Decided { by: Decider::Officers(officers), .. } => officers.first().map(String::as_str),
        _ => None,
    }
}
