//! Signed notes: a text and the signatures under it (C2SP signed-note).
//!
//! It must not know what the text says.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::cosignature::{Cosignature, MAX_POSIX_S};
use crate::key::{Algorithm, SignerKey, VerifierKey, is_key_name};

/// The most bytes a note may have. A hundred post-quantum signatures of 5 kB fit in it.
pub const MAX_NOTE_BYTES: usize = 1 << 20;
/// The most signatures a note may have; C2SP signed-note asks for at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// How a signature line begins: em dash, space.
const LINE_START: &str = "\u{2014} ";

/// Why bytes are not a note that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Over [`MAX_NOTE_BYTES`].
    #[error("the note has {0} bytes, and at most {MAX_NOTE_BYTES} are read")]
    TooLong(usize),
    /// Not UTF-8, or a control character other than newline.
    #[error("byte {offset} of the note is not text; a note is UTF-8 without control characters")]
    NotText {
        /// Where, in bytes.
        offset: usize,
    },
    /// The text does not end in a newline.
    #[error("the note's text does not end in a newline")]
    NoNewline,
    /// There is no empty line with signatures below it.
    #[error("the note has no signatures: an empty line and one or more signature lines are missing at its end")]
    NoSignatures,
    /// A signature line is not one.
    #[error(
        "signature line {line} of the note is not an em dash, a key's name and base64, with a space between; copy it again"
    )]
    Line {
        /// Which, counted from 1.
        line: usize,
    },
    /// Over [`MAX_SIGNATURES`].
    #[error("the note has over {MAX_SIGNATURES} signatures, and no more are read")]
    TooManySignatures,
    /// A key we know did not make the signature that names it.
    #[error("the signature of {name} (key {id:08x}) does not fit the note's text: one of them was changed")]
    Wrong {
        /// The key's name.
        name: String,
        /// The key's ID.
        id: u32,
    },
    /// Nobody we know signed.
    #[error("none of the keys given signed this note; it is signed by: {}", .signers.join(", "))]
    Unknown {
        /// Who did sign, as `name+id`.
        signers: Vec<String>,
    },
    /// Two of the keys given cannot be told apart.
    #[error("two of the keys given have the name {name} and the ID {id:08x}; leave one out")]
    Ambiguous {
        /// The name.
        name: String,
        /// The ID.
        id: u32,
    },
    /// A witness's key signed as a log would, or a log's as a witness would.
    #[error("{name}'s key is of the wrong type for this: a log signs with type 0x01, a witness with type 0x04")]
    WrongAlgorithm {
        /// The key's name.
        name: String,
    },
    /// A cosignature after [`MAX_POSIX_S`].
    #[error("a cosignature's time is at most {MAX_POSIX_S} seconds since 1970")]
    Time,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: u32,
    bytes: Vec<u8>,
}

impl Signature {
    /// The name of the key that is said to have made it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ID of that key.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// The signature itself, without the key ID; at least one byte.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads a line without its newline.
    fn parse(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix(LINE_START)?.split_once(' ')?;
        let decoded = BASE64.decode(base64).ok()?;
        let (id, bytes) = decoded.split_first_chunk::<4>()?;
        let valid = is_key_name(name) && !bytes.is_empty();
        valid.then(|| Self { name: name.to_owned(), id: u32::from_be_bytes(*id), bytes: bytes.to_vec() })
    }

    /// Whether `key` made it over `text`, and if as a witness, when.
    fn check(&self, key: &VerifierKey, text: &str) -> Option<Verified> {
        let posix_s = match key.algorithm() {
            Algorithm::Ed25519 => key.verifies(text.as_bytes(), self.bytes.as_slice().try_into().ok()?).then_some(None),
            Algorithm::CosignatureV1 => {
                Cosignature::parse(&self.bytes).filter(|it| it.verifies(key, text)).map(|it| Some(it.posix_s))
            }
        }?;
        Some(Verified { name: self.name.clone(), id: self.id, posix_s })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.bytes);
        write!(f, "{LINE_START}{} {}", self.name, BASE64.encode(bytes))
    }
}

/// A signature that was checked and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The key's name.
    pub name: String,
    /// The key's ID.
    pub id: u32,
    /// For a witness's cosignature when it was made, in seconds since 1970 UTC; else nothing.
    pub posix_s: Option<u64>,
}

