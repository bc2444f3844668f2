//! The witness as the second institution of draws: it answers for lots that stand in a log which it cosigns, by a key that is made for that log alone.
//!
//! Must not know of: HTTP, what a draw decides. How far a log was seen is what the witness cosigned of it: a question that shows more of the log is
//! treated as if the log had sent its checkpoint, so that there is one state, one rule, and one place for evidence.

use std::io;
use std::path::Path;
use std::sync::Arc;

use app::beacon::institution::{Question, Seen};
use app::beacon::vrf::SecretKey;
use jiff::Timestamp;
use log::witness::{Refusal, Request};
use log::{Hash, Note, VerifierKey};
use sha2::{Digest as _, Sha256};

use super::kept::{Failed, Kept};
use crate::failure::Failure;
use crate::keys;
use crate::lot_institution::{Follows, Institution, Institutions};

/// The folder of the keys for draws below the witness's.
const FOLDER: &str = "lots";

/// The institutions for these logs; their keys are made where they are not there.
pub fn open(dir: &Path, kept: &Arc<Kept>, logs: Vec<VerifierKey>) -> Result<Institutions, Failure> {
    let folder = dir.join(FOLDER);
    if !logs.is_empty() {
        super::key::make_folder(&folder)?;
    }
    let institution = |log: VerifierKey| {
        let file = folder.join(format!("{}.key", hex::encode(Sha256::digest(log.name()))));
        let key = SecretKey::from_seed(&keys::open_single(&file)?);
        let follows = Arc::new(OfLog { kept: Arc::clone(kept), origin: log.name().to_owned() });
        Ok(Institution { log, key, follows })
    };
    logs.into_iter().map(institution).collect::<Result<Vec<_>, Failure>>().map(Institutions)
}

/// One of the logs that the witness follows.
struct OfLog {
    kept: Arc<Kept>,
    origin: String,
}

impl Follows for OfLog {
    fn seen(&self) -> Seen {
        self.kept.seen(&self.origin).map_or_else(Seen::default, |(size, root)| Seen { size, root: root.0 })
    }

    fn knows(&self, head: &Seen) -> bool {
        self.kept.knows(&self.origin, head.size, &Hash(head.root))
    }

    fn advance(&self, _: Seen, _: Seen, question: &Question) -> io::Result<bool> {
        let Some(request) = request(question) else { return Err(io::Error::other("the question holds no request")) };
        match self.kept.cosign(&request, Timestamp::now()) {
            Ok(_) => Ok(true),
            Err(Failed::Refused(Refusal::Conflict { .. })) => Ok(false),
            Err(Failed::Refused(refusal)) => Err(io::Error::other(refusal)),
            Err(Failed::Disk(why)) => Err(io::Error::other(why)),
        }
    }

    fn split(&self, question: &Question) {
        // It is refused, and what shows the split view is kept.
        if let Some(request) = request(question) {
            drop(self.kept.cosign(&request, Timestamp::now()));
        }
    }
}

/// What the log would have sent to be cosigned.
fn request(question: &Question) -> Option<Request> {
    let proof = question.consistency.iter().map(|hash| Hash::from_base64(hash)).collect::<Option<Vec<Hash>>>()?;
    Request::new(question.old, proof, Note::parse(question.checkpoint.as_bytes()).ok()?).ok()
}
