//! The engine's little zone, running, with people and officers to act in it.
//!
//! Must not know of: any one test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::Case;
use app::engine::world::{Roster, Seat};
use app::log::{Policy, VerifierKey};
use app::{
    Account, Acted, App, AppError, Draft, Key, Keys, LotsFrom, Objects, Officers, Payment, Settings, Store, Witnesses,
};
use definition::value::{self, Money};
use jiff::SignedDuration;
use store_sqlite::SqliteStore;

pub const SEATS: [(&str, &str); 6] = [
    ("examiner", "e1 e2 e3"),
    ("senior", "s1 s2"),
    ("inspector", "i1 i2"),
    ("fireman", "f1 f2"),
    ("waterman", "w1 w2"),
    ("judge", "j1 j2"),
];

pub struct House {
    pub app: Arc<App>,
    pub store: Arc<dyn Store>,
    folder: tempfile::TempDir,
}

/// The little zone with more files, or others in the place of its own.
fn zone(more: &str) -> definition::CheckedZone {
    let text = format!("{}{more}", include_str!("../../../engine/tests/acts/zone.txt"));
    let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap());
    let files = parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    let report = definition::check(&definition::check::Files(files));
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    report.zone.unwrap()
}

/// A process that runs the zone on a store.
async fn run(store: &Arc<dyn Store>, folder: &Path, lots: LotsFrom) -> Arc<App> {
    run_witnessed(store, folder, zone(""), None, lots).await.unwrap()
}

/// The same, whose log a policy's witnesses cosign.
async fn run_witnessed(
    store: &Arc<dyn Store>,
    folder: &Path,
    zone: definition::CheckedZone,
    witnesses: Option<Witnesses>,
    lots: LotsFrom,
) -> Result<Arc<App>, AppError> {
    let settings = Settings {
        zone,
        store: Arc::clone(store),
        objects: Objects::folder(&folder.join("objects")).unwrap(),
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "little.example/log".to_owned(),
        base_url: "http://little.example".to_owned(),
    };
    Ok(Arc::new(App::open_witnessed(settings, witnesses).await?.with_lots(lots)?))
}

/// Who holds which role, but those left out.
pub fn roster(without: &[&str]) -> Roster {
    let seats = SEATS.iter().flat_map(|(role, officers)| officers.split(' ').map(move |officer| (*role, officer)));
    let seats = seats.filter(|(_, officer)| !without.contains(officer)).map(|(role, officer)| Seat {
        role: role.to_owned(),
        officer: officer.to_owned(),
        person: None,
        weight: 1,
        most_open: None,
    });
    Roster { seats: seats.collect(), ..Roster::default() }
}

impl House {
    pub async fn open() -> Self {
        Self::drawing(LotsFrom::Own).await
    }

