//! A writer that is killed and what it must leave behind: a test's executable runs itself again as the writer.
//!
//! Must not know of: any backend.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use tokio::task::JoinSet;

use super::given::{erased_first, id, witnessed};
use crate::{CaseId, Store, StoreError};

/// Names the variable that makes the executable a writer, and tells it where the store is.
pub const WRITE_TO: &str = "PANJEREH_TEST_WRITE_TO";
/// Cases that a writer writes at once.
const AT_ONCE: u64 = 32;

/// One acknowledged append: its case, the sequence number after it, its first log position.
pub type Acknowledged = (CaseId, u64, u64);

/// Writes without end and prints each append that was acknowledged, as soon as it was. It ends when the store fails for good.
///
/// Every case goes on from where it stands, so a store may be written to again after a crash.
pub async fn write(store: Arc<dyn Store>) {
    let mut writers = JoinSet::new();
    for n in 0..AT_ONCE {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            // A few cases each, of which later ones are opened as it goes.
            for step in 0_u64.. {
                let case = id(n + AT_ONCE * (step % (2 + step / 50)));
                let Ok(row) = store.case(case).await else { return };
                let seq = row.as_ref().map_or(0, |row| row.seq);
                let events = 1 + step % 3;
                let mut append = witnessed(case, seq, events);
                append.erases.extend(row.map(|row| erased_first(row.opened, seq + events)));
                match store.append(append).await {
                    Ok(position) => acknowledge((case, seq + events, position)),
                    Err(StoreError::Unavailable(_) | StoreError::Unknown(_)) => return,
                    Err(other) => panic!("{other}"),
                }
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
}

/// In one write to the pipe, so that a kill leaves whole lines before it.
fn acknowledge((case, seq, position): Acknowledged) {
    let line = format!("acknowledged {case} {seq} {position}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// A writer in a process of its own, and what it has said.
pub struct Writer {
    /// The process.
    pub child: Child,
    lines: Receiver<Acknowledged>,
}

impl Writer {
    /// Runs this executable again, with only the named test, which must call [`write`] when [`WRITE_TO`] is set.
    pub fn start(test: &str, write_to: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(WRITE_TO, write_to)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // The test runner prints its own lines before, on the first one without an end.
                if let Some(acknowledged) = parse(&line)
                    && sender.send(acknowledged).is_err()
                {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits until the writer has said `count` things.
    pub fn wait_for(&self, count: usize) -> Vec<Acknowledged> {
        (0..count).map(|_| self.lines.recv().expect("the writer goes on writing")).collect()
    }

    /// Kills it with SIGKILL and returns what else it had said.
    pub fn kill(mut self) -> Vec<Acknowledged> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.lines.iter().collect()
    }
}

fn parse(line: &str) -> Option<Acknowledged> {
    let mut words = line.split("acknowledged ").nth(1)?.split(' ');
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

/// Panics when the store does not hold everything that was acknowledged, or holds anything half done.
pub async fn check(store: &dyn Store, acknowledged: &[Acknowledged]) {
    super::whole::check(store).await;
    let places: HashMap<(CaseId, u64), u64> =
        super::whole::whole_feed(store).await.into_iter().map(|row| ((row.case, row.seq), row.position)).collect();
    for (case, seq, position) in acknowledged {
        let last = places
            .get(&(*case, *seq))
            .unwrap_or_else(|| panic!("the {seq}th event of {case} was acknowledged and is gone"));
        assert!(position <= last && last - position < 3, "the {seq}th event of {case} has moved");
    }
}

/// Between 0 and `most` milliseconds, differently in each round but the same in each run.
pub fn pause(round: u64, most_ms: u64) -> std::time::Duration {
    std::time::Duration::from_millis(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) % most_ms)
}
