//! Why what was sent is not of the form that is described: where, and what would be. What a reader of JSON would say of it stays out.
//!
//! Must not know of: languages, requests.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// What does not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Keys and indices from the root, the last first.
    inner_first: Vec<String>,
    /// What is wrong there.
    pub(crate) wrong: Unfit,
}

/// What can be wrong with the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is needed and not there.
    Missing,
    /// It is there and not known.
    Unknown { takes: Vec<String> },
    /// It stands twice.
    Twice,
    /// Another kind of JSON is needed.
    Kind(Needed),
    /// One of these is needed.
    Choice { takes: Vec<String> },
    /// A typed value whose text is not of its kind's form; the kind as JSON names it.
    Value { kind: &'static str },
    /// A number beyond any that is read.
    TooLarge,
    /// It is out of its bounds, or not of its form; the description says which.
    Other,
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needed {
    Text,
    Whole,
    Truth,
    Object,
    List,
    /// An object with one key, which says what it holds.
    OneKey,
}

impl Misfit {
    /// What does not fit at the root.
    pub(crate) fn new(wrong: Unfit) -> Self {
        Self { inner_first: Vec::new(), wrong }
    }

    /// The same, one step further in.
    pub(crate) fn within(mut self, key: impl Into<String>) -> Self {
        self.inner_first.push(key.into());
        self
    }

    /// The same, one step further out: without the first step from the root; or `at` a step, if it stands at the root.
    pub(crate) fn without_first(mut self, at: &str) -> Self {
        if self.inner_first.pop().is_none() {
            self.inner_first.push(at.to_owned());
        }
        self
    }

    /// A JSON pointer (RFC 6901) to it.
    pub(crate) fn pointer(&self) -> String {
        self.inner_first.iter().rev().map(|key| format!("/{}", escaped(key))).collect()
    }

    /// What it is called where it stands; nothing at the root.
    pub(crate) fn name(&self) -> &str {
        self.inner_first.first().map_or("", String::as_str)
    }
}

/// A name as a part of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl Unfit {
    /// The key of its words.
    pub(crate) fn word(&self) -> String {
        match self {
            Self::Missing => "misfit-missing".to_owned(),
            Self::Unknown { .. } => "misfit-unknown".to_owned(),
            Self::Twice => "misfit-twice".to_owned(),
            Self::Kind(needed) => format!("misfit-kind-{}", needed.word()),
            Self::Choice { .. } => "misfit-choice".to_owned(),
            Self::Value { kind } => format!("misfit-value-{kind}"),
            Self::TooLarge => "misfit-too-large".to_owned(),
            Self::Other => "misfit-other".to_owned(),
        }
    }

    /// What would be taken there.
    pub(crate) fn takes(&self) -> &[String] {
        match self {
            Self::Unknown { takes } | Self::Choice { takes } => takes,
            _ => &[],
        }
    }
}

impl Needed {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole",
            Self::Truth => "truth",
            Self::Object => "object",
            Self::List => "list",
            Self::OneKey => "one-key",
        }
    }

    /// What a reading expects, as `serde` names it.
    fn of(expected: &dyn Expected) -> Option<Self> {
        let expected = expected.to_string();
        match expected.as_str() {
            "u64" | "u32" | "i64" | "i32" => Some(Self::Whole),
            "a boolean" => Some(Self::Truth),
            "a sequence" => Some(Self::List),
            "a map" => Some(Self::Object),
            other if other.ends_with("string") => Some(Self::Text),
            other if other.starts_with("struct") || other.contains("enum") => Some(Self::Object),
            _ => None,
        }
    }

    fn unfit(expected: &dyn Expected) -> Misfit {
        Misfit::new(Self::of(expected).map_or(Unfit::Other, Unfit::Kind))
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(Unfit::Other)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Needed::unfit(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Needed::unfit(expected)
    }

    fn unknown_variant(_: &str, takes: &'static [&'static str]) -> Self {
        Self::new(Unfit::Choice { takes: owned(takes) })
    }

    fn unknown_field(field: &str, takes: &'static [&'static str]) -> Self {
        Self::new(Unfit::Unknown { takes: owned(takes) }).within(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Unfit::Missing).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Unfit::Twice).within(field)
    }
}

impl std::error::Error for Misfit {}

impl fmt::Display for Misfit {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {:?}", self.pointer(), self.wrong)
    }
}
