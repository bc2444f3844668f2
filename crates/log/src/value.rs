//! The values a leaf may show: a small closed set, each with exactly one CBOR encoding (RFC 8949 section 4.2.1).
//!
//! It must not know what a value is about. What is none of these (a decimal, a date) is written as text by whoever
//! makes the leaf, in the one form that its own type defines.

use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder, decode, encode};

/// A public fact's value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// UTF-8 text, compared byte by byte: it is not normalised here.
    Text(String),
    /// A whole number, such as an amount in a currency's minor units.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Bytes, such as a document's hash.
    Bytes(Vec<u8>),
}

impl Value {
    /// The canonical bytes: the value's deterministic CBOR encoding. It is also what a commitment commits to.
    pub fn canonical(&self) -> Vec<u8> {
        encoded(|to| self.write(to))
    }

    pub(crate) fn write(&self, to: &mut Encoder<&mut Vec<u8>>) -> Result<(), encode::Error<Infallible>> {
        match self {
            Self::Text(text) => to.str(text)?,
            Self::Int(number) => to.i64(*number)?,
            Self::Bool(truth) => to.bool(*truth)?,
            Self::Bytes(bytes) => to.bytes(bytes)?,
        };
        Ok(())
    }

    /// Reads any CBOR encoding of a value; that it was the canonical one shows when it is encoded again.
    pub(crate) fn read(from: &mut Decoder<'_>) -> Result<Self, decode::Error> {
        match from.datatype()? {
            Type::String => from.str().map(|text| Self::Text(text.to_owned())),
            Type::Bytes => from.bytes().map(|bytes| Self::Bytes(bytes.to_vec())),
            Type::Bool => from.bool().map(Self::Bool),
            _ => from.i64().map(Self::Int),
        }
    }
}

/// What stands before so many bytes in [`Value::Bytes`]' encoding.
pub(crate) fn bytes_head(length: usize) -> Vec<u8> {
    encoded(|to| to.bytes_len(length as u64).map(drop))
}

/// The bytes that `write` writes.
pub(crate) fn encoded(
    write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), encode::Error<Infallible>>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = write(&mut Encoder::new(&mut bytes));
    debug_assert!(written.is_ok(), "a vector takes every write");
    bytes
}
