//! The figures that the zone publishes of its own work: kept up with the record, and made again from it when they are gone.
//!
//! Must not know of: how they are shown, what is counted (that is the engine's).

use std::sync::Arc;

use engine::CaseId;
use engine::case::AGAIN;
use engine::event::{Event, What};
use engine::integrity::chance::Chance;
use engine::integrity::{Course, Figures};
use serde::{Deserialize, Serialize};
use store::{EventRow, Put};

use crate::{App, AppError};

const KIND: &str = "integrity";
const KEY: &str = "figures";
/// Events read at once.
const BATCH: u32 = 1000;
/// Events taken up before what was counted is written down: a process that is killed counts them again.
const EVENTS_BETWEEN_WRITES: u64 = 20_000;

/// What is published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Integrity {
    /// Events of the record that were looked at, in log order.
    pub events: u64,
    /// The figures.
    pub figures: Figures,
    /// Whether officers and applicants meet by chance; none when nobody came twice.
    pub chance: Option<Chance>,
}

/// What was counted, and the version at which it stands in the store.
#[derive(Default)]
pub(crate) struct Counting {
    version: u64,
    counted: Integrity,
}

impl App {
    /// The figures as they were last counted.
    pub fn integrity(&self) -> Arc<Integrity> {
        Arc::clone(&self.integrity.read())
    }
}

/// Takes up what the record has that was not counted yet; how many events that were.
///
/// # Errors
/// When the store is away; then what was not written down is counted again. A record whose case cannot be read is an error that names it.
pub async fn run(app: &App) -> Result<u64, AppError> {
    let mut guard = app.counting.lock().await;
    let mut counting = match guard.take() {
        Some(counting) => counting,
        None => Counting::restore(app).await?,
    };
    let before = counting.counted.events;
    let mut written = before;
    loop {
        let taken = counting.take_up(app).await?;
        let counted = counting.counted.events;
        if taken > 0 && counted.saturating_sub(written) < EVENTS_BETWEEN_WRITES {
            continue;
        }
        if counted > written {
            counting.write(app).await?;
            written = counted;
        }
        if taken == 0 {
            break;
        }
    }
    *app.integrity.write() = Arc::new(counting.counted.clone());
    *guard = Some(counting);
    Ok(written.saturating_sub(before))
}

/// The write after which what was counted does not say any more for whom the draws of a case were. Written even where it says nothing of them: whoever
/// counts at this moment has read the case already, and must read it again.
///
/// # Errors
/// When the store is away.
pub(crate) async fn forget(app: &App, case: CaseId) -> Result<Put, AppError> {
    let entry = app.entry(KIND, KEY).await?;
    let expected = entry.as_ref().map_or(0, |entry| entry.version);
    // What cannot be read is counted again.
    let read = |entry: store::Entry| serde_json::from_slice::<Integrity>(&entry.body).ok();
    let mut counted = entry.and_then(read).unwrap_or_default();
    if counted.figures.lots.forget(case) {
        counted.chance = counted.figures.lots.test();
    }
    let body = Some(serde_json::to_vec(&counted)?);
    Ok(Put { kind: KIND.to_owned(), key: KEY.to_owned(), owner: None, body, expected: Some(expected) })
}

impl Counting {
    /// What was written down; nothing when it is not there or cannot be read, as the record has it all.
    async fn restore(app: &App) -> Result<Self, AppError> {
        let Some(entry) = app.entry(KIND, KEY).await? else { return Ok(Self::default()) };
        let counted = serde_json::from_slice(&entry.body).unwrap_or_else(|error| {
            tracing::warn!(%error, "the published figures cannot be read and are counted again");
            Integrity::default()
        });
        Ok(Self { version: entry.version, counted })
    }

    /// Takes up the next events; how many there were.
    async fn take_up(&mut self, app: &App) -> Result<u64, AppError> {
        let rows = app.store.feed(self.counted.events, BATCH).await?;
        for row in &rows {
            app.clock.not_before(row.event.at_ms);
            if may_count(row)? {
                let history = app.history(row.case).await?;
                let events: Vec<Event> =
                    history.into_iter().take_while(|(own, _)| own.seq <= row.seq).map(|(_, event)| event).collect();
                let definition = events.iter().find_map(|event| match &event.what {
                    What::Opened(opened) => Some(opened.definition),
                    _ => None,
                });
                let definition =
                    definition.ok_or_else(|| AppError::Internal(format!("{} was not opened", row.case)))?;
                let service = app.definitions.by_hash(&*app.store, definition).await?;
                let mut course = Course::default();
                let added = events.iter().fold(None, |_, event| course.take(row.case, &service, event));
                self.counted.figures.join(added.unwrap_or_default());
            }
        }
        let taken = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        self.counted.events = self.counted.events.saturating_add(taken);
        Ok(taken)
    }

    /// Writes down what was counted. When another process was first, what it counted is taken instead.
    async fn write(&mut self, app: &App) -> Result<(), AppError> {
        self.counted.chance = self.counted.figures.lots.test();
        let body = Some(serde_json::to_vec(&self.counted)?);
        let put = Put { kind: KIND.to_owned(), key: KEY.to_owned(), owner: None, body, expected: Some(self.version) };
        match app.store.put(vec![put]).await.map_err(AppError::from) {
            Ok(()) => {
                self.version = self.version.saturating_add(1);
                Ok(())
            }
            Err(AppError::Stale) => {
                *self = Self::restore(app).await?;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether an event can add to the figures: an end, or what officers do in a case that is over. Looking at every event's case anew would take long.
fn may_count(row: &EventRow) -> Result<bool, AppError> {
    match row.event.kind.as_str() {
        "ended" | "convened" | "kept" | "proposed" | "corrected" | "revoked" => Ok(true),
        "drawn" => {
            let event: Event = serde_json::from_slice(&row.event.body)?;
            Ok(matches!(event.what, What::Drawn { seat, .. } if seat == AGAIN))
        }
        _ => Ok(false),
    }
}
