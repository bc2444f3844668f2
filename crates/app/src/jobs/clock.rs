//! The clock: finds what is due and submits a `lapse` like anyone else.

use std::collections::BTreeSet;

use engine::act::{Act, Actor};
use engine::erasure;
use engine::refusal::Refusal;
use futures_util::{StreamExt, stream};
use store::Due;

use crate::{App, AppError, commit};

/// Deadlines read at once.
const BATCH: u32 = 500;
/// Cases that lapse at once, so that they share transactions: many deadlines run out together, at the end of a day.
const LAPSES_AT_ONCE: usize = 32;

/// What came of one deadline.
enum Came {
    Lapsed,
    Gone,
    /// An appeal is heard.
    Held,
    Stuck,
}

/// Submits a lapse for every deadline that has passed; how many took place.
///
/// # Errors
/// When the store is away. A case that cannot lapse is logged and counted, tried again later, and does not hold up the others.
pub async fn run(app: &App) -> Result<usize, AppError> {
    // Who is drawn, here or when somebody acts, must come from the roster as it stands, not as it stood when this process began.
    app.refresh_roster().await?;
    let now = app.clock.now();
    let mut lapsed = 0;
    let mut stuck = BTreeSet::new();
    let mut held = BTreeSet::new();
    let mut last: Option<Due> = None;
    loop {
        let page = app.store.due(now.as_millisecond(), last.as_ref(), BATCH).await?;
        let Some(end) = page.last().cloned() else { break };
        last = Some(end);
        let (resting, page): (Vec<Due>, Vec<Due>) =
            page.into_iter().partition(|due| app.held_erasures.rests(&as_key(due), now));
        held.extend(resting.iter().map(as_key));
        let (resting, ready): (Vec<Due>, Vec<Due>) =
            page.into_iter().partition(|due| app.stuck_deadlines.rests(&as_key(due), now));
        stuck.extend(resting.iter().map(as_key));
        let mut coming = stream::iter(ready)
            .map(|due| async move {
                let came = lapse(app, &due).await;
                (due, came)
            })
            .buffer_unordered(LAPSES_AT_ONCE);
        while let Some((due, came)) = coming.next().await {
            match came? {
                Came::Lapsed => lapsed += 1,
                Came::Gone => {}
                Came::Held => {
                    app.held_erasures.add(as_key(&due), now);
                    held.insert(as_key(&due));
                }
                Came::Stuck => {
                    app.stuck_deadlines.add(as_key(&due), now);
                    stuck.insert(as_key(&due));
                }
            }
        }
    }
    app.stuck_deadlines.keep_only(&stuck);
    app.held_erasures.keep_only(&held);
    Ok(lapsed)
}

/// A deadline as it is remembered while it is stuck.
fn as_key(due: &Due) -> (engine::CaseId, store::NewDue) {
    (due.case, due.due.clone())
}

async fn lapse(app: &App, due: &Due) -> Result<Came, AppError> {
    if due.due.clock == erasure::CLOCK {
        return erase(app, due).await;
    }
    let act = Act::Lapse { clock: due.due.clock.clone(), due: commit::moment(due.due.at_ms) };
    match app.act_as(&Actor::Clock, due.case, &act).await {
        Ok(_) => Ok(Came::Lapsed),
        Err(AppError::Unavailable(why)) => Err(AppError::Unavailable(why)),
        // Somebody acted first, and the deadline is gone: that is what should happen.
        Err(AppError::Refused(Refusal::NotDue)) => Ok(Came::Gone),
        Err(error) => {
            tracing::error!(case = %due.case, clock = due.due.clock, %error, "a deadline could not lapse; it is tried again");
            Ok(Came::Stuck)
        }
    }
}

/// What may be kept no longer goes. While an appeal is heard it stays, and is looked at again later.
async fn erase(app: &App, due: &Due) -> Result<Came, AppError> {
    match app.erase(due.case, None).await {
        Ok(_) => Ok(Came::Lapsed),
        Err(AppError::Unavailable(why)) => Err(AppError::Unavailable(why)),
        Err(AppError::Refused(Refusal::NotDue) | AppError::Stale) => Ok(Came::Gone),
        Err(AppError::Refused(Refusal::NotOver { .. })) => Ok(Came::Held),
        Err(error) => {
            tracing::error!(case = %due.case, %error, "personal data that may be kept no longer could not be erased; it is tried again");
            Ok(Came::Stuck)
        }
    }
}
