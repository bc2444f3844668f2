//! What an act costs as cases grow, and what memory is held: `cargo run --release -p app --example growth -- ZONE FOLDER CASES...`.
//!
//! Cases are submitted until there are as many as the next number says; then [`SAMPLE`] of them, from all along the way, are asked about and
//! answered: two acts each, 256 at once, with the zone's jobs running. Prints one JSON object, with a figure for each number of cases.

mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::App;
use app::engine::CaseId;
use common::{Failure, Licence};
use serde_json::{Map, Value, json};
use tokio::sync::watch;

/// Cases under way at once.
const AT_ONCE: usize = 256;
/// Premises that the cases are about, in turn.
const PREMISES: usize = 20_000;
/// Cases acted on at each size.
const SAMPLE: usize = 10_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [zone, folder, sizes @ ..] = args.as_slice() else { return Err("usage: growth ZONE FOLDER CASES...".into()) };
    let app = common::open(Path::new(zone), Path::new(folder)).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let licence = Arc::new(Licence::of(&app, PREMISES).await?);
    let mut figures = Map::new();
    let mut there = 0;
    for size in sizes {
        let size: usize = size.parse()?;
        let cases = submit(&app, &licence, there, size).await?;
        there = size;
        let (mut latencies_us, took) = act(&app, &licence, cases).await?;
        latencies_us.sort_unstable();
        let percentile =
            |share: usize| latencies_us.get(latencies_us.len() * share / 100).map_or(0.0, |us| *us as f64 / 1000.0);
        let acts_per_s = latencies_us.len() as f64 / took.as_secs_f64();
        figures.insert(format!("acts_per_s_at_{size}"), json!(acts_per_s));
        figures.insert(format!("p50_ms_at_{size}"), json!(percentile(50)));
        figures.insert(format!("p99_ms_at_{size}"), json!(percentile(99)));
        figures.insert(format!("resident_mb_at_{size}"), json!(resident_mb()?));
    }
    println!("{}", Value::Object(figures));
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    Ok(())
}

/// Submits cases from `from` up to `to`; a sample of them, evenly from all along the way.
async fn submit(app: &Arc<App>, licence: &Arc<Licence>, from: usize, to: usize) -> Result<Vec<(CaseId, u64)>, Failure> {
    let every = ((to - from) / SAMPLE).max(1);
    let workers = (0..AT_ONCE).map(|worker| {
        let (app, licence) = (Arc::clone(app), Arc::clone(licence));
        tokio::spawn(async move {
            let mut sample = Vec::new();
            for number in (from + worker..to).step_by(AT_ONCE) {
                let case = licence.submit(&app, number).await?;
                if number % every == 0 {
                    sample.push(case);
                }
            }
            Ok::<_, Failure>(sample)
        })
    });
    let mut sample = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        sample.extend(worker.await??);
    }
    Ok(sample)
}

/// Asks and answers in each of these cases. Each act's latency in microseconds, and how long all of them took.
async fn act(
    app: &Arc<App>,
    licence: &Arc<Licence>,
    cases: Vec<(CaseId, u64)>,
) -> Result<(Vec<u64>, Duration), Failure> {
    let cases = Arc::new(cases);
    let begun = Instant::now();
    let workers = (0..AT_ONCE).map(|worker| {
        let (app, licence, cases) = (Arc::clone(app), Arc::clone(licence), Arc::clone(&cases));
        tokio::spawn(async move {
            let mut latencies_us = Vec::new();
            for (case, seen) in cases.iter().skip(worker).step_by(AT_ONCE) {
                let officer = licence.officer(&app, *case).await?;
                let asked = Instant::now();
                let seen = licence.ask(&app, officer, *case, *seen).await?;
                let answered = Instant::now();
                licence.supply(&app, *case, seen).await?;
                latencies_us.push(u64::try_from((answered - asked).as_micros())?);
                latencies_us.push(u64::try_from(answered.elapsed().as_micros())?);
            }
            Ok::<_, Failure>(latencies_us)
        })
    });
    let mut latencies_us = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        latencies_us.extend(worker.await??);
    }
    Ok((latencies_us, begun.elapsed()))
}

/// Memory that the process holds, in mebibytes (proc(5), `VmRSS`).
fn resident_mb() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}
