//! Events that lose what they said.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use super::given::{event, id, next, put_at};
use crate::{Append, Erase, EventRow, Store, StoreError};

fn erase(position: u64, body: &[u8], remains: &[u8]) -> Erase {
    Erase { position, body: body.to_vec(), remains: remains.to_vec() }
}

/// A further event of case 1, which has two, that erases.
fn erasing(erases: Vec<Erase>) -> Append {
    Append { erases, ..next(id(1), 2, 1) }
}

async fn two_cases(store: &Arc<dyn Store>) -> Vec<EventRow> {
    store.append(next(id(1), 0, 1)).await.unwrap();
    store.append(next(id(2), 0, 1)).await.unwrap();
    store.append(next(id(1), 1, 1)).await.unwrap();
    store.feed(0, 100).await.unwrap()
}

pub async fn an_erased_event_keeps_its_place(store: Arc<dyn Store>) {
    let before = two_cases(&store).await;
    assert_eq!(store.append(erasing(vec![erase(0, b"gone", b"left")])).await.unwrap(), 3);
    let mut after = before.clone();
    after[0].event.body = b"gone".to_vec();
    after[0].event.salt = [0; 32];
    after[0].remains = Some(b"left".to_vec());
    after.push(EventRow { position: 3, case: id(1), seq: 3, previous: Some(2), event: event(3), remains: None });
    assert_eq!(store.feed(0, 100).await.unwrap(), after);
    // Once more: what remained of it then may shrink again.
    let again = Append { erases: vec![erase(0, b"", b""), erase(2, b"x", b"y")], ..next(id(1), 3, 1) };
    store.append(again).await.unwrap();
    let history = store.history(id(1), 0, 100).await.unwrap();
    let bodies: Vec<(&[u8], Option<&[u8]>)> =
        history.iter().map(|row| (row.event.body.as_slice(), row.remains.as_deref())).collect();
    let stands = event(3);
    let last = event(4);
    assert_eq!(bodies, [(&b""[..], Some(&b""[..])), (b"x", Some(b"y")), (&stands.body, None), (&last.body, None)]);
    store.scrub().await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(store.history(id(1), 0, 100).await.unwrap(), history, "scrubbing changes nothing that stands");
}

pub async fn what_is_not_the_case_s_own_is_not_erased(store: Arc<dyn Store>) {
    let before = two_cases(&store).await;
    for position in [1, 3, 4, u64::MAX] {
        let refused = store.append(erasing(vec![erase(0, b"gone", b""), erase(position, b"gone", b"")])).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{position}: {refused:?}");
    }
    let twice = store.append(erasing(vec![erase(0, b"gone", b""), erase(0, b"gone", b"")])).await;
    assert!(matches!(twice, Err(StoreError::Invalid(_))), "{twice:?}");
    let first = Append { erases: vec![erase(0, b"gone", b"")], ..next(id(3), 0, 1) };
    assert!(matches!(store.append(first).await, Err(StoreError::Invalid(_))));
    assert_eq!(store.feed(0, 100).await.unwrap(), before);
}

pub async fn a_refused_erasure_erases_nothing(store: Arc<dyn Store>) {
    let before = two_cases(&store).await;
    let late = Append { erases: vec![erase(0, b"gone", b"")], ..next(id(1), 1, 1) };
    assert!(matches!(store.append(late).await, Err(StoreError::Conflict { .. })));
    let mut stale = erasing(vec![erase(0, b"gone", b"")]);
    stale.puts = vec![put_at(7, "k", None)];
    assert!(matches!(store.append(stale).await, Err(StoreError::Stale { .. })));
    assert_eq!(store.feed(0, 100).await.unwrap(), before);
}
