//! A clock ran out, and something follows. The clock is an actor like any other: it can only say what is due.

use std::collections::BTreeMap;

use definition::model::{Desk, Name, Overdue, StageKind, Wait};
use jiff::Timestamp;

use super::advise::{self, Advice};
use super::run::Run;
use super::sign;
use crate::act::Actor;
use crate::case::{Decider, OfficerId, RunningClock, Turn, branch_seat};
use crate::event::What;
use crate::refusal::Refusal;

/// More clocks than can be overdue at once in any checked definition: the branches of a consult, then waits until days that are past.
const LAPSES_IN_A_ROW: usize = 1000;

pub(super) fn lapse(run: &mut Run<'_>, actor: &Actor, name: &Name, due: Timestamp) -> Result<(), Refusal> {
    if *actor != Actor::Clock {
        return Err(Refusal::NotYours);
    }
    let running = run.case.clocks().into_iter().any(|clock| clock.name == *name && clock.due == due);
    if !running || due > run.world.now {
        return Err(Refusal::NotDue);
    }
    let silent = silent(run, name);
    run.record(What::Lapsed { clock: name.clone(), due, silent: silent.clone() })?;
    // An act that comes after a deadline does not bring its consequence about.
    run.unattended = true;
    let followed = follow(run, name, silent);
    run.unattended = false;
    followed
}

/// Lets everything lapse that is overdue, so that an act which comes after a deadline cannot overtake the consequence just because the clock
/// was not there first. The first clock that ran out, if one did.
pub(super) fn catch_up(run: &mut Run<'_>) -> Result<Option<RunningClock>, Refusal> {
    let mut first = None;
    for _ in 0..LAPSES_IN_A_ROW {
        let mut overdue = run.case.clocks();
        overdue.retain(|clock| clock.due <= run.world.now);
        let Some(clock) = overdue.into_iter().min_by(|a, b| (a.due, &a.name).cmp(&(b.due, &b.name))) else {
            return Ok(first);
        };
        lapse(run, &Actor::Clock, &clock.name, clock.due)?;
        first = first.or(Some(clock));
    }
    Err(run.undecidable("clocks without end"))
}

/// The officers whose turn it was.
fn silent(run: &Run<'_>, clock: &str) -> Vec<OfficerId> {
    match &run.case.turn {
        Turn::Officers { .. } => run.case.holders(),
        Turn::Consult { .. } => run.case.drawn(&branch_seat(&run.case.stage, clock)).to_vec(),
        _ => Vec::new(),
    }
}

fn follow(run: &mut Run<'_>, clock: &Name, silent: Vec<OfficerId>) -> Result<(), Refusal> {
    let stage = run.stage()?;
    if let Turn::Answer { .. } = run.case.turn {
        let answer = run.service.answer.as_ref().ok_or_else(|| run.undecidable("answer"))?;
        return run.enter(&answer.overdue);
    }
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => officers(run, desk, silent),
        StageKind::Consult { branches, .. } => {
            let branch = branches.iter().find(|branch| branch.name == *clock);
            let opinion = branch.ok_or_else(|| run.undecidable(clock))?.silent;
            advise::answer(run, Advice { branch: clock, opinion, ground: None, note: "" }, None, None)
        }
        StageKind::Applicant { wait, .. } | StageKind::Pay { wait, .. } => applicants(run, wait),
        StageKind::Wait { then, .. } => run.enter(then),
        StageKind::Lot { routes, .. } => run.undrawn(&stage.name, routes),
        StageKind::Decide { .. } | StageKind::End(_) => Err(run.not_now()),
    }
}

fn officers(run: &mut Run<'_>, desk: &Desk, silent: Vec<OfficerId>) -> Result<(), Refusal> {
    if let Some(to) = sign::divided(run, desk) {
        return run.enter(to);
    }
    match &desk.wait.overdue {
        Overdue::Stage(target) => run.enter(target),
        Overdue::Route(route) => {
            let target = desk.may.get(route).ok_or_else(|| run.undecidable(route))?;
            deemed(run, route, silent)?;
            run.enter(target)
        }
        Overdue::Deemed { route, to } => {
            deemed(run, route, silent)?;
            run.enter(to)
        }
    }
}

fn applicants(run: &mut Run<'_>, wait: &Wait) -> Result<(), Refusal> {
    match &wait.overdue {
        Overdue::Stage(target) => run.enter(target),
        Overdue::Route(route) | Overdue::Deemed { route, .. } => Err(run.undecidable(route)),
    }
}

/// The law decides in the place of those who were silent.
fn deemed(run: &mut Run<'_>, route: &Name, silent: Vec<OfficerId>) -> Result<(), Refusal> {
    run.record(What::Decided {
        stage: run.case.stage.clone(),
        route: route.clone(),
        grounds: Vec::new(),
        by: Decider::Silence(silent),
        note: String::new(),
        facts: BTreeMap::new(),
    })
}
