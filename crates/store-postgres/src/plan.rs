//! Works out what a batch of writes comes to: which are refused and which rows change, given what stands.
//!
//! Must not know of: SQL, connections.
//!
//! The log row's lock is held meanwhile, so nothing else changes what stands. A batch's rows are then written once each, however many of its
//! writes touched them.

use std::collections::{BTreeSet, HashMap};

use store::pack::{pack_deadlines, pack_holders};
use store::{
    Append, CaseId, CaseRow, Erase, Idempotency, MAX_MESSAGES_PER_APPEND, NewDue, NewEvent, NewMessage, Put,
    StoreError, Work, check_erased,
};

/// What stands of all that a batch touches.
#[derive(Default)]
pub struct Standing {
    /// The log position that the next event gets.
    pub next_position: i64,
    /// Cases that exist.
    pub cases: HashMap<CaseId, Case>,
    /// Answers that were given, by key: the request and the answer.
    pub answers: HashMap<String, ([u8; 32], Vec<u8>)>,
    /// Versions of entries that exist, by kind and key.
    pub versions: HashMap<(String, String), i64>,
    /// The number of the case of each event that is to be erased, by position.
    pub events: HashMap<u64, u64>,
}

/// What stands of a case.
#[derive(Clone)]
pub struct Case {
    /// Log position of its first event.
    pub opened: i64,
    /// Number of events.
    pub seq: i64,
    /// Log position of its last event.
    pub last_position: i64,
    /// Its holders, packed.
    pub holders: Vec<u8>,
    /// Its deadlines, packed.
    pub deadlines: Vec<u8>,
}

/// An event to insert.
pub struct EventChange<'a> {
    /// Place in the log.
    pub position: i64,
    /// The case's number.
    pub opened: i64,
    /// Place in the case.
    pub seq: i64,
    /// Position of the case's previous event.
    pub previous: Option<i64>,
    /// What happened.
    pub event: &'a NewEvent,
}

/// A case's row as the batch leaves it.
pub struct CaseChange<'a> {
    /// As it stood before the batch; none when the batch opens it.
    pub before: Option<Case>,
    /// As it stands after.
    pub after: Case,
    /// The row.
    pub row: &'a CaseRow,
}

/// Everything to write.
#[derive(Default)]
pub struct Changes<'a> {
    /// The log position that the next batch begins with.
    pub next_position: i64,
    /// Events to insert.
    pub events: Vec<EventChange<'a>>,
    /// Rows to insert or update.
    pub cases: HashMap<CaseId, CaseChange<'a>>,
    /// Messages to insert: number, case's number, message.
    pub messages: Vec<(i64, i64, &'a NewMessage)>,
    /// Entries to write or, without a body, to remove, with the version they get.
    pub entries: HashMap<(&'a str, &'a str), (&'a Put, i64)>,
    /// Answers to keep.
    pub answers: Vec<&'a Idempotency>,
    /// Messages to strike.
    pub settled: Vec<i64>,
    /// Events to write over.
    pub erases: Vec<&'a Erase>,
}

/// Works out a batch. The outcomes are in its order: an append's first log position, 0 for anything else, or the refusal.
pub fn plan<'a>(standing: &mut Standing, batch: &[&'a Work]) -> (Vec<Result<u64, StoreError>>, Changes<'a>) {
    let mut changes = Changes::default();
    let outcomes = batch
        .iter()
        .map(|work| match work {
            Work::Append(append) => append_one(standing, &mut changes, append),
            Work::Put(puts) => {
                check_versions(standing, puts).map(|()| put_all(standing, &mut changes, puts)).map(|()| 0)
            }
            Work::Restate(row, due) => restate(standing, &mut changes, row, due).map(|()| 0),
            Work::Settle(ids) => {
                // A number beyond the database's integers was never given out.
                changes.settled.extend(ids.iter().filter_map(|id| i64::try_from(*id).ok()));
                Ok(0)
            }
        })
        .collect();
    changes.next_position = standing.next_position;
    (outcomes, changes)
}

