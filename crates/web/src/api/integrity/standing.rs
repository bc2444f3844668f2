//! Who watches over the log, as JSON: witnesses and auditors.
//!
//! Must not know of: how they are asked, what they check.

use app::record::audited::Scope;
use app::{Auditor, Audits, Finality, KeptNote, WitnessHealth};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::schema;

/// The log's witnesses.
#[derive(Serialize, ToSchema)]
#[schema(as = Witnessing)]
pub(super) struct WitnessingAnswer {
    /// Entries that the zone has signed.
    signed: u64,
    /// Entries that a quorum of witnesses has cosigned: what everybody is shown.
    witnessed: u64,
    /// When that was published; absent before the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    witnessed_at: Option<Timestamp>,
    /// Whether a quorum answered when it was last asked.
    quorum: bool,
    /// Which witnesses are enough, such as `2 of (university, court, press)`; absent where nobody need cosign.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    /// Each witness.
    witnesses: Vec<WitnessAnswer>,
}

/// How a witness is doing.
#[derive(Serialize, ToSchema)]
#[schema(as = Witness)]
struct WitnessAnswer {
    /// What the zone's policy calls it.
    name: String,
    /// The name of its key.
    key: String,
    /// `cosigns`, `lags`, `silent`, `not-following`, `clock`, `contradicts`, `unproven`, `unheard` or `not-asked`.
    state: &'static str,
    /// Since when; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Timestamp>,
    /// Whether its cosignature stands on the newest final checkpoint.
    in_quorum: bool,
    /// Entries that it cosigned last; absent before the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// When, by its own clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    cosigned_at: Option<Timestamp>,
    /// When it last knew less than it had cosigned, since the zone was started; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    went_back_at: Option<Timestamp>,
    /// How often it contradicted the log. The operator keeps each question and answer; the witness shows its own.
    contradictions: u64,
    /// When it last did.
    #[serde(skip_serializing_if = "Option::is_none")]
    contradicted_at: Option<Timestamp>,
}

/// What auditors say.
#[derive(Serialize, ToSchema)]
#[schema(as = Audits)]
pub(super) struct AuditsAnswer {
    /// Those whom the zone names.
    auditors: Vec<AuditorAnswer>,
    /// Notes that prove that the log's key signed another tree than the zone has.
    contradictions: Vec<AuditAnswer>,
}

/// An auditor.
#[derive(Serialize, ToSchema)]
#[schema(as = Auditor)]
struct AuditorAnswer {
    /// The name of the key.
    name: String,
    /// The verifier key (C2SP signed-note).
    key: String,
    /// The last audit that was reported; absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<AuditAnswer>,
}

/// What an audit came to, as its auditor signed it.
#[derive(Serialize, ToSchema)]
#[schema(as = Audit)]
struct AuditAnswer {
    /// The auditor: the name of the key.
    auditor: String,
    /// When it ended, by the auditor's clock.
    at: Timestamp,
    /// When it was handed in.
    taken: Timestamp,
    /// `record` where every act was done again, `log` where only what is public was looked at.
    scope: &'static str,
    /// Entries that were audited.
    size: u64,
    /// Their root hash, in base64.
    #[schema(min_length = 44, max_length = 44)]
    root: String,
    /// Entries that the log has more by now.
    behind: u64,
    /// The entry from which this audit went on from the one before; counts are of all.
    from: u64,
    /// Acts that were done again.
    acts: u64,
    /// Events that could not be looked at, since they were erased.
    erased: u64,
    /// Events of cases that could not be followed any further.
    not_followed: u64,
    /// Whether certificates, status lists, registers and figures were held against the cases: not where the zone went on while it disclosed them.
    outcomes_compared: bool,
    /// Findings that say that the record is wrong.
    faults: u64,
    /// Findings that do not.
    remarks: u64,
    /// The findings by code; `panjereh explain CODE` says what one means.
    found: Vec<FoundAnswer>,
    /// The program and its version.
    program: String,
    /// SHA-256 of the signed note, which is at /api/v1/audits/ under it.
    #[schema(value_type = schema::Sha256)]
    note: String,
}

/// How often a check found something.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditFound)]
struct FoundAnswer {
    /// The check's code.
    code: String,
    /// How often.
    count: u64,
}

fn of_seconds(at_s: u64) -> Option<Timestamp> {
    i64::try_from(at_s).ok().and_then(|at_s| Timestamp::from_second(at_s).ok())
}

impl WitnessingAnswer {
    pub(super) fn of(finality: &Finality) -> Self {
        Self {
            signed: finality.signed,
            witnessed: finality.witnessed,
            witnessed_at: finality.witnessed_ms.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok()),
            quorum: finality.quorum,
            policy: finality.policy.as_ref().map(ToString::to_string),
            witnesses: finality.witnesses.iter().map(WitnessAnswer::of).collect(),
        }
    }
}

impl WitnessAnswer {
    fn of(witness: &WitnessHealth) -> Self {
        let of_ms = |at_ms: Option<i64>| at_ms.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
        let (contradictions, last_s) = witness.contradictions;
        Self {
            name: witness.name.clone(),
            key: witness.key_name.clone(),
            state: witness.state.name(),
            since: of_ms(witness.since_ms),
            in_quorum: witness.in_quorum,
            size: witness.size,
            cosigned_at: witness.cosigned_s.and_then(of_seconds),
            went_back_at: of_ms(witness.went_back_ms),
            contradictions,
            contradicted_at: last_s.and_then(|at_s| Timestamp::from_second(at_s).ok()),
        }
    }
}

impl AuditsAnswer {
    /// Of a log that has `size` entries by now.
    pub(super) fn of(audits: &Audits, size: u64) -> Self {
        let auditor = |auditor: &Auditor| AuditorAnswer {
            name: auditor.key.name().to_owned(),
            key: auditor.key.to_string(),
            last: auditor.last.as_ref().map(|kept| AuditAnswer::of(kept, size)),
        };
        Self {
            auditors: audits.auditors.iter().map(auditor).collect(),
            contradictions: audits.contradictions.iter().map(|kept| AuditAnswer::of(kept, size)).collect(),
        }
    }
}

impl AuditAnswer {
    fn of(kept: &KeptNote, size: u64) -> Self {
        let (audited, checkpoint) = (&kept.note.audited, &kept.note.checkpoint);
        Self {
            auditor: kept.auditor.clone(),
            at: of_seconds(audited.at_s).unwrap_or(Timestamp::UNIX_EPOCH),
            taken: Timestamp::from_millisecond(kept.taken_ms).unwrap_or(Timestamp::UNIX_EPOCH),
            scope: match audited.scope {
                Scope::Log => "log",
                Scope::Record => "record",
            },
            size: checkpoint.size(),
            root: checkpoint.root().to_string(),
            behind: size.saturating_sub(checkpoint.size()),
            from: audited.from,
            acts: audited.acts,
            erased: audited.erased,
            not_followed: audited.not_followed,
            outcomes_compared: audited.outcomes,
            faults: audited.faults,
            remarks: audited.remarks,
            found: audited
                .found
                .iter()
                .map(|found| FoundAnswer { code: found.code.clone(), count: found.count })
                .collect(),
            program: audited.program.clone(),
            note: kept.sha256.clone(),
        }
    }
}
