//! The closed set of values that a definition can speak of, and the types that bound them.
//!
//! Must not know where a value comes from, what it is a fact about, or the words an error is told in.

mod money;
mod parse;
#[cfg(test)]
mod tests;
mod text;
mod years;

pub use jiff::civil::Date;
pub use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

pub use money::{CURRENCIES, Money, minor_digits};
pub use parse::{fold_digits, fold_key, parse, parse_date, parse_decimal};
pub use text::{LINE_CHARS, Lines, disguised, is_blank, writable};
pub use years::{FIRST_DAY, LAST_DAY, YEARS, far, meant, near};

/// One datum. There are no floats, no instants and no null: what is unknown is absent, not a value.
///
/// JSON names the kind once: `{"code":"low"}`, `{"decimal":"1.50"}`, `{"date":"2026-11-23"}`.
/// Numbers are strings there, since JSON readers differ on long ones (RFC 8259, section 6).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A member of a code list.
    Code(String),
    /// An exact decimal of at most 28 digits. `1.5` and `1.50` are equal.
    Decimal(#[serde(with = "exact_decimal")] Decimal),
    /// An amount in a currency.
    Money(Money),
    /// A civil date, ISO 8601 in JSON, in the years that [`YEARS`] says.
    Date(Date),
    /// Free text. Tables cannot decide on it.
    Text(String),
    /// A document held elsewhere, named by its hash.
    Document(DocumentRef),
    /// A point on the earth.
    Place(Place),
    /// Several values, as a collecting table gives.
    List(Vec<Value>),
}

/// A document by its content; the bytes are in the object store.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRef {
    /// SHA-256 of the bytes (FIPS 180-4); 64 lowercase hexadecimal digits in JSON.
    #[serde(with = "hex_digest")]
    pub sha256: [u8; 32],
    /// Length in bytes.
    pub size: u64,
    /// Media type (RFC 6838), such as `application/pdf`.
    pub media_type: String,
    /// The file name that the person gave it.
    pub name: String,
}

/// A point in WGS 84 (EPSG:4326), in degrees times 10^7, so about a centimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Latitude, -900,000,000 to 900,000,000; north is positive.
    pub lat_e7: i32,
    /// Longitude, -1,800,000,000 to 1,800,000,000; east is positive.
    pub lon_e7: i32,
}

/// The type of a fact: closed, so that what a table leaves open can be told exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// True or false.
    Bool,
    /// A code of the list with this name.
    Code(String),
    /// A decimal.
    Decimal {
        /// Digits after the point, 0 to 28. A finer value is refused, never rounded.
        scale: u8,
        /// Smallest value allowed, itself included.
        min: Option<Decimal>,
        /// Largest value allowed, itself included.
        max: Option<Decimal>,
    },
    /// An amount in the currency with this ISO 4217 code.
    Money(String),
    /// A civil date.
    Date,
    /// Free text.
    Text {
        /// Most characters (Unicode scalar values) allowed.
        max_chars: u32,
    },
    /// A document of any kind that is taken.
    Document,
    /// A document of this kind only.
    #[serde(rename = "document-of")]
    DocumentOf(DocumentKind),
    /// A point on the earth.
    Place,
}

/// Kinds of documents, where not every one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// A picture: what a camera makes.
    Image,
    /// Pages to print.
    Pdf,
    /// What programs write for programs: XML, JSON or UN/EDIFACT. A person can do nothing with it, so it is taken only where it is asked for by name.
    Message,
}

/// The kind of a value or type, without its bounds; it is what an error names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the variant of `Value` with the same name")]
pub enum Kind {
    Bool,
    Code,
    Decimal,
    Money,
    Date,
    Text,
    Document,
    Place,
    List,
}

/// Why a value is not of a type, or a text is not a value. Words are put on it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum ValueError {
    /// A value of one kind where another is due.
    WrongKind { expected: Kind, found: Kind },
    /// The code list has no such code, or there is no such list.
    UnknownCode { list: String, code: String },
    /// The text is not of the kind's form.
    Malformed { expected: Kind, text: String },
    /// More digits after the point than the type has.
    TooFine { scale: u8 },
    /// Below the type's least value.
    BelowMin { min: Decimal },
    /// Above the type's greatest value.
    AboveMax { max: Decimal },
    /// More digits than an exact decimal holds.
    TooLarge,
    /// An amount in another currency.
    WrongCurrency { expected: String, found: String },
    /// A currency whose minor unit is not known here.
    UnknownCurrency { currency: String },
    /// More characters than the type allows.
    TooLong { max_chars: u32, chars: u64 },
    /// A date outside the years of which dates are taken.
    FarDate { date: Date },
    /// Outside -90 to 90 degrees of latitude or -180 to 180 of longitude.
    OffTheMap,
    /// A document of another kind than the type has.
    WrongDocument { expected: DocumentKind },
    /// A text with characters that turn the direction of what stands around it.
    TurnsDirection,
    /// A text with control characters, or with lines where it may have one only.
    Control { lines: Lines },
    /// Values of this kind are not typed in as text.
    NotTyped { expected: Kind },
}

/// The code lists that a definition knows; whoever loads them implements this.
pub trait CodeLists {
    /// Whether the list named `list` exists and has `code`.
    fn contains(&self, list: &str, code: &str) -> bool;
    /// The codes of the list named `list`, in the list's order; `None` if there is no such list.
    fn codes(&self, list: &str) -> Option<&[String]>;
}

