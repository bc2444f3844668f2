//! The tables, as a list of versions, and the way from one to the next.
//!
//! Must not know of: queries.
//!
//! A case's number inside the database is the log position of its first event: eight bytes instead of sixteen in every index, in order of
//! arrival. Texts sort by their bytes (`COLLATE "C"`), on every machine alike.

use store::StoreError;
use tokio_postgres::Client;

use crate::fault::fault;

/// Held while migrating, so that of two processes that start at once one waits: "Panj" as a number.
const MIGRATION_LOCK: i64 = 0x5061_6e6a;

/// What leads from version `n` to `n + 1` stands at `n`. A version that has been released is never edited.
const MIGRATIONS: &[&str] = &[
    r#"
-- Whoever writes holds this one row until its commit: so positions have no gaps and are in commit order.
CREATE TABLE log_head (
    one boolean PRIMARY KEY CHECK (one),
    next_position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log_head VALUES (true, 0);

-- The last batch that each writing process committed: what it asks when the connection broke during a commit.
CREATE TABLE writers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 10);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    opened bigint NOT NULL,
    seq bigint NOT NULL,
    previous bigint,
    kind text COLLATE "C" NOT NULL,
    stage text COLLATE "C",
    at_ms bigint NOT NULL,
    salt bytea NOT NULL,
    body bytea NOT NULL,
    UNIQUE (opened, seq)
);

CREATE TABLE cases (
    opened bigint PRIMARY KEY,
    id bytea NOT NULL UNIQUE,
    seq bigint NOT NULL,
    last_position bigint NOT NULL,
    outcome text COLLATE "C",
    due_ms bigint,
    opened_ms bigint NOT NULL,
    stage_since_ms bigint NOT NULL,
    reference text COLLATE "C" NOT NULL,
    service text COLLATE "C" NOT NULL,
    authority text COLLATE "C" NOT NULL,
    applicant text COLLATE "C" NOT NULL,
    stage text COLLATE "C" NOT NULL,
    holders bytea NOT NULL,
    deadlines bytea NOT NULL,
    state bytea NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX cases_by_reference ON cases (reference, opened);
CREATE INDEX cases_by_applicant ON cases (applicant, opened);
CREATE INDEX cases_by_authority ON cases (authority, opened);
CREATE INDEX cases_open ON cases (opened) WHERE outcome IS NULL;
CREATE INDEX cases_open_by_authority ON cases (authority, opened) WHERE outcome IS NULL;
CREATE INDEX cases_by_queue ON cases (authority, service, stage) INCLUDE (stage_since_ms, due_ms);

CREATE TABLE holders (
    holder text COLLATE "C" NOT NULL,
    opened bigint NOT NULL,
    PRIMARY KEY (holder, opened)
);

CREATE TABLE deadlines (
    at_ms bigint NOT NULL,
    opened bigint NOT NULL,
    clock text COLLATE "C" NOT NULL,
    PRIMARY KEY (at_ms, opened, clock)
);

CREATE TABLE outbox (
    id bigint PRIMARY KEY,
    opened bigint NOT NULL,
    topic text COLLATE "C" NOT NULL,
    body bytea NOT NULL
);

CREATE TABLE entries (
    kind text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    owner text COLLATE "C",
    version bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX entries_by_owner ON entries (kind, owner, key) WHERE owner IS NOT NULL;

-- Numbered in order of arrival, so that the oldest are forgotten without an index on their time.
CREATE TABLE answers (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE,
    at_ms bigint NOT NULL,
    request bytea NOT NULL,
    answer bytea NOT NULL
);
"#,
    "
ALTER TABLE events ADD COLUMN remains bytea;
",
];

/// Brings the schema up to this program's version.
pub async fn migrate(client: &mut Client) -> Result<(), StoreError> {
    migrate_to(client, i64::MAX).await
}

/// Brings the schema up to a version, at most this program's, one transaction a step.
pub async fn migrate_to(client: &mut Client, wanted: i64) -> Result<(), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    loop {
        let step = client.transaction().await.map_err(fault)?;
        step.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK]).await.map_err(fault)?;
        step.batch_execute("SET LOCAL client_min_messages = warning; CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)")
            .await
            .map_err(fault)?;
        let row = step.query_one("SELECT coalesce(max(version), 0) FROM schema_version", &[]).await.map_err(fault)?;
        let version: i64 = row.try_get(0).map_err(fault)?;
        if version > known {
            return Err(StoreError::Corrupt(format!(
                "its schema has version {version} and this program knows versions up to {known}; run the newer program that wrote it"
            )));
        }
        let next = usize::try_from(version).ok().filter(|_| version < wanted);
        let Some(migration) = next.and_then(|version| MIGRATIONS.get(version)) else {
            return Ok(());
        };
        step.batch_execute(migration).await.map_err(fault)?;
        step.execute("INSERT INTO schema_version VALUES ($1)", &[&(version + 1)]).await.map_err(fault)?;
        step.commit().await.map_err(fault)?;
    }
}
