//! Reading a described form out of JSON that is already there, so that what does not fit is told with its place: for bodies that were
//! refused, and for queries, whose values are all text.
//!
//! Must not know of: requests, languages.

use std::iter::Peekable;

use app::definition::value::Value;
use serde::Deserialize as _;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value as Json;

use super::misfit::{Misfit, Needed, Unfit};

/// The kinds of typed values, as JSON names them.
const KINDS: [&str; 9] = ["bool", "code", "decimal", "money", "date", "text", "document", "place", "list"];

/// A form that bodies have.
pub(crate) trait Described: DeserializeOwned {
    /// The first thing that does not fit in JSON that is not of the form.
    fn first_misfit(json: &Json) -> Option<Misfit> {
        first_misfit::<Self>(json)
    }
}

impl Described for Json {}

/// The first thing that does not fit in JSON that is no `T`.
pub(crate) fn first_misfit<T: DeserializeOwned>(json: &Json) -> Option<Misfit> {
    T::deserialize(Tree { json, typed: false }).err()
}

/// Everything that does not fit in JSON that is no `T`: each typed value that is not of its kind's form, else the first thing.
pub(crate) fn misfits<T: Described>(json: &Json) -> Vec<Misfit> {
    let mut values = Vec::new();
    for (key, inner) in members(json) {
        typed_values(inner, &mut |misfit| values.push(misfit.within(key.clone())));
    }
    if values.is_empty() {
        values.push(T::first_misfit(json).unwrap_or_else(|| Misfit::new(Unfit::Other)));
    }
    values
}

/// Reads a `T` out of named texts.
///
/// # Errors
/// The first thing that does not fit.
pub(crate) fn of_texts<T: DeserializeOwned>(texts: Vec<(String, String)>) -> Result<T, Misfit> {
    let mut object = serde_json::Map::new();
    for (name, text) in texts {
        if object.insert(name.clone(), Json::String(text)).is_some() {
            return Err(Misfit::new(Unfit::Twice).within(name));
        }
    }
    T::deserialize(Tree { json: &Json::Object(object), typed: true })
}

fn typed_values(json: &Json, found: &mut dyn FnMut(Misfit)) {
    if let Some(kind) = typed(json) {
        if Value::deserialize(json).is_err() {
            found(Misfit::new(Unfit::Value { kind }));
        }
        return;
    }
    for (key, inner) in members(json) {
        typed_values(inner, &mut |misfit| found(misfit.within(key.clone())));
    }
}

/// The kind of value that an object says it is: by its one key.
fn typed(json: &Json) -> Option<&'static str> {
    let object = json.as_object().filter(|object| object.len() == 1)?;
    KINDS.into_iter().find(|kind| object.contains_key(*kind))
}

fn members(json: &Json) -> Vec<(String, &Json)> {
    match json {
        Json::Object(object) => object.iter().map(|(key, inner)| (key.clone(), inner)).collect(),
        Json::Array(list) => list.iter().enumerate().map(|(index, inner)| (index.to_string(), inner)).collect(),
        _ => Vec::new(),
    }
}

#[derive(Clone, Copy)]
struct Tree<'j> {
    json: &'j Json,
    /// Numbers and truths are typed in as text, as queries have them.
    typed: bool,
}

impl<'j> Tree<'j> {
    fn whole<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.json {
            Json::String(text) if self.typed => {
                let number = text.parse().map_err(|_| Misfit::new(Unfit::Kind(Needed::Whole)))?;
                visitor.visit_u64(number)
            }
            _ => self.any(visitor),
        }
    }

    fn truth<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.json {
            Json::String(text) if self.typed && text == "true" => visitor.visit_bool(true),
            Json::String(text) if self.typed && text == "false" => visitor.visit_bool(false),
            _ => self.any(visitor),
        }
    }

    fn any<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.json {
            Json::Null => visitor.visit_unit(),
            Json::Bool(truth) => visitor.visit_bool(*truth),
            Json::String(text) => visitor.visit_str(text),
            Json::Array(_) => visitor.visit_seq(self.inner()),
            Json::Object(_) => visitor.visit_map(self.inner()),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::MAX)),
            },
        }
    }

    fn inner(self) -> Members<'j> {
        Members { rest: members(self.json).into_iter().peekable(), typed: self.typed }
    }
}

