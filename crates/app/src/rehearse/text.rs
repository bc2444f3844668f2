//! From a log's bytes to text: within bounds, in UTF-8.
//!
//! Must not know of: CSV, XES.

use super::LOG_BYTES_MAX;
use super::mistake::{Source, Unreadable, Wrong};

/// The log's text, without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Unreadable> {
    let wrong = |line, wrong| Err(Unreadable::one(Source::Log, line, wrong));
    if bytes.len() > LOG_BYTES_MAX {
        return wrong(None, Wrong::TooLarge { max_bytes: LOG_BYTES_MAX });
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return wrong(None, Wrong::Gzip);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return wrong(None, Wrong::Encoding { looks_like: "UTF-16" });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => wrong(None, Wrong::Empty),
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let looks_like = looks_like(bytes.get(error.valid_up_to()..).unwrap_or_default());
            wrong(Some(line(valid)), Wrong::Encoding { looks_like })
        }
    }
}

/// The line in which the bytes end.
fn line(bytes: &[u8]) -> u64 {
    let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
    u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1)
}

/// A guess at the encoding, from the bytes above ASCII: Windows-1256 writes Persian and Arabic words as runs of them, Latin-1 a single accented
/// letter among ASCII.
fn looks_like(bytes: &[u8]) -> &'static str {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let high = start.iter().filter(|byte| **byte >= 0x80).count();
    let in_runs = start.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0x80)).count();
    if in_runs.saturating_mul(2) >= high { "Windows-1256" } else { "Latin-1 (ISO 8859-1 or Windows-1252)" }
}
