//! What comes of an act: events, or a refusal that changed nothing. Pure and total.
//!
//! Must not know of: storage, async, the clock. One act, one file under `decide/`; `run` carries the case forward while they record events.

mod advise;
mod appeal;
mod ask;
mod correct;
mod enter;
mod lapse;
mod open;
mod pay;
mod revoke;
mod run;
mod sign;
mod supply;
mod text;
mod withdraw;

use definition::Checked;
use definition::model::Service;

use crate::act::{Act, Actor, Application};
use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::world::World;
use run::Run;

pub use open::needed_at_start;

/// What comes of an application: the events that open a case, up to the first moment at which somebody has to wait.
///
/// # Errors
/// [`Refusal`]: everything that is wrong with the application, in one list.
pub fn open(
    service: &Checked<Service>,
    application: &Application,
    world: &World<'_>,
) -> Result<(Case, Vec<Event>), Refusal> {
    open::open(service, application, world)
}

/// What comes of an act on a case: the case afterwards and the events that brought it there.
///
/// # Errors
/// [`Refusal`] says why the act is not allowed; the case stays as it was.
pub fn decide(
    service: &Checked<Service>,
    case: &Case,
    actor: &Actor,
    act: &Act,
    world: &World<'_>,
) -> Result<(Case, Vec<Event>), Refusal> {
    let mut run = Run::new(service.zone(), service, world, case.clone());
    match act {
        Act::Decide { route, ground, note, facts } => {
            sign::sign(&mut run, actor, sign::Choice { route, ground: ground.as_ref(), note, facts })?
        }
        Act::Ask { items } => ask::ask(&mut run, actor, items)?,
        Act::Supply { facts } => supply::supply(&mut run, actor, facts)?,
        Act::Advise { branch, opinion, ground, note } => {
            advise::advise(
                &mut run,
                actor,
                advise::Advice { branch, opinion: *opinion, ground: ground.as_ref(), note },
            )?;
        }
        Act::Pay { receipt } => pay::pay(&mut run, actor, receipt)?,
        Act::Withdraw { reason } => withdraw::withdraw(&mut run, actor, reason)?,
        Act::Correct { fact, value, reason } => correct::correct(&mut run, actor, fact, value, reason)?,
        Act::Lapse { clock, due } => lapse::lapse(&mut run, actor, clock, *due)?,
        Act::Appeal { by } => appeal::appeal(&mut run, actor, *by)?,
        Act::Overturn { by } => appeal::overturn(&mut run, actor, *by)?,
        Act::Revoke { ground, note } => revoke::revoke(&mut run, actor, ground, note)?,
    }
    Ok(run.finish())
}
