//! Draws that are made with a second institution, which follows the zone's log.
//!
//! Must not know of: audits, how a draw is proven.

use std::sync::{Arc, Mutex};

use app::beacon::institution::{self, Declined, Question, Seen};
use app::beacon::vrf::SecretKey;
use app::engine::roster::RosterAct;
use app::{LotsFrom, jobs};
use jiff::SignedDuration;

use crate::forge::log_key;
use crate::history::Town;
use crate::people::{person, premises_of};
use crate::relay;

/// The secret keys of the zone and of the institution.
pub const SEEDS: [[u8; 32]; 2] = [[11; 32], [12; 32]];

async fn serve() -> String {
    let (seen, key, log) = (Mutex::new(Seen::default()), SecretKey::from_seed(&SEEDS[1]), log_key().verifier().clone());
    relay::serve(move |_, body| {
        let mut seen = seen.lock().unwrap();
        let answered = Question::read(body).and_then(|question| institution::answer(&question, &log, &seen, &key));
        match answered {
            Ok((answer, now)) => {
                *seen = now;
                (200, serde_json::to_vec(&answer).unwrap())
            }
            Err(Declined::OtherSize { seen, .. }) => (409, format!("{{\"seen\":{seen}}}").into_bytes()),
            Err(declined) => (422, declined.to_string().into_bytes()),
        }
    })
    .await
}

impl Town {
    /// From now on the zone draws officers by itself.
    pub fn with_no_institution(self) -> Self {
        let Self { app, store, signers } = self;
        let app = Arc::new(Arc::into_inner(app).unwrap().with_lots(LotsFrom::Own).unwrap());
        Self { app, store, signers }
    }

    /// From now on officers are drawn by the zone and an institution together.
    pub async fn with_an_institution(self) -> Self {
        let Self { app, store, signers } = self;
        let own = Box::new(SecretKey::from_seed(&SEEDS[0]));
        let other = *SecretKey::from_seed(&SEEDS[1]).public();
        let from = LotsFrom::Institutions { own, other, url: serve().await };
        let app = Arc::new(Arc::into_inner(app).unwrap().with_lots(from).unwrap());
        Self { app, store, signers }
    }

    /// Of the officers for premises one may hold a single case, the others so many that it hardly matters.
    pub async fn limits(&self) {
        let limit =
            |(officer, most): (&str, u32)| RosterAct::Limit { officer: officer.to_owned(), most_open: Some(most) };
        let limits = [("O-0005", 100), ("O-0006", 100), ("O-0007", 1)].map(limit);
        self.app.operate_roster(&limits).await.unwrap();
        // So much that nobody can say that they did not know.
        self.app.clock.advance(SignedDuration::from_mins(2));
    }

    /// Some apply, one after the other. For each an officer is drawn when the lot is in the log; when all are, they refuse.
    pub async fn drawn_together(&self, numbers: &[usize]) {
        let mut cases = Vec::new();
        for number in numbers {
            let given = premises_of(*number);
            cases.push(self.submit(&person(*number), "premises-registration", None, given).await);
            jobs::sequencer::run(&self.app).await.unwrap();
            self.tick();
            assert_eq!(jobs::lots::run(&self.app).await.unwrap(), 1);
        }
        for case in cases {
            self.decide(case, "refuse", Some("premises-lease")).await;
        }
        self.deliver().await;
    }
}
