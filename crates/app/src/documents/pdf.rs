//! PDF (ISO 32000-2) at both ends: a header with a version, and at the end the way to the table of what is in it.

/// How far from the end `%%EOF` may stand: what readers look through (annex H of ISO 32000-1).
const TAIL_BYTES: usize = 1024;

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    has_version(bytes) && leads_to_its_table(bytes).unwrap_or(false)
}

fn has_version(bytes: &[u8]) -> bool {
    matches!(bytes.get(5..8), Some([b'1' | b'2', b'.', minor]) if minor.is_ascii_digit())
}

/// `startxref`, a place, `%%EOF`; at the place there is the table, or an object that holds it (sections 7.5.4, 7.5.5 and 7.5.8).
fn leads_to_its_table(bytes: &[u8]) -> Option<bool> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL_BYTES)..)?;
    let tail = tail.get(..last(tail, b"%%EOF")?)?;
    let place = tail.get(last(tail, b"startxref")?..)?.strip_prefix(b"startxref")?;
    let place: usize = std::str::from_utf8(place).ok()?.trim_ascii().parse().ok()?;
    let at = bytes.get(place..)?.trim_ascii_start();
    Some(at.starts_with(b"xref") || is_object(at))
}

/// `12 0 obj`.
fn is_object(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(32)).unwrap_or_default();
    let mut words = start.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let is_number = |word: Option<&[u8]>| word.is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    is_number(words.next()) && is_number(words.next()) && words.next().is_some_and(|word| word.starts_with(b"obj"))
}

fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}
