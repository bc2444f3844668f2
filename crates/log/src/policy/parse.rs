//! A policy's lines: `log`, `witness`, `group` and `quorum` (C2SP tlog-policy, "Policy file syntax and structure").
//!
//! It must not know what a quorum is for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Member, Policy, PolicyLog, PolicyWitness};
use crate::key::{Algorithm, KeyError, VerifierKey};

/// The most bytes a policy may have: 64 entries of each kind with long names take a tenth of it.
pub const MAX_POLICY_BYTES: usize = 1 << 18;
/// The most logs, the most witnesses and the most groups; C2SP tlog-policy asks for at least 32. A note takes 100 signatures.
pub const MAX_ENTRIES: usize = 64;

/// What is wrong with a policy, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {fault}")]
pub struct PolicyError {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: PolicyFault,
}

/// What may be wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// Over [`MAX_POLICY_BYTES`].
    #[error("the file has over {MAX_POLICY_BYTES} bytes, and no more are read")]
    TooLong,
    /// A control character other than tab and newline.
    #[error("it has the control character 0x{0:02x}; save the file as plain text with newlines alone")]
    Control(u8),
    /// The last line is not ended.
    #[error("no newline ends it; the file may be cut short")]
    NoNewline,
    /// It begins with no word that a line may begin with.
    #[error("it begins with none of log, witness, group, quorum and #")]
    Keyword,
    /// It has too few or too many parts.
    #[error("write it as: {0}")]
    Form(&'static str),
    /// A key that is none.
    #[error("{0}")]
    Key(KeyError),
    /// A key that is not UTF-8.
    #[error("the key is not text; copy it again")]
    KeyText,
    /// A witness's key where a log's must be, or the other way round.
    #[error("this key is of the wrong type: a log's is of type 0x01, a witness's of type 0x04")]
    KeyType,
    /// The same public key again.
    #[error("it has the same public key as line {0}; leave one out")]
    Duplicate(usize),
    /// The name is taken, or stands for no witnesses at all.
    #[error("{0:?} is a name already; choose another")]
    Taken(String),
    /// No witness or group of that name stands above.
    #[error("no line above names a witness or a group {0:?}")]
    Unknown(String),
    /// It is a member already, here or in another group.
    #[error("{0:?} is a member of a group already, and may be one once")]
    Twice(String),
    /// No number that makes sense.
    #[error("the second word is all, any, or a number from 1 to the number of members")]
    Threshold,
    /// A second quorum.
    #[error("line {0} says the quorum already")]
    SecondQuorum(usize),
    /// None.
    #[error("the file ends without a quorum; write quorum NAME, or quorum none")]
    NoQuorum,
    /// Over [`MAX_ENTRIES`].
    #[error("more than {MAX_ENTRIES} of a kind are not read")]
    TooMany,
}

/// The name that stands for no witness; it may not be given to one.
const NONE: &[u8] = b"none";

