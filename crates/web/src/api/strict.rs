//! JSON without leniency: UTF-8, no key twice, bounded depth, numbers that exist (RFC 8259; RFC 7493, the I-JSON profile).
//!
//! Must not know of: requests, what the JSON is for.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::misfit::{Misfit, Needed, Unfit};
use super::problem::{Place, Wire};
use super::tree::{self, Described};

/// How deep objects and lists may nest. What the API takes nests five deep.
pub(crate) const DEPTH_MAX: u32 = 64;
/// Most characters of a key that is named in an answer.
const WORDS_CHARS_MAX: usize = 200;

/// Reads a value of a described form.
///
/// # Errors
/// The first thing that is wrong, and where.
pub(crate) fn read<T: Described>(bytes: &[u8]) -> Result<T, Wire> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| Wire::NotUtf8 { byte: error.valid_up_to().saturating_add(1) })?;
    look(text)?;
    serde_json::from_str(text).map_err(|error| {
        let json = serde_json::from_str(text).unwrap_or_default();
        Wire::Shape { place: place(&error), misfits: tree::misfits::<T>(&json) }
    })
}

/// Reads an object of a described form: what stands in a list without names is none, though a reader might take it for one.
///
/// # Errors
/// The first thing that is wrong, and where.
pub(crate) fn object<T: Described>(bytes: &[u8]) -> Result<T, Wire> {
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        return read(bytes);
    }
    read::<serde_json::Value>(bytes)?;
    Err(Wire::Shape { place: Place::default(), misfits: vec![Misfit::new(Unfit::Kind(Needed::Object))] })
}

/// Looks through the whole text once for what the typed reading would let pass.
fn look(text: &str) -> Result<(), Wire> {
    let found = Cell::new(None);
    let trail = RefCell::new(Vec::new());
    let mut json = serde_json::Deserializer::from_str(text);
    let looked = Look { depth: 0, found: &found, trail: &trail }.deserialize(&mut json).and_then(|()| json.end());
    looked.map_err(|error| {
        let place = place(&error);
        match found.take() {
            Some(Found::TooDeep) => Wire::TooDeep { place },
            Some(Found::Twice(key)) => Wire::DuplicateKey { place, key: short(&key) },
            None if error.is_eof() => Wire::EndsEarly { place },
            // JSON sets numbers no bound, so this is JSON; `serde_json` says it by its words alone.
            None if error.to_string().starts_with("number out of range") => {
                let misfit = trail.take().into_iter().fold(Misfit::new(Unfit::TooLarge), Misfit::within);
                Wire::Shape { place, misfits: vec![misfit] }
            }
            None => Wire::NotJson { place },
        }
    })
}

fn place(error: &serde_json::Error) -> Place {
    // A line break counts as column 0 of the line that it begins.
    Place { line: error.line(), column: error.column().max(1) }
}

/// A name that somebody sent, not longer than can be read.
pub(crate) fn short(words: &str) -> String {
    words.chars().take(WORDS_CHARS_MAX).collect()
}

enum Found {
    TooDeep,
    Twice(String),
}

#[derive(Clone, Copy)]
struct Look<'f> {
    depth: u32,
    found: &'f Cell<Option<Found>>,
    /// Keys and indices to where reading stopped, the last first.
    trail: &'f RefCell<Vec<String>>,
}

impl Look<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH_MAX {
            return Err(self.is(Found::TooDeep));
        }
        Ok(Self { depth: self.depth.saturating_add(1), ..self })
    }

    /// Remembers that reading stopped inside of `key`.
    fn left<E>(self, key: String, error: E) -> E {
        self.trail.borrow_mut().push(key);
        error
    }

    fn is<E: Error>(self, found: Found) -> E {
        self.found.set(Some(found));
        E::custom("found")
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        for index in 0_usize.. {
            match list.next_element_seed(inner) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) => return Err(self.left(index.to_string(), error)),
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut keys = BTreeSet::new();
        while let Some(key) = object.next_key_seed(Key)? {
            if keys.contains(&key) {
                return Err(self.is(Found::Twice(key.into_owned())));
            }
            if let Err(error) = object.next_value_seed(inner) {
                return Err(self.left(key.into_owned(), error));
            }
            keys.insert(key);
        }
        Ok(())
    }
}

/// A key, borrowed from the text where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Place, Unfit, Wire, read};

    fn wrong(bytes: &[u8]) -> Wire {
        read::<Value>(bytes).unwrap_err()
    }

    #[test]
    fn depth_is_bounded_long_before_the_stack_is() {
        let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
        assert!(read::<Value>(&nested(64)).is_ok());
        // The place is where reading stopped: just past the bracket that was one too many.
        assert_eq!(wrong(&nested(65)), Wire::TooDeep { place: Place { line: 1, column: 66 } });
        assert!(matches!(wrong(&nested(10_000)), Wire::TooDeep { .. }));
        assert!(matches!(wrong(&br#"{"a":"#.repeat(10_000)), Wire::TooDeep { .. }));
    }

    #[test]
    fn a_key_stands_once_in_an_object_however_it_is_spelt() {
        assert!(matches!(wrong(br#"{"a":1,"a":1}"#), Wire::DuplicateKey { key, .. } if key == "a"));
        assert!(matches!(wrong(br#"[{"a":{"b":1,"\u0062":2}}]"#), Wire::DuplicateKey { key, .. } if key == "b"));
        assert!(read::<Value>(br#"[{"a":1},{"a":1}]"#).is_ok());
    }

    #[test]
    fn a_number_past_any_bound_is_json_and_named_by_its_pointer() {
        for (bytes, pointer) in
            [(&b"1e999"[..], ""), (b"{\"a\":1,\"b/c\":[0,{\"d\":-1E+400}]}", "/b~1c/1/d"), (b"[1,2,1e999]", "/2")]
        {
            let Wire::Shape { misfits, place } = wrong(bytes) else { panic!("{bytes:?}") };
            assert_eq!((misfits[0].pointer().as_str(), &misfits[0].wrong), (pointer, &Unfit::TooLarge));
            assert_eq!(place.line, 1);
        }
        assert!(read::<Value>(b"99999999999999999999999999").is_ok());
    }

    #[test]
    fn what_is_no_json_is_named_by_its_place() {
        let at = |line, column| Place { line, column };
        assert_eq!(wrong(b"{\n \"a\":"), Wire::EndsEarly { place: at(2, 5) });
        assert!(matches!(wrong(b"NaN"), Wire::NotJson { .. }));
        assert_eq!(wrong(b"{} {}"), Wire::NotJson { place: at(1, 4) });
        assert_eq!(wrong(b"\"\xff\""), Wire::NotUtf8 { byte: 2 });
        assert_eq!(wrong(b"\xef\xbb\xbf{}"), Wire::NotJson { place: at(1, 1) });
        assert!(matches!(wrong(b""), Wire::EndsEarly { .. }));
    }
}
