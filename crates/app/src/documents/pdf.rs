//! PDF (ISO 32000-2) at both ends and from object to object: a header with a version, at the end the way to the table of what is in it, the root
//! that the table names, and a page. No stream is unpacked.

mod words;

use words::{Dictionary, Word, Words};

const HEADER: &[u8] = b"%PDF-";
/// How far from its ends readers look for a PDF's header and its `%%EOF` (annex H.3.4 of ISO 32000-1).
const ENDS_BYTES: usize = 1024;
/// What nobody puts before a PDF's header by accident: programs, archives, pages and pictures, which the system would open as such.
const NO_JUNK: [&[u8]; 18] = [
    b"MZ",
    b"\x7FELF",
    b"#!",
    b"\xCA\xFE\xBA\xBE",
    b"\xCE\xFA\xED\xFE",
    b"\xCF\xFA\xED\xFE",
    b"PK",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"\xD0\xCF\x11\xE0",
    b"MSCF",
    b"<",
    b"{\\rtf",
    b"\xFF\xD8",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
];

pub(super) fn begins(bytes: &[u8]) -> bool {
    header(bytes).is_some()
}

/// An officer could not open it without a password that nobody gave.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    trailer(bytes).is_some_and(|trailer| trailer.get(b"Encrypt").is_some_and(|value| *value != Word::Plain(b"null")))
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    has_version(bytes) && trailer(bytes).is_some_and(|trailer| trailer.has_number(b"Root")) && has_page(bytes)
}

/// Where the header stands: at the beginning, or behind a few bytes that are none of the PDF's, such as a byte order mark.
fn header(bytes: &[u8]) -> Option<usize> {
    let start = bytes.get(..bytes.len().min(ENDS_BYTES))?;
    let at = start.windows(HEADER.len()).position(|window| window == HEADER)?;
    let junk = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    (at == 0 || !NO_JUNK.iter().any(|beginning| junk.starts_with(beginning))).then_some(at)
}

fn has_version(bytes: &[u8]) -> bool {
    let version = header(bytes).and_then(|at| bytes.get(at..)?.strip_prefix(HEADER));
    matches!(version, Some([b'1' | b'2', b'.', minor, ..]) if minor.is_ascii_digit())
}

/// The dictionary that says what the root is: `startxref`, a place, `%%EOF`; at the place there is the table with its trailer, or an object that
/// is both (sections 7.5.4, 7.5.5 and 7.5.8). Where junk precedes the header, some count from the one and some from the other.
fn trailer(bytes: &[u8]) -> Option<Dictionary<'_>> {
    let tail = bytes.get(bytes.len().saturating_sub(ENDS_BYTES)..)?;
    let tail = tail.get(..last(tail, b"%%EOF")?)?;
    let mut words = Words::new(tail.get(last(tail, b"startxref")?..)?.strip_prefix(b"startxref")?);
    let place = words.next()?.number()?;
    // Comments may follow, and nothing else.
    if !words.is_over() {
        return None;
    }
    [place, place.checked_add(header(bytes)?)?].into_iter().find_map(|place| table(bytes.get(place..)?))
}

fn table(bytes: &[u8]) -> Option<Dictionary<'_>> {
    let mut words = Words::new(bytes);
    if words.next()? != Word::Plain(b"xref") {
        let is_object = Words::new(bytes).next()?.number().is_some() && words.next()?.number().is_some();
        let begins = is_object && words.next()? == Word::Plain(b"obj");
        return begins.then(|| words.dictionary())?.filter(|stream| stream.has_name(b"Type", b"XRef"));
    }
    loop {
        match words.next()? {
            Word::Plain(b"trailer") => return words.dictionary(),
            Word::Plain(b"n" | b"f") => {}
            word => drop(word.number()?),
        }
    }
}

/// Whether any object is a page, or holds objects that cannot be seen without unpacking it.
fn has_page(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    // Dictionaries do not overlap. Bytes that are made to be read again and again are no document.
    let mut readable_bytes = bytes.len().saturating_mul(2);
    while let Some(at) = rest.windows(3).position(|window| window == b"obj") {
        let (before, after) = rest.split_at(at);
        let after = after.get(3..).unwrap_or_default();
        if ends_with_number(before) {
            let mut words = Words::new(after);
            let object = words.dictionary();
            if object.is_some_and(|object| object.has_name(b"Type", b"Page") || is_object_stream(&object)) {
                return true;
            }
            let read_bytes = after.len().saturating_sub(words.left_bytes());
            let Some(left) = readable_bytes.checked_sub(read_bytes) else { return false };
            readable_bytes = left;
        }
        rest = after;
    }
    false
}

/// `12 0` and white space, as they precede `obj`.
fn ends_with_number(bytes: &[u8]) -> bool {
    let number = bytes.trim_ascii_end();
    number.len() < bytes.len() && number.last().is_some_and(u8::is_ascii_digit)
}

fn is_object_stream(object: &Dictionary<'_>) -> bool {
    object.has_name(b"Type", b"ObjStm") && object.has_number(b"N") && object.has_number(b"First")
}

fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}
