//! WebP (RFC 9649), walked: a RIFF file of the length that it says, whose first chunk is a picture's, and all chunks whole.

use super::kinds::can_be_meant;

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes).unwrap_or(false)
}

fn walk(bytes: &[u8]) -> Option<bool> {
    let (length, rest) = bytes.strip_prefix(b"RIFF")?.split_first_chunk::<4>()?;
    if usize::try_from(u32::from_le_bytes(*length)).ok()? != rest.len() {
        return Some(false);
    }
    let (first, data, mut rest) = chunk(rest.strip_prefix(b"WEBP")?)?;
    let mut has_picture = match first {
        b"VP8X" if is_canvas(data) => false,
        _ if is_picture(first, data) => true,
        _ => return Some(false),
    };
    while !rest.is_empty() {
        let (kind, data, after) = chunk(rest)?;
        has_picture |= is_picture(kind, data) || (kind == b"ANMF" && data.len() > 16);
        rest = after;
    }
    Some(has_picture)
}

/// A chunk's type and data, and what follows; data of an odd length has a byte of padding.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (kind, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    let rest = if data.len().is_multiple_of(2) { rest } else { rest.split_first()?.1 };
    Some((kind, data, rest))
}

fn is_picture(kind: &[u8; 4], data: &[u8]) -> bool {
    match (kind, data) {
        // A key frame of VP8 (RFC 6386, section 9.1): its lowest bit is 0, then a start code, then two sizes of 14 bits.
        (b"VP8 ", [tag, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1, _, ..]) => {
            let side = |low: &u8, high: &u8| u32::from(u16::from_le_bytes([*low, *high]) & 0x3FFF);
            tag & 1 == 0 && can_be_meant(side(w0, w1), side(h0, h1))
        }
        // Two sizes of 14 bits, less one, then a bit for alpha and three of the version, which is 0.
        (b"VP8L", [0x2F, b0, b1, b2, b3, _, ..]) => {
            let bits = u32::from_le_bytes([*b0, *b1, *b2, *b3]);
            bits >> 29 == 0
                && can_be_meant((bits & 0x3FFF).saturating_add(1), ((bits >> 14) & 0x3FFF).saturating_add(1))
        }
        _ => false,
    }
}

/// Flags, three reserved bytes, then two sizes of 24 bits, less one.
fn is_canvas(data: &[u8]) -> bool {
    let [_, _, _, _, w0, w1, w2, h0, h1, h2] = *data else { return false };
    let side = |low, middle, high| u32::from_le_bytes([low, middle, high, 0]).saturating_add(1);
    can_be_meant(side(w0, w1, w2), side(h0, h1, h2))
}
