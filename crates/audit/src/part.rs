//! A bundle of the log and the segment behind it, cut into events: the work that needs no other bundle.
//!
//! Must not know of: cases.

use std::borrow::Cow;
use std::ops::Range;

use engine::CaseId;
use engine::case::Digest;
use engine::mandate::{self, MandateEvent};
use engine::roster::{RosterEvent, STREAM};
use jiff::Timestamp;
use log::hash::leaf_hash;
use log::{Hash, bundle};
use record::segment;
use serde::Deserialize;

use crate::checks::{entry_not_disclosed, event_malformed, tree_differs};
use crate::finding::{At, Findings};

/// One bundle's files as they were read.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// Index of the first entry.
    pub(crate) first: u64,
    pub(crate) bundle: Vec<u8>,
    /// The level-0 tile beside it.
    pub(crate) tile: Vec<Hash>,
    /// None where nothing is disclosed.
    pub(crate) segment: Option<Vec<u8>>,
    /// Paths of both, for findings.
    pub(crate) bundle_path: String,
    pub(crate) segment_path: String,
}

/// A bundle that was cut into events.
#[derive(Debug, Default)]
pub(crate) struct Part {
    files: Files,
    pub(crate) items: Vec<Item>,
    /// The leaves' hashes, made again from the entries.
    pub(crate) hashes: Vec<Hash>,
    pub(crate) findings: Findings,
}

/// One event.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) index: u64,
    entry: Range<usize>,
    /// What was disclosed of it.
    pub(crate) told: Option<Told>,
}

#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) case: [u8; 16],
    pub(crate) salt: [u8; 32],
    /// None where it was erased.
    body: Option<Range<usize>>,
    /// None where the body is no event.
    pub(crate) head: Option<Head>,
}

/// What is read of every event: enough to order and to sort them.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) at: Timestamp,
    pub(crate) begins: Begins,
    pub(crate) opens: Option<Opens>,
    /// Whether it says that something was erased.
    pub(crate) erases: bool,
    /// Whether it is of a kind that officers bring about, though others may, too.
    pub(crate) by_officer: bool,
}

/// Kinds of events that are an officer's own where an officer did them.
const OFFICERS: &[&str] = &[
    "signed",
    "decided",
    "asked",
    "consulted",
    "overtook",
    "convened",
    "kept",
    "proposed",
    "corrected",
    "revoked",
    "vacated",
];

/// Whether an act can begin with an event of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    Always,
    Never,
    /// It depends on who decided.
    Perhaps,
    /// Never, and it tells who could be drawn.
    Draws,
    /// Never, and it tells what a function said.
    Computes,
}

impl Begins {
    fn of(kind: &str) -> Self {
        match kind {
            "opened" | "signed" | "asked" | "supplied" | "paid" | "lapsed" | "withdrawn" | "corrected" | "appealed"
            | "overturned" | "overtook" | "convened" | "kept" | "proposed" | "revoked" | "erased" => Self::Always,
            "decided" | "consulted" | "vacated" => Self::Perhaps,
            "drawn" | "seated" | "lot" | "shared" => Self::Draws,
            "computed" | "booked" | "unbooked" => Self::Computes,
            _ => Self::Never,
        }
    }
}

/// What an opening says.
#[derive(Debug)]
pub(crate) struct Opens {
    pub(crate) applicant: String,
    pub(crate) service: String,
    pub(crate) definition: Digest,
}

#[derive(Deserialize)]
struct Header<'b> {
    at: Timestamp,
    #[serde(borrow)]
    kind: Cow<'b, str>,
}

#[derive(Deserialize)]
struct Opening {
    applicant: String,
    service: String,
    definition: Digest,
}

impl Part {
    /// Cuts files into events and holds each entry against its hash.
    pub(crate) fn of(files: Files) -> Self {
        let mut part = Self { files, ..Self::default() };
        let mut findings = Findings::default();
        part.cut_bundle(&mut findings);
        part.cut_segment(&mut findings);
        part.findings = findings;
        part
    }

    /// The bytes that stand in the log.
    pub(crate) fn entry(&self, item: &Item) -> &[u8] {
        self.files.bundle.get(item.entry.clone()).unwrap_or_default()
    }

