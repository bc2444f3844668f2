//! The rows that pass between the application and a store: plain data.
//!
//! Must not know of: drivers, what is inside a body.

use engine::CaseId;
use serde::{Deserialize, Serialize};

/// One act's outcome, to be made durable.
#[derive(Clone, Debug)]
pub struct Append {
    /// The case.
    pub case: CaseId,
    /// How many events of the case the writer has seen; 0 opens it.
    pub expected_seq: u64,
    /// At least one event.
    pub events: Vec<NewEvent>,
    /// The case's row after these events; `row.seq` = `expected_seq` + number of events. The store fills `opened` and `last_position`.
    pub row: CaseRow,
    /// All deadlines of the case after these events; they replace the former ones.
    pub due: Vec<NewDue>,
    /// Messages to deliver.
    pub outbox: Vec<NewMessage>,
    /// Entries that belong to the act, such as a register's record or a draft that is spent.
    pub puts: Vec<Put>,
    /// The request's idempotency key and answer.
    pub idempotency: Option<Idempotency>,
    /// Former events of the case that lose what they said: their bodies are written over and their salts are gone.
    pub erases: Vec<Erase>,
}

/// What is left of an event that was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erase {
    /// Its place in the log, which it keeps, as it keeps its kind, stage, time and links.
    pub position: u64,
    /// What takes the place of its body.
    pub body: Vec<u8>,
    /// What takes the place of its salt, which becomes 32 zero bytes.
    pub remains: Vec<u8>,
}

/// A request that may be sent again without being done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Whose key it is and the key itself; at most 200 bytes.
    pub key: String,
    /// SHA-256 of the request.
    pub request: [u8; 32],
    /// The answer that a repeat gets.
    pub answer: Vec<u8>,
    /// When, in milliseconds since 1970 UTC; keys older than a day may be forgotten.
    pub at_ms: i64,
}

/// An event before it has a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its kind, such as `decided`.
    pub kind: String,
    /// The stage it happened in.
    pub stage: Option<String>,
    /// When, in milliseconds since 1970 UTC. Order is the sequence number, never this.
    pub at_ms: i64,
    /// The event as JSON.
    pub body: Vec<u8>,
    /// Random bytes that its commitments are salted with.
    pub salt: [u8; 32],
}

/// An event with its place in the case and in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Place in the log, from 0, without gaps.
    pub position: u64,
    /// The case.
    pub case: CaseId,
    /// Place in the case, from 1.
    pub seq: u64,
    /// Position of the case's previous event.
    pub previous: Option<u64>,
    /// What was appended.
    pub event: NewEvent,
    /// What the event has instead of its salt, once it was erased; none while it stands as it was written.
    pub remains: Option<Vec<u8>>,
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// What people call it.
    pub reference: String,
    /// The service; empty in a stream that is no case.
    pub service: String,
    /// The authority that is competent for it.
    pub authority: String,
    /// The person who applied.
    pub applicant: String,
    /// The stage it stands in.
    pub stage: String,
    /// The outcome once it has ended.
    pub outcome: Option<String>,
    /// Officers whose turn it is; empty when it is nobody's.
    pub holders: Vec<String>,
    /// Number of events.
    pub seq: u64,
    /// Log position of the first event: the order of arrival.
    pub opened: u64,
    /// Log position of the last event.
    pub last_position: u64,
    /// When it was opened, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// When the present stage began, in milliseconds since 1970 UTC.
    pub stage_since_ms: i64,
    /// The nearest deadline, in milliseconds since 1970 UTC.
    pub due_ms: Option<i64>,
    /// The folded case as JSON.
    pub state: Vec<u8>,
}

/// Which cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseQuery {
    /// Whose or where.
    pub of: CasesOf,
    /// Only cases that have not ended.
    pub open: bool,
    /// Only cases opened after this log position.
    pub after: Option<u64>,
    /// Newest first instead of oldest first; `after` then means before.
    pub newest_first: bool,
    /// At most this many (1 to 1000).
    pub limit: u32,
}

/// Whose cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CasesOf {
    /// Everybody's.
    All,
    /// Those a person applied for.
    Applicant(String),
    /// Those an officer holds.
    Holder(String),
    /// Those of an authority.
    Authority(String),
    /// The one with this reference.
    Reference(String),
}

/// One stage's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The authority.
    pub authority: String,
    /// The service.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// The outcome, when it is an end.
    pub outcome: Option<String>,
    /// Cases in it.
    pub cases: u64,
    /// When the longest-waiting one came to it, in milliseconds since 1970 UTC.
    pub oldest_ms: i64,
    /// The nearest deadline in it, in milliseconds since 1970 UTC.
    pub nearest_due_ms: Option<i64>,
}

/// A deadline of a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewDue {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Which clock of the case: a stage's or a branch's name.
    pub clock: String,
}

/// A deadline that has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The case.
    pub case: CaseId,
    /// The deadline.
    pub due: NewDue,
}

/// Something to be done once outside the transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// What is to be done, such as `certificate`.
    pub topic: String,
    /// With what, as JSON.
    pub body: Vec<u8>,
}

/// A message waiting to be delivered; it may be delivered more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number, rising.
    pub id: u64,
    /// The case it comes from.
    pub case: CaseId,
    /// What was asked.
    pub message: NewMessage,
}

/// A small thing kept by kind and key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its kind, such as `register/companies` or `session`.
    pub kind: String,
    /// Its key within the kind.
    pub key: String,
    /// Whose it is, for finding it.
    pub owner: Option<String>,
    /// The thing, usually JSON.
    pub body: Vec<u8>,
    /// Rises by one with every write, from 1.
    pub version: u64,
}

/// A write of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The kind.
    pub kind: String,
    /// The key.
    pub key: String,
    /// Whose it is.
    pub owner: Option<String>,
    /// The thing; none removes it.
    pub body: Option<Vec<u8>>,
    /// The version that must stand (0: none); unchecked when absent.
    pub expected: Option<u64>,
}

/// Which entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryQuery {
    /// The kind.
    pub kind: String,
    /// The one with this key.
    pub key: Option<String>,
    /// Those of this owner.
    pub owner: Option<String>,
    /// Only keys after this one, in byte order.
    pub after: Option<String>,
    /// At most this many (1 to 1000).
    pub limit: u32,
}
