//! The queries.
//!
//! Must not know of: threads, writing.

use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, params};
use store::{
    CaseId, CaseQuery, CaseRow, CasesOf, Due, Entry, EntryQuery, EventRow, Idempotency, MAX_ROWS, Message, NewDue,
    NewEvent, NewMessage, Queue, StoreError,
};

use crate::fault::fault;
use crate::pack::unpack_holders;

/// The columns that [`case_row`] reads, in its order.
const CASE: &str = "SELECT id, reference, service, authority, applicant, stage, outcome, holders, seq, cases.opened,
    last_position, opened_ms, stage_since_ms, due_ms, state FROM cases";

/// The columns that [`event_row`] reads, in its order.
const EVENT: &str = "SELECT position, id, events.seq, previous, kind, events.stage, at_ms, salt, body, remains
    FROM events JOIN cases ON cases.opened = events.opened";

/// What was answered to a request with this key.
pub fn answer(connection: &Connection, key: &str) -> Result<Option<Idempotency>, StoreError> {
    let sql = "SELECT key, request, answer, at_ms FROM answers WHERE key = ?1";
    let mut select = connection.prepare_cached(sql).map_err(fault)?;
    let idempotency = |row: &Row<'_>| {
        Ok(Idempotency { key: row.get(0)?, request: row.get(1)?, answer: row.get(2)?, at_ms: row.get(3)? })
    };
    select.query_row([key], idempotency).optional().map_err(fault)
}

/// The current row of a case.
pub fn case(connection: &Connection, case: CaseId) -> Result<Option<CaseRow>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{CASE} WHERE id = ?1")).map_err(fault)?;
    select.query_row([case.0], case_row).optional().map_err(fault)
}

/// A case's events after a sequence number: follows the links back from its last event, so it costs as much as there are events after it,
/// whatever the limit.
pub fn history(connection: &Connection, case: CaseId, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
    let sql = format!(
        "WITH RECURSIVE chain (position) AS (
            SELECT last_position FROM cases WHERE id = ?1 AND seq > ?2
            UNION ALL
            SELECT previous FROM chain CROSS JOIN events USING (position) WHERE events.seq > ?2 + 1
        )
        {} WHERE position IN chain ORDER BY position LIMIT ?3",
        EVENT.replace("JOIN", "CROSS JOIN")
    );
    // One less, so that adding one to it stays a whole number.
    let after = number(after).min(i64::MAX - 1);
    rows(connection, &sql, params![case.0, after, limit.min(MAX_ROWS)], event_row)
}

/// All events from a log position on.
pub fn feed(connection: &Connection, from: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
    // The cross join keeps SQLite from starting at the cases.
    let sql = format!("{} WHERE position >= ?1 ORDER BY position LIMIT ?2", EVENT.replace("JOIN", "CROSS JOIN"));
    rows(connection, &sql, params![number(from), limit.min(MAX_ROWS)], event_row)
}

/// Cases in the order in which they were opened.
pub fn cases(connection: &Connection, query: &CaseQuery) -> Result<Vec<CaseRow>, StoreError> {
    let (of, whose): (&str, Option<&str>) = match &query.of {
        CasesOf::All => ("WHERE ?1 IS NULL", None),
        CasesOf::Applicant(name) => ("WHERE applicant = ?1", Some(name)),
        CasesOf::Holder(name) => ("JOIN holders ON holders.opened = cases.opened WHERE holder = ?1", Some(name)),
        CasesOf::Authority(name) => ("WHERE authority = ?1", Some(name)),
        CasesOf::Reference(name) => ("WHERE reference = ?1", Some(name)),
    };
    let open = if query.open { "AND outcome IS NULL" } else { "" };
    // The table that gives the order, so that the rows come from its index already sorted.
    let opened = if matches!(query.of, CasesOf::Holder(_)) { "holders.opened" } else { "cases.opened" };
    let (beyond, order) = if query.newest_first { ("<", "DESC") } else { (">", "ASC") };
    let (after, cursor) = match query.after {
        Some(after) => (number(after), format!("AND {opened} {beyond} ?2")),
        None => (0, "AND ?2 = 0".to_owned()),
    };
    let sql = format!("{CASE} {of} AND service <> '' {open} {cursor} ORDER BY {opened} {order} LIMIT ?3");
    rows(connection, &sql, params![whose, after, query.limit.clamp(1, 1000)], case_row)
}

/// Each stage's queue.
pub fn queues(connection: &Connection, authority: Option<&str>) -> Result<Vec<Queue>, StoreError> {
    let of = if authority.is_some() { "WHERE authority = ?1" } else { "WHERE ?1 IS NULL" };
    let sql = format!(
        "SELECT authority, service, stage, outcome, count(*), min(stage_since_ms), min(due_ms) FROM cases {of} AND service <> ''
            GROUP BY authority, service, stage, outcome ORDER BY authority, service, stage, outcome"
    );
    rows(connection, &sql, [authority], |row| {
        Ok(Queue {
            authority: row.get(0)?,
            service: row.get(1)?,
            stage: row.get(2)?,
            outcome: row.get(3)?,
            cases: unsigned(row, 4)?,
            oldest_ms: row.get(5)?,
            nearest_due_ms: row.get(6)?,
        })
    })
}

