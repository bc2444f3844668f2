//! Salted commitments: a leaf can bind a datum without showing it.
//!
//! `SHA-256("panjereh.commitment/v1" || 0x0A || salt length as one byte || salt || canonical bytes)`.
//!
//! The first line keeps these hashes apart from all others; the length keeps salt and datum apart, so that no second
//! pair gives the same input. The salt is drawn afresh for each datum and kept with the case: with it the datum can be
//! shown to be the one committed to; once it is erased, nothing in the log leads back to the datum, not even for who
//! can list every possible one.
//!
//! It must not know what a datum means, nor draw a salt itself.

use sha2::{Digest as _, Sha256};

use crate::value::{self, Value};

/// Sets commitments apart from every other use of SHA-256 here.
const DOMAIN: &[u8] = b"panjereh.commitment/v1\n";
/// The fewest bytes a salt may have: 128 bits cannot be searched.
pub const MIN_SALT_BYTES: usize = 16;
/// The most bytes a salt may have: its length is one byte.
pub const MAX_SALT_BYTES: usize = 255;

/// A commitment, as it stands in a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment(pub [u8; 32]);

/// A salt of a length that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a salt has {MIN_SALT_BYTES} to {MAX_SALT_BYTES} random bytes, not {bytes}")]
pub struct SaltError {
    /// How many bytes it has.
    pub bytes: usize,
}

impl Commitment {
    /// Commits to `value` under `salt`, 16 to 255 bytes from a random source, never used before.
    pub fn to(value: &Value, salt: &[u8]) -> Result<Self, SaltError> {
        Ok(Self(begun(salt)?.chain_update(value.canonical()).finalize().into()))
    }

    /// Commits to bytes as [`Commitment::to`] does to [`Value::Bytes`], without a copy of them.
    pub fn to_bytes(bytes: &[u8], salt: &[u8]) -> Result<Self, SaltError> {
        Ok(Self(begun(salt)?.chain_update(value::bytes_head(bytes.len())).chain_update(bytes).finalize().into()))
    }

    /// Whether this is the commitment to `value` under `salt`.
    pub fn opens_to(&self, value: &Value, salt: &[u8]) -> bool {
        Self::to(value, salt).is_ok_and(|other| other == *self)
    }
}

/// The hash of what comes before the datum.
fn begun(salt: &[u8]) -> Result<Sha256, SaltError> {
    let length = u8::try_from(salt.len()).ok().filter(|bytes| usize::from(*bytes) >= MIN_SALT_BYTES);
    let length = length.ok_or(SaltError { bytes: salt.len() })?;
    Ok(Sha256::new().chain_update(DOMAIN).chain_update([length]).chain_update(salt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_committed_to_as_the_value_that_they_are() {
        for length in [0, 1, 23, 24, 255, 256, 65_535, 65_536, 70_000] {
            let bytes = vec![0x5a; length];
            let value = Value::Bytes(bytes.clone());
            assert_eq!(Commitment::to_bytes(&bytes, &[3; 16]), Commitment::to(&value, &[3; 16]), "{length}");
        }
        assert!(Commitment::to_bytes(b"A", &[0; 15]).is_err());
    }

    #[test]
    fn the_formula_is_the_documented_one() {
        let commitment = Commitment::to(&Value::Int(10), &[7; 16]).unwrap();
        let input = [b"panjereh.commitment/v1\n\x10".as_slice(), &[7; 16], &[0x0a]].concat();
        assert_eq!(commitment.0, <[u8; 32]>::from(Sha256::digest(input)));
    }

    #[test]
    fn it_opens_to_one_value_and_salt_only() {
        let value = Value::Bytes(vec![0x41; 3]);
        let commitment = Commitment::to(&value, &[1; 20]).unwrap();
        assert!(commitment.opens_to(&value, &[1; 20]));
        assert!(!commitment.opens_to(&Value::Text("AAA".into()), &[1; 20]));
        assert!(!commitment.opens_to(&value, &[1; 19]));
        assert!(!commitment.opens_to(&value, &[]));
    }

    #[test]
    fn a_short_or_long_salt_is_refused() {
        assert_eq!(Commitment::to(&Value::Bool(true), &[0; 15]), Err(SaltError { bytes: 15 }));
        assert_eq!(Commitment::to(&Value::Bool(true), &[0; 256]), Err(SaltError { bytes: 256 }));
        assert!(Commitment::to(&Value::Bool(true), &[0; 255]).is_ok());
    }
}
