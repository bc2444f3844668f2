//! What a certificate says, and its form as CWT claims (RFC 8392).
//!
//! It knows nothing of signatures, and nothing of what the facts mean.

use std::collections::BTreeMap;

use ciborium::Value;

use crate::deterministic;
use crate::fault::{Fault, Malformed};
use crate::record::{self, Record};

/// The last second of the year 9999, in seconds since 1970 UTC: the latest time in a claim.
pub const TIME_S_MAX: i64 = 253_402_300_799;

// RFC 8392 section 4.
const ISS: i64 = 1;
const SUB: i64 = 2;
const EXP: i64 = 4;
const NBF: i64 = 5;
const IAT: i64 = 6;
const CTI: i64 = 7;
/// draft-ietf-oauth-status-list, "Referenced Token in COSE": the `status` claim.
const STATUS: i64 = 65_535;
/// Our own map; keys below -65536 are for private use (RFC 8392 section 9.1.1).
const PRIVATE: i64 = -65_537;

// Inside the private map. A number once given is never given again.
const KIND: i64 = 1;
const SERVICE: i64 = 2;
const CASE: i64 = 3;
const DEFINITION: i64 = 4;
const FACTS: i64 = 5;
const USES: i64 = 6;

/// What a certificate says. Times are whole seconds since 1970 UTC, from 0 to [`TIME_S_MAX`].
///
/// Claims that this version does not know are ignored when reading (RFC 8392 section 3); they
/// stay in the signed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// `iss`: the zone that issued it. Not empty.
    pub zone: String,
    /// `sub`: the holder, if it is made out to someone.
    pub holder: Option<String>,
    /// `iat`: when it was issued.
    pub issued_s: i64,
    /// `nbf`: from when it holds.
    pub not_before_s: i64,
    /// `exp`: the first second at which it no longer holds, after `nbf`; `None` holds for good.
    pub expires_s: Option<i64>,
    /// `cti`: the certificate's id. Not empty.
    pub id: Vec<u8>,
    /// The certificate type that the definition names.
    pub kind: String,
    /// The service under which it was granted.
    pub service: String,
    /// The reference of the case that granted it.
    pub case: String,
    /// The content hash of the definition that the case ran under.
    pub definition: Vec<u8>,
    /// Facts that the certificate states, by name.
    pub facts: BTreeMap<String, String>,
    /// Whether it may be used once only, as a pass with which a load leaves.
    pub once: bool,
    /// Where it is said whether the certificate still holds.
    pub status: Option<StatusRef>,
}

/// A place in a status list (draft-ietf-oauth-status-list, `status_list`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRef {
    /// `uri`: the list, by the address at which it is published.
    pub uri: String,
    /// `idx`: the entry in the list, from 0.
    pub index: u64,
}

impl Claims {
    /// The CWT claims set, deterministically encoded.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut claims = vec![
            (ISS, Value::from(self.zone.as_str())),
            (NBF, self.not_before_s.into()),
            (IAT, self.issued_s.into()),
            (CTI, self.id.as_slice().into()),
            (PRIVATE, self.private()),
        ];
        claims.extend(self.holder.as_deref().map(|holder| (SUB, holder.into())));
        claims.extend(self.expires_s.map(|expires_s| (EXP, expires_s.into())));
        claims.extend(self.status.as_ref().map(|status| (STATUS, status.encode())));
        deterministic::encode(numbered(claims))
    }

    fn private(&self) -> Value {
        let facts = self.facts.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into()));
        let mut private = vec![
            (KIND, self.kind.as_str().into()),
            (SERVICE, self.service.as_str().into()),
            (CASE, self.case.as_str().into()),
            (DEFINITION, self.definition.as_slice().into()),
            (FACTS, Value::Map(facts.collect())),
        ];
        private.extend(self.once.then(|| (USES, 1.into())));
        numbered(private)
    }

    /// Reads a claims set that [`deterministic::check`] has passed.
    pub(crate) fn decode(claims: Value) -> Result<Self, Malformed> {
        let mut claims = Record::new(claims, "claims")?;
        let zone = record::text(claims.need(ISS, "zone")?, "zone")?;
        let mut private = Record::new(claims.need(PRIVATE, "certificate")?, "certificate")?;
        let read = Self {
            zone,
            holder: claims.take(SUB).map(|holder| record::text(holder, "holder")).transpose()?,
            issued_s: time(claims.need(IAT, "issued")?, "issued")?,
            not_before_s: time(claims.need(NBF, "not-before")?, "not-before")?,
            expires_s: claims.take(EXP).map(|expires| time(expires, "expires")).transpose()?,
            id: record::bytes(claims.need(CTI, "id")?, "id")?,
            kind: record::text(private.need(KIND, "kind")?, "kind")?,
            service: record::text(private.need(SERVICE, "service")?, "service")?,
            case: record::text(private.need(CASE, "case")?, "case")?,
            definition: record::bytes(private.need(DEFINITION, "definition")?, "definition")?,
            facts: facts(private.need(FACTS, "facts")?)?,
            once: private.take(USES).map(|uses| record::number(uses, 1..=1, "uses")).transpose()?.is_some(),
            status: claims.take(STATUS).map(StatusRef::decode).transpose()?,
        };
        if read.expires_s.is_some_and(|expires_s| expires_s <= read.not_before_s) {
            return Err(record::wrong("expires", Fault::OutOfRange));
        }
        Ok(read)
    }
}

