//! Draws that wait for their randomness: gets it when it is due, sees that it is the source's, and submits the draw like anyone else.
//!
//! Must not know of: how officers are drawn, who they are.
//!
//! A crash at any step costs nothing: the entry of a lot stays until the append that draws, and a draw that took place is refused the second time.

mod asking;
mod institutions;
mod rounds;

pub(crate) use asking::Asker;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::Digest;
use engine::event::Event;
use engine::lot::{Evidence, Proof, Source};
use engine::refusal::Refusal;
use futures_util::{StreamExt, stream};
use log::hash::leaf_hash;
use store::{EntryQuery, Put};
use tokio::sync::watch;

use crate::logbook::Shelf;
use crate::lots::{From, KIND, LotsFrom, WaitingLot, due_ms};
use crate::{App, AppError, leaf};
use rounds::Rounds;

/// Lots taken up at once.
const BATCH: u32 = 1000;
/// Draws that are submitted at once, so that they share transactions: all lots of one round are due together.
const AT_ONCE: usize = 64;
/// How often it looks for what is due: a round of the fastest chain comes each 3 seconds.
const BEAT: Duration = Duration::from_secs(1);

/// What came of one lot.
enum Came {
    Drawn,
    /// It was drawn before, or what waited for it has ended.
    Gone,
    NotYet,
    Stuck(String),
}

/// A lot's leaf in the log.
struct LotLeaf {
    index: u64,
    bytes: Vec<u8>,
}

impl LotLeaf {
    fn hash(&self) -> Digest {
        Digest(leaf_hash(&self.bytes).0)
    }
}

/// Runs until `stop`.
pub(crate) async fn keep_running(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "waiting lots could not be looked for; it is tried again");
        }
        // The second institution answers for what a checkpoint covers, so it is asked when there is a new one.
        let covers_more = matches!(app.lots_from, LotsFrom::Institutions { .. });
        tokio::select! {
            () = tokio::time::sleep(BEAT) => {}
            () = app.published_now.notified(), if covers_more => {}
            _ = stop.changed() => {}
        }
    }
}

/// Draws every lot whose randomness is due and can be had; how many were drawn.
///
/// # Errors
/// When the store is away. A lot that cannot be drawn is logged and counted, tried again later, and does not hold up the others.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let mut drawn = 0;
    let mut standing = BTreeSet::new();
    let mut rounds = Rounds::default();
    let shelf = Shelf::default();
    let published_ms = app.checkpoint().map_or(i64::MIN, |published| published.at_ms);
    let mut after = None;
    loop {
        let query = EntryQuery { kind: KIND.to_owned(), key: None, owner: None, after, limit: BATCH };
        let page = app.store.entries(query).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.key.clone());
        let now = app.clock.now();
        let is_due = |key: &str| due_ms(key).is_none_or(|due_ms| due_ms <= now.as_millisecond());
        let whole_page_due = is_due(&last.key);
        let mut due = Vec::new();
        for entry in page.into_iter().filter(|entry| is_due(&entry.key)) {
            standing.insert(entry.key.clone());
            if !app.stuck_lots.rests(&entry.key, now) {
                let lot: WaitingLot = serde_json::from_slice(&entry.body)?;
                if is_too_new(&lot, &entry.key, published_ms) {
                    continue;
                }
                rounds.want(app, &lot).await;
                due.push((entry.key, lot));
            }
        }
        let mut coming = stream::iter(due)
            .map(|(key, lot)| {
                let (rounds, shelf) = (&rounds, &shelf);
                async move { (draw(app, &lot, rounds, shelf).await, key, lot) }
            })
            .buffer_unordered(AT_ONCE);
        while let Some((came, key, lot)) = coming.next().await {
            match came? {
                Came::Drawn => {
                    standing.remove(&key);
                    drawn += 1;
                }
                Came::NotYet => {}
                Came::Gone => {
                    standing.remove(&key);
                    let kind = KIND.to_owned();
                    app.store.put(vec![Put { kind, key, owner: None, body: None, expected: None }]).await?;
                }
                Came::Stuck(why) => {
                    tracing::error!(case = %lot.case, seat = lot.seat, why, "a lot could not be drawn; it is tried again");
                    app.stuck_lots.add(key, now);
                }
            }
        }
        if !whole_page_due {
            break;
        }
    }
    app.stuck_lots.keep_only(&standing);
    Ok(drawn)
}

/// Whether a lot of two institutions was fixed after the newest checkpoint was published: then it is in none, and nobody answers for it. Whatever comes
/// with the next checkpoint is looked at then.
fn is_too_new(lot: &WaitingLot, key: &str, published_ms: i64) -> bool {
    matches!(lot.from, From::Source(Source::Vrf { .. })) && due_ms(key).is_some_and(|fixed_ms| fixed_ms > published_ms)
}

/// Draws, or says why not. Only that the store is away is an error: one damaged case must not hold up the others.
async fn draw(app: &App, lot: &WaitingLot, rounds: &Rounds, shelf: &Shelf) -> Result<Came, AppError> {
    match try_to_draw(app, lot, rounds, shelf).await {
        Err(AppError::Unavailable(why)) => Err(AppError::Unavailable(why)),
        Err(AppError::Refused(Refusal::NoLot | Refusal::Ended)) => Ok(Came::Gone),
        Err(AppError::Refused(Refusal::NotDue) | AppError::Stale) => Ok(Came::NotYet),
        Err(error) => Ok(Came::Stuck(error.to_string())),
        Ok(came) => Ok(came),
    }
}

async fn try_to_draw(app: &App, lot: &WaitingLot, rounds: &Rounds, shelf: &Shelf) -> Result<Came, AppError> {
    let (seat, number) = (lot.seat.clone(), lot.lot);
    let act = match &lot.from {
        From::Case(_) => Act::Share { seat, lot: number },
        From::Source(source) => {
            let leaf = lot_leaf(app, lot.case, number).await?;
            let evidence = match source {
                Source::Drand { chain, round } => rounds.evidence(*chain, *round),
                Source::Vrf { keys } => institutions::evidence(app, keys, &leaf, shelf).await?,
            };
            let evidence = match evidence {
                Ok(evidence) => evidence,
                Err(came) => return Ok(came),
            };
            let proof = Proof { leaf: leaf.hash(), evidence };
            match beacon::randomness::proven(&proof, chains(app)) {
                Ok(randomness) => {
                    Act::Draw { seat, lot: number, randomness: Digest(randomness), proof: Box::new(proof) }
                }
                Err(wrong) => return Ok(Came::Stuck(wrong.to_string())),
            }
        }
    };
    app.act_as(&Actor::Beacon, lot.case, &act).await.map(|_| Came::Drawn)
}

/// The chains that are trusted.
fn chains(app: &App) -> &[beacon::Chain] {
    match &app.lots_from {
        LotsFrom::Drand { chain, .. } => std::slice::from_ref(chain),
        _ => &[],
    }
}

/// The leaf of the event that fixed a lot.
async fn lot_leaf(app: &App, case: CaseId, number: u64) -> Result<LotLeaf, AppError> {
    let mut rows = app.store.history(case, number.saturating_sub(1), 1).await?;
    let row = rows.pop().ok_or_else(|| AppError::Internal(format!("case {case} has no event {number}")))?;
    let event: Event = serde_json::from_slice(&row.event.body)?;
    let (_, service, state) = app.load(case).await?;
    let leaf = leaf::of(&row, &event, &service, state.definition)?;
    let bytes = leaf.encode().map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(LotLeaf { index: row.position, bytes })
}

/// What a source said, or why it is not there.
type Said = Result<Evidence, Came>;
