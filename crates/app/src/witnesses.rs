//! The zone's witnesses: who they are, what each said last, and what is known of them.
//!
//! Must not know of: when they are asked (`jobs/witnesses.rs`), how the log grows.

mod ask;
mod evidence;
mod health;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use log::policy::PolicyWitness;
use log::{Note, Policy, VerifierKey};
use parking_lot::Mutex;
use reqwest::Url;

use crate::{AppError, Objects};

pub use health::{Cosigner, Finality, WitnessHealth, WitnessState};

pub(crate) use ask::{CLOCKS_APART_S, ask};

/// How long one request to a witness may take: several round trips around the world. A witness that needs more is as good as away.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long reaching it may take.
const REACHING: Duration = Duration::from_secs(2);

/// The witnesses of a policy, and how they are reached.
pub struct Witnesses {
    pub(crate) policy: Policy,
    pub(crate) asked: Vec<Asked>,
    client: reqwest::Client,
    /// Cosignatures of the newest signed checkpoint; one round at a time gathers them.
    pub(crate) gathered: tokio::sync::Mutex<Option<Note>>,
    quorum: AtomicBool,
    /// How often evidence was kept since the start.
    evidence: AtomicU64,
    /// All evidence that is kept, also of before.
    kept: Mutex<Vec<evidence::Kept>>,
}

/// A witness that can be asked.
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) key: VerifierKey,
    url: Url,
    pub(crate) heard: Mutex<Heard>,
}

/// What was heard of a witness. Only in memory: after a start it says again what it knows.
#[derive(Default)]
pub(crate) struct Heard {
    /// The size that it knows, as far as the zone can tell.
    pub(crate) knows: Option<u64>,
    /// The last cosignature: its size and time, in seconds since 1970 UTC.
    pub(crate) cosigned: Option<(u64, u64)>,
    /// How often it answered how.
    answers: BTreeMap<&'static str, u64>,
    /// How it answered last, and why in words.
    last: (&'static str, String),
    /// Since when it answers so, in milliseconds since 1970 UTC.
    since_ms: Option<i64>,
    /// When it last knew less than it had cosigned, in milliseconds since 1970 UTC.
    went_back_ms: Option<i64>,
    /// The kind of evidence that was kept last, and when in milliseconds since 1970 UTC.
    kept: Option<(&'static str, i64)>,
}

impl Witnesses {
    /// The witnesses of a policy. Those without an address are counted where they cosigned, but never asked.
    ///
    /// # Errors
    /// In words for the operator, when an address is none or too few have one for a quorum.
    pub fn new(policy: Policy) -> Result<Self, String> {
        crate::choose_tls();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(REACHING)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| error.to_string())?;
        let asked = policy.witnesses().iter().filter_map(asked).collect::<Result<Vec<Asked>, String>>()?;
        let reached = |witness: &PolicyWitness| asked.iter().any(|asked| asked.key == witness.key);
        if !policy.is_met(reached) {
            return Err(
                "too few of its witnesses have an address to ask them for a quorum; write it after the key".to_owned()
            );
        }
        Ok(Self {
            policy,
            asked,
            client,
            gathered: tokio::sync::Mutex::new(None),
            quorum: AtomicBool::new(true),
            evidence: AtomicU64::new(0),
            kept: Mutex::default(),
        })
    }

    /// The policy must accept the zone's own log, where it names logs.
    pub(crate) fn accepts(&self, log: &VerifierKey) -> Result<(), AppError> {
        let logs = self.policy.logs();
        if logs.is_empty() || logs.iter().any(|known| known.key == *log) {
            return Ok(());
        }
        Err(AppError::Internal(format!(
            "the witness policy names other logs, and not this one; add the line: log {log}"
        )))
    }

    /// Looks for the evidence that was kept before this start.
    ///
    /// # Errors
    /// When the object store is away.
    pub(crate) async fn recall(&self, objects: &Objects) -> Result<(), AppError> {
        *self.kept.lock() = evidence::kept_before(objects).await?;
        Ok(())
    }

    /// What the last final checkpoint says of each witness.
    pub(crate) fn remember(&self, size: u64, note: &[u8]) {
        let Ok(note) = Note::parse(note) else { return };
        for asked in &self.asked {
            let Ok(verified) = note.verify(std::slice::from_ref(&asked.key)) else { continue };
            let mut heard = asked.heard.lock();
            if let Some(at_s) = verified.first().and_then(|it| it.posix_s)
                && heard.knows.is_none_or(|knows| knows < size)
            {
                heard.knows = Some(size);
                heard.cosigned = Some((size, at_s));
            }
        }
    }

    /// Notes whether a quorum answered, and says so when that changes.
    pub(crate) fn quorum(&self, met: bool, why: &str) {
        match (self.quorum.swap(met, Ordering::Relaxed), met) {
            (true, false) => tracing::error!(
                why,
                "no quorum of witnesses: acts go on, but nothing newer in the log is final, and its published checkpoint stands still"
            ),
            (false, true) => tracing::info!("a quorum of witnesses is there again"),
            _ => {}
        }
    }
}

/// A witness with its address; nothing for one without.
fn asked(witness: &PolicyWitness) -> Option<Result<Asked, String>> {
    let prefix = witness.url()?.trim_end_matches('/');
    let url =
        format!("{prefix}/add-checkpoint").parse::<Url>().ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let named = |url| Asked { name: witness.name(), key: witness.key.clone(), url, heard: Mutex::default() };
    Some(url.map(named).ok_or_else(|| {
        format!("the address of the witness {} begins with neither http:// nor https://", witness.name())
    }))
}

impl Asked {
    /// Notes how it answered, and says so when that is new.
    pub(crate) fn note(&self, outcome: &'static str, why: &str, at_ms: i64) {
        let mut heard = self.heard.lock();
        let count = heard.answers.entry(outcome).or_default();
        *count = count.saturating_add(1);
        if heard.last.0 != outcome {
            match outcome {
                ask::COSIGNED if heard.last.0.is_empty() => tracing::info!(witness = self.name, "a witness cosigns"),
                ask::COSIGNED => tracing::info!(witness = self.name, "a witness cosigns again"),
                _ => tracing::warn!(witness = self.name, outcome, why, "a witness did not cosign"),
            }
        }
        if heard.last.0 != outcome {
            heard.since_ms = Some(at_ms);
        }
        heard.last = (outcome, why.to_owned());
    }

    /// How it answered last, in words.
    pub(crate) fn told(&self) -> String {
        let heard = self.heard.lock();
        let (outcome, why) = &heard.last;
        if why.is_empty() { (*outcome).to_owned() } else { format!("{outcome}, {why}") }
    }
}
