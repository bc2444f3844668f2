//! Thousands of movements at once, on both databases: of a lot no more is taken than there is, a receipt changes hands once, and nothing comes from nowhere.
//!
//! Must not know of: how a movement is decided.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use app::definition::value::{Decimal, Value};
use app::engine::act::Act;
use app::{App, AppError, Store};
use jiff::SignedDuration;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use store::EntryQuery;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

use crate::office::{Chance, put_companies, run};
use crate::server::Database;
use crate::truck::{SELLER, apply, declaration, document, number, person, text, transfer};

const LOTS: usize = 4;
const IN_EACH_LOT: i64 = 1_000;
const WORKERS: u64 = 16;
/// Of each worker.
const MOVEMENTS: usize = 65;

/// What the movements that were granted come to.
#[derive(Default)]
struct Granted {
    /// Of each lot, how much was taken of it.
    taken: BTreeMap<String, Decimal>,
    /// Receipts that were issued on a lot, with how much is in each and how often it went to somebody else.
    receipts: Vec<(String, Decimal, u32)>,
    refused: usize,
}

async fn come_in(app: &App, reference: &str) -> String {
    let xml = declaration(reference, "11010000", &IN_EACH_LOT.to_string(), "400.00", ("78", "00"));
    let declared = document(app, SELLER, &xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    let acted = apply(app, SELLER, "goods-entry", &facts).await.unwrap();
    assert_eq!(acted.outcome.as_deref(), Some("granted"));
    format!("{}-1", acted.case.reference())
}

/// One of many who draw receipts on the lots, and sell them.
async fn work(app: &App, lots: &[String], granted: &Mutex<Granted>, seed: u64) {
    let mut dice = StdRng::seed_from_u64(seed);
    for _ in 0..MOVEMENTS {
        let sold = dice.random_range(0..3) == 0;
        let receipt = sold.then(|| {
            let granted = granted.lock();
            let at = dice.random_range(0..granted.receipts.len().max(1));
            granted.receipts.get(at).map(|(receipt, ..)| (at, receipt.clone()))
        });
        if let Some(Some((at, receipt))) = receipt {
            match transfer(app, &receipt, "C-0002").await {
                Ok(acted) if acted.outcome.as_deref() == Some("granted") => granted.lock().receipts[at].2 += 1,
                Ok(acted) => panic!("{acted:?}"),
                Err(error) => refused(&error, granted),
            }
            continue;
        }
        let (lot, quantity) = (&lots[dice.random_range(0..lots.len())], Decimal::new(dice.random_range(1..1_500), 2));
        let facts = [("company", text("C-0001")), ("lot", text(lot)), ("quantity", number(&quantity.to_string()))];
        match apply(app, SELLER, "warehouse-receipt", &facts).await {
            Ok(acted) => {
                assert_eq!(acted.outcome.as_deref(), Some("granted"));
                let mut granted = granted.lock();
                *granted.taken.entry(lot.clone()).or_default() += quantity;
                granted.receipts.push((acted.case.reference(), quantity, 0));
            }
            Err(error) => refused(&error, granted),
        }
    }
}

/// What is not there is refused with a reason, and nothing fails otherwise.
fn refused(error: &AppError, granted: &Mutex<Granted>) {
    assert!(matches!(error, AppError::Refused(_)), "{error:?}");
    granted.lock().refused += 1;
}

/// How much each lot or receipt of a register holds.
async fn held(store: &dyn Store, register: &str, quantity: &str) -> BTreeMap<String, Decimal> {
    let mut held = BTreeMap::new();
    let mut after = None;
    loop {
        let kind = format!("register/{register}");
        let page = store.entries(EntryQuery { kind, key: None, owner: None, after, limit: 100 }).await.unwrap();
        let Some(last) = page.last() else { return held };
        after = Some(last.key.clone());
        for entry in &page {
            let record: app::engine::world::Record = serde_json::from_slice(&entry.body).unwrap();
            if let Some(Value::Decimal(left)) = record.values.get(quantity) {
                assert!(*left >= Decimal::ZERO);
                held.insert(entry.key.clone(), *left);
            }
        }
    }
}

/// A zone into which so many lots have come.
async fn zone(store: &Arc<dyn Store>, folder: &Path) -> (Arc<App>, Arc<Vec<String>>) {
    let app = run("maku", store, folder, |path, text| Chance::Spares.change(path, text)).await.unwrap();
    put_companies(&app).await;
    let mut lots = Vec::new();
    for lot in 0..LOTS {
        lots.push(come_in(&app, &format!("TRUCK-{lot}")).await);
    }
    (Arc::new(app), Arc::new(lots))
}

async fn thousands(store: Arc<dyn Store>) {
    let folder = tempfile::tempdir().unwrap();
    let (app, lots) = zone(&store, folder.path()).await;
    let granted = Arc::new(Mutex::new(Granted::default()));
    let mut workers = tokio::task::JoinSet::new();
    for seed in 0..WORKERS {
        let (app, lots, granted) = (Arc::clone(&app), Arc::clone(&lots), Arc::clone(&granted));
        workers.spawn(async move { work(&app, &lots, &granted, seed).await });
    }
    workers.join_all().await;
    let granted = std::mem::take(&mut *granted.lock());
    // Some were too late, and most were not.
    assert!(granted.refused > 0 && granted.receipts.len() > 300, "{} {}", granted.refused, granted.receipts.len());
    let in_lots = held(&*store, "lots", "lot.quantity").await;
    for lot in lots.iter() {
        let left = in_lots.get(lot).copied().unwrap_or_default();
        assert_eq!(left + granted.taken[lot], Decimal::from(IN_EACH_LOT), "{lot}");
    }
    assert!(granted.receipts.iter().all(|(.., sold)| *sold <= 1), "a receipt went to two");
    let in_receipts: Decimal = held(&*store, "receipts", "receipt.quantity").await.values().sum();
    assert_eq!(in_receipts, granted.taken.values().sum(), "what was taken is in receipts");
    assert_eq!(app.rebuild().await.unwrap().mended, 0);
}

/// Exits of each worker.
const EXITS: usize = 60;

/// One of many who declare flour for the mainland, and take some of it back; what of each lot is declared by then.
async fn declare(app: &App, lots: &[String], worker: u64) -> (BTreeMap<String, Decimal>, usize) {
    let mut dice = StdRng::seed_from_u64(worker);
    let (mut open, mut refused) = (BTreeMap::<String, Decimal>::new(), 0);
    for exit in 0..EXITS {
        let (lot, kilograms) = (&lots[dice.random_range(0..lots.len())], Decimal::from(dice.random_range(1..40)));
        let price = kilograms.checked_div(Decimal::TWO).unwrap();
        let reference = format!("OUT-{worker}-{exit}");
        let xml = declaration(&reference, "11010000", &kilograms.to_string(), &price.to_string(), ("40", "78"));
        let declared = document(app, SELLER, &xml).await;
        let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared)];
        match apply(app, SELLER, "goods-exit", &facts).await {
            Ok(acted) if dice.random_range(0..4) == 0 => {
                let act = Act::Withdraw { reason: String::new() };
                app.act(&person(SELLER), acted.case, &act, None, None).await.unwrap();
            }
            Ok(acted) => {
                assert_eq!(acted.stage, "payment");
                *open.entry(lot.clone()).or_default() += kilograms;
            }
            Err(error) => {
                assert!(matches!(error, AppError::Refused(_)), "{error:?}");
                refused += 1;
            }
        }
    }
    (open, refused)
}

