//! What an act means beyond its case: counts, payments, who came to which desk, who could be drawn.
//!
//! Must not know of: what is wrong with it.

use engine::case::{AGAIN, Case, Decider, Turn};
use engine::event::{Event, What};
use engine::{mandate, reading};

use super::{Acting, Shard};
use crate::desks::{Drawn, Move, Moved};
use crate::kept::Kept;
use crate::mandates::Acted;

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
                let original = self.cases.get(&original).and_then(|kept| kept.case.as_ref());
                let names = |case: &Case| {
                    case.facts.values().filter_map(reading::record_key).any(|key| key == agency.principal.key)
                };
                (original.map(|case| case.service.clone()), original.is_some_and(names))
            }
        };
        let (at, case, agency) = (event.at, acting.case, agency.clone());
        self.agencies.push(Acted { index, case, at, agency, service, about });
    }

    pub(super) fn count(&mut self, acting: &Acting<'_>, index: u64, what: &What) {
        let counts = &mut self.counts;
        let (count, by) = match what {
            What::Ruled { .. } => (&mut counts.rules, 1),
            What::Drawn { .. } => (&mut counts.draws, 1),
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

    /// Who came to which desk, acted there or left it.
    pub(super) fn desks(&mut self, acting: &Acting<'_>, before: Option<&Case>, after: &Case, events: &[Event]) {
        let index = acting.first();
        for (place, event) in events.iter().enumerate() {
            if let What::Drawn { seat, draw } = &event.what
                && draw.matter.ends_with("/0")
                // Whoever asks for another look is no candidate, so candidates differ from case to case.
                && seat != AGAIN
            {
                self.draws.push(Drawn {
                    index: index.saturating_add(place as u64),
                    case: acting.case,
                    seat: format!("{}/{seat}", after.service),
                    roster: draw.roster,
                    candidates: draw.candidates.iter().map(|candidate| candidate.officer.clone()).collect(),
                });
            }
        }
        let holders = |case: &Case| match &case.turn {
            Turn::Officers { .. } | Turn::Consult { .. } => case.holders(),
            _ => Vec::new(),
        };
        let desk = |case: &Case| format!("{}/{}", case.service, case.stage);
        let mut say = |case: &Case, officer: &str, what| {
            let (officer, desk) = (officer.to_owned(), desk(case));
            self.moves.push(Move { index, case: acting.case, officer, desk, what });
        };
        let was = before.map(holders).unwrap_or_default();
        let is = holders(after);
        let moved = before.is_none_or(|before| before.stage_since != after.stage_since || before.stage != after.stage);
        if let (Some(before), Some(officer)) = (before, events.first().and_then(|event| officer(&event.what))) {
            say(before, officer, Moved::Acted);
        }
        if let Some(before) = before {
            let left = was.iter().filter(|officer| moved || !is.contains(officer));
            left.for_each(|officer| say(before, officer, Moved::Left));
        }
        let came = is.iter().filter(|officer| moved || !was.contains(officer));
        came.for_each(|officer| say(after, officer, Moved::Came));
    }
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
