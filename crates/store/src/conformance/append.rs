//! What an append does and when it is refused.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use super::given::{event, id, kind, next, put, put_at, row, thing, witnessed};
use crate::{CaseRow, EventRow, Idempotency, NewDue, NewMessage, Store, StoreError};

pub async fn events_get_positions_and_links(store: Arc<dyn Store>) {
    assert_eq!(store.append(next(id(1), 0, 2)).await.unwrap(), 0);
    assert_eq!(store.append(next(id(2), 0, 1)).await.unwrap(), 2);
    assert_eq!(store.append(next(id(1), 2, 2)).await.unwrap(), 3);
    let at = |position, case, seq, previous| EventRow {
        position,
        case: id(case),
        seq,
        previous,
        event: event(seq),
        remains: None,
    };
    let first = [at(0, 1, 1, None), at(1, 1, 2, Some(0)), at(3, 1, 3, Some(1)), at(4, 1, 4, Some(3))];
    assert_eq!(store.history(id(1), 0, 100).await.unwrap(), first);
    assert_eq!(store.history(id(1), 1, 2).await.unwrap(), first[1..3]);
    assert_eq!(store.feed(2, 2).await.unwrap(), [at(2, 2, 1, None), first[2].clone()]);
    let stands = CaseRow { opened: 0, last_position: 4, ..row(id(1), 4) };
    assert_eq!(store.case(id(1)).await.unwrap(), Some(stands));
    let other = CaseRow { opened: 2, last_position: 2, ..row(id(2), 1) };
    assert_eq!(store.case(id(2)).await.unwrap(), Some(other));
}

pub async fn opening_twice_is_a_conflict(store: Arc<dyn Store>) {
    store.append(next(id(1), 0, 3)).await.unwrap();
    let again = store.append(next(id(1), 0, 1)).await;
    assert!(matches!(again, Err(StoreError::Conflict { expected: 0, actual: 3 })), "{again:?}");
    let unknown = store.append(next(id(2), 1, 1)).await;
    assert!(matches!(unknown, Err(StoreError::Conflict { expected: 1, actual: 0 })), "{unknown:?}");
}

pub async fn a_stale_writer_is_told_where_the_case_stands(store: Arc<dyn Store>) {
    store.append(witnessed(id(1), 0, 1)).await.unwrap();
    store.append(witnessed(id(1), 1, 1)).await.unwrap();
    let late = store.append(witnessed(id(1), 1, 5)).await;
    assert!(matches!(late, Err(StoreError::Conflict { expected: 1, actual: 2 })), "{late:?}");
    let early = store.append(witnessed(id(1), 3, 1)).await;
    assert!(matches!(early, Err(StoreError::Conflict { expected: 3, actual: 2 })), "{early:?}");
    assert_eq!(super::whole::check(&*store).await, 2);
}

fn keyed(key: &str, request: u8, answer: &[u8]) -> Option<Idempotency> {
    Some(Idempotency { key: key.to_owned(), request: [request; 32], answer: answer.to_vec(), at_ms: 1_000 })
}

pub async fn a_replay_gets_the_first_answer(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, 1);
    append.idempotency = keyed("ana/1", 7, b"first");
    store.append(append).await.unwrap();
    let mut again = next(id(1), 1, 1);
    again.idempotency = keyed("ana/1", 8, b"second");
    match store.append(again).await {
        Err(StoreError::Replayed { request, answer }) => assert_eq!((request, answer), ([7; 32], b"first".to_vec())),
        other => panic!("{other:?}"),
    }
    let mut other = next(id(1), 1, 1);
    other.idempotency = keyed("ana/2", 8, b"");
    assert_eq!(store.append(other).await.unwrap(), 1);
}

