//! A backup's folder: what is in it, and the sums by which damage shows.
//!
//! Must not know of: how a store is copied, where it goes back to.
//!
//! `store.sqlite` or `postgres/` holds the store, `objects/` the documents and the log, `SHA256SUMS` a line for each file, as `sha256sum -c`
//! reads it, and `backup.json`, written last, says that it is finished.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::secret;

/// The store of a SQLite zone.
pub const SQLITE: &str = "store.sqlite";
/// The folder with the tables of a PostgreSQL zone.
pub const POSTGRES: &str = "postgres";
/// The folder with documents and the log.
pub const OBJECTS: &str = "objects";
/// The keys, when they were asked for.
pub const KEYS: &str = "keys.toml";
const SUMS: &str = "SHA256SUMS";
const ABOUT: &str = "backup.json";
/// The format of this folder.
const FORMAT: u32 = 1;
/// Bytes read at once while summing.
const CHUNK_BYTES: usize = 256 * 1024;

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct About {
    /// The format of the folder.
    pub format: u32,
    /// When it was made (UTC).
    pub made: String,
    /// The program that made it.
    pub program: String,
    /// The key that checks the log in it.
    pub log_key: String,
    /// Entries that the log in it has.
    pub log_entries: u64,
    /// Documents in it.
    pub documents: u64,
    /// What was found wrong while it was made.
    pub problems: Vec<String>,
    /// SHA-256 of the file of sums.
    pub sums: String,
}

/// Sums up every file of the folder, makes all durable, and finishes the backup.
pub fn finish(folder: &Path, about: About) -> io::Result<About> {
    let mut files = Vec::new();
    list(folder, Path::new(""), &mut files)?;
    files.sort();
    let mut sums = String::new();
    for file in files {
        let (sum, opened) = sum(&folder.join(&file))?;
        opened.sync_all()?;
        sums.push_str(&format!("{sum}  {}\n", file.display()));
    }
    write(&folder.join(SUMS), sums.as_bytes())?;
    let about = About { format: FORMAT, sums: hex::encode(Sha256::digest(&sums)), ..about };
    write(&folder.join(ABOUT), format!("{}\n", serde_json::to_string_pretty(&about)?).as_bytes())?;
    File::open(folder)?.sync_all()?;
    Ok(about)
}

/// Opens a backup: what it says of itself, and the files in it, each of which has its sum.
pub fn open(folder: &Path) -> Result<(About, Vec<PathBuf>), Failure> {
    let hint = "name another backup; this one cannot be relied on";
    let bad = |why: &dyn std::fmt::Display| Failure::new(format!("the backup {}: {why}", folder.display()), hint);
    let text = fs::read_to_string(folder.join(ABOUT)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => bad(&format!("there is no {ABOUT}: it is no backup, or one that was not finished")),
        _ => bad(&error),
    })?;
    let about: About = serde_json::from_str(&text).map_err(|error| bad(&format!("{ABOUT}: {error}")))?;
    if about.format != FORMAT {
        return Err(bad(&format!("it has the format {}, and this program knows {FORMAT}", about.format)));
    }
    let sums = fs::read_to_string(folder.join(SUMS)).map_err(|error| bad(&format!("{SUMS}: {error}")))?;
    if hex::encode(Sha256::digest(&sums)) != about.sums {
        return Err(bad(&format!("{SUMS} is not the one that was written with it")));
    }
    let mut files = Vec::new();
    for line in sums.lines() {
        let (expected, file) = line.split_once("  ").ok_or_else(|| bad(&format!("{SUMS} has a line without a sum")))?;
        let (found, _) = sum(&folder.join(file)).map_err(|error| bad(&format!("{file}: {error}")))?;
        if found != expected {
            return Err(bad(&format!("{file} is damaged: its sum is not the one in {SUMS}")));
        }
        files.push(file.into());
    }
    match about.problems.first() {
        None => Ok((about, files)),
        Some(problem) => Err(bad(&format!("something was wrong when it was made: {problem}"))),
    }
}

/// Copies the file of keys, readable by its owner alone.
pub fn copy_keys(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let text = secret::read(from)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn list(folder: &Path, below: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => list(folder, &path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn sum(path: &Path) -> io::Result<(String, File)> {
    let mut file = File::open(path)?;
    let (mut digest, mut chunk) = (Sha256::new(), vec![0; CHUNK_BYTES]);
    loop {
        let read = file.read(&mut chunk)?;
        match chunk.get(..read) {
            Some(bytes) if read > 0 => digest.update(bytes),
            _ => return Ok((hex::encode(digest.finalize()), file)),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
