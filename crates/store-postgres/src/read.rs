//! The queries.
//!
//! Must not know of: writing, the pool.

use deadpool_postgres::ClientWrapper;
use store::{
    CaseId, CaseQuery, CaseRow, CasesOf, Due, Entry, EntryQuery, EventRow, Idempotency, MAX_ROWS, Message, NewDue,
    NewEvent, NewMessage, Queue, StoreError, pack,
};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::fault::fault;

/// The columns that [`case_row`] reads, in its order.
const CASE: &str = "SELECT id, reference, service, authority, applicant, stage, outcome, holders, seq, cases.opened,
    last_position, opened_ms, stage_since_ms, due_ms, state FROM cases";

/// The columns that [`event_row`] reads, in its order.
const EVENT: &str = "SELECT position, id, events.seq, previous, kind, events.stage, at_ms, salt, body, remains
    FROM events JOIN cases ON cases.opened = events.opened";

/// The current row of a case.
pub async fn case(client: &ClientWrapper, case: CaseId) -> Result<Option<CaseRow>, StoreError> {
    let sql = format!("{CASE} WHERE id = $1");
    rows(client, &sql, &[&case.0.as_slice()], case_row).await.map(|mut found| found.pop())
}

/// What was answered to a request.
pub async fn answer(client: &ClientWrapper, key: &str) -> Result<Option<Idempotency>, StoreError> {
    let sql = "SELECT key, request, answer, at_ms FROM answers WHERE key = $1";
    let mut found = rows(client, sql, &[&key], |row| {
        let request: &[u8] = get(row, 1)?;
        Ok(Idempotency {
            key: get(row, 0)?,
            request: request.try_into().map_err(|_| damaged("a request's hash"))?,
            answer: get(row, 2)?,
            at_ms: get(row, 3)?,
        })
    })
    .await?;
    Ok(found.pop())
}

/// A case's events after a sequence number.
pub async fn history(
    client: &ClientWrapper,
    case: CaseId,
    after: u64,
    limit: u32,
) -> Result<Vec<EventRow>, StoreError> {
    let sql = format!("{EVENT} WHERE id = $1 AND events.seq > $2 ORDER BY events.seq LIMIT $3");
    rows(client, &sql, &[&case.0.as_slice(), &number(after), &most(limit)], event_row).await
}

/// All events from a log position on.
pub async fn feed(client: &ClientWrapper, from: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
    let sql = format!("{EVENT} WHERE position >= $1 ORDER BY position LIMIT $2");
    rows(client, &sql, &[&number(from), &most(limit)], event_row).await
}

/// Cases in the order in which they were opened.
pub async fn cases(client: &ClientWrapper, query: &CaseQuery) -> Result<Vec<CaseRow>, StoreError> {
    let limit = i64::from(query.limit.clamp(1, 1000));
    let after = query.after.map(number);
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&limit];
    let (of, whose) = match &query.of {
        CasesOf::All => ("WHERE true", None),
        CasesOf::Applicant(name) => ("WHERE applicant = $2", Some(name)),
        CasesOf::Holder(name) => ("JOIN holders ON holders.opened = cases.opened WHERE holder = $2", Some(name)),
        CasesOf::Authority(name) => ("WHERE authority = $2", Some(name)),
        CasesOf::Reference(name) => ("WHERE reference = $2", Some(name)),
    };
    if let Some(name) = whose {
        values.push(name);
    }
    let open = if query.open { "AND outcome IS NULL" } else { "" };
    let (beyond, order) = if query.newest_first { ("<", "DESC") } else { (">", "ASC") };
    let mut cursor = String::new();
    if let Some(after) = &after {
        values.push(after);
        cursor = format!("AND cases.opened {beyond} ${}", values.len());
    }
    let sql = format!("{CASE} {of} AND service <> '' {open} {cursor} ORDER BY cases.opened {order} LIMIT $1");
    rows(client, &sql, &values, case_row).await
}

/// Each stage's queue.
pub async fn queues(client: &ClientWrapper, authority: Option<&str>) -> Result<Vec<Queue>, StoreError> {
    let sql = "SELECT authority, service, stage, outcome, count(*), min(stage_since_ms), min(due_ms) FROM cases
        WHERE ($1::text IS NULL OR authority = $1) AND service <> ''
        GROUP BY authority, service, stage, outcome ORDER BY authority, service, stage, outcome NULLS FIRST";
    rows(client, sql, &[&authority], |row| {
        Ok(Queue {
            authority: get(row, 0)?,
            service: get(row, 1)?,
            stage: get(row, 2)?,
            outcome: get(row, 3)?,
            cases: unsigned(row, 4)?,
            oldest_ms: get(row, 5)?,
            nearest_due_ms: get(row, 6)?,
        })
    })
    .await
}

