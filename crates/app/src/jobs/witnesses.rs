//! Gathering cosignatures: the newest signed checkpoint goes to all witnesses at once, and is final when a quorum has cosigned it.
//!
//! What a crash means at each step: before the zone's own signature is kept, no witness has seen anything; after it, the next start takes up
//! that very checkpoint and asks again, and a witness that has cosigned it cosigns it once more; after the checkpoint is published with its
//! quorum, nothing is owed.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use log::{Note, checkpoint};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use crate::logbook::{PREFIX, Published, Signed};
use crate::witnesses::{Asked, Witnesses, ask};
use crate::{App, AppError};

/// How long the others are waited for once there is a quorum: their cosignatures stand on the checkpoint as well, and the next act waits no
/// longer than this.
const LINGER: Duration = Duration::from_millis(500);
/// How long a whole round may take where there is no quorum yet: a slow witness is asked for two proofs.
const ROUND: Duration = Duration::from_secs(10);
/// How long it rests after a round without a quorum, at first and at most.
const RESTS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(4));
/// After this many milliseconds a checkpoint is cosigned anew though nothing was added: it shows that zone and witnesses live. Ten minutes.
const FRESH_MS: i64 = 600_000;

/// Has the newest signed checkpoint cosigned and makes it final; whether nothing is left to do.
///
/// # Errors
/// When the object store is away: it is tried again.
pub async fn run(app: &App) -> Result<bool, AppError> {
    let Some(witnesses) = &app.witnesses else { return Ok(true) };
    let mut gathered = witnesses.gathered.lock().await;
    let Some(signed) = app.signed.read().clone() else { return Ok(true) };
    let mut note = signed.note.clone();
    if gathered.is_none() && is_final(app, witnesses, &signed) {
        return Ok(true);
    }
    // What was gathered of the same checkpoint in a round that fell short still counts.
    if let Some(before) = gathered.take().filter(|before| before.text() == note.text()) {
        note = before;
    }
    let met = round(app, witnesses, &signed, &mut note).await?;
    if !met {
        *gathered = Some(note);
    }
    Ok(met && app.signed_size() == signed.checkpoint.size())
}

/// Whether this very checkpoint is published with its quorum, and not long ago.
fn is_final(app: &App, witnesses: &Witnesses, signed: &Signed) -> bool {
    let published = app.checkpoint().filter(|published| published.checkpoint == signed.checkpoint);
    published.is_some_and(|published| {
        let age_ms = app.clock.now().as_millisecond().saturating_sub(published.at_ms);
        // A policy that was changed may ask for other witnesses than stand on what was published under the last.
        let met = witnesses.policy.open(&published.note, Some(app.log_key.verifier()), u64::MAX).is_ok();
        met && age_ms < FRESH_MS
    })
}

/// Asks all witnesses that have not cosigned yet, and publishes as soon as they are enough.
async fn round(app: &App, witnesses: &Witnesses, signed: &Signed, note: &mut Note) -> Result<bool, AppError> {
    let missing = |asked: &&Asked| note.signature_of(asked.key.name(), asked.key.id()).is_none();
    let mut answers: FuturesUnordered<_> = witnesses
        .asked
        .iter()
        .filter(missing)
        .map(|asked| async move { (asked, ask(app, witnesses, asked, signed).await) })
        .collect();
    let mut waiting: Vec<&Asked> = witnesses.asked.iter().filter(missing).collect();
    let mut end = Instant::now() + ROUND;
    let mut written = 0;
    let mut met = is_met(witnesses, note);
    if met {
        (written, end) = (publish(app, witnesses, signed, note).await?, Instant::now() + LINGER);
    }
    while let Ok(Some(answer)) = timeout_at(end, answers.next()).await {
        let (asked, cosigned) = answer;
        waiting.retain(|other| other.key != asked.key);
        let Some(cosigned) = cosigned else { continue };
        cosigned.signatures().iter().for_each(|line| note.add(line.clone()));
        if !met && is_met(witnesses, note) {
            met = true;
            (written, end) = (publish(app, witnesses, signed, note).await?, Instant::now() + LINGER);
        }
    }
    let at_ms = app.clock.system().as_millisecond();
    waiting.iter().for_each(|asked| asked.note("late", "it had not answered when the others had", at_ms));
    if met && written < note.signatures().len() {
        publish(app, witnesses, signed, note).await?;
    }
    let said = |asked: &Asked| format!("{}: {}", asked.name, asked.told());
    let why: Vec<String> = witnesses.asked.iter().map(said).collect();
    witnesses.quorum(met, &why.join("; "));
    Ok(met)
}

/// Whether a quorum stands on the note. Each line was checked when it came.
fn is_met(witnesses: &Witnesses, note: &Note) -> bool {
    witnesses.policy.is_met(|witness| note.signature_of(witness.key.name(), witness.key.id()).is_some())
}

/// Publishes a checkpoint with its quorum; how many signatures stand on it. **The point of finality**: before this write nobody sees the new
/// entries proven, after it everybody does. It is read back as a stranger would read it first.
async fn publish(app: &App, witnesses: &Witnesses, signed: &Signed, note: &Note) -> Result<usize, AppError> {
    // Where another process signs the log by now, its checkpoint may be newer.
    let held = match signed.task.upgrade() {
        Some(task) => task.is_held().await,
        None => false,
    };
    if !held {
        return Err(AppError::Internal("another process may be signing the log".to_owned()));
    }
    let bytes = bytes::Bytes::from(note.encode());
    let opened = witnesses.policy.open(&bytes, Some(app.log_key.verifier()), u64::MAX);
    let checkpoint = opened.map_err(|error| AppError::Internal(error.to_string()))?.checkpoint;
    app.objects.put(&format!("{PREFIX}/{}", checkpoint::PATH), bytes.clone()).await?;
    let at_ms = app.clock.now().as_millisecond();
    *app.published.write() = Some(Published { checkpoint, note: bytes, at_ms });
    app.published_now.notify_one();
    Ok(note.signatures().len())
}

/// Runs until `stop`: whenever something was signed, and every so often where no quorum answered.
pub async fn keep_running(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let (first, most) = RESTS;
    let mut rest = first;
    while !*stop.borrow() {
        let ran = tokio::select! {
            ran = run(&app) => ran,
            _ = stop.changed() => return,
        };
        let done = ran.unwrap_or_else(|error| {
            tracing::error!(%error, "the log's checkpoint could not be made final; it is tried again");
            false
        });
        let quorum = app.finality().is_none_or(|finality| finality.quorum);
        rest = if done || quorum { first } else { most.min(rest.saturating_mul(2)) };
        tokio::select! {
            // While no quorum answers, it is not asked at every act.
            () = app.signed_now.notified(), if quorum => {}
            () = tokio::time::sleep(rest) => {}
            _ = stop.changed() => {}
        }
    }
}
