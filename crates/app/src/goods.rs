//! The zone's goods accounts as they are kept: each row an entry, written at the version at which it was read in the append that says what moved, so that
//! of two movements that meet at a row one is decided again. What people find in a register of their lots and receipts is written with it.
//!
//! Must not know of: how a movement is decided (`customs::goods`), who asks for it.

mod history;
mod look;
mod officer;
mod void;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use customs::functions::{AtHand, Found, found, register_of};
use customs::goods::{self, Book, Posted, Row, RowKey};
use definition::Checked;
use definition::model::{Name, Service};
use definition::value::Value;
use engine::CaseId;
use engine::event::{Entering, Event, What};
use engine::refusal::{FactProblem, Refusal, Wrong};
use parking_lot::Mutex;
use store::{Entry, Put};

pub(crate) use look::owners_of;
pub use look::{Company, GoodsAccount, GoodsBy, GoodsHolding, GoodsMove};

use crate::functions::Ready;
use crate::{App, AppError, registers};

/// Events read at once.
const BATCH: u32 = 1000;

/// What one booking moved.
#[derive(Debug)]
pub(crate) struct Change {
    /// The function that said so.
    function: String,
    /// As it is recorded.
    movements: Arc<[Posted]>,
    /// What it leaves.
    rows: Vec<(RowKey, Row)>,
}

/// The rows that one act reads and changes.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    read: AtHand,
    versions: BTreeMap<RowKey, u64>,
    /// What has to be at hand before it can be said what moves.
    pub(crate) wanted: BTreeSet<RowKey>,
    /// What moved, in order.
    changed: Vec<Change>,
    /// The rows as what moved leaves them; none while nothing did.
    moved: Option<AtHand>,
}

impl Rows {
    /// The rows as they stand in the act.
    pub(crate) fn at_hand(&self) -> &AtHand {
        self.moved.as_ref().unwrap_or(&self.read)
    }

    /// What a booking leaves, so that the next of the same act sees it.
    pub(crate) fn change(&mut self, function: &str, movements: Vec<Posted>, rows: Vec<(RowKey, Row)>) {
        let moved = self.moved.get_or_insert_with(|| self.read.clone());
        for (key, row) in &rows {
            moved.add(key.clone(), Some(row.clone()));
        }
        self.changed.push(Change { function: function.to_owned(), movements: movements.into(), rows });
    }

    /// How often something moved in the act so far.
    pub(crate) const fn moved_so_far(&self) -> usize {
        self.changed.len()
    }

    /// To whom goods came: by which function, in which register of owners, by which key. A declaration's items come to one owner, who is asked for once.
    fn came_to(&self, service: &Checked<Service>) -> BTreeSet<(String, Name, String)> {
        let zone = service.zone();
        let mut came_to = BTreeSet::new();
        for Change { function, rows, .. } in &self.changed {
            for (key, row) in rows {
                let Some((owner, (_, register))) = key.owner(row).zip(register_of(zone, function, key)) else {
                    continue;
                };
                let of_owners =
                    zone.registers.iter().find(|(_, owners)| register.held_by.as_ref() == Some(&owners.key));
                came_to.extend(of_owners.map(|(owners, _)| (function.clone(), owners.clone(), owner.to_string())));
            }
        }
        came_to
    }

    /// What each booking of the act moved, as it is recorded.
    fn movements(&self) -> Vec<Arc<[Posted]>> {
        self.changed.iter().map(|change| Arc::clone(&change.movements)).collect()
    }

    /// The rows as they were read, with nothing moved.
    pub(crate) fn as_read(&mut self) {
        self.changed.clear();
        self.moved = None;
    }
}

/// Shared by the engine that asks and the application that brings.
pub(crate) type Shared = Mutex<Rows>;

impl App {
    /// Decides, and once more whenever functions ask for rows that are not at hand.
    pub(crate) async fn with_rows<T>(
        &self,
        ready: &Ready,
        decide: impl Fn() -> Result<T, Refusal>,
    ) -> Result<T, AppError> {
        loop {
            ready.begin();
            match decide() {
                Err(refusal) if !self.bring_rows(ready).await? => return Err(refusal.into()),
                Err(_) => {}
                Ok(decided) => return Ok(decided),
            }
        }
    }