pub async fn an_answer_is_found_by_its_key(store: Arc<dyn Store>) {
    assert_eq!(store.answer("ana/1").await.unwrap(), None);
    let mut append = next(id(1), 0, 1);
    append.idempotency = keyed("ana/1", 7, b"first");
    store.append(append.clone()).await.unwrap();
    assert_eq!(store.answer("ana/1").await.unwrap(), append.idempotency);
    let mut refused = next(id(1), 5, 1);
    refused.idempotency = keyed("ana/2", 7, b"never");
    assert!(store.append(refused).await.is_err());
    assert_eq!(store.answer("ana/2").await.unwrap(), None);
    assert!(matches!(store.answer("a\0").await, Err(StoreError::Invalid(_))));
    // Kept for a day, and forgotten some time after it.
    let day_ms = 24 * 60 * 60 * 1000;
    for n in 1..=3 {
        let mut later = next(id(1), n, 1);
        later.idempotency = keyed(&n.to_string(), 1, b"");
        later.idempotency.as_mut().unwrap().at_ms = 1_000 + day_ms + i64::from(n > 1);
        store.append(later).await.unwrap();
        assert_eq!(store.answer("ana/1").await.unwrap().is_some(), n == 1);
    }
    assert!(store.answer("1").await.unwrap().is_some());
}

pub async fn a_replay_is_seen_before_a_conflict(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, 1);
    append.idempotency = keyed("k", 1, b"answer");
    store.append(append.clone()).await.unwrap();
    let again = store.append(append).await;
    assert!(matches!(again, Err(StoreError::Replayed { .. })), "{again:?}");
    // A key whose request was refused is free.
    let mut refused = next(id(1), 0, 1);
    refused.idempotency = keyed("free", 1, b"");
    assert!(matches!(store.append(refused).await, Err(StoreError::Conflict { .. })));
    let mut done = next(id(1), 1, 1);
    done.idempotency = keyed("free", 1, b"");
    store.append(done).await.unwrap();
}

pub async fn a_stale_entry_refuses_everything(store: Arc<dyn Store>) {
    store.put(vec![put_at(0, "draft", Some(b"1"))]).await.unwrap();
    let mut append = next(id(1), 0, 1);
    append.puts = vec![put("thing", "other", None, Some(b"x")), put_at(2, "draft", None)];
    match store.append(append.clone()).await {
        Err(StoreError::Stale { kind, key }) => assert_eq!((kind.as_str(), key.as_str()), ("thing", "draft")),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.case(id(1)).await.unwrap(), None);
    assert_eq!(thing(&*store, "other").await, None);
    append.puts[1].expected = Some(1);
    assert_eq!(store.append(append).await.unwrap(), 0, "the refused append took no position");
    assert_eq!(thing(&*store, "draft").await, None);
}

pub async fn everything_stands_or_nothing(store: Arc<dyn Store>) {
    for seq in 0..20 {
        store.append(witnessed(id(seq % 3), seq / 3, 1)).await.unwrap();
        // A refused one in between that would have changed everything.
        let mut refused = witnessed(id(seq % 3), seq / 3 + 5, 2);
        refused.outbox.push(NewMessage { topic: "never".to_owned(), body: Vec::new() });
        assert!(matches!(store.append(refused).await, Err(StoreError::Conflict { .. })));
        super::whole::check(&*store).await;
    }
    assert_eq!(store.outbox(None, 100).await.unwrap().len(), 20);
    assert_eq!(store.entries(kind("witness")).await.unwrap().len(), 3);
}

pub async fn what_breaks_the_contract_is_refused(store: Arc<dyn Store>) {
    let mut broken = Vec::new();
    let mut push = |change: &dyn Fn(&mut crate::Append)| {
        let mut append = next(id(1), 0, 2);
        change(&mut append);
        broken.push(append);
    };
    push(&|append| append.events.clear());
    push(&|append| append.row.seq = 3);
    push(&|append| append.row.case = id(2));
    push(&|append| append.expected_seq = u64::MAX);
    push(&|append| append.row.stage = "\0".to_owned());
    push(&|append| append.due = vec![NewDue { at_ms: 0, clock: "a\0".to_owned() }]);
    push(&|append| append.puts = vec![put_at(0, "k", None), put_at(0, "k", None)]);
    for append in broken {
        let refused = store.append(append).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
    }
    assert_eq!(store.feed(0, 10).await.unwrap(), []);
}

pub async fn an_unknown_case_is_empty(store: Arc<dyn Store>) {
    assert_eq!(store.case(id(9)).await.unwrap(), None);
    assert_eq!(store.history(id(9), 0, 10).await.unwrap(), []);
    assert_eq!(store.feed(0, 10).await.unwrap(), []);
    assert_eq!(store.queues(None).await.unwrap(), []);
    assert_eq!(store.due(i64::MAX, None, 10).await.unwrap(), []);
    assert_eq!(store.outbox(None, 10).await.unwrap(), []);
}
