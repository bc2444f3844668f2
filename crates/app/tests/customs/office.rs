//! A zone of the project's own, running, with a person who declares.
//!
//! Must not know of: any one test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::engine::CaseId;
use app::engine::case::Case;
use app::engine::event::{Entering, Event, What};
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::engine::world::{Record, Roster, Seat};
use app::{Acted, App, AppError, Keys, LotsFrom, Objects, Settings, Store};
use definition::value::Value;
use store::EntryQuery;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

use crate::server::Database;
use crate::truck::{BUYER, SELLER, text};

pub struct Office {
    pub app: App,
    pub store: Arc<dyn Store>,
    pub folder: tempfile::TempDir,
    /// Dropped last.
    pub database: Option<Database>,
}

/// Who holds which role in Maku's customs office and its board.
pub const MAKU: [(&str, &str); 12] = [
    ("documents-officer", "d1"),
    ("documents-officer", "d2"),
    ("documents-officer", "d3"),
    ("goods-inspector", "g1"),
    ("goods-inspector", "g2"),
    ("transit-officer", "t1"),
    ("transit-officer", "t2"),
    ("customs-supervisor", "s1"),
    ("customs-supervisor", "s2"),
    ("board-member", "b1"),
    ("board-member", "b2"),
    ("board-member", "b3"),
];

pub fn folder_of(zone: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones").join(zone)
}

/// A zone, with these of its files changed.
pub async fn run(
    zone: &str,
    store: &Arc<dyn Store>,
    folder: &Path,
    change: impl Fn(&str, &str) -> String,
) -> Result<App, AppError> {
    let mut files = app::read_zone(&folder_of(zone)).unwrap();
    for (path, bytes) in &mut files.0 {
        *bytes = change(path, std::str::from_utf8(bytes).unwrap()).into_bytes();
    }
    let report = definition::check(&files);
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    let settings = Settings {
        zone: report.zone.unwrap(),
        store: Arc::clone(store),
        objects: Objects::folder(&folder.join("objects")).unwrap(),
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "import.example/log".to_owned(),
        base_url: "http://import.example".to_owned(),
    };
    App::open_witnessed(settings, None).await?.with_lots(LotsFrom::Own)
}

/// How often chance inspects in a zone: of a million and one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// Once.
    Spares,
    /// A million times.
    Inspects,
}

impl Chance {
    /// A zone's file with its random share changed.
    pub fn change(self, path: &str, text: &str) -> String {
        if !path.ends_with("service.yaml") {
            return text.to_owned();
        }
        let [inspected, spared] = if self == Self::Inspects { [1_000_000, 1] } else { [1, 1_000_000] };
        text.replace("{ inspection: 10, channel: 90 }", &format!("{{ inspection: {inspected}, channel: {spared} }}"))
    }
}

/// A zone's file as it was before declarations reserved anything: nothing is defined that nothing uses.
pub fn unreserved(path: &str, text: &str) -> String {
    let mut in_function = false;
    let kept = text.split_inclusive('\n').filter(|line| {
        if !line.starts_with(' ') {
            in_function =
                ["customs.goods.reserve", "customs.goods.unreserve"].into_iter().any(|name| line.starts_with(name));
        }
        !(path == "functions.yaml" && in_function || path.ends_with("service.yaml") && line.starts_with("reserve:"))
    });
    kept.collect()
}

/// The two sample companies, and whom they belong to.
pub async fn put_companies(app: &App) {
    let person = |id: &str| Entering {
        register: "people".to_owned(),
        key: id.to_owned(),
        held_by: Some(id.to_owned()),
        values: BTreeMap::from([("person.id".to_owned(), text(id))]),
    };
    let company = |key: &str, person: &str| Entering {
        register: "companies".to_owned(),
        key: key.to_owned(),
        held_by: Some(person.to_owned()),
        values: BTreeMap::from([
            ("company.id".to_owned(), text(key)),
            ("company.name".to_owned(), text("sample")),
            ("person.id".to_owned(), text(person)),
        ]),
    };
    let records = [person(SELLER), person(BUYER), company("C-0001", SELLER), company("C-0002", BUYER)];
    app.put_records(&records).await.unwrap();
}

impl Office {
    /// Maku on SQLite with its officers and two companies, where chance inspects as it is told.
    pub async fn maku(chance: Chance) -> Self {
        Self::maku_changed(|path, text| chance.change(path, text)).await
    }

    /// Maku as it was before declarations reserved anything.
    pub async fn maku_unreserved(chance: Chance) -> Self {
        Self::maku_changed(|path, text| unreserved(path, &chance.change(path, text))).await
    }

