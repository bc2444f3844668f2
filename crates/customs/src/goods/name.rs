//! What accounts, people, papers and goods are called by.
//!
//! Must not know of: what is called so.

use std::collections::BTreeMap;

use definition::value::{Lines, fold_digits, fold_key, is_blank, writable};
use serde::{Deserialize, Serialize};

/// The most characters of an identifier, as the WCO Data Model has them (`an..70`).
const MAX_CHARS: usize = 70;

/// An identifier: one line that can be seen, with digits and letters as [`fold_key`] makes them one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Id(String);

/// The code of a commodity: six to ten digits, of which six are the Harmonized System's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Commodity(String);

/// A country as ISO 3166-1 has it, by two letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Country(String);

/// Why a text is no identifier or no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nothing that can be seen.
    #[error("an identifier is empty; write what it names")]
    Blank,
    /// Too long.
    #[error("an identifier has {chars} characters, and at most {MAX_CHARS} are allowed; shorten it")]
    TooLong {
        /// How many it has.
        chars: usize,
    },
    /// Control characters, line breaks, or characters that turn the direction of what stands around.
    #[error("an identifier has a character that cannot be seen or turns the direction of writing; type it anew")]
    Unwritable,
    /// Not two letters.
    #[error("`{text}` is no country; write its two letters as ISO 3166-1 has them, such as TR")]
    Country {
        /// What it is, as far as an error carries it.
        text: String,
    },
    /// Not six to ten digits.
    #[error("`{text}` is no code of a commodity; write six to ten digits, without points")]
    Commodity {
        /// What it is, as far as an error carries it.
        text: String,
    },
}

impl NameFault {
    /// Why it is no identifier or code and what to do about it, by language tag.
    #[must_use]
    pub fn words(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("fa", crate::words::name(self)), ("en", self.to_string())])
    }
}

impl Id {
    /// Takes a text as an identifier.
    ///
    /// # Errors
    /// [`NameFault`].
    pub fn new(text: &str) -> Result<Self, NameFault> {
        let text = fold_key(text);
        if is_blank(&text) {
            return Err(NameFault::Blank);
        }
        let chars = text.chars().count();
        if chars > MAX_CHARS {
            return Err(NameFault::TooLong { chars });
        }
        writable(&text, Lines::One).map_err(|_| NameFault::Unwritable)?;
        Ok(Self(text))
    }

    /// Takes a text as a case's reference where it has the form of one, three groups of four, whose letters are capitals; else as any identifier.
    ///
    /// # Errors
    /// [`NameFault`].
    pub fn of_reference(text: &str) -> Result<Self, NameFault> {
        let id = Self::new(text)?;
        let groups: Vec<&str> = id.0.split('-').collect();
        let is_group = |group: &&str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_reference = groups.len() == 3 && groups.iter().all(is_group);
        Ok(if is_reference { Self(id.0.to_ascii_uppercase()) } else { id })
    }

    /// As a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a part of a key whose parts are joined by `/`.
    pub(super) fn escaped(&self) -> String {
        self.0.replace('%', "%25").replace('/', "%2F")
    }

    /// Takes such a part as an identifier.
    pub(super) fn unescaped(part: &str) -> Option<Self> {
        Self::new(&part.replace("%2F", "/").replace("%25", "%")).ok()
    }
}

impl Country {
    /// Takes a text as a country.
    ///
    /// # Errors
    /// [`NameFault::Country`].
    pub fn new(text: &str) -> Result<Self, NameFault> {
        let is_one = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let short = || text.chars().take(12).collect();
        if is_one { Ok(Self(text.to_owned())) } else { Err(NameFault::Country { text: short() }) }
    }

    /// Its two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Country {
    type Error = NameFault;

    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::new(&text)
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Commodity {
    /// Takes a text as the code of a commodity.
    ///
    /// # Errors
    /// [`NameFault::Commodity`].
    pub fn new(text: &str) -> Result<Self, NameFault> {
        let digits = fold_digits(text.trim());
        if (6..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(digits));
        }
        Err(NameFault::Commodity { text: text.chars().take(40).collect() })
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both stand under one subheading of the Harmonized System, which is their first six digits: carriers and declarants write codes of different lengths.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        self.0.get(..6) == other.0.get(..6)
    }
}

impl TryFrom<String> for Id {
    type Error = NameFault;

    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Commodity {
    type Error = NameFault;

    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::new(&text)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for Commodity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
