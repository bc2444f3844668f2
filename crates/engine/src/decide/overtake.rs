//! Order at a desk: where the definition promises it, an officer deals with cases as they were opened. Out of turn only on a ground, which the
//! record has before anything is done.

use definition::model::Name;

use super::run::Run;
use crate::act::Actor;
use crate::case::{OfficerId, Turn};
use crate::event::What;
use crate::refusal::Refusal;

/// An officer takes the case out of turn.
pub(super) fn overtake(run: &mut Run<'_>, actor: &Actor, ground: &Name) -> Result<(), Refusal> {
    let desk = run.desk()?;
    if !matches!(run.case.turn, Turn::Officers { .. }) {
        return Err(run.not_now());
    }
    let officer = run.officer(actor, &run.case.stage)?;
    let Some(order) = desk.order.as_ref().filter(|_| run.world.ahead.is_some()) else {
        return Err(Refusal::NothingToOvertake);
    };
    if run.case.overtaking.contains(&officer) {
        return Err(Refusal::NothingToOvertake);
    }
    run.ground(Some(ground), &order.overtake, true)?;
    run.record(What::Overtook { officer, ground: ground.clone() })
}

/// Refuses to deal with a case before its turn.
pub(super) fn in_turn(run: &Run<'_>, officer: &OfficerId) -> Result<(), Refusal> {
    match (&run.desk()?.order, run.world.ahead) {
        (Some(order), Some(first)) if !run.case.overtaking.contains(officer) => {
            let grounds = order.overtake.iter().filter(|ground| run.is_in_force(ground)).cloned().collect();
            Err(Refusal::NotFirst { first, grounds })
        }
        _ => Ok(()),
    }
}
