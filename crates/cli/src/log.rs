//! `panjereh log`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use log::chain::Chains;
use log::checkpoint::{self, Opened};
use log::leaf::Leaf;
use log::policy::NotAccepted;
use log::reader::TileError;
use log::tile::Kind;
use log::verify::Finding;
use log::{ReadError, TileReader as _, proof, reader, verify};
use serde_json::json;

use crate::failure::{Failure, NO};
use crate::log_reader::LogReader;
use crate::shared::{print_json, say};
use crate::trust::{Trust, Trusted};

/// Check a public log, or prove that an entry is in it.
#[derive(Subcommand)]
pub enum Log {
    Verify(Verify),
    Prove(Prove),
}

impl Log {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Verify(verb) => verb.run(),
            Self::Prove(verb) => verb.run(),
        }
    }
}

/// Recompute a log from its entries: every tile, the root, the signature, and that no case has a hole.
///
/// Exit codes: 0 the log is whole, 1 it is not, 2 it could not be read.
#[derive(Args)]
pub struct Verify {
    /// The log's folder or URL, such as `https://maku.example/log`; a zone's or a demonstration's folder does, too.
    log: String,
    #[command(flatten)]
    trust: Trust,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Verify {
    fn run(self) -> Result<ExitCode, Failure> {
        let trusted = self.trust.read()?;
        let files = LogReader::open(&self.log)?;
        match examine(&files, &trusted) {
            Ok(opened) => {
                let (checkpoint, cosigned) = (&opened.checkpoint, trusted.cosigned(&opened));
                let (origin, size, root) = (checkpoint.origin(), checkpoint.size(), checkpoint.root().to_string());
                if self.json {
                    let names: Vec<_> =
                        cosigned.iter().map(|(name, at)| json!({ "witness": name, "at": at })).collect();
                    print_json(
                        &json!({ "whole": true, "origin": origin, "size": size, "root": root, "cosigned": names }),
                    )?;
                } else {
                    let witnesses: Vec<_> =
                        cosigned.iter().map(|(name, at)| format!(", cosigned by {name} at {at}")).collect();
                    let witnesses = witnesses.concat();
                    say(format_args!("the log is whole: {size} entries, root {root}, signed by {origin}{witnesses}"))?;
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(Trouble::Unread(why)) => Err(Failure::new(
                format!("the log {} could not be read: {why}", self.log),
                "name the folder or URL that holds the log's `checkpoint`, such as demo-data/objects/log, and try again; nothing is said about \
                 the log itself",
            )),
            Err(Trouble::Found { finding, help }) if self.json => {
                print_json(&json!({ "whole": false, "origin": trusted.origin(), "finding": finding, "help": help }))?;
                Ok(ExitCode::from(NO))
            }
            Err(Trouble::Found { finding, help }) => {
                say(format_args!("the log is not whole: {finding}\nwhat to do: {help}"))?;
                Ok(ExitCode::from(NO))
            }
        }
    }
}

/// Why a log is not found whole.
enum Trouble {
    /// It could not be read, so nothing is known.
    Unread(String),
    /// Something in it is not as it should be.
    Found { finding: String, help: &'static str },
}

impl From<NotAccepted> for Trouble {
    fn from(error: NotAccepted) -> Self {
        let help = match &error {
            NotAccepted::Checkpoint(error) => return Finding::Checkpoint(error.clone()).into(),
            NotAccepted::UnknownLog { .. } => "see that the policy is for this log, from a source that you trust",
            NotAccepted::NoQuorum { .. } => {
                "do not rely on what is newer than the last checkpoint that a quorum cosigned: ask the zone why, and the witnesses what they know"
            }
        };
        Self::Found { finding: format!("checkpoint: {error}"), help }
    }
}

/// A log that changed after it was signed.
const CHANGED: &str = "fetch the file again; if it stays so, keep what you have and ask the zone and other readers, since what \
                       was signed must not change. Whoever runs the log restores the file from a copy";

impl From<Finding> for Trouble {
    fn from(finding: Finding) -> Self {
        match &finding {
            Finding::Missing(_) | Finding::Tile(TileError::Read { error: ReadError::Failed(_), .. }) => {
                Self::Unread(finding.to_string())
            }
            Finding::Checkpoint(_) => Self::Found {
                finding: finding.to_string(),
                help: "see that the key is this log's, from a source that you trust, and fetch the checkpoint again",
            },
            _ => Self::Found { finding: finding.to_string(), help: CHANGED },
        }
    }
}

/// The checkpoint of a log in which nothing is wrong; else the first thing that is.
fn examine(files: &LogReader, trusted: &Trusted) -> Result<Opened, Trouble> {
    let note = files.read(checkpoint::PATH).map_err(Finding::Missing)?;
    let opened = trusted.open(&note)?;
    let checkpoint = &opened.checkpoint;
    let bar = progress(checkpoint.size());
    let mut chains = Chains::default();
    let mut broken = None;
    let whole = verify::verify_entries(files, checkpoint, &mut |index, bytes| {
        bar.set_position(index);
        if broken.is_none() {
            broken = entry_problem(&mut chains, index, bytes);
        }
    });
    bar.finish_and_clear();
    whole?;
    match broken {
        Some(finding) => Err(Trouble::Found { finding, help: CHANGED }),
        None => Ok(opened),
    }
}

fn entry_problem(chains: &mut Chains, index: u64, bytes: &[u8]) -> Option<String> {
    let leaf = match Leaf::decode(bytes) {
        Ok(leaf) => leaf,
        Err(error) => return Some(format!("entry {index}: {error}")),
    };
    chains.see(index, &leaf).err().map(|error| format!("entry {index}: {error}"))
}

/// Shown to people only; in a pipe it is silent.
fn progress(entries: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} entries, {eta} left");
    ProgressBar::new(entries).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Prove that an entry is in the log: prints a C2SP tlog-proof, checked before it is printed.
///
/// Exit codes: 0 done, 2 there is no such entry, or the log could not be read or is not whole.
#[derive(Args)]
pub struct Prove {
    /// The log's folder or URL.
    log: String,
    /// The entry's index, from 0.
    index: u64,
    #[command(flatten)]
    trust: Trust,
}

impl Prove {
    fn run(self) -> Result<ExitCode, Failure> {
        let trusted = self.trust.read()?;
        let ProvenEntry { hashes, note, .. } = proven_entry(&self.log, &trusted, self.index)?;
        let proof = app::tlog_proof(self.index, &hashes, &note).map_err(|error| unreadable(&self.log, &error))?;
        say(proof.to_string().trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An entry that is in a log, and what proves it.
pub struct ProvenEntry {
    pub bytes: Vec<u8>,
    hashes: Vec<log::Hash>,
    note: Vec<u8>,
}

/// An entry of a log at a place, seen to be in it.
pub fn proven_entry(place: &str, trusted: &Trusted, index: u64) -> Result<ProvenEntry, Failure> {
    let files = LogReader::open(place)?;
    let unreadable = |error: &dyn std::fmt::Display| unreadable(place, error);
    let note = files.read(checkpoint::PATH).map_err(|error| unreadable(&error))?;
    let opened = trusted.open(&note).map_err(|error| unreadable(&error))?;
    let size = opened.checkpoint.size();
    let tile = log::Tile::in_tree(Kind::Entries, index.checked_div(256).unwrap_or(0), size);
    let Some(tile) = tile.filter(|_| index < size) else {
        let hint = format!("the log has {size} entries, numbered from 0");
        return Err(Failure::new(format!("there is no entry {index}"), hint));
    };
    let hashes = proof::inclusion(&files, index, size).map_err(|error| unreadable(&error))?;
    let entries = reader::read_entries(&files, tile).map_err(|error| unreadable(&error))?;
    let in_bundle = usize::try_from(index.checked_rem(256).unwrap_or(0)).unwrap_or(0);
    let bytes = entries.into_iter().nth(in_bundle).ok_or_else(|| unreadable(&"the bundle is too short"))?;
    let leaf = log::hash::leaf_hash(&bytes);
    proof::verify_inclusion(&leaf, index, size, &hashes, opened.checkpoint.root())
        .map_err(|error| unreadable(&error))?;
    Ok(ProvenEntry { bytes, hashes, note })
}

fn unreadable(place: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(error, format!("check the whole log with `panjereh log verify {place}`"))
}
