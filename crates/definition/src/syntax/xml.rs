//! XML as a flat tree that remembers where everything stood: bounded, without document types, with no entities but XML's own five.
//!
//! Must not know of: what elements mean. Nothing of a tree is copied from the text, so that reading a declaration costs little more than finding its tags.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use crate::span::Span;

/// The number under which spans know the file.
const FILE: u32 = 0;
/// Most characters of the text's own that a fault repeats.
const MAX_QUOTED: usize = 40;

/// What is read at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Elements in all.
    pub elements: usize,
}

/// Why a text is not read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// Where, in bytes, as file 0.
    pub span: Span,
    /// What.
    pub fault: XmlFault,
}

/// What is wrong with a text that should be XML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum XmlFault {
    /// More bytes than are read.
    #[error("the file has {bytes} bytes, and at most {max} are read")]
    TooLarge { bytes: usize, max: usize },
    /// Elements nested deeper than are read.
    #[error("elements are nested deeper than {max}")]
    TooDeep { max: usize },
    /// More elements than are read.
    #[error("the file has more than {max} elements")]
    TooManyElements { max: usize },
    /// A document type; its entities could be made to fill any memory.
    #[error("a document type, whose entities could fill any memory")]
    DocumentType,
    /// An entity other than XML's own five.
    #[error("the entity `&{name};`, which XML does not know by itself")]
    UnknownEntity { name: String },
    /// Not well-formed.
    #[error("this is not XML: {message}")]
    Malformed { message: String },
    /// The file ends too early.
    #[error("the file ends inside the element `{element}`")]
    Truncated { element: String },
    /// There is no element.
    #[error("there is no element in the file")]
    Empty,
    /// More than one element stands outside of all others.
    #[error("the file goes on with `{element}` after its one element has ended")]
    SecondRoot { element: String },
}

impl XmlFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooManyElements { .. } => "split it into several files",
            Self::TooDeep { .. } => "remove what does not belong into it",
            Self::DocumentType => "remove `<!DOCTYPE ...>`: nothing that is read here has a use for one",
            Self::UnknownEntity { .. } => "write the character itself, or its number, such as `&#160;`",
            Self::Malformed { .. } => "mend what stands there, or write the file again with a program that writes XML",
            Self::Truncated { .. } => "send the whole file: a part of it is missing",
            Self::Empty => "send a file with something in it",
            Self::SecondRoot { .. } => "send each in a file of its own",
        }
    }
}

/// One element.
#[derive(Debug)]
struct Node<'a> {
    /// Index of its namespace.
    namespace: usize,
    name: &'a str,
    text: Cow<'a, str>,
    /// Its first tag.
    tag: Span,
    /// What stands between its tags.
    content: Span,
    /// Index just past the last element inside.
    end: usize,
    /// Its first attribute, and just past its last.
    attributes: (usize, usize),
}

/// One attribute; those that declare namespaces are none.
#[derive(Debug)]
struct Attribute<'a> {
    namespace: usize,
    name: &'a str,
    value: Cow<'a, str>,
}

/// A text as elements, in the order of their first tags.
#[derive(Debug)]
pub struct Document<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// Each namespace that was met; the first is none.
    namespaces: Vec<String>,
}

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    document: &'t Document<'t>,
    node: &'t Node<'t>,
    at: usize,
}

impl<'a> Document<'a> {
    /// Reads `text`. A byte order mark before it is passed over; it counts in places.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &'a str, limits: Limits) -> Result<Self, XmlError> {
        if text.len() > limits.bytes {
            let fault = XmlFault::TooLarge { bytes: text.len(), max: limits.bytes };
            return Err(XmlError { span: Span::start_of(FILE), fault });
        }
        Reading::new(text, limits).run()
    }

    /// The one element that all others are inside of.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_>> {
        self.element(0)
    }

    fn element(&self, at: usize) -> Option<Element<'_>> {
        self.nodes.get(at).map(|node| Element { document: self, node, at })
    }
}

impl<'t> Element<'t> {
    /// Its name without a prefix.
    #[must_use]
    pub const fn name(self) -> &'t str {
        self.node.name
    }

    /// Its namespace; empty without one.
    #[must_use]
    pub fn namespace(self) -> &'t str {
        self.document.namespaces.get(self.node.namespace).map_or("", String::as_str)
    }

    /// The text directly inside, as it was written; empty if there is only space.
    #[must_use]
    pub fn text(self) -> &'t str {
        &self.node.text
    }

    /// Its first tag.
    #[must_use]
    pub const fn tag(self) -> Span {
        self.node.tag
    }

    /// What stands between its tags.
    #[must_use]
    pub const fn content(self) -> Span {
        self.node.content
    }

    /// The elements directly inside.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let mut at = self.at + 1;
        let end = self.node.end;
        std::iter::from_fn(move || {
            let child = self.document.element(at).filter(|_| at < end)?;
            at = child.node.end;
            Some(child)
        })
    }

    /// The value of the attribute `name` of `namespace`, which is empty for one without a prefix.
    #[must_use]
    pub fn attribute(self, namespace: &str, name: &str) -> Option<&'t str> {
        let named = |owner: usize| self.document.namespaces.get(owner).is_some_and(|found| found == namespace);
        let own = self.own_attributes().iter();
        own.into_iter().find(|a| a.name == name && named(a.namespace)).map(|a| a.value.as_ref())
    }

    /// Its attributes: namespace, name, value.
    pub fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> {
        let namespaces = &self.document.namespaces;
        let of = |owner: usize| namespaces.get(owner).map_or("", String::as_str);
        self.own_attributes().iter().map(move |a| (of(a.namespace), a.name, a.value.as_ref()))
    }

    fn own_attributes(self) -> &'t [Attribute<'t>] {
        let (from, to) = self.node.attributes;
        self.document.attributes.get(from..to).unwrap_or_default()
    }
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
