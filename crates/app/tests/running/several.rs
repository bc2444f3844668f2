//! Several processes on one store: one signs the log, and another takes over.

use app::jobs::sequencer;

use crate::house::House;

fn size(app: &app::App) -> u64 {
    app.checkpoint().map_or(0, |published| published.checkpoint.size())
}

#[tokio::test]
async fn one_process_at_a_time_signs_the_log() {
    let mut house = House::open().await;
    let begun = sequencer::run(&house.app).await.unwrap();
    let other = house.another_process().await;
    house.submit("ali", "licence", "kind smith, size 90").await;
    // The other leaves it alone, however often it looks.
    assert_eq!(sequencer::run(&other).await.unwrap(), 0);
    assert_eq!(size(&other), begun as u64);
    let events = sequencer::run(&house.app).await.unwrap();
    assert!(events > 0);
    let events = begun + events;
    // It shows what was signed, as its readers would find it.
    assert_eq!(sequencer::run(&other).await.unwrap(), 0);
    assert_eq!(size(&other), events as u64);
    // The first process ends; the other goes on where it stopped.
    house.submit("zahra", "licence", "kind smith, size 90").await;
    house.app = other;
    let more = sequencer::run(&house.app).await.unwrap();
    assert!(more > 0);
    assert_eq!(size(&house.app), (events + more) as u64);
}
