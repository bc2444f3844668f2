//! The suite: one history, published; each manipulation of it, audited.
//!
//! Must not know of: what a manipulation does.

use std::path::Path;
use std::sync::OnceLock;

use app::Objects;
use audit::{Report, State};

use crate::forge::{Forge, Published, codes, read_folder};
use crate::history;
use crate::manipulations::{self, Manipulation};
use crate::queues::{BESIDES, QUEUE};

pub struct Suite {
    published: Published,
    now_ms: i64,
    outcomes: OnceLock<Vec<Outcome>>,
}

/// What became of a manipulation.
#[derive(Debug)]
pub struct Outcome {
    pub name: &'static str,
    pub expected: &'static str,
    pub found: bool,
    pub codes: Vec<String>,
}

/// The suite that the tests share: making its history takes longer than looking at it.
pub fn shared() -> &'static Suite {
    static SUITE: OnceLock<Suite> = OnceLock::new();
    SUITE.get_or_init(|| Suite::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku"), 45))
}

/// A copy to be changed.
pub fn copy(published: &Published) -> Published {
    Published { log: published.log.clone(), disclosure: published.disclosure.clone() }
}

impl Suite {
    /// Makes the history of so many people.
    pub fn new(zone: &Path, people: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let out = folder.path().join("disclosure");
        let now_ms = runtime.block_on(async {
            let town = history::open(zone, folder.path(), people + QUEUE + BESIDES).await;
            // First, so that hardly a manipulation touches what a lot's leaf rests on.
            let town = town.with_an_institution().await;
            town.drawn_together(&[people + QUEUE + 2, people + QUEUE + 4]).await;
            let town = town.with_no_institution();
            town.limits().await;
            for number in 0..people {
                town.dealings(number).await;
            }
            town.spot_checks(1).await;
            town.truck().await;
            town.signed_day(people).await;
            let disclosed = town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap();
            assert!(disclosed.quiet);
            town.app.clock.now().as_millisecond()
        });
        Self { published: Published::of(read_folder(&out)), now_ms, outcomes: OnceLock::new() }
    }

    pub fn clean(&self) -> Report {
        self.published.audit(State::default(), Some(self.now_ms)).0
    }

    /// What is found of the record as it is: that the zone drew with an institution, and then by itself.
    pub fn remarks(report: &Report) -> Vec<(&str, Option<&String>)> {
        report.findings.iter().map(|finding| (finding.code.as_str(), finding.case.as_ref())).collect()
    }

    /// What became of every manipulation.
    pub fn outcomes(&self) -> &[Outcome] {
        self.outcomes.get_or_init(|| self.run())
    }

    /// Does every manipulation and audits each.
    fn run(&self) -> Vec<Outcome> {
        let forge = Forge::of(&self.published);
        let state = self.published.audit(State::default(), None).1;
        let clean = self.clean();
        let as_it_is = Self::remarks(&clean);
        let outcome = |manipulation: &&Manipulation| {
            let mut forge = forge.clone();
            (manipulation.make)(&mut forge);
            let state = if manipulation.seen_before { state.clone() } else { State::default() };
            let (mut report, _) = forge.publish().audit(state, Some(self.now_ms));
            report.findings.retain(|finding| !as_it_is.contains(&(finding.code.as_str(), finding.case.as_ref())));
            let codes: Vec<String> = codes(&report.findings).into_iter().map(str::to_owned).collect();
            let Manipulation { name, expected, .. } = **manipulation;
            let own = audit::checks::all().iter().find(|check| check.code.id == expected).unwrap();
            let is_remark = own.code.weight == audit::Weight::Remark;
            let found = codes.iter().any(|code| code == expected) && (is_remark || !report.clean);
            Outcome { name, expected, found, codes }
        };
        // Each is by itself, so as many as there are cores at once.
        let all = manipulations::all();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let parts: Vec<&[&Manipulation]> = all.chunks(all.len().div_ceil(cores)).collect();
        std::thread::scope(|scope| {
            let outcome = &outcome;
            let running: Vec<_> = parts
                .into_iter()
                .map(|part| scope.spawn(move || part.iter().map(outcome).collect::<Vec<_>>()))
                .collect();
            running.into_iter().flat_map(|part| part.join().unwrap()).collect()
        })
    }

    /// The record as it is, for other uses.
    pub fn published(&self) -> &Published {
        &self.published
    }

    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }
}