    /// A zone whose randomness comes from there.
    pub async fn drawing(lots: LotsFrom) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        Self::on(store, folder, lots).await
    }

    pub async fn on(store: Arc<dyn Store>, folder: tempfile::TempDir, lots: LotsFrom) -> Self {
        let app = run(&store, folder.path(), lots).await;
        app.put_roster(roster(&[])).await.unwrap();
        Self { app, store, folder }
    }

    /// A zone with more files, such as `--- services/toll/service.yaml` and what stands in it.
    pub async fn with_files(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        Self::with_files_on(store, folder, more).await
    }

    pub async fn with_files_on(store: Arc<dyn Store>, folder: tempfile::TempDir, more: &str) -> Self {
        let app = run_witnessed(&store, folder.path(), zone(more), None, LotsFrom::Own).await.unwrap();
        app.put_roster(roster(&[])).await.unwrap();
        Self { app, store, folder }
    }

    /// Where everything is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// With officers who sign, or do not.
    pub async fn open_with(officers: Officers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        let app = run(&store, folder.path(), LotsFrom::Own).await;
        let app = Arc::new(Arc::into_inner(app).unwrap().with_officers(officers));
        app.put_roster(roster(&[])).await.unwrap();
        Self { app, store, folder }
    }

    /// The same, which names these auditors.
    pub fn auditing(self, auditors: Vec<VerifierKey>) -> Self {
        self.try_auditing(auditors).unwrap_or_else(|why| panic!("{why}"))
    }

    /// The same, if they may be auditors.
    pub fn try_auditing(self, auditors: Vec<VerifierKey>) -> Result<Self, String> {
        let Self { app, store, folder } = self;
        let app = Arc::new(Arc::into_inner(app).unwrap().with_auditors(auditors)?);
        Ok(Self { app, store, folder })
    }

    /// A second process on the same store.
    pub async fn another_process(&self) -> Arc<App> {
        run(&self.store, self.folder.path(), LotsFrom::Own).await
    }

    /// The process ends, and another begins, under this policy if there is one.
    pub async fn restart(self, policy: Option<&str>) -> Result<Self, AppError> {
        let Self { app, store, folder } = self;
        drop(app);
        let witnesses = policy.map(|policy| Witnesses::new(Policy::parse(policy.as_bytes()).unwrap()).unwrap());
        let app = run_witnessed(&store, folder.path(), zone(""), witnesses, LotsFrom::Own).await?;
        Ok(Self { app, store, folder })
    }

    /// The process ends, and another begins on another store.
    pub async fn restart_on(self, store: Arc<dyn Store>) -> Result<Self, AppError> {
        let Self { app, folder, .. } = self;
        drop(app);
        let app = run_witnessed(&store, folder.path(), zone(""), None, LotsFrom::Own).await?;
        Ok(Self { app, store, folder })
    }

    /// A file of the log.
    pub fn log_file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("objects/log").join(name)
    }

    pub async fn submit(&self, person: &str, service: &str, facts: &str) -> Acted {
        let draft = self.draft(service, None, facts);
        self.app.submit(&of_person(person), &draft, None).await.unwrap()
    }

    /// An application that nobody kept as a draft. Facts as people write them, such as `kind baker, size 200`.
    pub fn draft(&self, service: &str, appeals: Option<CaseId>, facts: &str) -> Draft {
        let checked = &self.app.zone().services()[service];
        let pairs = facts.split(", ").map(|pair| pair.split_once(' ').unwrap());
        let fact = |(name, text): (&str, &str)| {
            let type_ = &checked.fact(name).unwrap().type_;
            (name.to_owned(), value::parse(type_, text, &checked.zone().lists).unwrap())
        };
        Draft { service: service.to_owned(), appeals, facts: pairs.map(fact).collect(), ..Draft::default() }
    }

    /// The state as the store has it.
    pub async fn state(&self, case: CaseId) -> Case {
        serde_json::from_slice(&self.store.case(case).await.unwrap().unwrap().state).unwrap()
    }

    pub async fn act(&self, account: &Account, case: CaseId, act: Act) -> Result<Acted, AppError> {
        self.app.act(account, case, &act, None, None).await
    }

    /// The treasury says that the fee of a middling building arrived.
    pub async fn pay(&self, case: CaseId, receipt: &str) -> Result<Acted, AppError> {
        self.pay_amount(case, receipt, "2000").await
    }

    pub async fn pay_amount(&self, case: CaseId, receipt: &str, amount: &str) -> Result<Acted, AppError> {
        let amount = Money::from_amount(amount.parse().unwrap(), "IRR").unwrap();
        self.app.confirm_payment(case, &Payment { receipt: receipt.to_owned(), amount }).await
    }

    /// The officer drawn for a seat decides.
    pub async fn decide(&self, case: CaseId, seat: &str, route: &str, ground: Option<&str>) -> Acted {
        let officer = self.state(case).await.drawn(seat)[0].clone();
        self.act(&of_officer(&officer), case, decide(route, ground)).await.unwrap()
    }

    /// Time passes until the case's nearest deadline has passed.
    pub async fn pass_deadline(&self, case: CaseId) {
        let due_ms = self.store.case(case).await.unwrap().unwrap().due_ms.unwrap();
        let left_ms = due_ms - self.app.clock.now().as_millisecond();
        self.app.clock.advance(SignedDuration::from_millis(left_ms + 1));
    }

    /// The jobs do what is to be done.
    pub async fn jobs(&self) -> (usize, usize) {
        let lapsed = app::jobs::clock::run(&self.app).await.unwrap();
        (lapsed, app::jobs::outbox::run(&self.app).await.unwrap())
    }
}

pub fn of_person(person: &str) -> Account {
    Account {
        id: person.to_owned(),
        person: Some(person.to_owned()),
        officer: None,
        roles: Vec::new(),
        supervises: Vec::new(),
        treasury: false,
        gate: None,
        names: BTreeMap::new(),
    }
}

pub fn of_officer(officer: &str) -> Account {
    Account { person: None, officer: Some(officer.to_owned()), ..of_person(officer) }
}

pub fn supervisor() -> Account {
    let supervises = vec!["office".to_owned(), "court".to_owned()];
    Account { person: None, supervises, ..of_person("supervisor") }
}

pub fn decide(route: &str, ground: Option<&str>) -> Act {
    let (route, ground) = (route.to_owned(), ground.map(str::to_owned));
    Act::Decide { route, ground, note: "in my own words".to_owned(), facts: BTreeMap::new() }
}

pub fn withdraw() -> Act {
    Act::Withdraw { reason: String::new() }
}

pub fn key(key: &str) -> Option<Key> {
    Some(Key::new(key, key.as_bytes()))
}
