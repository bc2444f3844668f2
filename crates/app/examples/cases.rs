//! Five-step cases, durable: `cargo run --release -p app --example cases -- ZONE FOLDER [SECONDS]`.
//!
//! Each case is submitted, asked about, answered, decided and its licence revoked: five acts, each durable before the next. 256 cases are under way at
//! once, with the zone's jobs running. Prints one JSON object.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::definition::value::{Money, Value};
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Account, App, Draft, Keys, Objects, Settings, read_zone};
use store_sqlite::SqliteStore;
use tokio::sync::watch;

type Failure = Box<dyn Error + Send + Sync>;

/// Cases under way at once.
const AT_ONCE: usize = 256;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: cases ZONE FOLDER [SECONDS]";
    let (zone, folder) = (args.next().ok_or(usage)?, args.next().ok_or(usage)?);
    let seconds: u64 = args.next().map_or(Ok(10), |seconds| seconds.parse())?;
    let app = open(Path::new(&zone), Path::new(&folder)).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let run = Arc::new(Run::of(&app).await?);
    let (done, begun) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let until = begun + Duration::from_secs(seconds);
    let mut workers = Vec::new();
    for _ in 0..AT_ONCE {
        let (app, run, done) = (Arc::clone(&app), Arc::clone(&run), Arc::clone(&done));
        workers.push(tokio::spawn(async move {
            while Instant::now() < until {
                run.one_case(&app).await?;
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
    println!("{}", serde_json::json!({ "cases": cases, "seconds": took, "cases_per_s": cases as f64 / took }));
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    Ok(())
}

async fn open(zone: &Path, folder: &Path) -> Result<Arc<App>, Failure> {
    let report = app::definition::check(&read_zone(zone)?);
    let checked = report.zone.ok_or("the zone has problems; see `panjereh check`")?;
    std::fs::create_dir_all(folder)?;
    let app = App::open(Settings {
        zone: checked,
        store: Arc::new(SqliteStore::open(&folder.join("store.sqlite"))?),
        objects: Objects::folder(&folder.join("objects"))?,
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "bench.invalid/log".to_owned(),
        base_url: "http://bench.invalid".to_owned(),
    });
    let app = Arc::new(app.await?);
    app.load_samples(&zone.join("samples")).await?;
    Ok(app)
}

/// Who acts, and with what.
struct Run {
    applicant: Account,
    officers: BTreeMap<String, Account>,
    draft: Draft,
}

impl Run {
    async fn of(app: &App) -> Result<Self, Failure> {
        let lists = app.zone().zone().lists.values();
        let mut codes = lists.flat_map(|list| &list.values);
        let risky = codes.find(|(_, attributes)| attributes.get("risk").is_some_and(|risk| risk == "high"));
        let (activity, _) = risky.ok_or("the zone's list of activities has no code of high risk")?;
        let facts = [
            ("company".to_owned(), Value::Text("C-0002".to_owned())),
            ("premises".to_owned(), Value::Text("M-0003".to_owned())),
            ("activity".to_owned(), Value::Code(activity.clone())),
            ("investment".to_owned(), amount()),
        ];
        let draft = Draft { service: "activity-licence".to_owned(), facts: facts.into(), ..Draft::default() };
        let officers = app.accounts().await?.into_iter().filter(|account| account.officer.is_some());
        let officers = officers.map(|account| (account.id.clone(), account)).collect();
        Ok(Self { applicant: app.account("P-0002").await?, officers, draft })
    }

    async fn one_case(&self, app: &App) -> Result<(), Failure> {
        let case = app.submit(&self.applicant, &self.draft, None).await?.case;
        let row = app.case(&self.applicant, case).await?.row;
        let officer = row.holders.first().and_then(|id| self.officers.get(id)).ok_or("nobody was drawn")?;
        let item = AskedItem {
            fact: "investment".to_owned(),
            ground: "incomplete".to_owned(),
            note: "the amount again".to_owned(),
        };
        app.act(officer, case, &Act::Ask { items: vec![item] }, None, None).await?;
        let facts = BTreeMap::from([("investment".to_owned(), amount())]);
        app.act(&self.applicant, case, &Act::Supply { facts }, None, None).await?;
        let (route, note) = ("grant".to_owned(), "in order".to_owned());
        app.act(officer, case, &Act::Decide { route, ground: None, note, facts: BTreeMap::new() }, None, None).await?;
        let ground = "incomplete".to_owned();
        app.act(officer, case, &Act::Revoke { ground, note: "for the measurement".to_owned() }, None, None).await?;
        Ok(())
    }
}

fn amount() -> Value {
    Value::Money(Money { minor: 100_000_000, currency: "IRR".to_owned() })
}
