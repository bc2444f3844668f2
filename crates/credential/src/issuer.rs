//! A zone that signs certificates and status lists.
//!
//! It knows nothing of where the key is kept, of the clock, and of whether something may be issued.

use ed25519_dalek::{SigningKey, VerifyingKey};

use crate::certificate::Certificate;
use crate::claims::Claims;
use crate::cose;
use crate::fault::{Fault, Malformed};
use crate::keys::{KeyId, TrustedKeys};
use crate::pack::{self, Pack, SignedPack};
use crate::record::wrong;
use crate::status::StatusList;
use crate::status_token::{self, SignedStatusList, StatusListTerms};

/// A zone's name and signing key.
pub struct Issuer {
    zone: String,
    kid: KeyId,
    key: SigningKey,
}

impl Issuer {
    /// The zone's issuer, with [`KeyId::of`] its public key.
    #[must_use]
    pub fn new(zone: impl Into<String>, key: SigningKey) -> Self {
        let kid = KeyId::of(&key.verifying_key());
        Self::with_kid(zone, kid, key)
    }

    /// The zone's issuer, with a key id of its own choosing. An empty one cannot sign.
    #[must_use]
    pub fn with_kid(zone: impl Into<String>, kid: KeyId, key: SigningKey) -> Self {
        Self { zone: zone.into(), kid, key }
    }

    /// The zone, as in the `iss` claim.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// The id of the key that signs.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.kid
    }

    /// The public half of the key.
    #[must_use]
    pub fn public_key(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// Trust in this issuer and nobody else.
    #[must_use]
    pub fn trusted(&self) -> TrustedKeys {
        TrustedKeys::new().with(self.zone.clone(), self.kid.clone(), self.public_key())
    }

    /// Signs a certificate. What is signed is read back first, so that nothing is issued that a
    /// verifier would refuse to read.
    ///
    /// # Errors
    /// [`Malformed`], naming the claim: another zone's name, an empty or too long value, a time out
    /// of range, an expiry that is not after the start.
    pub fn issue(&self, claims: &Claims) -> Result<Certificate, Malformed> {
        if claims.zone != self.zone {
            return Err(wrong("zone", Fault::Unexpected));
        }
        Certificate::read(&cose::sign(&self.key, &self.kid, None, claims.encode()))
    }

    /// Signs a status list, and reads it back as a verifier would.
    ///
    /// # Errors
    /// [`Malformed`], naming the claim: an empty address, a time out of range.
    pub fn issue_status_list(&self, list: &StatusList, terms: &StatusListTerms) -> Result<SignedStatusList, Malformed> {
        let payload = terms.encode(&self.zone, list);
        SignedStatusList::read(&cose::sign(&self.key, &self.kid, Some(status_token::TYP), payload))
    }

    /// Signs a verification pack, and reads it back as a gate would. The same pack gives the same bytes.
    ///
    /// # Errors
    /// [`Malformed`], naming the claim: another zone's name, an empty value, an end that is not after the beginning, more than
    /// [`crate::PACK_BYTES_MAX`].
    pub fn issue_pack(&self, pack: &Pack) -> Result<SignedPack, Malformed> {
        if pack.zone != self.zone {
            return Err(wrong("zone", Fault::Unexpected));
        }
        SignedPack::read(&cose::sign(&self.key, &self.kid, Some(pack::TYP), pack.encode()))
    }
}

/// Never shows the key.
impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer").field("zone", &self.zone).field("kid", &self.kid).finish_non_exhaustive()
    }
}
