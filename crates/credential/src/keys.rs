//! Whose signatures count: public keys by the zone that owns them and their key id.
//!
//! It knows nothing of where keys come from.

use std::collections::BTreeMap;
use std::fmt;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

/// The `kid` of COSE (RFC 9052 section 3.1): names a key, proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(Vec<u8>);

impl KeyId {
    /// A key id of the zone's own choosing.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The first 8 bytes of the SHA-256 of the 32-byte public key: short enough for a QR code.
    #[must_use]
    pub fn of(key: &VerifyingKey) -> Self {
        Self(Sha256::digest(key.as_bytes()).iter().take(8).copied().collect())
    }

    /// The bytes as they stand in the header.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Lower-case hexadecimal.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The public keys that a verifier trusts. A zone may have several: old ones stay while
/// certificates signed with them are in use.
#[derive(Debug, Clone, Default)]
pub struct TrustedKeys {
    zones: BTreeMap<String, BTreeMap<KeyId, VerifyingKey>>,
}

impl TrustedKeys {
    /// No keys: everything is signed by a stranger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts `key` for what `zone` (the `iss` claim) signs under `kid`.
    pub fn add(&mut self, zone: impl Into<String>, kid: KeyId, key: VerifyingKey) {
        self.zones.entry(zone.into()).or_default().insert(kid, key);
    }

    /// [`Self::add`], for building in one expression.
    #[must_use]
    pub fn with(mut self, zone: impl Into<String>, kid: KeyId, key: VerifyingKey) -> Self {
        self.add(zone, kid, key);
        self
    }

    pub(crate) fn find(&self, zone: &str, kid: &KeyId) -> Option<&VerifyingKey> {
        self.zones.get(zone)?.get(kid)
    }
}
