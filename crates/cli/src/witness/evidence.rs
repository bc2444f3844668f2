//! Evidence of split views, as text files that anybody can read and check.
//!
//! Must not know of: how it was found.

use std::path::Path;
use std::{fs, io};

use jiff::Timestamp;
use log::witness::{Evidence, Why};
use sha2::{Digest as _, Sha256};

use super::kept::replace;

/// The folder of the evidence below the witness's.
pub const FOLDER: &str = "evidence";
/// Files kept at most, of each kind: a log that signs what it likes must not fill the disk. The first ones say enough.
const KEPT_MAX: usize = 1000;
/// Files that are shown at once.
const SHOWN_MAX: usize = 100;

/// Keeps evidence; the file's name. The same notes are kept once, as they were first seen.
pub fn keep(dir: &Path, witness: &str, evidence: &Evidence, now: Timestamp) -> io::Result<String> {
    let kind = match evidence.why() {
        Why::SameSize | Why::Fork { .. } => "split",
        Why::Unproven { .. } => "doubt",
    };
    let (first, second) = evidence.notes();
    let notes = Sha256::new_with_prefix(first.text()).chain_update(second.text()).finalize();
    let (short, _) = notes.split_at(8);
    let ending = format!("{kind}-{}.txt", hex::encode(short));
    let folder = dir.join(FOLDER);
    let names = names(&folder)?;
    if let Some(known) = names.iter().find(|name| name.ends_with(&ending)) {
        return Ok(known.clone());
    }
    if names.iter().filter(|name| name.contains(kind)).count() >= KEPT_MAX {
        return Err(io::Error::other(format!("{KEPT_MAX} files of this kind are kept already")));
    }
    let name = format!("{}-{ending}", now.strftime("%Y%m%dT%H%M%SZ"));
    let text = format!("Seen by {witness} at {}.\n\n{evidence}", now.strftime("%Y-%m-%dT%H:%M:%SZ"));
    replace(&folder.join(&name), text.as_bytes())?;
    Ok(name)
}

/// The files' names and texts, the newest first.
pub fn all(dir: &Path) -> io::Result<Vec<(String, String)>> {
    let folder = dir.join(FOLDER);
    let names = names(&folder)?.into_iter().rev().take(SHOWN_MAX);
    names.map(|name| fs::read_to_string(folder.join(&name)).map(|text| (name, text))).collect()
}

/// The names in the folder, in order; they begin with their time.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| name.ends_with(".txt")));
    }
    names.sort();
    Ok(names)
}
