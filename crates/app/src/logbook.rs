//! The public log as files in the object store: reading them, proving with them.
//!
//! Must not know of: cases, who asks.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};

use bytes::Bytes;
use definition::Checked;
use definition::model::Service;
use engine::case::Digest;
use log::checkpoint::{self, Checkpoint};
use log::leaf::Leaf;
use log::proof::ProofError;
use log::tile::Kind;
use log::tlog_proof::TlogProofError;
use log::{Branch, Hash, Note, ReadError, Tile, TileReader, TlogProof, proof, reader};
use parking_lot::Mutex;
use store::Task;

use crate::objects::Objects;
use crate::{App, AppError};

/// Where the log's files stand in the object store.
pub(crate) const PREFIX: &str = "log";

/// The newest checkpoint that the zone signed, below [`PREFIX`], where witnesses are to cosign it before it is published. Not one of C2SP's files,
/// and served to nobody.
pub(crate) const SIGNED: &str = "signed";

/// A checkpoint as it is published. Where the zone has witnesses, a quorum of them cosigned it.
#[derive(Clone, Debug)]
pub struct Published {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The signed note.
    pub note: Bytes,
    /// When it was published, in milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// A checkpoint that the zone stands by, though it may not be final.
#[derive(Clone)]
pub(crate) struct Signed {
    /// What it says.
    pub(crate) checkpoint: Checkpoint,
    /// The note with the log's own signature, and no other.
    pub(crate) note: Note,
    /// The right to sign the log, under which it was signed.
    pub(crate) task: Weak<dyn Task>,
}

/// One entry of the log, for reading.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its index.
    pub index: u64,
    /// What it says.
    pub leaf: Leaf,
    /// Its leaf hash.
    pub hash: Hash,
}

impl App {
    /// The newest checkpoint that is final: with witnesses the newest that a quorum cosigned. None before the first event.
    pub fn checkpoint(&self) -> Option<Published> {
        self.published.read().clone()
    }

    /// One of the log's files as C2SP tlog-tiles names them below the log's prefix: `tile/0/x001/067`, `tile/entries/000.p/5`.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a path that names no file of the log.
    pub async fn log_file(&self, path: &str) -> Result<Bytes, AppError> {
        if path == checkpoint::PATH {
            return self.checkpoint().map(|published| published.note).ok_or(AppError::NotFound("checkpoint"));
        }
        // Only a path that is a tile's own spelling is looked up, so nothing outside the log can be named.
        path.parse::<Tile>().map_err(|_| AppError::NotFound("tile"))?;
        let file = self.objects.get(&format!("{PREFIX}/{path}")).await?;
        file.ok_or(AppError::NotFound("tile"))
    }

    /// The definition that a leaf names: public, like the log.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the store does not have it.
    pub async fn definition(&self, hash: [u8; 32]) -> Result<Arc<Checked<Service>>, AppError> {
        self.definitions.by_hash(&*self.store, Digest(hash)).await
    }

    /// Entries of the log from an index on, at most a bundle.
    ///
    /// # Errors
    /// When the object store is away.
    pub async fn log_entries(&self, from: u64) -> Result<Vec<Entry>, AppError> {
        let Some(published) = self.checkpoint() else { return Ok(Vec::new()) };
        let size = published.checkpoint.size();
        let width = u64::from(log::tile::TILE_WIDTH);
        let bundle = from.checked_div(width).unwrap_or(0);
        let Some(tile) = Tile::in_tree(Kind::Entries, bundle, size) else { return Ok(Vec::new()) };
        let entries = with_files(&self.objects, |files| reader::read_entries(files, tile)).await?;
        let entries = entries.map_err(|error| AppError::Internal(error.to_string()))?;
        let numbered = entries.into_iter().zip(bundle.saturating_mul(width)..);
        numbered
            .filter(|(_, index)| *index >= from)
            .map(|(bytes, index)| {
                let leaf = Leaf::decode(&bytes).map_err(|error| AppError::Internal(error.to_string()))?;
                Ok(Entry { index, hash: log::hash::leaf_hash(&bytes), leaf })
            })
            .collect()
    }