/// What was read so far, and on which lines.
#[derive(Default)]
struct Reader<'a> {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    names: BTreeMap<&'a [u8], Member>,
    members: BTreeSet<Member>,
    /// Public keys of logs and of witnesses, and their lines.
    log_keys: BTreeMap<[u8; 32], usize>,
    witness_keys: BTreeMap<[u8; 32], usize>,
    quorum: Option<(usize, Option<Member>)>,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Policy, PolicyError> {
    let at = |line: usize| move |fault: PolicyFault| PolicyError { line, fault };
    if bytes.len() > MAX_POLICY_BYTES {
        return Err(at(1)(PolicyFault::TooLong));
    }
    let mut reader = Reader::default();
    let mut line = 0;
    for content in bytes.split_inclusive(|byte| *byte == b'\n') {
        line += 1;
        reader.line(line, content).map_err(at(line))?;
    }
    let (_, quorum) = reader.quorum.ok_or_else(|| at(line.max(1))(PolicyFault::NoQuorum))?;
    Ok(Policy { logs: reader.logs, witnesses: reader.witnesses, groups: reader.groups, quorum })
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: usize, content: &'a [u8]) -> Result<(), PolicyFault> {
        let content = content.strip_suffix(b"\n").ok_or(PolicyFault::NoNewline)?;
        if let Some(byte) = content.iter().find(|byte| **byte != b'\t' && (**byte < b' ' || **byte == 0x7f)) {
            return Err(PolicyFault::Control(*byte));
        }
        let words = content.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
        let words: Vec<&[u8]> = words.collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key, url @ ..] if url.len() < 2 => self.log(line, key, url),
            [b"log", ..] => Err(PolicyFault::Form("log VKEY [URL]")),
            [b"witness", name, key, url @ ..] if url.len() < 2 => self.witness(line, name, key, url),
            [b"witness", ..] => Err(PolicyFault::Form("witness NAME VKEY [URL]")),
            [b"group", name, threshold, members @ ..] if !members.is_empty() => self.group(name, threshold, members),
            [b"group", ..] => Err(PolicyFault::Form("group NAME all|any|NUMBER NAME...")),
            [b"quorum", name] => self.quorum(line, name),
            [b"quorum", ..] => Err(PolicyFault::Form("quorum NAME")),
            _ => Err(PolicyFault::Keyword),
        }
    }

    fn log(&mut self, line: usize, key: &[u8], url: &[&[u8]]) -> Result<(), PolicyFault> {
        let key = read_key(key, Algorithm::Ed25519, line, &mut self.log_keys)?;
        self.logs.push(PolicyLog { key, url: url.first().map(|url| url.to_vec()) });
        few(self.logs.len())
    }

    fn witness(&mut self, line: usize, name: &'a [u8], key: &[u8], url: &[&[u8]]) -> Result<(), PolicyFault> {
        let key = read_key(key, Algorithm::CosignatureV1, line, &mut self.witness_keys)?;
        self.define(name, Member::Witness(self.witnesses.len()))?;
        let url = url.first().map(|url| url.to_vec());
        self.witnesses.push(PolicyWitness { name: name.to_vec(), key, url });
        few(self.witnesses.len())
    }

    fn group(&mut self, name: &'a [u8], threshold: &[u8], members: &[&[u8]]) -> Result<(), PolicyFault> {
        let threshold = match threshold {
            b"all" => members.len(),
            b"any" => 1,
            number => decimal(number).filter(|k| (1..=members.len()).contains(k)).ok_or(PolicyFault::Threshold)?,
        };
        let mut found = Vec::with_capacity(members.len());
        for member in members {
            let place = self.named(member)?;
            if !self.members.insert(place) {
                return Err(PolicyFault::Twice(lossy(member)));
            }
            found.push(place);
        }
        self.define(name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { threshold, members: found });
        few(self.groups.len())
    }

    fn quorum(&mut self, line: usize, name: &[u8]) -> Result<(), PolicyFault> {
        if let Some((first, _)) = self.quorum {
            return Err(PolicyFault::SecondQuorum(first));
        }
        let quorum = if name == NONE { None } else { Some(self.named(name)?) };
        self.quorum = Some((line, quorum));
        Ok(())
    }

    fn define(&mut self, name: &'a [u8], member: Member) -> Result<(), PolicyFault> {
        if name == NONE || self.names.contains_key(name) {
            return Err(PolicyFault::Taken(lossy(name)));
        }
        self.names.insert(name, member);
        Ok(())
    }

    fn named(&self, name: &[u8]) -> Result<Member, PolicyFault> {
        self.names.get(name).copied().ok_or_else(|| PolicyFault::Unknown(lossy(name)))
    }
}

/// Two keys are duplicates if they wrap the same public key, whatever their names ("Public key representation").
fn read_key(
    text: &[u8],
    algorithm: Algorithm,
    line: usize,
    seen: &mut BTreeMap<[u8; 32], usize>,
) -> Result<VerifierKey, PolicyFault> {
    let text = std::str::from_utf8(text).map_err(|_| PolicyFault::KeyText)?;
    let key: VerifierKey = text.parse().map_err(PolicyFault::Key)?;
    if key.algorithm() != algorithm {
        return Err(PolicyFault::KeyType);
    }
    match seen.insert(*key.public_key(), line) {
        Some(first) => Err(PolicyFault::Duplicate(first)),
        None => Ok(key),
    }
}

/// A number as it is written: digits without a leading zero.
fn decimal(text: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse().ok().filter(|number: &usize| number.to_string() == text)
}

fn few(count: usize) -> Result<(), PolicyFault> {
    if count > MAX_ENTRIES { Err(PolicyFault::TooMany) } else { Ok(()) }
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
