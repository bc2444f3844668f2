//! Reads a text into the flat tree, element by element.
//!
//! Must not know of: what elements mean.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::{Attribute, Document, Limits, Node, XmlError, XmlFault};
use crate::span::Span;

/// The number under which spans know the file.
const FILE: u32 = 0;
/// Most namespaces that a text may name: messages have five, and each new name is looked for among all.
const MAX_NAMESPACES: usize = 128;
/// Most characters of the text's own that a fault repeats.
const MAX_QUOTED: usize = 40;

pub(super) fn document(text: &str, limits: Limits) -> Result<Document<'_>, XmlError> {
    if text.len() > limits.bytes {
        let fault = XmlFault::TooLarge { bytes: text.len(), max: limits.bytes };
        return Err(XmlError { span: Span::start_of(FILE), fault });
    }
    Reading::new(text, limits).run()
}

/// A document as far as it is read.
struct Reading<'a> {
    text: &'a str,
    /// Bytes before what the reader sees: a byte order mark.
    skipped: usize,
    limits: Limits,
    reader: NsReader<&'a [u8]>,
    document: Document<'a>,
    /// Indexes of the elements that are open.
    open: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str, limits: Limits) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = NsReader::from_str(body);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_comments = true;
        // Some 40 bytes an element where there are no remarks; more room costs more than it spares.
        let nodes = Vec::with_capacity((text.len() / 64).min(limits.elements));
        let document = Document { nodes, attributes: Vec::new(), namespaces: vec![String::new()] };
        Self { text, skipped: text.len() - body.len(), limits, reader, document, open: Vec::new() }
    }

    fn run(mut self) -> Result<Document<'a>, XmlError> {
        loop {
            let at = self.position();
            match self.step(at) {
                Ok(true) => {}
                Ok(false) => return Ok(self.document),
                Err(fault) => {
                    let wrong = self.skipped + usize::try_from(self.reader.error_position()).unwrap_or(at);
                    let start = if matches!(fault, XmlFault::Malformed { .. }) { wrong.max(at) } else { at };
                    return Err(XmlError { span: span(start, self.position().max(start)), fault });
                }
            }
        }
    }

    fn position(&self) -> usize {
        self.skipped + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Reads what begins at byte `at`; whether there is more.
    fn step(&mut self, at: usize) -> Result<bool, XmlFault> {
        match self.reader.read_event().map_err(malformed)? {
            Event::Start(start) => self.start(&start, at)?,
            Event::End(_) => self.end(at),
            Event::Text(text) => self.push(text.xml10_content(), false)?,
            Event::CData(text) => self.push(text.xml10_content(), true)?,
            Event::GeneralRef(reference) => self.push(resolved(&reference)?, true)?,
            Event::DocType(_) => return Err(XmlFault::DocumentType),
            Event::Eof => return self.finished().map(|()| false),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(true)
    }

    fn start(&mut self, start: &BytesStart<'a>, at: usize) -> Result<(), XmlFault> {
        let name = self.name(start, at)?;
        if self.document.nodes.len() >= self.limits.elements {
            return Err(XmlFault::TooManyElements { max: self.limits.elements });
        }
        if self.open.len() >= self.limits.depth {
            return Err(XmlFault::TooDeep { max: self.limits.depth });
        }
        if self.open.is_empty() && !self.document.nodes.is_empty() {
            return Err(XmlFault::SecondRoot { element: short(name) });
        }
        let (result, _) = self.reader.resolver().resolve_element(start.name());
        let namespace = interned(&mut self.document.namespaces, &result)?;
        let first = self.document.attributes.len();
        self.attributes(start)?;
        let after = self.position();
        self.open.push(self.document.nodes.len());
        self.document.nodes.push(Node {
            namespace,
            name,
            text: Cow::Borrowed(""),
            tag: span(at, after),
            content: span(after, after),
            end: 0,
            attributes: (first, self.document.attributes.len()),
        });
        Ok(())
    }

    /// The local name of the tag that begins at byte `at`, as it stands in the text.
    fn name(&self, start: &BytesStart<'a>, at: usize) -> Result<&'a str, XmlFault> {
        let whole = start.name().into_inner().len();
        let local = start.local_name().into_inner().len();
        let end = at + 1 + whole;
        let name = self.text.get(end - local..end).unwrap_or_default();
        let first = name.chars().next().ok_or_else(|| malformed("a tag without a name"))?;
        // The reader takes any character for one of a name (XML 1.0, section 2.3); these are the ones that people write by mistake.
        if first.is_ascii_digit() || name.contains(['<', '&', '"', '\'', '=', ',', ';', '/']) {
            return Err(malformed(format!("`{}` is no name of an element", short(name))));
        }
        Ok(name)
    }

    fn attributes(&mut self, start: &BytesStart<'a>) -> Result<(), XmlFault> {
        for attribute in start.attributes() {
            let attribute = attribute.map_err(malformed)?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (result, local) = self.reader.resolver().resolve_attribute(attribute.key);
            let namespace = interned(&mut self.document.namespaces, &result)?;
            let name = place_of(self.text, local.into_inner());
            let value = attribute.normalized_value(Implicit1_0).map_err(malformed)?;
            let value = match value {
                Cow::Borrowed(value) => Cow::Borrowed(place_of(self.text, value)),
                Cow::Owned(value) => Cow::Owned(value),
            };
            self.document.attributes.push(Attribute { namespace, name, value });
        }
        Ok(())
    }

    fn end(&mut self, at: usize) {
        let after = self.document.nodes.len();
        if let Some(node) = self.open.pop().and_then(|open| self.document.nodes.get_mut(open)) {
            node.end = after;
            // `<a/>` ends where it begins.
            node.content.end = u32_of(at).max(node.content.start);
        }
    }

    /// Adds `text` to the element that is open. Space before the first of it is no text, unless somebody took the trouble to mark it.
    fn push(&mut self, text: Cow<'a, str>, marked: bool) -> Result<(), XmlFault> {
        let blank = !marked && text.bytes().all(|byte| byte.is_ascii_whitespace());
        let Some(node) = self.open.last().and_then(|open| self.document.nodes.get_mut(*open)) else {
            return if blank { Ok(()) } else { Err(malformed("text outside of the one element")) };
        };
        if node.text.is_empty() {
            if !blank {
                node.text = text;
            }
        } else {
            node.text.to_mut().push_str(&text);
        }
        Ok(())
    }

    fn finished(&self) -> Result<(), XmlFault> {
        match self.open.last().and_then(|open| self.document.nodes.get(*open)) {
            Some(node) => Err(XmlFault::Truncated { element: short(node.name) }),
            None if self.document.nodes.is_empty() => Err(XmlFault::Empty),
            None => Ok(()),
        }
    }
}

/// `part` as the piece of `text` that it is; a copy cannot be one, and is then empty.
fn place_of<'a>(text: &'a str, part: &str) -> &'a str {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    text.get(start..start.saturating_add(part.len())).unwrap_or_default()
}

