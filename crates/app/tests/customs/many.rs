//! Thousands of movements at once, on both databases: of a lot no more is taken than there is, a receipt changes hands once, and nothing comes from nowhere.
//!
//! Must not know of: how a movement is decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::value::{Decimal, Value};
use app::{App, AppError, Store};
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use store::EntryQuery;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

use crate::office::{Chance, put_companies, run};
use crate::server::Database;
use crate::truck::{SELLER, apply, declaration, document, number, text, transfer};

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

async fn thousands(store: Arc<dyn Store>) {
    let folder = tempfile::tempdir().unwrap();
    let app =
        Arc::new(run("maku", &store, folder.path(), |path, text| Chance::Spares.change(path, text)).await.unwrap());
    put_companies(&app).await;
    let mut lots = Vec::new();
    for lot in 0..LOTS {
        lots.push(come_in(&app, &format!("TRUCK-{lot}")).await);
    }
    let (lots, granted) = (Arc::new(lots), Arc::new(Mutex::new(Granted::default())));
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
