//! What an authenticator says of itself (WebAuthn Level 3, section 6.1), and the attestation object around it (section 6.5.4).
//!
//! Must not know of: signatures.

use ciborium::Value;
use sha2::{Digest, Sha256};

use super::{PART_BYTES_MAX, PasskeyFault, RelyingParty};
use crate::deterministic;

/// User present.
const UP: u8 = 1;
/// User verified.
const UV: u8 = 1 << 2;
/// Backup eligible: the passkey may be copied to the owner's other devices.
const BE: u8 = 1 << 3;
/// Backed up.
const BS: u8 = 1 << 4;
/// A new key is attested.
const AT: u8 = 1 << 6;
/// Extensions follow.
const ED: u8 = 1 << 7;
/// Longest credential id (section 6.5.1).
const CREDENTIAL_BYTES_MAX: usize = 1023;
/// How deep the CBOR of extensions and attestations may nest.
const DEPTH_MAX: usize = 16;

/// The authenticator data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticatorData {
    rp_id_hash: [u8; 32],
    flags: u8,
    /// How often the passkey has signed; 0 where it does not count, as passkeys that are copied between devices do not.
    pub counter: u32,
    /// The new passkey, in a registration.
    pub attested: Option<Attested>,
}

/// A new passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// Its credential id.
    pub id: Vec<u8>,
    /// Its public key, a COSE_Key.
    pub key: Vec<u8>,
}

impl AuthenticatorData {
    /// Reads it; nothing may be missing or left over.
    ///
    /// # Errors
    /// [`PasskeyFault::AuthenticatorData`].
    pub fn read(bytes: &[u8]) -> Result<Self, PasskeyFault> {
        const MALFORMED: PasskeyFault = PasskeyFault::AuthenticatorData;
        if bytes.len() > PART_BYTES_MAX {
            return Err(MALFORMED);
        }
        let (rp_id_hash, rest) = bytes.split_first_chunk::<32>().ok_or(MALFORMED)?;
        let ([flags], rest) = rest.split_first_chunk::<1>().ok_or(MALFORMED)?;
        let (counter, mut rest) = rest.split_first_chunk::<4>().ok_or(MALFORMED)?;
        // Section 6.1.3: what cannot be backed up is not.
        if flags & BE == 0 && flags & BS != 0 {
            return Err(MALFORMED);
        }
        let attested = if flags & AT == 0 { None } else { Some(attested(&mut rest)?) };
        if flags & ED != 0 {
            let extensions = item(&mut rest)?;
            if !matches!(extensions.0, Value::Map(_)) {
                return Err(MALFORMED);
            }
        }
        if !rest.is_empty() {
            return Err(MALFORMED);
        }
        Ok(Self { rp_id_hash: *rp_id_hash, flags: *flags, counter: u32::from_be_bytes(*counter), attested })
    }

    /// Whether it is of this relying party, and a person was there and showed who they are.
    pub(super) fn is_for(&self, party: &RelyingParty) -> Result<(), PasskeyFault> {
        if self.rp_id_hash != <[u8; 32]>::from(Sha256::digest(party.id.as_bytes())) {
            return Err(PasskeyFault::WrongRelyingParty);
        }
        if self.flags & UP == 0 {
            return Err(PasskeyFault::NotPresent);
        }
        if self.flags & UV == 0 {
            return Err(PasskeyFault::NotVerified);
        }
        Ok(())
    }
}

/// The attested credential data (section 6.5.1): model, length, id, key.
fn attested(rest: &mut &[u8]) -> Result<Attested, PasskeyFault> {
    const MALFORMED: PasskeyFault = PasskeyFault::AuthenticatorData;
    let (_model, tail) = rest.split_first_chunk::<16>().ok_or(MALFORMED)?;
    let (length, tail) = tail.split_first_chunk::<2>().ok_or(MALFORMED)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > CREDENTIAL_BYTES_MAX {
        return Err(MALFORMED);
    }
    let (id, tail) = tail.split_at_checked(length).ok_or(MALFORMED)?;
    *rest = tail;
    let (_, key) = item(rest)?;
    Ok(Attested { id: id.to_vec(), key: key.to_vec() })
}

/// Takes one CBOR item off the front: what it says, and its bytes.
fn item<'b>(rest: &mut &'b [u8]) -> Result<(Value, &'b [u8]), PasskeyFault> {
    let before = *rest;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut *rest, DEPTH_MAX);
    let value = value.map_err(|_| PasskeyFault::AuthenticatorData)?;
    let taken = before.len().saturating_sub(rest.len());
    Ok((value, before.get(..taken).unwrap_or_default()))
}

/// The authenticator data of an attestation object. What format attests to it, and how, is not looked at.
pub(super) fn of_attestation(bytes: &[u8]) -> Result<Vec<u8>, PasskeyFault> {
    const MALFORMED: PasskeyFault = PasskeyFault::Attestation;
    if bytes.len() > PART_BYTES_MAX {
        return Err(MALFORMED);
    }
    deterministic_ends(bytes)?;
    let value: Value =
        ciborium::de::from_reader_with_recursion_limit(bytes, DEPTH_MAX).map_err(|_| PasskeyFault::Attestation)?;
    let Value::Map(pairs) = value else { return Err(MALFORMED) };
    let mut data = None;
    for (key, value) in pairs {
        match (key.as_text(), value) {
            (Some("authData"), Value::Bytes(bytes)) if data.is_none() => data = Some(bytes),
            (Some("fmt"), Value::Text(_)) | (Some("attStmt"), Value::Map(_)) => {}
            _ => return Err(MALFORMED),
        }
    }
    data.ok_or(MALFORMED)
}

/// Whether nothing follows the one item that the bytes begin with.
fn deterministic_ends(bytes: &[u8]) -> Result<(), PasskeyFault> {
    let mut rest = bytes;
    item(&mut rest).map_err(|_| PasskeyFault::Attestation)?;
    if rest.is_empty() { Ok(()) } else { Err(PasskeyFault::Attestation) }
}

/// Whether bytes are CBOR in its one deterministic encoding.
pub(super) fn is_deterministic(bytes: &[u8]) -> bool {
    deterministic::check(bytes, crate::fault::Place::Payload).is_ok()
}
