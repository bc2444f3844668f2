//! What a witness does with a checkpoint that is submitted to it (C2SP tlog-witness): it cosigns what only adds to what it cosigned before, and
//! says by the protocol's status why it does not.
//!
//! It must not know where states are kept, how requests come, or what time it is: whoever calls keeps [`Cosigned`] durably **before** it hands
//! the cosignature out, and lets one request at a time through for one log.

mod answer;
mod evidence;
mod request;

pub use answer::{AnswerError, MAX_ANSWER_BYTES, read_answer};
pub use evidence::{Evidence, Why};
pub use request::{MAX_PROOF_LINES, MAX_REQUEST_BYTES, Request, RequestError};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::empty_root;
use crate::key::{SignerKey, VerifierKey};
use crate::note::Note;
use crate::proof::{Head, roots, verify_consistency};

/// The media type of the answer that names the size a witness knows (C2SP tlog-witness, "add-checkpoint").
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// The largest checkpoint of a log that a witness cosigned: all that it must remember of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    checkpoint: Checkpoint,
    note: Note,
    line: String,
    at_s: u64,
}

impl Cosigned {
    /// Reads what [`Cosigned::encode`] wrote; the signatures of log and witness are checked again.
    ///
    /// # Errors
    /// When it is not a checkpoint that one of the keys of a log signed, and that `witness` cosigned.
    pub fn open(bytes: &[u8], logs: &[VerifierKey], witness: &VerifierKey) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        let signed = |log: &&VerifierKey| note.signature_of(log.name(), log.id()).is_some();
        let log = logs.iter().find(signed).or(logs.first()).unwrap_or(witness);
        let opened = Checkpoint::open(bytes, log, std::slice::from_ref(witness))?;
        let own = opened.verified.iter().find(|it| (it.name.as_str(), it.id) == (witness.name(), witness.id()));
        let line = note.signature_of(witness.name(), witness.id()).map(ToString::to_string);
        match (own.and_then(|it| it.posix_s), line) {
            (Some(at_s), Some(line)) => Ok(Self { checkpoint: opened.checkpoint, note, line, at_s }),
            _ => Err(CheckpointError::NotSignedByLog { name: witness.name().to_owned(), id: witness.id() }),
        }
    }

    /// What to keep: the checkpoint with the log's signature and the cosignature.
    pub fn encode(&self) -> Vec<u8> {
        self.note.encode()
    }

    /// What to answer: the cosignature's line, with its newline.
    pub fn answer(&self) -> String {
        format!("{}\n", self.line)
    }

    /// What was cosigned.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// When, in seconds since 1970 UTC.
    pub const fn at_s(&self) -> u64 {
        self.at_s
    }

    fn head(&self) -> Head {
        Head { size: self.checkpoint.size(), root: *self.checkpoint.root() }
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no request.
    #[error("{0}")]
    Malformed(#[from] RequestError),
    /// A log that this witness does not follow.
    #[error("this witness does not follow the log {origin:?}; ask whoever runs it to add the log's key")]
    UnknownLog {
        /// The origin.
        origin: String,
    },
    /// The log did not sign it.
    #[error("the log's key did not sign this checkpoint: {0}")]
    NotSigned(CheckpointError),
    /// The old size is over the new one.
    #[error("the old size {old} is above the checkpoint's own size {size}; a log only grows")]
    Shrunk {
        /// The old size as the request names it.
        old: u64,
        /// The checkpoint's size.
        size: u64,
    },
    /// The proof begins at another size than the witness's.
    #[error("the last size that was cosigned is {known}; send a proof from there")]
    Conflict {
        /// The size that was cosigned last; 0 if none was.
        known: u64,
    },
    /// The log signed two trees.
    #[error("a split view: the log signed something else before; see the witness's evidence")]
    Split {
        /// The size that was cosigned last.
        known: u64,
        /// The old size as the request names it.
        old: u64,
        /// What shows it.
        evidence: Box<Evidence>,
    },
    /// The proof does not lead from what was cosigned to this.
    #[error("the proof does not lead from the {known} entries that were cosigned to this checkpoint")]
    Unproven {
        /// The size that was cosigned last.
        known: u64,
        /// Both notes, if they differ in more than the proof. They are no proof of anything: whoever sent the proof may have made it up.
        evidence: Option<Box<Evidence>>,
    },
    /// The witness's clock went back.
    #[error(
        "this witness's clock says {now_s} seconds since 1970, and its last cosignature is of {last_s}: it signs nothing until its clock is right"
    )]
    Clock {
        /// What the clock says.
        now_s: u64,
        /// The time of the last cosignature.
        last_s: u64,
    },
    /// The note cannot take the cosignature.
    #[error("{0}")]
    Note(#[from] crate::note::NoteError),
}

