//! Cases acted on or loaded lately, so that the next act need not read and parse them again.
//!
//! Must not know of: what an act is.
//!
//! What is remembered may be old: another node may have acted. That does no harm where the store looks again: an append names the sequence
//! number it starts from, and is refused if the case moved on. So acts may start from here; whatever is shown to a person is read from the store.

use std::collections::HashMap;
use std::sync::Arc;

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::Case;
use parking_lot::Mutex;
use store::CaseRow;

/// Cases of one generation: two of them at about 6 KiB a case are 48 MiB, of the 256 that the process may have.
const GENERATION: usize = 4096;

/// A case with its row and the definition it began under.
pub(crate) type Loaded = (CaseRow, Arc<Checked<Service>>, Case);

/// Two generations: what is used moves to the young one; when that is full, it becomes the old one, and what was in the old one is forgotten.
#[derive(Default)]
pub(crate) struct Recent(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<CaseId, Loaded>,
    old: HashMap<CaseId, Loaded>,
}

impl Recent {
    /// Takes a case out. Whoever acts on it puts it back as it is then; who fails to act does not.
    pub(crate) fn take(&self, case: CaseId) -> Option<Loaded> {
        let mut generations = self.0.lock();
        generations.young.remove(&case).or_else(|| generations.old.remove(&case))
    }

    /// Remembers a case.
    pub(crate) fn put(&self, loaded: Loaded) {
        let mut generations = self.0.lock();
        if generations.young.len() >= GENERATION {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(loaded.2.id, loaded);
    }
}
