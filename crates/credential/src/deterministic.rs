//! Deterministically encoded CBOR (RFC 8949 section 4.2.1): the only CBOR that is read or written.
//!
//! The general decoder accepts many encodings of one value. This check runs before it, so that
//! a message has exactly one accepted form and a fault has a byte offset. It knows nothing of COSE
//! or claims.

use ciborium::Value;

use crate::fault::{Fault, Malformed, Place};

/// Maps and arrays in each other: a certificate needs 4, a status claim 3.
const DEPTH_MAX: usize = 8;

/// Checks that `bytes` are exactly one item in deterministic encoding, without tags and floats.
///
/// `place` turns an offset into the place that an error names.
pub(crate) fn check(bytes: &[u8], place: fn(usize) -> Place) -> Result<(), Malformed> {
    let mut walk = Walk { bytes, at: 0 };
    walk.item(0).and_then(|()| walk.at_end()).map_err(|fault| Malformed::new(place(walk.at), fault))
}

/// Encodes a value with every map in key order.
pub(crate) fn encode(mut value: Value) -> Vec<u8> {
    sort(&mut value);
    written(&value)
}

fn sort(value: &mut Value) {
    match value {
        Value::Map(entries) => {
            entries.iter_mut().for_each(|(_, inner)| sort(inner));
            entries.sort_by_cached_key(|(key, _)| written(key));
        }
        Value::Array(items) => items.iter_mut().for_each(sort),
        _ => {}
    }
}

fn written(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a Vec has no way to fail; whatever is issued is read back before it is given out.
    let _ = ciborium::into_writer(value, &mut out);
    out
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn at_end(&self) -> Result<(), Fault> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(Fault::TrailingBytes) }
    }

    fn item(&mut self, depth: usize) -> Result<(), Fault> {
        if depth > DEPTH_MAX {
            return Err(Fault::TooDeep);
        }
        let (major, count) = self.head()?;
        match major {
            0 | 1 => Ok(()),
            2 => self.take(count).map(|_| ()),
            3 => self.text(count),
            4 => (0..count).try_for_each(|_| self.item(depth + 1)),
            5 => self.map(count, depth),
            // false, true and null; a tag would be a second way to write the same thing.
            7 if (20..=22).contains(&count) => Ok(()),
            _ => Err(Fault::NotAllowed),
        }
    }

    /// The major type and the argument, which must be in its shortest form.
    fn head(&mut self) -> Result<(u8, u64), Fault> {
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 0x1f);
        let width = match info {
            0..=23 => return Ok((major, u64::from(info))),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            31 => return Err(Fault::Indefinite),
            _ => return Err(Fault::NotAllowed),
        };
        if major == 7 {
            return Err(Fault::NotAllowed);
        }
        let value = self.take(width)?.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        let least = if width == 1 { 24 } else { 1 << (width * 4) };
        if value < least { Err(Fault::NotShortest) } else { Ok((major, value)) }
    }

    fn text(&mut self, count: u64) -> Result<(), Fault> {
        let text = self.take(count)?;
        std::str::from_utf8(text).map(|_| ()).map_err(|_| Fault::NotUtf8)
    }

    fn map(&mut self, count: u64, depth: usize) -> Result<(), Fault> {
        let mut last: Option<&'a [u8]> = None;
        for _ in 0..count {
            let start = self.at;
            self.item(depth + 1)?;
            let key = self.bytes.get(start..self.at).unwrap_or_default();
            match last.map(|last| last.cmp(key)) {
                Some(std::cmp::Ordering::Equal) => return Err(Fault::DuplicateKey),
                Some(std::cmp::Ordering::Greater) => return Err(Fault::KeysOutOfOrder),
                _ => last = Some(key),
            }
            self.item(depth + 1)?;
        }
        Ok(())
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], Fault> {
        let end = usize::try_from(count).ok().and_then(|count| self.at.checked_add(count));
        let taken = end.and_then(|end| self.bytes.get(self.at..end)).ok_or(Fault::Truncated)?;
        self.at += taken.len();
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(hex: &str, expected: Result<(), (usize, Fault)>) {
        let found = check(&hex::decode(hex).unwrap(), Place::Payload);
        assert_eq!(found, expected.map_err(|(at, fault)| Malformed::new(Place::Payload(at), fault)), "{hex}");
    }

    #[test]
    fn one_value_has_one_encoding() {
        says("a201020304", Ok(()));
        says("1818", Ok(()));
        says("1817", Err((2, Fault::NotShortest)));
        says("1900ff", Err((3, Fault::NotShortest)));
        says("1a0000ffff", Err((5, Fault::NotShortest)));
        says("1b00000000ffffffff", Err((9, Fault::NotShortest)));
        says("a203040102", Err((4, Fault::KeysOutOfOrder)));
        says("a201020103", Err((4, Fault::DuplicateKey)));
        says("9f01ff", Err((1, Fault::Indefinite)));
        says("f97e00", Err((1, Fault::NotAllowed)));
        says("c100", Err((1, Fault::NotAllowed)));
        says("61ff", Err((2, Fault::NotUtf8)));
        says("0000", Err((1, Fault::TrailingBytes)));
        says("", Err((0, Fault::Truncated)));
        says("5bffffffffffffffff", Err((9, Fault::Truncated)));
        says("9bffffffffffffffff", Err((9, Fault::Truncated)));
        says(&"81".repeat(100_000), Err((9, Fault::TooDeep)));
    }
}
