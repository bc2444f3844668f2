//! The package that XLSX and ODS files are: a ZIP archive whose parts are read with a bound, whatever they say of their size.
//!
//! Must not know of: what stands in the parts.

use std::io::{BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::SheetFault;

/// Most bytes of a part when it is unpacked: 256 MiB.
pub(super) const MAX_PART_BYTES: u64 = 256 << 20;

/// An archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, SheetFault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error.to_string()))?;
        Ok(Self { archive })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Reads a part; nothing if there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<impl BufRead + use<'_, 'b>>, SheetFault> {
        if !self.has(name) {
            return Ok(None);
        }
        let part = self.archive.by_name(name).map_err(|error| wrong(&error.to_string()))?;
        // One byte more than is read, so that a longer one is noticed.
        Ok(Some(BufReader::new(part.take(MAX_PART_BYTES + 1))))
    }
}

/// What is wrong with the file, in the words of what reads it.
pub(super) fn wrong(message: &str) -> SheetFault {
    SheetFault::NoSheet { message: message.chars().take(160).collect() }
}
