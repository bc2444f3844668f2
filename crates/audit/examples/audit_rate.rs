//! How fast a record is audited, and whether every manipulation is found: `cargo run --release -p audit --example audit_rate -- ZONE FOLDER [PEOPLE]`.
//!
//! A zone's record is made by the application on SQLite: so many people found a company, register premises, apply for a licence and a building permit,
//! 64 at once. Then the whole of it is audited with two threads, from files in memory, so that no disk is measured: leaves, acts, certificates, registers,
//! figures. Then inclusion proofs are made and checked, and the suite of manipulations is run on a smaller record that also has silence, appeals
//! and decisions that fell. Prints one JSON object.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a measurement that fails has nothing to say"
)]

#[path = "../tests/seeded/again.rs"]
mod again;
#[path = "../tests/seeded/agents.rs"]
mod agents;
#[path = "../tests/seeded/chance.rs"]
mod chance;
#[path = "../tests/seeded/forge.rs"]
mod forge;
#[path = "../tests/seeded/goods.rs"]
mod goods;
#[path = "../tests/seeded/history.rs"]
mod history;
#[path = "../tests/seeded/lots.rs"]
mod lots;
#[path = "../tests/seeded/manipulations/mod.rs"]
mod manipulations;
#[path = "../tests/seeded/moved.rs"]
mod moved;
#[path = "../tests/seeded/people.rs"]
mod people;
#[path = "../tests/seeded/queues.rs"]
mod queues;
#[path = "../../app/tests/running/relay.rs"]
mod relay;
#[path = "../tests/seeded/shown.rs"]
mod shown;
#[path = "../tests/seeded/signers.rs"]
mod signers;
#[path = "../../credential/tests/soft/mod.rs"]
mod soft;
#[path = "../tests/seeded/suite.rs"]
mod suite;
#[path = "../../app/tests/customs/truck.rs"]
mod truck;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use app::Objects;
use audit::{Input, State, Task, Workers};
use forge::Published;
use log::proof;
use serde_json::json;

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// People who deal with the zone at once.
const AT_ONCE: usize = 64;
/// Proofs that are made and checked.
const PROOFS: u64 = 20_000;
/// People in the record that is manipulated.
const PEOPLE_OF_SUITE: usize = 45;

/// Two threads, as on the machine that the aim is for.
struct Two;

impl Workers for Two {
    fn run(&self, tasks: Vec<Task<'_>>) {
        let tasks = Mutex::new(tasks.into_iter());
        let next = || tasks.lock().unwrap().next();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while let Some(task) = next() {
                        task();
                    }
                });
            }
        });
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [zone, folder, rest @ ..] = args.as_slice() else { panic!("usage: audit_rate ZONE FOLDER [PEOPLE]") };
    let people = rest.first().map_or(6000, |people| people.parse().unwrap());
    let published = record(Path::new(zone), Path::new(folder), people);
    let key = forge::log_key().verifier().clone();
    let input = Input {
        log: &published.log,
        key: &key,
        disclosure: Some(&published.disclosure),
        certificate_keys: None,
        now_ms: None,
        tolerance_ms: audit::TOLERANCE_MS,
        workers: &Two,
        progress: &|_, _| {},
    };
    let begun = Instant::now();
    let (report, _) = audit::audit(&input, State::default()).unwrap();
    let took_s = begun.elapsed().as_secs_f64();
    assert!(report.clean, "{:?}", report.findings.first());
    let counts = &report.counts;
    let inclusion_proofs_per_s = proofs(&published, counts.leaves);
    let suite = suite::Suite::new(Path::new(zone), PEOPLE_OF_SUITE);
    let false_findings = suite.clean().faults();
    let outcomes = suite.outcomes();
    let found = outcomes.iter().filter(|one| one.found).count();
    println!(
        "{}",
        json!({
            "events": counts.leaves,
            "cases": counts.cases,
            "acts": counts.acts,
            "certificates": counts.certificates,
            "audit_s": took_s,
            "events_per_s": counts.leaves as f64 / took_s,
            "inclusion_proofs_per_s": inclusion_proofs_per_s,
            "seeded": outcomes.len(),
            "found": found,
            "false_findings": false_findings,
        })
    );
}

/// Proofs made from the log's tiles and checked against its root by two threads, a second.
fn proofs(published: &Published, size: u64) -> f64 {
    let key = forge::log_key().verifier().clone();
    let opened = log::verify::open_checkpoint(&published.log, &key, &[]).unwrap();
    let root = *opened.checkpoint.root();
    let indices: Vec<u64> = (0..PROOFS).map(|number| number.wrapping_mul(7_919) % size).collect();
    let leaves: Vec<(u64, log::Hash)> =
        indices.iter().map(|index| (*index, leaf_hash(published, *index, size))).collect();
    let begun = Instant::now();
    let prove = |leaves: &[(u64, log::Hash)]| {
        for (index, leaf) in leaves {
            let hashes = proof::inclusion(&published.log, *index, size).unwrap();
            proof::verify_inclusion(leaf, *index, size, &hashes, &root).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for half in leaves.chunks(leaves.len().div_ceil(2)) {
            scope.spawn(|| prove(half));
        }
    });
    PROOFS as f64 / begun.elapsed().as_secs_f64()
}

fn leaf_hash(published: &Published, index: u64, size: u64) -> log::Hash {
    let tile = log::Tile::in_tree(log::tile::Kind::Hashes(0), index / 256, size).unwrap();
    log::reader::read_hashes(&published.log, tile).unwrap()[(index % 256) as usize]
}

/// The record of so many people who are in a hurry.
fn record(zone: &Path, folder: &Path, people: usize) -> Published {
    let out = folder.join("disclosure");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let numbers: Vec<usize> = history::in_a_hurry(people).collect();
        let town = Arc::new(history::open_for(zone, folder, &numbers).await);
        let numbers = Arc::new(numbers);
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|worker| {
                let (town, numbers) = (Arc::clone(&town), Arc::clone(&numbers));
                tokio::spawn(async move {
                    for number in numbers.iter().skip(worker).step_by(AT_ONCE) {
                        town.dealings(*number).await;
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap();
        }
        town.deliver().await;
        let disclosed = town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap();
        assert!(disclosed.quiet);
    });
    Published::of(forge::read_folder(&out))
}