    /// The event's body, where it was disclosed and not erased.
    pub(crate) fn body(&self, item: &Item) -> Option<&[u8]> {
        let range = item.told.as_ref()?.body.clone()?;
        self.files.segment.as_deref()?.get(range)
    }

    fn cut_bundle(&mut self, findings: &mut Findings) {
        let files = &self.files;
        let entries = match bundle::parse(&files.bundle) {
            Ok(entries) => entries,
            Err(error) => {
                tree_differs::check(&files.bundle_path, &error, findings);
                return;
            }
        };
        let base = files.bundle.as_ptr() as usize;
        for ((index, entry), tile) in (files.first..).zip(entries).zip(&files.tile) {
            let hash = leaf_hash(entry);
            if hash != *tile {
                let why = format!("entry {index} does not have the hash that the tile beside it holds");
                tree_differs::check(&files.bundle_path, &why, findings);
            }
            let start = (entry.as_ptr() as usize).saturating_sub(base);
            self.items.push(Item { index, entry: start..start.saturating_add(entry.len()), told: None });
            self.hashes.push(hash);
        }
        if self.items.len() < files.tile.len() {
            let why = format!("{} entries where {} are signed", self.items.len(), files.tile.len());
            tree_differs::check(&files.bundle_path, &why, findings);
        }
    }

    fn cut_segment(&mut self, findings: &mut Findings) {
        let Some(segment) = &self.files.segment else { return };
        let told = match segment::parse(segment) {
            Ok(told) => told,
            Err(error) => {
                entry_not_disclosed::check(&self.files.segment_path, &error, findings);
                return;
            }
        };
        if told.len() < self.items.len() {
            let why = format!("{} events for {} leaves", told.len(), self.items.len());
            entry_not_disclosed::check(&self.files.segment_path, &why, findings);
        }
        let base = segment.as_ptr() as usize;
        for (item, told) in self.items.iter_mut().zip(told) {
            let place = |body: &[u8]| {
                let start = (body.as_ptr() as usize).saturating_sub(base);
                start..start.saturating_add(body.len())
            };
            let head = told.opened.and_then(|(_, body)| match head(told.case, body) {
                Ok(head) => Some(head),
                Err(error) => {
                    event_malformed::check(At::leaf(item.index, told.case), &error, findings);
                    None
                }
            });
            let (salt, body) = told.opened.map_or(([0; 32], None), |(salt, body)| (*salt, Some(place(body))));
            item.told = Some(Told { case: told.case, salt, body, head });
        }
    }
}

fn head(case: [u8; 16], body: &[u8]) -> Result<Head, serde_json::Error> {
    if case == STREAM.0 {
        let RosterEvent { at, .. } = serde_json::from_slice(body)?;
        return Ok(Head { at, begins: Begins::Always, opens: None, erases: false, by_officer: false });
    }
    if mandate::is_stream(&CaseId(case)) {
        let MandateEvent { at, .. } = serde_json::from_slice(body)?;
        return Ok(Head { at, begins: Begins::Always, opens: None, erases: false, by_officer: false });
    }
    let header = match quickly(body) {
        Some(header) => header,
        None => serde_json::from_slice(body)?,
    };
    let opens = match &*header.kind {
        "opened" => {
            let Opening { applicant, service, definition } = serde_json::from_slice(body)?;
            Some(Opens { applicant, service, definition })
        }
        _ => None,
    };
    let (erases, by_officer) = (header.kind == "erased", OFFICERS.contains(&&*header.kind));
    Ok(Head { at: header.at, begins: Begins::of(&header.kind), opens, erases, by_officer })
}

/// What an event in the engine's own form begins with, `{"at":"...","kind":"..."`. Whether the rest is an event is seen when it is held against the one that
/// comes out, byte by byte, or read because none does; so nothing is passed over here.
fn quickly(body: &[u8]) -> Option<Header<'_>> {
    let (at, rest) = quoted(body.strip_prefix(b"{\"at\":\"")?)?;
    let (kind, _) = quoted(rest.strip_prefix(b",\"kind\":\"")?)?;
    Some(Header { at: at.parse().ok()?, kind: Cow::Borrowed(kind) })
}

/// A text up to its quotation mark, and what comes after it; none where something in it is written with a backslash.
fn quoted(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    let (text, rest) = bytes.split_at_checked(end)?;
    Some((std::str::from_utf8(text).ok()?, rest.strip_prefix(b"\"")?))
}
