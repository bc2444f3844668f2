//! The one commit point's rows: events, the case's row with its holders and deadlines, messages, entries, the idempotency key.
//!
//! Must not know of: threads, batches.
//!
//! First everything that can be refused, then the writes. What has not changed is not written: an index that a statement does not name costs
//! nothing, so a row is updated by the narrowest of four statements.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params, params_from_iter};
use store::pack::{pack_deadlines, pack_holders};
use store::{
    Append, CaseRow, Erase, Idempotency, MAX_MESSAGES_PER_APPEND, NewDue, NewMessage, StoreError, check_erased,
};

use crate::pack::unpack_holders;
use crate::write::{
    Failure, check_versions, delete_holders, insert_deadlines, insert_holders, replace_deadlines, write_entries,
};

/// A day in milliseconds: how long an answer is kept.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Appends; `position` is the next free log position, and moves on.
pub fn append(connection: &Connection, position: &mut i64, append: &Append) -> Result<u64, Failure> {
    refuse_replay(connection, append.idempotency.as_ref())?;
    let old = old_case(connection, &append.row)?;
    let actual = old.as_ref().map_or(0, |old| old.seq.cast_unsigned());
    if actual != append.expected_seq {
        return Err(Failure::Refused(StoreError::Conflict { expected: append.expected_seq, actual }));
    }
    let versions = check_versions(connection, &append.puts)?;
    check_erases(connection, old.as_ref().map(|old| old.opened), &append.erases)?;
    let first = *position;
    let opened = old.as_ref().map_or(first, |old| old.opened);
    // From here on nothing is refused.
    let last = insert_events(connection, append, opened, old.as_ref().map(|old| old.last_position), position)?;
    match &old {
        None => insert_case(connection, &append.row, last, opened, &append.due)?,
        Some(old) => update_case(connection, &append.row, last, old, &append.due)?,
    }
    insert_messages(connection, opened, first, &append.outbox)?;
    write_entries(connection, &append.puts, &versions)?;
    erase(connection, &append.erases)?;
    if let Some(idempotency) = &append.idempotency {
        remember(connection, idempotency)?;
    }
    Ok(first.cast_unsigned())
}

fn check_erases(connection: &Connection, case: Option<i64>, erases: &[Erase]) -> Result<(), Failure> {
    if erases.is_empty() {
        return Ok(());
    }
    let mut select = connection.prepare_cached("SELECT opened FROM events WHERE position = ?1")?;
    let mut opened: HashMap<u64, u64> = HashMap::with_capacity(erases.len());
    for erase in erases {
        // A position beyond SQLite's integers was never given out.
        let Ok(position) = i64::try_from(erase.position) else { continue };
        let found: Option<i64> = select.query_row([position], |row| row.get(0)).optional()?;
        opened.extend(found.map(|found| (erase.position, found.cast_unsigned())));
    }
    let case = case.map_or(u64::MAX, i64::cast_unsigned);
    check_erased(case, erases, |position| opened.get(&position).copied()).map_err(Failure::Refused)
}

/// Writes over events; `secure_delete` sees to it that what stood there goes from the page.
fn erase(connection: &Connection, erases: &[Erase]) -> Result<(), Failure> {
    if erases.is_empty() {
        return Ok(());
    }
    let mut update = connection
        .prepare_cached("UPDATE events SET salt = zeroblob(32), body = ?2, remains = ?3 WHERE position = ?1")?;
    for erase in erases {
        update.execute(params![erase.position.cast_signed(), erase.body, erase.remains])?;
    }
    Ok(())
}

/// Writes a case's row and deadlines again.
pub fn restate(connection: &Connection, row: &CaseRow, due: &[NewDue]) -> Result<(), Failure> {
    let old = old_case(connection, row)?;
    match old {
        Some(old) if old.seq.cast_unsigned() == row.seq => update_case(connection, row, old.last_position, &old, due),
        other => {
            let actual = other.map_or(0, |old| old.seq.cast_unsigned());
            Err(Failure::Refused(StoreError::Conflict { expected: row.seq, actual }))
        }
    }
}

