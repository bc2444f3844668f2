//! Asking one witness to cosign, over HTTP (C2SP tlog-witness): where it knows another size it is sent the proof from there.
//!
//! Must not know of: the other witnesses, quorums.

use log::witness::{MAX_ANSWER_BYTES, Request, read_answer};
use log::{Note, proof};

use super::evidence::{self, Claim};
use super::{Asked, Witnesses};
use crate::logbook::{self, Signed};
use crate::{App, AppError};

/// How often a witness may name another size before it is left: once for one that lags, once more where two askers met.
const TRIES: usize = 3;
/// How far a cosignature's time may be from this machine's, in seconds: more than clocks drift, less than anybody would take for now.
pub(crate) const CLOCKS_APART_S: u64 = 600;
/// A witness that did what it was asked.
pub(super) const COSIGNED: &str = "cosigned";

/// Why a witness did not cosign: a short name for figures, and words for the operator.
pub(crate) struct Trouble {
    pub(crate) outcome: &'static str,
    pub(crate) why: String,
}

impl Trouble {
    fn new(outcome: &'static str, why: impl Into<String>) -> Self {
        Self { outcome, why: why.into() }
    }
}

/// What a witness answered.
struct Answer {
    status: u16,
    body: Vec<u8>,
}

/// Asks a witness to cosign; the note with its cosignature alone. What it answered is noted, and evidence kept of what it must not answer.
pub(crate) async fn ask(app: &App, witnesses: &Witnesses, asked: &Asked, signed: &Signed) -> Option<Note> {
    match cosignature(app, witnesses, asked, signed).await {
        Ok((note, at_s)) => {
            let mut heard = asked.heard.lock();
            heard.knows = Some(signed.checkpoint.size());
            heard.cosigned = Some((signed.checkpoint.size(), at_s));
            drop(heard);
            asked.note(COSIGNED, "", app.clock.system().as_millisecond());
            Some(note)
        }
        Err(trouble) => {
            asked.note(trouble.outcome, &trouble.why, app.clock.system().as_millisecond());
            None
        }
    }
}

async fn cosignature(app: &App, witnesses: &Witnesses, asked: &Asked, signed: &Signed) -> Result<(Note, u64), Trouble> {
    let size = signed.checkpoint.size();
    let mut old = asked.heard.lock().knows.unwrap_or(0).min(size);
    for _ in 0..TRIES {
        let request = request(app, signed, old).await.map_err(|error| Trouble::new("unproven", error.to_string()))?;
        let answer = send(witnesses, asked, &request).await?;
        let claim = Claim { app, witnesses, asked, request: &request, status: answer.status, answer: &answer.body };
        match answer.status {
            200 => return read(&claim, signed).await,
            409 => old = other_size(&claim, old, size).await?,
            422 => {
                let why = "it says that the log did not grow from what it cosigned before: either it is wrong, or the log was changed";
                evidence::keep(&claim, "inconsistent", why).await;
                return Err(Trouble::new("inconsistent", why));
            }
            404 => {
                return Err(Trouble::new(
                    "not-followed",
                    "it does not follow this log; its operator must add the log's key",
                ));
            }
            403 => {
                return Err(Trouble::new(
                    "not-followed",
                    "it knows another key of this log; its operator must correct it",
                ));
            }
            503 => return Err(Trouble::new("away", format!("it signs nothing for now: {}", claim.said()))),
            status => return Err(Trouble::new("away", format!("it answered {status}: {}", claim.said()))),
        }
    }
    Err(Trouble::new("unsteady", "it named another size each time it was asked"))
}

/// The request with the proof from `old` leaves.
async fn request(app: &App, signed: &Signed, old: u64) -> Result<String, AppError> {
    let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
    let size = signed.checkpoint.size();
    let hashes = logbook::with_files(&app.objects, |files| proof::consistency(files, old, size)).await?;
    let hashes = hashes.map_err(|error| internal(&error))?;
    Request::new(old, hashes, signed.note.clone()).map(|request| request.to_string()).map_err(|error| internal(&error))
}

async fn send(witnesses: &Witnesses, asked: &Asked, request: &str) -> Result<Answer, Trouble> {
    let away = |error: reqwest::Error| {
        let why = if error.is_timeout() { "no whole answer in time".to_owned() } else { innermost(&error) };
        Trouble::new("away", why)
    };
    let mut response = witnesses.client.post(asked.url.clone()).body(request.to_owned()).send().await.map_err(away)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER_BYTES {
            return Err(Trouble::new("unreadable", format!("its answer is longer than {MAX_ANSWER_BYTES} bytes")));
        }
    }
    Ok(Answer { status, body })
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

/// The cosignature in an answer, which must be the witness's own, over what it was asked, and of now.
async fn read(claim: &Claim<'_>, signed: &Signed) -> Result<(Note, u64), Trouble> {
    let (line, at_s) = match read_answer(&signed.note, claim.answer, &claim.asked.key) {
        Ok(read) => read,
        Err(error) => {
            let why = format!("its answer holds no cosignature of its key over what it was asked: {error}");
            evidence::keep(claim, "forged", &why).await;
            return Err(Trouble::new("forged", why));
        }
    };
    let now_s = u64::try_from(claim.app.clock.system().as_second()).unwrap_or(0);
    if at_s.abs_diff(now_s) > CLOCKS_APART_S {
        let why = format!(
            "its cosignature is of {at_s} seconds since 1970, and this machine's clock says {now_s}: set right the one that is wrong"
        );
        return Err(Trouble::new("clock", why));
    }
    Ok((line, at_s))
}

/// The size that a witness knows, where it is another than it was asked from: the next proof begins there.
async fn other_size(claim: &Claim<'_>, old: u64, size: u64) -> Result<u64, Trouble> {
    let text = std::str::from_utf8(claim.answer).ok().and_then(|text| text.strip_suffix('\n'));
    let known = text.and_then(|text| text.parse().ok().filter(|known: &u64| known.to_string() == text));
    let Some(known) = known else {
        return Err(Trouble::new("unreadable", format!("it names no size that it knows: {}", claim.said())));
    };
    if known > claim.app.signed_size() {
        let why = format!(
            "it says that it cosigned {known} entries, and this zone never signed more than {size}: it lies, or somebody else signs with the \
             log's key, or the zone was put back from a backup that is older than what it had published"
        );
        evidence::keep(claim, "ahead", &why).await;
        return Err(Trouble::new("ahead", why));
    }
    if known > size {
        return Err(Trouble::new(
            "overtaken",
            format!("it knows {known} entries already; it is asked again for the newest"),
        ));
    }
    if known == old {
        let why = format!(
            "it says that it cosigned another root for {known} entries: either it is wrong, or the log signed two trees"
        );
        evidence::keep(claim, "inconsistent", &why).await;
        return Err(Trouble::new("inconsistent", why));
    }
    let mut heard = claim.asked.heard.lock();
    if let Some((cosigned, _)) = heard.cosigned.filter(|(cosigned, _)| known < *cosigned) {
        tracing::warn!(
            witness = claim.asked.name,
            known,
            cosigned,
            "a witness went back: it knows less than it cosigned for us; it is brought up to date, and its operator should say why"
        );
        heard.went_back_ms = Some(claim.app.clock.system().as_millisecond());
        let count = heard.answers.entry("went-back").or_default();
        *count = count.saturating_add(1);
    }
    heard.knows = Some(known);
    Ok(known)
}
