//! The record as an event log of the older kind: XES (IEEE 1849-2016), a trace for each case.
//!
//! Must not know of: files, secret keys.
//!
//! It says what [`crate::ocel`] says of events and cases, and no more: `concept:name` is the event's kind with its stage, of a case its pseudonym in the
//! public log; `org:role` and `org:group` are the role and the authority whose desk it was. There are no persons, so no `org:resource`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use store::Store;

use crate::extract::{Cases, Drawn, ExtractError, Selection};
use crate::ocel::Exported;
use crate::public_events::{self, Attribute, FACT, PublicEvent, case_name};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
<classifier name="Activity" keys="concept:name"/>
"#;

/// Writes the cases of a selection as traces.
///
/// # Errors
/// As [`crate::ocel::export`].
pub async fn export(store: &dyn Store, selection: &Selection, out: &mut dyn Write) -> Result<Exported, ExtractError> {
    let mut cases = Cases::of(store, selection).await?;
    let Some(mut drawn) = cases.next().await? else { return Err(cases.empty().await?) };
    let mut exported = Exported::default();
    out.write_all(HEAD.as_bytes())?;
    loop {
        let mut events = Vec::with_capacity(drawn.events.len());
        for (row, event) in &drawn.events {
            events.push(public_events::of(&drawn, row, event)?);
        }
        trace(out, &drawn, &events)?;
        exported.cases = exported.cases.saturating_add(1);
        exported.events = exported.events.saturating_add(events.len() as u64);
        match cases.next().await? {
            Some(next) => drawn = next,
            None => break,
        }
    }
    out.write_all(b"</log>\n")?;
    Ok(exported)
}

/// A case, with what stands of it last, and its events.
fn trace(out: &mut dyn Write, drawn: &Drawn, events: &[PublicEvent]) -> io::Result<()> {
    let text = |text: &str| Attribute::Text(text.to_owned());
    let mut own = BTreeMap::from([
        ("concept:name".to_owned(), text(&case_name(drawn.row.case))),
        ("service".to_owned(), text(&drawn.service.name)),
        ("definition".to_owned(), text(&drawn.definition.to_string())),
    ]);
    for (name, value) in events.iter().flat_map(|event| &event.attributes) {
        if name.starts_with(FACT) || name == "outcome" {
            own.insert(name.clone(), value.clone());
        }
    }
    out.write_all(b"<trace>\n")?;
    own.iter().try_for_each(|(name, value)| attribute(out, name, value))?;
    for event in events {
        out.write_all(b"<event>\n")?;
        attribute(out, "concept:name", &text(&event.activity))?;
        attribute(out, "time:timestamp", &Attribute::Time(event.at))?;
        attribute(out, "lifecycle:transition", &text("complete"))?;
        if let Some(desk) = &event.desk {
            attribute(out, "org:group", &text(&desk.authority))?;
            desk.role.iter().try_for_each(|role| attribute(out, "org:role", &text(role)))?;
        }
        event.attributes.iter().try_for_each(|(name, value)| attribute(out, name, value))?;
        out.write_all(b"</event>\n")?;
    }
    out.write_all(b"</trace>\n")
}

fn attribute(out: &mut dyn Write, key: &str, value: &Attribute) -> io::Result<()> {
    let (element, value) = match value {
        Attribute::Text(text) => ("string", escaped(text)),
        Attribute::Int(number) => ("int", number.to_string()),
        Attribute::Bool(is_so) => ("boolean", is_so.to_string()),
        Attribute::Time(at) => ("date", instant(*at)),
    };
    writeln!(out, "<{element} key=\"{}\" value=\"{value}\"/>", escaped(key))
}

/// As `xs:dateTime` has it, with milliseconds: some readers want a fraction.
fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A text in an attribute (XML 1.0, sections 2.2, 2.4 and 3.3.3). A character that XML has not is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(character))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_code_holds_can_be_read_again() {
        let mut out = Vec::new();
        attribute(&mut out, "fact.k", &Attribute::Text("a\"<&>\n\u{1}ب".to_owned())).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "<string key=\"fact.k\" value=\"a&quot;&lt;&amp;&gt;&#10;\u{fffd}ب\"/>\n");
    }

    #[test]
    fn instants_have_milliseconds() {
        assert_eq!(instant("2026-06-13T10:00:00Z".parse().unwrap()), "2026-06-13T10:00:00.000Z");
        assert_eq!(instant("2026-06-13T10:00:00.0129Z".parse().unwrap()), "2026-06-13T10:00:00.012Z");
    }
}
