//! COSE_Sign1 (RFC 9052 section 4.2) as it is used here: EdDSA, the key named in the protected
//! header, the payload attached, CBOR tag 18, nothing unprotected but the inclusion proof.
//!
//! It knows nothing of what the payload says.

use ciborium::Value;
use coset::iana::{Algorithm, HeaderParameter};
use coset::{CborSerializable, CoseSign1, Header, Label, RegisteredLabelWithPrivate};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::deterministic;
use crate::fault::{Fault, Malformed, Place};
use crate::keys::KeyId;

/// CBOR tag 18 as one byte: COSE_Sign1 (RFC 9052 section 2).
const TAG: u8 = 0xd2;
/// The header with the inclusion proof; labels below -65536 are private (RFC 9052 section 11.1).
const INCLUSION: i64 = -65_537;
/// `typ` (RFC 9596).
const TYP: i64 = 16;

/// A message whose form is right. Its signature is not checked until [`Sign1::verify`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sign1 {
    message: CoseSign1,
    pub(crate) kid: KeyId,
    /// The claims set, deterministic, not yet interpreted.
    pub(crate) claims: Value,
    pub(crate) inclusion: Option<Vec<u8>>,
}

/// Signs `payload`, which must be deterministic CBOR.
pub(crate) fn sign(key: &SigningKey, kid: &KeyId, typ: Option<&str>, payload: Vec<u8>) -> Vec<u8> {
    let protected = Header {
        alg: Some(RegisteredLabelWithPrivate::Assigned(Algorithm::EdDSA)),
        key_id: kid.as_bytes().to_vec(),
        rest: typ.map(|typ| (Label::Int(TYP), typ.into())).into_iter().collect(),
        ..Header::default()
    };
    let message = coset::CoseSign1Builder::new()
        .protected(protected)
        .payload(payload)
        .create_signature(&[], |signed| key.sign(signed).to_bytes().to_vec())
        .build();
    encode(message)
}

fn encode(message: CoseSign1) -> Vec<u8> {
    // Fails only for header values that cannot be written; then the bytes do not read back.
    let body = message.to_vec().unwrap_or_default();
    [&[TAG][..], &body].concat()
}

impl Sign1 {
    /// Reads a message of at most `limit` bytes whose `typ` is exactly `typ`.
    pub(crate) fn read(bytes: &[u8], limit: usize, typ: Option<&str>) -> Result<Self, Malformed> {
        if bytes.len() > limit {
            return Err(Malformed::new(Place::Message(limit), Fault::TooLong { limit }));
        }
        let not_sign1 = Malformed::new(Place::Message(0), Fault::NotSign1);
        let (tag, body) = bytes.split_first().ok_or(Malformed::new(Place::Message(0), Fault::Truncated))?;
        if *tag != TAG {
            return Err(not_sign1);
        }
        deterministic::check(body, |at| Place::Message(at + 1))?;
        let message = CoseSign1::from_slice(body).map_err(|_| not_sign1.clone())?;
        let protected = message.protected.original_data.as_deref().unwrap_or_default();
        deterministic::check(protected, Place::Protected)?;
        let payload = message.payload.as_deref().ok_or(not_sign1)?;
        deterministic::check(payload, Place::Payload)?;
        let claims =
            ciborium::from_reader(payload).map_err(|_| Malformed::new(Place::Payload(0), Fault::NotAllowed))?;
        Ok(Self {
            kid: protected_header(&message.protected.header, typ)?,
            inclusion: unprotected_header(&message.unprotected)?,
            claims,
            message,
        })
    }

    /// What is signed.
    pub(crate) fn payload(&self) -> &[u8] {
        self.message.payload.as_deref().unwrap_or_default()
    }

    /// Whether `key` made the signature, by the strict rules (no small-order keys, RFC 8032
    /// section 5.1.7 without malleability).
    pub(crate) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let Ok(signature) = Signature::from_slice(&self.message.signature) else {
            return false;
        };
        key.verify_strict(&self.message.tbs_data(&[]), &signature).is_ok()
    }

    /// The message with this inclusion proof in place of any other. The signature still holds: it
    /// does not cover the unprotected header.
    pub(crate) fn with_inclusion(&self, proof: &[u8]) -> Vec<u8> {
        let checked = vec![Value::from(proof), Value::from(checksum(proof))];
        let unprotected = Header { rest: vec![(Label::Int(INCLUSION), Value::Array(checked))], ..Header::default() };
        encode(CoseSign1 { unprotected, ..self.message.clone() })
    }
}

/// Exactly `alg`, `kid` and, if one is expected, `typ`.
fn protected_header(header: &Header, typ: Option<&str>) -> Result<KeyId, Malformed> {
    let fault = |label: HeaderParameter, fault| Err(Malformed::new(Place::Header(label as i64), fault));
    match &header.alg {
        Some(RegisteredLabelWithPrivate::Assigned(Algorithm::EdDSA)) => {}
        Some(_) => return fault(HeaderParameter::Alg, Fault::WrongAlgorithm),
        None => return fault(HeaderParameter::Alg, Fault::Missing),
    }
    if header.key_id.is_empty() {
        return fault(HeaderParameter::Kid, Fault::Missing);
    }
    let expected: Vec<_> = typ.map(|typ| (Label::Int(TYP), Value::from(typ))).into_iter().collect();
    if header.rest != expected {
        return Err(Malformed::new(Place::Header(TYP), Fault::WrongType));
    }
    let known = Header { alg: header.alg.clone(), key_id: header.key_id.clone(), rest: expected, ..Header::default() };
    if *header != known {
        return Err(Malformed::new(Place::Protected(0), Fault::Unexpected));
    }
    Ok(KeyId::new(header.key_id.clone()))
}

/// Nothing, or the inclusion proof alone: what no signature covers must be checkable otherwise.
fn unprotected_header(header: &Header) -> Result<Option<Vec<u8>>, Malformed> {
    if header.is_empty() {
        return Ok(None);
    }
    let fault = |fault| Malformed::new(Place::Header(INCLUSION), fault);
    let [(Label::Int(INCLUSION), Value::Array(checked))] = header.rest.as_slice() else {
        return Err(fault(Fault::Unexpected));
    };
    let known = Header { rest: header.rest.clone(), ..Header::default() };
    let [Value::Bytes(proof), sum] = checked.as_slice() else {
        return Err(fault(Fault::WrongKind));
    };
    if *header != known {
        return Err(fault(Fault::Unexpected));
    }
    if *sum != Value::from(checksum(proof)) {
        return Err(fault(Fault::ChecksumDiffers));
    }
    Ok(Some(proof.clone()))
}

/// CRC-32. It tells damage on the way from a proof that is wrong; against forgery the proof has
/// the log's own signatures, which whoever knows the log's key must check.
fn checksum(proof: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(proof);
    crc.sum()
}
