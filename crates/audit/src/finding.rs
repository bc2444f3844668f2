//! What an audit finds: a code, where, what is recorded and what comes out when it is made again.
//!
//! Must not know of: any one check, how findings are shown.

use serde::{Deserialize, Serialize};

/// A check's code, name and one sentence for people.
#[derive(Debug)]
pub struct Code {
    /// Such as `A408`; never given to another check.
    pub id: &'static str,
    /// Such as `draw-steered`.
    pub name: &'static str,
    /// How it counts.
    pub weight: Weight,
    /// What it means, in English.
    pub en: &'static str,
    /// The same in Persian.
    pub fa: &'static str,
}

/// How a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The record is not what it should be.
    Fault,
    /// Nothing forbids it, but somebody should look: it is counted, and does not make the record wrong.
    Remark,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's code.
    pub code: String,
    /// The check's name.
    pub name: String,
    /// How it counts.
    pub weight: Weight,
    /// The index of the leaf, where there is one.
    pub leaf: Option<u64>,
    /// The case's name in the log, hexadecimal.
    pub case: Option<String>,
    /// What it is about, where it is no leaf: a file, a certificate, a figure.
    pub place: Option<String>,
    /// What the record says, in words.
    pub recorded: String,
    /// What comes out when it is made again, in words.
    pub recomputed: String,
}

/// Findings kept of one audit: more are counted, and no longer told one by one.
pub const FINDINGS_MAX: usize = 10_000;

/// Where findings go.
#[derive(Debug, Default)]
pub struct Findings {
    pub(crate) list: Vec<Finding>,
    /// Those beyond [`FINDINGS_MAX`].
    pub(crate) more: u64,
}

/// A place in the record.
#[derive(Clone, Debug, Default)]
pub struct At {
    /// The leaf.
    pub leaf: Option<u64>,
    /// The case's id, which its name in the log is made from.
    pub case: Option<[u8; 16]>,
    /// Something that is no leaf.
    pub place: Option<String>,
}

impl At {
    /// A leaf of a case.
    pub fn leaf(index: u64, case: [u8; 16]) -> Self {
        Self { leaf: Some(index), case: Some(case), place: None }
    }

    /// A leaf of which only the log is known.
    pub fn index(index: u64) -> Self {
        Self { leaf: Some(index), ..Self::default() }
    }

    /// Something that is no leaf.
    pub fn place(place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..Self::default() }
    }

    /// The same, of a case.
    pub fn of(self, case: [u8; 16]) -> Self {
        Self { case: Some(case), ..self }
    }
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, code: &Code, at: At, recorded: impl Into<String>, recomputed: impl Into<String>) {
        if self.list.len() >= FINDINGS_MAX {
            self.more = self.more.saturating_add(1);
            return;
        }
        self.list.push(Finding {
            code: code.id.to_owned(),
            name: code.name.to_owned(),
            weight: code.weight,
            leaf: at.leaf,
            case: at.case.map(|case| hex::encode(record::leaf::pseudonym(&case))),
            place: at.place,
            recorded: recorded.into(),
            recomputed: recomputed.into(),
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Leaves one of those that say the same: what stands at the seam of two runs is seen by both.
    pub(crate) fn distinct(&mut self) {
        let mut seen = std::collections::HashSet::new();
        self.list.retain(|finding| seen.insert(serde_json::to_string(finding).unwrap_or_default()));
    }

    pub(crate) fn append(&mut self, other: &mut Self) {
        let room = FINDINGS_MAX.saturating_sub(self.list.len());
        let beyond = other.list.split_off(room.min(other.list.len()));
        self.list.append(&mut other.list);
        self.more = self.more.saturating_add(other.more).saturating_add(beyond.len() as u64);
        other.more = 0;
    }
}
