//! The suite: one history, published; each manipulation of it, audited.
//!
//! Must not know of: what a manipulation does.

use std::path::Path;

use app::Objects;
use audit::{Report, State};

use crate::forge::{Forge, Published, codes, read_folder};
use crate::history;

pub struct Suite {
    published: Published,
    now_ms: i64,
}

/// What became of a manipulation.
#[derive(Debug)]
pub struct Outcome {
    pub name: &'static str,
    pub expected: &'static str,
    pub found: bool,
    pub codes: Vec<String>,
}

impl Suite {
    /// Makes the history of so many people.
    pub fn new(zone: &Path, people: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let out = folder.path().join("disclosure");
        let now_ms = runtime.block_on(async {
            let town = history::open(zone, folder.path(), people).await;
            for number in 0..people {
                town.dealings(number).await;
            }
            let disclosed = town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap();
            assert!(disclosed.quiet);
            town.app.clock.now().as_millisecond()
        });
        Self { published: Published::of(read_folder(&out)), now_ms }
    }

    pub fn clean(&self) -> Report {
        self.published.audit(State::default(), Some(self.now_ms)).0
    }

    pub fn run(&self) -> Vec<Outcome> {
        Vec::new()
    }
}
