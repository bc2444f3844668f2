//! XLSX: the rows of one sheet of a workbook (ECMA-376 part 1, section 18), numbers as they are written, without passing through floats.
//!
//! Must not know of: what the columns mean. Formulas count by the value that was saved with them.

mod parts;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{MAX_PART_BYTES, Package, wrong};
use super::{MAX_COLUMNS, MAX_ROWS, Row, SheetFault, Take, add, plain};
pub(super) use parts::{attribute, entity};
use parts::{shared_strings, sheet_part};

/// Gives each row to `take`.
pub(super) fn read(package: &mut Package<'_>, sheet: Option<&str>, take: &mut Take<'_>) -> Result<(), SheetFault> {
    let (name, part) = sheet_part(package, sheet)?;
    let strings = shared_strings(package)?;
    let Some(part) = package.part(&part)? else { return Err(wrong("the part of the sheet is missing")) };
    let mut reader = Reader::from_reader(part);
    let mut reading = Reading { strings: &strings, row: Row::default(), cell: None };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| wrong(&error.to_string()))?;
        if reader.buffer_position() > MAX_PART_BYTES {
            return Err(SheetFault::TooLarge { max: MAX_PART_BYTES });
        }
        match event {
            Event::Start(tag) => reading.open(&tag)?,
            Event::Empty(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(()),
            Event::Empty(tag) if tag.local_name().as_ref() == "row" => reading.open(&tag)?,
            Event::Text(text) => reading.text(&text.xml10_content())?,
            Event::GeneralRef(name) => reading.text(&entity(&name)?)?,
            Event::CData(text) => reading.text(&text.xml10_content())?,
            Event::End(tag) => match tag.local_name().as_ref() {
                "row" if !reading.row.is_blank() && !take(&name, &reading.row) => return Ok(()),
                "sheetData" => return Ok(()),
                other => reading.close(other),
            },
            Event::Eof => return Err(wrong("the sheet is cut off")),
            _ => {}
        }
    }
}

/// A cell that is open.
struct Cell {
    column: usize,
    kind: String,
    /// Whether its value is open.
    open: bool,
    text: String,
}

struct Reading<'s> {
    strings: &'s [String],
    row: Row,
    cell: Option<Cell>,
}

impl Reading<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), SheetFault> {
        match tag.local_name().as_ref() {
            "row" => {
                let number = attribute(tag, "r").and_then(|number| number.parse().ok());
                let number = number.unwrap_or(self.row.number.saturating_add(1));
                if number > MAX_ROWS {
                    return Err(wrong("there are more rows than a sheet has"));
                }
                self.row = Row { number, ..Row::default() };
            }
            "c" => {
                let named = attribute(tag, "r").and_then(|name| column(&name));
                let column = named.unwrap_or(self.row.cells.len());
                let kind = attribute(tag, "t").unwrap_or_default();
                self.cell = Some(Cell { column, kind, open: false, text: String::new() });
            }
            "v" | "t" => {
                if let Some(cell) = &mut self.cell {
                    cell.open = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SheetFault> {
        self.cell.as_mut().filter(|cell| cell.open).map_or(Ok(()), |cell| add(&mut cell.text, text))
    }

    fn close(&mut self, name: &str) {
        match name {
            "v" | "t" => {
                if let Some(cell) = &mut self.cell {
                    cell.open = false;
                }
            }
            "c" => {
                let Some(cell) = self.cell.take().filter(|cell| cell.column < MAX_COLUMNS) else { return };
                let text = match cell.kind.as_str() {
                    "s" => {
                        let at = cell.text.trim().parse::<usize>().ok();
                        at.and_then(|at| self.strings.get(at)).cloned().unwrap_or_default()
                    }
                    "" | "n" => plain(cell.text.trim()),
                    _ => cell.text,
                };
                if cell.kind == "e" {
                    self.row.errors.push(cell.column);
                }
                self.row.set(cell.column, text);
            }
            _ => {}
        }
    }
}

/// The column of a cell's name, from 0: `B7` is 1.
fn column(name: &str) -> Option<usize> {
    let mut column = 0_usize;
    for letter in name.bytes().take_while(u8::is_ascii_uppercase) {
        column = column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1)?;
    }
    column.checked_sub(1)
}
