//! What a message's tables are held against and data are taken from: a tree of named elements, wherever it came from.
//!
//! Must not know of: XML, EDIFACT or sheets; each of them is one kind of tree.

use definition::span::Span;
use definition::syntax::xml::Element;

/// An element of a message: a class with elements inside, or a datum with text.
pub trait Node: Copy {
    /// Its name in the message's tables, if it has one there.
    fn name(&self) -> &str;
    /// Its text; empty if there is only space.
    fn text(&self) -> &str;
    /// The elements directly inside.
    fn children(&self) -> impl Iterator<Item = Self>;
    /// What is said of its text: `currencyID` or `unitCode`.
    fn attribute(&self, name: &str) -> Option<&str>;
    /// Where it is opened.
    fn tag(&self) -> Span;
    /// Where what is in it stands.
    fn content(&self) -> Span;
}

impl Node for Element<'_> {
    fn name(&self) -> &str {
        Element::name(*self)
    }

    fn text(&self) -> &str {
        Element::text(*self)
    }

    fn children(&self) -> impl Iterator<Item = Self> {
        Element::children(*self)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        Element::attribute(*self, "", name)
    }

    fn tag(&self) -> Span {
        Element::tag(*self)
    }

    fn content(&self) -> Span {
        Element::content(*self)
    }
}
