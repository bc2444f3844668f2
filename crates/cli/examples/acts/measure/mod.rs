//! Acts measured, with guards or without: officers' signatures, draws with a second institution, a log that is final with two witnesses.
//!
//! A zone is served on loopback, with its jobs. First all cases are filed by 256 connections, and wait until officers are drawn for them. Then everything that
//! is to be sent is made, and signed where officers sign: an officer's device does that, and no server. Then the same number of connections does three acts in
//! each case (an officer asks, the applicant answers, the officer decides), each act a request of its own. At last some cases are filed one after the other, as
//! on an ordinary day. Client and server share the machine's processors, and so do the witnesses and the second institution, which are processes of
//! their own.
//!
//! From the record it is seen at the end that what was measured was guarded as it should, and only so.

#[path = "../../../../app/examples/common/mod.rs"]
pub mod common;

pub mod clients;
pub mod guards;
pub mod passkeys;
pub mod processor;
pub mod published;
pub mod recorded;
pub mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use app::{App, Store};
use clients::{Acted, Filed};
pub use common::Failure;
use common::Licence;
use guards::{Guards, Helpers};
use processor::Processor;
use published::Watch;
use recorded::Recorded;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{Site, SiteSettings};

/// How long is waited for officers to be drawn, and for the log.
const PATIENCE: Duration = Duration::from_secs(180);
/// Between two cases that are filed one after the other: ten a second is far more than a zone has on its busiest day.
const PACE: Duration = Duration::from_millis(100);
/// How often it is looked whether officers are drawn.
const LOOK: Duration = Duration::from_millis(100);

/// What is to be measured.
pub struct Plan {
    pub zone: PathBuf,
    pub folder: PathBuf,
    /// Cases that are filed at once and acted on.
    pub cases: usize,
    /// Cases that are filed one after the other.
    pub paced: usize,
    pub guards: Guards,
    /// The `panjereh` whose verbs are the second institution and the witnesses.
    pub program: PathBuf,
}

/// The zone while it is measured.
struct Zone {
    app: Arc<App>,
    store: Arc<dyn Store>,
    address: SocketAddr,
    watch: Watch,
    helpers: Helpers,
}

/// What cases that were filed took.
struct Filing {
    filed: Vec<Filed>,
    begun: (Instant, SystemTime),
    /// Until the last answer.
    answered: Duration,
    spent: [Duration; 2],
}

/// Measures; the figures by name.
pub async fn run(plan: &Plan) -> Result<Map<String, Value>, Failure> {
    std::fs::create_dir_all(&plan.folder)?;
    let helpers = Helpers::start(plan)?;
    let store: Arc<dyn Store> = common::store(&plan.folder)?;
    let app = common::open_in(&plan.zone, &plan.folder, Arc::clone(&store), helpers.witnesses()?).await?;
    let app = Arc::new(app.with_lots(helpers.lots()?)?.with_officers(plan.guards.officers()));
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let settings = SiteSettings { rate_limit: None, ..SiteSettings::default() };
    let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let watch = Watch::start(address, helpers.policy()?, app.log_verifier().clone());
    let zone = Zone { app, store, address, watch, helpers };
    let figures = zone.measure(plan).await;
    let held = zone.watch.end().await;
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    server.abort();
    // What does not hold is why the rest failed.
    held?;
    figures
}

impl Zone {
    async fn measure(&self, plan: &Plan) -> Result<Map<String, Value>, Failure> {
        let keys = match plan.guards.signatures {
            true => Some(passkeys::Passkeys::register(&self.app).await?),
            false => None,
        };
        let licence = Arc::new(Licence::of(&self.app, plan.cases + plan.paced).await?);
        let filing = self.file(&licence, plan.cases).await?;
        let hands = clients::prepare(&self.app, &self.store, &filing.filed, keys.as_ref()).await?;
        let first_position = self.settled().await?;
        let before = self.processors()?;
        let begun = Instant::now();
        let acted = clients::act(self.address, hands).await?;
        let took = begun.elapsed();
        let spent = since(before, self.processors()?);
        let last = self.settled().await?;
        let paced = self.pace(&licence, plan).await?;
        self.settled().await?;

        let mut figures = self.of_acts(&acted, took, spent).await?;
        figures.insert("events".to_owned(), json!(last - first_position));
        figures.insert("first_position".to_owned(), json!(first_position));
        let records = Recorded::of(&*self.store, &filing.filed, plan.guards, true).await?;
        figures.extend(self.of_filing(&filing, &records));
        let records = Recorded::of(&*self.store, &paced, plan.guards, false).await?;
        figures.extend(self.of_paced(&paced, &records));
        Ok(figures)
    }

