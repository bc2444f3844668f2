//! What comes of an act: events, or a refusal that changed nothing. Pure and total.
//!
//! Must not know of: storage, async, the clock. One act, one file under `decide/`; `run` carries the case forward while they record events.

mod advise;
mod appeal;
mod ask;
mod compute;
mod convene;
mod correct;
mod draw;
mod enter;
mod erase;
mod fall;
mod lapse;
mod open;
mod overtake;
mod pay;
mod revoke;
mod run;
mod seat;
mod sign;
mod supply;
mod text;
mod together;
mod vacate;
mod withdraw;

use definition::Checked;
use definition::model::Service;

use crate::act::{Act, Actor, Application};
use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::world::World;
use run::Run;

pub use correct::correctable;
pub use open::{is_sayable, needed_at_start};
pub use pay::payable;

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

/// What comes of an act on a case: the case afterwards and the events that brought it there. What is overdue lapses first.
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
    let mut run = Run::new(service.zone(), service, world, case.clone()).by(actor);
    // The clock's own act says itself what is due.
    let overdue = if matches!(act, Act::Lapse { .. }) { None } else { lapse::catch_up(&mut run)? };
    let Some(clock) = overdue else {
        perform(&mut run, actor, act)?;
        return Ok(run.finish());
    };
    // What was meant for one stage must not be taken for another that the actor never saw.
    let misplaced = run.moved_on() && act.is_for_a_stage();
    if !misplaced && perform(&mut run, actor, act).is_ok() {
        return Ok(run.finish());
    }
    let mut in_time = Run::new(service.zone(), service, world, case.clone());
    perform(&mut in_time, actor, act)?;
    Err(Refusal::TimeRanOut { clock: clock.name, due: clock.due })
}

fn perform(run: &mut Run<'_>, actor: &Actor, act: &Act) -> Result<(), Refusal> {
    match act {
        Act::Decide { route, ground, note, facts } => {
            sign::sign(run, actor, sign::Choice { route, ground: ground.as_ref(), note, facts })
        }
        Act::Ask { items } => ask::ask(run, actor, items),
        Act::Supply { facts } => supply::supply(run, actor, facts),
        Act::Advise { branch, opinion, ground, note } => {
            advise::advise(run, actor, advise::Advice { branch, opinion: *opinion, ground: ground.as_ref(), note })
        }
        Act::Pay { receipt, amount } => pay::pay(run, actor, receipt, amount),
        Act::Withdraw { reason } => withdraw::withdraw(run, actor, reason),
        Act::Overtake { ground } => overtake::overtake(run, actor, ground),
        Act::Convene { reason } => convene::convene(run, actor, reason),
        Act::Keep { note } => convene::keep(run, actor, note),
        Act::Correct { fact, value, reason } => correct::correct(run, actor, fact, value, reason),
        Act::Lapse { clock, due } => lapse::lapse(run, actor, clock, *due),
        Act::Draw { seat, lot, randomness, proof } => draw::draw(run, actor, seat, *lot, *randomness, proof),
        Act::Share { seat, lot } => draw::share(run, actor, seat, *lot),
        Act::Appeal { by, opened } => appeal::appeal(run, actor, *by, *opened),
        Act::Overturn { by } => appeal::overturn(run, actor, *by),
        Act::Revoke { ground, note } => revoke::revoke(run, actor, ground, note),
        Act::Erase { ground } => erase::erase(run, actor, ground.as_ref()),
        Act::Recuse { reason } => vacate::recuse(run, actor, reason),
        Act::Vacate { officer, why } => vacate::vacate(run, actor, officer, *why),
    }
}
