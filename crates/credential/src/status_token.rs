//! A status list as it is published: a Token Status List in CWT form (draft-ietf-oauth-status-list),
//! signed by the zone.
//!
//! It knows nothing of how a list is fetched, and judges no freshness: that depends on the
//! certificate that asks.

use ciborium::Value;

use crate::claims::{numbered, time};
use crate::cose::Sign1;
use crate::deterministic;
use crate::fault::{Fault, Malformed};
use crate::keys::{KeyId, TrustedKeys};
use crate::record::{self, Record, wrong};
use crate::status::{LIST_BYTES_MAX, StatusList};

/// The `typ` of a status list, so that no other signed message passes for one.
pub(crate) const TYP: &str = "application/statuslist+cwt";
/// The largest signed list: an incompressible one, and room for the claims.
pub const STATUS_LIST_BYTES_MAX: usize = LIST_BYTES_MAX + 64 * 1024;

const ISS: i64 = 1;
const SUB: i64 = 2;
const EXP: i64 = 4;
const IAT: i64 = 6;
const STATUS_LIST: i64 = 65_533;
const TTL: i64 = 65_534;

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

impl StatusListTerms {
    /// The CWT claims set of `list` under these terms, deterministically encoded.
    pub(crate) fn encode(&self, zone: &str, list: &StatusList) -> Vec<u8> {
        let mut claims = vec![
            (ISS, Value::from(zone)),
            (SUB, self.uri.as_str().into()),
            (IAT, self.issued_s.into()),
            (STATUS_LIST, list.encode()),
        ];
        claims.extend(self.expires_s.map(|expires_s| (EXP, expires_s.into())));
        claims.extend(self.refresh_s.map(|refresh_s| (TTL, refresh_s.into())));
        deterministic::encode(numbered(claims))
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
        let mut sign1 = Sign1::read(message, STATUS_LIST_BYTES_MAX, Some(TYP))?;
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
                expires_s: claims.take(EXP).map(|expires| time(expires, "expires")).transpose()?,
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