    /// Files cases with all connections, and waits until officers are drawn for them.
    async fn file(&self, licence: &Arc<Licence>, cases: usize) -> Result<Filing, Failure> {
        let applicant = self.app.api_token(common::APPLICANT).await?;
        let before = self.processors()?;
        let begun = (Instant::now(), SystemTime::now());
        let filed = clients::file(self.address, &applicant, licence, cases).await?;
        let answered = begun.0.elapsed();
        self.drawn(&filed).await?;
        Ok(Filing { filed, begun, answered, spent: since(before, self.processors()?) })
    }

    /// Waits until an officer is drawn for each case.
    async fn drawn(&self, filed: &[Filed]) -> Result<(), Failure> {
        let begun = Instant::now();
        for filed in filed {
            while self.store.case(filed.case).await?.is_none_or(|row| row.holders.is_empty()) {
                if begun.elapsed() > PATIENCE {
                    return Err("nobody was drawn".into());
                }
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(())
    }

    /// Files cases one after the other.
    async fn pace(&self, licence: &Arc<Licence>, plan: &Plan) -> Result<Vec<Filed>, Failure> {
        let applicant = self.app.api_token(common::APPLICANT).await?;
        let mut connection = wire::Connection::open(self.address).await?;
        let mut beat = tokio::time::interval(PACE);
        let mut filed = Vec::with_capacity(plan.paced);
        for number in plan.cases..plan.cases + plan.paced {
            beat.tick().await;
            filed.push(clients::file_one(&mut connection, &applicant, licence, number).await?);
        }
        self.drawn(&filed).await?;
        Ok(filed)
    }

    /// The log's published size once it covers everything that is in the store. Nothing is hurried: the jobs do it.
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

    /// Processor time so far: of this process, and of the helpers.
    fn processors(&self) -> Result<[Duration; 2], Failure> {
        Ok([Processor::own().spent()?, self.helpers.spent()?])
    }

    async fn of_acts(
        &self,
        acted: &[Acted],
        took: Duration,
        spent: [Duration; 2],
    ) -> Result<Map<String, Value>, Failure> {
        let latencies = acted.iter().map(|acted| acted.latency).collect();
        let covered = recorded::positions(&*self.store, acted).await?;
        let published = covered.into_iter().filter_map(|(answered, position)| self.watch.covered(answered, position));
        let mut figures = percentiles("", latencies);
        figures.extend(percentiles("published_", published.collect()));
        let count = acted.len() as f64;
        figures.insert("acts".to_owned(), json!(acted.len()));
        figures.insert("seconds".to_owned(), json!(took.as_secs_f64()));
        figures.insert("acts_per_s".to_owned(), json!(count / took.as_secs_f64()));
        figures.extend(processor_time("act", count, spent));
        Ok(figures)
    }

    fn of_filing(&self, filing: &Filing, records: &[Recorded]) -> Map<String, Value> {
        // The last is filed when it is answered and somebody is drawn.
        let drawn = records.iter().filter_map(|of| of.drawn_at).max();
        let drawn = drawn.and_then(|at| at.duration_since(filing.begun.1).ok()).unwrap_or_default();
        let count = filing.filed.len() as f64;
        let took = filing.answered.max(drawn).as_secs_f64();
        let mut figures = percentiles("burst_drawn_", records.iter().filter_map(|of| of.lot_to_draw).collect());
        figures.extend(percentiles("filing_", filing.filed.iter().map(|filed| filed.latency).collect()));
        figures.insert("filing_seconds".to_owned(), json!(took));
        figures.insert("filed_per_s".to_owned(), json!(count / took));
        figures.extend(processor_time("filing", count, filing.spent));
        figures
    }

    fn of_paced(&self, paced: &[Filed], records: &[Recorded]) -> Map<String, Value> {
        let covered = paced.iter().zip(records);
        let covered = covered.filter_map(|(filed, record)| self.watch.covered(filed.answered, record.filed_position));
        let mut figures = percentiles("paced_published_", covered.collect());
        figures.extend(percentiles("drawn_", records.iter().filter_map(|of| of.lot_to_draw).collect()));
        figures
    }
}

fn since(before: [Duration; 2], after: [Duration; 2]) -> [Duration; 2] {
    let [own, helpers] = after;
    [own.saturating_sub(before[0]), helpers.saturating_sub(before[1])]
}

/// Processor time for each of so many: of the zone with the clients, and of the helpers.
fn processor_time(what: &str, count: f64, [own, helpers]: [Duration; 2]) -> [(String, Value); 2] {
    let each_us = |spent: Duration| json!(spent.as_secs_f64() * 1e6 / count);
    [(format!("processor_per_{what}_us"), each_us(own)), (format!("helpers_per_{what}_us"), each_us(helpers))]
}

/// The median and the 99th of a hundred; nothing of nothing.
fn percentiles(name: &str, mut all: Vec<Duration>) -> Map<String, Value> {
    all.sort_unstable();
    let at = |share: usize| all.get(all.len() * share / 100).map(|it| json!(it.as_secs_f64() * 1000.0));
    [50, 99].into_iter().filter_map(|share| Some((format!("{name}p{share}_ms"), at(share)?))).collect()
}
