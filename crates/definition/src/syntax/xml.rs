//! XML as a flat tree that remembers where everything stood: bounded, without document types, with no entities but XML's own five.
//!
//! Must not know of: what elements mean. Nothing of a tree is copied from the text, so that reading a declaration costs little more than finding its tags.

mod read;

use std::borrow::Cow;

use crate::span::Span;

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
        read::document(text, limits)
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
