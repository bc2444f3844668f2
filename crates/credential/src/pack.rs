//! A verification pack: what a gate must know to judge certificates without a network, as the zone signed it.
//!
//! It knows nothing of how a log works: the checkpoint and the rows of hashes are bytes that it carries, bound together by the zone's signature,
//! for whoever knows logs to check. It judges no freshness.
//!
//! # The format
//!
//! The envelope of a certificate with `typ` (16) [`TYP`] in the protected header. All CBOR is deterministic (RFC 8949 section 4.2.1).
//!
//! | claim | is |
//! |---|---|
//! | 1 `iss` | the zone |
//! | 2 `sub` | the address at which the zone is reached |
//! | 4 `exp` | until when the zone says that the pack is good, seconds since 1970 UTC |
//! | 6 `iat` | when it was made: what it says of revocations and passages is as of then |
//! | -65538 | the rest, by the numbers below |
//!
//! | in -65538 | is |
//! |---|---|
//! | 1 | {language: the zone's name} |
//! | 2 | [[key id, public key (RFC 8032)]], the keys that the zone's certificates are signed with |
//! | 3 | the log's verifier key (C2SP signed-note), text |
//! | 4 | the log's checkpoint with its signatures (C2SP tlog-checkpoint), bytes; empty before the first |
//! | 5 | [[height, first, hashes]]: neighbouring nodes of the log's tree, `height` levels above the leaves, the first at `first` |
//! | 6 | [[address, bits, zlib]], the status lists (draft-ietf-oauth-status-list, "Status List") |
//! | 7 | how many certificates a status list has; 0 if it is not said |
//! | 8 | the policy by which witnesses must have signed the checkpoint, text; empty without one |
//! | 9 | [id], the one-time certificates that were seen to pass a gate |

use std::collections::BTreeMap;

use ciborium::Value;

use crate::claims::{numbered, time};
use crate::cose::Sign1;
use crate::deterministic;
use crate::fault::{Fault, Malformed};
use crate::keys::{KeyId, TrustedKeys};
use crate::record::{self, Record, wrong};
use crate::status::StatusList;

/// The `typ` of a pack, so that no other signed message passes for one.
pub(crate) const TYP: &str = "application/panjereh-pack+cbor";
/// The largest pack that is read, in bytes. A log of a thousand million entries needs under 1 MiB for its rows, and 7,630 status lists as much as
/// was revoked.
pub const PACK_BYTES_MAX: usize = 16 * 1024 * 1024;

const ISS: i64 = 1;
const SUB: i64 = 2;
const EXP: i64 = 4;
const IAT: i64 = 6;
/// Our own map; keys below -65536 are for private use (RFC 8392 section 9.1.1).
const PRIVATE: i64 = -65_538;

/// What a pack says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The zone, as in the `iss` claim of its certificates.
    pub zone: String,
    /// The address at which the zone is reached.
    pub base_url: String,
    /// When it was made, in seconds since 1970 UTC.
    pub made_s: i64,
    /// Until when it is good, in seconds since 1970 UTC; after `made_s`.
    pub until_s: i64,
    /// What the zone is called, by language.
    pub names: BTreeMap<String, String>,
    /// The public keys of its certificates (RFC 8032), by key id.
    pub keys: Vec<(KeyId, [u8; 32])>,
    /// The log's verifier key (C2SP signed-note).
    pub log_key: String,
    /// The log's checkpoint with its signatures; empty before the first.
    pub checkpoint: Vec<u8>,
    /// Nodes of the log's tree.
    pub rows: Vec<Row>,
    /// The status lists, by their addresses.
    pub lists: Vec<(String, StatusList)>,
    /// How many certificates a status list has.
    pub list_width: u64,
    /// The witness policy; empty without one.
    pub policy: String,
    /// The ids of one-time certificates that were seen to pass a gate.
    pub used: Vec<Vec<u8>>,
}

/// Neighbouring nodes of a Merkle tree (RFC 6962 section 2.1), all the same height above the leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How many levels above the leaves.
    pub height: u32,
    /// The place of the first in its level, from 0.
    pub first: u64,
    /// The nodes' hashes, 32 bytes each.
    pub hashes: Vec<u8>,
}

/// A pack as the zone signed it.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedPack {
    pack: Pack,
    sign1: Sign1,
    message: Vec<u8>,
}

/// Why a pack is not relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackRefused {
    /// Not a pack.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Not signed by a key that is trusted for the zone it names.
    #[error("nobody trusted has signed the pack that says it is zone {zone}'s")]
    NotSigned {
        /// The zone that it says it is from.
        zone: String,
    },
}

