//! Who must have signed a checkpoint before it is believed: logs, witnesses and a quorum of them (C2SP tlog-policy).
//!
//! It must not know where policies are kept, nor how witnesses are reached: their addresses are handed out as they were written.

mod parse;

pub use parse::{MAX_ENTRIES, MAX_POLICY_BYTES, PolicyError, PolicyFault};

use std::collections::BTreeSet;
use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError, Opened};
use crate::key::VerifierKey;
use crate::note::{Note, Verified};

/// A log whose checkpoints are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key, of type 0x01; the key's name is the log's origin.
    pub key: VerifierKey,
    url: Option<Vec<u8>>,
}

/// A witness that may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    name: Vec<u8>,
    /// Its key, of type 0x04.
    pub key: VerifierKey,
    url: Option<Vec<u8>>,
}

/// Names and addresses are octets to the specification ("Character set"); as text they are for people and for HTTP.
impl PolicyWitness {
    /// What the policy calls it.
    pub fn name(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    /// Its submission prefix (C2SP tlog-witness), if one is written and is UTF-8.
    pub fn url(&self) -> Option<&str> {
        std::str::from_utf8(self.url.as_deref()?).ok()
    }
}

impl PolicyLog {
    /// Where it is, if that is written and is UTF-8.
    pub fn url(&self) -> Option<&str> {
        std::str::from_utf8(self.url.as_deref()?).ok()
    }
}

/// What a group or the quorum is made of: a witness or a group, by its place in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// So many of these members, which stand before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    threshold: usize,
    members: Vec<Member>,
}

/// A policy that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    /// None for `quorum none`.
    quorum: Option<Member>,
}

/// Which witnesses are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quorum {
    /// This one, as the policy calls it.
    Witness(String),
    /// So many of these.
    Group {
        /// How many.
        threshold: usize,
        /// Of which.
        members: Vec<Quorum>,
    },
}

impl std::fmt::Display for Quorum {
    /// Such as `2 of (university, court, 1 of (press, bar))`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Witness(name) => f.write_str(name),
            Self::Group { threshold, members } => {
                let members: Vec<String> = members.iter().map(Self::to_string).collect();
                write!(f, "{threshold} of ({})", members.join(", "))
            }
        }
    }
}

/// Why a checkpoint is not one that the policy accepts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// It is malformed, or a signature on it is wrong, or the log did not sign it.
    #[error("{0}")]
    Checkpoint(#[from] CheckpointError),
    /// The policy names other logs.
    #[error("the policy does not name the log {origin:?}")]
    UnknownLog {
        /// The origin that the checkpoint names.
        origin: String,
    },
    /// Fewer witnesses than the quorum.
    #[error(
        "the checkpoint of size {size} is cosigned by {}, and that is not the quorum of the policy; missing: {}",
        list(.cosigned),
        list(.missing)
    )]
    NoQuorum {
        /// The size that it signs.
        size: u64,
        /// The witnesses whose cosignatures count, as the policy calls them.
        cosigned: Vec<String>,
        /// The other witnesses.
        missing: Vec<String>,
    },
}

