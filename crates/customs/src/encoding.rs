//! Bytes of a table as text, or how they seem to have been saved instead.
//!
//! Must not know of: what the table says.

/// Why bytes are not read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodingFault {
    /// They begin with the mark of UTF-16.
    #[error("the file is saved as UTF-16, which spreadsheets call \"Unicode text\"")]
    Utf16,
    /// They begin as a spreadsheet's own file does.
    #[error("the file is a spreadsheet, not CSV")]
    Spreadsheet,
    /// They have a zero byte.
    #[error("the file has zero bytes, which no text has")]
    Zero,
    /// They are neither; Windows-1256 is what Arabic and Persian text was saved as before.
    #[error("the line is not UTF-8; it may be Windows-1256")]
    Other,
}

impl EncodingFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Spreadsheet => "open it in a spreadsheet, and save the sheet as \"CSV UTF-8\"",
            Self::Utf16 | Self::Zero | Self::Other => {
                "open it where its letters show, and save it as UTF-8, which spreadsheets call \"CSV UTF-8\""
            }
        }
    }
}

/// The text, without the mark at its beginning.
///
/// # Errors
/// The line, from 1, on which it ceases to be UTF-8, and how it seems to have been saved.
pub fn text(bytes: &[u8]) -> Result<&str, (u32, EncodingFault)> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err((1, EncodingFault::Utf16)),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err((1, EncodingFault::Spreadsheet)),
        _ => {}
    }
    let line_at = |end: usize| {
        let before = bytes.get(..end).unwrap_or_default();
        u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX)
    };
    if let Some(zero) = bytes.iter().position(|byte| *byte == 0) {
        return Err((line_at(zero), EncodingFault::Zero));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| (line_at(error.valid_up_to()), EncodingFault::Other))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
