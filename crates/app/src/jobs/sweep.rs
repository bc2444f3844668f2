//! What has run out of time is struck: sessions, links, tokens and challenges, sign-ins that nobody ended, drafts and attempts after a while; and offers
//! of a mandate that nobody accepted leave the list of whom they named.
//!
//! Must not know of: what any of it is for. Nothing opens or shows by then: wherever it is read, its time is looked at first.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use store::{Entry, EntryQuery, Put, StoreError};
use tokio::sync::watch;

use crate::accounts::{LINK, SESSION, TOKEN};
use crate::apply::DRAFT;
use crate::identity::START;
use crate::passkeys::{REGISTER, SIGN_IN};
use crate::reads::{AT_NOTHING, ATTEMPT, swept_attempt};
use crate::{App, AppError, agency};

/// How often it is looked for.
const BEAT: Duration = Duration::from_mins(5);
/// Entries looked at together.
const BATCH: u32 = 1000;
/// What is swept.
const KINDS: [&str; 10] = [SESSION, LINK, TOKEN, SIGN_IN, REGISTER, START, DRAFT, ATTEMPT, AT_NOTHING, agency::KIND];

/// What says itself until when it serves.
#[derive(Deserialize)]
struct Ends {
    until: Timestamp,
}

/// Sweeps until `stop` turns true.
pub(super) async fn keep_running(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "what has run out of time could not be struck; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(BEAT) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Strikes what has run out of time; how many entries that were.
///
/// # Errors
/// When the store is away; what was struck until then stays so.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let mut struck = 0;
    for kind in KINDS {
        struck += of_kind(app, kind).await?;
    }
    Ok(struck)
}

async fn of_kind(app: &App, kind: &str) -> Result<usize, AppError> {
    let (now, mut struck, mut after) = (app.clock.now(), 0, None);
    loop {
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner: None, after, limit: BATCH };
        let page = app.store.entries(query).await?;
        let Some(last) = page.last() else { return Ok(struck) };
        after = Some(last.key.clone());
        let mut puts = Vec::new();
        for entry in &page {
            puts.extend(swept(app, entry, now).await?);
        }
        if puts.is_empty() {
            // Attempts stand in the order of their time.
            if kind == ATTEMPT {
                return Ok(struck);
            }
            continue;
        }
        let count = puts.len();
        match app.store.put(puts).await {
            Ok(()) => struck += count,
            // Somebody writes one of them at this moment: the next time.
            Err(StoreError::Stale { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

async fn swept(app: &App, entry: &Entry, now: Timestamp) -> Result<Option<Put>, AppError> {
    match entry.kind.as_str() {
        DRAFT => app.swept_draft(entry, now).await,
        ATTEMPT => Ok(swept_attempt(entry, now)),
        agency::KIND => Ok(agency::swept(entry, now)),
        _ => Ok(ended(entry, now)),
    }
}

fn ended(entry: &Entry, now: Timestamp) -> Option<Put> {
    // What cannot be read serves nobody.
    let serves = serde_json::from_slice::<Ends>(&entry.body).is_ok_and(|ends| ends.until > now);
    let (kind, key, expected) = (entry.kind.clone(), entry.key.clone(), Some(entry.version));
    (!serves).then_some(Put { kind, key, owner: None, body: None, expected })
}
