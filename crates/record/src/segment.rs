//! Segments: the events behind one bundle of the log, in log order, for whoever may see them.
//!
//! Must not know of: what is in an event's body.
//!
//! A segment is a CBOR sequence (RFC 8742) of at most 256 items, deterministically encoded (RFC 8949 section 4.2.1), each an array of three: the case
//! (16 bytes), the salt of the event's commitments (32 bytes) and the event's body (bytes; JSON). Salt and body are both null where they were
//! erased: the leaf then still stands in the log and binds what nobody can open. Everything else in a leaf (sequence, previous leaf, kind, stage,
//! time, definition) is not told, since it follows from these in order: so it is made again and not believed. A sequence of CBOR items needs
//! no table of lengths, is read as it comes in, and is opened by other people's tools.

use log::Tile;
use log::bundle::MAX_ENTRY_BYTES;
use log::tile::{Kind, TILE_WIDTH};
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// What an auditor is told of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// The case.
    pub case: [u8; 16],
    /// Salt and body; none where they were erased.
    pub opened: Option<(&'a [u8; 32], &'a [u8])>,
}

/// Why bytes are no segment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// Not the items that they should be.
    #[error("event {place} of the segment cannot be read: {why}")]
    Malformed {
        /// Which, from 0.
        place: usize,
        /// What is wrong.
        why: String,
    },
    /// More than 256.
    #[error("the segment goes on after {TILE_WIDTH} events")]
    TooMany,
    /// The same content in another encoding.
    #[error("the segment is not in its one deterministic encoding (RFC 8949 section 4.2.1)")]
    NotDeterministic,
}

/// Appends an event to a segment. Counting to 256 is the caller's.
pub fn push(to: &mut Vec<u8>, told: &Told<'_>) {
    let mut encoder = Encoder::new(to);
    let written =
        encoder.array(3).and_then(|encoder| encoder.bytes(&told.case)).and_then(|encoder| match told.opened {
            Some((salt, body)) => encoder.bytes(salt)?.bytes(body),
            None => encoder.null()?.null(),
        });
    debug_assert!(written.is_ok(), "a vector takes every write");
}

/// The events of a segment, in order.
///
/// # Errors
/// [`SegmentError`] for anything but what [`push`] writes.
pub fn parse(bytes: &[u8]) -> Result<Vec<Told<'_>>, SegmentError> {
    let mut from = Decoder::new(bytes);
    let mut events = Vec::new();
    while from.position() < bytes.len() {
        if events.len() == usize::from(TILE_WIDTH) {
            return Err(SegmentError::TooMany);
        }
        let place = events.len();
        events.push(read(&mut from).map_err(|error| SegmentError::Malformed { place, why: error.to_string() })?);
    }
    let mut again = Vec::with_capacity(bytes.len());
    events.iter().for_each(|told| push(&mut again, told));
    if again == bytes { Ok(events) } else { Err(SegmentError::NotDeterministic) }
}

fn read<'b>(from: &mut Decoder<'b>) -> Result<Told<'b>, minicbor::decode::Error> {
    let wrong = minicbor::decode::Error::message;
    if from.array()? != Some(3) {
        return Err(wrong("no array of three"));
    }
    let case = from.bytes()?.try_into().map_err(|_| wrong("a case has 16 bytes"))?;
    if from.datatype()? == Type::Null {
        from.null()?;
        from.null()?;
        return Ok(Told { case, opened: None });
    }
    let salt = from.bytes()?.try_into().map_err(|_| wrong("a salt has 32 bytes"))?;
    Ok(Told { case, opened: Some((salt, from.bytes()?)) })
}

/// Where the segment behind a bundle stands; none for a tile of hashes.
pub fn path(bundle: Tile) -> Option<String> {
    let path = bundle.path();
    (bundle.kind() == Kind::Entries).then(|| path.replacen("tile/entries", "segments", 1))
}

/// More bytes than any segment has that a reader should take from strangers: a body is bounded by the store, and most have some hundred bytes.
pub const MAX_SEGMENT_BYTES: usize = TILE_WIDTH as usize * (MAX_ENTRY_BYTES + 1) * 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut bytes = Vec::new();
        push(&mut bytes, &Told { case: [1; 16], opened: Some((&[2; 32], b"{}")) });
        push(&mut bytes, &Told { case: [3; 16], opened: None });
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = sample();
        // By hand, after RFC 8949: array(3), bytes(16), bytes(32), bytes(2); array(3), bytes(16), null, null.
        let expected =
            [&[0x83, 0x50][..], &[1; 16], &[0x58, 0x20], &[2; 32], b"\x42{}\x83\x50", &[3; 16], &[0xf6, 0xf6]].concat();
        assert_eq!(bytes, expected);
        let told = parse(&bytes).unwrap();
        assert_eq!(told[0], Told { case: [1; 16], opened: Some((&[2; 32], b"{}")) });
        assert_eq!(told[1].opened, None);
        assert_eq!(parse(b""), Ok(Vec::new()));
    }

    #[test]
    fn everything_else_is_refused() {
        let bytes = sample();
        for cut in 1..bytes.len() {
            // A cut between two events leaves a whole segment of one.
            assert_eq!(parse(&bytes[..cut]).is_ok(), cut == 16 + 34 + 3 + 2, "{cut}");
        }
        let long = [&[0x83, 0x58, 16][..], &bytes[2..]].concat();
        assert_eq!(parse(&long), Err(SegmentError::NotDeterministic));
        let mut many = Vec::new();
        (0..257).for_each(|_| push(&mut many, &Told { case: [0; 16], opened: None }));
        assert_eq!(parse(&many), Err(SegmentError::TooMany));
        assert!(matches!(parse(&[0xff]), Err(SegmentError::Malformed { place: 0, .. })));
    }

    #[test]
    fn a_segment_stands_beside_its_bundle() {
        let bundle = Tile::new(Kind::Entries, 1067, 5).unwrap();
        assert_eq!(path(bundle).unwrap(), "segments/x001/067.p/5");
        assert_eq!(path(Tile::new(Kind::Hashes(0), 0, 1).unwrap()), None);
    }
}
