//! Rounds of drand for waiting lots: each is fetched once, from one address after the other, and believed only when the chain signed it.
//!
//! Must not know of: what is drawn.

use std::collections::BTreeMap;

use beacon::{Chain, Round};
use engine::case::Digest;
use engine::lot::{Evidence, Source};
use reqwest::StatusCode;

use super::{Came, Said};
use crate::App;
use crate::lots::{From, LotsFrom, WaitingLot};

/// How long after its time a round may be missing before an operator is told.
const LATE_MS: i64 = 60_000;

/// Rounds that were wanted, and what came of each.
#[derive(Default)]
pub(super) struct Rounds {
    fetched: BTreeMap<(Digest, u64), Result<Round, Missing>>,
    /// Why nobody could be reached. The others are not asked for in vain then: each would cost the patience for every relay.
    away: Option<String>,
}

/// Why a round is not there.
#[derive(Clone)]
enum Missing {
    NotYet,
    Failed(String),
    /// No relay could be reached.
    Away(String),
}

impl Rounds {
    /// Fetches the round that a lot waits for, if it waits for one that was not fetched yet.
    pub(super) async fn want(&mut self, app: &App, lot: &WaitingLot) {
        let From::Source(Source::Drand { chain, round }) = &lot.from else { return };
        if self.fetched.contains_key(&(*chain, *round)) {
            return;
        }
        let fetched = match &self.away {
            Some(why) => Err(Missing::Away(why.clone())),
            None => fetch(app, *chain, *round).await,
        };
        if let Err(Missing::Away(why)) = &fetched {
            self.away = Some(why.clone());
        }
        self.fetched.insert((*chain, *round), fetched);
    }

    /// What the chain said in a round.
    pub(super) fn evidence(&self, chain: Digest, round: u64) -> Said {
        match self.fetched.get(&(chain, round)) {
            Some(Ok(Round { signature, previous, .. })) => {
                Ok(Evidence::Drand { chain, round, signature: signature.clone(), previous: previous.clone() })
            }
            Some(Err(Missing::Failed(why) | Missing::Away(why))) => Err(Came::Stuck(why.clone())),
            Some(Err(Missing::NotYet)) | None => Err(Came::NotYet),
        }
    }
}

async fn fetch(app: &App, chain: Digest, round: u64) -> Result<Round, Missing> {
    let (trusted, urls, asker) = match (&app.lots_from, &app.asker) {
        (LotsFrom::Drand { chain: trusted, urls }, Some(asker)) if trusted.hash() == chain.0 => (trusted, urls, asker),
        _ => {
            let why = format!("it waits for drand chain {chain}, which the settings do not name; put it back there");
            return Err(Missing::Failed(why));
        }
    };
    let mut failed = Vec::new();
    let mut reached = false;
    for url in urls {
        let answered = asker.get(&format!("{url}/public/{round}")).await;
        reached |= answered.is_ok();
        match answered {
            Ok(answered) if answered.status == StatusCode::OK => match verified(trusted, round, &answered.body) {
                Ok(round) => return Ok(round),
                Err(wrong) => {
                    tracing::error!(url, round, wrong, "an address answers with what the chain did not sign");
                    failed.push(format!("{url}: {wrong}"));
                }
            },
            // A relay that does not have the round yet says 404 or 425.
            Ok(answered) if matches!(answered.status, StatusCode::NOT_FOUND | StatusCode::TOO_EARLY) => {}
            Ok(answered) => failed.push(format!("{url}: status {}", answered.status)),
            Err(why) => failed.push(format!("{url}: {why}")),
        }
    }
    let late_ms = app.clock.now().as_millisecond().saturating_sub(trusted.time_ms(round).unwrap_or(i64::MAX));
    match failed.is_empty() {
        true if late_ms < LATE_MS => Err(Missing::NotYet),
        true => Err(Missing::Failed(format!("round {round} is not out {} s after its time", late_ms.div_euclid(1000)))),
        false if reached => Err(Missing::Failed(failed.join("; "))),
        false => Err(Missing::Away(failed.join("; "))),
    }
}

fn verified(chain: &Chain, asked: u64, body: &[u8]) -> Result<Round, String> {
    let round = Round::read(body, asked).map_err(|wrong| wrong.to_string())?;
    chain.verify(&round).map(|_| round).map_err(|wrong| wrong.to_string())
}
