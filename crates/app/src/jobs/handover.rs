//! Cases of officers who have left, or are absent with their cases given to others: each is drawn for again. Nobody names who comes next.
//!
//! Must not know of: how officers are drawn.

use engine::act::{Act, Actor};
use engine::event::Vacancy;
use engine::refusal::Refusal;
use store::{CaseQuery, CasesOf};

use crate::{App, AppError};

/// Cases read at once.
const BATCH: u32 = 200;

/// Gives over the cases that wait for officers who are not there; how many there were.
///
/// # Errors
/// When the store is away. A case for which nobody can be drawn is left where it is, logged, and tried again when the roster changes: its deadline
/// decides meanwhile.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let (register, roster) = (app.register(), app.roster());
    let mut given = 0;
    for (officer, entry) in &register.officers {
        let why = if entry.roles.is_empty() {
            Vacancy::Left
        } else if roster.replaced.contains(officer) {
            Vacancy::Absent
        } else {
            app.handed_over.lock().remove(officer);
            continue;
        };
        if app.handed_over.lock().get(officer) == Some(&register.seq) {
            continue;
        }
        given += give(app, officer, why).await?;
        // Nobody is drawn who is not there, so what was empty stays empty until the roster changes.
        app.handed_over.lock().insert(officer.clone(), register.seq);
    }
    Ok(given)
}

async fn give(app: &App, officer: &str, why: Vacancy) -> Result<usize, AppError> {
    let mut given = 0;
    let mut after = None;
    loop {
        let of = CasesOf::Holder(officer.to_owned());
        let rows = app.store.cases(CaseQuery { of, open: true, after, newest_first: false, limit: BATCH }).await?;
        let Some(last) = rows.last() else { return Ok(given) };
        after = Some(last.opened);
        for row in &rows {
            let act = Act::Vacate { officer: officer.to_owned(), why };
            match app.act_as(&Actor::Clock, row.case, &act).await {
                Ok(_) => given += 1,
                Err(AppError::Unavailable(why)) => return Err(AppError::Unavailable(why)),
                Err(AppError::Refused(Refusal::NotDue | Refusal::TimeRanOut { .. })) => {}
                Err(error) => {
                    tracing::warn!(case = %row.case, officer, %error, "nobody could be drawn in the place of an officer who is not there");
                }
            }
        }
    }
}
