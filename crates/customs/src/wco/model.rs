//! A message's classes and their parts. A message is a tree of classes whose leaves are data; every part has the number that the WCO gave it.
//!
//! Must not know of: which messages there are.

use super::format::Format;

/// A class of the WCO Data Model, as a message uses it.
#[derive(Debug)]
pub struct Class {
    /// What stands in it.
    pub parts: &'static [Part],
}

/// A datum or a class, where it stands in a class.
#[derive(Debug)]
pub struct Part {
    /// Its XML name.
    pub name: &'static str,
    /// Its number in the WCO Data Model, such as `115` for a datum or `68A` for a class.
    pub id: &'static str,
    /// What it holds.
    pub content: Content,
    /// Whether it has to be there, where the class is.
    pub required: bool,
    /// How often it may be there; `None` is without limit.
    pub most: Option<u16>,
    /// The class of one more of the same name after it, where the schemas tell two apart by their namespaces alone.
    pub second: Option<&'static Class>,
}

/// What a part holds.
#[derive(Debug)]
pub enum Content {
    /// Further parts.
    Class(&'static Class),
    /// Text of this form.
    Datum(Format),
}

impl Class {
    /// The part named `name`.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<(usize, &'static Part)> {
        self.parts.iter().enumerate().find(|(_, part)| part.name == name)
    }
}

impl Part {
    /// A datum that may be there once.
    pub(super) const fn datum(name: &'static str, id: &'static str, format: Format) -> Self {
        Self { name, id, content: Content::Datum(format), required: false, most: Some(1), second: None }
    }

    /// A class that may be there once.
    pub(super) const fn class(name: &'static str, id: &'static str, class: &'static Class) -> Self {
        Self { name, id, content: Content::Class(class), required: false, most: Some(1), second: None }
    }

    /// The same, but it has to be there.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, and one more of its name that is another class.
    pub(super) const fn second(mut self, class: &'static Class) -> Self {
        self.second = Some(class);
        self
    }

    /// The same, as often as one likes.
    pub(super) const fn many(mut self) -> Self {
        self.most = None;
        self
    }

    /// The same, so often.
    pub(super) const fn at_most(mut self, most: u16) -> Self {
        self.most = Some(most);
        self
    }
}
