//! How the witnesses are doing, for whoever asks: the operator in figures, everybody on a page.
//!
//! Must not know of: how they are asked, languages.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use log::policy::{PolicyWitness, Quorum};
use log::{Note, VerifierKey};

use super::evidence::Kept;
use super::{Asked, Witnesses};
use crate::App;

/// What a witness is doing, as far as everybody may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WitnessState {
    /// It cosigned the newest final checkpoint, or a newer one.
    Cosigns,
    /// It cosigned, but not the newest: the others were faster.
    Lags,
    /// It does not answer, or nothing that can be read.
    Silent,
    /// It does not follow the log, or not with this key.
    NotFollowing,
    /// Its clock and the zone's are too far apart.
    Clock,
    /// It said something that contradicts the log.
    Contradicts,
    /// The zone could not make the proof that it asked for.
    Unproven,
    /// It has not been heard of since the start.
    Unheard,
    /// The policy counts it, and the zone does not know where to ask it.
    NotAsked,
}

impl WitnessState {
    /// A short name, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cosigns => "cosigns",
            Self::Lags => "lags",
            Self::Silent => "silent",
            Self::NotFollowing => "not-following",
            Self::Clock => "clock",
            Self::Contradicts => "contradicts",
            Self::Unproven => "unproven",
            Self::Unheard => "unheard",
            Self::NotAsked => "not-asked",
        }
    }

    /// What its last answer means, where `size` is what it cosigned last and `witnessed` what is final.
    fn of(outcome: &str, size: Option<u64>, witnessed: u64) -> Self {
        match outcome {
            "cosigned" | "" if size.is_some_and(|size| size >= witnessed) => Self::Cosigns,
            "" => Self::Unheard,
            "cosigned" | "late" | "overtaken" | "unsteady" => Self::Lags,
            "not-followed" => Self::NotFollowing,
            "clock" => Self::Clock,
            "inconsistent" | "forged" | "ahead" => Self::Contradicts,
            "unproven" => Self::Unproven,
            _ => Self::Silent,
        }
    }
}

/// How a witness is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessHealth {
    /// What the policy calls it.
    pub name: String,
    /// The name of its key.
    pub key_name: String,
    /// What it is doing, as far as everybody may know.
    pub state: WitnessState,
    /// Since when it answers so, in milliseconds since 1970 UTC; none before its first answer.
    pub since_ms: Option<i64>,
    /// Whether its cosignature stands on the newest final checkpoint.
    pub in_quorum: bool,
    /// How it answered last: `cosigned`, or what kept it from that; nothing before the first answer.
    pub outcome: &'static str,
    /// Why it did not cosign, for the operator; nothing if it did.
    pub why: String,
    /// The size that it cosigned last.
    pub size: Option<u64>,
    /// When, in seconds since 1970 UTC, by its own clock.
    pub cosigned_s: Option<u64>,
    /// When it last knew less than it had cosigned, in milliseconds since 1970 UTC, since the start.
    pub went_back_ms: Option<i64>,
    /// How often evidence against it was kept, and when the last was, in seconds since 1970 UTC. That outlives a start.
    pub contradictions: (u64, Option<i64>),
    /// How often it answered how, since the start; none where it is not asked.
    pub answers: Option<BTreeMap<&'static str, u64>>,
}

/// A witness whose cosignature stands on the published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigner {
    /// The name of its key.
    pub key_name: String,
    /// The key's ID.
    pub id: u32,
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
    /// When that was published, in milliseconds since 1970 UTC; none before the first.
    pub witnessed_ms: Option<i64>,
    /// Whether a quorum answered when it was last asked.
    pub quorum: bool,
    /// Which witnesses are enough; none where the policy asks for nobody.
    pub policy: Option<Quorum>,
    /// How often evidence was kept since the start.
    pub evidence: u64,
    /// Each witness of the policy, in its order.
    pub witnesses: Vec<WitnessHealth>,
}

impl Asked {
    fn heard_of(&self, health: &mut WitnessHealth, witnessed: u64) {
        let heard = self.heard.lock();
        // Another process may ask: then its cosignature on the checkpoint is all that is known here.
        health.size = heard.cosigned.map(|(size, _)| size).max(health.size);
        health.cosigned_s = heard.cosigned.map(|(_, at_s)| at_s).max(health.cosigned_s);
        health.state = WitnessState::of(heard.last.0, health.size, witnessed);
        health.since_ms = heard.since_ms;
        health.outcome = heard.last.0;
        health.why = heard.last.1.clone();
        health.went_back_ms = heard.went_back_ms;
        health.answers = Some(heard.answers.clone());
    }
}

