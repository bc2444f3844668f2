//! Writes what a batch comes to: one statement a table, its rows as arrays, all in one round trip.
//!
//! Must not know of: queues, what a write means.

use store::pack::{unpack_deadlines, unpack_holders};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

use crate::plan::{CaseChange, Changes};

/// A day in milliseconds: how long an answer is kept.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

const INSERT_EVENTS: &str = "INSERT INTO events (position, opened, seq, previous, kind, stage, at_ms, salt, body)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[],
        $8::bytea[], $9::bytea[])";

// The row comes as sixteen arrays, opened first.
const INSERT_CASES: &str = "INSERT INTO cases (opened, id, seq, last_position, outcome, due_ms, opened_ms, stage_since_ms,
        reference, service, authority, applicant, stage, holders, deadlines, state)
    SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[],
        $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::bytea[], $16::bytea[])";

const UPDATE_CASES: &str = "UPDATE cases SET seq = new.seq, last_position = new.last_position, outcome = new.outcome,
        due_ms = new.due_ms, opened_ms = new.opened_ms, stage_since_ms = new.stage_since_ms, reference = new.reference,
        service = new.service, authority = new.authority, applicant = new.applicant, stage = new.stage,
        holders = new.holders, deadlines = new.deadlines, state = new.state
    FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[],
        $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::bytea[], $16::bytea[])
        AS new (opened, id, seq, last_position, outcome, due_ms, opened_ms, stage_since_ms, reference, service, authority,
            applicant, stage, holders, deadlines, state)
    WHERE cases.opened = new.opened";

/// The prepared statements.
pub struct Saves {
    head: Statement,
    events: Statement,
    insert_cases: Statement,
    update_cases: Statement,
    delete_holders: Statement,
    insert_holders: Statement,
    delete_deadlines: Statement,
    insert_deadlines: Statement,
    messages: Statement,
    settled: Statement,
    write_entries: Statement,
    delete_entries: Statement,
    answers: Statement,
    forget: Statement,
    erases: Statement,
}