    /// Brings the rows that a function asked for; whether it asked for any.
    pub(crate) async fn bring_rows(&self, ready: &Ready) -> Result<bool, AppError> {
        let wanted = std::mem::take(&mut ready.rows.lock().wanted);
        let asked = !wanted.is_empty();
        for key in wanted {
            let entry = self.entry(key.kind(), &key.key()).await?;
            let row = entry.as_ref().map(|entry| serde_json::from_slice(&entry.body)).transpose()?;
            let mut rows = ready.rows.lock();
            rows.versions.insert(key.clone(), entry.map_or(0, |entry| entry.version));
            rows.read.add(key, row);
        }
        Ok(asked)
    }

    /// That goods come to nobody whom the register of owners does not know: nobody could ever move them.
    pub(crate) async fn owners_are_known(&self, ready: &Ready, service: &Checked<Service>) -> Result<(), AppError> {
        let came_to = ready.rows.lock().came_to(service);
        for (function, register, owner) in came_to {
            if registers::holder(self, &register, &owner).await?.is_none() {
                let fact = service.bookings().find(|one| one.function == function).and_then(|one| one.of.last());
                let fact = fact.cloned().unwrap_or_default();
                return Err(Refusal::Facts(vec![FactProblem { fact, wrong: Wrong::NoRecord }]).into());
            }
        }
        Ok(())
    }

    /// Makes the accounts again from what was posted; how many rows were not what the record says.
    pub(crate) async fn rebuild_goods(&self) -> Result<u64, AppError> {
        let mut record = Recorded::default();
        self.follow_goods(&mut record).await?;
        let (mut mended, mut at) = (0_u64, None);
        while let Some(key) = record.after(at.as_ref()) {
            let entry = self.entry(key.kind(), &key.key()).await?;
            // What moved before this row was read is in the record by now; what moves later finds another version.
            if self.follow_goods(&mut record).await? {
                continue;
            }
            let mut differs = self.restore_row(&record, &key, entry).await?;
            if let Some(void) = record.book.row(&key).and_then(|row| key.void_receipt(row)) {
                differs |= self.restore_void(void).await?;
            }
            mended = mended.saturating_add(u64::from(differs));
            at = Some(key);
        }
        Ok(mended)
    }

    /// Follows the record to its end; whether anything moved.
    async fn follow_goods(&self, record: &mut Recorded) -> Result<bool, AppError> {
        let mut moved = false;
        loop {
            let rows = self.store.feed(record.next, BATCH).await?;
            let Some(last) = rows.last() else { return Ok(moved) };
            record.next = last.position.saturating_add(1);
            for row in rows.into_iter().filter(|row| row.event.kind == "booked") {
                let event: Event = serde_json::from_slice(&row.event.body)?;
                let What::Booked { function, posted: Value::Text(posted) } = &event.what else { continue };
                let (_, service, _) = self.load(row.case).await?;
                let posted: Vec<Posted> = serde_json::from_str(posted)?;
                for one in &posted {
                    let changed = one.movement.rows();
                    goods::fold(&mut record.book, one)
                        .map_err(|misfit| AppError::Internal(format!("case {}: {misfit}", row.case)))?;
                    // What no register shows changes nothing there.
                    let shown = changed.into_iter().filter(|key| register_of(service.zone(), function, key).is_some());
                    record.by.extend(shown.map(|key| (key, (function.clone(), service.clone()))));
                }
                record.lines.extend(history::lines(row.case, row.seq, &posted, &record.book));
                moved = true;
            }
        }
    }

