//! Entries durable, integrated and signed: `cargo run --release -p app --example log_rate -- ZONE FOLDER [SECONDS]`.
//!
//! Two figures. While 256 tasks submit cases, whose events the store makes durable: entries a second until the checkpoint that covers the last of
//! them is signed and written. And the log alone: every tile made again from the store's events, to the same signed root. Prints one JSON
//! object.

mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::App;
use common::{Failure, Licence};
use tokio::sync::watch;

/// Cases submitted at once.
const AT_ONCE: usize = 256;
/// Premises that the cases are about, in turn.
const PREMISES: usize = 20_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: log_rate ZONE FOLDER [SECONDS]";
    let (zone, folder) = (args.next().ok_or(usage)?, args.next().ok_or(usage)?);
    let seconds: u64 = args.next().map_or(Ok(10), |seconds| seconds.parse())?;
    let (zone, folder) = (Path::new(&zone), Path::new(&folder));
    let app = common::open(zone, folder).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let took = submit(&app, Duration::from_secs(seconds)).await?;
    let entries = size(&app);
    let root = app.checkpoint().map(|published| *published.checkpoint.root());
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    drop(app);

    // The tiles go, the events stay.
    std::fs::remove_dir_all(folder.join("objects/log"))?;
    let begun = Instant::now();
    let again = common::open(zone, folder).await?;
    let alone = begun.elapsed();
    if size(&again) != entries || again.checkpoint().map(|published| *published.checkpoint.root()) != root {
        return Err("the log came out otherwise".into());
    }
    println!(
        "{}",
        serde_json::json!({
            "entries": entries,
            "entries_per_s": entries as f64 / took.as_secs_f64(),
            "log_alone_entries_per_s": entries as f64 / alone.as_secs_f64(),
        })
    );
    Ok(())
}

fn size(app: &App) -> u64 {
    app.checkpoint().map_or(0, |published| published.checkpoint.size())
}

/// Submits cases for a while; how long it took until the log was signed up to the last.
async fn submit(app: &Arc<App>, long: Duration) -> Result<Duration, Failure> {
    let licence = Arc::new(Licence::of(app, PREMISES).await?);
    let begun = Instant::now();
    let until = begun + long;
    let mut workers = Vec::new();
    for worker in 0..AT_ONCE {
        let (app, licence) = (Arc::clone(app), Arc::clone(&licence));
        workers.push(tokio::spawn(async move {
            let mut numbers = (worker..).step_by(AT_ONCE);
            while let Some(number) = numbers.next().filter(|_| Instant::now() < until) {
                licence.submit(&app, number).await?;
            }
            Ok::<(), Failure>(())
        }));
    }
    for worker in workers {
        worker.await??;
    }
    while app::jobs::sequencer::run(app).await? > 0 {}
    Ok(begun.elapsed())
}
