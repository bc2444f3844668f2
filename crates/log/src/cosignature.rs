//! Witnesses' timestamped signatures of a checkpoint: `cosignature/v1` with Ed25519 (C2SP tlog-cosignature).
//!
//! It must not know what time it is: who cosigns says when, who checks decides what is too old.

use crate::key::{SIGNATURE_BYTES, SignerKey, VerifierKey};

/// The latest time a cosignature may carry, in seconds since 1970 UTC (C2SP tlog-cosignature, "Format").
pub const MAX_POSIX_S: u64 = i64::MAX.unsigned_abs();

/// Bytes in a cosignature: the time and the signature. 72.
const COSIGNATURE_BYTES: usize = 8 + SIGNATURE_BYTES;

/// A witness's statement that, at that time, the largest tree of the log it saw was the one in the checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosignature {
    /// When, in seconds since 1970 UTC, at most [`MAX_POSIX_S`].
    pub posix_s: u64,
    /// The Ed25519 signature of [`message`].
    pub signature: [u8; SIGNATURE_BYTES],
}

impl Cosignature {
    /// Reads `timestamp || signature`, the part of a signature line after the key ID. `None` if it is not one.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; COSIGNATURE_BYTES] = bytes.try_into().ok()?;
        let (time, signature) = bytes.split_first_chunk()?;
        let posix_s = u64::from_be_bytes(*time);
        let signature = signature.try_into().ok()?;
        (posix_s <= MAX_POSIX_S).then_some(Self { posix_s, signature })
    }

    /// The 72 bytes that [`Cosignature::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.posix_s.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.signature);
        bytes
    }

    /// Signs the checkpoint text `text` at `posix_s`; `None` if that is over [`MAX_POSIX_S`].
    pub fn sign(key: &SignerKey, posix_s: u64, text: &str) -> Option<Self> {
        (posix_s <= MAX_POSIX_S).then(|| Self { posix_s, signature: key.sign(&message(posix_s, text)) })
    }

    /// Whether it is `key`'s for the checkpoint text `text`.
    pub fn verifies(&self, key: &VerifierKey, text: &str) -> bool {
        key.verifies(&message(self.posix_s, text), &self.signature)
    }
}

/// What is signed: a header line, a time line and the checkpoint's text with its last newline.
pub fn message(posix_s: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {posix_s}\n{text}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_the_specification_s() {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assert_eq!(message(1_679_315_147, text), format!("cosignature/v1\ntime 1679315147\n{text}").into_bytes());
    }

    #[test]
    fn only_72_bytes_with_a_time_before_2_to_the_63_are_read() {
        let cosignature = Cosignature { posix_s: MAX_POSIX_S, signature: [7; 64] };
        let bytes = cosignature.to_bytes();
        assert_eq!(Cosignature::parse(&bytes), Some(cosignature));
        assert_eq!(Cosignature::parse(&bytes[1..]), None);
        assert_eq!(Cosignature::parse(&[&bytes[..], &[0]].concat()), None);
        assert_eq!(Cosignature::parse(&[0x80; 72]), None);
    }
}