impl Pack {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let claims = vec![
            (ISS, self.zone.as_str().into()),
            (SUB, self.base_url.as_str().into()),
            (EXP, self.until_s.into()),
            (IAT, self.made_s.into()),
            (PRIVATE, self.private()),
        ];
        deterministic::encode(numbered(claims))
    }

    fn private(&self) -> Value {
        let bytes = |bytes: &[u8]| Value::from(bytes);
        let names = self.names.iter().map(|(language, name)| (language.as_str().into(), name.as_str().into()));
        let keys = self.keys.iter().map(|(kid, key)| Value::Array(vec![bytes(kid.as_bytes()), bytes(key)]));
        let rows =
            self.rows.iter().map(|row| Value::Array(vec![row.height.into(), row.first.into(), bytes(&row.hashes)]));
        let lists = self.lists.iter().map(|(uri, list)| {
            let (bits, packed) = list.parts();
            Value::Array(vec![uri.as_str().into(), bits.into(), packed.into()])
        });
        numbered(vec![
            (1, Value::Map(names.collect())),
            (2, Value::Array(keys.collect())),
            (3, self.log_key.as_str().into()),
            (4, bytes(&self.checkpoint)),
            (5, Value::Array(rows.collect())),
            (6, Value::Array(lists.collect())),
            (7, self.list_width.into()),
            (8, self.policy.as_str().into()),
            (9, Value::Array(self.used.iter().map(|id| bytes(id)).collect())),
        ])
    }

    fn decode(claims: Value) -> Result<Self, Malformed> {
        let mut claims = Record::new(claims, "claims")?;
        let zone = record::text(claims.need(ISS, "zone")?, "zone")?;
        let base_url = record::text(claims.need(SUB, "address")?, "address")?;
        let until_s = time(claims.need(EXP, "expires")?, "expires")?;
        let made_s = time(claims.need(IAT, "issued")?, "issued")?;
        if until_s <= made_s {
            return Err(wrong("expires", Fault::OutOfRange));
        }
        let mut rest = Record::new(claims.need(PRIVATE, "pack")?, "pack")?;
        Ok(Self {
            zone,
            base_url,
            made_s,
            until_s,
            names: names(rest.need(1, "names")?)?,
            keys: list(rest.need(2, "keys")?, "keys")?.into_iter().map(key).collect::<Result<_, _>>()?,
            log_key: record::text(rest.need(3, "log-key")?, "log-key")?,
            checkpoint: bytes(rest.need(4, "checkpoint")?, "checkpoint")?,
            rows: list(rest.need(5, "rows")?, "rows")?.into_iter().map(row).collect::<Result<_, _>>()?,
            lists: list(rest.need(6, "lists")?, "lists")?.into_iter().map(status).collect::<Result<_, _>>()?,
            list_width: record::natural(rest.need(7, "list-width")?, "list-width")?,
            policy: text(rest.need(8, "policy")?, "policy")?,
            used: list(rest.need(9, "used")?, "used")?
                .into_iter()
                .map(|id| record::bytes(id, "used"))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl SignedPack {
    /// Reads a pack and checks its signature.
    ///
    /// # Errors
    /// [`PackRefused`] if it cannot be read, or nobody trusted has signed it.
    pub fn verify(message: &[u8], keys: &TrustedKeys) -> Result<Self, PackRefused> {
        let read = Self::read(message)?;
        match keys.find(&read.pack.zone, &read.sign1.kid) {
            Some(key) if read.sign1.is_signed_by(key) => Ok(read),
            _ => Err(PackRefused::NotSigned { zone: read.pack.zone }),
        }
    }

    /// Reads the form alone; not public, so that whoever holds one has checked it or made it.
    pub(crate) fn read(message: &[u8]) -> Result<Self, Malformed> {
        let mut sign1 = Sign1::read(message, PACK_BYTES_MAX, Some(TYP))?;
        if sign1.inclusion.is_some() {
            return Err(wrong("inclusion", Fault::Unexpected));
        }
        let claims = std::mem::replace(&mut sign1.claims, Value::Null);
        Ok(Self { pack: Pack::decode(claims)?, sign1, message: message.to_vec() })
    }

    /// What it says.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The COSE_Sign1 message, tagged: the file that a gate takes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.message
    }
}

fn list(value: Value, name: &'static str) -> Result<Vec<Value>, Malformed> {
    value.into_array().map_err(|_| wrong(name, Fault::WrongKind))
}

/// A list of exactly `N` items.
fn fields<const N: usize>(value: Value, name: &'static str) -> Result<[Value; N], Malformed> {
    list(value, name)?.try_into().map_err(|_| wrong(name, Fault::WrongKind))
}

/// Bytes, of which there may be none.
fn bytes(value: Value, name: &'static str) -> Result<Vec<u8>, Malformed> {
    value.into_bytes().map_err(|_| wrong(name, Fault::WrongKind))
}

/// Text, of which there may be none.
fn text(value: Value, name: &'static str) -> Result<String, Malformed> {
    value.into_text().map_err(|_| wrong(name, Fault::WrongKind))
}

fn names(value: Value) -> Result<BTreeMap<String, String>, Malformed> {
    let pair = |(language, name)| Ok((record::text(language, "names")?, record::text(name, "names")?));
    Record::new(value, "names")?.rest().into_iter().map(pair).collect()
}

fn key(value: Value) -> Result<(KeyId, [u8; 32]), Malformed> {
    let [kid, key] = fields(value, "keys")?;
    let key = record::bytes(key, "keys")?.try_into().map_err(|_| wrong("keys", Fault::WrongKind))?;
    Ok((KeyId::new(record::bytes(kid, "keys")?), key))
}

fn row(value: Value) -> Result<Row, Malformed> {
    let [height, first, hashes] = fields(value, "rows")?;
    let height = record::natural(height, "rows")?;
    let height = u32::try_from(height).ok().filter(|height| *height < u64::BITS);
    let hashes = record::bytes(hashes, "rows")?;
    match height.filter(|_| hashes.len().is_multiple_of(32)) {
        Some(height) => Ok(Row { height, first: record::natural(first, "rows")?, hashes }),
        None => Err(wrong("rows", Fault::OutOfRange)),
    }
}

fn status(value: Value) -> Result<(String, StatusList), Malformed> {
    let [uri, bits, packed] = fields(value, "lists")?;
    Ok((
        record::text(uri, "lists")?,
        StatusList::of_parts(record::natural(bits, "lists")?, &record::bytes(packed, "lists")?)?,
    ))
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;
    use crate::{Issuer, Status, StatusBits};

    fn pack() -> Pack {
        let mut list = StatusList::new(StatusBits::One, 64).unwrap();
        list.set(9, Status::Invalid).unwrap();
        Pack {
            zone: "zone.example".to_owned(),
            base_url: "https://zone.example".to_owned(),
            made_s: 1_800_000_000,
            until_s: 1_800_086_400,
            names: [("en".to_owned(), "A zone".to_owned()), ("fa".to_owned(), "منطقه".to_owned())].into(),
            keys: vec![(KeyId::new([1]), [2; 32])],
            log_key: "zone.example/log+00000000+AQ==".to_owned(),
            checkpoint: b"zone.example/log\n1\n".to_vec(),
            rows: vec![Row { height: 16, first: 0, hashes: vec![7; 64] }],
            lists: vec![("https://zone.example/status/0".to_owned(), list)],
            list_width: 64,
            policy: String::new(),
            used: vec![vec![5; 16]],
        }
    }

    #[test]
    fn a_pack_comes_back_as_it_was_signed_and_is_the_same_each_time() {
        let issuer = Issuer::new("zone.example", SigningKey::from_bytes(&[7; 32]));
        let signed = issuer.issue_pack(&pack()).unwrap();
        assert_eq!(signed.as_bytes(), issuer.issue_pack(&pack()).unwrap().as_bytes());
        let read = SignedPack::verify(signed.as_bytes(), &issuer.trusted()).unwrap();
        assert_eq!(*read.pack(), pack());
        assert_eq!(read.pack().lists[0].1.get(9), Some(Status::Invalid));
    }

    /// A million certificates in a log of eight million entries, one in a hundred of them revoked.
    #[test]
    fn a_pack_for_a_million_certificates_has_less_than_300_kilobytes() {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        let width = 1 << 17;
        let list = |number: u64| {
            (format!("https://zone.example/status/{number}"), StatusList::new(StatusBits::One, width).unwrap())
        };
        let mut lists: Vec<_> = (0..62).map(list).collect();
        for _ in 0..10_000 {
            let position = next() % 8_000_000;
            lists[usize::try_from(position / width).unwrap()].1.set(position % width, Status::Invalid).unwrap();
        }
        let mut row = |(height, count): (u32, usize)| {
            let hashes = (0..count * 4).flat_map(|_| ((next() << 33) | 1).to_be_bytes()).collect();
            Row { height, first: 0, hashes }
        };
        let rows = vec![row((0, 2048)), row((8, 4096)), row((16, 122))];
        let issuer = Issuer::new("zone.example", SigningKey::from_bytes(&[7; 32]));
        let bytes = issuer.issue_pack(&Pack { lists, rows, list_width: width, ..pack() }).unwrap().as_bytes().len();
        assert!(bytes < 300_000, "{bytes}");
    }

    #[test]
    fn no_other_key_and_no_other_message_passes_for_a_pack() {
        let issuer = Issuer::new("zone.example", SigningKey::from_bytes(&[7; 32]));
        let other = Issuer::new("zone.example", SigningKey::from_bytes(&[8; 32]));
        let zone = "zone.example".to_owned();
        let signed = other.issue_pack(&pack()).unwrap();
        assert_eq!(SignedPack::verify(signed.as_bytes(), &issuer.trusted()), Err(PackRefused::NotSigned { zone }));
        let mut bytes = issuer.issue_pack(&pack()).unwrap().as_bytes().to_vec();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(SignedPack::verify(&bytes, &issuer.trusted()).is_err(), "byte {at}");
            bytes[at] ^= 1;
        }
        let backwards = Pack { until_s: 1_800_000_000, ..pack() };
        assert_eq!(issuer.issue_pack(&backwards), Err(wrong("expires", Fault::OutOfRange)));
        assert_eq!(
            issuer.issue_pack(&Pack { zone: "else".to_owned(), ..pack() }),
            Err(wrong("zone", Fault::Unexpected))
        );
    }
}
