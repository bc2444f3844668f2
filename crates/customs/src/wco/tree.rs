//! A message as a tree of its own, that can be built part by part, changed, and written as XML: what was no XML, and what was amended.
//!
//! Must not know of: what the message means, nor why it changes. Its names are those of the tables; whether it fits them is for `check`.

mod write;

use definition::span::Span;

use super::model::{Class, Content};
use super::node::Node;

/// An element: a class with parts, or a datum with text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Its name in the tables.
    pub name: &'static str,
    /// The text of a datum.
    pub text: String,
    /// What is said of the text: `currencyID` or `unitCode`, and its value.
    pub of: Option<(&'static str, String)>,
    /// Where it was opened.
    pub tag: Span,
    /// Where what is in it stood.
    pub content: Span,
    /// The parts of a class, in the order in which they came.
    pub parts: Vec<Self>,
}

impl Tree {
    /// A class without parts, opened at `span`.
    #[must_use]
    pub const fn class(name: &'static str, span: Span) -> Self {
        Self { name, text: String::new(), of: None, tag: span, content: span, parts: Vec::new() }
    }

    /// A datum that stood at `span`.
    #[must_use]
    pub fn datum(name: &'static str, text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), ..Self::class(name, span) }
    }

    /// A copy of `node` under the names of its table; what is not in the table is left out.
    #[must_use]
    pub fn copy(name: &'static str, class: &'static Class, node: impl Node) -> Self {
        let part = |child| {
            let (_, part) = class.part(Node::name(&child))?;
            Some(match &part.content {
                Content::Class(class) => Self::copy(part.name, class, child),
                Content::Datum(_) => Self::copy_datum(part.name, child),
            })
        };
        let parts = node.children().filter_map(part).collect();
        Self { content: node.content(), parts, ..Self::class(name, node.tag()) }
    }

    fn copy_datum(name: &'static str, node: impl Node) -> Self {
        // A date's text stands one element deeper.
        let inner = node.children().next().unwrap_or(node);
        let said = |key: &'static str| node.attribute(key).map(|value| (key, value.to_owned()));
        Self {
            text: inner.text().trim().to_owned(),
            of: said("currencyID").or_else(|| said("unitCode")),
            content: inner.content(),
            ..Self::class(name, node.tag())
        }
    }

    /// The first part named `name`.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Self> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The text of the datum `name`.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.part(name).map(|datum| datum.text.as_str())
    }
}

impl Node for &Tree {
    fn name(&self) -> &str {
        self.name
    }

    fn text(&self) -> &str {
        self.text.trim()
    }

    fn children(&self) -> impl Iterator<Item = Self> {
        self.parts.iter()
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.of.as_ref().filter(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    fn tag(&self) -> Span {
        self.tag
    }

    fn content(&self) -> Span {
        self.content
    }
}