impl Value {
    /// The kind of this value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::Code(_) => Kind::Code,
            Self::Decimal(_) => Kind::Decimal,
            Self::Money(_) => Kind::Money,
            Self::Date(_) => Kind::Date,
            Self::Text(_) => Kind::Text,
            Self::Document(_) => Kind::Document,
            Self::Place(_) => Kind::Place,
            Self::List(_) => Kind::List,
        }
    }
}

impl Type {
    /// The kind of this type's values.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Bool => Kind::Bool,
            Self::Code(_) => Kind::Code,
            Self::Decimal { .. } => Kind::Decimal,
            Self::Money(_) => Kind::Money,
            Self::Date => Kind::Date,
            Self::Text { .. } => Kind::Text,
            Self::Document | Self::DocumentOf(_) => Kind::Document,
            Self::Place => Kind::Place,
        }
    }

    /// Whether `value` is of this type; codes are looked up in `lists`.
    ///
    /// # Errors
    /// Says the first thing that is wrong with the value.
    pub fn accepts(&self, value: &Value, lists: &dyn CodeLists) -> Result<(), ValueError> {
        match (self, value) {
            (Self::Bool, Value::Bool(_)) => Ok(()),
            (Self::Document, Value::Document(document))
                if DocumentKind::Message.accepts(&document.media_type).is_ok() =>
            {
                Err(ValueError::WrongDocument { expected: DocumentKind::Pdf })
            }
            (Self::Document, Value::Document(_)) => Ok(()),
            (Self::Date, Value::Date(date)) => near(*date).map(|_| ()),
            (Self::DocumentOf(kind), Value::Document(document)) => kind.accepts(&document.media_type),
            (Self::Code(list), Value::Code(code)) if lists.contains(list, code) => Ok(()),
            (Self::Code(list), Value::Code(code)) => {
                Err(ValueError::UnknownCode { list: list.clone(), code: code.clone() })
            }
            (Self::Decimal { scale, min, max }, Value::Decimal(number)) => accepts_decimal(*number, *scale, *min, *max),
            (Self::Money(currency), Value::Money(money)) => money.accepted_as(currency),
            (Self::Text { max_chars }, Value::Text(text)) => accepts_text(text, *max_chars),
            (Self::Place, Value::Place(place)) => place.on_the_map(),
            _ => Err(ValueError::WrongKind { expected: self.kind(), found: value.kind() }),
        }
    }
}

impl DocumentKind {
    /// Whether a document of this media type is of this kind.
    ///
    /// # Errors
    /// [`ValueError::WrongDocument`] when it is not.
    pub fn accepts(self, media_type: &str) -> Result<(), ValueError> {
        let is = match self {
            Self::Image => media_type.starts_with("image/"),
            Self::Pdf => media_type == "application/pdf",
            // What is made here has a type of its own with the suffix of its syntax (RFC 6839).
            Self::Message => {
                matches!(media_type, "application/xml" | "application/json" | "application/edifact")
                    || (media_type.starts_with("application/") && media_type.ends_with("+json"))
            }
        };
        if is { Ok(()) } else { Err(ValueError::WrongDocument { expected: self }) }
    }
}

impl Place {
    /// Whether the point is on the globe.
    ///
    /// # Errors
    /// [`ValueError::OffTheMap`] outside the ranges that the fields state.
    pub fn on_the_map(&self) -> Result<(), ValueError> {
        let on = self.lat_e7.unsigned_abs() <= 900_000_000 && self.lon_e7.unsigned_abs() <= 1_800_000_000;
        if on { Ok(()) } else { Err(ValueError::OffTheMap) }
    }
}

fn accepts_decimal(number: Decimal, scale: u8, min: Option<Decimal>, max: Option<Decimal>) -> Result<(), ValueError> {
    if number.normalize().scale() > u32::from(scale) {
        return Err(ValueError::TooFine { scale });
    }
    match (min, max) {
        (Some(min), _) if number < min => Err(ValueError::BelowMin { min }),
        (_, Some(max)) if number > max => Err(ValueError::AboveMax { max }),
        _ => Ok(()),
    }
}

fn accepts_text(text: &str, max_chars: u32) -> Result<(), ValueError> {
    // No form sends it, PostgreSQL keeps no text with it, and a reader of C strings ends at it.
    if text.contains('\0') {
        return Err(ValueError::Malformed { expected: Kind::Text, text: text.replace('\0', "\u{2400}") });
    }
    let chars = text.chars().count() as u64;
    if chars <= u64::from(max_chars) { Ok(()) } else { Err(ValueError::TooLong { max_chars, chars }) }
}

/// A decimal as its plain digits. One that could only be kept rounded is refused, and so are exponents.
mod exact_decimal {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(decimal: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(decimal)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(from)?;
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let plain = digits(whole) && digits(fraction);
        let decimal = Decimal::from_str_exact(&text).ok().filter(|_| plain);
        decimal.ok_or_else(|| D::Error::custom("a decimal is written in plain digits, at most 28, such as \"-1.50\""))
    }
}

/// A digest as lowercase hexadecimal.
mod hex_digest {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(digest: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(digest))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let mut digest = [0; 32];
        hex::decode_to_slice(&text, &mut digest).map_err(D::Error::custom)?;
        Ok(digest)
    }
}
