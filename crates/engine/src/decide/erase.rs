//! Personal data of a case that is over goes: what may be kept no longer when the clock says so, all of it on a ground of law that is in force.

use definition::model::Name;

use super::run::Run;
use crate::act::Actor;
use crate::case::Cause;
use crate::erasure;
use crate::event::What;
use crate::refusal::Refusal;

pub(super) fn erase(run: &mut Run<'_>, actor: &Actor, ground: Option<&Name>) -> Result<(), Refusal> {
    let ended = run.case.ended.as_ref().ok_or(Refusal::NotOver { until: None })?;
    // Whoever hears an appeal must see what was decided on.
    if let Some(until) = ended.appeal_until.filter(|until| run.world.now < *until) {
        return Err(Refusal::NotOver { until: Some(until) });
    }
    let (concepts, cause) = match actor {
        Actor::Clock => {
            let due = erasure::due(run.service, run.zone, &run.case);
            let passed = due.into_iter().filter(|(at, _)| *at <= run.world.now).map(|(_, concept)| concept).collect();
            (passed, Cause::Retention)
        }
        Actor::Operator => {
            let ground = run.ground(ground, run.zone.grounds.keys(), true)?;
            let ground = ground.ok_or(Refusal::GroundNeeded { grounds: Vec::new() })?;
            (erasure::held(run.service, run.zone, &run.case), Cause::Ground(ground))
        }
        _ => return Err(Refusal::NotYours),
    };
    if concepts.is_empty() {
        return Err(if *actor == Actor::Clock { Refusal::NotDue } else { Refusal::NothingToErase });
    }
    let applicant = erasure::names_people(run.zone).is_some_and(|concept| concepts.contains(concept));
    let mut concepts: Vec<String> = concepts.into_iter().collect();
    concepts.sort();
    run.record(What::Erased { concepts, applicant, cause })
}
