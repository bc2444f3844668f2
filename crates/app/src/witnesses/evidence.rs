//! What a witness said that it must not say, kept beside the log for anybody to judge.
//!
//! Must not know of: when witnesses are asked.

use std::sync::atomic::Ordering;

use super::{Asked, Witnesses};
use crate::App;
use crate::logbook::PREFIX;

/// The same of the same witness is kept once in this time, in milliseconds: an hour.
const AGAIN_MS: i64 = 3_600_000;
/// Characters of an answer that are repeated in an error.
const SAID_CHARS: usize = 200;

/// A question to a witness and its answer.
pub(super) struct Claim<'a> {
    pub(super) app: &'a App,
    pub(super) witnesses: &'a Witnesses,
    pub(super) asked: &'a Asked,
    pub(super) request: &'a str,
    pub(super) status: u16,
    pub(super) answer: &'a [u8],
}

impl Claim<'_> {
    /// The beginning of the answer, on one line.
    pub(super) fn said(&self) -> String {
        let text = String::from_utf8_lossy(self.answer);
        let line = text.lines().next().unwrap_or_default();
        line.chars().filter(|character| !character.is_control()).take(SAID_CHARS).collect()
    }
}

/// Keeps question and answer under `log/evidence/`, and says so loudly.
pub(super) async fn keep(claim: &Claim<'_>, kind: &'static str, why: &str) {
    let Claim { app, witnesses, asked, .. } = claim;
    let now = app.clock.system();
    let now_ms = now.as_millisecond();
    {
        let mut heard = asked.heard.lock();
        if heard.kept.is_some_and(|(kept, at_ms)| kept == kind && now_ms.saturating_sub(at_ms) < AGAIN_MS) {
            return;
        }
        heard.kept = Some((kind, now_ms));
    }
    let path = format!("{PREFIX}/evidence/{}-{kind}-{:08x}.txt", now.strftime("%Y%m%dT%H%M%SZ"), asked.key.id());
    let text = format!(
        "Seen by {} at {}: the witness {} ({}).\n\n{why}.\n\n--- the witness was sent\n{}--- it answered {}\n{}\n--- end\n",
        app.origin,
        now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        asked.name,
        asked.key,
        claim.request,
        claim.status,
        String::from_utf8_lossy(claim.answer),
    );
    witnesses.evidence.fetch_add(1, Ordering::Relaxed);
    match app.objects.put(&path, text).await {
        Ok(()) => {
            tracing::error!(witness = asked.name, why, path, "a witness contradicts this log; the evidence is kept")
        }
        Err(error) => {
            tracing::error!(witness = asked.name, why, %error, "a witness contradicts this log, and the evidence could not be kept")
        }
    }
}
