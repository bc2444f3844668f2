//! The cases of some applicants, followed act by act. What one case says of another (a matter, an appeal) is about cases of one applicant: shards
//! need nothing of each other.
//!
//! Must not know of: the order of things between applicants, files.

mod again;
mod asks;
mod begun;
mod leaves;
mod load;
mod lost;
mod notice;
mod seats;

use std::collections::HashMap;

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::{Case, Digest};
use engine::event::{Event, What};
use engine::fold;
use engine::integrity::Figures;
use engine::integrity::chance::Draws;
use engine::refusal::Refusal;
use engine::roster::Register;
use jiff::Timestamp;

use crate::asked::{Booked, Question};
use crate::checks::{self, Act, Other, act_unlike, draw_not_proven, event_malformed};
use crate::counts::Counts;
use crate::definitions::Definitions;
use crate::desks::{Drawn, Move};
use crate::finding::{At, Findings};
use crate::forgotten::Forgotten;
use crate::kept::Kept;
use crate::loads;
use crate::mandates::Acted;
use crate::matters::Matters;
use crate::part::{Item, Part, Told};
use crate::replay::Again;
use crate::roster::Rosters;
use crate::unfollowed::AtMost;
use begun::{Begun, named_by_leaf};

/// One event in a run.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) part: &'a Part,
    pub(crate) item: &'a Item,
    pub(crate) told: &'a Told,
}

/// Events of one case that stand side by side in the log.
pub(crate) struct Run<'a> {
    pub(crate) case: CaseId,
    pub(crate) events: Vec<View<'a>>,
    /// Whether the log may end within its last act.
    pub(crate) ends_log: bool,
}

/// What is known beyond the cases of some applicants.
pub(crate) struct Known<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) rosters: &'a Rosters,
    pub(crate) forgotten: &'a Forgotten,
}

/// The cases of some applicants, and what is to be told of the last runs.
#[derive(Default)]
pub(crate) struct Shard {
    pub(crate) cases: HashMap<CaseId, Kept>,
    pub(crate) matters: Matters,
    pub(crate) findings: Findings,
    pub(crate) counts: Counts,
    /// Payments: leaf, case, receipt.
    pub(crate) receipts: Vec<(u64, CaseId, String)>,
    pub(crate) moves: Vec<Move>,
    pub(crate) draws: Vec<Drawn>,
    /// Draws: leaf, case, and whether their randomness is proven.
    pub(crate) sources: Vec<(u64, CaseId, bool)>,
    pub(crate) loads: Vec<loads::Told>,
    pub(crate) agencies: Vec<Acted>,
    /// What functions were asked, where a case can be followed.
    pub(crate) questions: Vec<Question>,
    pub(crate) booked: Vec<Booked>,
    /// How many events say what a function worked out or booked.
    pub(crate) said: u64,
    /// What cases add to the published figures, but for the draws, which have an order: by the leaf with which they count.
    pub(crate) figures: Figures,
    pub(crate) lots: Vec<(u64, Draws)>,
    /// Cases whose applicant was erased.
    pub(crate) nameless: Vec<CaseId>,
    /// What cases that cannot be followed add to the figures at most.
    pub(crate) at_most: AtMost,
    /// The leaf with which the log's last act begins, where the log shows only a part of it, and its case.
    pub(crate) held_back: Option<(u64, CaseId)>,
    buffer: Vec<u8>,
}

impl Shard {
    /// Follows runs in log order.
    pub(crate) fn take(&mut self, runs: &[Run<'_>], known: &Known<'_>) {
        for run in runs {
            (0..run.events.len()).for_each(|place| known.rosters.check(&run.events, place, &mut self.findings));
            let mut rest = run.events.as_slice();
            while let Some(first) = rest.first() {
                let (done, left) = rest.split_at(self.act(run, rest, first, known).clamp(1, rest.len()));
                // What waits for the rest of its act is told when it is taken up again.
                if self.held_back.is_none() {
                    self.told(run, done);
                }
                rest = left;
            }
        }
    }

    /// Follows the act that the first of these events begins; how many events it took.
    fn act(&mut self, run: &Run<'_>, events: &[View<'_>], first: &View<'_>, all: &Known<'_>) -> usize {
        let definitions = all.definitions;
        let Some(begun) = self.begun(run.case, events, first, definitions) else { return 1 };
        let mut kept = self.cases.remove(&run.case);
        if kept.is_none() {
            self.counts.cases = self.counts.cases.saturating_add(1);
        }
        let hash = match (&kept, &begun.first.what) {
            (Some(kept), _) => kept.definition,
            (None, What::Opened(opened)) => opened.definition,
            (None, _) => named_by_leaf(first).unwrap_or(Digest([0; 32])),
        };
        let known = kept.as_ref().is_none_or(|kept| kept.case.is_some());
        let (Some(service), true) = (definitions.get(&hash), known) else {
            let kept = kept.get_or_insert_with(|| Kept::new(hash, first.item.index));
            self.unseen(run.case, kept.case.take().as_ref(), first);
            self.counts.not_followed = self.counts.not_followed.saturating_add(1);
            let service = definitions.get(&hash).map(|service| &**service);
            if let Some(service) = service {
                self.compare_leaf(first, &begun.first, service, kept, None);
            }
            self.by_leaf(kept, None, first, service);
            self.cases.extend(Some((run.case, kept.clone())));
            return 1;
        };
        let mut kept = kept.unwrap_or_else(|| Kept::new(hash, first.item.index));
        let acting = Acting {
            case: run.case,
            service,
            events,
            begun: &begun,
            forgotten: all.forgotten,
            rosters: all.rosters,
            definitions,
        };
        let again = self.again(&acting, &kept);
        let taken = self.judge(&acting, &mut kept, again, run.ends_log && begun.extent == events.len());
        match taken {
            Some(taken) => {
                self.counts.acts = self.counts.acts.saturating_add(1);
                self.cases.insert(run.case, kept);
                taken
            }
            None => {
                self.held_back = Some((first.item.index, run.case));
                if kept.seq > 0 {
                    self.cases.insert(run.case, kept);
                } else {
                    self.counts.cases = self.counts.cases.saturating_sub(1);
                }
                events.len()
            }
        }
    }

