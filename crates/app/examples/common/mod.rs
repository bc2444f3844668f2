//! The reference zone opened on an empty SQLite store, and a licence that an examiner must see: what the measurements act on.
#![allow(dead_code, reason = "each measurement uses a part")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use app::definition::value::{Money, Value};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::engine::event::Entering;
use app::log::key::Algorithm;
use app::log::{SignerKey, VerifierKey};
use app::{Account, App, Draft, Keys, Objects, Settings, Store, Witnesses, read_zone};
use store_sqlite::SqliteStore;

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub type Failure = Box<dyn Error + Send + Sync>;

/// The log's name.
pub const ORIGIN: &str = "bench.invalid/log";
/// Where people find the zone, as requests name it; nobody looks the name up.
pub const HOST: &str = "bench.invalid";
pub const BASE_URL: &str = "http://bench.invalid";
/// The zone's keys of the measurements: secret to nobody.
const LOG_SEED: [u8; 32] = [1; 32];
const CERTIFICATES_SEED: [u8; 32] = [2; 32];
pub const LOTS_SEED: [u8; 32] = [3; 32];
/// Who applies.
pub const APPLICANT: &str = "P-0002";
/// For what.
pub const SERVICE: &str = "activity-licence";

/// Opens the zone with its sample people.
pub async fn open(zone: &Path, folder: &Path) -> Result<Arc<App>, Failure> {
    std::fs::create_dir_all(folder)?;
    Ok(Arc::new(open_in(zone, folder, store(folder)?, None).await?))
}

/// The store in a folder.
pub fn store(folder: &Path) -> Result<Arc<dyn Store>, Failure> {
    Ok(Arc::new(SqliteStore::open(&folder.join("store.sqlite"))?))
}

/// The key that checks the log.
pub fn log_key() -> Result<VerifierKey, Failure> {
    Ok(SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &LOG_SEED)?.verifier().clone())
}

/// Opens the zone with its sample people over a store, and with witnesses.
pub async fn open_in(
    zone: &Path,
    folder: &Path,
    store: Arc<dyn Store>,
    witnesses: Option<Witnesses>,
) -> Result<App, Failure> {
    let report = app::definition::check(&read_zone(zone)?);
    let settings = Settings {
        zone: report.zone.ok_or("the zone has problems; see `panjereh check`")?,
        store,
        objects: Objects::folder(&folder.join("objects"))?,
        keys: Keys { log: LOG_SEED, certificates: CERTIFICATES_SEED },
        origin: ORIGIN.to_owned(),
        base_url: BASE_URL.to_owned(),
    };
    let app = App::open_witnessed(settings, witnesses).await?;
    app.load_samples(&zone.join("samples")).await?;
    Ok(app)
}

/// An application for an activity of high risk, and everybody who acts in it.
pub struct Licence {
    applicant: Account,
    officers: BTreeMap<String, Account>,
    draft: Draft,
    premises: usize,
}

/// Records written at once.
const RECORDS: usize = 1000;

impl Licence {
    /// The company gets so many premises: one application for each is one matter, which has one draw.
    pub async fn of(app: &App, premises: usize) -> Result<Self, Failure> {
        let lists = app.zone().zone().lists.values();
        let mut codes = lists.flat_map(|list| &list.values);
        let risky = codes.find(|(_, attributes)| attributes.get("risk").is_some_and(|risk| risk == "high"));
        let (activity, _) = risky.ok_or("the zone's list of activities has no code of high risk")?;
        let facts = [
            ("company".to_owned(), Value::Text("C-0002".to_owned())),
            ("activity".to_owned(), Value::Code(activity.clone())),
            ("investment".to_owned(), amount()),
        ];
        let draft = Draft { service: SERVICE.to_owned(), facts: facts.into(), ..Draft::default() };
        let officers = app.accounts().await?.into_iter().filter(|account| account.officer.is_some());
        let officers = officers.map(|account| (account.id.clone(), account)).collect();
        let applicant = app.account(APPLICANT).await?;
        let service = Arc::clone(&app.zone().services()[SERVICE]);
        let sample = app.choices(&service, "premises", &app::InName::own(APPLICANT), &draft.facts, None).await?;
        let sample = sample.first().ok_or("the company has no premises")?;
        let record = |number: usize| {
            let (key, mut values) = (synthetic(number), sample.values.clone());
            values.insert("premises.id".to_owned(), Value::Text(key.clone()));
            Entering { register: "premises".to_owned(), key, held_by: Some("C-0002".to_owned()), values }
        };
        for first in (0..premises).step_by(RECORDS) {
            let records: Vec<Entering> = (first..premises.min(first + RECORDS)).map(record).collect();
            app.put_records(&records).await?;
        }
        Ok(Self { applicant, officers, draft, premises })
    }

    /// The facts of an application for one of the premises.
    pub fn facts(&self, number: usize) -> BTreeMap<String, Value> {
        let mut facts = self.draft.facts.clone();
        facts.insert("premises".to_owned(), Value::Text(synthetic(number % self.premises)));
        facts
    }

    /// Applies for one of the premises: the rules leave the case to an examiner, who is drawn. Gives the case and the number of its events.
    pub async fn submit(&self, app: &App, number: usize) -> Result<(CaseId, u64), Failure> {
        let draft = Draft { facts: self.facts(number), ..self.draft.clone() };
        let acted = app.submit(&self.applicant, &draft, None).await?;
        Ok((acted.case, acted.seq))
    }

    /// The officer who was drawn.
    pub async fn officer(&self, app: &App, case: CaseId) -> Result<&Account, Failure> {
        let row = app.case(&self.applicant, case).await?.row;
        Ok(row.holders.first().and_then(|id| self.officers.get(id)).ok_or("nobody was drawn")?)
    }

    /// The officer asks for the amount again. Like all acts, it names the number of events that were seen and gives the number there are then.
    pub async fn ask(&self, app: &App, officer: &Account, case: CaseId, seen: u64) -> Result<u64, Failure> {
        let (fact, ground, note) = ("investment".to_owned(), "incomplete".to_owned(), "the amount again".to_owned());
        let act = Act::Ask { items: vec![AskedItem { fact, ground, note }] };
        Ok(app.act(officer, case, &act, Some(seen), None).await?.seq)
    }

    /// The applicant answers.
    pub async fn supply(&self, app: &App, case: CaseId, seen: u64) -> Result<u64, Failure> {
        let act = Act::Supply { facts: BTreeMap::from([("investment".to_owned(), amount())]) };
        Ok(app.act(&self.applicant, case, &act, Some(seen), None).await?.seq)
    }

    /// The officer grants.
    pub async fn grant(&self, app: &App, officer: &Account, case: CaseId, seen: u64) -> Result<u64, Failure> {
        let (route, note) = ("grant".to_owned(), "in order".to_owned());
        let act = Act::Decide { route, ground: None, note, facts: BTreeMap::new() };
        Ok(app.act(officer, case, &act, Some(seen), None).await?.seq)
    }

    /// The officer asks that what was granted be looked at again.
    pub async fn convene(&self, app: &App, officer: &Account, case: CaseId, seen: u64) -> Result<u64, Failure> {
        let reason = "for the measurement".to_owned();
        Ok(app.act(officer, case, &Act::Convene { reason }, Some(seen), None).await?.seq)
    }
}

fn synthetic(number: usize) -> String {
    format!("SYNTHETIC-{number}")
}

/// The amount that is applied with, and supplied again.
pub fn amount() -> Value {
    Value::Money(Money { minor: 100_000_000, currency: "IRR".to_owned() })
}
