//! A passkey's public key: a COSE_Key (RFC 9052, section 7) of ES256 (RFC 9053, section 2.1) or EdDSA over Ed25519 (section 2.2).
//!
//! Must not know of: what it signs.

use ciborium::Value;

use super::PasskeyFault;
use super::authenticator_data::is_deterministic;

/// The longest key: ES256 has 77 bytes.
const KEY_BYTES_MAX: usize = 256;

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeyKey {
    /// ECDSA over P-256 with SHA-256.
    Es256 {
        /// The point, uncompressed (SEC 1, section 2.3.3). Whether it lies on the curve shows when a signature is checked.
        point: Vec<u8>,
    },
    /// Ed25519.
    Ed25519 {
        /// The point (RFC 8032, section 5.1.2).
        point: [u8; 32],
    },
}

impl PasskeyKey {
    /// Reads a key: exactly the parameters of its kind, in deterministic CBOR.
    ///
    /// # Errors
    /// [`PasskeyFault::Key`].
    pub fn read(bytes: &[u8]) -> Result<Self, PasskeyFault> {
        const MALFORMED: PasskeyFault = PasskeyFault::Key;
        if bytes.len() > KEY_BYTES_MAX || !is_deterministic(bytes) {
            return Err(MALFORMED);
        }
        let value: Value = ciborium::from_reader(bytes).map_err(|_| MALFORMED)?;
        let Value::Map(pairs) = value else { return Err(MALFORMED) };
        let label = |(key, value): (Value, Value)| Some((i64::try_from(key.as_integer()?).ok()?, value));
        let pairs: Option<Vec<(i64, Value)>> = pairs.into_iter().map(label).collect();
        let is = |value: &Value, number: i64| *value == Value::from(number);
        // Labels: 1 kty, 3 alg, -1 crv, -2 x, -3 y.
        match pairs.ok_or(MALFORMED)?.as_slice() {
            [(1, kty), (3, alg), (-1, curve), (-2, Value::Bytes(x)), (-3, Value::Bytes(y))]
                if is(kty, 2) && is(alg, -7) && is(curve, 1) && x.len() == 32 && y.len() == 32 =>
            {
                Ok(Self::Es256 { point: [&[4][..], x, y].concat() })
            }
            [(1, kty), (3, alg), (-1, curve), (-2, Value::Bytes(x))] if is(kty, 1) && is(alg, -8) && is(curve, 6) => {
                let point = x.as_slice().try_into().map_err(|_| MALFORMED)?;
                Ok(Self::Ed25519 { point })
            }
            _ => Err(MALFORMED),
        }
    }
}