    /// Writes a row, and the register's record of it, as the record has them; whether they were otherwise.
    async fn restore_row(&self, record: &Recorded, key: &RowKey, entry: Option<Entry>) -> Result<bool, AppError> {
        let Some(row) = record.book.row(key) else { return Ok(false) };
        let stands = entry.as_ref().and_then(|entry| serde_json::from_slice::<Row>(&entry.body).ok());
        let found = match record.by.get(key) {
            Some((function, service)) => found_in(service, function, key, row)?,
            None => None,
        };
        let shown = match &found {
            Some(put) => self.entry(&put.kind, &put.key).await?.map(|entry| entry.body) == put.body,
            None => true,
        };
        let told = self.restore_history(key, &record.lines).await?;
        if stands.as_ref() == Some(row) && shown {
            return Ok(told);
        }
        let mut puts = vec![put(key, row, entry.map_or(0, |entry| entry.version))?];
        puts.extend(found);
        self.store.put(puts).await?;
        Ok(true)
    }
}

/// The accounts as the record has them so far.
#[derive(Default)]
struct Recorded {
    book: Book,
    /// By which function of which service a row was last moved that stands in a register.
    by: BTreeMap<RowKey, (String, Arc<Checked<Service>>)>,
    /// The lines of all histories.
    lines: history::Lines,
    /// The first position that was not looked at.
    next: u64,
}

impl Recorded {
    /// The row behind this one, or the first.
    fn after(&self, key: Option<&RowKey>) -> Option<RowKey> {
        let from = key.map_or(Bound::Unbounded, Bound::Excluded);
        self.book.rows().range((from, Bound::Unbounded)).next().map(|(key, _)| key.clone())
    }
}

impl Ready {
    /// What each booking of the act moved, in the order of its events.
    pub(crate) fn movements(&self) -> Vec<Arc<[Posted]>> {
        self.rows.lock().movements()
    }

    /// The writes of what moved, by these events of a case that follow this sequence number. A row that several bookings of the act changed is written once, as
    /// the last leaves it, at the version at which it was read.
    pub(crate) fn row_puts(
        &self,
        service: &Checked<Service>,
        (case, before): (CaseId, u64),
        events: &[Event],
    ) -> Result<Vec<Put>, AppError> {
        let rows = self.rows.lock();
        let changed = rows.changed.iter().map(|change| (&*change.movements, change.rows.iter().cloned().collect()));
        let mut puts = history::of_append(case, before, events, changed)?;
        let (mut left, mut shown) = (BTreeMap::<&RowKey, &Row>::new(), BTreeMap::<&RowKey, &str>::new());
        for Change { function, rows: changed, .. } in &rows.changed {
            left.extend(changed.iter().map(|(key, row)| (key, row)));
            let in_register = changed.iter().filter(|(key, _)| register_of(service.zone(), function, key).is_some());
            shown.extend(in_register.map(|(key, _)| (key, function.as_str())));
        }
        for (key, row) in left {
            puts.push(put(key, row, rows.versions.get(key).copied().unwrap_or(0))?);
            if let Some(function) = shown.get(key) {
                puts.extend(found_in(service, function, key, row)?);
            }
        }
        Ok(puts)
    }
}

/// Whether cases of a service move goods, whatever the act is that ends them.
pub(crate) fn are_moved_by(service: &Service) -> bool {
    service.bookings().next().is_some()
}

fn put(key: &RowKey, row: &Row, version: u64) -> Result<Put, AppError> {
    Ok(Put {
        kind: key.kind().to_owned(),
        key: key.key(),
        owner: key.owner(row).map(|owner| owner.as_str().to_owned()),
        body: Some(serde_json::to_vec(row)?),
        expected: Some(version),
    })
}

/// The write of the register's record in which the holder finds what is in a row; it goes when nothing is left there.
fn found_in(service: &Checked<Service>, function: &str, key: &RowKey, row: &Row) -> Result<Option<Put>, AppError> {
    let Some(Found { register, key, held_by, values, is_left }) = found(service.zone(), function, key, row) else {
        return Ok(None);
    };
    let entering = Entering { register: register.clone(), key, held_by: Some(held_by), values };
    let put = registers::put(&entering)?;
    Ok(Some(if is_left { put } else { Put { body: None, owner: None, ..put } }))
}
