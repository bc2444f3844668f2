//! A leaf: what the log says of one event of one case, as deterministic CBOR (RFC 8949 section 4.2.1).
//!
//! A map from these keys, all of them always there, in this order:
//!
//! | key | holds | CBOR |
//! |---|---|---|
//! | 1 | version, 1 | unsigned |
//! | 2 | the case's pseudonym | 16 bytes |
//! | 3 | the event's sequence number in the case | unsigned |
//! | 4 | the log index of the case's previous leaf | unsigned, or null for its first |
//! | 5 | kind of event | text |
//! | 6 | stage the case then stood in | text, or null |
//! | 7 | time, milliseconds since 1970-01-01T00:00:00Z | integer |
//! | 8 | public facts | map from text to text, integer (64 bits, signed), boolean or bytes |
//! | 9 | commitments to the rest, see [`crate::commitment`] | map from text to 32 bytes |
//! | 10 | hash of the definition that the case runs under | 32 bytes |
//!
//! It must not know what any of this means, and never holds personal data: that is for whoever fills it in.

use std::collections::BTreeMap;
use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder, decode, encode};

use crate::bundle::MAX_ENTRY_BYTES;
use crate::commitment::Commitment;
use crate::value::{Value, encoded};

/// The version of this format.
pub const VERSION: u64 = 1;
/// How many keys a leaf has.
const FIELDS: u64 = 10;

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Stands for the case; nothing outside the log leads from it to a person.
    pub case: [u8; 16],
    /// Where in the case the event stands.
    pub sequence: u64,
    /// The log index of the case's previous leaf; none for its first.
    pub previous: Option<u64>,
    /// What happened.
    pub kind: String,
    /// The stage the case then stood in, if any.
    pub stage: Option<String>,
    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    pub time_ms: i64,
    /// What anyone may see.
    pub public: BTreeMap<String, Value>,
    /// What is bound but not shown.
    pub commitments: BTreeMap<String, Commitment>,
    /// The hash of the definition.
    pub definition: [u8; 32],
}

/// Why something is not a leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// The bytes are no CBOR, or not of this shape.
    #[error("the leaf is malformed in {field}: {reason}")]
    Malformed {
        /// Which part of it.
        field: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Another version.
    #[error("the leaf is of version {0}, and only version {VERSION} is known; use a newer program")]
    Version(u64),
    /// The same content in an encoding that is not the deterministic one.
    #[error("the leaf is not in its one deterministic encoding (RFC 8949 section 4.2.1): it departs at byte {offset}")]
    NotDeterministic {
        /// The first byte that differs.
        offset: usize,
    },
    /// Longer than an entry may be.
    #[error(
        "the leaf has {bytes} bytes, and at most {MAX_ENTRY_BYTES} fit; commit to what is large instead of showing it"
    )]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
}

impl Leaf {
    /// The entry's bytes, at most 65,535.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        let bytes = encoded(|to| self.write(to));
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(LeafError::TooLong { bytes: bytes.len() });
        }
        Ok(bytes)
    }

    /// Reads a leaf, which must be in exactly the encoding that [`Leaf::encode`] writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(LeafError::TooLong { bytes: bytes.len() });
        }
        let leaf = Self::read(&mut Decoder::new(bytes))?;
        // One content has one encoding, so encoding again shows every departure: long integers, indefinite lengths,
        // keys out of order, bytes left over.
        let canonical = leaf.encode()?;
        if canonical != bytes {
            let same = canonical.iter().zip(bytes).take_while(|(ours, theirs)| ours == theirs).count();
            return Err(LeafError::NotDeterministic { offset: same });
        }
        Ok(leaf)
    }

    fn write(&self, to: &mut Encoder<&mut Vec<u8>>) -> Result<(), encode::Error<Infallible>> {
        to.map(FIELDS)?.u8(1)?.u64(VERSION)?;
        to.u8(2)?.bytes(&self.case)?.u8(3)?.u64(self.sequence)?;
        to.u8(4)?.encode(self.previous)?;
        to.u8(5)?.str(&self.kind)?.u8(6)?.encode(self.stage.as_deref())?;
        to.u8(7)?.i64(self.time_ms)?;
        write_map(to.u8(8)?, &self.public, |to, value| value.write(to))?;
        write_map(to.u8(9)?, &self.commitments, |to, commitment| to.bytes(&commitment.0).map(|_| ()))?;
        to.u8(10)?.bytes(&self.definition)?;
        Ok(())
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, LeafError> {
        let fields = from.map().map_err(malformed("the map"))?;
        if fields != Some(FIELDS) {
            return Err(LeafError::Malformed { field: "the map", reason: format!("it has not {FIELDS} keys") });
        }
        let version = field(from, 1, "version", Decoder::u64)?;
        if version != VERSION {
            return Err(LeafError::Version(version));
        }
        Ok(Self {
            case: field(from, 2, "case", read_array)?,
            sequence: field(from, 3, "sequence", Decoder::u64)?,
            previous: field(from, 4, "previous", |from| nullable(from, Decoder::u64))?,
            kind: field(from, 5, "kind", read_text)?,
            stage: field(from, 6, "stage", |from| nullable(from, read_text))?,
            time_ms: field(from, 7, "time", Decoder::i64)?,
            public: field(from, 8, "public facts", |from| read_map(from, Value::read))?,
            commitments: field(from, 9, "commitments", |from| read_map(from, |from| read_array(from).map(Commitment)))?,
            definition: field(from, 10, "definition", read_array)?,
        })
    }
}

