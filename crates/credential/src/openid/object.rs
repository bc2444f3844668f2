//! A JSON object in which no member stands twice (RFC 7519, section 4, leaves it to the reader to refuse that; two readers might take different ones).
//!
//! Must not know of: what the members mean.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

/// An object's members.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Object(BTreeMap<String, Value>);

/// A member has another type than it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrongType;

impl Object {
    /// Reads it; none when it is longer than that, no object, or has a member twice.
    pub(super) fn read(json: &[u8], bytes_max: usize) -> Option<Self> {
        if json.len() > bytes_max {
            return None;
        }
        serde_json::from_slice(json).ok()
    }

    /// A member; null counts as missing.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// A text, where there is one.
    pub(super) fn text(&self, key: &str) -> Result<Option<&str>, WrongType> {
        self.get(key).map(|value| value.as_str().ok_or(WrongType)).transpose()
    }

    /// A whole number, where there is one.
    pub(super) fn whole(&self, key: &str) -> Result<Option<i64>, WrongType> {
        self.get(key).map(|value| value.as_i64().ok_or(WrongType)).transpose()
    }

    /// A list of texts, where there is one.
    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<&str>>, WrongType> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let items = value.as_array().ok_or(WrongType)?;
        items.iter().map(|item| item.as_str().ok_or(WrongType)).collect::<Result<_, _>>().map(Some)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    if members.insert(key, value).is_some() {
                        return Err(A::Error::custom("a member stands twice"));
                    }
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