/// A text and the signatures under it, none of them checked until [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// A note of `text`, which ends in a newline and has no other control characters, without signatures.
    pub fn new(text: &str) -> Result<Self, NoteError> {
        check_characters(text)?;
        if !text.ends_with('\n') {
            return Err(NoteError::NoNewline);
        }
        Ok(Self { text: text.to_owned(), signatures: Vec::new() })
    }

    /// Reads a note. [`Note::encode`] gives the same bytes again.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let note = std::str::from_utf8(bytes).map_err(|error| NoteError::NotText { offset: error.valid_up_to() })?;
        check_characters(note)?;
        // The last empty line parts the text from the signatures, so a text may have empty lines of its own.
        let (above, lines) = note.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        let text = format!("{above}\n");
        let mut signatures = Vec::new();
        for (line, content) in (1..).zip(lines.split('\n')) {
            if line > MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(Signature::parse(content).ok_or(NoteError::Line { line })?);
        }
        Ok(Self { text, signatures })
    }

    /// The text, with its last newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order, unchecked.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Adds the signature of `key`, in place of one it made before.
    pub fn sign(&mut self, key: &SignerKey) -> Result<(), NoteError> {
        require(key, Algorithm::Ed25519)?;
        self.put(key, key.sign(self.text.as_bytes()).to_vec());
        Ok(())
    }

    /// Adds the witness `key`'s cosignature made at `posix_s` (seconds since 1970 UTC), in place of one it made before.
    pub fn cosign(&mut self, key: &SignerKey, posix_s: u64) -> Result<(), NoteError> {
        require(key, Algorithm::CosignatureV1)?;
        let cosignature = Cosignature::sign(key, posix_s, &self.text).ok_or(NoteError::Time)?;
        self.put(key, cosignature.to_bytes());
        Ok(())
    }

    fn put(&mut self, key: &SignerKey, bytes: Vec<u8>) {
        let (name, id) = (key.verifier().name().to_owned(), key.verifier().id());
        self.add(Signature { name, id, bytes });
    }

    /// Adds a signature line as it stands on another note of the same text, in place of one of the same key.
    pub fn add(&mut self, signature: Signature) {
        self.signatures.retain(|own| (own.name(), own.id()) != (signature.name(), signature.id()));
        self.signatures.push(signature);
    }

    /// The first line that names a key, unchecked.
    pub fn signature_of(&self, name: &str, id: u32) -> Option<&Signature> {
        self.signatures.iter().find(|signature| (signature.name(), signature.id()) == (name, id))
    }

    /// The same text with the lines of those signers alone, as [`Note::verify`] gave them.
    pub fn only(&self, signers: &[Verified]) -> Self {
        let lines = signers.iter().filter_map(|signer| self.signature_of(&signer.name, signer.id));
        Self { text: self.text.clone(), signatures: lines.cloned().collect() }
    }

    /// Checks every signature that one of `keys` is said to have made, and gives those keys, each once.
    ///
    /// Signatures of other keys are passed over. It is an error if a known key's signature is wrong, or if none is known.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut verified: Vec<Verified> = Vec::new();
        for signature in &self.signatures {
            let (name, id) = (signature.name(), signature.id());
            let mut known = keys.iter().filter(|key| (key.name(), key.id()) == (name, id));
            let Some(key) = known.next() else { continue };
            if known.any(|other| other != key) {
                return Err(NoteError::Ambiguous { name: name.to_owned(), id });
            }
            let checked = signature.check(key, &self.text);
            let checked = checked.ok_or_else(|| NoteError::Wrong { name: name.to_owned(), id })?;
            if !verified.iter().any(|before| (before.name.as_str(), before.id) == (name, id)) {
                verified.push(checked);
            }
        }
        if verified.is_empty() {
            let signers = self.signatures.iter().map(|it| format!("{}+{:08x}", it.name, it.id)).collect();
            return Err(NoteError::Unknown { signers });
        }
        Ok(verified)
    }

    /// The note's bytes: text, empty line, signature lines. Without a signature they are not a note.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = format!("{}\n", self.text);
        self.signatures.iter().for_each(|signature| bytes.push_str(&format!("{signature}\n")));
        bytes.into_bytes()
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    match text.bytes().position(|byte| byte < b' ' && byte != b'\n') {
        Some(offset) => Err(NoteError::NotText { offset }),
        None => Ok(()),
    }
}

fn require(key: &SignerKey, algorithm: Algorithm) -> Result<(), NoteError> {
    if key.verifier().algorithm() == algorithm {
        return Ok(());
    }
    Err(NoteError::WrongAlgorithm { name: key.verifier().name().to_owned() })
}