/// The index of a namespace; the few that a file has are looked through from the newest.
fn interned(namespaces: &mut Vec<String>, result: &ResolveResult<'_>) -> Result<usize, XmlFault> {
    let name = match result {
        ResolveResult::Bound(Namespace(name)) => *name,
        ResolveResult::Unbound => return Ok(0),
        ResolveResult::Unknown(prefix) => {
            return Err(malformed(format!("the prefix `{}:` stands for no namespace", short(prefix))));
        }
    };
    match namespaces.iter().rposition(|known| known == name) {
        Some(index) => Ok(index),
        None if namespaces.len() >= MAX_NAMESPACES => Err(malformed(format!("more than {MAX_NAMESPACES} namespaces"))),
        None => {
            namespaces.push(name.to_owned());
            Ok(namespaces.len() - 1)
        }
    }
}

/// The character that `&name;` stands for.
fn resolved<'a>(reference: &BytesRef<'a>) -> Result<Cow<'a, str>, XmlFault> {
    if let Some(c) = reference.resolve_char_ref().map_err(malformed)? {
        return Ok(Cow::Owned(c.to_string()));
    }
    let name = reference.xml10_content();
    let known = quick_xml::escape::resolve_predefined_entity(&name).map(|text| Cow::Owned(text.to_owned()));
    known.ok_or_else(|| XmlFault::UnknownEntity { name: short(&name) })
}

fn malformed(error: impl std::fmt::Display) -> XmlFault {
    XmlFault::Malformed { message: error.to_string() }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_QUOTED).collect()
}

fn span(start: usize, end: usize) -> Span {
    Span::new(FILE, u32_of(start), u32_of(end))
}

fn u32_of(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
