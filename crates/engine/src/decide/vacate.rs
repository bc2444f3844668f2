//! An officer gives up their seats: because they should not decide this case and say why, or because they have left, or are absent and their cases
//! are given to others. Nobody names who comes in their place: the lot does.

use definition::model::{Name, StageKind};

use super::run::Run;
use super::text;
use crate::act::Actor;
use crate::case::{OfficerId, Turn, branch_seat};
use crate::event::{Vacancy, What};
use crate::refusal::Refusal;

pub(super) fn recuse(run: &mut Run<'_>, actor: &Actor, reason: &str) -> Result<(), Refusal> {
    let Actor::Officer(officer) = actor else { return Err(Refusal::NotYours) };
    text::required("reason", reason)?;
    if !run.case.officers.values().flatten().any(|one| one == officer) {
        return Err(Refusal::NotYours);
    }
    if awaited(run, officer)?.is_empty() {
        return Err(run.not_now());
    }
    give_up(run, officer, Vacancy::Recused, reason)
}

pub(super) fn vacate(run: &mut Run<'_>, actor: &Actor, officer: &OfficerId, why: Vacancy) -> Result<(), Refusal> {
    if *actor != Actor::Clock {
        return Err(Refusal::NotYours);
    }
    let roster = run.world.roster;
    let so = match why {
        Vacancy::Recused => false,
        Vacancy::Left => !roster.serves(officer),
        Vacancy::Absent => roster.replaced.contains(officer),
    };
    // A case that waits for none of them is left as it is: a seat of the past is history.
    if !so || awaited(run, officer)?.is_empty() {
        return Err(Refusal::NotDue);
    }
    give_up(run, officer, why, "")
}

/// All seats fall free but those in which the officer has signed; those that the case waits for are drawn for at once, the others when it comes
/// back to them.
fn give_up(run: &mut Run<'_>, officer: &OfficerId, why: Vacancy, note: &str) -> Result<(), Refusal> {
    let awaited = awaited(run, officer)?;
    let signed = match &run.case.turn {
        Turn::Officers { signed, .. } => signed.contains_key(officer).then(|| run.case.stage.clone()),
        _ => None,
    };
    let own =
        run.case.officers.iter().filter(|(seat, drawn)| drawn.contains(officer) && signed.as_ref() != Some(*seat));
    let own: Vec<String> = own.map(|(seat, _)| seat.clone()).collect();
    for seat in own {
        run.record(What::Vacated { seat, officer: officer.clone(), why, note: note.to_owned() })?;
    }
    awaited.into_iter().try_for_each(|(seat, role)| {
        // While a lot for the seat is yet to be drawn, no other is fixed: when it is drawn, what is missing then is drawn for.
        if run.case.lots.contains_key(&seat) { Ok(()) } else { run.draw_more(&seat, &role, 1) }
    })
}

/// Draws for those who gave the seat up while its lot was waiting. Where nobody can be drawn the seat stays empty: a lot that was fixed must be drawn.
pub(super) fn fill(run: &mut Run<'_>, seat: &str) -> Result<(), Refusal> {
    if run.case.ended.is_some() || run.case.stage != seat.split_once('/').map_or(seat, |(stage, _)| stage) {
        return Ok(());
    }
    let gone = run.case.vacated.get(seat).map_or(0, Vec::len);
    let (role, people) = match &run.stage()?.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => (desk.role.clone(), desk.people),
        StageKind::Consult { branches, .. } => {
            match branches.iter().find(|branch| branch_seat(&run.case.stage, &branch.name) == seat) {
                Some(branch) => (branch.role.clone(), 1),
                None => return Ok(()),
            }
        }
        _ => return Ok(()),
    };
    if gone == 0 {
        return Ok(());
    }
    match run.draw(seat, &role, people) {
        Err(Refusal::TooFewOfficers { .. }) => Ok(()),
        other => other,
    }
}

/// The seats in which the case waits for an officer, or will when the applicant has answered, with their roles.
fn awaited(run: &Run<'_>, officer: &OfficerId) -> Result<Vec<(String, Name)>, Refusal> {
    let sits = |seat: &str| run.case.drawn(seat).contains(officer);
    let stage = &run.case.stage;
    Ok(match (&run.stage()?.kind, &run.case.turn) {
        (StageKind::Officer(desk) | StageKind::Inspect(desk), Turn::Officers { signed, .. }) => {
            let waits = sits(stage) && !signed.contains_key(officer);
            waits.then(|| (stage.clone(), desk.role.clone())).into_iter().collect()
        }
        (StageKind::Officer(desk) | StageKind::Inspect(desk), Turn::Answer { .. }) => {
            sits(stage).then(|| (stage.clone(), desk.role.clone())).into_iter().collect()
        }
        (StageKind::Consult { branches: asked, .. }, Turn::Consult { branches }) => {
            let open = |name: &Name| branches.get(name).is_some_and(|branch| branch.opinion.is_none());
            let seats = asked.iter().filter(|branch| open(&branch.name));
            let seats = seats.map(|branch| (branch_seat(stage, &branch.name), branch.role.clone()));
            seats.filter(|(seat, _)| sits(seat)).collect()
        }
        _ => Vec::new(),
    })
}
