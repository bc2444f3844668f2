//! Token Status Lists in CWT form (draft-ietf-oauth-status-list): one or two bits for each
//! certificate, packed, compressed and signed.
//!
//! It knows nothing of why a certificate was revoked, nor of how a list is fetched.

use ciborium::Value;

use crate::claims::{numbered, time};
use crate::cose::Sign1;
use crate::fault::{Fault, Malformed};
use crate::keys::{KeyId, TrustedKeys};
use crate::record::{self, Record, wrong};
use crate::{deterministic, packed};

/// The `typ` of a status list, so that no other signed message passes for one.
pub(crate) const TYP: &str = "application/statuslist+cwt";
/// The largest list, unpacked, in bytes: 4 million certificates at two bits.
const LIST_BYTES_MAX: usize = 1024 * 1024;
/// The largest signed list: an incompressible one, and room for the claims.
const MESSAGE_BYTES_MAX: usize = LIST_BYTES_MAX + 64 * 1024;

const ISS: i64 = 1;
const SUB: i64 = 2;
const EXP: i64 = 4;
const IAT: i64 = 6;
const STATUS_LIST: i64 = 65_533;
const TTL: i64 = 65_534;

/// How many bits an entry takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusBits {
    /// Valid or invalid.
    One,
    /// Also suspended.
    Two,
}

/// What a list says of one certificate (draft-ietf-oauth-status-list, "Status Types Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 0: it holds.
    Valid,
    /// 1: revoked for good.
    Invalid,
    /// 2: does not hold for now.
    Suspended,
    /// 3: left to applications by the draft; we give it no meaning.
    Other,
}

/// What each certificate of one list is worth, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: StatusBits,
    bytes: Vec<u8>,
}

/// Why an entry cannot be set or a list not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusListError {
    /// The list has no such entry.
    #[error("no entry {index} in a list of {entries}")]
    NoEntry {
        /// The entry asked for.
        index: u64,
        /// How many there are.
        entries: u64,
    },
    /// A status that the entry's bits cannot hold.
    #[error("{status:?} does not fit {bits:?} bits")]
    DoesNotFit {
        /// The status.
        status: Status,
        /// The list's bits.
        bits: StatusBits,
    },
    /// More entries than a list may have.
    #[error("{entries} entries are more than {most}")]
    TooMany {
        /// The entries asked for.
        entries: u64,
        /// The most that fit.
        most: u64,
    },
}

/// What is said about a list beside its entries. Times are seconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusListTerms {
    /// `sub`: the address at which it is published, as certificates name it.
    pub uri: String,
    /// `iat`: as of when it is true.
    pub issued_s: i64,
    /// `exp`: from when it may no longer be relied on.
    pub expires_s: Option<i64>,
    /// `ttl`: after how many seconds a newer one should be fetched.
    pub refresh_s: Option<i64>,
}

/// A status list as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedStatusList {
    zone: String,
    terms: StatusListTerms,
    list: StatusList,
    sign1: Sign1,
    message: Vec<u8>,
}

/// Why a signed status list is not relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusListRefused {
    /// Not a status list.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Signed with a key that is not trusted for the zone it names.
    #[error("key {kid} of zone {zone} is not known")]
    UnknownKey {
        /// The zone that it says it is from.
        zone: String,
        /// The key that it says it is signed with.
        kid: KeyId,
    },
    /// The signature does not fit the bytes.
    #[error("the signature by key {kid} of zone {zone} does not hold")]
    BadSignature {
        /// The zone that it says it is from.
        zone: String,
        /// The key that it says it is signed with.
        kid: KeyId,
    },
}

impl StatusBits {
    /// The bits as a number, as in the `bits` field.
    fn width(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    fn entries_in(self, bytes: usize) -> u64 {
        (bytes as u64) * u64::from(8 / self.width())
    }

    /// Byte and shift of an entry: the lowest bits of the first byte come first.
    fn locate(self, index: u64) -> Option<(usize, u8)> {
        let per_byte = u64::from(8 / self.width());
        let shift = u8::try_from(index % per_byte).ok()? * self.width();
        Some((usize::try_from(index / per_byte).ok()?, shift))
    }

    fn mask(self) -> u8 {
        (1 << self.width()) - 1
    }
}

impl Status {
    fn from_bits(bits: u8) -> Self {
        match bits {
            0 => Self::Valid,
            1 => Self::Invalid,
            2 => Self::Suspended,
            _ => Self::Other,
        }
    }

