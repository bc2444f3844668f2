//! The other parts of a workbook: which sheets it has, where they stand, and the texts that its cells share.
//!
//! Must not know of: rows.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::package::{MAX_PART_BYTES, Package, wrong};
use super::{SheetFault, add};

/// Most texts that cells share.
const MAX_STRINGS: usize = 2_000_000;

/// The name of the sheet that is meant, and its part.
pub(super) fn sheet_part(package: &mut Package<'_>, wanted: Option<&str>) -> Result<(String, String), SheetFault> {
    let mut sheets: Vec<(String, String)> = Vec::new();
    elements(package, "xl/workbook.xml", "sheet", |tag| {
        sheets.extend(attribute(tag, "name").zip(attribute(tag, "r:id").or_else(|| attribute(tag, "id"))));
    })?;
    let found = wanted.map_or(sheets.first(), |wanted| sheets.iter().find(|(name, _)| name == wanted));
    let Some((name, id)) = found else {
        let there = sheets.iter().map(|(name, _)| name.chars().take(40).collect()).collect();
        return Err(SheetFault::Unnamed { name: wanted.unwrap_or_default().chars().take(40).collect(), there });
    };
    let mut target = None;
    elements(package, "xl/_rels/workbook.xml.rels", "Relationship", |tag| {
        if attribute(tag, "Id").as_ref() == Some(id) {
            target = attribute(tag, "Target");
        }
    })?;
    let target = target.ok_or_else(|| wrong("the sheet has no part"))?;
    let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
    Ok((name.clone(), part))
}

/// The texts that cells share; none if there is no such part.
pub(super) fn shared_strings(package: &mut Package<'_>) -> Result<Vec<String>, SheetFault> {
    let mut strings: Vec<String> = Vec::new();
    let Some(part) = package.part("xl/sharedStrings.xml")? else { return Ok(strings) };
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    // Inside of a text, and not inside of how it is pronounced.
    let (mut open, mut aside) = (false, false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| wrong(&error.to_string()))?;
        if reader.buffer_position() > MAX_PART_BYTES || strings.len() > MAX_STRINGS {
            return Err(SheetFault::TooLarge { max: MAX_PART_BYTES });
        }
        let mut last =
            |text: &str| strings.last_mut().filter(|_| open && !aside).map_or(Ok(()), |last| add(last, text));
        match event {
            Event::Text(text) => last(&text.xml10_content())?,
            Event::GeneralRef(name) => last(&entity(&name)?)?,
            Event::CData(text) => last(&text.xml10_content())?,
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => strings.push(String::new()),
                "t" => open = true,
                "rPh" => aside = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => open = false,
                "rPh" => aside = false,
                _ => {}
            },
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Gives each element named `name` of a part to `take`.
fn elements(
    package: &mut Package<'_>,
    part: &str,
    name: &str,
    mut take: impl FnMut(&BytesStart<'_>),
) -> Result<(), SheetFault> {
    let Some(content) = package.part(part)? else { return Err(wrong(&format!("it has no {part}"))) };
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| wrong(&error.to_string()))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => take(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if reader.buffer_position() > MAX_PART_BYTES {
            return Err(SheetFault::TooLarge { max: MAX_PART_BYTES });
        }
    }
}

/// The value of an attribute, by its name as it is written.
pub(in crate::sheet::cells) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// The character that an entity stands for.
pub(in crate::sheet::cells) fn entity(name: &BytesRef<'_>) -> Result<String, SheetFault> {
    let unescaped = quick_xml::escape::unescape(&format!("&{};", &**name)).map(Cow::into_owned);
    unescaped.map_err(|error| wrong(&error.to_string()))
}
