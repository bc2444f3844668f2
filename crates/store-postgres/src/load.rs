//! Looks up what stands of all that a batch touches, in one round trip.
//!
//! Must not know of: queues, what a write means.

use store::CaseId;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

use crate::plan::{Case, Standing, Touched};

/// The prepared statements.
pub struct Loads {
    cases: Statement,
    answers: Statement,
    versions: Statement,
    events: Statement,
}

impl Loads {
    /// Prepares them.
    pub async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            cases: client
                .prepare(
                    "SELECT id, opened, seq, last_position, holders, deadlines FROM cases WHERE id = ANY($1::bytea[])",
                )
                .await?,
            answers: client.prepare("SELECT key, request, answer FROM answers WHERE key = ANY($1::text[])").await?,
            versions: client
                .prepare(
                    "SELECT entries.kind, entries.key, version
                        FROM unnest($1::text[], $2::text[]) AS wanted (kind, key) JOIN entries USING (kind, key)",
                )
                .await?,
            events: client.prepare("SELECT position, opened FROM events WHERE position = ANY($1::bigint[])").await?,
        })
    }
}

/// What stands; the next log position is left to the caller.
pub async fn load(client: &Client, loads: &Loads, touched: &Touched<'_>) -> Result<Standing, Error> {
    let cases: Vec<&[u8]> = touched.cases.iter().map(|case| case.0.as_slice()).collect();
    let answers: Vec<&str> = touched.answers.iter().copied().collect();
    let (kinds, keys): (Vec<&str>, Vec<&str>) = touched.entries.iter().copied().unzip();
    // A position beyond the database's integers was never given out.
    let positions: Vec<i64> = touched.events.iter().filter_map(|position| i64::try_from(*position).ok()).collect();
    let (cases, answers, versions, events) = tokio::try_join!(
        biased;
        some(client, &loads.cases, cases.is_empty(), [&cases]),
        some(client, &loads.answers, answers.is_empty(), [&answers]),
        some(client, &loads.versions, keys.is_empty(), [&kinds, &keys]),
        some(client, &loads.events, positions.is_empty(), [&positions]),
    )?;
    let mut standing = Standing::default();
    for row in cases {
        let case = Case {
            opened: row.try_get(1)?,
            seq: row.try_get(2)?,
            last_position: row.try_get(3)?,
            holders: row.try_get(4)?,
            deadlines: row.try_get(5)?,
        };
        // An id of another length was not asked for, so it is not found.
        if let Ok(id) = <[u8; 16]>::try_from(row.try_get::<_, &[u8]>(0)?) {
            standing.cases.insert(CaseId(id), case);
        }
    }
    for row in answers {
        let request = <[u8; 32]>::try_from(row.try_get::<_, &[u8]>(1)?).unwrap_or_default();
        standing.answers.insert(row.try_get(0)?, (request, row.try_get(2)?));
    }
    for row in versions {
        standing.versions.insert((row.try_get(0)?, row.try_get(1)?), row.try_get(2)?);
    }
    for row in events {
        standing.events.insert(row.try_get::<_, i64>(0)?.cast_unsigned(), row.try_get::<_, i64>(1)?.cast_unsigned());
    }
    Ok(standing)
}

/// Runs a statement unless there is nothing to run it for. Its values come as an array, so that they outlive the join they wait in.
async fn some<const N: usize>(
    client: &Client,
    statement: &Statement,
    is_nothing: bool,
    values: [&(dyn ToSql + Sync); N],
) -> Result<Vec<Row>, Error> {
    if is_nothing { Ok(Vec::new()) } else { client.query(statement, &values).await }
}