    /// Compares what came out with what is recorded, and takes the case forward. None when the log shows only a beginning of the act.
    fn judge(&mut self, acting: &Acting<'_>, kept: &mut Kept, again: Again, cut: bool) -> Option<usize> {
        let extent = acting.begun.extent;
        if let Again::Done(after, expected) = again {
            if self.is_recorded(acting, &expected) {
                let taken = expected.len();
                let again = Again::Done(after, Vec::new());
                self.check_act(acting, kept.case.as_ref(), &expected, &again, expected.len());
                let Again::Done(after, _) = again else { return Some(taken) };
                self.follow(acting, kept, *after, &expected);
                return Some(taken);
            }
            return self.differs(acting, kept, Again::Done(after, expected), extent, cut);
        }
        self.differs(acting, kept, again, extent, cut)
    }

    /// Whether exactly these events are recorded, byte by byte.
    fn is_recorded(&mut self, acting: &Acting<'_>, expected: &[Event]) -> bool {
        let (events, buffer) = (acting.events, &mut self.buffer);
        expected.len() <= acting.begun.extent
            && expected.iter().zip(events).all(|(event, view)| {
                buffer.clear();
                let written = serde_json::to_writer(&mut *buffer, event).is_ok();
                written && view.part.body(view.item) == Some(buffer.as_slice())
            })
    }

    fn differs(
        &mut self,
        acting: &Acting<'_>,
        kept: &mut Kept,
        again: Again,
        extent: usize,
        cut: bool,
    ) -> Option<usize> {
        let recorded: Vec<Event> = acting.events.iter().take(extent).map_while(|view| self.event(view)).collect();
        let expected = match &again {
            Again::Done(_, events) => events.as_slice(),
            _ => &[],
        };
        let same = recorded.iter().zip(expected).take_while(|(one, other)| one == other).count();
        let is_short = matches!(again, Again::Done(..)) && same == recorded.len() && same < expected.len();
        // Whom a draw could fall on and what a function said stands in events that may not be seen yet, and without them the engine cannot go on.
        let unsaid = matches!(again, Again::Refused(Refusal::TooFewOfficers { .. } | Refusal::Undecidable { .. }));
        if cut && (is_short || unsaid) {
            return None;
        }
        // What was erased in the midst of an act takes the rest of the act with it.
        let next = acting.events.get(extent);
        let is_blind = (is_short || unsaid) && next.is_some_and(|view| view.part.body(view.item).is_none());
        if is_blind {
            self.counts.not_followed = self.counts.not_followed.saturating_add(recorded.len() as u64);
        } else if same == expected.len() && same > 0 {
            // The same events, in other words than the engine's.
            let at = At::leaf(acting.first(), acting.case.0);
            event_malformed::check(at, &"it is not in the engine's own form", &mut self.findings);
        } else {
            self.check_act(acting, kept.case.as_ref(), &recorded, &again, same);
        }
        let taken = recorded.len().max(1);
        let applicant = match (&kept.case, &acting.begun.first.what) {
            (Some(case), _) => case.applicant.clone(),
            (None, What::Opened(opened)) => opened.applicant.clone(),
            (None, _) => String::new(),
        };
        match refold(acting.service, kept.case.clone(), &recorded).filter(|_| !is_blind) {
            Some(after) => self.follow(acting, kept, after, &recorded),
            None => {
                self.matters.cloud(&applicant);
                let lost = kept.case.take();
                let mut unseen = lost.as_ref();
                if let Some(case) = &lost {
                    self.leave_desks(case, kept.first, acting.first());
                }
                for (event, view) in recorded.iter().zip(acting.events) {
                    self.unseen(acting.case, unseen.take(), view);
                    self.compare_leaf(view, event, acting.service, kept, None);
                    self.by_leaf(kept, lost.as_ref(), view, Some(acting.service));
                }
            }
        }
        Some(taken)
    }