/// Names with commas between, or a word for none.
fn list(names: &[String]) -> String {
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

impl Policy {
    /// Reads a policy; strict, as C2SP tlog-policy says.
    ///
    /// # Errors
    /// The first line that is not as it must be, and why.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        parse::parse(bytes)
    }

    /// The logs that it accepts; none where the log is known otherwise.
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The witnesses that it knows, in the order of its lines.
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// Which witnesses are enough; none where nobody need cosign.
    pub fn quorum(&self) -> Option<Quorum> {
        self.quorum.and_then(|member| self.made_of(member))
    }

    /// A group names only what stands before it, and each thing is in one group at most: this ends, and is no larger than the policy.
    fn made_of(&self, member: Member) -> Option<Quorum> {
        match member {
            Member::Witness(index) => self.witnesses.get(index).map(|witness| Quorum::Witness(witness.name())),
            Member::Group(index) => {
                let Group { threshold, members } = self.groups.get(index)?;
                let members = members.iter().filter_map(|member| self.made_of(*member)).collect();
                Some(Quorum::Group { threshold: *threshold, members })
            }
        }
    }

    /// Whether the quorum stands when exactly the witnesses that `has` says yes to have cosigned.
    pub fn is_met(&self, has: impl Fn(&PolicyWitness) -> bool) -> bool {
        let witnesses: Vec<bool> = self.witnesses.iter().map(has).collect();
        let mut groups: Vec<bool> = Vec::with_capacity(self.groups.len());
        // A group names only what stands before it, so one pass settles all.
        for group in &self.groups {
            let count = group.members.iter().filter(|member| stands(**member, &witnesses, &groups)).count();
            groups.push(count >= group.threshold);
        }
        self.quorum.is_none_or(|quorum| stands(quorum, &witnesses, &groups))
    }

    /// Whether these signatures, which were checked, are a quorum. Cosignatures of after `latest_s` (seconds since 1970 UTC) do not count: C2SP
    /// tlog-cosignature lets a verifier reject what comes from the future.
    pub fn is_met_by(&self, verified: &[Verified], latest_s: u64) -> bool {
        self.is_met(|witness| counts(witness, verified, latest_s))
    }

    /// Reads a checkpoint that the policy accepts: signed by `log`, or else by a log that the policy names, and cosigned by the quorum not
    /// after `latest_s` (seconds since 1970 UTC).
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub fn open(&self, note: &[u8], log: Option<&VerifierKey>, latest_s: u64) -> Result<Opened, NotAccepted> {
        let keys: Vec<VerifierKey> = self.witnesses.iter().map(|witness| witness.key.clone()).collect();
        let opened = Checkpoint::open(note, &self.log(note, log)?, &keys)?;
        if self.is_met_by(&opened.verified, latest_s) {
            return Ok(opened);
        }
        let (cosigned, missing): (Vec<_>, Vec<_>) =
            self.witnesses.iter().partition(|witness| counts(witness, &opened.verified, latest_s));
        let names = |witnesses: Vec<&PolicyWitness>| witnesses.into_iter().map(PolicyWitness::name).collect();
        let size = opened.checkpoint.size();
        Err(NotAccepted::NoQuorum { size, cosigned: names(cosigned), missing: names(missing) })
    }

    /// The key that must have signed: of the logs with the note's origin, the one whose signature stands on it.
    fn log(&self, note: &[u8], log: Option<&VerifierKey>) -> Result<VerifierKey, NotAccepted> {
        if let Some(log) = log {
            return Ok(log.clone());
        }
        let note = Note::parse(note).map_err(CheckpointError::from)?;
        let origin = note.text().lines().next().unwrap_or_default();
        let mut logs = self.logs.iter().map(|log| &log.key).filter(|key| key.name() == origin).peekable();
        let first = logs.peek().copied();
        let signed = logs.find(|key| note.signature_of(key.name(), key.id()).is_some());
        signed.or(first).cloned().ok_or_else(|| NotAccepted::UnknownLog { origin: origin.to_owned() })
    }
}

/// The policy as a file of its own that means the same: without addresses and comments, and with names of its own for groups. Reading it gives the same
/// logs, witnesses and quorum.
impl fmt::Display for Policy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names();
        let of = |member: &Member| match member {
            Member::Witness(index) => names.witnesses.get(*index),
            Member::Group(index) => names.groups.get(*index),
        };
        for log in &self.logs {
            writeln!(out, "log {}", log.key)?;
        }
        for (witness, name) in self.witnesses.iter().zip(&names.witnesses) {
            writeln!(out, "witness {name} {}", witness.key)?;
        }
        for (group, name) in self.groups.iter().zip(&names.groups) {
            let members: Vec<&str> = group.members.iter().filter_map(of).map(String::as_str).collect();
            writeln!(out, "group {name} {} {}", group.threshold, members.join(" "))?;
        }
        writeln!(out, "quorum {}", self.quorum.as_ref().and_then(of).map_or("none", String::as_str))
    }
}

/// What witnesses and groups are called when the policy is written.
struct Names {
    witnesses: Vec<String>,
    groups: Vec<String>,
}

impl Policy {
    fn names(&self) -> Names {
        let mut taken: BTreeSet<String> = BTreeSet::from(["none".to_owned()]);
        let mut free = |wanted: Option<String>, kind: &str| {
            let wanted = wanted.filter(|name| !taken.contains(name));
            let mut numbered = (1_usize..).map(|number| format!("{kind}-{number}"));
            let name = wanted.or_else(|| numbered.find(|name| !taken.contains(name))).unwrap_or_default();
            taken.insert(name.clone());
            name
        };
        // A name that is no text is called otherwise: a policy may travel where everything is text.
        let own = |witness: &PolicyWitness| String::from_utf8(witness.name.clone()).ok();
        let witnesses = self.witnesses.iter().map(|witness| free(own(witness), "witness")).collect();
        let groups = self.groups.iter().map(|_| free(None, "group")).collect();
        Names { witnesses, groups }
    }
}

fn stands(member: Member, witnesses: &[bool], groups: &[bool]) -> bool {
    match member {
        Member::Witness(index) => witnesses.get(index),
        Member::Group(index) => groups.get(index),
    }
    .copied()
    .unwrap_or(false)
}

fn counts(witness: &PolicyWitness, verified: &[Verified], latest_s: u64) -> bool {
    let key = (witness.key.name(), witness.key.id());
    let mut own = verified.iter().filter(|it| (it.name.as_str(), it.id) == key);
    own.any(|it| it.posix_s.is_some_and(|posix_s| posix_s <= latest_s))
}
