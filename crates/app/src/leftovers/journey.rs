//! How goods in transit left the zone, for whoever looks at the case that presents them where they arrive.
//!
//! Must not know of: pages.

use definition::model::{Service, StageKind};

use super::follow::{JOURNEY, Journey, journey_key};
use super::make::{let_go, presents};
use super::{Record, WentOut};
use crate::view::CaseView;
use crate::{App, AppError};

impl App {
    /// The passages out of the zone of goods that a case presents where their journey ends, the first first: none were handed in where the list is
    /// empty. Nothing is said of a case that is about no journey, of one whose release forgot personal data, or to whoever applied.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn journey_out(&self, view: &CaseView) -> Result<Option<Vec<WentOut>>, AppError> {
        if !(view.standing.drawn || view.standing.hears || view.standing.supervisor) {
            return Ok(None);
        }
        let mut journeys = presents(&view.service, &view.case).into_iter();
        let Some(record) = journeys.find(|record| self.has_journeys(&record.register)) else { return Ok(None) };
        self.out_by(&record).await
    }

    async fn out_by(&self, record: &Record) -> Result<Option<Vec<WentOut>>, AppError> {
        let Some(entry) = self.entry(JOURNEY, &journey_key(record)).await? else { return Ok(None) };
        let Journey { case, .. } = serde_json::from_slice(&entry.body)?;
        let (_, service, state) = self.load(case).await?;
        let history = self.history(case).await?;
        let let_go = let_go(history.iter().map(|(_, event)| event))?.filter(|_| state.erased.is_empty());
        let Some(let_go) = let_go else { return Ok(None) };
        Ok(Some(let_go.went_out(&service, &self.passages_of(case).await?)))
    }
}

/// Whether a fact of a service is the lines of a cargo manifest.
#[must_use]
pub fn is_manifest(service: &Service, fact: &str) -> bool {
    service.stages.iter().any(|stage| match &stage.kind {
        StageKind::End(end) => end.book.as_ref().is_some_and(|booking| {
            customs::functions::files_manifest(&booking.function) && booking.of.last().is_some_and(|last| last == fact)
        }),
        _ => false,
    })
}
