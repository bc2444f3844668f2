//! The ends of what can be kept.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use super::given::{id, kind, next, of, put};
use crate::{
    CaseQuery, CaseRow, CasesOf, EntryQuery, Idempotency, MAX_BODY_BYTES, MAX_PER_APPEND, MAX_TEXT_BYTES, NewDue,
    NewMessage, Store, StoreError,
};

pub async fn numbers_reach_their_ends(store: Arc<dyn Store>) {
    for (n, end) in [(1, i64::MIN), (2, i64::MAX)] {
        let mut append = next(id(n), 0, 1);
        append.events[0].at_ms = end;
        append.row.opened_ms = end;
        append.row.stage_since_ms = end;
        append.row.due_ms = Some(end);
        append.due = vec![NewDue { at_ms: end, clock: "c".to_owned() }];
        append.idempotency = Some(Idempotency { key: n.to_string(), request: [0; 32], answer: Vec::new(), at_ms: end });
        let position = store.append(append.clone()).await.unwrap();
        assert_eq!(store.history(id(n), 0, 1).await.unwrap()[0].event, append.events[0]);
        let stands = CaseRow { opened: position, last_position: position, ..append.row };
        assert_eq!(store.case(id(n)).await.unwrap(), Some(stands));
    }
    assert_eq!(store.due(i64::MAX, None, 10).await.unwrap().len(), 2);
    assert_eq!(store.due(i64::MIN, None, 10).await.unwrap().len(), 1);
    assert_eq!(store.feed(u64::MAX, 10).await.unwrap(), []);
    assert_eq!(store.history(id(1), u64::MAX, 10).await.unwrap(), []);
    let mut far = next(id(1), 5, 1);
    (far.expected_seq, far.row.seq) = (u64::MAX - 1, u64::MAX);
    assert!(matches!(store.append(far).await, Err(StoreError::Conflict { actual: 1, .. })));
    let mut far = super::given::row(id(1), 1);
    far.seq = u64::MAX;
    assert!(matches!(store.restate(far, Vec::new()).await, Err(StoreError::Conflict { actual: 1, .. })));
}

pub async fn texts_come_back_as_they_were(store: Arc<dyn Store>) {
    let texts = [
        "",
        " ",
        "شرکت\u{200c}ها",
        "ي≠ی",
        "e\u{301}≠é",
        "𐏈🪟",
        "'; DROP TABLE events; --",
        "\\x00\"{},NULL",
        "\u{202e}\u{feff}\u{10ffff}\r\n\t\u{1}",
        &"ب".repeat(250),
    ];
    for (n, text) in (0..).zip(texts) {
        let text = text.to_owned();
        let mut append = next(id(n), 0, 1);
        append.events[0].kind.clone_from(&text);
        append.events[0].stage = Some(text.clone());
        append.row = CaseRow {
            reference: text.clone(),
            // Without a service it would be no case.
            service: if text.is_empty() { "s".to_owned() } else { text.clone() },
            authority: text.clone(),
            applicant: text.clone(),
            stage: text.clone(),
            outcome: Some(text.clone()),
            holders: vec![text.clone(), "b".to_owned()],
            opened: n,
            last_position: n,
            ..append.row
        };
        append.due = vec![NewDue { at_ms: n.cast_signed(), clock: text.clone() }];
        append.outbox = vec![NewMessage { topic: text.clone(), body: vec![0, 255, 0] }];
        append.puts = vec![put("text", &text, Some(&text), Some(text.as_bytes()))];
        store.append(append.clone()).await.unwrap();
        assert_eq!(store.case(id(n)).await.unwrap().as_ref(), Some(&append.row));
        assert_eq!(store.history(id(n), 0, 1).await.unwrap()[0].event, append.events[0]);
        for whose in [
            CasesOf::Reference(text.clone()),
            CasesOf::Applicant(text.clone()),
            CasesOf::Holder(text.clone()),
            CasesOf::Authority(text.clone()),
        ] {
            assert_eq!(store.cases(of(whose)).await.unwrap(), [append.row.clone()]);
        }
        let query = EntryQuery { key: Some(text.clone()), owner: Some(text.clone()), ..kind("text") };
        assert_eq!(store.entries(query).await.unwrap()[0].key, text);
        assert_eq!(store.queues(Some(&text)).await.unwrap()[0].stage, text);
        assert_eq!(store.due(n.cast_signed(), None, 100).await.unwrap().last().unwrap().due, append.due[0]);
        assert_eq!(store.outbox(None, 100).await.unwrap().last().unwrap().message, append.outbox[0]);
    }
}

pub async fn bodies_may_be_huge(store: Arc<dyn Store>) {
    let body: Vec<u8> = (0..4_000_003_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let mut append = next(id(1), 0, 2);
    append.events[1].body.clone_from(&body);
    append.row.state.clone_from(&body);
    append.puts = vec![put("huge", "k", None, Some(&body))];
    append.outbox = vec![NewMessage { topic: "huge".to_owned(), body: body.clone() }];
    store.append(append).await.unwrap();
    assert!(store.feed(0, 10).await.unwrap()[1].event.body == body);
    assert!(store.case(id(1)).await.unwrap().unwrap().state == body);
    assert!(store.entries(kind("huge")).await.unwrap()[0].body == body);
    assert!(store.outbox(None, 10).await.unwrap()[0].message.body == body);
    let mut append = next(id(1), 2, 1);
    append.events[0].body = vec![b'x'; MAX_BODY_BYTES + 1];
    assert!(matches!(store.append(append).await, Err(StoreError::Invalid(_))));
}

pub async fn limits_are_held(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, MAX_PER_APPEND as u64);
    append.row.holders = (0..MAX_PER_APPEND).map(|n| n.to_string()).collect();
    append.due = (0..1000).map(|n| NewDue { at_ms: n, clock: n.to_string() }).collect();
    store.append(append).await.unwrap();
    assert_eq!(store.feed(0, 0).await.unwrap(), []);
    assert_eq!(store.feed(0, u32::MAX).await.unwrap().len(), MAX_PER_APPEND);
    assert_eq!(store.feed(999, 5).await.unwrap().len(), 1);
    assert_eq!(store.history(id(1), 990, u32::MAX).await.unwrap().len(), 10);
    assert_eq!(store.due(i64::MAX, None, u32::MAX).await.unwrap().len(), 1000);
    // A listing's limit is from 1 to 1000, whatever is asked.
    store.append(next(id(2), 0, 1)).await.unwrap();
    let none = CaseQuery { limit: 0, ..of(CasesOf::All) };
    assert_eq!(store.cases(none).await.unwrap().len(), 1);
    let entries = (0..1001).map(|n| put("many", &n.to_string(), None, Some(b""))).collect();
    store.put(entries).await.unwrap();
    assert_eq!(store.entries(EntryQuery { limit: u32::MAX, ..kind("many") }).await.unwrap().len(), 1000);
    let mut append = next(id(3), 0, MAX_PER_APPEND as u64);
    append.events.push(append.events[0].clone());
    append.row.seq += 1;
    assert!(matches!(store.append(append).await, Err(StoreError::Invalid(_))));
}

pub async fn what_no_database_keeps_is_refused(store: Arc<dyn Store>) {
    let long = "x".repeat(MAX_TEXT_BYTES + 1);
    for text in ["a\0b", long.as_str()] {
        let refused = store.put(vec![put("thing", text, None, Some(b""))]).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
        let refused = store.cases(of(CasesOf::Holder(text.to_owned()))).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
        let refused = store.entries(EntryQuery { after: Some(text.to_owned()), ..kind("thing") }).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
        let refused = store.queues(Some(text)).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
    }
}