    async fn maku_changed(change: impl Fn(&str, &str) -> String) -> Self {
        let office = Self::open_changed("maku", &MAKU, change).await;
        put_companies(&office.app).await;
        office
    }

    /// The same on PostgreSQL; none, said plainly, where there is no server.
    async fn maku_on_postgres(change: impl Fn(&str, &str) -> String) -> Option<Self> {
        let database = Database::create().await?;
        let store = Arc::new(PostgresStore::connect(&database.url, 4).await.unwrap());
        let folder = tempfile::tempdir().unwrap();
        let office = Self::open_on("maku", &MAKU, change, (store, folder, Some(database))).await;
        put_companies(&office.app).await;
        Some(office)
    }

    /// Maku on each database that there is, where chance spares.
    pub async fn makus() -> Vec<Self> {
        Self::makus_where(Chance::Spares).await
    }

    /// The same, where chance inspects as it is told.
    pub async fn makus_where(chance: Chance) -> Vec<Self> {
        Self::makus_changed(|path, text| chance.change(path, text)).await
    }

    /// Where chance spares, as it was before declarations reserved anything.
    pub async fn makus_unreserved() -> Vec<Self> {
        Self::makus_changed(|path, text| unreserved(path, &Chance::Spares.change(path, text))).await
    }

    async fn makus_changed(change: impl Fn(&str, &str) -> String) -> Vec<Self> {
        let both = [Some(Self::maku_changed(&change).await), Self::maku_on_postgres(&change).await];
        both.into_iter().flatten().collect()
    }

    pub async fn open(zone: &str, seats: &[(&str, &str)]) -> Self {
        Self::open_changed(zone, seats, |_, text| text.to_owned()).await
    }

    /// A zone, with these of its files changed.
    pub async fn open_changed(zone: &str, seats: &[(&str, &str)], change: impl Fn(&str, &str) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        Self::open_on(zone, seats, change, (store, folder, None)).await
    }

    async fn open_on(
        zone: &str,
        seats: &[(&str, &str)],
        change: impl Fn(&str, &str) -> String,
        (store, folder, database): (Arc<dyn Store>, tempfile::TempDir, Option<Database>),
    ) -> Self {
        let app = run(zone, &store, folder.path(), change).await.unwrap();
        let seat = |(role, officer): &(&str, &str)| Seat {
            role: (*role).to_owned(),
            officer: (*officer).to_owned(),
            person: None,
            weight: 1,
            most_open: None,
        };
        app.put_roster(Roster { seats: seats.iter().map(seat).collect(), ..Roster::default() }).await.unwrap();
        Self { app, store, folder, database }
    }

    pub async fn wrong(&self, applied: Result<Acted, AppError>) -> Vec<(String, String)> {
        let Err(AppError::Refused(Refusal::Facts(problems))) = applied else { panic!("{applied:?}") };
        let told = |problem: FactProblem| match problem.wrong {
            Wrong::Function(fault) => (fault.place, fault.words["en"].clone()),
            other => (problem.fact, format!("{other:?}")),
        };
        problems.into_iter().map(told).collect()
    }

    pub async fn kinds(&self, case: CaseId) -> Vec<String> {
        let rows = self.store.history(case, 0, 100).await.unwrap();
        rows.into_iter().map(|row| row.event.kind).collect()
    }

    pub async fn definition(&self, case: CaseId) -> String {
        let row = self.store.history(case, 0, 1).await.unwrap().remove(0);
        let event: Event = serde_json::from_slice(&row.event.body).unwrap();
        let What::Opened(opened) = event.what else { panic!() };
        opened.definition.to_string()
    }

    pub async fn facts(&self, case: CaseId) -> BTreeMap<String, Value> {
        self.state(case).await.facts
    }

    /// What a register says of a key.
    pub async fn record(&self, register: &str, key: &str) -> Option<BTreeMap<String, Value>> {
        let kind = format!("register/{register}");
        let query = EntryQuery { kind, key: Some(key.to_owned()), owner: None, after: None, limit: 1 };
        let entry = self.store.entries(query).await.unwrap().pop()?;
        let record: Record = serde_json::from_slice(&entry.body).unwrap();
        Some(record.values)
    }

    /// The officer who was drawn for a seat.
    pub async fn drawn(&self, case: CaseId, seat: &str) -> String {
        self.state(case).await.drawn(seat)[0].clone()
    }

    pub async fn state(&self, case: CaseId) -> Case {
        let row = self.store.case(case).await.unwrap().unwrap();
        serde_json::from_slice(&row.state).unwrap()
    }
}
