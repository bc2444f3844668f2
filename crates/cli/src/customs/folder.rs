//! The files of messages in a folder, and what in it cannot be read.
//!
//! Must not know of: what is in the files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use customs::MAX_MESSAGE_BYTES;

use super::read::{Refusal, unread};
use crate::failure::Failure;
use crate::shared::read_at_most;

/// The endings of names that a folder is looked through for.
const ENDINGS: [&str; 3] = ["xml", "edi", "edifact"];
const REMEDY: &str = "see whether it is there and may be read, or take it out of the folder";

/// What is in a folder and in those in it, in the order of names.
#[derive(Default)]
pub struct Found {
    pub files: Vec<PathBuf>,
    /// What could not be looked into.
    pub refused: Vec<Refusal>,
}

impl Found {
    /// Looks through a folder; one without any such file is an error.
    pub fn in_folder(path: &Path) -> Result<Self, Failure> {
        let mut found = Self::default();
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            match found.look(&folder) {
                Ok(further) => folders.extend(further),
                Err(error) if folder == path => return Err(unread(path, &error)),
                Err(error) => found.refused.push(Refusal::of_file(&folder, error, REMEDY)),
            }
        }
        found.files.sort();
        if found.files.is_empty() && found.refused.is_empty() {
            let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
            let message = format!("{} has no file that ends in {endings}", path.display());
            return Err(Failure::new(message, "name another folder"));
        }
        Ok(found)
    }

    /// Takes the files of one folder, and gives the folders in it. A link is no folder: it may lead around in a circle.
    fn look(&mut self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            let ends = |own: &std::ffi::OsStr| ENDINGS.iter().any(|ending| own.eq_ignore_ascii_case(ending));
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(ends) {
                self.files.push(path);
            }
        }
        Ok(folders)
    }
}

/// A file's bytes. What is no file, as a pipe that nobody writes into, is not waited for.
pub fn bytes(file: &Path) -> Result<Vec<u8>, Box<Refusal>> {
    let refused = |error: io::Error| Box::new(Refusal::of_file(file, error, REMEDY));
    if !fs::metadata(file).map_err(refused)?.is_file() {
        return Err(Box::new(Refusal::of_file(
            file,
            "it is no file",
            "name it by itself, or take it out of the folder",
        )));
    }
    read_at_most(file, MAX_MESSAGE_BYTES).map_err(refused)
}
