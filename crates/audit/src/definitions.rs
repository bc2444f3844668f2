//! The definitions that cases run under, by hash.
//!
//! Must not know of: what is decided by them.

use std::collections::HashMap;
use std::sync::Arc;

use definition::Checked;
use definition::model::Service;
use engine::case::Digest;
use log::{ReadError, TileReader};
use record::manifest::definition_path;

use crate::checks::{definition_changed, definition_missing};
use crate::finding::{At, Findings};
use crate::input::CouldNot;

/// Definitions as they were asked for; none where there is none that can be used.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    by_hash: HashMap<Digest, Option<Arc<Checked<Service>>>>,
}

impl Definitions {
    /// The definition with this hash, if it was read.
    pub(crate) fn get(&self, hash: &Digest) -> Option<&Arc<Checked<Service>>> {
        self.by_hash.get(hash)?.as_ref()
    }

    /// How many can be used.
    pub(crate) fn len(&self) -> u64 {
        self.by_hash.values().flatten().count() as u64
    }

    /// Reads the definition that a leaf names, once.
    pub(crate) fn load(
        &mut self,
        from: &dyn TileReader,
        hash: Digest,
        at: &At,
        findings: &mut Findings,
    ) -> Result<(), CouldNot> {
        if self.by_hash.contains_key(&hash) {
            return Ok(());
        }
        let path = definition_path(&hash);
        let definition = match from.read(&path) {
            Err(ReadError::NotFound) => {
                definition_missing::check(at.clone(), &hash, findings);
                None
            }
            Err(ReadError::Failed(why)) => return Err(CouldNot::Read { path, why }),
            Ok(bytes) => match Checked::from_canonical(&bytes, hash.0) {
                Ok(service) => Some(Arc::new(service)),
                Err(error) => {
                    definition_changed::check(&hash, &error, findings);
                    None
                }
            },
        };
        self.by_hash.insert(hash, definition);
        Ok(())
    }
}