    fn to_bits(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Invalid => 1,
            Self::Suspended => 2,
            Self::Other => 3,
        }
    }
}

impl StatusList {
    /// A list of at least `entries` valid entries (rounded up to whole bytes).
    ///
    /// # Errors
    /// [`StatusListError::TooMany`] past one mebibyte.
    pub fn new(bits: StatusBits, entries: u64) -> Result<Self, StatusListError> {
        let most = bits.entries_in(LIST_BYTES_MAX);
        let bytes = entries.div_ceil(u64::from(8 / bits.width()));
        match usize::try_from(bytes) {
            Ok(bytes) if entries <= most => Ok(Self {
                bits,
                bytes: vec![0; bytes],
            }),
            _ => Err(StatusListError::TooMany { entries, most }),
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.bits.entries_in(self.bytes.len())
    }

    /// The status of entry `index`, from 0; `None` past the end.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<Status> {
        let (at, shift) = self.bits.locate(index)?;
        Some(Status::from_bits(
            (self.bytes.get(at)? >> shift) & self.bits.mask(),
        ))
    }

    /// Sets the status of entry `index`.
    ///
    /// # Errors
    /// [`StatusListError`] if there is no such entry or its bits cannot hold the status.
    pub fn set(&mut self, index: u64, status: Status) -> Result<(), StatusListError> {
        let no_entry = StatusListError::NoEntry {
            index,
            entries: self.entries(),
        };
        let value = status.to_bits();
        if value > self.bits.mask() {
            return Err(StatusListError::DoesNotFit {
                status,
                bits: self.bits,
            });
        }
        let Some((at, shift)) = self.bits.locate(index) else {
            return Err(no_entry);
        };
        let byte = self.bytes.get_mut(at).ok_or(no_entry)?;
        *byte = (*byte & !(self.bits.mask() << shift)) | (value << shift);
        Ok(())
    }

    pub(crate) fn encode(&self, zone: &str, terms: &StatusListTerms) -> Vec<u8> {
        let list = vec![
            (Value::from("bits"), Value::from(self.bits.width())),
            (Value::from("lst"), Value::from(packed::compress(&self.bytes))),
        ];
        let mut claims = vec![
            (ISS, Value::from(zone)),
            (SUB, terms.uri.as_str().into()),
            (IAT, terms.issued_s.into()),
            (STATUS_LIST, Value::Map(list)),
        ];
        claims.extend(terms.expires_s.map(|expires_s| (EXP, expires_s.into())));
        claims.extend(terms.refresh_s.map(|refresh_s| (TTL, refresh_s.into())));
        deterministic::encode(numbered(claims))
    }

    fn decode(value: Value) -> Result<Self, Malformed> {
        let mut list = Record::new(value, "status_list")?;
        let bits = match record::natural(list.need("bits", "status_list.bits")?, "status_list.bits")? {
            1 => StatusBits::One,
            2 => StatusBits::Two,
            _ => return Err(wrong("status_list.bits", Fault::OutOfRange)),
        };
        let lst = record::bytes(list.need("lst", "status_list.lst")?, "status_list.lst")?;
        let bytes = packed::unpack(&lst, LIST_BYTES_MAX).map_err(|fault| wrong("status_list.lst", fault))?;
        Ok(Self { bits, bytes })
    }
}

impl SignedStatusList {
    /// Reads a published list and checks its signature. Whether it is still fresh is judged with
    /// each certificate: an old list that revokes still revokes.
    ///
    /// # Errors
    /// [`StatusListRefused`] if it cannot be read, or nobody trusted has signed it.
    pub fn verify(message: &[u8], keys: &TrustedKeys) -> Result<Self, StatusListRefused> {
        let list = Self::read(message)?;
        let (zone, kid) = (list.zone.clone(), list.sign1.kid.clone());
        match keys.find(&zone, &kid) {
            None => Err(StatusListRefused::UnknownKey { zone, kid }),
            Some(key) if list.sign1.is_signed_by(key) => Ok(list),
            Some(_) => Err(StatusListRefused::BadSignature { zone, kid }),
        }
    }