/// Writes a map in the order of its encoded keys: for texts that is by length first, then by bytes.
fn write_map<T>(
    to: &mut Encoder<&mut Vec<u8>>,
    map: &BTreeMap<String, T>,
    write: impl Fn(&mut Encoder<&mut Vec<u8>>, &T) -> Result<(), encode::Error<Infallible>>,
) -> Result<(), encode::Error<Infallible>> {
    let mut entries: Vec<(&String, &T)> = map.iter().collect();
    entries.sort_by_key(|(key, _)| (key.len(), *key));
    to.map(entries.len() as u64)?;
    entries.into_iter().try_for_each(|(key, value)| write(to.str(key)?, value))
}

fn malformed(field: &'static str) -> impl Fn(decode::Error) -> LeafError {
    move |error| LeafError::Malformed { field, reason: error.to_string() }
}

/// Reads the next key, which must be `key`, and its value.
fn field<'b, T>(
    from: &mut Decoder<'b>,
    key: u64,
    name: &'static str,
    read: impl FnOnce(&mut Decoder<'b>) -> Result<T, decode::Error>,
) -> Result<T, LeafError> {
    let found = from.u64().map_err(malformed(name))?;
    if found != key {
        let reason = format!("key {key} is due, and {found} stands there");
        return Err(LeafError::Malformed { field: name, reason });
    }
    read(from).map_err(malformed(name))
}

fn read_text(from: &mut Decoder<'_>) -> Result<String, decode::Error> {
    from.str().map(str::to_owned)
}

fn read_array<const N: usize>(from: &mut Decoder<'_>) -> Result<[u8; N], decode::Error> {
    let bytes = from.bytes()?;
    bytes.try_into().map_err(|_| decode::Error::message(format!("{} bytes where {N} are due", bytes.len())))
}

fn nullable<'b, T>(
    from: &mut Decoder<'b>,
    read: impl FnOnce(&mut Decoder<'b>) -> Result<T, decode::Error>,
) -> Result<Option<T>, decode::Error> {
    if from.datatype()? == Type::Null { from.null().map(|()| None) } else { read(from).map(Some) }
}

/// Reads a map; its announced length is not believed, so a false one costs nothing but an error.
fn read_map<'b, T>(
    from: &mut Decoder<'b>,
    read: impl Fn(&mut Decoder<'b>) -> Result<T, decode::Error>,
) -> Result<BTreeMap<String, T>, decode::Error> {
    let length = from.map()?.ok_or_else(|| decode::Error::message("a map of indefinite length"))?;
    let mut map = BTreeMap::new();
    for _ in 0..length {
        let key = read_text(from)?;
        let value = read(from)?;
        if map.insert(key.clone(), value).is_some() {
            return Err(decode::Error::message(format!("the key {key:?} stands twice")));
        }
    }
    Ok(map)
}
