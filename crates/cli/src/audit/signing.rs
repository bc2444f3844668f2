//! Signing what an audit came to, and handing it in.
//!
//! Must not know of: how an audit is done.

use std::collections::BTreeMap;
use std::path::PathBuf;

use audit::{Report, Weight};
use clap::Args;
use log::{ReadError, SignerKey, TileReader, VerifierKey, checkpoint};
use parking_lot::Mutex;
use record::audited::{Audited, Found, Scope};

use crate::auditor::{self, Outcome};
use crate::failure::Failure;

/// What is to be done with the result.
#[derive(Args)]
pub struct Signing {
    /// Sign what the audit comes to with the auditor's key in this file, which `panjereh auditor key` made. Give --note, --report or both as well.
    #[arg(long, value_name = "KEYFILE")]
    sign: Option<PathBuf>,
    /// Write the signed note to this file.
    #[arg(long, value_name = "FILE", requires = "sign")]
    note: Option<PathBuf>,
    /// Hand the signed note in to the zone at this address, such as `https://maku.example`, which shows it on its integrity page.
    #[arg(long, value_name = "URL", requires = "sign")]
    report: Option<String>,
}

/// Whoever signs, and where the note goes.
pub struct Signer {
    key: SignerKey,
    note: Option<PathBuf>,
    report: Option<String>,
}

/// A note that was signed, and what became of it.
pub struct Signed {
    pub note: String,
    /// None where it was not handed in.
    pub outcome: Option<Outcome>,
}

impl Signing {
    /// The key, before anything is audited; none where nothing is to be signed.
    pub fn open(&self) -> Result<Option<Signer>, Failure> {
        let Some(file) = &self.sign else { return Ok(None) };
        if self.note.is_none() && self.report.is_none() {
            let hint = "add --note FILE to keep the signed note, or --report URL to hand it in to the zone, or both";
            return Err(Failure::new("--sign was given, and nothing says where the note goes", hint));
        }
        let key = auditor::open(file)?;
        Ok(Some(Signer { key, note: self.note.clone(), report: self.report.clone() }))
    }
}

impl Signer {
    /// Signs the result over the checkpoint that was audited, keeps the note, and hands it in.
    pub fn finish(
        &self,
        report: &Report,
        scope: Scope,
        read: &Remembering<'_>,
        log: &VerifierKey,
    ) -> Result<Signed, Failure> {
        let audited = audited(report, scope);
        let checkpoint = read.checkpoint.lock().clone().unwrap_or_default();
        let note = audited.sign(&checkpoint, log, &self.key).map_err(|error| {
            let hint = "a note says something of a log with at least one entry that its own key signed; publish the report itself, with --html or \
                        --json, where the checkpoint is not signed";
            Failure::new(format!("nothing was signed: {error}"), hint)
        })?;
        if let Some(file) = &self.note {
            std::fs::write(file, &note).map_err(|error| super::unwritten(file, &error))?;
        }
        let outcome = self.report.as_deref().map(|zone| auditor::hand_in(zone, &note)).transpose()?;
        Ok(Signed { note: String::from_utf8_lossy(&note).into_owned(), outcome })
    }
}

/// What the note says of a report.
fn audited(report: &Report, scope: Scope) -> Audited {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in &report.findings {
        let count = found.entry(&finding.code).or_default();
        *count = count.saturating_add(1);
    }
    let remarks = report.findings.iter().filter(|finding| finding.weight == Weight::Remark).count();
    Audited {
        scope,
        from: report.continued_from,
        acts: report.counts.acts,
        erased: report.counts.erased,
        not_followed: report.counts.not_followed,
        outcomes: report.outcomes_compared,
        faults: report.faults(),
        remarks: u64::try_from(remarks).unwrap_or(u64::MAX),
        found: found.into_iter().map(|(code, count)| Found { code: code.to_owned(), count }).collect(),
        program: concat!("panjereh ", env!("CARGO_PKG_VERSION")).to_owned(),
        at_s: u64::try_from(app::Clock::default().system().as_second()).unwrap_or(0),
    }
}

/// A log's files, and the checkpoint that was read: the one that the audit is of, though the log grows meanwhile.
pub struct Remembering<'a> {
    files: &'a dyn TileReader,
    checkpoint: Mutex<Option<Vec<u8>>>,
}

impl<'a> Remembering<'a> {
    pub fn new(files: &'a dyn TileReader) -> Self {
        Self { files, checkpoint: Mutex::new(None) }
    }
}

impl TileReader for Remembering<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.read(path)?;
        if path == checkpoint::PATH {
            *self.checkpoint.lock() = Some(bytes.clone());
        }
        Ok(bytes)
    }
}
