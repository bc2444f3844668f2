//! The checkout as text: what git has or would take, with its Rust files read as tokens.
//!
//! It must not know the rules. What git ignores is no part of it; what is new and not yet added is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::command;
use crate::failure::Failure;
use crate::tidy::rust::Source;

/// All text files of a checkout.
#[derive(Default)]
pub struct Tree {
    texts: BTreeMap<String, String>,
    sources: BTreeMap<String, Source>,
    paths: BTreeSet<String>,
}

impl Tree {
    /// Reads the checkout at `root`.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let mut git = Command::new("git");
        git.current_dir(root).args(["-c", "core.quotePath=false"]);
        git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
        let listed = command::ask(&mut git, "run it in a git checkout")?;
        let mut tree = Self::default();
        for path in listed.lines() {
            // What was deleted and not yet committed is listed, and gone.
            let Ok(bytes) = std::fs::read(root.join(path)) else {
                continue;
            };
            tree.add(path, String::from_utf8(bytes).ok());
        }
        Ok(tree)
    }

    /// A checkout of these files.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            tree.add(path, Some((*text).to_owned()));
        }
        tree
    }

    /// Adds a file; without text when it is not UTF-8.
    fn add(&mut self, path: &str, text: Option<String>) {
        for folder in Path::new(path).ancestors() {
            self.paths.insert(folder.to_string_lossy().into_owned());
        }
        let Some(text) = text else { return };
        if path.ends_with(".rs") {
            self.sources.insert(path.to_owned(), Source::read(&text));
        }
        self.texts.insert(path.to_owned(), text);
    }

    /// How many text files it has.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether a file or a folder of that name is there; the root is the empty name.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Every text file.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every Rust file.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.sources.iter().map(|(path, source)| (path.as_str(), source))
    }
}