fn refuse_replay(connection: &Connection, idempotency: Option<&Idempotency>) -> Result<(), Failure> {
    let Some(idempotency) = idempotency else { return Ok(()) };
    let replayed = connection
        .prepare_cached("SELECT request, answer FROM answers WHERE key = ?1")?
        .query_row([&idempotency.key], |row| Ok(StoreError::Replayed { request: row.get(0)?, answer: row.get(1)? }))
        .optional()?;
    replayed.map_or(Ok(()), |replayed| Err(Failure::Refused(replayed)))
}

/// What stands of a case, and which parts of its new row differ.
struct Old {
    opened: i64,
    seq: i64,
    last_position: i64,
    /// Reference, service, authority, applicant and opening time are as before: a case keeps them, and only rebuilding may write them anew.
    same_identity: bool,
    /// The outcome is as before.
    same_outcome: bool,
    /// Stage, its beginning and the nearest deadline are as before.
    same_stage: bool,
    holders: Vec<u8>,
    deadlines: Vec<u8>,
}

fn old_case(connection: &Connection, new: &CaseRow) -> Result<Option<Old>, Failure> {
    let mut select = connection.prepare_cached(
        "SELECT opened, seq, last_position, holders, deadlines, outcome, due_ms, opened_ms, stage_since_ms,
            reference, service, authority, applicant, stage FROM cases WHERE id = ?1",
    )?;
    Ok(select.query_row([new.case.0], |row| old_from(row, new)).optional()?)
}

fn old_from(row: &Row<'_>, new: &CaseRow) -> Result<Old, rusqlite::Error> {
    // Compared where they lie, without a copy.
    let is = |column: usize, text: &str| Ok::<bool, rusqlite::Error>(row.get_ref(column)?.as_str()? == text);
    Ok(Old {
        opened: row.get(0)?,
        seq: row.get(1)?,
        last_position: row.get(2)?,
        holders: row.get_ref(3)?.as_blob()?.to_vec(),
        deadlines: row.get_ref(4)?.as_blob()?.to_vec(),
        same_outcome: row.get_ref(5)?.as_str_or_null()? == new.outcome.as_deref(),
        same_identity: row.get::<_, i64>(7)? == new.opened_ms
            && is(9, &new.reference)?
            && is(10, &new.service)?
            && is(11, &new.authority)?
            && is(12, &new.applicant)?,
        same_stage: row.get::<_, Option<i64>>(6)? == new.due_ms
            && row.get::<_, i64>(8)? == new.stage_since_ms
            && is(13, &new.stage)?,
    })
}

/// Returns the position of the last one.
fn insert_events(
    connection: &Connection,
    append: &Append,
    opened: i64,
    mut previous: Option<i64>,
    position: &mut i64,
) -> Result<i64, Failure> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO events (position, opened, seq, previous, kind, stage, at_ms, salt, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut last = *position;
    let mut seq = append.expected_seq.cast_signed();
    for event in &append.events {
        last = *position;
        seq = seq.saturating_add(1);
        insert.execute(params![
            last,
            opened,
            seq,
            previous,
            event.kind,
            event.stage,
            event.at_ms,
            event.salt,
            event.body
        ])?;
        previous = Some(last);
        *position = last.saturating_add(1);
    }
    Ok(last)
}

fn insert_case(connection: &Connection, row: &CaseRow, last: i64, opened: i64, due: &[NewDue]) -> Result<(), Failure> {
    connection
        .prepare_cached(
            "INSERT INTO cases (opened, id, seq, last_position, holders, deadlines, state, stage, stage_since_ms, due_ms,
                outcome, opened_ms, reference, service, authority, applicant)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            opened, row.case.0, row.seq.cast_signed(), last, pack_holders(&row.holders), pack_deadlines(due), row.state,
            row.stage, row.stage_since_ms, row.due_ms, row.outcome, row.opened_ms, row.reference, row.service,
            row.authority, row.applicant
        ])?;
    insert_holders(connection, opened, &row.holders)?;
    insert_deadlines(connection, opened, due)
}