impl Refusal {
    /// The HTTP status (C2SP tlog-witness, "add-checkpoint"). For a clock that went back the specification has none: the service is unavailable.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::Shrunk { .. } | Self::Note(_) => 400,
            Self::UnknownLog { .. } => 404,
            Self::NotSigned(_) => 403,
            Self::Conflict { .. } => 409,
            // Another old size is the first thing that is wrong. Another root of the same size was a 409 in version 1.0.0, too; since 1.1.0 it is a
            // 422, as whoever gets the size that it sent can do nothing with it.
            Self::Split { known, old, .. } => {
                if *old == *known {
                    422
                } else {
                    409
                }
            }
            Self::Unproven { .. } => 422,
            Self::Clock { .. } => 503,
        }
    }

    /// For a conflict the size that the answer's body must name.
    pub const fn known(&self) -> Option<u64> {
        match self {
            Self::Conflict { known } => Some(*known),
            Self::Split { known, .. } if self.status() == 409 => Some(*known),
            _ => None,
        }
    }

    /// What is to be kept and shown.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Split { evidence, .. } => Some(evidence),
            Self::Unproven { evidence, .. } => evidence.as_deref(),
            _ => None,
        }
    }
}

/// Judges a request at `now_s` (seconds since 1970 UTC) and cosigns it with `witness`'s key.
///
/// `logs` are the keys of the log that the request's origin names, all with that name; `last` is what was cosigned of it last. The order of the
/// questions is the specification's.
///
/// # Errors
/// [`Refusal`], which changes nothing.
pub fn cosign(
    witness: &SignerKey,
    logs: &[VerifierKey],
    last: Option<&Cosigned>,
    request: &Request,
    now_s: u64,
) -> Result<Cosigned, Refusal> {
    let checkpoint = request.checkpoint();
    let signed = signed_by(logs, request)?;
    let (old, size) = (request.old(), checkpoint.size());
    if old > size {
        return Err(Refusal::Shrunk { old, size });
    }
    let known = last.map_or_else(|| Head { size: 0, root: empty_root() }, Cosigned::head);
    let new = Head { size, root: *checkpoint.root() };
    if let Some(last) = last.filter(|_| new.size == known.size && new.root != known.root) {
        // Whatever the old size says: two roots of one size are a split view.
        let evidence = Box::new(Evidence::new(last.note.clone(), signed, Why::SameSize));
        return Err(Refusal::Split { known: known.size, old, evidence });
    }
    if old != known.size {
        return Err(Refusal::Conflict { known: known.size });
    }
    // An empty log has one root as well; the proof from nothing does not say so.
    let is_tree = new.size > 0 || new.root == empty_root();
    if !is_tree || verify_consistency(&known, &new, request.proof()).is_err() {
        return Err(inconsistent(last, &known, &new, signed, request));
    }
    if let Some(last) = last.filter(|last| now_s < last.at_s) {
        return Err(Refusal::Clock { now_s, last_s: last.at_s });
    }
    let mut note = signed;
    note.cosign(witness, now_s)?;
    let key = witness.verifier();
    let line = note.signature_of(key.name(), key.id()).map(ToString::to_string).unwrap_or_default();
    Ok(Cosigned { checkpoint: checkpoint.clone(), note, line, at_s: now_s })
}

/// The note with the log's signatures alone, which were checked; those of others are nobody's business here.
fn signed_by(logs: &[VerifierKey], request: &Request) -> Result<Note, Refusal> {
    let origin = request.checkpoint().origin();
    let own: Vec<VerifierKey> = logs.iter().filter(|log| log.name() == origin).cloned().collect();
    if own.is_empty() {
        return Err(Refusal::UnknownLog { origin: origin.to_owned() });
    }
    let verified = request.note().verify(&own).map_err(|error| Refusal::NotSigned(error.into()))?;
    Ok(request.note().only(&verified))
}

/// A proof that fails: if it leads to the root that was signed, what it says of the older tree is true of the newer.
fn inconsistent(last: Option<&Cosigned>, known: &Head, new: &Head, signed: Note, request: &Request) -> Refusal {
    // One tree is no reason to doubt a log: between a size and itself no proof is needed (RFC 6962, section 2.1.2: it is empty), and whoever adds one
    // to the log's public checkpoint must not make the log look bad.
    let Some(last) = last.filter(|_| known != new) else {
        return Refusal::Unproven { known: known.size, evidence: None };
    };
    let proof = request.proof().to_vec();
    let evidence = |why| Box::new(Evidence::new(last.note.clone(), signed, why));
    match roots(known, new.size, &proof) {
        Some((root, led)) if led == new.root && root != known.root => {
            let old = known.size;
            Refusal::Split { known: known.size, old, evidence: evidence(Why::Fork { proof, root }) }
        }
        _ => Refusal::Unproven { known: known.size, evidence: Some(evidence(Why::Unproven { proof })) },
    }
}
