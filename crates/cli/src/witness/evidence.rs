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
/// Files kept at most, of each kind: a log that signs what it likes must not fill the disk. Of split views the first ones say enough. A doubt anybody can
/// raise, so the newest are kept: else the first thousand that somebody makes up would hide all that come later.
const KEPT_MAX: usize = 1000;
/// In the name of what proves that a log signed two trees.
const SPLIT: &str = "split";
/// In the name of what proves nothing yet.
const DOUBT: &str = "doubt";
/// Files that are shown at once.
const SHOWN_MAX: usize = 100;

/// Keeps evidence; the file's name. The same notes are kept once, as they were first seen.
pub fn keep(dir: &Path, witness: &str, evidence: &Evidence, now: Timestamp) -> io::Result<String> {
    let kind = match evidence.why() {
        Why::SameSize | Why::Fork { .. } => SPLIT,
        Why::Unproven { .. } => DOUBT,
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
    let own: Vec<&String> = names.iter().filter(|name| name.contains(kind)).collect();
    if kind == SPLIT && own.len() >= KEPT_MAX {
        return Err(io::Error::other(format!("{KEPT_MAX} files of this kind are kept already")));
    }
    let name = format!("{}-{ending}", now.strftime("%Y%m%dT%H%M%SZ"));
    let text = format!("Seen by {witness} at {}.\n\n{evidence}", now.strftime("%Y-%m-%dT%H:%M:%SZ"));
    replace(&folder.join(&name), text.as_bytes())?;
    let over = own.len().saturating_add(1).saturating_sub(KEPT_MAX);
    own.into_iter().take(over).try_for_each(|oldest| fs::remove_file(folder.join(oldest)))?;
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;
    use std::path::Path;

    use jiff::{SignedDuration, Timestamp};
    use log::key::Algorithm;
    use log::witness::{Evidence, Why};
    use log::{Checkpoint, Hash, Note, SignerKey};

    use super::{FOLDER, KEPT_MAX, keep, names};

    fn note(size: u64, root: u8) -> Note {
        let log = SignerKey::from_seed("log.example/zone", Algorithm::Ed25519, &[5; 32]).unwrap();
        Checkpoint::new("log.example/zone", size, Hash([root; 32])).unwrap().sign(&log).unwrap()
    }

    fn doubt(size: u64) -> Evidence {
        Evidence::new(note(9, 1), note(size, 2), Why::Unproven { proof: Vec::new() })
    }

    fn kept(dir: &Path, what: &str) -> Vec<String> {
        names(&dir.join(FOLDER)).unwrap().into_iter().filter(|name| name.contains(what)).collect()
    }

    #[test]
    fn a_flood_of_doubts_hides_neither_a_proof_nor_a_later_doubt() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join(FOLDER);
        fs::create_dir(&folder).unwrap();
        let now = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(24 * 365 * 60)).unwrap();
        let split = |size| Evidence::new(note(size, 1), note(size, 2), Why::SameSize);
        let proof = keep(dir.path(), "w1", &split(9), now).unwrap();
        let first = keep(dir.path(), "w1", &doubt(10), now).unwrap();
        for number in 1..KEPT_MAX {
            fs::write(folder.join(format!("20200101T000000Z-doubt-{number:016x}.txt")), "made up").unwrap();
        }
        let later = keep(dir.path(), "w1", &doubt(11), now).unwrap();
        let (doubts, proofs) = (kept(dir.path(), "doubt"), kept(dir.path(), "split"));
        assert_eq!((doubts.len(), proofs.as_slice()), (KEPT_MAX, [proof].as_slice()));
        assert!(doubts.contains(&first) && doubts.contains(&later), "the oldest goes, and nothing else");
        assert!(!doubts.iter().any(|name| name.ends_with(&format!("{:016x}.txt", 1))), "{:?}", doubts.first());
        // Doubts make no room for proofs, and proofs none for proofs.
        for number in 1..KEPT_MAX {
            fs::write(folder.join(format!("20200101T000000Z-split-{number:016x}.txt")), "proven").unwrap();
        }
        assert!(keep(dir.path(), "w1", &split(10), now).is_err());
        assert_eq!(kept(dir.path(), "split").len(), KEPT_MAX);
        assert_eq!(keep(dir.path(), "w1", &split(9), now).unwrap(), proofs.first().unwrap().as_str());
    }
}
