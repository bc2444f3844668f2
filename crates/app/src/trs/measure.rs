//! One case measured: its way from filing to its end, stay by stay, and whose time it was.
//!
//! Must not know of: other cases, storage. Whose turn it is says the fold of its events, as it says so to the engine's clock.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{Name, Outcome, Service, StageKind};
use engine::case::{Case, Decider, Turn, branch_seat};
use engine::event::{Event, What};
use engine::fold::{self, Misfit};
use engine::integrity;
use jiff::Timestamp;

use super::working::Clock;

/// A span in milliseconds: elapsed, and the part of it that lies in working days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) elapsed_ms: u64,
    pub(super) working_ms: u64,
}

/// A span by whose it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) authority: Span,
    pub(super) applicant: Span,
    pub(super) waiting: Span,
}

/// Where a step takes place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    pub(super) stage: Name,
    /// The authority that is consulted, by the name of its branch.
    pub(super) branch: Option<Name>,
    pub(super) kind: &'static str,
    /// Whose officers are to act.
    pub(super) role: Option<Name>,
    pub(super) authority: Option<Name>,
}

/// A case with its times.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) case: Case,
    /// From filing to the last decision before the first end.
    pub(super) decided: Option<Split>,
    /// From filing to the first end.
    pub(super) ended: Option<(Outcome, Split)>,
    /// Steps that are over.
    pub(super) steps: Vec<(Seat, Split)>,
    /// The last route that a table took, by stage.
    pub(super) routes: BTreeMap<Name, Name>,
    /// How often a decision on it fell.
    pub(super) overturned: u64,
}

impl Span {
    fn add(&mut self, other: Self) {
        self.elapsed_ms = self.elapsed_ms.saturating_add(other.elapsed_ms);
        self.working_ms = self.working_ms.saturating_add(other.working_ms);
    }
}

impl Split {
    /// Everybody's.
    pub(super) fn all(&self) -> Span {
        let mut all = self.authority;
        all.add(self.applicant);
        all.add(self.waiting);
        all
    }

    /// Adds time in which it was that turn; after an end time is nobody's.
    fn add(&mut self, turn: &Turn, span: Span) {
        match turn {
            Turn::Rules | Turn::Officers { .. } | Turn::Consult { .. } => self.authority.add(span),
            Turn::Answer { .. } | Turn::Applicant { .. } | Turn::Payment { .. } => self.applicant.add(span),
            Turn::Waiting { .. } => self.waiting.add(span),
            Turn::Ended => {}
        }
    }
}

/// Measures a case.
///
/// # Errors
/// [`Misfit`] when its events cannot follow each other: the record is damaged.
pub(super) fn measure<'e>(
    service: &Checked<Service>,
    events: impl IntoIterator<Item = &'e Event>,
    clock: &mut Clock,
) -> Result<Measured, Misfit> {
    let mut events = events.into_iter();
    let unopened = Misfit { seq: 1, kind: "opened", why: "the case is not open yet" };
    let first = events.next().ok_or(unopened)?;
    let case = fold::apply(service, None, first)?;
    let mut way = Way { service, last: first.at, whole: Split::default(), stay: None, branches: BTreeMap::new() };
    let (decided, ended, steps, routes) = (None, None, Vec::new(), BTreeMap::new());
    let mut measured = Measured { case, decided, ended, steps, routes, overturned: 0 };
    for event in events {
        way.pass(&measured.case, event.at, clock);
        fold::follow(service, &mut measured.case, event)?;
        way.take(&mut measured, &event.what);
    }
    // Of a case that is open nobody knows yet which decision is its last.
    measured.decided.take_if(|_| measured.ended.is_none());
    Ok(measured)
}

/// A case on its way.
struct Way<'s> {
    service: &'s Checked<Service>,
    /// When the last event happened.
    last: Timestamp,
    /// Since it was filed.
    whole: Split,
    /// The stage where it stands and the time since it came there.
    stay: Option<(Name, Split)>,
    /// The authorities that are consulted and have not answered, with the time since they were asked.
    branches: BTreeMap<Name, Span>,
}

