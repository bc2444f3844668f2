//! A status list (draft-ietf-oauth-status-list): one or two bits for each certificate.
//!
//! It knows nothing of signatures, nor of why a certificate was revoked.

use ciborium::Value;

use crate::fault::{Fault, Malformed};
use crate::packed;
use crate::record::{self, Record, wrong};

/// The largest list, unpacked, in bytes: 4 million certificates at two bits.
pub(crate) const LIST_BYTES_MAX: usize = 1024 * 1024;
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
            Ok(bytes) if entries <= most => Ok(Self { bits, bytes: vec![0; bytes] }),
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
        Some(Status::from_bits((self.bytes.get(at)? >> shift) & self.bits.mask()))
    }

    /// Sets the status of entry `index`.
    ///
    /// # Errors
    /// [`StatusListError`] if there is no such entry or its bits cannot hold the status.
    pub fn set(&mut self, index: u64, status: Status) -> Result<(), StatusListError> {
        let no_entry = StatusListError::NoEntry { index, entries: self.entries() };
        let value = status.to_bits();
        if value > self.bits.mask() {
            return Err(StatusListError::DoesNotFit { status, bits: self.bits });
        }
        let Some((at, shift)) = self.bits.locate(index) else {
            return Err(no_entry);
        };
        let byte = self.bytes.get_mut(at).ok_or(no_entry)?;
        *byte = (*byte & !(self.bits.mask() << shift)) | (value << shift);
        Ok(())
    }

    /// The `status_list` map of the draft.
    pub(crate) fn encode(&self) -> Value {
        let (bits, lst) = self.parts();
        Value::Map(vec![("bits".into(), bits.into()), ("lst".into(), lst.into())])
    }

    /// The `bits` and the `lst` of the draft.
    pub(crate) fn parts(&self) -> (u8, Vec<u8>) {
        (self.bits.width(), packed::compress(&self.bytes))
    }

    pub(crate) fn decode(value: Value) -> Result<Self, Malformed> {
        let mut list = Record::new(value, "status_list")?;
        let bits = record::natural(list.need("bits", "status_list.bits")?, "status_list.bits")?;
        Self::of_parts(bits, &record::bytes(list.need("lst", "status_list.lst")?, "status_list.lst")?)
    }

    /// The list of these [`Self::parts`].
    pub(crate) fn of_parts(bits: u64, lst: &[u8]) -> Result<Self, Malformed> {
        let bits = match bits {
            1 => StatusBits::One,
            2 => StatusBits::Two,
            _ => return Err(wrong("status_list.bits", Fault::OutOfRange)),
        };
        let bytes = packed::unpack(lst, LIST_BYTES_MAX).map_err(|fault| wrong("status_list.lst", fault))?;
        Ok(Self { bits, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// draft-ietf-oauth-status-list, "Status List in CBOR Format" and the 2-bit example before it.
    #[test]
    fn the_examples_of_the_draft() {
        let examples = [
            (1, "78dadbb918000217015d", vec![1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
            (2, "78da3be9f2130003df0207", vec![1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
        ];
        for (bits, lst, expected) in examples {
            let lst = hex::decode(lst).unwrap();
            let map = vec![("bits".into(), bits.into()), ("lst".into(), lst.into())];
            let list = StatusList::decode(Value::Map(map)).unwrap();
            let found: Vec<_> = (0..list.entries()).map(|index| list.get(index).unwrap().to_bits()).collect();
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
        let no_entry = StatusListError::NoEntry { index: 12, entries: 12 };
        assert_eq!(list.set(12, Status::Valid), Err(no_entry));
        let one = StatusBits::One;
        let does_not_fit = StatusListError::DoesNotFit { status: Status::Suspended, bits: one };
        assert_eq!(StatusList::new(one, 8).unwrap().set(0, Status::Suspended), Err(does_not_fit));
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
