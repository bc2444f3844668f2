//! What is left over and was settled: somebody looked at it in a case of its own, and nothing is to follow any more.
//!
//! Must not know of: what is left over of which paper, who may look.
//!
//! A settlement is an entry beside what it settles, under its name, and follows from the settling case's events. It holds for what was known then: what changes afterwards, such as
//! another passage, is left over again.

use std::collections::BTreeMap;

use customs::functions::settles;
use customs::goods::LeftoverRef;
use definition::model::{Service, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::case::{Case, Decider};
use engine::event::{Event, What as Happened};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{CaseQuery, CasesOf, Entry, EntryQuery, Put, Store};

use super::look::{LeftoverView, one_view};
use super::{Id, Kept, Movement, PaperKind, Posted, What};
use crate::view::CaseView;
use crate::{App, AppError};

/// The kind of entry; its key is what is settled.
const SETTLED: &str = "leftover/settled";
/// Entries looked at once.
const BATCH: u32 = 500;

/// How something that was left over was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// By which case.
    pub case: CaseId,
    /// When.
    pub at: Timestamp,
    /// Whose it was.
    pub owner: String,
    /// What explains it: a code of the zone's.
    pub cause: String,
    /// On which grounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<String>,
    /// By which officers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<String>,
}

/// What a case is to settle, and how it stands in the list.
#[derive(Clone, Debug)]
pub struct Settling {
    /// What it is called.
    pub id: String,
    /// What is left over of it; none where the list has no such thing of whoever applied.
    pub left: Option<LeftoverView>,
}

/// What a thing that is left over is called.
pub(super) fn name(kept: &Kept, reference: &str) -> Option<LeftoverRef> {
    match &kept.what {
        What::Manifest { line, .. } => Some(LeftoverRef::Manifest(line.clone())),
        What::Released { .. } => Some(LeftoverRef::Released(Id::new(reference).ok()?)),
        What::Transit { .. } => Some(LeftoverRef::Transit(Id::new(reference).ok()?)),
        // It ends with its own case.
        What::Declared { .. } => None,
    }
}

/// What a case's events settle.
pub(super) fn of_events<'e>(
    case: CaseId,
    events: impl Iterator<Item = &'e Event>,
) -> Result<BTreeMap<String, Settled>, AppError> {
    let (mut settled, mut decided) = (BTreeMap::new(), None);
    for event in events {
        match &event.what {
            Happened::Decided { grounds, by, .. } => decided = Some((grounds.clone(), by)),
            Happened::Booked { function, posted: Value::Text(posted) } if settles(function) => {
                let (grounds, by) = decided.clone().unzip();
                let officers = by.map(|by| match by {
                    Decider::Officers(officers) => officers.clone(),
                    _ => Vec::new(),
                });
                for one in serde_json::from_str::<Vec<Posted>>(posted)? {
                    let Movement::Settle(of) = one.movement else { continue };
                    let said = Settled {
                        case,
                        at: event.at,
                        owner: of.owner.to_string(),
                        cause: of.cause.to_string(),
                        grounds: grounds.clone().unwrap_or_default(),
                        officers: officers.clone().unwrap_or_default(),
                    };
                    settled.insert(of.leftover.to_string(), said);
                }
            }
            _ => {}
        }
    }
    Ok(settled)
}

/// The writes of what an append's events settle.
pub(super) fn puts(case: CaseId, events: &[Event]) -> Result<Vec<Put>, AppError> {
    of_events(case, events.iter())?.iter().map(|(key, settled)| put(key, settled, None)).collect()
}

fn put(key: &str, settled: &Settled, expected: Option<u64>) -> Result<Put, AppError> {
    let body = Some(serde_json::to_vec(settled)?);
    Ok(Put { kind: SETTLED.to_owned(), key: key.to_owned(), owner: None, body, expected })
}