/// Deadlines that have passed.
pub async fn due(client: &ClientWrapper, now_ms: i64, after: Option<&Due>, limit: u32) -> Result<Vec<Due>, StoreError> {
    let limit = most(limit);
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&now_ms, &limit];
    let case = after.map(|after| after.case.0.as_slice());
    let beyond = match (after, &case) {
        (Some(after), Some(case)) => {
            values.extend([&after.due.at_ms as &(dyn ToSql + Sync), case, &after.due.clock]);
            "AND (at_ms, deadlines.opened, clock) > ($3, (SELECT opened FROM cases WHERE id = $4), $5)"
        }
        _ => "",
    };
    let sql = format!(
        "SELECT id, at_ms, clock FROM deadlines JOIN cases ON cases.opened = deadlines.opened
        WHERE at_ms <= $1 {beyond} ORDER BY at_ms, deadlines.opened, clock LIMIT $2"
    );
    rows(client, &sql, &values, |row| {
        Ok(Due { case: case_id(row, 0)?, due: NewDue { at_ms: get(row, 1)?, clock: get(row, 2)? } })
    })
    .await
}

/// Messages not yet settled.
pub async fn outbox(client: &ClientWrapper, after: Option<u64>, limit: u32) -> Result<Vec<Message>, StoreError> {
    let sql = "SELECT outbox.id, cases.id, topic, body FROM outbox JOIN cases ON cases.opened = outbox.opened
        WHERE outbox.id > $1 ORDER BY outbox.id LIMIT $2";
    let after = after.map_or(-1, |after| i64::try_from(after).unwrap_or(i64::MAX));
    rows(client, sql, &[&after, &most(limit)], |row| {
        let message = NewMessage { topic: get(row, 2)?, body: get(row, 3)? };
        Ok(Message { id: unsigned(row, 0)?, case: case_id(row, 1)?, message })
    })
    .await
}

/// Entries of a kind.
pub async fn entries(client: &ClientWrapper, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
    let limit = i64::from(query.limit.clamp(1, 1000));
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&limit, &query.kind];
    let mut sql = "SELECT kind, key, owner, body, version FROM entries WHERE kind = $2".to_owned();
    for (condition, value) in [("key =", &query.key), ("owner =", &query.owner), ("key >", &query.after)] {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {condition} ${}", values.len()));
        }
    }
    sql.push_str(" ORDER BY key LIMIT $1");
    rows(client, &sql, &values, |row| {
        Ok(Entry {
            kind: get(row, 0)?,
            key: get(row, 1)?,
            owner: get(row, 2)?,
            body: get(row, 3)?,
            version: unsigned(row, 4)?,
        })
    })
    .await
}

async fn rows<T>(
    client: &ClientWrapper,
    sql: &str,
    values: &[&(dyn ToSql + Sync)],
    read: impl Fn(&Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let select = client.prepare_cached(sql).await.map_err(fault)?;
    client.query(&select, values).await.map_err(fault)?.iter().map(read).collect()
}

fn case_row(row: &Row) -> Result<CaseRow, StoreError> {
    let holders: &[u8] = get(row, 7)?;
    Ok(CaseRow {
        case: case_id(row, 0)?,
        reference: get(row, 1)?,
        service: get(row, 2)?,
        authority: get(row, 3)?,
        applicant: get(row, 4)?,
        stage: get(row, 5)?,
        outcome: get(row, 6)?,
        holders: pack::unpack_holders(holders).ok_or_else(|| damaged("a list of holders"))?,
        seq: unsigned(row, 8)?,
        opened: unsigned(row, 9)?,
        last_position: unsigned(row, 10)?,
        opened_ms: get(row, 11)?,
        stage_since_ms: get(row, 12)?,
        due_ms: get(row, 13)?,
        state: get(row, 14)?,
    })
}

fn event_row(row: &Row) -> Result<EventRow, StoreError> {
    let previous: Option<i64> = get(row, 3)?;
    let salt: &[u8] = get(row, 7)?;
    Ok(EventRow {
        position: unsigned(row, 0)?,
        case: case_id(row, 1)?,
        seq: unsigned(row, 2)?,
        previous: previous.map(i64::cast_unsigned),
        event: NewEvent {
            kind: get(row, 4)?,
            stage: get(row, 5)?,
            at_ms: get(row, 6)?,
            salt: salt.try_into().map_err(|_| damaged("a salt"))?,
            body: get(row, 8)?,
        },
        remains: get(row, 9)?,
    })
}

fn get<'row, T: tokio_postgres::types::FromSql<'row>>(row: &'row Row, column: usize) -> Result<T, StoreError> {
    row.try_get(column).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn case_id(row: &Row, column: usize) -> Result<CaseId, StoreError> {
    let id: &[u8] = get(row, column)?;
    id.try_into().map(CaseId).map_err(|_| damaged("a case's id"))
}

fn unsigned(row: &Row, column: usize) -> Result<u64, StoreError> {
    get(row, column).map(i64::cast_unsigned)
}

fn damaged(what: &str) -> StoreError {
    StoreError::Corrupt(format!("{what} has the wrong form"))
}

/// A position or sequence number as PostgreSQL counts; what is beyond its integers is beyond every row.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn most(limit: u32) -> i64 {
    i64::from(limit.min(MAX_ROWS))
}