/// How much of a lot is there and how much of that is reserved.
async fn standing(app: &App, lot: &str) -> (Decimal, Decimal) {
    let holding = app.goods_account(&person(SELLER), ("lot", lot), None).await.unwrap().holding;
    (holding.balance.amount(), holding.reserved.values().map(|quantity| quantity.amount()).sum())
}

async fn thousands_reserve(store: Arc<dyn Store>) {
    let folder = tempfile::tempdir().unwrap();
    let (app, lots) = zone(&store, folder.path()).await;
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..WORKERS {
        let (app, lots) = (Arc::clone(&app), Arc::clone(&lots));
        workers.spawn(async move { declare(&app, &lots, worker).await });
    }
    let (mut open, mut refused) = (BTreeMap::<String, Decimal>::new(), 0);
    for (own, not) in workers.join_all().await {
        refused += not;
        own.into_iter().for_each(|(lot, kilograms)| *open.entry(lot).or_default() += kilograms);
    }
    assert!(refused > 100, "{refused} were too late");
    for lot in lots.iter() {
        let (there, reserved) = standing(&app, lot).await;
        assert_eq!((there, reserved), (IN_EACH_LOT.into(), open[lot]));
        assert!(reserved <= there && reserved > Decimal::from(IN_EACH_LOT / 2), "{lot}: {reserved}");
    }
    assert_eq!(app.rebuild().await.unwrap().mended, 0);
    // Nobody pays, and all is free again.
    app.clock.advance(SignedDuration::from_hours(24 * 30));
    while app::jobs::clock::run(&app).await.unwrap() > 0 {}
    for lot in lots.iter() {
        assert_eq!(standing(&app, lot).await, (IN_EACH_LOT.into(), Decimal::ZERO));
    }
    assert_eq!(app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_reserve_at_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    thousands_reserve(Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_reserve_at_once_on_postgres() {
    let Some(database) = Database::create().await else { return };
    thousands_reserve(Arc::new(PostgresStore::connect(&database.url, 8).await.unwrap())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_move_at_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    thousands(Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_move_at_once_on_postgres() {
    let Some(database) = Database::create().await else { return };
    thousands(Arc::new(PostgresStore::connect(&database.url, 8).await.unwrap())).await;
}
