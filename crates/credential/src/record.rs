//! Reading a CBOR map field by field, so that each missing or wrong field is named.
//!
//! It knows nothing of which fields there are. It runs after [`crate::deterministic::check`], so a
//! key stands in a map once and nesting is bounded.

use ciborium::Value;

use crate::fault::{Fault, Malformed, Place};

pub(crate) struct Record(Vec<(Value, Value)>);

impl Record {
    /// The map that `value` must be; `name` is the claim to blame if it is not.
    pub(crate) fn new(value: Value, name: &'static str) -> Result<Self, Malformed> {
        value.into_map().map(Self).map_err(|_| wrong(name, Fault::WrongKind))
    }

    /// Takes a field out, if it is there.
    pub(crate) fn take(&mut self, key: impl Into<Value>) -> Option<Value> {
        let key = key.into();
        let at = self.0.iter().position(|(other, _)| *other == key)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Takes a field that must be there.
    pub(crate) fn need(&mut self, key: impl Into<Value>, name: &'static str) -> Result<Value, Malformed> {
        self.take(key).ok_or(wrong(name, Fault::Missing))
    }

    /// What is left, in no order.
    pub(crate) fn rest(self) -> Vec<(Value, Value)> {
        self.0
    }
}

/// Text of at least one character.
pub(crate) fn text(value: Value, name: &'static str) -> Result<String, Malformed> {
    let text = value.into_text().ok().filter(|text| !text.is_empty());
    text.ok_or(wrong(name, Fault::WrongKind))
}

/// A byte string of at least one byte.
pub(crate) fn bytes(value: Value, name: &'static str) -> Result<Vec<u8>, Malformed> {
    let bytes = value.into_bytes().ok().filter(|bytes| !bytes.is_empty());
    bytes.ok_or(wrong(name, Fault::WrongKind))
}

/// A whole number within `range`.
pub(crate) fn number(value: Value, range: std::ops::RangeInclusive<i64>, name: &'static str) -> Result<i64, Malformed> {
    let number = value.into_integer().map_err(|_| wrong(name, Fault::WrongKind))?;
    let number = i64::try_from(number).ok().filter(|number| range.contains(number));
    number.ok_or(wrong(name, Fault::OutOfRange))
}

/// A whole number from 0 up.
pub(crate) fn natural(value: Value, name: &'static str) -> Result<u64, Malformed> {
    let number = value.into_integer().map_err(|_| wrong(name, Fault::WrongKind))?;
    u64::try_from(number).map_err(|_| wrong(name, Fault::OutOfRange))
}

pub(crate) fn wrong(name: &'static str, fault: Fault) -> Malformed {
    Malformed::new(Place::Claim(name), fault)
}