impl<'de> Deserializer<'de> for Tree<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.truth(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.whole(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.whole(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.json.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.json {
            Json::String(variant) => visitor.visit_enum(StrDeserializer::new(variant)),
            Json::Object(object) if object.len() == 1 => visitor.visit_enum(MapAccessDeserializer::new(self.inner())),
            _ => Err(Misfit::new(Unfit::Kind(Needed::OneKey))),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// What stands in an object or a list.
struct Members<'j> {
    rest: Peekable<std::vec::IntoIter<(String, &'j Json)>>,
    typed: bool,
}

impl Members<'_> {
    fn value<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misfit> {
        let Some((key, json)) = self.rest.next() else { return Ok(None) };
        let read = seed.deserialize(Tree { json, typed: self.typed });
        read.map(Some).map_err(|misfit| misfit.within(key))
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((key, _)) = self.rest.peek() else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        self.value(seed)?.ok_or_else(|| Misfit::new(Unfit::Other))
    }
}

impl<'de> SeqAccess<'de> for Members<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.value(seed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use app::definition::value::Value;
    use serde::Deserialize;
    use serde_json::json;

    use super::super::misfit::{Needed, Unfit};
    use super::{Described, misfits, of_texts};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its form is looked at")]
    struct Form {
        seen: Option<u64>,
        facts: BTreeMap<String, Value>,
    }

    impl Described for Form {}

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        limit: Option<u32>,
        settled: Option<bool>,
    }

    #[test]
    fn every_typed_value_that_is_wrong_is_found_and_else_the_first_thing() {
        let found = |json| {
            misfits::<Form>(&json).into_iter().map(|misfit| (misfit.pointer(), misfit.wrong)).collect::<Vec<_>>()
        };
        let two = json!({ "facts": { "a/b": { "money": { "amount": "1.001", "currency": "EUR" } }, "c": { "date": "1405" } } });
        assert_eq!(
            found(two),
            [
                ("/facts/a~1b".to_owned(), Unfit::Value { kind: "money" }),
                ("/facts/c".to_owned(), Unfit::Value { kind: "date" })
            ]
        );
        assert_eq!(found(json!({})), [("/facts".to_owned(), Unfit::Missing)]);
        assert_eq!(found(json!({ "facts": {}, "seen": -1 })), [("/seen".to_owned(), Unfit::Kind(Needed::Whole))]);
        assert_eq!(found(json!({ "facts": [] })), [("/facts".to_owned(), Unfit::Kind(Needed::Object))]);
        let two_kinds = json!({ "facts": { "x": { "bool": true, "code": "a" } } });
        assert_eq!(found(two_kinds), [("/facts/x".to_owned(), Unfit::Kind(Needed::OneKey))]);
        let no_kind = found(json!({ "facts": { "x": { "number": 1 } } }));
        assert!(matches!(no_kind.as_slice(), [(at, Unfit::Choice { .. })] if at == "/facts/x"), "{no_kind:?}");
    }

    #[test]
    fn texts_are_numbers_where_numbers_are_needed() {
        let read = |pairs: &[(&str, &str)]| {
            of_texts::<Part>(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
        };
        assert_eq!(read(&[("limit", "5")]).unwrap().limit, Some(5));
        assert_eq!(read(&[("settled", "true")]).unwrap().settled, Some(true));
        assert_eq!(read(&[("settled", "false")]).unwrap().settled, Some(false));
        assert!(read(&[("settled", "yes")]).is_err());
        for (pairs, wrong) in [
            (&[("limit", "a")][..], Unfit::Kind(Needed::Whole)),
            (&[("limit", "1"), ("limit", "1")], Unfit::Twice),
            (&[("limt", "1")], Unfit::Unknown { takes: vec!["limit".to_owned(), "settled".to_owned()] }),
        ] {
            let misfit = read(pairs).unwrap_err();
            assert_eq!((misfit.name(), &misfit.wrong), (pairs[0].0, &wrong));
        }
    }
}