impl StatusRef {
    fn encode(&self) -> Value {
        let list =
            vec![(Value::from("idx"), Value::from(self.index)), (Value::from("uri"), Value::from(self.uri.as_str()))];
        Value::Map(vec![("status_list".into(), Value::Map(list))])
    }

    fn decode(status: Value) -> Result<Self, Malformed> {
        let mut status = Record::new(status, "status")?;
        let mut list = Record::new(status.need("status_list", "status_list")?, "status_list")?;
        Ok(Self {
            uri: record::text(list.need("uri", "status_list.uri")?, "status_list.uri")?,
            index: record::natural(list.need("idx", "status_list.idx")?, "status_list.idx")?,
        })
    }
}

/// A map with integer keys.
pub(crate) fn numbered(entries: Vec<(i64, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// A NumericDate without tag and without fractions (RFC 8392 section 2).
pub(crate) fn time(value: Value, name: &'static str) -> Result<i64, Malformed> {
    record::number(value, 0..=TIME_S_MAX, name)
}

fn facts(value: Value) -> Result<BTreeMap<String, String>, Malformed> {
    let pair = |(name, value): (Value, Value)| match (name, value) {
        (Value::Text(name), Value::Text(value)) => Ok((name, value)),
        _ => Err(record::wrong("facts", Fault::WrongKind)),
    };
    Record::new(value, "facts")?.rest().into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8392 appendix A.1.
    const EXAMPLE: &str = "a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c\
         696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71";

    #[test]
    fn the_example_of_rfc_8392_is_read_and_lacks_only_what_is_ours() {
        let example = hex::decode(EXAMPLE).unwrap();
        assert_eq!(deterministic::check(&example, crate::Place::Payload), Ok(()));
        let example: Value = ciborium::from_reader(example.as_slice()).unwrap();
        assert_eq!(Claims::decode(example.clone()), Err(record::wrong("certificate", Fault::Missing)));

        let ours = Claims {
            zone: "coap://as.example.com".to_owned(),
            holder: Some("erikw".to_owned()),
            issued_s: 1_443_944_944,
            not_before_s: 1_443_944_944,
            expires_s: Some(1_444_064_944),
            id: vec![0x0b, 0x71],
            kind: "licence".to_owned(),
            service: "licence".to_owned(),
            case: "1".to_owned(),
            definition: vec![1],
            facts: BTreeMap::new(),
            once: false,
            status: None,
        };
        let mut whole = example.into_map().unwrap();
        whole.push((PRIVATE.into(), ours.private()));
        assert_eq!(Claims::decode(Value::Map(whole)), Ok(ours.clone()));
        // Without the audience, which we do not state, the standard claims come out byte for byte.
        let written = hex::encode(ours.encode());
        assert!(written.starts_with("a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77041a5612aeb0051a5610d9f0061a5610d9f007420b71"), "{written}");
    }
}
