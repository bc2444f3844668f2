//! A task is one process's at a time.

use std::sync::Arc;
use std::time::Duration;

use crate::Store;

pub async fn a_task_is_one_taker_s_until_it_is_given_up(store: Arc<dyn Store>) {
    let task = store.take("signing").await.unwrap().expect("nobody has it");
    assert!(task.is_held().await);
    assert!(store.take("signing").await.unwrap().is_none());
    let other = store.take("sweeping").await.unwrap().expect("another task is free");
    drop(task);
    // A server may take a moment to see that a connection has ended.
    for _ in 0..100 {
        if store.take("signing").await.unwrap().is_some() {
            assert!(other.is_held().await);
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the task was not given up");
}
