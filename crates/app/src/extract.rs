//! Cases drawn from the record for a study or an export: of one service or of all, filed in a period, one case at a time.
//!
//! Must not know of: what is made of them, secret keys, the zone's folder.
//!
//! It reads the store alone: each case under the definition that it began under, which the store has. Nothing is written, so the zone may run meanwhile;
//! cases that come after the beginning are left out. In memory are one page of rows and the events of one case.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service};
use engine::CaseId;
use engine::case::Digest;
use engine::clock;
use engine::event::{Event, What};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{CaseQuery, CaseRow, CasesOf, EventRow, Store};

use crate::{AppError, commit, definitions};

/// Cases taken up at once.
const CASES: u32 = 500;
/// Events of a case read at once.
const EVENTS: u32 = 1000;
/// What lies further than this from a period is outside of it in every time zone: these are within 26 hours of UTC.
const MARGIN_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// Which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of this service; of all when none.
    pub service: Option<Name>,
    /// Filed on this day or later, by the zone's own time.
    pub from: Option<Date>,
    /// Filed on this day or earlier, by the zone's own time.
    pub to: Option<Date>,
}

/// Why nothing could be drawn from the record.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// A period that ends before it begins.
    #[error("the period begins on {from}, after its end on {to}")]
    Backwards {
        /// Its beginning.
        from: Date,
        /// Its end.
        to: Date,
    },
    /// A service that was never published.
    #[error("there is no service {name}")]
    NoSuchService {
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: Vec<Name>,
    },
    /// No case to draw.
    #[error("no case was filed{}", when(.filed.as_ref()))]
    Empty {
        /// The first and the last day on which cases of the service were filed; none when there are none at all.
        filed: Option<(Date, Date)>,
    },
    /// Nothing of that name by which cases can be told apart.
    #[error("cases cannot be told apart by {name}")]
    NoSuchGroup {
        /// What was asked for.
        name: String,
        /// By what they can.
        known: Vec<Name>,
    },
    /// The record could not be read.
    #[error(transparent)]
    App(#[from] AppError),
    /// What was drawn could not be written.
    #[error("what was drawn could not be written: {0}")]
    Write(#[from] io::Error),
}

/// Of what it is said that nothing was filed.
fn when(filed: Option<&(Date, Date)>) -> &'static str {
    if filed.is_some() { " in the period" } else { "" }
}

impl From<store::StoreError> for ExtractError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<serde_json::Error> for ExtractError {
    fn from(error: serde_json::Error) -> Self {
        // While something is written, it may be the place that it is written to.
        match error.is_io() {
            true => Self::Write(error.into()),
            false => Self::App(error.into()),
        }
    }
}

/// A case with its events and the definition that it began under.
pub(crate) struct Drawn {
    pub(crate) row: CaseRow,
    pub(crate) definition: Digest,
    pub(crate) service: Arc<Checked<Service>>,
    pub(crate) events: Vec<(EventRow, Event)>,
}

/// The cases of a selection, in the order in which they were filed.
pub(crate) struct Cases<'a> {
    store: &'a dyn Store,
    selection: &'a Selection,
    definitions: BTreeMap<Digest, Arc<Checked<Service>>>,
    /// Position of the newest case when it was begun.
    newest: Option<u64>,
    after: Option<u64>,
    page: VecDeque<CaseRow>,
    /// The first and the last case of the service, in the period or not.
    ends: Option<(CaseId, CaseId)>,
}

impl<'a> Cases<'a> {
    /// Begins.
    ///
    /// # Errors
    /// [`ExtractError::Backwards`], [`ExtractError::NoSuchService`], and when the store is away.
    pub(crate) async fn of(store: &'a dyn Store, selection: &'a Selection) -> Result<Self, ExtractError> {
        if let (Some(from), Some(to)) = (selection.from, selection.to)
            && from > to
        {
            return Err(ExtractError::Backwards { from, to });
        }
        if let Some(name) = &selection.service {
            let known = definitions::published(store).await?;
            if !known.contains(name) {
                return Err(ExtractError::NoSuchService { name: name.clone(), known: known.into_iter().collect() });
            }
        }
        let query = CaseQuery { of: CasesOf::All, open: false, after: None, newest_first: true, limit: 1 };
        let newest = store.cases(query).await?.first().map(|row| row.opened);
        let (definitions, page) = (BTreeMap::new(), VecDeque::new());
        Ok(Self { store, selection, definitions, newest, after: None, page, ends: None })
    }

    /// Goes back to the first.
    pub(crate) fn rewind(&mut self) {
        self.after = None;
        self.page.clear();
    }

