//! Ed25519 keys in the text forms of C2SP signed-note ("Verifier keys") and of Go's `note` package.
//!
//! It must not know where keys are kept or how their seed was drawn.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Bytes in an Ed25519 public key, and in the seed of a private one (RFC 8032 section 5.1.5).
pub const KEY_BYTES: usize = 32;
/// Bytes in an Ed25519 signature (RFC 8032 section 5.1.6).
pub const SIGNATURE_BYTES: usize = 64;

/// What a key signs: the signature type identifier byte of C2SP signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// `0x01`: the note's text.
    Ed25519 = 0x01,
    /// `0x04`: the note's text under a header and a time, as C2SP tlog-cosignature says for witnesses.
    CosignatureV1 = 0x04,
}

impl Algorithm {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Ed25519, Self::CosignatureV1].into_iter().find(|known| *known as u8 == byte)
    }
}

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form at all.
    #[error("this is not a {0}")]
    Form(&'static str),
    /// The name is empty or has a space, a plus or a control character.
    #[error("{0:?} cannot name a key: a name is not empty and has no space, plus or control character")]
    Name(String),
    /// A type of key that is not read here.
    #[error("keys of type 0x{0:02x} are not supported; give an Ed25519 key (0x01, or 0x04 for a witness)")]
    Algorithm(u8),
    /// The key's bytes are no key.
    #[error("the key has {0} bytes that are no Ed25519 key of {KEY_BYTES}; copy it again")]
    Bytes(usize),
    /// The ID does not fit the name and the key.
    #[error("the key's ID is written as {written:08x}, but its name and key give {computed:08x}; copy it again, whole")]
    Id {
        /// As written.
        written: u32,
        /// As computed.
        computed: u32,
    },
}

/// Whether `name` may name a key: not empty, no Unicode space, no plus, no control character below U+0020.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+' || c < ' ')
}

/// The first four bytes of `SHA-256(name || 0x0A || type || public key)`, big-endian (C2SP signed-note, "Signatures").
pub fn key_id(name: &str, algorithm: Algorithm, public_key: &[u8; KEY_BYTES]) -> u32 {
    let hasher = Sha256::new().chain_update(name).chain_update([b'\n', algorithm as u8]);
    let digest: [u8; 32] = hasher.chain_update(public_key).finalize().into();
    digest.first_chunk().map_or(0, |id| u32::from_be_bytes(*id))
}

/// A public key, whom it belongs to and what it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    algorithm: Algorithm,
    id: u32,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key `public_key` of `name`.
    pub fn new(name: &str, algorithm: Algorithm, public_key: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name(name.to_owned()));
        }
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| KeyError::Bytes(KEY_BYTES))?;
        Ok(Self { name: name.to_owned(), algorithm, id: key_id(name, algorithm, public_key), key })
    }

    /// Whose it is; for a log, the origin of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bits that stand for it in a signature line.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// What it signs.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The 32 bytes of the public key.
    pub fn public_key(&self) -> &[u8; KEY_BYTES] {
        self.key.as_bytes()
    }

    /// Whether `signature` is this key's over exactly `message`.
    ///
    /// Strict: also a key or point of small order, with which one signature fits many messages, is refused.
    pub fn verifies(&self, message: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    /// `name+id+base64(type || public key)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id, encode_key(self.algorithm, self.public_key()))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        const FORM: KeyError = KeyError::Form("verifier key, which is written name+id+base64 on one line");
        let parts = split_key(text).ok_or(FORM)?;
        let (algorithm, key) = parts.decode(FORM)?;
        Self::new(parts.name, algorithm, &key).and_then(|key| same_id(parts.id, key.id).map(|()| key))
    }
}

/// A private key. Its secret shows only in [`SignerKey::encode_secret`], and is wiped from memory when dropped.
#[derive(Clone)]
pub struct SignerKey {
    verifier: VerifierKey,
    key: SigningKey,
}

