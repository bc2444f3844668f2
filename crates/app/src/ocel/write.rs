//! The parts of an OCEL 2.0 file in JSON, written one by one.
//!
//! Must not know of: cases, what is exported.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::public_events::Attribute;

/// An event.
#[derive(Serialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) time: Timestamp,
    pub(super) attributes: Vec<Attributed>,
    pub(super) relationships: Vec<Relation>,
}

/// An object.
#[derive(Serialize)]
pub(super) struct Object {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) attributes: Vec<Changed>,
    pub(super) relationships: Vec<Relation>,
}

/// What an event says.
#[derive(Serialize)]
pub(super) struct Attributed {
    pub(super) name: String,
    pub(super) value: Attribute,
}

/// What an object is from some time on.
#[derive(Serialize)]
pub(super) struct Changed {
    pub(super) name: String,
    pub(super) time: Timestamp,
    pub(super) value: Attribute,
}

/// An object that has to do with an event or another object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Relation {
    #[serde(rename = "objectId")]
    pub(super) object: String,
    pub(super) qualifier: String,
}

impl Relation {
    pub(super) fn new(object: impl Into<String>, qualifier: &str) -> Self {
        Self { object: object.into(), qualifier: qualifier.to_owned() }
    }
}

impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Int(number) => to.serialize_i64(*number),
            Self::Bool(is_so) => to.serialize_bool(*is_so),
            Self::Time(at) => at.serialize(to),
        }
    }
}

/// A list while it is written, an item a line.
pub(super) struct List<'w> {
    out: &'w mut dyn Write,
    count: u64,
}

impl<'w> List<'w> {
    pub(super) fn begin(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, count: 0 })
    }

    pub(super) fn push(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count = self.count.saturating_add(1);
        Ok(serde_json::to_writer(&mut *self.out, item)?)
    }

    /// Ends it; how many there were.
    pub(super) fn end(self) -> io::Result<u64> {
        self.out.write_all(b"]")?;
        Ok(self.count)
    }
}

/// The types that were met, with their attributes.
#[derive(Default)]
pub(super) struct Types(BTreeMap<String, BTreeMap<String, &'static str>>);

/// A type as the file declares it.
#[derive(Serialize)]
pub(super) struct Type {
    name: String,
    attributes: Vec<Typed>,
}

#[derive(Serialize)]
struct Typed {
    name: String,
    #[serde(rename = "type")]
    type_: &'static str,
}

impl Types {
    /// Notes a type and attributes that one of it has. What two definitions call by one name and type differently is declared as text, as which every value
    /// can be read.
    pub(super) fn note(&mut self, type_: &str, attributes: &[Attributed]) {
        let own = self.0.entry(type_.to_owned()).or_default();
        for Attributed { name, value } in attributes {
            let type_ = match value {
                Attribute::Text(_) => "string",
                Attribute::Int(_) => "integer",
                Attribute::Bool(_) => "boolean",
                Attribute::Time(_) => "time",
            };
            let known = own.entry(name.clone()).or_insert(type_);
            if *known != type_ {
                *known = "string";
            }
        }
    }

    pub(super) fn list(&self) -> Vec<Type> {
        let typed = |(name, type_): (&String, &&'static str)| Typed { name: name.clone(), type_ };
        let one = |(name, attributes): (&String, &BTreeMap<_, _>)| Type {
            name: name.clone(),
            attributes: attributes.iter().map(typed).collect(),
        };
        self.0.iter().map(one).collect()
    }
}