/// How something that is left over was settled as it stands now, by whoever it is of.
pub(super) async fn settled(
    store: &dyn Store,
    id: Option<&LeftoverRef>,
    kept: &Kept,
) -> Result<Option<Settled>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let query = EntryQuery { kind: SETTLED.to_owned(), key: Some(id.to_string()), owner: None, after: None, limit: 1 };
    let Some(entry) = store.entries(query).await?.pop() else { return Ok(None) };
    let settled: Settled = serde_json::from_slice(&entry.body)?;
    let holds = kept.owner.as_ref() == Some(&settled.owner) && settled.at >= kept.changed.unwrap_or(kept.since);
    Ok(Some(settled).filter(|_| holds))
}

impl App {
    /// What a case is to settle, for the officers before whom it is; none where it settles nothing.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn settling(&self, view: &CaseView) -> Result<Option<Settling>, AppError> {
        if !(view.standing.drawn || view.standing.hears || view.standing.supervisor) {
            return Ok(None);
        }
        let Some([owner, id]) = named(&view.service, &view.case) else { return Ok(None) };
        let Ok(named) = LeftoverRef::read(&id) else { return Ok(None) };
        let kept = self.kept_by(&named).await?.filter(|kept| kept.owner.as_ref() == Some(&owner));
        let left = match kept {
            Some(kept) => {
                let (row, _, state) = self.load(kept.case).await?;
                Some(one_view(&*self.store, kept, row, (&state, true, self.clock.now())).await?)
            }
            None => None,
        };
        Ok(Some(Settling { id: named.to_string(), left }))
    }

    pub(super) async fn kept_by(&self, named: &LeftoverRef) -> Result<Option<Kept>, AppError> {
        let (kind, reference) = match named {
            LeftoverRef::Manifest(line) => return self.line_left(line).await,
            LeftoverRef::Released(reference) => (PaperKind::Released, reference),
            LeftoverRef::Transit(reference) => (PaperKind::Transit, reference),
        };
        let of = CasesOf::Reference(reference.to_string());
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: 1 };
        match self.store.cases(query).await?.pop() {
            Some(row) => self.leftover_now(kind, row.case).await,
            None => Ok(None),
        }
    }

    /// Writes what was settled as the record has it; of how many it was otherwise.
    pub(super) async fn rebuild_settled(&self, mut gathered: BTreeMap<String, Settled>) -> Result<u64, AppError> {
        let (mut mended, mut after) = (0_u64, None);
        loop {
            let query = EntryQuery { kind: SETTLED.to_owned(), key: None, owner: None, after, limit: BATCH };
            let entries = self.store.entries(query).await?;
            let Some(last) = entries.last() else { break };
            after = Some(last.key.clone());
            for Entry { kind, key, body, version, .. } in entries {
                let was = serde_json::from_slice::<Settled>(&body).ok();
                let is = match gathered.remove(&key) {
                    Some(is) => Some(is),
                    // It may have come while the record was read.
                    None => self.settled_now(&key, was.as_ref()).await?,
                };
                let write = match is {
                    Some(is) if was.as_ref() == Some(&is) => continue,
                    Some(is) => put(&key, &is, Some(version))?,
                    None => Put { kind, key, owner: None, body: None, expected: Some(version) },
                };
                mended = mended.saturating_add(u64::from(self.put_unless_overtaken(write).await?));
            }
        }
        for (key, settled) in gathered {
            let written = self.put_unless_overtaken(put(&key, &settled, Some(0))?).await?;
            mended = mended.saturating_add(u64::from(written));
        }
        Ok(mended)
    }

    async fn settled_now(&self, key: &str, was: Option<&Settled>) -> Result<Option<Settled>, AppError> {
        let Some(was) = was else { return Ok(None) };
        let history = self.history(was.case).await?;
        Ok(of_events(was.case, history.iter().map(|(_, event)| event))?.remove(key))
    }
}

/// Whose and what a case is to settle, as its facts say.
pub(super) fn named(service: &Service, case: &Case) -> Option<[String; 2]> {
    let booking = service.stages.iter().find_map(|stage| match &stage.kind {
        StageKind::End(end) => end.book.as_ref().filter(|booking| settles(&booking.function)),
        _ => None,
    })?;
    let text = |place: usize| match case.facts.get(booking.of.get(place)?)? {
        Value::Text(text) | Value::Code(text) => Some(text.clone()),
        _ => None,
    };
    Some([text(0)?, text(1)?])
}
