//! How many single-event appends a second this machine makes durable: `cargo run --release -p store-sqlite --example append_rate [COUNT]`.
//!
//! 256 writers, each with one append in flight; every case is opened and gets four further events, with a holder and a deadline that move on
//! the second of them.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use store::{Append, CaseId, CaseRow, NewDue, NewEvent, Store};
use store_sqlite::SqliteStore;

const WRITERS: u64 = 256;
const EVENTS_PER_CASE: u64 = 5;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let count: u64 = std::env::args().nth(1).map_or(Ok(200_000), |count| count.parse())?;
    let folder = std::env::current_dir()?.join("target").join("append_rate");
    std::fs::create_dir_all(&folder)?;
    for file in ["store.db", "store.db-wal", "store.db-shm"] {
        drop(std::fs::remove_file(folder.join(file)));
    }
    let store = Arc::new(SqliteStore::open(&folder.join("store.db"))?);
    let begun = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for n in 0..count / WRITERS {
                    let append = append((writer << 32) | (n / EVENTS_PER_CASE), n % EVENTS_PER_CASE);
                    store.append(append).await?;
                }
                Ok::<(), store::StoreError>(())
            })
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{:.0} appends/s", (count / WRITERS * WRITERS) as f64 / seconds);
    Ok(())
}

fn append(case: u64, seq: u64) -> Append {
    let case = CaseId((u128::from(case) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes());
    let at_ms = 1_700_000_000_000 + i64::from(seq >= 2);
    let event = NewEvent {
        kind: "noted".to_owned(),
        stage: Some("review".to_owned()),
        at_ms,
        body: vec![b'x'; 300],
        salt: [7; 32],
    };
    let row = CaseRow {
        case,
        reference: case.reference(),
        service: "activity-licence".to_owned(),
        authority: "zone-organisation".to_owned(),
        applicant: format!("person-{}", case.0[0]),
        stage: if seq < 2 { "screening" } else { "review" }.to_owned(),
        outcome: None,
        holders: vec![if seq < 2 { "omid" } else { "sara" }.to_owned()],
        seq: seq + 1,
        opened: 0,
        last_position: 0,
        opened_ms: 1_700_000_000_000,
        stage_since_ms: at_ms,
        due_ms: Some(at_ms),
        state: vec![b'y'; 600],
    };
    let due = vec![NewDue { at_ms, clock: "review".to_owned() }];
    Append {
        case,
        expected_seq: seq,
        events: vec![event],
        row,
        due,
        outbox: Vec::new(),
        puts: Vec::new(),
        idempotency: None,
        erases: Vec::new(),
    }
}
