//! A small log in memory for the tests: entries in, files and keys out. It must not hide what it calls.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::BTreeMap;

use log::key::Algorithm;
use log::{Appender, Checkpoint, Hash, SignerKey};
use proptest::prelude::*;

pub const ORIGIN: &str = "log.example/zone";

pub type Files = BTreeMap<String, Vec<u8>>;

#[derive(Clone)]
pub struct Log {
    pub files: Files,
    pub appender: Appender,
    pub key: SignerKey,
    /// The root at every checkpoint's size.
    pub roots: Vec<(u64, Hash)>,
}

pub fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[3; 32]).unwrap()
}

/// Entries of different lengths, some of them empty.
pub fn entry(index: u64) -> Vec<u8> {
    let length = (index * 7919 % 61) as usize;
    format!("entry {index} ").into_bytes().into_iter().cycle().take(length).collect()
}

impl Log {
    pub fn new() -> Self {
        let mut log = Self { files: Files::new(), appender: Appender::new(), key: log_key(), roots: Vec::new() };
        log.grow(0);
        log
    }

    pub fn of(size: u64) -> Self {
        let mut log = Self::new();
        log.grow(size);
        log
    }

    /// Appends entries until the log has `size`, then signs a checkpoint.
    pub fn grow(&mut self, size: u64) {
        let entries: Vec<_> = (self.appender.size()..size).map(entry).collect();
        let batch = self.appender.append(&entries).unwrap();
        self.files.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
        self.roots.push((batch.size, batch.root));
        self.files.insert("checkpoint".into(), self.checkpoint().sign(&self.key).unwrap().encode());
    }

    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint::new(ORIGIN, self.appender.size(), self.appender.root()).unwrap()
    }
}

/// Mostly small logs, now and then one whose tiles have a third level (above 65,536).
pub fn any_size() -> impl Strategy<Value = u64> {
    prop_oneof![30 => 1_u64..2_000, 1 => 65_400_u64..66_000]
}