impl SignerKey {
    /// The key of `name` that grows from 32 secret random bytes (RFC 8032 section 5.1.5).
    pub fn from_seed(name: &str, algorithm: Algorithm, seed: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, algorithm, key.verifying_key().as_bytes())?;
        Ok(Self { verifier, key })
    }

    /// The public key that checks what this one signs.
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The signature over exactly `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.key.sign(message).to_bytes()
    }

    /// `PRIVATE+KEY+name+id+base64(type || seed)`, as Go's `note` package writes it. Keep it secret.
    pub fn encode_secret(&self) -> String {
        let VerifierKey { name, id, algorithm, .. } = &self.verifier;
        format!("PRIVATE+KEY+{name}+{id:08x}+{}", encode_key(*algorithm, self.key.as_bytes()))
    }
}

impl fmt::Debug for SignerKey {
    /// The public half alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({})", self.verifier)
    }
}

impl FromStr for SignerKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        const FORM: KeyError = KeyError::Form("signer key, which is written PRIVATE+KEY+name+id+base64 on one line");
        let parts = text.strip_prefix("PRIVATE+KEY+").and_then(split_key).ok_or(FORM)?;
        let (algorithm, seed) = parts.decode(FORM)?;
        let signer = Self::from_seed(parts.name, algorithm, &seed)?;
        same_id(parts.id, signer.verifier.id).map(|()| signer)
    }
}

/// The three parts of a written key.
struct Parts<'a> {
    name: &'a str,
    id: u32,
    base64: &'a str,
}

/// Splits `name+id+base64`; the ID is eight lower-case hexadecimal digits.
fn split_key(text: &str) -> Option<Parts<'_>> {
    let (name, rest) = text.split_once('+')?;
    let (hex, base64) = rest.split_once('+')?;
    let id = u32::from_str_radix(hex, 16).ok().filter(|id| format!("{id:08x}") == hex)?;
    Some(Parts { name, id, base64 })
}

impl Parts<'_> {
    fn decode(&self, form: KeyError) -> Result<(Algorithm, [u8; KEY_BYTES]), KeyError> {
        let bytes = BASE64.decode(self.base64).map_err(|_| form.clone())?;
        let (algorithm, key) = bytes.split_first().ok_or(form)?;
        let algorithm = Algorithm::from_byte(*algorithm).ok_or(KeyError::Algorithm(*algorithm))?;
        Ok((algorithm, key.try_into().map_err(|_| KeyError::Bytes(key.len()))?))
    }
}

fn same_id(written: u32, computed: u32) -> Result<(), KeyError> {
    if written == computed { Ok(()) } else { Err(KeyError::Id { written, computed }) }
}

fn encode_key(algorithm: Algorithm, key: &[u8; KEY_BYTES]) -> String {
    let mut bytes = vec![algorithm as u8];
    bytes.extend_from_slice(key);
    BASE64.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The key pair of Go's note package documentation.
    const SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn go_s_keys_are_read_and_written_again() {
        let signer: SignerKey = SECRET.parse().unwrap();
        assert_eq!(signer.verifier().to_string(), PUBLIC);
        assert_eq!(signer.encode_secret(), SECRET);
        assert_eq!(PUBLIC.parse::<VerifierKey>().unwrap(), *signer.verifier());
        assert_eq!(signer.verifier().id(), 0xc74f_20a3);
    }

    #[test]
    fn a_secret_does_not_show_in_debug() {
        let signer: SignerKey = SECRET.parse().unwrap();
        assert_eq!(format!("{signer:?}"), format!("SignerKey({PUBLIC})"));
    }

    #[test]
    fn what_is_not_a_key_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<VerifierKey>().unwrap_err();
        assert!(matches!(error(""), KeyError::Form(_)));
        assert!(matches!(error("PeterNeumann"), KeyError::Form(_)));
        assert!(matches!(error(&PUBLIC.replace("c74f20a3", "C74F20A3")), KeyError::Form(_)));
        assert!(matches!(error(&PUBLIC.replace("c74f20a3", "+74f20a3")), KeyError::Form(_)));
        assert!(matches!(error(PUBLIC.strip_suffix("TW").unwrap()), KeyError::Form(_)));
        assert!(matches!(error(&PUBLIC.replace("Peter", "Peter ")), KeyError::Name(_)));
        assert!(matches!(error(&PUBLIC.replace("Peter", "")), KeyError::Id { .. }));
        assert_eq!(error("a+00000000+AgAA"), KeyError::Algorithm(2));
        assert_eq!(error("a+00000000+AQAA"), KeyError::Bytes(2));
        assert!(matches!(error(SECRET), KeyError::Form(_)));
        assert!(matches!(PUBLIC.parse::<SignerKey>(), Err(KeyError::Form(_))));
    }
}
