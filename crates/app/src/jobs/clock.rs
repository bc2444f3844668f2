//! The clock: finds what is due and submits a `lapse` like anyone else.

use engine::act::{Act, Actor};

use crate::{App, AppError, commit};

/// Deadlines taken up at once.
const BATCH: u32 = 500;

/// Submits a lapse for every deadline that has passed; how many there were.
///
/// # Errors
/// When the store is away. A case that cannot lapse is logged and does not hold up the others.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let due = app.store.due(app.clock.now().as_millisecond(), None, BATCH).await?;
    let mut lapsed = 0;
    for due in due {
        let act = Act::Lapse { clock: due.due.clock.clone(), due: commit::moment(due.due.at_ms) };
        match app.act_as(&Actor::Clock, due.case, &act).await {
            Ok(_) => lapsed += 1,
            Err(AppError::Unavailable(why)) => return Err(AppError::Unavailable(why)),
            // Somebody acted first, and the deadline is gone: that is what should happen.
            Err(AppError::Refused(engine::refusal::Refusal::NotDue)) => {}
            Err(error) => {
                tracing::error!(case = %due.case, clock = due.due.clock, %error, "a deadline could not lapse")
            }
        }
    }
    Ok(lapsed)
}
