//! PNG (ISO/IEC 15948), walked: IHDR first, every chunk's CRC, an image, and IEND as the last.

use super::kinds::{can_be_meant, without_padding};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes).unwrap_or(false)
}

fn walk(bytes: &[u8]) -> Option<bool> {
    let (kind, header, mut rest) = chunk(bytes.strip_prefix(&SIGNATURE)?)?;
    if kind != b"IHDR" || !is_header(header) {
        return Some(false);
    }
    let mut has_image = false;
    loop {
        let (kind, data, after) = chunk(rest)?;
        rest = after;
        match kind {
            b"IHDR" => return Some(false),
            b"IDAT" => has_image |= !data.is_empty(),
            // Nothing may follow but a line's end: what a careless editor leaves behind is a part of the picture that was cut away.
            b"IEND" => return Some(has_image && data.is_empty() && without_padding(rest).is_empty()),
            _ => {}
        }
    }
}

/// A chunk's type and data, and what follows; none where it is cut, or its CRC-32 is another.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (named, rest) = rest.split_at_checked(length.checked_add(4)?)?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let (kind, data) = named.split_first_chunk::<4>()?;
    let holds = crc32fast::hash(named) == u32::from_be_bytes(*crc) && kind.iter().all(u8::is_ascii_alphabetic);
    holds.then_some((kind, data, rest))
}

/// Section 11.2.2: the size, then which depths go with which colours, then what has one value only.
fn is_header(data: &[u8]) -> bool {
    let [w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, 0, 0, 0 | 1] = *data else { return false };
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    let is_colour = matches!((colour, depth), (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16));
    can_be_meant(width, height) && is_colour
}
