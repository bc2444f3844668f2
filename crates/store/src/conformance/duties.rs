//! What is still to be done: deadlines, messages, rebuilding.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use super::given::{id, next, of};
use crate::{CaseRow, CasesOf, Due, NewDue, NewMessage, Store, StoreError};

fn due(at_ms: i64, clock: &str) -> NewDue {
    NewDue { at_ms, clock: clock.to_owned() }
}

fn due_of(case: u64, at_ms: i64, clock: &str) -> Due {
    Due { case: id(case), due: due(at_ms, clock) }
}

pub async fn deadlines_come_in_order(store: Arc<dyn Store>) {
    let mut first = next(id(1), 0, 1);
    first.due = vec![due(50, "b"), due(10, "a"), due(50, "a"), due(50, "a")];
    store.append(first).await.unwrap();
    let mut second = next(id(2), 0, 1);
    second.due = vec![due(-20, "a"), due(50, "a"), due(51, "a")];
    store.append(second).await.unwrap();
    let all = [due_of(2, -20, "a"), due_of(1, 10, "a"), due_of(1, 50, "a"), due_of(1, 50, "b"), due_of(2, 50, "a")];
    assert_eq!(store.due(50, None, 100).await.unwrap(), all);
    assert_eq!(store.due(49, None, 100).await.unwrap(), all[..2]);
    assert_eq!(store.due(50, None, 3).await.unwrap(), all[..3]);
    assert_eq!(store.due(-21, None, 100).await.unwrap(), []);
}

pub async fn deadlines_come_page_by_page(store: Arc<dyn Store>) {
    // The order of opening is not the order of ids, and many cases share a deadline: the end of a day.
    for case in [7, 3, 9, 1] {
        let mut append = next(id(case), 0, 1);
        append.due = vec![due(50, "b"), due(50, "a"), due(60, "a"), due(40, "c")];
        store.append(append).await.unwrap();
    }
    let all = store.due(55, None, 100).await.unwrap();
    assert_eq!(all.len(), 12);
    let mut paged = Vec::new();
    while let Some(page) = Some(store.due(55, paged.last(), 5).await.unwrap()).filter(|page| !page.is_empty()) {
        paged.extend(page);
    }
    assert_eq!(paged, all);
    let mut moved = next(id(7), 1, 1);
    moved.due = Vec::new();
    store.append(moved).await.unwrap();
    let gone = all.iter().find(|due| due.case == id(7) && due.due.clock == "b").unwrap();
    let left: Vec<Due> = all[6..].iter().filter(|due| due.case != id(7)).cloned().collect();
    assert_eq!(store.due(55, Some(gone), 100).await.unwrap(), left, "a page goes on after one that is gone by now");
}

pub async fn deadlines_follow_the_row(store: Arc<dyn Store>) {
    for (seq, deadlines) in
        [(0, vec![due(1, "a"), due(2, "b")]), (1, vec![due(2, "b"), due(1, "a")]), (2, vec![due(2, "b"), due(9, "c")])]
    {
        let mut append = next(id(1), seq, 1);
        append.due = deadlines.clone();
        store.append(append).await.unwrap();
        let mut sorted = deadlines;
        sorted.sort();
        let expected: Vec<Due> = sorted.into_iter().map(|due| Due { case: id(1), due }).collect();
        assert_eq!(store.due(i64::MAX, None, 10).await.unwrap(), expected);
    }
    store.append(next(id(1), 3, 1)).await.unwrap();
    assert_eq!(store.due(i64::MAX, None, 10).await.unwrap(), []);
}

pub async fn messages_stay_until_settled(store: Arc<dyn Store>) {
    let message = |n: u8| NewMessage { topic: "notice".to_owned(), body: vec![n] };
    let mut append = next(id(1), 0, 1);
    append.outbox = vec![message(1), message(2), message(1)];
    store.append(append).await.unwrap();
    let mut append = next(id(2), 0, 3);
    append.outbox = vec![message(3)];
    store.append(append).await.unwrap();
    let waiting = store.outbox(None, 100).await.unwrap();
    let bodies: Vec<u8> = waiting.iter().map(|message| message.message.body[0]).collect();
    assert_eq!(bodies, [1, 2, 1, 3]);
    assert_eq!((waiting[0].case, waiting[3].case), (id(1), id(2)));
    assert!(waiting.is_sorted_by_key(|message| message.id));
    assert_eq!(store.outbox(None, 2).await.unwrap(), waiting[..2]);
    assert_eq!(store.outbox(Some(waiting[1].id), 100).await.unwrap(), waiting[2..]);
    assert_eq!(store.outbox(Some(u64::MAX), 100).await.unwrap(), []);
    store.settle(&[waiting[1].id, u64::MAX, 77]).await.unwrap();
    store.settle(&[waiting[1].id]).await.unwrap();
    store.settle(&[]).await.unwrap();
    let left: Vec<u64> = store.outbox(None, 100).await.unwrap().iter().map(|message| message.id).collect();
    assert_eq!(left, [waiting[0].id, waiting[2].id, waiting[3].id]);
}

pub async fn message_numbers_are_never_given_twice(store: Arc<dyn Store>) {
    let mut former = None;
    for seq in 0..5 {
        let mut append = next(id(1), seq, 1);
        append.outbox = vec![NewMessage { topic: "t".to_owned(), body: Vec::new() }; 3];
        store.append(append).await.unwrap();
        let ids: Vec<u64> = store.outbox(None, 10).await.unwrap().iter().map(|message| message.id).collect();
        assert_eq!(ids.len(), 3);
        assert!(Some(ids[0]) > former, "a number that was settled came again");
        former = ids.last().copied();
        store.settle(&ids).await.unwrap();
    }
}

pub async fn restating_replaces_the_row(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, 2);
    append.row.holders = vec!["omid".to_owned()];
    append.due = vec![due(1, "a")];
    store.append(append).await.unwrap();
    let row = CaseRow {
        stage: "permit".to_owned(),
        outcome: Some("granted".to_owned()),
        holders: vec!["sara".to_owned()],
        // What the store fills, it keeps.
        opened: 77,
        last_position: 78,
        state: b"again".to_vec(),
        ..super::given::row(id(1), 2)
    };
    store.restate(row.clone(), vec![due(5, "z")]).await.unwrap();
    let stands = CaseRow { opened: 0, last_position: 1, ..row };
    assert_eq!(store.case(id(1)).await.unwrap().as_ref(), Some(&stands));
    assert_eq!(store.cases(of(CasesOf::Holder("sara".to_owned()))).await.unwrap(), [stands]);
    assert_eq!(store.cases(of(CasesOf::Holder("omid".to_owned()))).await.unwrap(), []);
    assert_eq!(store.due(100, None, 10).await.unwrap(), [due_of(1, 5, "z")]);
    assert_eq!(store.history(id(1), 0, 10).await.unwrap().len(), 2);
}

pub async fn restating_a_moved_case_is_a_conflict(store: Arc<dyn Store>) {
    store.append(next(id(1), 0, 2)).await.unwrap();
    let late = store.restate(super::given::row(id(1), 1), vec![due(1, "a")]).await;
    assert!(matches!(late, Err(StoreError::Conflict { expected: 1, actual: 2 })), "{late:?}");
    let unknown = store.restate(super::given::row(id(2), 1), Vec::new()).await;
    assert!(matches!(unknown, Err(StoreError::Conflict { expected: 1, actual: 0 })), "{unknown:?}");
    assert_eq!(store.due(100, None, 10).await.unwrap(), []);
}