impl Saves {
    /// Prepares them.
    pub async fn prepare(client: &Client) -> Result<Self, Error> {
        let pairs = "unnest($1::text[], $2::bigint[])";
        let triples = "unnest($1::bigint[], $2::bigint[], $3::text[])";
        Ok(Self {
            head: client.prepare("UPDATE log_head SET next_position = $1").await?,
            events: client.prepare(INSERT_EVENTS).await?,
            insert_cases: client.prepare(INSERT_CASES).await?,
            update_cases: client.prepare(UPDATE_CASES).await?,
            delete_holders: client
                .prepare(&format!("DELETE FROM holders USING {pairs} AS old (holder, opened)
                    WHERE holders.holder = old.holder AND holders.opened = old.opened"))
                .await?,
            insert_holders: client
                .prepare(&format!("INSERT INTO holders (holder, opened) SELECT * FROM {pairs} ON CONFLICT DO NOTHING"))
                .await?,
            delete_deadlines: client
                .prepare(&format!("DELETE FROM deadlines USING {triples} AS old (at_ms, opened, clock) WHERE
                    deadlines.at_ms = old.at_ms AND deadlines.opened = old.opened AND deadlines.clock = old.clock"))
                .await?,
            insert_deadlines: client.prepare(&format!("INSERT INTO deadlines (at_ms, opened, clock) SELECT * FROM {triples}")).await?,
            messages: client
                .prepare("INSERT INTO outbox (id, opened, topic, body)
                    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[])")
                .await?,
            settled: client.prepare("DELETE FROM outbox WHERE id = ANY($1::bigint[])").await?,
            write_entries: client
                .prepare("INSERT INTO entries (kind, key, owner, version, body)
                    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bytea[])
                    ON CONFLICT (kind, key) DO UPDATE SET owner = excluded.owner, version = excluded.version, body = excluded.body")
                .await?,
            delete_entries: client
                .prepare("DELETE FROM entries USING unnest($1::text[], $2::text[]) AS old (kind, key)
                    WHERE entries.kind = old.kind AND entries.key = old.key")
                .await?,
            answers: client
                .prepare("INSERT INTO answers (key, at_ms, request, answer)
                    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[])")
                .await?,
            // Twice as many as are new: so their number stays what a day brings.
            forget: client
                .prepare("DELETE FROM answers WHERE number IN (SELECT number FROM answers ORDER BY number LIMIT $1) AND at_ms < $2")
                .await?,
            erases: client
                .prepare("UPDATE events SET salt = decode(repeat('00', 32), 'hex'), body = gone.body, remains = gone.remains
                    FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS gone (position, body, remains)
                    WHERE events.position = gone.position")
                .await?,
        })
    }

    /// Sends everything at once, in order.
    pub async fn save(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let (new, old): (Vec<_>, Vec<_>) = changes.cases.values().partition(|change| change.before.is_none());
        tokio::try_join!(
            biased;
            self.save_head(client, changes),
            self.save_events(client, changes),
            save_cases(client, &self.insert_cases, &new),
            save_cases(client, &self.update_cases, &old),
            self.save_holders(client, changes),
            self.save_deadlines(client, changes),
            self.save_messages(client, changes),
            self.save_entries(client, changes),
            self.save_answers(client, changes),
            self.save_erases(client, changes),
        )?;
        Ok(())
    }

    async fn save_head(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        some(client, &self.head, changes.events.len(), [&changes.next_position]).await
    }

    async fn save_events(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let events = &changes.events;
        some(
            client,
            &self.events,
            events.len(),
            [
                &events.iter().map(|change| change.position).collect::<Vec<_>>(),
                &events.iter().map(|change| change.opened).collect::<Vec<_>>(),
                &events.iter().map(|change| change.seq).collect::<Vec<_>>(),
                &events.iter().map(|change| change.previous).collect::<Vec<_>>(),
                &events.iter().map(|change| change.event.kind.as_str()).collect::<Vec<_>>(),
                &events.iter().map(|change| change.event.stage.as_deref()).collect::<Vec<_>>(),
                &events.iter().map(|change| change.event.at_ms).collect::<Vec<_>>(),
                &events.iter().map(|change| change.event.salt.as_slice()).collect::<Vec<_>>(),
                &events.iter().map(|change| change.event.body.as_slice()).collect::<Vec<_>>(),
            ],
        )
        .await
    }

    async fn save_holders(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let (mut old, mut new) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
        for change in changes.cases.values() {
            let before = change.before.as_ref().map_or(&[][..], |case| &case.holders);
            if before != change.after.holders {
                old.extend(
                    unpack_holders(before).unwrap_or_default().into_iter().map(|name| (name, change.after.opened)),
                );
                new.extend(change.row.holders.iter().map(|name| (name.as_str(), change.after.opened)));
            }
        }
        tokio::try_join!(
            biased;
            some(client, &self.delete_holders, old.0.len(), [&old.0, &old.1]),
            some(client, &self.insert_holders, new.0.len(), [&new.0, &new.1]),
        )?;
        Ok(())
    }

    async fn save_deadlines(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let (mut old, mut new) = (Deadlines::default(), Deadlines::default());
        for change in changes.cases.values() {
            let before = change.before.as_ref().map_or(&[][..], |case| &case.deadlines);
            if before != change.after.deadlines {
                old.add(change.after.opened, before);
                new.add(change.after.opened, &change.after.deadlines);
            }
        }
        tokio::try_join!(
            biased;
            some(client, &self.delete_deadlines, old.at_ms.len(), [&old.at_ms, &old.opened, &old.clock]),
            some(client, &self.insert_deadlines, new.at_ms.len(), [&new.at_ms, &new.opened, &new.clock]),
        )?;
        Ok(())
    }

    async fn save_messages(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let new = &changes.messages;
        let ids: Vec<i64> = new.iter().map(|(id, ..)| *id).collect();
        let opened: Vec<i64> = new.iter().map(|(_, opened, _)| *opened).collect();
        let topics: Vec<&str> = new.iter().map(|(.., message)| message.topic.as_str()).collect();
        let bodies: Vec<&[u8]> = new.iter().map(|(.., message)| message.body.as_slice()).collect();
        tokio::try_join!(
            biased;
            some(client, &self.messages, ids.len(), [&ids, &opened, &topics, &bodies]),
            some(client, &self.settled, changes.settled.len(), [&changes.settled]),
        )?;
        Ok(())
    }

    async fn save_entries(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let (mut kinds, mut keys, mut owners, mut versions, mut bodies) = (vec![], vec![], vec![], vec![], vec![]);
        let mut removed = (Vec::new(), Vec::new());
        for ((kind, key), (put, version)) in &changes.entries {
            let Some(body) = &put.body else {
                removed.extend([(*kind, *key)]);
                continue;
            };
            kinds.push(*kind);
            keys.push(*key);
            owners.push(put.owner.as_deref());
            versions.push(*version);
            bodies.push(body.as_slice());
        }
        tokio::try_join!(
            biased;
            some(client, &self.delete_entries, removed.0.len(), [&removed.0, &removed.1]),
            some(client, &self.write_entries, keys.len(), [&kinds, &keys, &owners, &versions, &bodies]),
        )?;
        Ok(())
    }

    async fn save_erases(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let erases = &changes.erases;
        let positions: Vec<i64> = erases.iter().map(|erase| erase.position.cast_signed()).collect();
        let bodies: Vec<&[u8]> = erases.iter().map(|erase| erase.body.as_slice()).collect();
        let remains: Vec<&[u8]> = erases.iter().map(|erase| erase.remains.as_slice()).collect();
        some(client, &self.erases, erases.len(), [&positions, &bodies, &remains]).await
    }

    async fn save_answers(&self, client: &Client, changes: &Changes<'_>) -> Result<(), Error> {
        let new = &changes.answers;
        let keys: Vec<&str> = new.iter().map(|answer| answer.key.as_str()).collect();
        let at_ms: Vec<i64> = new.iter().map(|answer| answer.at_ms).collect();
        let requests: Vec<&[u8]> = new.iter().map(|answer| answer.request.as_slice()).collect();
        let answers: Vec<&[u8]> = new.iter().map(|answer| answer.answer.as_slice()).collect();
        let before_ms = at_ms.iter().min().map_or(i64::MIN, |earliest| earliest.saturating_sub(DAY_MS));
        let most = i64::try_from(keys.len()).unwrap_or(i64::MAX).saturating_mul(2);
        tokio::try_join!(
            biased;
            some(client, &self.answers, keys.len(), [&keys, &at_ms, &requests, &answers]),
            some(client, &self.forget, keys.len(), [&most, &before_ms]),
        )?;
        Ok(())
    }
}

async fn save_cases(client: &Client, statement: &Statement, changes: &[&CaseChange<'_>]) -> Result<(), Error> {
    some(
        client,
        statement,
        changes.len(),
        [
            &changes.iter().map(|change| change.after.opened).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.case.0.as_slice()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.after.seq).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.after.last_position).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.outcome.as_deref()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.due_ms).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.opened_ms).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.stage_since_ms).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.reference.as_str()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.service.as_str()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.authority.as_str()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.applicant.as_str()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.stage.as_str()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.after.holders.as_slice()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.after.deadlines.as_slice()).collect::<Vec<_>>(),
            &changes.iter().map(|change| change.row.state.as_slice()).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// Deadlines as columns.
#[derive(Default)]
struct Deadlines {
    at_ms: Vec<i64>,
    opened: Vec<i64>,
    clock: Vec<String>,
}

impl Deadlines {
    /// A packed list that is damaged leaves deadlines behind, which lapse without effect; it must not stop the case.
    fn add(&mut self, opened: i64, packed: &[u8]) {
        for due in unpack_deadlines(packed).unwrap_or_default() {
            self.at_ms.push(due.at_ms);
            self.opened.push(opened);
            self.clock.push(due.clock);
        }
    }
}

/// Runs a statement unless there is nothing to run it for. Its values come as an array, so that they outlive the join they wait in.
async fn some<const N: usize>(
    client: &Client,
    statement: &Statement,
    rows: usize,
    values: [&(dyn ToSql + Sync); N],
) -> Result<(), Error> {
    if rows > 0 {
        client.execute(statement, &values).await?;
    }
    Ok(())
}
