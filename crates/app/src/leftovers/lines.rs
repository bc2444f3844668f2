//! Lines of cargo manifests, each with what was filed and what entries wrote off: an entry beside the cases, since entries come from other cases than the manifest.
//!
//! Must not know of: what is left over of other papers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use customs::goods::{Commodity, ItemRef, Leftover, Manifest, ManifestLine, Papers, Quantity};
use definition::value::Value;
use engine::CaseId;
use engine::case::Case;
use engine::event::{Event, What as Happened};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{CaseQuery, CasesOf, Put};

use super::{Kept, Movement, Posted, What};
use crate::{App, AppError};

/// The kind of entry; its key is the manifest's reference and the line's number.
pub(super) const LINE: &str = "leftover/line";

/// A line of a manifest, and what wrote it off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// What was filed; none where entries name a line that nobody filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) filed: Option<Filed>,
    /// What came in by items of declarations, in the order of those.
    entered: Vec<Entered>,
}

/// A line as it was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filed {
    by: By,
    manifest: Manifest,
}

/// What an entry wrote off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entered {
    by: By,
    owner: String,
    item: ItemRef,
    commodity: Commodity,
    /// Its gross mass, or its quantity where the declaration says none.
    quantity: Quantity,
}

/// The case that did something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct By {
    case: CaseId,
    opened: Timestamp,
    at: Timestamp,
}

/// What the events of a case say of lines.
#[derive(Default)]
pub(super) struct OfCase {
    pub(super) lines: BTreeMap<ManifestLine, Line>,
    /// Items by which nothing comes in any more, each with the lot that it came into.
    pub(super) taken_back: Vec<(ItemRef, String)>,
}

pub(super) fn line_key(line: &ManifestLine) -> String {
    format!("{}/{:06}", line.manifest, line.line)
}

/// What a case's events say of lines.
pub(super) fn of_case<'e>(case: &Case, events: impl Iterator<Item = &'e Event>) -> Result<OfCase, AppError> {
    let mut of = OfCase::default();
    for event in events {
        let Happened::Booked { posted: Value::Text(posted), .. } = &event.what else { continue };
        let by = By { case: case.id, opened: case.opened, at: event.at };
        of.add(by, &serde_json::from_str::<Vec<Posted>>(posted)?);
    }
    Ok(of)
}

impl OfCase {
    /// What was moved.
    fn add(&mut self, by: By, posted: &[Posted]) {
        for one in posted {
            match &one.movement {
                Movement::Manifest(manifest) => {
                    let filed = Some(Filed { by, manifest: manifest.clone() });
                    self.lines.entry(manifest.line.clone()).or_default().filed = filed;
                }
                Movement::Entry(entry) => {
                    let Some(line) = entry.manifest.clone() else { continue };
                    let quantity = entry.gross.unwrap_or(entry.quantity);
                    let (owner, commodity) = (entry.owner.to_string(), entry.commodity.clone());
                    let entered = Entered { by, owner, item: entry.item.clone(), commodity, quantity };
                    self.lines.entry(line).or_default().enter(entered);
                }
                Movement::Amend(amend) if amend.becomes.is_none() => {
                    self.taken_back.push((amend.item.clone(), amend.lot.to_string()));
                }
                _ => {}
            }
        }
    }
}

impl Line {
    fn enter(&mut self, entered: Entered) {
        self.entered.retain(|other| other.item != entered.item);
        self.entered.push(entered);
        self.entered.sort_by(|one, other| one.item.cmp(&other.item));
    }

    /// With what another case says of it.
    pub(super) fn add(&mut self, other: Self) {
        if let Some(filed) = other.filed {
            self.filed = Some(filed);
        }
        other.entered.into_iter().for_each(|entered| self.enter(entered));
    }

    pub(super) fn take_back(&mut self, items: &BTreeSet<ItemRef>) {
        self.entered.retain(|entered| !items.contains(&entered.item));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filed.is_none() && self.entered.is_empty()
    }

