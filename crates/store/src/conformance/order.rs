//! The log's order under concurrency.
//!
//! Must not know of: any backend.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinSet;

use super::given::{id, next, thing, witnessed};
use crate::{Idempotency, Store, StoreError};

/// Each of `tasks` opens its own case and appends to it `appends` times.
async fn write_at_once(store: &Arc<dyn Store>, tasks: u64, appends: u64) {
    let mut writers = JoinSet::new();
    for task in 0..tasks {
        let store = Arc::clone(store);
        writers.spawn(async move {
            for seq in 0..appends {
                store.append(witnessed(id(task), seq, 1)).await.unwrap();
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
}

pub async fn positions_have_no_gap_under_concurrency(store: Arc<dyn Store>) {
    write_at_once(&store, 300, 5).await;
    assert_eq!(super::whole::check(&*store).await, 1500);
}

pub async fn the_feed_never_skips_while_writers_run(store: Arc<dyn Store>) {
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn({
        let (store, done) = (Arc::clone(&store), Arc::clone(&done));
        async move {
            let mut seen = 0_u64;
            loop {
                // Asked before the read: when it is so, the read sees the end.
                let is_last = done.load(Ordering::SeqCst);
                let page = store.feed(seen, 7).await.unwrap();
                for row in &page {
                    assert_eq!(row.position, seen, "the feed skipped");
                    seen += 1;
                }
                if page.is_empty() && is_last {
                    return seen;
                }
            }
        }
    });
    write_at_once(&store, 100, 10).await;
    done.store(true, Ordering::SeqCst);
    assert_eq!(reader.await.unwrap(), 1000);
}

pub async fn of_two_equal_acts_one_wins(store: Arc<dyn Store>) {
    for seq in 0..20 {
        let mut rivals = JoinSet::new();
        for _ in 0..8 {
            let store = Arc::clone(&store);
            rivals.spawn(async move { store.append(witnessed(id(1), seq, 1)).await });
        }
        let mut won = 0;
        while let Some(outcome) = rivals.join_next().await {
            match outcome.unwrap() {
                Ok(_) => won += 1,
                Err(StoreError::Conflict { actual, .. }) => assert_eq!(actual, seq + 1),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
    }
    assert_eq!(super::whole::check(&*store).await, 20);
}

pub async fn of_two_equal_requests_one_is_done(store: Arc<dyn Store>) {
    let mut rivals = JoinSet::new();
    for rival in 0..32_u8 {
        let store = Arc::clone(&store);
        rivals.spawn(async move {
            // Each would open its own case, so that only the key stands between them.
            let mut append = next(id(rival.into()), 0, 1);
            append.idempotency =
                Some(Idempotency { key: "k".to_owned(), request: [1; 32], answer: vec![rival], at_ms: 0 });
            (rival, store.append(append).await)
        });
    }
    let (mut winners, mut answers) = (Vec::new(), Vec::new());
    while let Some(outcome) = rivals.join_next().await {
        match outcome.unwrap() {
            (rival, Ok(_)) => winners.push(vec![rival]),
            (_, Err(StoreError::Replayed { answer, .. })) => answers.push(answer),
            (_, Err(other)) => panic!("{other:?}"),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(answers.len(), 31);
    assert!(answers.iter().all(|answer| *answer == winners[0]));
    assert_eq!(store.feed(0, 100).await.unwrap().len(), 1);
}

pub async fn refusals_leave_their_neighbours_intact(store: Arc<dyn Store>) {
    let mut writers = JoinSet::new();
    for n in 0..300 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            match n % 3 {
                0 => assert!(matches!(store.append(witnessed(id(n), 4, 1)).await, Err(StoreError::Conflict { .. }))),
                1 => {
                    let mut stale = witnessed(id(n), 0, 1);
                    stale.puts[0].expected = Some(3);
                    assert!(matches!(store.append(stale).await, Err(StoreError::Stale { .. })));
                }
                _ => drop(store.append(witnessed(id(n), 0, 2)).await.unwrap()),
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    assert_eq!(super::whole::check(&*store).await, 200);
    assert_eq!(thing(&*store, "any").await, None);
}
