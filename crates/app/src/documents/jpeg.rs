//! JPEG (ITU-T T.81), walked from marker to marker: a frame, a scan, and EOI at the end.

mod trailer;

use super::kinds::{can_be_meant, without_padding};

/// SOI, and the first byte of the marker that must follow it.
const BEGINNING: [u8; 3] = [0xFF, 0xD8, 0xFF];
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&BEGINNING)
}

/// Telephones put more behind the picture: smaller or brighter ones of the same scene (CIPA DC-007), zeros, or a trailer of their own; programs and
/// mail leave a line's end. Anything else is something that hides behind a picture.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        let Some(after) = picture(rest) else { return false };
        rest = without_padding(after);
        if !matches!(marker(rest), Some((SOI, _))) {
            return rest.is_empty() || trailer::is_whole(after);
        }
    }
}

/// What follows the picture that begins here; none where there is no whole one.
fn picture(bytes: &[u8]) -> Option<&[u8]> {
    let (SOI, mut rest) = marker(bytes)? else { return None };
    let (mut has_frame, mut has_scan) = (false, false);
    loop {
        let (marker, after) = marker(rest)?;
        if marker == EOI {
            return (has_frame && has_scan).then_some(after);
        }
        let (segment, after) = segment(marker, after)?;
        rest = after;
        match marker {
            SOS if has_frame => {
                has_scan = true;
                rest = past_scan(after)?;
            }
            SOS => return None,
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => has_frame = is_frame(segment).then_some(true)?,
            _ => {}
        }
    }
}

/// The next marker, which may have fill bytes before it (B.1.1.2).
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xFF])?;
    while let Some(filled) = rest.strip_prefix(&[0xFF]) {
        rest = filled;
    }
    rest.split_first().map(|(marker, rest)| (*marker, rest))
}

/// What a marker brings: a length that counts itself, then the rest. Markers that stand alone have no place here.
fn segment(marker: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8) {
        return None;
    }
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// Precision, height, width, and at least one component (B.2.2).
fn is_frame(segment: &[u8]) -> bool {
    let [_, h0, h1, w0, w1, components, ..] = *segment else { return false };
    components > 0 && can_be_meant(u32::from(u16::from_be_bytes([w0, w1])), u32::from(u16::from_be_bytes([h0, h1])))
}

/// From the end of a scan's coded data on: the first marker that is neither a stuffed byte nor a restart.
fn past_scan(bytes: &[u8]) -> Option<&[u8]> {
    let ends = |pair: &[u8]| matches!(*pair, [0xFF, next] if !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF));
    let end = bytes.windows(2).position(ends)?;
    bytes.get(end..).filter(|_| end > 0)
}
