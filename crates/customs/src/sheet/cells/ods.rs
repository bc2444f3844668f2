//! ODS: the rows of one table of a spreadsheet document (OASIS OpenDocument 1.3 part 3, section 9), numbers as they are written.
//!
//! Must not know of: what the columns mean.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{MAX_PART_BYTES, Package, wrong};
use super::xlsx::{attribute, entity};
use super::{MAX_COLUMNS, MAX_ROWS, Row, SheetFault, Take, add, plain};

/// Gives each row to `take`.
pub(super) fn read(package: &mut Package<'_>, sheet: Option<&str>, take: &mut Take<'_>) -> Result<(), SheetFault> {
    let Some(part) = package.part("content.xml")? else { return Err(wrong("it has no content.xml")) };
    let mut reader = Reader::from_reader(part);
    let mut reading = Reading::default();
    let mut there = Vec::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let mut more = true;
        let event = reader.read_event_into(&mut buffer).map_err(|error| wrong(&error.to_string()))?;
        if reader.buffer_position() > MAX_PART_BYTES {
            return Err(SheetFault::TooLarge { max: MAX_PART_BYTES });
        }
        match event {
            Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name").unwrap_or_default();
                if sheet.is_none_or(|wanted| wanted == name) {
                    reading.table = Some(name.clone());
                }
                there.push(name.chars().take(40).collect());
            }
            Event::End(tag) if tag.name().as_ref() == "table:table" && reading.table.is_some() => return Ok(()),
            Event::Eof => {
                let name = sheet.unwrap_or_default().chars().take(40).collect();
                return Err(SheetFault::Unnamed { name, there });
            }
            _ if reading.table.is_none() => {}
            Event::Start(tag) => reading.open(&tag)?,
            Event::Empty(tag) => {
                reading.open(&tag)?;
                more = reading.close(tag.name().as_ref(), take)?;
            }
            Event::Text(text) => reading.text(&text.xml10_content())?,
            Event::GeneralRef(name) => reading.text(&entity(&name)?)?,
            Event::End(tag) => more = reading.close(tag.name().as_ref(), take)?,
            _ => {}
        }
        if !more {
            return Ok(());
        }
    }
}

#[derive(Default)]
struct Reading {
    /// The table that is meant, once it is open.
    table: Option<String>,
    row: Row,
    /// How often the row stands there.
    rows: u32,
    /// Where the next cell stands.
    column: usize,
    /// How often the open cell stands there.
    cells: usize,
    value: Option<String>,
    text: String,
    /// Whether a paragraph of the cell is open.
    open: bool,
    /// How many annotations are open: their text is not the cell's.
    aside: usize,
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), SheetFault> {
        let count = |name: &str| attribute(tag, name).and_then(|count| count.parse::<u32>().ok()).unwrap_or(1).max(1);
        match tag.name().as_ref() {
            "table:table-row" => {
                self.row = Row { number: self.row.number.saturating_add(1), ..Row::default() };
                self.rows = count("table:number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cells = usize::try_from(count("table:number-columns-repeated")).unwrap_or(1);
                let number =
                    matches!(attribute(tag, "office:value-type").as_deref(), Some("float" | "currency" | "percentage"));
                self.value = attribute(tag, "office:value").filter(|_| number);
                self.text.clear();
            }
            "text:p" if self.aside == 0 => {
                if !self.text.is_empty() {
                    add(&mut self.text, "\n")?;
                }
                self.open = true;
            }
            "office:annotation" => self.aside += 1,
            "text:s" | "text:tab" => self.text(" ")?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SheetFault> {
        if self.open && self.aside == 0 { add(&mut self.text, text) } else { Ok(()) }
    }

    /// Whether there is a use for more.
    fn close(&mut self, name: &str, take: &mut Take<'_>) -> Result<bool, SheetFault> {
        match name {
            "text:p" => self.open = false,
            "office:annotation" => self.aside = self.aside.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                let text = self.value.take().map_or_else(|| std::mem::take(&mut self.text), |value| plain(&value));
                for column in self.column..self.column.saturating_add(self.cells).min(MAX_COLUMNS) {
                    if is_error(&text) {
                        self.row.errors.push(column);
                    }
                    self.row.set(column, text.clone());
                }
                self.column = self.column.saturating_add(self.cells);
            }
            "table:table-row" => return self.rows(take),
            _ => {}
        }
        Ok(true)
    }

    /// Gives the row as often as it stands there.
    fn rows(&mut self, take: &mut Take<'_>) -> Result<bool, SheetFault> {
        let name = self.table.as_deref().unwrap_or_default();
        let last = self.row.number.saturating_add(self.rows - 1);
        if self.row.is_blank() {
            self.row.number = last;
            return Ok(true);
        }
        if last > MAX_ROWS {
            return Err(wrong("there are more rows than a sheet has"));
        }
        loop {
            if !take(name, &self.row) {
                return Ok(false);
            }
            if self.row.number >= last {
                return Ok(true);
            }
            self.row.number += 1;
        }
    }
}

/// Whether a text is what a formula that failed shows: one of the errors that spreadsheets' programs have in common, or one that LibreOffice numbers. A description
/// may begin with `#`, too.
fn is_error(text: &str) -> bool {
    let numbered = text.strip_prefix("Err:").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    numbered || matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!")
}
