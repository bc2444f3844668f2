//! Keeps of an XML document DMN's own elements; those of other namespaces (diagrams, extensions) are left out.
//!
//! Must not know decisions.

use super::{DmnError, DmnErrorKind, NAMESPACE, OWN_NAMESPACE};
use crate::span::Span;
use crate::syntax::xml::{self, Document, Limits};

/// DMN's own schema is recursive only in boxed expressions, which are not read.
const LIMITS: Limits = Limits { bytes: 16 << 20, depth: 64, elements: 500_000 };

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
    /// What DMN has in `element`.
    fn of(element: xml::Element<'_>) -> Self {
        let owned = |(namespace, name, value): (&str, &str, &str)| {
            let owner = match namespace {
                "" => Owner::Dmn,
                OWN_NAMESPACE => Owner::Own,
                _ => return None,
            };
            Some((owner, name.to_owned(), value.to_owned()))
        };
        Self {
            name: element.name().to_owned(),
            attributes: element.attributes().filter_map(owned).collect(),
            children: element.children().filter(|child| is_dmn(*child)).map(Self::of).collect(),
            text: element.text().to_owned(),
            span: element.content(),
            tag: element.tag(),
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
    let document = Document::parse(xml, LIMITS)
        .map_err(|error| DmnError { span: error.span, kind: DmnErrorKind::Xml(error.fault) })?;
    match document.root() {
        Some(root) if is_dmn(root) && root.name() == "definitions" => Ok(Element::of(root)),
        root => {
            let short = |text: &str| text.chars().take(100).collect();
            let (namespace, element) = root.map(|root| (root.namespace(), root.name())).unwrap_or_default();
            let kind = DmnErrorKind::NotDmn { namespace: short(namespace), element: short(element) };
            Err(DmnError { span: root.map_or(Span::start_of(0), xml::Element::tag), kind })
        }
    }
}

fn is_dmn(element: xml::Element<'_>) -> bool {
    NAMESPACES.contains(&element.namespace())
}