    /// The cases that it rests on.
    pub(super) fn cases(&self) -> impl Iterator<Item = CaseId> + '_ {
        let filed = self.filed.iter().map(|filed| filed.by.case);
        filed.chain(self.entered.iter().map(|entered| entered.by.case))
    }

    /// What is left over of it.
    pub(super) fn left(&self, line: &ManifestLine) -> Option<Kept> {
        let mut papers = Papers::default();
        let filed = self.filed.as_ref();
        if let Some(Filed { manifest, .. }) = filed {
            papers.manifest(line.clone(), manifest.commodity.clone(), manifest.gross);
        }
        for Entered { commodity, quantity, .. } in &self.entered {
            papers.enter(line.clone(), commodity.clone(), *quantity);
        }
        let Leftover { what: left, .. } = papers.leftovers().into_iter().next()?;
        let first = self.entered.iter().min_by_key(|entered| (entered.by.at, entered.by.case));
        let by = filed.map(|filed| filed.by).or_else(|| first.map(|first| first.by))?;
        let carrier = filed.map(|filed| filed.manifest.carrier.to_string());
        let what = What::Manifest {
            line: line.clone(),
            filed: filed.map(|filed| filed.manifest.clone()),
            left,
            entered: self
                .entered
                .iter()
                .map(|entered| (entered.owner.clone(), entered.item.clone(), entered.quantity))
                .collect(),
        };
        let owner = carrier.or_else(|| first.map(|first| first.owner.clone()));
        let changed = self.entered.iter().map(|entered| entered.by.at).max();
        Some(Kept { case: by.case, opened: by.opened, since: by.at, changed, late: None, owner, what })
    }

    /// The write of it.
    pub(super) fn put(&self, line: &ManifestLine, expected: Option<u64>) -> Result<Put, AppError> {
        let body = if self.is_empty() { None } else { Some(serde_json::to_vec(self)?) };
        Ok(Put { kind: LINE.to_owned(), key: line_key(line), owner: None, body, expected })
    }
}

impl App {
    /// What an append's events change of lines, and of what is left over of them; `moved` has what each of those moved that book.
    pub(super) async fn line_puts(
        &self,
        case: &Case,
        events: &[Event],
        moved: &[Arc<[Posted]>],
    ) -> Result<Vec<Put>, AppError> {
        let mut of = OfCase::default();
        let booked = events.iter().filter(|event| matches!(event.what, Happened::Booked { .. }));
        for (event, moved) in booked.zip(moved) {
            of.add(By { case: case.id, opened: case.opened, at: event.at }, moved);
        }
        let OfCase { mut lines, taken_back } = of;
        let mut gone = BTreeSet::new();
        for (item, lot) in taken_back {
            if let Some(line) = self.line_of(&item, &lot).await? {
                lines.entry(line).or_default();
                gone.insert(item);
            }
        }
        let mut puts = Vec::new();
        for (line, added) in lines {
            let entry = self.entry(LINE, &line_key(&line)).await?;
            let was = entry.as_ref().map(|entry| serde_json::from_slice::<Line>(&entry.body)).transpose()?;
            let was = was.unwrap_or_default();
            let mut is = was.clone();
            is.add(added);
            is.take_back(&gone);
            puts.push(is.put(&line, Some(entry.map_or(0, |entry| entry.version)))?);
            let (before, after) = (was.left(&line), is.left(&line));
            let moved = before.filter(|before| after.as_ref().is_none_or(|after| after.key() != before.key()));
            puts.extend(moved.map(|before| before.gone(None)));
            puts.extend(after.map(|after| after.put(None)).transpose()?);
        }
        Ok(puts)
    }

    /// The line that an item's entry named; the lot that it came into begins with the reference of the case.
    async fn line_of(&self, item: &ItemRef, lot: &str) -> Result<Option<ManifestLine>, AppError> {
        let Some((reference, _)) = lot.rsplit_once('-') else { return Ok(None) };
        let of = CasesOf::Reference(reference.to_owned());
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: 1 };
        let Some(row) = self.store.cases(query).await?.pop() else { return Ok(None) };
        let (_, _, case) = self.load(row.case).await?;
        let history = self.history(row.case).await?;
        let of = of_case(&case, history.iter().map(|(_, event)| event))?;
        let names = |line: &Line| line.entered.iter().any(|entered| entered.item == *item);
        Ok(of.lines.into_iter().find(|(_, line)| names(line)).map(|(line, _)| line))
    }
}