impl Way<'_> {
    /// Time passes until the next event.
    fn pass(&mut self, case: &Case, at: Timestamp, clock: &mut Clock) {
        if case.ended.is_none() {
            let elapsed = at.as_millisecond().saturating_sub(self.last.as_millisecond());
            let working_ms = clock.between_ms(self.last, at);
            let span = Span { elapsed_ms: u64::try_from(elapsed).unwrap_or(0), working_ms };
            self.whole.add(&case.turn, span);
            self.stay.iter_mut().for_each(|(_, stay)| stay.add(&case.turn, span));
            self.branches.values_mut().for_each(|branch| branch.add(span));
        }
        self.last = at;
    }

    /// What an event, which the case has followed, ends and begins.
    fn take(&mut self, measured: &mut Measured, what: &What) {
        let is_first = measured.ended.is_none();
        match what {
            What::Entered { stage, due, .. } => {
                self.leave(measured);
                self.stay = Some((stage.clone(), Split::default()));
                if let Turn::Consult { .. } = measured.case.turn {
                    self.branches = due.keys().map(|branch| (branch.clone(), Span::default())).collect();
                }
            }
            What::Consulted { branch, .. } => {
                if let Some(authority) = self.branches.remove(branch) {
                    let seat = self.seat(&measured.case.stage, Some(branch));
                    measured.steps.extend(seat.map(|seat| (seat, Split { authority, ..Split::default() })));
                }
                if is_first && self.branches.is_empty() {
                    measured.decided = Some(self.whole);
                }
            }
            What::Decided { stage, route, by, .. } => {
                if *by == Decider::Rule {
                    measured.routes.insert(stage.clone(), route.clone());
                }
                if is_first {
                    measured.decided = Some(self.whole);
                }
            }
            What::Withdrawn { .. } if is_first => measured.decided = None,
            What::Ended { outcome, .. } => {
                self.leave(measured);
                if is_first {
                    measured.ended = Some((*outcome, self.whole));
                }
            }
            What::Overturned { .. } => measured.overturned = measured.overturned.saturating_add(1),
            _ => {}
        }
    }

    /// The case leaves the stage where it stands. At an end nobody stays, and an authority whose answer was not waited for has not answered.
    fn leave(&mut self, measured: &mut Measured) {
        self.branches.clear();
        let Some((stage, split)) = self.stay.take() else { return };
        measured.steps.extend(self.seat(&stage, None).map(|seat| (seat, split)));
    }

    fn seat(&self, stage: &str, branch: Option<&Name>) -> Option<Seat> {
        let kind = match self.service.stage(stage)?.kind {
            StageKind::Decide { .. } => "decide",
            StageKind::Officer(_) => "officer",
            StageKind::Inspect(_) => "inspect",
            StageKind::Consult { .. } => "consult",
            StageKind::Applicant { .. } => "applicant",
            StageKind::Pay { .. } => "pay",
            StageKind::Wait { .. } => "wait",
            StageKind::Lot { .. } => "lot",
            StageKind::End(_) => return None,
        };
        // Where several authorities are consulted, each has an answer of its own.
        let clock = if kind == "consult" { branch.map(String::as_str) } else { Some(stage) };
        let role = clock.and_then(|clock| integrity::role(self.service, stage, clock));
        let authority = role.and_then(|role| self.service.zone().roles.get(role)).map(|role| role.authority.clone());
        Some(Seat { stage: stage.to_owned(), branch: branch.cloned(), kind, role: role.cloned(), authority })
    }
}

impl Seat {
    /// The name under which its officers are drawn.
    pub(super) fn name(&self) -> String {
        self.branch.as_ref().map_or_else(|| self.stage.clone(), |branch| branch_seat(&self.stage, branch))
    }
}
