//! The witnesses on the integrity page: who cosigns, how far, and who does not.
//!
//! Must not know of: how they are asked. What only the operator may know (addresses, what went wrong on the way) is not here to be shown.

use app::log::policy::Quorum;
use app::{Finality, WitnessHealth, WitnessState};
use jiff::Timestamp;

use super::super::context::Context;
use super::{BAR, Tone, csv};

/// What is shown of the witnesses.
pub(super) struct Witnessing {
    /// How far the log is final, in a sentence, and whether that is as it should be.
    pub(super) standing: String,
    pub(super) tone: Tone,
    pub(super) policy: String,
    /// When the newest final checkpoint was published.
    pub(super) published: String,
    pub(super) witnesses: Vec<Witness>,
}

/// A witness's line.
pub(super) struct Witness {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) state: String,
    pub(super) tone: Tone,
    /// Since when, and what is to be known besides; sentences.
    pub(super) notes: Vec<String>,
    pub(super) size: String,
    pub(super) bar: u64,
    pub(super) cosigned: String,
    pub(super) in_quorum: bool,
}

impl Witnessing {
    pub(super) fn of(c: &Context<'_>, finality: &Finality) -> Self {
        let behind = finality.signed.saturating_sub(finality.witnessed);
        let (tone, standing) = match (finality.quorum, behind) {
            (true, 0) => (Tone::Good, c.t1("witnesses-final", "count", c.count(finality.witnessed))),
            (true, _) => (Tone::Good, c.t1("witnesses-nearly", "count", c.count(behind))),
            (false, _) => (Tone::Bad, c.t1("witnesses-no-quorum", "count", c.count(behind))),
        };
        Self {
            standing,
            tone,
            policy: finality.policy.as_ref().map_or_else(|| c.t("witnesses-quorum-none"), |quorum| told(c, quorum)),
            published: finality.witnessed_ms.map(|at_ms| c.moment_ms(&at_ms)).unwrap_or_default(),
            witnesses: finality.witnesses.iter().map(|witness| line(c, witness, finality)).collect(),
        }
    }
}

fn line(c: &Context<'_>, witness: &WitnessHealth, finality: &Finality) -> Witness {
    let tone = match witness.state {
        WitnessState::Cosigns => Tone::Good,
        WitnessState::Contradicts => Tone::Bad,
        _ => Tone::Warn,
    };
    let of_s = |at_s: i64| c.moment_ms(&at_s.saturating_mul(1000));
    let mut notes = Vec::new();
    if let Some(since_ms) = witness.since_ms {
        notes.push(c.t1("witness-since", "at", c.moment_ms(&since_ms)));
    }
    if let Some(at_ms) = witness.went_back_ms {
        notes.push(c.t1("witness-went-back", "at", c.moment_ms(&at_ms)));
    }
    if let (count @ 1.., Some(last_s)) = witness.contradictions {
        notes.push(c.t2("witness-contradicted", ("count", c.count(count)), ("at", of_s(last_s))));
    }
    let cosigned = witness.cosigned_s.and_then(|at_s| i64::try_from(at_s).ok());
    let size = witness.size.unwrap_or(0);
    Witness {
        name: witness.name.clone(),
        key: witness.key_name.clone(),
        state: c.t(&format!("witness-{}", witness.state.name())),
        tone,
        notes,
        size: witness.size.map(|size| c.count(size)).unwrap_or_default(),
        bar: size.saturating_mul(BAR).checked_div(finality.signed).unwrap_or(0).min(BAR),
        cosigned: cosigned.map_or_else(|| c.t("witness-never"), of_s),
        in_quorum: witness.in_quorum,
    }
}

/// Which witnesses are enough, in words.
fn told(c: &Context<'_>, quorum: &Quorum) -> String {
    match quorum {
        Quorum::Witness(name) => name.clone(),
        Quorum::Group { threshold, members } => {
            let part = |member: &Quorum| match member {
                Quorum::Witness(name) => name.clone(),
                group @ Quorum::Group { .. } => format!("({})", told(c, group)),
            };
            let members: Vec<String> = members.iter().map(part).collect();
            let count = |count: usize| c.count(u64::try_from(count).unwrap_or(u64::MAX));
            let numbers = [
                ("threshold", count(*threshold)),
                ("count", count(members.len())),
                ("names", members.join(&c.t("list-comma"))),
            ];
            c.tx(if *threshold == members.len() { "witnesses-quorum-all" } else { "witnesses-quorum" }, &numbers)
        }
    }
}

/// The witnesses as a file (RFC 4180).
pub(super) fn file(finality: Option<&Finality>) -> String {
    let head = "witness,key,state,since,in_quorum,cosigned_entries,cosigned_at,went_back_at,contradictions,contradicted_at,signed_entries,\
                final_entries\r\n";
    let mut text = head.to_owned();
    let Some(finality) = finality else { return text };
    let of_ms = |at_ms: Option<i64>| at_ms.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
    let of_s = |at_s: Option<i64>| at_s.and_then(|at_s| Timestamp::from_second(at_s).ok());
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    for witness in &finality.witnesses {
        let (contradictions, last_s) = witness.contradictions;
        let fields = [
            witness.name.clone(),
            witness.key_name.clone(),
            witness.state.name().to_owned(),
            moment(of_ms(witness.since_ms)),
            witness.in_quorum.to_string(),
            witness.size.map(|size| size.to_string()).unwrap_or_default(),
            moment(of_s(witness.cosigned_s.and_then(|at_s| i64::try_from(at_s).ok()))),
            moment(of_ms(witness.went_back_ms)),
            contradictions.to_string(),
            moment(of_s(last_s)),
            finality.signed.to_string(),
            finality.witnessed.to_string(),
        ];
        csv(&mut text, &fields);
    }
    text
}
