//! A provider's keys (RFC 7517), as far as they may check an ID token: RSA, P-256 and Ed25519 (RFC 7518, section 6; RFC 8037).
//!
//! Must not know of: what is signed.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;

use super::fault::OpenIdFault;
use super::object::Object;

/// The longest set of keys that is taken: an RSA key with its certificates has some 4 kB, and few providers have more than ten.
pub const KEY_SET_BYTES_MAX: usize = 256 * 1024;
/// The most keys of a set: what is tried for one token is bounded by it.
pub const KEYS_MAX: usize = 100;
/// The longest id of a key.
const KEY_ID_BYTES_MAX: usize = 256;

/// How an ID token may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
    Rs256,
    /// RSASSA-PSS with SHA-256 (section 3.5).
    Ps256,
    /// ECDSA over P-256 with SHA-256 (section 3.4).
    Es256,
    /// Ed25519 (RFC 8037, section 3.1; `Ed25519` in RFC 9864).
    EdDsa,
}

impl Algorithm {
    /// By its name in a header; none for all others, `none` and the symmetric ones among them.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

/// A provider's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet(Vec<Key>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    id: Option<String>,
    /// What it is for, where it says so.
    algorithm: Option<Algorithm>,
    public: Public,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Public {
    Rsa {
        /// The modulus, without leading zeros.
        n: Vec<u8>,
        /// The exponent, without leading zeros.
        e: Vec<u8>,
    },
    P256 {
        /// The point, uncompressed (SEC 1, section 2.3.3).
        point: Vec<u8>,
    },
    Ed25519 {
        /// The point (RFC 8032, section 5.1.2).
        point: Vec<u8>,
    },
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Object>,
}

impl KeySet {
    /// Reads a set. Keys that cannot check an ID token here are passed over (RFC 7517, section 5).
    ///
    /// # Errors
    /// [`OpenIdFault::Keys`] when it is no set, too long, or has more than [`KEYS_MAX`] keys.
    pub fn read(json: &[u8]) -> Result<Self, OpenIdFault> {
        if json.len() > KEY_SET_BYTES_MAX {
            return Err(OpenIdFault::Keys);
        }
        let set: Set = serde_json::from_slice(json).map_err(|_| OpenIdFault::Keys)?;
        if set.keys.len() > KEYS_MAX {
            return Err(OpenIdFault::Keys);
        }
        Ok(Self(set.keys.iter().filter_map(Key::read).collect()))
    }

    /// Whether a signature holds by a key of the set that the token's header may mean.
    ///
    /// # Errors
    /// [`OpenIdFault::UnknownKey`], [`OpenIdFault::Signature`].
    pub(super) fn check(
        &self,
        algorithm: Algorithm,
        id: Option<&str>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), OpenIdFault> {
        let fits = |key: &&Key| key.fits(algorithm) && id.is_none_or(|id| key.id.as_deref() == Some(id));
        let meant: Vec<&Key> = self.0.iter().filter(fits).collect();
        // Core 1.0, section 10.1: where there are several, the header names one.
        if meant.is_empty() || (id.is_none() && meant.len() > 1) {
            return Err(OpenIdFault::UnknownKey);
        }
        let holds = meant.iter().any(|key| key.public.verifies(algorithm, message, signature));
        if holds { Ok(()) } else { Err(OpenIdFault::Signature) }
    }
}

impl Key {
    fn read(object: &Object) -> Option<Self> {
        let text = |key: &str| object.text(key).ok().flatten();
        let signs = object.text("use").ok()?.is_none_or(|use_| use_ == "sig");
        let verifies = object.texts("key_ops").ok()?.is_none_or(|operations| operations.contains(&"verify"));
        // A set that gives a private key away is no set of public keys; that one serves no longer.
        if !signs || !verifies || object.get("d").is_some() {
            return None;
        }
        let algorithm = match object.text("alg").ok()? {
            Some(name) => Some(Algorithm::named(name)?),
            None => None,
        };
        let id = object.text("kid").ok()?;
        if id.is_some_and(|id| id.len() > KEY_ID_BYTES_MAX) {
            return None;
        }
        let bytes = |key: &str| BASE64_URL_SAFE_NO_PAD.decode(text(key)?).ok();
        let exact = |key: &str| bytes(key).filter(|bytes| bytes.len() == 32);
        let public = match (text("kty")?, text("crv")) {
            ("RSA", _) => Public::Rsa { n: without_zeros(bytes("n")?), e: without_zeros(bytes("e")?) },
            ("EC", Some("P-256")) => Public::P256 { point: [vec![4], exact("x")?, exact("y")?].concat() },
            ("OKP", Some("Ed25519")) => Public::Ed25519 { point: exact("x")? },
            _ => return None,
        };
        Some(Self { id: id.map(str::to_owned), algorithm, public })
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = matches!(
            (&self.public, algorithm),
            (Public::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256)
                | (Public::P256 { .. }, Algorithm::Es256)
                | (Public::Ed25519 { .. }, Algorithm::EdDsa)
        );
        kind && self.algorithm.is_none_or(|own| own == algorithm)
    }
}

impl Public {
    fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let held = match (self, algorithm) {
            (Self::Rsa { n, e }, Algorithm::Rs256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (Self::Rsa { n, e }, Algorithm::Ps256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (Self::P256 { point }, Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (Self::Ed25519 { point }, Algorithm::EdDsa) => {
                UnparsedPublicKey::new(&ED25519, point).verify(message, signature)
            }
            _ => return false,
        };
        held.is_ok()
    }
}

/// Some write a zero before a number whose first bit is set, as in DER.
fn without_zeros(bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().skip_while(|byte| *byte == 0).collect()
}