/// Deadlines that have passed.
pub fn due(connection: &Connection, now_ms: i64, after: Option<&Due>, limit: u32) -> Result<Vec<Due>, StoreError> {
    let beyond = match after {
        Some(_) => "AND (at_ms, deadlines.opened, clock) > (?3, (SELECT opened FROM cases WHERE id = ?4), ?5)",
        None => "",
    };
    let sql = format!(
        "SELECT id, at_ms, clock FROM deadlines CROSS JOIN cases ON cases.opened = deadlines.opened
        WHERE at_ms <= ?1 {beyond} ORDER BY at_ms, deadlines.opened, clock LIMIT ?2"
    );
    let limit = limit.min(MAX_ROWS);
    let mut values: Vec<&dyn ToSql> = vec![&now_ms, &limit];
    if let Some(after) = after {
        values.extend([&after.due.at_ms as &dyn ToSql, &after.case.0, &after.due.clock]);
    }
    rows(connection, &sql, values.as_slice(), |row| {
        Ok(Due { case: case_id(row, 0)?, due: NewDue { at_ms: row.get(1)?, clock: row.get(2)? } })
    })
}

/// Messages not yet settled.
pub fn outbox(connection: &Connection, after: Option<u64>, limit: u32) -> Result<Vec<Message>, StoreError> {
    let sql = "SELECT outbox.id, cases.id, topic, body FROM outbox CROSS JOIN cases ON cases.opened = outbox.opened
        WHERE outbox.id > ?1 ORDER BY outbox.id LIMIT ?2";
    let after = after.map_or(-1, |after| i64::try_from(after).unwrap_or(i64::MAX));
    rows(connection, sql, params![after, limit.min(MAX_ROWS)], |row| {
        let message = NewMessage { topic: row.get(2)?, body: row.get(3)? };
        Ok(Message { id: unsigned(row, 0)?, case: case_id(row, 1)?, message })
    })
}

/// Entries of a kind.
pub fn entries(connection: &Connection, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
    let mut sql = "SELECT kind, key, owner, body, version FROM entries WHERE kind = ?".to_owned();
    let mut values: Vec<&dyn ToSql> = vec![&query.kind];
    for (condition, value) in
        [(" AND key = ?", &query.key), (" AND owner = ?", &query.owner), (" AND key > ?", &query.after)]
    {
        if let Some(value) = value {
            sql.push_str(condition);
            values.push(value);
        }
    }
    sql.push_str(" ORDER BY key LIMIT ?");
    let limit = query.limit.clamp(1, 1000);
    values.push(&limit);
    rows(connection, &sql, values.as_slice(), |row| {
        Ok(Entry {
            kind: row.get(0)?,
            key: row.get(1)?,
            owner: row.get(2)?,
            body: row.get(3)?,
            version: unsigned(row, 4)?,
        })
    })
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Vec<T>, StoreError> {
    let mut select = connection.prepare_cached(sql).map_err(fault)?;
    let rows = select.query_map(values, read).map_err(fault)?;
    rows.collect::<Result<_, _>>().map_err(fault)
}

fn case_row(row: &Row<'_>) -> Result<CaseRow, rusqlite::Error> {
    Ok(CaseRow {
        case: case_id(row, 0)?,
        reference: row.get(1)?,
        service: row.get(2)?,
        authority: row.get(3)?,
        applicant: row.get(4)?,
        stage: row.get(5)?,
        outcome: row.get(6)?,
        holders: unpack_holders(row.get_ref(7)?.as_blob()?)?,
        seq: unsigned(row, 8)?,
        opened: unsigned(row, 9)?,
        last_position: unsigned(row, 10)?,
        opened_ms: row.get(11)?,
        stage_since_ms: row.get(12)?,
        due_ms: row.get(13)?,
        state: row.get(14)?,
    })
}

fn event_row(row: &Row<'_>) -> Result<EventRow, rusqlite::Error> {
    let previous: Option<i64> = row.get(3)?;
    Ok(EventRow {
        position: unsigned(row, 0)?,
        case: case_id(row, 1)?,
        seq: unsigned(row, 2)?,
        previous: previous.map(i64::cast_unsigned),
        event: NewEvent {
            kind: row.get(4)?,
            stage: row.get(5)?,
            at_ms: row.get(6)?,
            salt: row.get(7)?,
            body: row.get(8)?,
        },
        remains: row.get(9)?,
    })
}

fn case_id(row: &Row<'_>, column: usize) -> Result<CaseId, rusqlite::Error> {
    row.get(column).map(CaseId)
}

fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    row.get(column).map(i64::cast_unsigned)
}

/// A position or sequence number as SQLite counts; what is beyond its integers is beyond every row.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