    /// Reads the form alone; not public, so that whoever holds one has checked it or made it.
    pub(crate) fn read(message: &[u8]) -> Result<Self, Malformed> {
        let mut sign1 = Sign1::read(message, MESSAGE_BYTES_MAX, Some(TYP))?;
        if sign1.inclusion.is_some() {
            return Err(wrong("inclusion", Fault::Unexpected));
        }
        let mut claims = Record::new(std::mem::replace(&mut sign1.claims, Value::Null), "claims")?;
        let refresh = |value| record::number(value, 1..=i64::MAX, "ttl");
        Ok(Self {
            zone: record::text(claims.need(ISS, "zone")?, "zone")?,
            terms: StatusListTerms {
                uri: record::text(claims.need(SUB, "uri")?, "uri")?,
                issued_s: time(claims.need(IAT, "issued")?, "issued")?,
                expires_s: claims
                    .take(EXP)
                    .map(|expires| time(expires, "expires"))
                    .transpose()?,
                refresh_s: claims.take(TTL).map(refresh).transpose()?,
            },
            list: StatusList::decode(claims.need(STATUS_LIST, "status_list")?)?,
            sign1,
            message: message.to_vec(),
        })
    }

    /// The zone that signed it.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// Its address and times.
    #[must_use]
    pub fn terms(&self) -> &StatusListTerms {
        &self.terms
    }

    /// Its entries.
    #[must_use]
    pub fn list(&self) -> &StatusList {
        &self.list
    }

    /// The COSE_Sign1 message, tagged: what is published (`application/statuslist+cwt`).
    #[must_use]
    pub fn to_cose_bytes(&self) -> Vec<u8> {
        self.message.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// draft-ietf-oauth-status-list, "Status List in CBOR Format" and the 2-bit example before it.
    #[test]
    fn the_examples_of_the_draft() {
        let examples = [
            (
                1,
                "78dadbb918000217015d",
                vec![1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1],
            ),
            (
                2,
                "78da3be9f2130003df0207",
                vec![1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3],
            ),
        ];
        for (bits, lst, expected) in examples {
            let lst = hex::decode(lst).unwrap();
            let map = vec![("bits".into(), bits.into()), ("lst".into(), lst.into())];
            let list = StatusList::decode(Value::Map(map)).unwrap();
            let found: Vec<_> = (0..list.entries())
                .map(|index| list.get(index).unwrap().to_bits())
                .collect();
            assert_eq!(found, expected);
            assert_eq!(list.get(list.entries()), None);
        }
    }

    #[test]
    fn a_set_entry_leaves_its_neighbours() {
        let mut list = StatusList::new(StatusBits::Two, 12).unwrap();
        for (index, bits) in [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3].into_iter().enumerate() {
            list.set(index as u64, Status::Other).unwrap();
            list.set(index as u64, Status::from_bits(bits)).unwrap();
        }
        assert_eq!(hex::encode(&list.bytes), "c944f9");
        let no_entry = StatusListError::NoEntry {
            index: 12,
            entries: 12,
        };
        assert_eq!(list.set(12, Status::Valid), Err(no_entry));
        let one = StatusBits::One;
        let does_not_fit = StatusListError::DoesNotFit {
            status: Status::Suspended,
            bits: one,
        };
        assert_eq!(
            StatusList::new(one, 8).unwrap().set(0, Status::Suspended),
            Err(does_not_fit)
        );
        assert!(StatusList::new(one, u64::MAX).is_err());
    }

    #[test]
    fn a_bomb_in_a_list_is_refused() {
        let lst = packed::compress(&vec![0; LIST_BYTES_MAX + 1]);
        let map = vec![("bits".into(), 1.into()), ("lst".into(), lst.into())];
        let limit = LIST_BYTES_MAX;
        let refused = Err(wrong("status_list.lst", Fault::TooLong { limit }));
        assert_eq!(StatusList::decode(Value::Map(map)), refused);
    }
}