    /// Asks the checks of every act; and where it came out otherwise, those that name how.
    fn check_act(
        &mut self,
        acting: &Acting<'_>,
        before: Option<&Case>,
        events: &[Event],
        again: &Again,
        differs: usize,
    ) {
        let (cases, forgotten) = (&self.cases, acting.forgotten);
        let other = |id: CaseId| {
            let Some(kept) = cases.get(&id) else {
                // Who applied there is not known, so it is not among this applicant's cases.
                return forgotten.has(&id).then_some(Other { appeals: None, overturns: false });
            };
            let overturns = kept.granted() && kept.end.is_some_and(|(_, overturns)| overturns);
            Some(Other { appeals: kept.case.as_ref().map(|case| case.appeals), overturns })
        };
        let (service, case, first) = (acting.service, acting.case.0, acting.first());
        let refused = matches!(again, Again::Refused(_));
        let rosters = if refused { acting.rosters_of_officer() } else { Vec::new() };
        let act = Act { service, case, before, first, events, again, differs, rosters: &rosters, other: &other };
        let known = self.findings.len();
        checks::OF_EVERY_ACT.iter().for_each(|check| check(&act, &mut self.findings));
        let is_right =
            matches!(again, Again::Done(_, expected) if differs == events.len() && expected.len() <= differs);
        if is_right {
            return;
        }
        for check in checks::OF_DIFFERENCES {
            let before = self.findings.len();
            check(&act, &mut self.findings);
            if self.findings.len() > before {
                return;
            }
        }
        if self.findings.len() == known {
            act_unlike::check(&act, &mut self.findings);
        }
    }

    /// Takes a case forward by the events of an act, and holds each leaf against its event.
    fn follow(&mut self, acting: &Acting<'_>, kept: &mut Kept, after: Case, events: &[Event]) {
        self.asks(acting, kept.case.as_ref(), events);
        self.matters.follow(acting.service, kept.case.as_ref(), &after, events);
        self.seats(acting, kept.case.as_ref(), events);
        self.load(acting, kept.case.as_ref(), &after, events);
        self.desks(acting, kept.first, kept.case.as_ref(), &after, events);
        let mut stage = kept.case.as_ref().map(|case| case.stage.clone()).filter(|stage| !stage.is_empty());
        kept.case = Some(after);
        for (event, view) in events.iter().zip(acting.events) {
            if let What::Entered { stage: entered, .. } = &event.what {
                stage = Some(entered.clone());
            }
            self.compare_leaf(view, event, acting.service, kept, stage.as_deref());
            let index = view.item.index;
            step(kept, index, Some(event.at));
            if let (What::Lot { .. } | What::Drawn { .. }, Some(case)) = (&event.what, Some(acting.case)) {
                let hash = log::hash::leaf_hash(view.part.entry(view.item));
                draw_not_proven::check(
                    At::leaf(index, case.0),
                    event.at,
                    &event.what,
                    hash,
                    &mut kept.lots,
                    &mut self.findings,
                );
            }
            kept.note(index, event, |fact| acting.service.fact(fact).map(|fact| fact.concept.clone()));
            if let Some(mut adds) = kept.course.take(acting.case, acting.service, event) {
                self.lots.push((index, std::mem::take(&mut adds.lots)));
                self.figures.join(adds);
            }
            if let What::Erased { applicant: true, .. } = &event.what {
                self.nameless.push(acting.case);
            }
            self.count(acting, index, event);
            self.acted(acting, kept, index, event);
        }
    }
}

/// An act that is being looked at.
struct Acting<'a> {
    case: CaseId,
    service: &'a Checked<Service>,
    /// From its first event to the end of the run.
    events: &'a [View<'a>],
    begun: &'a Begun,
    forgotten: &'a Forgotten,
    rosters: &'a Rosters,
    definitions: &'a Definitions,
}

impl<'a> Acting<'a> {
    /// The rosters that an act of this moment can have been made of; none in a zone whose roster is in no stream.
    fn recorded_rosters(&self, at: Timestamp) -> Vec<&'a Register> {
        let rosters = self.rosters.around(self.first(), at);
        // A zone whose roster is in no stream has nothing to be held against.
        if rosters.first().is_some_and(|register| register.seq > 0) { rosters } else { Vec::new() }
    }

    fn first(&self) -> u64 {
        self.events.first().map_or(0, |view| view.item.index)
    }
}

fn step(kept: &mut Kept, index: u64, at: Option<Timestamp>) {
    kept.seq = kept.seq.saturating_add(1);
    kept.last = index;
    kept.at = at.or(kept.at);
}

/// The case after events as they are recorded, whatever should have been; none when they do not even fold.
fn refold(service: &Service, case: Option<Case>, events: &[Event]) -> Option<Case> {
    events.iter().try_fold(case, |case, event| fold::apply(service, case, event).ok().map(Some)).flatten()
}
