//! Reads XML into a bounded tree of DMN's own elements; those of other namespaces (diagrams, extensions) are left out.
//!
//! No document type, no entities but XML's five, bounded bytes, depth and elements. Must not know decisions.

use quick_xml::NsReader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::{DmnError, DmnErrorKind, NAMESPACE, OWN_NAMESPACE};
use crate::span::Span;

/// Most bytes of a file.
const MAX_BYTES: usize = 16 << 20;
/// Deepest nesting. DMN's own schema is recursive only in boxed expressions, which are not read.
const MAX_DEPTH: usize = 64;
/// The number under which spans know the file.
const FILE: u32 = 0;
/// Most elements.
const MAX_ELEMENTS: usize = 500_000;

/// The namespaces of DMN 1.1, 1.2, 1.3, 1.4 and 1.5.
const NAMESPACES: [&str; 5] = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    NAMESPACE,
];

/// One element of DMN.
#[derive(Debug)]
pub(super) struct Element {
    /// The name without a prefix.
    pub(super) name: String,
    attributes: Vec<(Owner, String, String)>,
    pub(super) children: Vec<Element>,
    /// The text directly inside.
    pub(super) text: String,
    /// Its content, between the tags.
    pub(super) span: Span,
    /// Its first tag.
    pub(super) tag: Span,
}

/// Whose an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Dmn,
    Own,
}

impl Element {
    /// An element whose first tag is `tag`.
    fn open(name: &str, tag: Span) -> Self {
        Self {
            name: name.to_owned(),
            attributes: Vec::new(),
            children: Vec::new(),
            text: String::new(),
            span: Span::new(FILE, tag.end, tag.end),
            tag,
        }
    }

    /// DMN's attribute `name`.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_of(Owner::Dmn, name)
    }

    /// The attribute `name` of [`OWN_NAMESPACE`].
    pub(super) fn own_attribute(&self, name: &str) -> Option<&str> {
        self.attribute_of(Owner::Own, name)
    }

    fn attribute_of(&self, owner: Owner, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(o, n, _)| *o == owner && n == name).map(|(.., value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// The root element of `xml`.
pub(super) fn parse(xml: &str) -> Result<Element, DmnError> {
    if xml.len() > MAX_BYTES {
        let kind = DmnErrorKind::TooLarge { bytes: xml.len(), max: MAX_BYTES };
        return Err(DmnError { span: Span::start_of(FILE), kind });
    }
    let mut reader = NsReader::from_str(xml.strip_prefix('\u{feff}').unwrap_or(xml));
    reader.config_mut().expand_empty_elements = true;
    let mut tree = Tree::default();
    while !tree.finished {
        let at = position(&reader);
        tree.step(&mut reader).map_err(|kind| DmnError { span: Span::new(FILE, at, position(&reader)), kind })?;
    }
    match tree.root {
        Some(root) => Ok(root),
        None => Err(DmnError { span: Span::start_of(FILE), kind: not_dmn("", "") }),
    }
}

fn position(reader: &NsReader<&[u8]>) -> u32 {
    u32::try_from(reader.buffer_position()).unwrap_or(u32::MAX)
}

fn not_dmn(namespace: &str, element: &str) -> DmnErrorKind {
    let short = |text: &str| text.chars().take(100).collect();
    DmnErrorKind::NotDmn { namespace: short(namespace), element: short(element) }
}

fn malformed(error: impl std::fmt::Display) -> DmnErrorKind {
    DmnErrorKind::Malformed { message: error.to_string() }
}

/// The tree as far as it is read.
#[derive(Default)]
struct Tree {
    root: Option<Element>,
    open: Vec<Element>,
    /// How many elements of other namespaces are open; everything inside is left out.
    foreign: usize,
    elements: usize,
    finished: bool,
}

impl Tree {
    fn step(&mut self, reader: &mut NsReader<&[u8]>) -> Result<(), DmnErrorKind> {
        let at = position(reader);
        let (namespace, event) = reader.read_resolved_event().map_err(malformed)?;
        let namespace = match namespace {
            ResolveResult::Bound(Namespace(name)) => name.to_owned(),
            _ => String::new(),
        };
        match event {
            Event::Start(start) => self.start(&namespace, &start, at, reader)?,
            Event::End(_) => self.end(position(reader)),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.text(&resolved(&reference)?),
            Event::DocType(_) => return Err(DmnErrorKind::DocumentType),
            Event::Eof if self.open.is_empty() && self.foreign == 0 => self.finished = true,
            Event::Eof => return Err(malformed("the file ends inside an element")),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(())
    }

    fn start(
        &mut self,
        namespace: &str,
        start: &BytesStart<'_>,
        at: u32,
        reader: &NsReader<&[u8]>,
    ) -> Result<(), DmnErrorKind> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(DmnErrorKind::TooManyElements { max: MAX_ELEMENTS });
        }
        if self.open.len() + self.foreign >= MAX_DEPTH {
            return Err(DmnErrorKind::TooDeep { max: MAX_DEPTH });
        }
        let name = start.local_name().into_inner();
        let is_dmn = NAMESPACES.contains(&namespace);
        if self.open.is_empty() && (self.root.is_some() || !is_dmn || name != "definitions") {
            return Err(not_dmn(namespace, name));
        }
        if self.foreign > 0 || !is_dmn {
            self.foreign += 1;
            return Ok(());
        }
        let tag = Span::new(FILE, at, position(reader));
        let mut element = Element::open(name, tag);
        for attribute in start.attributes() {
            let attribute = attribute.map_err(malformed)?;
            let (owner, name) = reader.resolver().resolve_attribute(attribute.key);
            let owner = match owner {
                ResolveResult::Unbound => Owner::Dmn,
                ResolveResult::Bound(Namespace(OWN_NAMESPACE)) => Owner::Own,
                _ => continue,
            };
            let value = attribute.normalized_value(Implicit1_0).map_err(malformed)?;
            element.attributes.push((owner, name.into_inner().to_owned(), value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self, at: u32) {
        if self.foreign > 0 {
            self.foreign -= 1;
            return;
        }
        let Some(mut element) = self.open.pop() else { return };
        // The end tag is read; the content ended before it.
        let tag = u32::try_from(element.name.len()).unwrap_or(0) + 3;
        element.span.end = at.saturating_sub(tag).max(element.span.start);
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str) {
        if self.foreign == 0
            && let Some(element) = self.open.last_mut()
        {
            element.text.push_str(text);
        }
    }
}

/// The character that `&name;` stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, DmnErrorKind> {
    if let Some(c) = reference.resolve_char_ref().map_err(malformed)? {
        return Ok(c.to_string());
    }
    let name = reference.xml10_content();
    let known = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
    known.ok_or_else(|| DmnErrorKind::UnknownEntity { name: name.chars().take(40).collect() })
}