impl Witnesses {
    fn health(&self, witness: &PolicyWitness, cosigner: Option<&Cosigner>, witnessed: u64) -> WitnessHealth {
        let kept = self.kept.lock();
        let own = || kept.iter().filter(|kept: &&Kept| kept.key_id == witness.key.id());
        let mut health = WitnessHealth {
            name: witness.name(),
            key_name: witness.key.name().to_owned(),
            state: WitnessState::NotAsked,
            since_ms: None,
            in_quorum: cosigner.is_some(),
            outcome: "",
            why: String::new(),
            size: cosigner.map(|_| witnessed),
            cosigned_s: cosigner.map(|cosigner| cosigner.at_s),
            went_back_ms: None,
            contradictions: (own().count() as u64, own().map(|kept| kept.at_s).max()),
            answers: None,
        };
        if let Some(asked) = self.asked.iter().find(|asked| asked.key == witness.key) {
            asked.heard_of(&mut health, witnessed);
        }
        health
    }
}

impl App {
    /// How far the log is signed and witnessed; none where the zone has no witnesses.
    pub fn finality(&self) -> Option<Finality> {
        let witnesses = self.witnesses.as_ref()?;
        let published = self.checkpoint();
        let witnessed = published.as_ref().map_or(0, |published| published.checkpoint.size());
        let cosigners = self.cosigners();
        let of = |witness: &PolicyWitness| {
            let own = |it: &&Cosigner| (it.key_name.as_str(), it.id) == (witness.key.name(), witness.key.id());
            witnesses.health(witness, cosigners.iter().find(own), witnessed)
        };
        Some(Finality {
            signed: self.signed_size(),
            witnessed,
            witnessed_ms: published.map(|published| published.at_ms),
            quorum: witnesses.quorum.load(Ordering::Relaxed),
            policy: witnesses.policy.quorum(),
            evidence: witnesses.evidence.load(Ordering::Relaxed),
            witnesses: witnesses.policy.witnesses().iter().map(of).collect(),
        })
    }

    /// Whose cosignatures stand on the published checkpoint, of the witnesses that the policy knows.
    pub fn cosigners(&self) -> Vec<Cosigner> {
        let (Some(witnesses), Some(published)) = (&self.witnesses, self.checkpoint()) else { return Vec::new() };
        let keys: Vec<VerifierKey> = witnesses.policy.witnesses().iter().map(|witness| witness.key.clone()).collect();
        let verified = Note::parse(&published.note).and_then(|note| note.verify(&keys)).unwrap_or_default();
        let cosigner = |it: log::note::Verified| Some(Cosigner { key_name: it.name, id: it.id, at_s: it.posix_s? });
        verified.into_iter().filter_map(cosigner).collect()
    }

    /// The size of the newest checkpoint that this zone signed, whether it is final or not.
    pub fn signed_size(&self) -> u64 {
        let published = self.checkpoint().map_or(0, |published| published.checkpoint.size());
        self.signed.read().as_ref().map_or(0, |signed| signed.checkpoint.size()).max(published)
    }
}

#[cfg(test)]
mod tests {
    use super::WitnessState::{self, *};

    #[test]
    fn each_answer_is_a_state() {
        let of = |outcome, size| WitnessState::of(outcome, size, 10);
        assert_eq!([of("cosigned", Some(10)), of("cosigned", Some(12)), of("", Some(10))], [Cosigns; 3]);
        assert_eq!(
            [of("cosigned", Some(9)), of("late", Some(9)), of("late", None), of("overtaken", Some(10))],
            [Lags; 4]
        );
        assert_eq!([of("", Some(9)), of("", None)], [Unheard; 2]);
        assert_eq!([of("away", Some(10)), of("unreadable", None)], [Silent; 2]);
        assert_eq!([of("inconsistent", Some(10)), of("forged", None), of("ahead", None)], [Contradicts; 3]);
        assert_eq!(
            [of("not-followed", None), of("clock", Some(10)), of("unproven", None)],
            [NotFollowing, Clock, Unproven]
        );
    }
}
