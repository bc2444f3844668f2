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
        Ok(Some(Bounded { part: BufReader::new(part.take(MAX_PART_BYTES + 1)), since: 0 }))
    }
}

/// A part in which no text and no tag is longer than a cell may be: a reader of XML keeps each of them whole, and a small archive can hold a huge one.
struct Bounded<R> {
    part: R,
    /// Bytes since the last beginning or end of a tag.
    since: usize,
}

/// Most bytes of a text or a tag: a cell's, each of them written as an entity.
const MAX_RUN_BYTES: usize = 8 * super::MAX_CELL_BYTES;

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(to.len());
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from;
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.since > MAX_RUN_BYTES {
            return Err(std::io::Error::other("a text or a tag in it is longer than a cell may be"));
        }
        self.part.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let taken = self.part.fill_buf().unwrap_or_default();
        let taken = taken.get(..count).unwrap_or(taken);
        let run = taken.iter().rev().position(|byte| matches!(byte, b'<' | b'>'));
        self.since = run.unwrap_or_else(|| self.since.saturating_add(taken.len()));
        self.part.consume(count);
    }
}

/// What is wrong with the file, in the words of what reads it.
pub(super) fn wrong(message: &str) -> SheetFault {
    SheetFault::NoSheet { message: message.chars().take(160).collect() }
}