/// What an update names, from what changes with every act to what only rebuilding changes, and how many values it takes so far.
const UPDATES: [(&str, usize); 4] = [
    ("UPDATE cases SET seq = ?2, last_position = ?3, holders = ?4, deadlines = ?5, state = ?6", 6),
    (", stage = ?7, stage_since_ms = ?8, due_ms = ?9", 9),
    (", outcome = ?10", 10),
    (", opened_ms = ?11, reference = ?12, service = ?13, authority = ?14, applicant = ?15", 15),
];

impl Old {
    /// How many of [`UPDATES`] the new row needs.
    fn updates(&self) -> usize {
        match (self.same_identity, self.same_outcome, self.same_stage) {
            (false, ..) => 4,
            (true, false, _) => 3,
            (true, true, false) => 2,
            (true, true, true) => 1,
        }
    }
}

fn update_case(connection: &Connection, row: &CaseRow, last: i64, old: &Old, due: &[NewDue]) -> Result<(), Failure> {
    let (opened, seq) = (old.opened, row.seq.cast_signed());
    let (holders, deadlines) = (pack_holders(&row.holders), pack_deadlines(due));
    if holders != old.holders {
        delete_holders(connection, opened, &unpack_holders(&old.holders)?)?;
        insert_holders(connection, opened, &row.holders)?;
    }
    if deadlines != old.deadlines {
        replace_deadlines(connection, opened, &old.deadlines, due)?;
    }
    let named = UPDATES.iter().take(old.updates());
    let sql = named.clone().map(|(sql, _)| *sql).chain([" WHERE opened = ?1"]).collect::<String>();
    let count = named.map(|(_, count)| *count).max().unwrap_or_default();
    let values: [&dyn ToSql; 15] = [
        &opened,
        &seq,
        &last,
        &holders,
        &deadlines,
        &row.state,
        &row.stage,
        &row.stage_since_ms,
        &row.due_ms,
        &row.outcome,
        &row.opened_ms,
        &row.reference,
        &row.service,
        &row.authority,
        &row.applicant,
    ];
    connection.prepare_cached(&sql)?.execute(params_from_iter(values.into_iter().take(count)))?;
    Ok(())
}

/// Numbers rise because log positions do, and none is given twice, not even after all messages are settled.
fn insert_messages(connection: &Connection, opened: i64, first: i64, messages: &[NewMessage]) -> Result<(), Failure> {
    if messages.is_empty() {
        return Ok(());
    }
    let per_append = i64::try_from(MAX_MESSAGES_PER_APPEND).unwrap_or(i64::MAX);
    let mut insert =
        connection.prepare_cached("INSERT INTO outbox (id, opened, topic, body) VALUES (?1, ?2, ?3, ?4)")?;
    for (id, message) in (first.saturating_mul(per_append)..).zip(messages) {
        insert.execute(params![id, opened, message.topic, message.body])?;
    }
    Ok(())
}

/// Keeps an answer, and forgets up to two that are more than a day older than it: so their number stays what a day brings.
fn remember(connection: &Connection, idempotency: &Idempotency) -> Result<(), Failure> {
    connection
        .prepare_cached("INSERT INTO answers (key, at_ms, request, answer) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![idempotency.key, idempotency.at_ms, idempotency.request, idempotency.answer])?;
    connection
        .prepare_cached(
            "DELETE FROM answers WHERE number IN (SELECT number FROM answers ORDER BY number LIMIT 2) AND at_ms < ?1",
        )?
        .execute([idempotency.at_ms.saturating_sub(DAY_MS)])?;
    Ok(())
}
