//! Entry bundles: up to 256 entries, each after its length as a big-endian `u16` (C2SP tlog-tiles, "Log entries").
//!
//! It must not know what an entry means.

use crate::tile::TILE_WIDTH;

/// The most bytes one entry may have: its length is a `u16`.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;
/// The most bytes a bundle can have: 256 entries, each with its two bytes of length. 16,777,472.
pub const MAX_BUNDLE_BYTES: usize = TILE_WIDTH as usize * (2 + MAX_ENTRY_BYTES);

/// An entry that cannot be in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an entry has {bytes} bytes, and at most {MAX_ENTRY_BYTES} fit; log a hash of what is large instead")]
pub struct EntryTooLong {
    /// How long it is, in bytes.
    pub bytes: usize,
}

/// Why bytes are not a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The bytes end inside an entry or its length.
    #[error("the bundle ends inside entry {entry}, which starts at byte {offset}; fetch it again, it was cut")]
    Cut {
        /// Which entry, counted from 0 in the bundle.
        entry: usize,
        /// Where it starts, in bytes.
        offset: usize,
    },
    /// More than 256 entries.
    #[error("the bundle goes on after its {TILE_WIDTH} entries, at byte {offset}; no bundle holds more")]
    TooMany {
        /// Where the first entry too many starts, in bytes.
        offset: usize,
    },
}

/// Appends one entry, after its length, to the bundle in `to`. Counting to 256 is the caller's.
pub fn push(to: &mut Vec<u8>, entry: &[u8]) -> Result<(), EntryTooLong> {
    let length = u16::try_from(entry.len()).map_err(|_| EntryTooLong { bytes: entry.len() })?;
    to.extend_from_slice(&length.to_be_bytes());
    to.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle, in order: none for no bytes, and at most 256.
pub fn parse(bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let offset = bytes.len() - rest.len();
        if entries.len() == usize::from(TILE_WIDTH) {
            return Err(BundleError::TooMany { offset });
        }
        let (entry, after) = split_entry(rest).ok_or(BundleError::Cut { entry: entries.len(), offset })?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_big_endian_and_an_entry_may_be_empty() {
        let mut bytes = Vec::new();
        push(&mut bytes, b"ab").unwrap();
        push(&mut bytes, b"").unwrap();
        assert_eq!(bytes, [0, 2, b'a', b'b', 0, 0]);
        assert_eq!(parse(&bytes).unwrap(), [&b"ab"[..], b""]);
        assert_eq!(parse(b"").unwrap().len(), 0);
    }

    #[test]
    fn what_is_cut_or_too_much_is_named() {
        assert_eq!(parse(&[0, 1, 7, 0]), Err(BundleError::Cut { entry: 1, offset: 3 }));
        assert_eq!(parse(&[0, 2, 7]), Err(BundleError::Cut { entry: 0, offset: 0 }));
        assert_eq!(parse(&[0; 512]).unwrap().len(), 256);
        assert_eq!(parse(&[0; 514]), Err(BundleError::TooMany { offset: 512 }));
        let long = vec![0; MAX_ENTRY_BYTES + 1];
        assert_eq!(push(&mut Vec::new(), &long), Err(EntryTooLong { bytes: 65_536 }));
    }
}
