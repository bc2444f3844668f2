//! Five-step cases, durable: `cargo run --release -p app --example cases -- ZONE FOLDER [SECONDS]`.
//!
//! Each case is submitted, asked about, answered, decided and asked to be looked at again: five acts, each durable before the next. 256 cases are under way at
//! once, with the zone's jobs running. Prints one JSON object.

mod common;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::App;
use common::{Failure, Licence};
use tokio::sync::watch;

/// Cases under way at once.
const AT_ONCE: usize = 256;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: cases ZONE FOLDER [SECONDS]";
    let (zone, folder) = (args.next().ok_or(usage)?, args.next().ok_or(usage)?);
    let seconds: u64 = args.next().map_or(Ok(10), |seconds| seconds.parse())?;
    let app = common::open(Path::new(&zone), Path::new(&folder)).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let licence = Arc::new(Licence::of(&app, AT_ONCE).await?);
    let (done, begun) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let until = begun + Duration::from_secs(seconds);
    let mut workers = Vec::new();
    for worker in 0..AT_ONCE {
        let (app, licence, done) = (Arc::clone(&app), Arc::clone(&licence), Arc::clone(&done));
        workers.push(tokio::spawn(async move {
            while Instant::now() < until {
                one_case(&app, &licence, worker).await?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), Failure>(())
        }));
    }
    for worker in workers {
        worker.await??;
    }
    let cases = done.load(Ordering::Relaxed);
    let took = begun.elapsed().as_secs_f64();
    let backlog = app.backlog().await?;
    println!(
        "{}",
        serde_json::json!({
            "cases": cases,
            "seconds": took,
            "cases_per_s": cases as f64 / took,
            "undelivered_messages": backlog.outbox,
        })
    );
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    Ok(())
}

async fn one_case(app: &App, licence: &Licence, premises: usize) -> Result<(), Failure> {
    let (case, seen) = licence.submit(app, premises).await?;
    let officer = licence.officer(app, case).await?;
    let seen = licence.ask(app, officer, case, seen).await?;
    let seen = licence.supply(app, case, seen).await?;
    let seen = licence.grant(app, officer, case, seen).await?;
    licence.convene(app, officer, case, seen).await?;
    Ok(())
}
