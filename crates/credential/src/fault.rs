//! What is wrong with bytes that should have been a certificate or a status list, and where.
//!
//! It knows no language: each place and fault has a stable code for the words kept elsewhere. The
//! English of `Display` is for logs.

use std::fmt;

/// Bytes that are not a certificate or status list: the place and the fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Malformed {
    /// Where reading stopped.
    pub place: Place,
    /// What was wrong there.
    pub fault: Fault,
}

/// Where in the input a fault lies. Offsets count from 0 in the named part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The text of the QR code, at this character.
    Text(usize),
    /// The zlib stream.
    Compressed,
    /// The COSE_Sign1 message, at this byte.
    Message(usize),
    /// The protected header inside the message, at this byte.
    Protected(usize),
    /// The header parameter with this label (IANA COSE Header Parameters).
    Header(i64),
    /// The claims inside the message, at this byte.
    Payload(usize),
    /// A claim, by the name it has in [`crate::Claims`] or in the status list draft.
    Claim(&'static str),
}

/// What is wrong at a [`Place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The text does not begin with [`crate::PREFIX`].
    WrongPrefix,
    /// Characters that are not base45 (RFC 9285 section 4), or a group with a value too high.
    NotBase45,
    /// More than this many bytes (or characters, in text).
    TooLong {
        /// The limit that was passed.
        limit: usize,
    },
    /// The bytes end early.
    Truncated,
    /// Bytes follow where the item should have ended.
    TrailingBytes,
    /// The zlib stream is damaged, or its checksum differs (RFC 1950).
    BadCompression,
    /// A length or number is not in its shortest form (RFC 8949 section 4.2.1).
    NotShortest,
    /// An indefinite length (RFC 8949 section 4.2.1 forbids it in deterministic encoding).
    Indefinite,
    /// A reserved CBOR head, a floating-point number or another simple value.
    NotAllowed,
    /// Map keys are not in the order of RFC 8949 section 4.2.1.
    KeysOutOfOrder,
    /// A map has the same key twice.
    DuplicateKey,
    /// Nested deeper than any certificate is.
    TooDeep,
    /// Text that is not UTF-8.
    NotUtf8,
    /// Not a COSE_Sign1 message with CBOR tag 18 and an attached payload.
    NotSign1,
    /// A signature algorithm other than EdDSA (-8).
    WrongAlgorithm,
    /// A `typ` header that says this is another kind of message (RFC 9596).
    WrongType,
    /// A header parameter that has no business here.
    Unexpected,
    /// A required part is missing.
    Missing,
    /// A value of another CBOR type than the claim's, or an empty one.
    WrongKind,
    /// A number outside its range.
    OutOfRange,
    /// The checksum beside the inclusion proof differs: the proof was damaged on the way.
    ChecksumDiffers,
}

impl Malformed {
    pub(crate) fn new(place: Place, fault: Fault) -> Self {
        Self { place, fault }
    }
}

impl Place {
    /// A stable name for the kind of place, for looking up words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Compressed => "compressed",
            Self::Message(_) => "message",
            Self::Protected(_) => "protected",
            Self::Header(_) => "header",
            Self::Payload(_) => "payload",
            Self::Claim(_) => "claim",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(at) => write!(f, "text, character {at}"),
            Self::Compressed => f.write_str("compressed data"),
            Self::Message(at) => write!(f, "message, byte {at}"),
            Self::Protected(at) => write!(f, "protected header, byte {at}"),
            Self::Header(label) => write!(f, "header {label}"),
            Self::Payload(at) => write!(f, "claims, byte {at}"),
            Self::Claim(name) => write!(f, "claim {name}"),
        }
    }
}

impl Fault {
    /// A stable name for the fault, for looking up words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongPrefix => "wrong-prefix",
            Self::NotBase45 => "not-base45",
            Self::TooLong { .. } => "too-long",
            Self::Truncated => "truncated",
            Self::TrailingBytes => "trailing-bytes",
            Self::BadCompression => "bad-compression",
            Self::NotShortest => "not-shortest",
            Self::Indefinite => "indefinite",
            Self::NotAllowed => "not-allowed",
            Self::KeysOutOfOrder => "keys-out-of-order",
            Self::DuplicateKey => "duplicate-key",
            Self::TooDeep => "too-deep",
            Self::NotUtf8 => "not-utf8",
            Self::NotSign1 => "not-sign1",
            Self::WrongAlgorithm => "wrong-algorithm",
            Self::WrongType => "wrong-type",
            Self::Unexpected => "unexpected",
            Self::Missing => "missing",
            Self::WrongKind => "wrong-kind",
            Self::OutOfRange => "out-of-range",
            Self::ChecksumDiffers => "checksum-differs",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        match self {
            Self::TooLong { limit } => write!(f, " (limit {limit})"),
            _ => Ok(()),
        }
    }
}
