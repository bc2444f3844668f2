//! The zone's witnesses: who they are, what each said last, and what is known of them.
//!
//! Must not know of: when they are asked (`jobs/witnesses.rs`), how the log grows.

mod ask;
mod evidence;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use log::policy::PolicyWitness;
use log::{Note, Policy, VerifierKey};
use parking_lot::Mutex;
use reqwest::Url;

use crate::{App, AppError};

pub(crate) use ask::ask;

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
    evidence: AtomicU64,
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
    /// The kind of evidence that was kept last, and when in milliseconds since 1970 UTC.
    kept: Option<(&'static str, i64)>,
}

/// How a witness is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessHealth {
    /// What the policy calls it.
    pub name: String,
    /// The name of its key.
    pub key_name: String,
    /// How it answered last: `cosigned`, or what kept it from that; nothing before the first answer.
    pub outcome: &'static str,
    /// Why it did not cosign, for the operator; nothing if it did.
    pub why: String,
    /// The size that it cosigned last.
    pub size: Option<u64>,
    /// When, in seconds since 1970 UTC, by its own clock.
    pub cosigned_s: Option<u64>,
    /// How often it answered how, since the start.
    pub answers: BTreeMap<&'static str, u64>,
}

/// A witness whose cosignature stands on the published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigner {
    /// The name of its key.
    pub key_name: String,
    /// When it cosigned, in seconds since 1970 UTC, by its own clock.
    pub at_s: u64,
}

/// How far the log is signed, and how far that is final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finality {
    /// The size of the newest checkpoint that the zone signed.
    pub signed: u64,
    /// The size of the newest checkpoint that a quorum cosigned, and everybody sees.
    pub witnessed: u64,
    /// Whether a quorum answered when it was last asked.
    pub quorum: bool,
    /// How often evidence was kept since the start.
    pub evidence: u64,
    /// Each witness.
    pub witnesses: Vec<WitnessHealth>,
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
    pub(crate) fn note(&self, outcome: &'static str, why: &str) {
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
        heard.last = (outcome, why.to_owned());
    }

    /// How it answered last, in words.
    pub(crate) fn told(&self) -> String {
        let heard = self.heard.lock();
        let (outcome, why) = &heard.last;
        if why.is_empty() { (*outcome).to_owned() } else { format!("{outcome}, {why}") }
    }

    fn health(&self) -> WitnessHealth {
        let heard = self.heard.lock();
        WitnessHealth {
            name: self.name.clone(),
            key_name: self.key.name().to_owned(),
            outcome: heard.last.0,
            why: heard.last.1.clone(),
            size: heard.cosigned.map(|(size, _)| size),
            cosigned_s: heard.cosigned.map(|(_, at_s)| at_s),
            answers: heard.answers.clone(),
        }
    }
}

impl App {
    /// How far the log is signed and witnessed; none where the zone has no witnesses.
    pub fn finality(&self) -> Option<Finality> {
        let witnesses = self.witnesses.as_ref()?;
        let witnessed = self.checkpoint().map_or(0, |published| published.checkpoint.size());
        Some(Finality {
            signed: self.signed_size(),
            witnessed,
            quorum: witnesses.quorum.load(Ordering::Relaxed),
            evidence: witnesses.evidence.load(Ordering::Relaxed),
            witnesses: witnesses.asked.iter().map(Asked::health).collect(),
        })
    }

    /// Whose cosignatures stand on the published checkpoint, of the witnesses that the policy knows.
    pub fn cosigners(&self) -> Vec<Cosigner> {
        let (Some(witnesses), Some(published)) = (&self.witnesses, self.checkpoint()) else { return Vec::new() };
        let keys: Vec<VerifierKey> = witnesses.policy.witnesses().iter().map(|witness| witness.key.clone()).collect();
        let verified = Note::parse(&published.note).and_then(|note| note.verify(&keys)).unwrap_or_default();
        let cosigner = |it: log::note::Verified| Some(Cosigner { key_name: it.name, at_s: it.posix_s? });
        verified.into_iter().filter_map(cosigner).collect()
    }

    /// The size of the newest checkpoint that this zone signed, whether it is final or not.
    pub fn signed_size(&self) -> u64 {
        let published = self.checkpoint().map_or(0, |published| published.checkpoint.size());
        self.signed.read().as_ref().map_or(0, |signed| signed.checkpoint.size()).max(published)
    }
}
