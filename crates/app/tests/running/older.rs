//! A zone that starts with less than it had: a database that was put back from an older copy, a clock that was set back.

use std::sync::Arc;

use app::jobs::sequencer;
use app::{Store, integrity};
use jiff::{SignedDuration, Timestamp};
use store_sqlite::SqliteStore;

use crate::house::House;

/// The database as it is now, in a folder of its own.
fn copied(house: &House) -> (Arc<dyn Store>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["store.sqlite", "store.sqlite-wal"] {
        std::fs::copy(house.folder().join(name), folder.path().join(name)).unwrap();
    }
    (Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap()), folder)
}

async fn smith(house: &House, size: u32) {
    house.submit("ali", "licence", &format!("kind smith, size {size}")).await;
    sequencer::run(&house.app).await.unwrap();
}

async fn events(store: &Arc<dyn Store>) -> usize {
    store.feed(0, 1000).await.unwrap().len()
}

#[tokio::test]
async fn a_database_that_is_older_than_the_log_ends_the_start() {
    let house = House::open().await;
    smith(&house, 90).await;
    let (older, _folder) = copied(&house);
    smith(&house, 91).await;
    let (had, signed) = (events(&older).await, events(&house.store).await);
    let why = house.restart_on(Arc::clone(&older)).await.err().unwrap().to_string();
    let said =
        format!("the database has {had} events and the log has signed {signed}: the database is older than the log");
    assert!(why.contains(&said), "{why}");
    assert_eq!(events(&older).await, had, "something was written");
}

#[tokio::test]
async fn a_database_in_which_the_last_signed_event_is_another_ends_the_start() {
    let house = House::open().await;
    smith(&house, 90).await;
    let (older, folder) = copied(&house);
    smith(&house, 91).await;
    // It went on elsewhere, and has as many events and more.
    let elsewhere = House::on(Arc::clone(&older), folder, app::LotsFrom::Own).await;
    smith(&elsewhere, 92).await;
    smith(&elsewhere, 93).await;
    let had = events(&older).await;
    assert!(had > events(&house.store).await);
    let why = house.restart_on(Arc::clone(&older)).await.err().unwrap().to_string();
    assert!(why.contains("is another in the database"), "{why}");
    assert_eq!(events(&older).await, had, "something was written");
}

#[tokio::test]
async fn an_empty_database_beside_a_log_ends_the_start_and_the_own_one_goes_on() {
    let house = House::open().await;
    smith(&house, 90).await;
    let (own, checkpoint) = (Arc::clone(&house.store), std::fs::read(house.log_file("checkpoint")).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let empty: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
    let other = House::open().await;
    smith(&other, 95).await;
    let why = other.restart_on(Arc::clone(&empty)).await.err().unwrap().to_string();
    assert!(why.contains("the database has 0 events"), "{why}");
    assert_eq!(events(&empty).await, 0);
    let house = house.restart_on(own).await.unwrap();
    assert_eq!(std::fs::read(house.log_file("checkpoint")).unwrap(), checkpoint);
    smith(&house, 96).await;
}

/// The latest moment in the record.
async fn latest(house: &House) -> Timestamp {
    let rows = house.store.feed(0, 1000).await.unwrap();
    Timestamp::from_millisecond(rows.iter().map(|row| row.event.at_ms).max().unwrap()).unwrap()
}

#[tokio::test]
async fn after_a_start_with_a_clock_that_was_set_back_time_goes_on_from_the_record() {
    let house = House::open().await;
    house.app.clock.advance(SignedDuration::from_hours(24));
    smith(&house, 90).await;
    let newest = latest(&house).await;
    // The system's clock is a day behind that.
    let house = house.restart(None).await.unwrap();
    assert!(Timestamp::now() < newest);
    assert_eq!(house.app.clock.now(), newest, "it stands still");
    smith(&house, 91).await;
    let rows = house.store.feed(0, 1000).await.unwrap();
    let times: Vec<i64> = rows.iter().map(|row| row.event.at_ms).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[tokio::test]
async fn what_another_process_recorded_lies_behind_this_one_too() {
    let house = House::open().await;
    let behind = house.another_process().await;
    house.app.clock.advance(SignedDuration::from_hours(24));
    smith(&house, 90).await;
    let newest = latest(&house).await;
    assert!(behind.clock.now() < newest);
    integrity::run(&behind).await.unwrap();
    assert_eq!(behind.clock.now(), newest);
}