fn append_one<'a>(standing: &mut Standing, changes: &mut Changes<'a>, append: &'a Append) -> Result<u64, StoreError> {
    if let Some((request, answer)) = append.idempotency.as_ref().and_then(|key| standing.answers.get(&key.key)) {
        return Err(StoreError::Replayed { request: *request, answer: answer.clone() });
    }
    let before = standing.cases.get(&append.case).cloned();
    let actual = before.as_ref().map_or(0, |case| case.seq.cast_unsigned());
    if actual != append.expected_seq {
        return Err(StoreError::Conflict { expected: append.expected_seq, actual });
    }
    check_versions(standing, &append.puts)?;
    let case = before.as_ref().map_or(u64::MAX, |case| case.opened.cast_unsigned());
    check_erased(case, &append.erases, |position| standing.events.get(&position).copied())?;
    // From here on nothing is refused.
    let first = standing.next_position;
    let opened = before.as_ref().map_or(first, |case| case.opened);
    let mut previous = before.as_ref().map(|case| case.last_position);
    let mut seq = actual.cast_signed();
    for event in &append.events {
        seq = seq.saturating_add(1);
        let position = standing.next_position;
        changes.events.push(EventChange { position, opened, seq, previous, event });
        previous = Some(position);
        standing.next_position = position.saturating_add(1);
    }
    let last_position = previous.unwrap_or(first);
    change_case(standing, changes, before, &append.row, &append.due, (opened, last_position));
    let per_append = i64::try_from(MAX_MESSAGES_PER_APPEND).unwrap_or(i64::MAX);
    // Numbers rise because log positions do, and none is given twice.
    changes
        .messages
        .extend((first.saturating_mul(per_append)..).zip(&append.outbox).map(|(id, message)| (id, opened, message)));
    put_all(standing, changes, &append.puts);
    changes.erases.extend(&append.erases);
    if let Some(idempotency) = &append.idempotency {
        standing.answers.insert(idempotency.key.clone(), (idempotency.request, idempotency.answer.clone()));
        changes.answers.push(idempotency);
    }
    Ok(first.cast_unsigned())
}

fn restate<'a>(
    standing: &mut Standing,
    changes: &mut Changes<'a>,
    row: &'a CaseRow,
    due: &[NewDue],
) -> Result<(), StoreError> {
    let before = standing.cases.get(&row.case).cloned();
    let actual = before.as_ref().map_or(0, |case| case.seq.cast_unsigned());
    match before {
        Some(case) if actual == row.seq => {
            let place = (case.opened, case.last_position);
            change_case(standing, changes, Some(case), row, due, place);
            Ok(())
        }
        _ => Err(StoreError::Conflict { expected: row.seq, actual }),
    }
}

fn change_case<'a>(
    standing: &mut Standing,
    changes: &mut Changes<'a>,
    before: Option<Case>,
    row: &'a CaseRow,
    due: &[NewDue],
    (opened, last_position): (i64, i64),
) {
    let after = Case {
        opened,
        seq: row.seq.cast_signed(),
        last_position,
        holders: pack_holders(&row.holders),
        deadlines: pack_deadlines(due),
    };
    standing.cases.insert(row.case, after.clone());
    match changes.cases.get_mut(&row.case) {
        // What stood before the batch stays what it was.
        Some(change) => (change.after, change.row) = (after, row),
        None => drop(changes.cases.insert(row.case, CaseChange { before, after, row })),
    }
}

fn check_versions(standing: &Standing, puts: &[Put]) -> Result<(), StoreError> {
    for put in puts {
        let Some(expected) = put.expected else { continue };
        let found = standing.versions.get(&(put.kind.clone(), put.key.clone())).copied().unwrap_or(0);
        if expected != found.cast_unsigned() {
            return Err(StoreError::Stale { kind: put.kind.clone(), key: put.key.clone() });
        }
    }
    Ok(())
}

fn put_all<'a>(standing: &mut Standing, changes: &mut Changes<'a>, puts: &'a [Put]) {
    for put in puts {
        let key = (put.kind.clone(), put.key.clone());
        let version = if put.body.is_some() {
            let version = standing.versions.entry(key).or_insert(0);
            *version = version.saturating_add(1);
            *version
        } else {
            standing.versions.remove(&key);
            0
        };
        changes.entries.insert((&put.kind, &put.key), (put, version));
    }
}

/// What a batch touches, to be looked up before it is planned.
#[derive(Default)]
pub struct Touched<'a> {
    /// Cases.
    pub cases: BTreeSet<CaseId>,
    /// Idempotency keys.
    pub answers: BTreeSet<&'a str>,
    /// Kinds and keys of entries.
    pub entries: BTreeSet<(&'a str, &'a str)>,
    /// Positions of events to be erased.
    pub events: BTreeSet<u64>,
}

impl<'a> Touched<'a> {
    /// What these writes touch.
    pub fn by(batch: &[&'a Work]) -> Self {
        let mut touched = Self::default();
        for work in batch {
            match work {
                Work::Append(append) => {
                    touched.cases.insert(append.case);
                    touched.events.extend(append.erases.iter().map(|erase| erase.position));
                    touched.answers.extend(append.idempotency.as_ref().map(|key| key.key.as_str()));
                    touched.entries.extend(append.puts.iter().map(|put| (put.kind.as_str(), put.key.as_str())));
                }
                Work::Put(puts) => touched.entries.extend(puts.iter().map(|put| (put.kind.as_str(), put.key.as_str()))),
                Work::Restate(row, _) => drop(touched.cases.insert(row.case)),
                Work::Settle(_) => {}
            }
        }
        touched
    }
}
