//! Cases, events and appends to test with.
//!
//! Must not know of: any backend, any single rule.

use crate::{Append, CaseId, CaseQuery, CaseRow, CasesOf, Entry, EntryQuery, Erase, NewDue, NewEvent, NewMessage, Put};

/// The `n`th case's id; far from its neighbours, as random ids are.
pub fn id(n: u64) -> CaseId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    CaseId(bytes)
}

/// A case's event with this sequence number.
pub fn event(seq: u64) -> NewEvent {
    NewEvent {
        kind: "noted".to_owned(),
        stage: seq.is_multiple_of(2).then(|| "review".to_owned()),
        at_ms: 1_000 + seq.cast_signed(),
        body: format!("{{\"seq\":{seq}}}").into_bytes(),
        salt: [seq.to_be_bytes()[7]; 32],
    }
}

/// A case's row after `seq` events.
pub fn row(case: CaseId, seq: u64) -> CaseRow {
    CaseRow {
        case,
        reference: case.reference(),
        service: "licence".to_owned(),
        authority: "zone".to_owned(),
        applicant: "ana".to_owned(),
        stage: "review".to_owned(),
        outcome: None,
        holders: Vec::new(),
        seq,
        opened: 0,
        last_position: 0,
        opened_ms: 1_000,
        stage_since_ms: 1_000,
        due_ms: None,
        state: format!("{{\"seq\":{seq}}}").into_bytes(),
    }
}

/// `events` further events of a case that has `seq`.
pub fn next(case: CaseId, seq: u64, events: u64) -> Append {
    Append {
        case,
        expected_seq: seq,
        events: (seq + 1..=seq + events).map(event).collect(),
        row: row(case, seq + events),
        due: Vec::new(),
        outbox: Vec::new(),
        puts: Vec::new(),
        idempotency: None,
        erases: Vec::new(),
    }
}

/// The same, with a holder, a deadline, a message and an entry that all tell the sequence number: [`super::whole::check`] compares them.
pub fn witnessed(case: CaseId, seq: u64, events: u64) -> Append {
    let mut append = next(case, seq, events);
    let at_ms = (seq + events).cast_signed();
    append.row.due_ms = Some(at_ms);
    append.row.holders = vec![format!("holder {}", (seq + events) % 3)];
    append.due = vec![NewDue { at_ms, clock: case.to_string() }];
    append.outbox = vec![NewMessage { topic: "witness".to_owned(), body: append.row.state.clone() }];
    append.puts = vec![put("witness", &case.to_string(), None, Some(&append.row.state))];
    append
}

/// What a case's first event becomes in an append that brings the case to `seq`: [`super::whole::check`] compares the two.
pub fn erased_first(position: u64, seq: u64) -> Erase {
    Erase { position, body: format!("erased at {seq}").into_bytes(), remains: seq.to_string().into_bytes() }
}

/// A write of an entry, whatever version stands.
pub fn put(kind: &str, key: &str, owner: Option<&str>, body: Option<&[u8]>) -> Put {
    Put {
        kind: kind.to_owned(),
        key: key.to_owned(),
        owner: owner.map(str::to_owned),
        body: body.map(<[u8]>::to_vec),
        expected: None,
    }
}

/// A write of an entry that must be at a version.
pub fn put_at(expected: u64, key: &str, body: Option<&[u8]>) -> Put {
    Put { expected: Some(expected), ..put("thing", key, None, body) }
}

/// All cases of someone, the oldest first.
pub fn of(of: CasesOf) -> CaseQuery {
    CaseQuery { of, open: false, after: None, newest_first: false, limit: 1000 }
}

/// All entries of a kind.
pub fn kind(kind: &str) -> EntryQuery {
    EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 1000 }
}

/// The entry of kind `thing` with this key.
pub async fn thing(store: &dyn crate::Store, key: &str) -> Option<Entry> {
    let query = EntryQuery { key: Some(key.to_owned()), ..kind("thing") };
    store.entries(query).await.unwrap().pop()
}