    /// The next case of the selection; none after the last.
    ///
    /// # Errors
    /// When the store is away or a case's record is damaged.
    pub(crate) async fn next(&mut self) -> Result<Option<Drawn>, ExtractError> {
        while let Some(row) = self.row().await? {
            if self.selection.service.as_ref().is_some_and(|service| *service != row.service) {
                continue;
            }
            self.ends = Some((self.ends.map_or(row.case, |(first, _)| first), row.case));
            if !self.may_lie_in(row.opened_ms) {
                continue;
            }
            let drawn = self.draw(row).await?;
            if self.lies_in(&drawn.service, drawn.row.opened_ms) {
                return Ok(Some(drawn));
            }
        }
        Ok(None)
    }

    /// Why there is no case at all.
    pub(crate) async fn empty(&mut self) -> Result<ExtractError, ExtractError> {
        let Some((first, last)) = self.ends else { return Ok(ExtractError::Empty { filed: None }) };
        Ok(ExtractError::Empty { filed: self.day(first).await?.zip(self.day(last).await?) })
    }

    /// Whether another case is one of the selection: for whoever names it beside one that is.
    pub(crate) async fn has(&mut self, case: CaseId) -> Result<bool, ExtractError> {
        let Some(row) = self.store.case(case).await? else { return Ok(false) };
        let of_service = self.selection.service.as_ref().is_none_or(|service| *service == row.service);
        if !of_service || self.newest.is_none_or(|newest| row.opened > newest) || !self.may_lie_in(row.opened_ms) {
            return Ok(false);
        }
        let drawn = self.draw(row).await?;
        Ok(self.lies_in(&drawn.service, drawn.row.opened_ms))
    }

    async fn row(&mut self) -> Result<Option<CaseRow>, ExtractError> {
        if self.page.is_empty() {
            let (of, after) = (CasesOf::All, self.after);
            let query = CaseQuery { of, open: false, after, newest_first: false, limit: CASES };
            self.page = self.store.cases(query).await?.into();
        }
        let row = self.page.pop_front().filter(|row| self.newest.is_some_and(|newest| row.opened <= newest));
        self.after = row.as_ref().map(|row| row.opened).or(self.after);
        Ok(row)
    }

    async fn draw(&mut self, row: CaseRow) -> Result<Drawn, ExtractError> {
        let events = history(self.store, row.case).await?;
        let Some((_, Event { what: What::Opened(opened), .. })) = events.first() else {
            let why = format!("case {}: its first event does not open it", row.case);
            return Err(AppError::Internal(why).into());
        };
        let definition = opened.definition;
        let service = match self.definitions.get(&definition) {
            Some(service) => Arc::clone(service),
            None => {
                let service = definitions::kept(self.store, definition).await?;
                self.definitions.insert(definition, Arc::clone(&service));
                service
            }
        };
        Ok(Drawn { row, definition, service, events })
    }

    /// The day on which a case was filed, by the zone's own time.
    async fn day(&mut self, case: CaseId) -> Result<Option<Date>, ExtractError> {
        let Some(row) = self.store.case(case).await? else { return Ok(None) };
        let drawn = self.draw(row).await?;
        Ok(clock::date(drawn.service.zone(), commit::moment(drawn.row.opened_ms)))
    }

    /// Whether a case could lie in the period in some time zone: so that the others need not be looked at.
    fn may_lie_in(&self, at_ms: i64) -> bool {
        let midnight = |day: Date| Some(day.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp().as_millisecond());
        let after = |day: Date| midnight(day).is_none_or(|ms| at_ms >= ms.saturating_sub(MARGIN_MS));
        let before = |day: Date| midnight(day).is_none_or(|ms| at_ms <= ms.saturating_add(MARGIN_MS));
        self.selection.from.is_none_or(after) && self.selection.to.is_none_or(before)
    }

    fn lies_in(&self, service: &Checked<Service>, at_ms: i64) -> bool {
        let Some(day) = clock::date(service.zone(), commit::moment(at_ms)) else { return false };
        self.selection.from.is_none_or(|from| day >= from) && self.selection.to.is_none_or(|to| day <= to)
    }
}

impl Drawn {
    /// When its last event happened.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        self.events.last().map(|(_, event)| event.at)
    }
}

/// A case's events in order.
///
/// # Errors
/// When the store is away or an event cannot be read.
pub(crate) async fn history(store: &dyn Store, case: CaseId) -> Result<Vec<(EventRow, Event)>, AppError> {
    let mut history = Vec::new();
    loop {
        let after = u64::try_from(history.len()).unwrap_or(u64::MAX);
        let rows = store.history(case, after, EVENTS).await?;
        let is_last = rows.len() < EVENTS as usize;
        for row in rows {
            let event = serde_json::from_slice(&row.event.body)?;
            history.push((row, event));
        }
        if is_last {
            return Ok(history);
        }
    }
}
