//! Whole declarations through HTTP, durable and logged: `cargo run --release -p cli --example declarations -- ZONE FOLDER DECLARATIONS ITEMS`.
//!
//! A zone is served on loopback, with its jobs. Each declaration is made of the zone's sample, with so many items, and comes from a company of its own, since one company's
//! applications would share one draw where a service draws. 256 connections do for each what a broker's system does: they bring the document, and apply for the goods'
//! entry with it. It is done when the case has ended, which is when its goods are booked, and a signed checkpoint covers that; cases that wait for an officer are counted
//! and have come as far as they come by themselves. Client and server share the machine's processors.
//!
//! Prints one JSON object. The rows stay in FOLDER, for whoever inserts them raw.

#[path = "../../../app/examples/common/mod.rs"]
mod common;
#[allow(dead_code, reason = "only its own time is asked for here")]
#[path = "../acts/measure/processor.rs"]
mod processor;
#[path = "../acts/measure/published.rs"]
mod published;
mod trader;
#[path = "../acts/measure/wire.rs"]
mod wire;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::{App, Store};
use common::Failure;
use processor::Processor;
use published::Watch;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use trader::{Declared, Trader};
use web::{Site, SiteSettings};

/// How long is waited for cases to end, and for the log.
const PATIENCE: Duration = Duration::from_secs(180);
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(20);
/// Declarations that are brought before the measured ones: what is made once is made then.
const WARM: usize = 256;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [zone, folder, declarations, items] = args.as_slice() else {
        return Err("usage: declarations ZONE FOLDER DECLARATIONS ITEMS".into());
    };
    let figures = run(zone.as_ref(), folder.as_ref(), declarations.parse()?, items.parse()?).await?;
    println!("{}", Value::Object(figures));
    Ok(())
}

async fn run(zone: &Path, folder: &Path, declarations: usize, items: usize) -> Result<Map<String, Value>, Failure> {
    let store: Arc<dyn Store> = common::store(folder)?;
    let app = Arc::new(common::open_in(zone, folder, Arc::clone(&store), None).await?);
    let trader = Arc::new(Trader::of(&app, zone, WARM + declarations, items).await?);
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let settings = SiteSettings { rate_limit: None, ..SiteSettings::default() };
    let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let watch = Watch::start(address, None, app.log_verifier().clone());
    let figures = measure(&Zone { app, store, address, watch: &watch }, &trader, declarations, items).await;
    let held = watch.end().await;
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    server.abort();
    // What does not hold is why the rest failed.
    held?;
    figures
}

/// The zone while it is measured.
struct Zone<'w> {
    app: Arc<App>,
    store: Arc<dyn Store>,
    address: SocketAddr,
    watch: &'w Watch,
}

async fn measure(
    zone: &Zone<'_>,
    trader: &Arc<Trader>,
    declarations: usize,
    items: usize,
) -> Result<Map<String, Value>, Failure> {
    let token = zone.app.api_token(common::APPLICANT).await?;
    let warm = trader::declare(zone.address, &token, trader, 0..WARM).await?;
    zone.ended(&warm).await?;
    let first_position = zone.settled().await?;
    let before = Processor::own().spent()?;
    let begun = Instant::now();
    let declared = trader::declare(zone.address, &token, trader, WARM..WARM + declarations).await?;
    let answered = begun.elapsed();
    let ended = zone.ended(&declared).await?;
    let last = ended.iter().map(|ended| ended.position).max().unwrap_or_default();
    let logged = zone.logged(begun, last).await?;
    let spent = Processor::own().spent()?.saturating_sub(before);
    zone.settled().await?;

    let released = ended.iter().filter(|ended| ended.booked).count();
    if released == 0 {
        return Err("no declaration was booked without an officer: there is nothing to measure".into());
    }
    let published = declared.iter().zip(&ended);
    let published = published.filter_map(|(one, ended)| zone.watch.covered(one.answered, ended.position)).collect();
    let count = declared.len() as f64;
    let mut figures = percentiles("", declared.iter().map(|one| one.latency).collect());
    figures.extend(percentiles("published_", published));
    let told = [
        ("declarations", json!(declared.len())),
        ("items_each", json!(items)),
        ("booked", json!(released)),
        ("with_officers", json!(declared.len() - released)),
        ("answered_seconds", json!(answered.as_secs_f64())),
        ("seconds", json!(logged.as_secs_f64())),
        ("declarations_per_s", json!(count / logged.as_secs_f64())),
        ("movements_per_s", json!((released * items) as f64 / logged.as_secs_f64())),
        ("processor_per_declaration_us", json!(spent.as_secs_f64() * 1e6 / count)),
        ("first_position", json!(first_position)),
    ];
    figures.extend(told.map(|(name, value)| (name.to_owned(), value)));
    Ok(figures)
}

/// How far a case came.
struct Ended {
    /// Where its last event stands in the log.
    position: u64,
    /// Whether its goods are booked.
    booked: bool,
}

impl Zone<'_> {
    /// Waits until each case has ended or waits for an officer.
    async fn ended(&self, declared: &[Declared]) -> Result<Vec<Ended>, Failure> {
        let begun = Instant::now();
        let mut all = Vec::with_capacity(declared.len());
        for Declared { case, .. } in declared {
            loop {
                let row = self.store.case(*case).await?.ok_or("a case is gone")?;
                if row.outcome.is_some() || !row.holders.is_empty() {
                    let booked = row.outcome.as_deref() == Some("granted");
                    all.push(Ended { position: row.last_position, booked });
                    break;
                }
                if begun.elapsed() > PATIENCE {
                    return Err(format!("the case {case} stays in `{}`", row.stage).into());
                }
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(all)
    }

    /// How long after `begun` a signed checkpoint covered a position.
    async fn logged(&self, begun: Instant, position: u64) -> Result<Duration, Failure> {
        while begun.elapsed() < PATIENCE {
            if let Some(took) = self.watch.covered(begun, position) {
                return Ok(took);
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(self.watch.why_not("the log did not catch up"))
    }

    /// The log's published size once it covers everything that is in the store.
    async fn settled(&self) -> Result<u64, Failure> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let size = self.watch.size();
            if self.store.feed(size, 1).await?.is_empty() {
                return Ok(size);
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(self.watch.why_not("the log did not catch up"))
    }
}

/// The median and the 99th of a hundred.
fn percentiles(name: &str, mut all: Vec<Duration>) -> Map<String, Value> {
    all.sort_unstable();
    let at = |share: usize| all.get(all.len() * share / 100).map(|it| json!(it.as_secs_f64() * 1000.0));
    [50, 99].into_iter().filter_map(|share| Some((format!("{name}p{share}_ms"), at(share)?))).collect()
}
