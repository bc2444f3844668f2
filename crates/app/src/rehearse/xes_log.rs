//! Reads a log from XES (IEEE 1849-2016): the wanted attributes, event by event. A trace's attribute `KEY` is wanted as `case:KEY`.
//!
//! Must not know of: what the attributes mean. Entities but XML's own, document types and deep nesting are refused.

use quick_xml::Reader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::events::{BytesStart, Event};

use super::mistake::{Mistakes, Source, Unreadable, Wrong};

/// Deepest nesting: log, trace, event, and lists of attributes in attributes.
const DEPTH_MAX: usize = 64;

/// Calls `row` with the line and the wanted attributes of each event, in the order wanted.
pub(super) fn read(text: &str, wanted: &[&str], row: &mut dyn FnMut(u64, &[Option<&str>])) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::new(text, wanted);
    loop {
        let event = reader.read_event();
        walk.seen_to(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        match event.map_err(|error| walk.malformed(&error))? {
            Event::Start(start) => walk.start(&start)?,
            Event::End(_) => walk.end(row),
            Event::DocType(_) => return Err(walk.malformed(&"a document type, which XES has not")),
            Event::Eof => return walk.finish(),
            _ => {}
        }
    }
}

struct Walk<'a> {
    text: &'a str,
    wanted: &'a [&'a str],
    /// Names of the elements that are open.
    open: Vec<String>,
    /// What the trace says, by wanted attribute.
    of_trace: Vec<Option<String>>,
    /// What the event says.
    of_event: Vec<Option<String>>,
    /// Which wanted attributes were met at all.
    met: Vec<bool>,
    /// The line where the newest event begins; nothing before the first.
    event_line: Option<u64>,
    line: u64,
    at: usize,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, wanted: &'a [&'a str]) -> Self {
        let none = vec![None; wanted.len()];
        let met = vec![false; wanted.len()];
        Self {
            text,
            wanted,
            open: Vec::new(),
            of_trace: none.clone(),
            of_event: none,
            met,
            event_line: None,
            line: 1,
            at: 0,
        }
    }

    /// Counts the lines up to this byte.
    fn seen_to(&mut self, at: usize) {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u64::try_from(breaks).unwrap_or(u64::MAX));
        self.at = self.at.max(at);
    }

    fn malformed(&self, why: &dyn std::fmt::Display) -> Unreadable {
        // The reader reports an element that is still open at the end as a missing end tag.
        let rest = self.text.get(self.at..).unwrap_or_default().trim();
        let wrong = match self.open.last() {
            Some(element) if rest.is_empty() => Wrong::Truncated { element: element.clone() },
            _ => Wrong::Malformed { format: "XES", why: why.to_string() },
        };
        Unreadable::one(Source::Log, Some(self.line), wrong)
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        let name = start.local_name().into_inner().to_owned();
        if self.open.is_empty() && name != "log" {
            return Err(self.malformed(&format!("its root is <{name}>, not <log>")));
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(self.malformed(&format!("elements nest more than {DEPTH_MAX} deep")));
        }
        let place: Vec<&str> = self.open.iter().map(String::as_str).collect();
        match (place.as_slice(), name.as_str()) {
            (["log"], "trace") => self.of_trace.fill(None),
            (["log", "trace"], "event") => {
                self.of_event.fill(None);
                self.event_line = Some(self.line);
            }
            (["log", "trace"], _) => self.attribute(start, true)?,
            (["log", "trace", "event"], _) => self.attribute(start, false)?,
            _ => {}
        }
        self.open.push(name);
        Ok(())
    }

    /// Keeps an attribute if it is wanted.
    fn attribute(&mut self, start: &BytesStart<'_>, of_trace: bool) -> Result<(), Unreadable> {
        let said = |name: &str| -> Result<Option<String>, Unreadable> {
            let found = start.try_get_attribute(name).map_err(|error| self.malformed(&error))?;
            let value = found.map(|found| found.normalized_value(Implicit1_0)).transpose();
            Ok(value.map_err(|error| self.malformed(&error))?.map(std::borrow::Cow::into_owned))
        };
        let (Some(key), Some(value)) = (said("key")?, said("value")?) else { return Ok(()) };
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let values = if of_trace { &mut self.of_trace } else { &mut self.of_event };
        for ((column, place), met) in self.wanted.iter().zip(values).zip(&mut self.met) {
            let wanted_key = if of_trace { column.strip_prefix("case:") } else { Some(*column) };
            if wanted_key == Some(key.as_str()) {
                place.clone_from(&value);
                *met = true;
            }
        }
        Ok(())
    }

    fn end(&mut self, row: &mut dyn FnMut(u64, &[Option<&str>])) {
        let closed = self.open.pop();
        let in_trace = self.open.last().is_some_and(|parent| parent == "trace") && self.open.len() == 2;
        if in_trace && closed.as_deref() == Some("event") {
            let cells: Vec<Option<&str>> = self
                .of_trace
                .iter()
                .zip(&self.of_event)
                .map(|(trace, event)| event.as_deref().or(trace.as_deref()))
                .collect();
            row(self.event_line.unwrap_or(self.line), &cells);
        }
    }

    fn finish(self) -> Result<(), Unreadable> {
        if let Some(element) = self.open.last() {
            let wrong = Wrong::Truncated { element: element.clone() };
            return Err(Unreadable::one(Source::Log, Some(self.line), wrong));
        }
        let mut mistakes = Mistakes::new(Source::Log);
        for (column, met) in self.wanted.iter().zip(&self.met) {
            // Without any event there is no column to miss.
            if !met && self.event_line.is_some() {
                mistakes.add(None, Wrong::NoColumn { column: (*column).to_owned(), there: Vec::new() });
            }
        }
        mistakes.settle()
    }
}
