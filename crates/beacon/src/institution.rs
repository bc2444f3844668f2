//! For which lots the second institution answers: those that stand in the log it follows, and name its key. It sees no case and no officer.
//!
//! It must not know HTTP, where its state is kept, nor what a draw decides.
//!
//! A zone could otherwise ask for the numbers of many lots that it never recorded, and record the one it likes. So the question carries the lot's
//! leaf, its inclusion in a checkpoint, and the consistency of that checkpoint with what the institution saw last; what is answered for can then
//! never disappear from the log unseen.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use log::checkpoint::CheckpointError;
use log::hash::leaf_hash;
use log::leaf::LeafError;
use log::proof::{self, Head};
use log::{Checkpoint, Hash, Leaf, Value, VerifierKey};
use serde::{Deserialize, Serialize};

use crate::vrf::SecretKey;

/// The largest question that is read: a leaf has at most 64 kB, a checkpoint and its proofs far less.
pub const QUESTION_BYTES_MAX: usize = 256 * 1024;
/// More hashes than a proof in any log of 2^63 leaves has.
const HASHES_MAX: usize = 128;

/// The question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The signed checkpoint (C2SP tlog-checkpoint).
    pub checkpoint: String,
    /// The lot's index in the log.
    pub index: u64,
    /// The lot's leaf, in base64.
    pub leaf: String,
    /// Its inclusion in the checkpoint (RFC 6962, section 2.1.1), each hash in base64.
    pub inclusion: Vec<String>,
    /// The size of the log that the institution saw last, as far as the asker knows.
    pub old: u64,
    /// That the checkpoint continues the log of that size (RFC 6962, section 2.1.2).
    pub consistency: Vec<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The institution's VRF proof of the leaf's hash (RFC 9381), in hexadecimal.
    #[serde(with = "hex::serde")]
    pub proof: Vec<u8>,
}

/// The log as the institution saw it last: size and root. It begins with nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The size.
    pub size: u64,
    /// The root.
    #[serde(with = "hex::serde")]
    pub root: [u8; 32],
}

impl Default for Seen {
    fn default() -> Self {
        Self { size: 0, root: log::hash::empty_root().0 }
    }
}

/// Why the institution does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// Not a question.
    #[error("this is not a question for a lot: {0}")]
    Malformed(String),
    /// The checkpoint is not the followed log's.
    #[error("{0}")]
    Checkpoint(#[from] CheckpointError),
    /// The question begins at another size than the institution saw last.
    #[error("the institution saw the log at {seen}, and the question begins at {asked}; ask again from {seen}")]
    OtherSize {
        /// What it saw.
        seen: u64,
        /// What was asked from.
        asked: u64,
    },
    /// The checkpoint does not continue what was seen: the log shows two faces.
    #[error("the checkpoint does not continue the log that the institution saw: keep both, they are evidence")]
    Split,
    /// The leaf is not in the checkpoint.
    #[error("the leaf is not in the checkpoint's log")]
    NotInLog,
    /// The leaf is no leaf.
    #[error("{0}")]
    Leaf(#[from] LeafError),
    /// The leaf is no lot of this institution.
    #[error("the leaf fixes no draw that waits for this institution")]
    NotMine,
}

impl Question {
    /// Reads a question.
    ///
    /// # Errors
    /// [`Declined::Malformed`].
    pub fn read(json: &[u8]) -> Result<Self, Declined> {
        if json.len() > QUESTION_BYTES_MAX {
            return Err(Declined::Malformed(format!("it has more than {QUESTION_BYTES_MAX} bytes")));
        }
        serde_json::from_slice(json).map_err(|error| Declined::Malformed(error.to_string()))
    }
}

/// Answers, or declines. What comes back beside the answer is to be durable before the answer is given.
///
/// # Errors
/// [`Declined`].
pub fn answer(
    question: &Question,
    log: &VerifierKey,
    seen: &Seen,
    key: &SecretKey,
) -> Result<(Answer, Seen), Declined> {
    let opened = Checkpoint::open(question.checkpoint.as_bytes(), log, &[])?;
    let now = Seen { size: opened.checkpoint.size(), root: opened.checkpoint.root().0 };
    follow(question, seen, &now)?;
    let leaf = BASE64.decode(&question.leaf).map_err(|error| Declined::Malformed(error.to_string()))?;
    let inclusion = hashes(&question.inclusion)?;
    let hash = leaf_hash(&leaf);
    proof::verify_inclusion(&hash, question.index, now.size, &inclusion, opened.checkpoint.root())
        .map_err(|_| Declined::NotInLog)?;
    if !is_lot_of(&Leaf::decode(&leaf)?, key.public().as_bytes()) {
        return Err(Declined::NotMine);
    }
    let proof = key.prove(&hash.0).map_err(|error| Declined::Malformed(error.to_string()))?;
    Ok((Answer { proof: proof.to_bytes().to_vec() }, now))
}

/// Whether the checkpoint continues what was seen.
fn follow(question: &Question, seen: &Seen, now: &Seen) -> Result<(), Declined> {
    if now == seen {
        return Ok(());
    }
    if question.old != seen.size || now.size < seen.size {
        return Err(Declined::OtherSize { seen: seen.size, asked: question.old });
    }
    let head = |seen: &Seen| Head { size: seen.size, root: Hash(seen.root) };
    let consistency = hashes(&question.consistency)?;
    proof::verify_consistency(&head(seen), &head(now), &consistency).map_err(|_| Declined::Split)
}

/// Whether a leaf fixes a draw that waits for this key.
fn is_lot_of(leaf: &Leaf, key: &[u8; 32]) -> bool {
    let mine = |name: &str| leaf.public.get(name) == Some(&Value::Bytes(key.to_vec()));
    leaf.kind == "lot"
        && leaf.public.get("source") == Some(&Value::Text("vrf".to_owned()))
        && (mine("key.1") || mine("key.2"))
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, Declined> {
    if texts.len() > HASHES_MAX {
        return Err(Declined::Malformed(format!("more than {HASHES_MAX} hashes")));
    }
    let hash = |text: &String| Hash::from_base64(text).ok_or_else(|| Declined::Malformed("a hash".to_owned()));
    texts.iter().map(hash).collect()
}
