//! Entries by kind and key.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::given::{kind, put, put_at, thing};
use crate::{Entry, EntryQuery, Put, Store, StoreError};

pub async fn versions_rise(store: Arc<dyn Store>) {
    store.put(vec![put_at(0, "k", Some(b"a"))]).await.unwrap();
    store.put(vec![put_at(1, "k", Some(b"b"))]).await.unwrap();
    store.put(vec![put("thing", "k", Some("ana"), Some(b"c"))]).await.unwrap();
    let entry = thing(&*store, "k").await.unwrap();
    let expected = Entry {
        kind: "thing".to_owned(),
        key: "k".to_owned(),
        owner: Some("ana".to_owned()),
        body: b"c".to_vec(),
        version: 3,
    };
    assert_eq!(entry, expected);
    for wrong in [0, 2, 4, u64::MAX] {
        let stale = store.put(vec![put_at(wrong, "k", Some(b"d"))]).await;
        assert!(matches!(stale, Err(StoreError::Stale { .. })), "{wrong}: {stale:?}");
    }
    assert_eq!(thing(&*store, "k").await, Some(expected));
}

pub async fn removal_starts_again(store: Arc<dyn Store>) {
    store.put(vec![put_at(0, "k", Some(b"a"))]).await.unwrap();
    store.put(vec![put_at(1, "k", None)]).await.unwrap();
    assert_eq!(thing(&*store, "k").await, None);
    store.put(vec![put("thing", "k", None, None), put_at(0, "never", None)]).await.unwrap();
    store.put(vec![put_at(0, "k", Some(b"b"))]).await.unwrap();
    assert_eq!(thing(&*store, "k").await.unwrap().version, 1);
    store.put(Vec::new()).await.unwrap();
}

pub async fn one_stale_entry_refuses_all(store: Arc<dyn Store>) {
    let puts: Vec<Put> = (0..10).map(|n| put_at(if n == 7 { 1 } else { 0 }, &n.to_string(), Some(b"x"))).collect();
    match store.put(puts).await {
        Err(StoreError::Stale { key, .. }) => assert_eq!(key, "7"),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.entries(kind("thing")).await.unwrap(), []);
}

pub async fn listings_page_by_key_and_owner(store: Arc<dyn Store>) {
    // In byte order, whatever a locale would say.
    let keys = ["", "A", "B", "Z", "_", "a", "b", "é", "ی", "𐏈"];
    let owner = |place: usize| place.is_multiple_of(2).then_some("ana");
    let puts = keys.iter().enumerate().rev().map(|(place, key)| put("thing", key, owner(place), Some(b"x"))).collect();
    store.put(puts).await.unwrap();
    store.put(vec![put("thing/other", "A", Some("ana"), Some(b"y"))]).await.unwrap();
    for of in [None, Some("ana"), Some("nobody")] {
        let expected: Vec<&str> = keys
            .iter()
            .enumerate()
            .filter(|(place, _)| of.is_none() || owner(*place) == of)
            .map(|(_, key)| *key)
            .collect();
        for limit in [1, 3, 1000] {
            let mut found: Vec<String> = Vec::new();
            loop {
                let query =
                    EntryQuery { owner: of.map(str::to_owned), after: found.last().cloned(), limit, ..kind("thing") };
                let page = store.entries(query).await.unwrap();
                if page.is_empty() {
                    break;
                }
                assert!(page.len() <= limit as usize);
                found.extend(page.into_iter().map(|entry| entry.key));
            }
            assert_eq!(found, expected);
        }
    }
}

pub async fn racing_writers_do_not_lose_updates(store: Arc<dyn Store>) {
    store.put(vec![put_at(0, "n", Some(&0_u64.to_be_bytes()))]).await.unwrap();
    let mut writers = JoinSet::new();
    for _ in 0..10 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let mut done = 0;
            while done < 5 {
                let entry = thing(&*store, "n").await.unwrap();
                let n = u64::from_be_bytes(entry.body.try_into().unwrap()) + 1;
                match store.put(vec![put_at(entry.version, "n", Some(&n.to_be_bytes()))]).await {
                    Ok(()) => done += 1,
                    Err(StoreError::Stale { .. }) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    let entry = thing(&*store, "n").await.unwrap();
    assert_eq!((u64::from_be_bytes(entry.body.try_into().unwrap()), entry.version), (50, 51));
}