    /// What a certificate carries to be proven by: the entry that issued it in a C2SP tlog-proof, and in a branch for a QR code; none while no
    /// checkpoint covers it.
    ///
    /// # Errors
    /// When the object store is away.
    pub(crate) async fn carried(&self, index: u64) -> Result<Option<(String, Branch)>, AppError> {
        let Some(published) = self.checkpoint().filter(|published| index < published.checkpoint.size()) else {
            return Ok(None);
        };
        let size = published.checkpoint.size();
        let width = u64::from(log::tile::TILE_WIDTH);
        let (bundle, place) = (index.div_euclid(width), usize::try_from(index.rem_euclid(width)).unwrap_or_default());
        let Some(tile) = Tile::in_tree(Kind::Entries, bundle, size) else { return Ok(None) };
        let read = with_files(&self.objects, |files| {
            let entry = reader::read_entries(files, tile)?.into_iter().nth(place).unwrap_or_default();
            // Both are looked for before either fails, so that their files are fetched together.
            let (hashes, branch) =
                (proof::inclusion(files, index, size), Branch::cut(files, index, entry.clone(), size));
            Ok::<_, ProofError>((entry, hashes?, branch?))
        });
        let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
        let (entry, hashes, branch) = read.await?.map_err(|error| internal(&error))?;
        let note = Note::parse(&published.note).map_err(|error| internal(&error))?;
        let proof = TlogProof::new(index, hashes, note).map_err(|error| internal(&error))?;
        Ok(Some((proof.with_extra(entry).to_string(), branch)))
    }

    /// That an entry is in the log, as a C2SP tlog-proof; none while no checkpoint covers it.
    ///
    /// # Errors
    /// When the object store is away.
    pub async fn inclusion(&self, index: u64) -> Result<Option<String>, AppError> {
        let Some(published) = self.checkpoint().filter(|published| index < published.checkpoint.size()) else {
            return Ok(None);
        };
        let size = published.checkpoint.size();
        let hashes = with_files(&self.objects, |files| proof::inclusion(files, index, size)).await?;
        let hashes = hashes.map_err(|error| AppError::Internal(error.to_string()))?;
        let proof = tlog_proof(index, &hashes, &published.note);
        proof.map(Some).map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// A proof of inclusion as C2SP tlog-proof writes it.
///
/// # Errors
/// When `note` is no signed note.
pub fn tlog_proof(index: u64, hashes: &[Hash], note: &[u8]) -> Result<String, TlogProofError> {
    let checkpoint = Note::parse(note)?;
    Ok(TlogProof::new(index, hashes.to_vec(), checkpoint)?.to_string())
}

/// Files of the log that were fetched for one thing and serve the next. What has a name never changes (C2SP tlog-tiles), but it may be damaged and
/// made again: so a shelf is kept no longer than one piece of work.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<BTreeMap<String, Bytes>>);

/// Files on a shelf at most: at 8 KiB, 2 MiB.
const SHELF_FILES: usize = 256;

impl Shelf {
    fn get(&self, path: &str) -> Option<Vec<u8>> {
        self.0.lock().get(path).map(|file| file.to_vec())
    }

    fn put(&self, path: &str, file: Bytes) {
        let mut files = self.0.lock();
        if files.len() >= SHELF_FILES {
            files.clear();
        }
        files.insert(path.to_owned(), file);
    }
}

/// Files that were fetched, and the names of those that were wanted besides.
struct Fetched<'s> {
    shelf: &'s Shelf,
    files: BTreeMap<String, Option<Bytes>>,
    wanted: RefCell<BTreeSet<String>>,
}

impl TileReader for Fetched<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let known = match self.files.get(path) {
            Some(file) => file.as_ref().map(|file| file.to_vec()),
            None => self.shelf.get(path).or_else(|| {
                self.wanted.borrow_mut().insert(path.to_owned());
                None
            }),
        };
        known.ok_or(ReadError::NotFound)
    }
}

/// Runs something that reads the log's files at once, fetching what it asks for until it asks for nothing new. It is run again after each
/// fetch, so it must be a pure function of the files.
pub(crate) async fn with_files<T>(objects: &Objects, run: impl Fn(&dyn TileReader) -> T) -> Result<T, AppError> {
    with_shelf(objects, &Shelf::default(), run).await
}

/// As [`with_files`], with what was fetched before.
pub(crate) async fn with_shelf<T>(
    objects: &Objects,
    shelf: &Shelf,
    run: impl Fn(&dyn TileReader) -> T,
) -> Result<T, AppError> {
    let mut fetched = Fetched { shelf, files: BTreeMap::new(), wanted: RefCell::default() };
    loop {
        let result = run(&fetched);
        let wanted = fetched.wanted.take();
        if wanted.is_empty() {
            return Ok(result);
        }
        for path in wanted {
            let file = objects.get(&format!("{PREFIX}/{path}")).await?;
            if let Some(file) = &file {
                shelf.put(&path, file.clone());
            }
            fetched.files.insert(path, file);
        }
    }
}
