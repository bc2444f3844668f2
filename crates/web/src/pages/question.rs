//! One question about a fact: how it is put, and how the answer is read. Used wherever somebody gives facts.
//!
//! Must not know of: what the facts are for.

use std::collections::BTreeMap;

use app::customs::goods::Quantity;
use app::definition::Checked;
use app::definition::calendar::CalendarKind;
use app::definition::model::{Fact, Name, Service, Source};
use app::definition::value::{self, Date, DocumentKind, Kind, Lines, Type, Value, ValueError};
use app::engine::decide::is_sayable;
use app::engine::refusal::{FactProblem, Wrong};
use app::{Account, AppError, InName};

use super::context::{Context, spoken};
use super::direction::isolated;
use super::forms::Sent;
use super::goods::words::{quantity, warehouse};
use crate::fault;
use crate::format;
use crate::language::Language;

/// More codes than this are a list to open, not buttons to choose from.
const BUTTONS_MAX: usize = 7;
/// More records than this are too many to look through, and make a page heavy: their key is typed. A list of records ends at 1000 anyhow.
const RECORDS_MAX: usize = 100;

/// How a question is answered; the template has one form for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Buttons,
    List,
    Line,
    Lines,
    File,
    Place,
}

/// An answer to choose.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// A question.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) fact: Name,
    pub(crate) title: String,
    pub(crate) hint: String,
    pub(crate) optional: bool,
    pub(crate) field: Field,
    pub(crate) choices: Vec<Choice>,
    /// For a file: the endings that a browser offers.
    pub(crate) accept: &'static str,
    /// Whether a telephone opens its camera for it at once: for pictures that an officer takes on the spot.
    pub(crate) capture: bool,
    /// What stands in the field.
    pub(crate) given: String,
    /// For a place: the longitude beside the latitude.
    pub(crate) given_beside: String,
    /// What is wrong with the answer that was given.
    pub(crate) error: String,
}

impl Question {
    /// The same question once more, with what was typed and what is wrong with it. A file does not come back: browsers let no page fill that in.
    pub(crate) fn again(mut self, sent: &Sent, error: &str) -> Self {
        let text = sent.text(&self.fact);
        if self.field != Field::File {
            self.given = text.to_owned();
            self.given_beside = sent.text(&format!("{}-lon", self.fact)).to_owned();
        }
        for choice in &mut self.choices {
            choice.chosen = choice.value == text;
        }
        self.error = error.to_owned();
        self
    }

    /// What a link to the question leads to: the first field that can be filled in.
    pub(crate) fn anchor(&self) -> String {
        match self.field {
            Field::Buttons if !self.choices.is_empty() => format!("{}-1", self.fact),
            Field::Place => format!("{}-lat", self.fact),
            _ => self.fact.clone(),
        }
    }

    /// The ids of what describes the field, as `aria-describedby` takes them.
    pub(crate) fn described(&self) -> String {
        let part = |there: bool, end: &str| there.then(|| format!("{}-{end}", self.fact));
        let parts = [part(!self.hint.is_empty(), "hint"), part(!self.error.is_empty(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// An answer that could not be read, with what was typed.
pub(crate) type Mistakes = BTreeMap<Name, String>;

/// In whose name an officer answers: no register is chosen from there.
pub(crate) fn officers(account: &Account) -> InName {
    InName::own(account.person.clone().unwrap_or_default())
}

/// Puts the question about a fact.
pub(crate) async fn ask(
    c: &Context<'_>,
    in_name: &InName,
    service: &Checked<Service>,
    fact: &Fact,
    known: &BTreeMap<Name, Value>,
) -> Result<Question, AppError> {
    let given = known.get(&fact.name);
    let choices = choices(c, in_name, service, fact, known).await?;
    let (text, beside) = given.map_or_else(Default::default, |value| typed(c.language, value));
    let mut hint = c.s_or_empty(service, &format!("fact-{}.hint", fact.name));
    if let Some(first) = choices.first().filter(|_| is_typed(fact, choices.len())) {
        let too_many = c.t1("too-many-held", "key", first.value.as_str());
        hint = format!("{hint} {too_many}").trim().to_owned();
    }
    Ok(Question {
        fact: fact.name.clone(),
        title: c.fact(service, &fact.name),
        hint,
        optional: !fact.source.is_needed(None),
        field: field(fact, choices.len()),
        choices,
        accept: accept(&fact.type_),
        capture: matches!((&fact.source, &fact.type_), (Source::Record { .. }, Type::DocumentOf(DocumentKind::Image))),
        given: text,
        given_beside: beside,
        error: String::new(),
    })
}

/// Whether a record's key is typed, not chosen.
fn is_typed(fact: &Fact, choices: usize) -> bool {
    matches!(fact.source, Source::Register { .. }) && choices > RECORDS_MAX
}

fn field(fact: &Fact, choices: usize) -> Field {
    match &fact.type_ {
        _ if is_typed(fact, choices) => Field::Line,
        _ if matches!(fact.source, Source::Register { .. }) => Field::Buttons,
        Type::Code(_) if choices > BUTTONS_MAX => Field::List,
        Type::Code(_) | Type::Bool => Field::Buttons,
        Type::Document | Type::DocumentOf(_) => Field::File,
        Type::Place => Field::Place,
        Type::Text { .. } if Lines::of(&fact.type_) == Lines::Several => Field::Lines,
        Type::Text { .. } | Type::Decimal { .. } | Type::Money(_) | Type::Date => Field::Line,
    }
}

fn accept(type_: &Type) -> &'static str {
    match type_ {
        // `image/*` lets a telephone offer its camera; what comes is looked at, whatever it says.
        Type::DocumentOf(DocumentKind::Image) => "image/*,.jpg,.jpeg,.png,.webp",
        Type::DocumentOf(DocumentKind::Pdf) => ".pdf",
        Type::DocumentOf(DocumentKind::Message) => ".xml,.edi,.edifact",
        _ => ".pdf,.jpg,.jpeg,.png,.webp",
    }
}

async fn choices(
    c: &Context<'_>,
    in_name: &InName,
    service: &Checked<Service>,
    fact: &Fact,
    known: &BTreeMap<Name, Value>,
) -> Result<Vec<Choice>, AppError> {
    let given = known.get(&fact.name).map(|value| typed(c.language, value).0);
    let choice = |value: String, label: String| Choice { chosen: given.as_ref() == Some(&value), value, label };
    if let Source::Register { .. } = fact.source {
        let held = c.site.app.choices(service, &fact.name, in_name, known, None).await?;
        return Ok(held
            .into_iter()
            .map(|held| {
                let label = record(c, &held.key, &held.values);
                choice(held.key, label)
            })
            .collect());
    }
    Ok(match &fact.type_ {
        Type::Bool => vec![choice("true".to_owned(), c.t("yes")), choice("false".to_owned(), c.t("no"))],
        Type::Code(list) => {
            let codes = c.zone().lists.get(list).map(|list| list.codes.as_slice()).unwrap_or_default();
            codes.iter().map(|code| choice(code.clone(), coded(c, list, code, codes.len()))).collect()
        }
        _ => Vec::new(),
    })
}

/// A code as it is chosen. In a list to open, numbers that people know from elsewhere, as those of ISIC, stand first: whoever types one gets there.
fn coded(c: &Context<'_>, list: &str, code: &str, of: usize) -> String {
    let words = c.code(list, code);
    let is_number = code.starts_with(|first: char| first.is_ascii_digit());
    if of > BUTTONS_MAX && is_number { format!("{code} – {words}") } else { words }
}

/// A register's record as people tell it from others: by its name or what it is and how much there is of it, until when it holds, then its key. Other amounts and people
/// do not help there. Each part is isolated: a Persian name does not turn an English line round.
pub(super) fn record(c: &Context<'_>, key: &str, values: &BTreeMap<String, Value>) -> String {
    let mut told: Vec<(&String, &Value)> = values
        .iter()
        .filter(|(_, value)| matches!(value, Value::Text(text) if text != key) || matches!(value, Value::Code(_)))
        .collect();
    told.retain(|(concept, _)| !concept.ends_with(".id"));
    told.sort_by_key(|(concept, _)| !concept.ends_with(".name"));
    let quantity = values.keys().find_map(|concept| quantity_of(c, concept.strip_suffix(".quantity")?, values));
    if quantity.is_some() {
        told.retain(|(concept, _)| !concept.ends_with(".unit"));
    }
    let dates = values.iter().filter(|(_, value)| matches!(value, Value::Date(_)));
    let dates = dates.map(|(concept, value)| format!("{}: {}", c.concept(concept), c.value(concept, value)));
    let said = told.iter().map(|(concept, value)| match value {
        Value::Text(code) if concept.ends_with(".warehouse") => warehouse(c, code),
        _ => c.value(concept, value),
    });
    let words: Vec<String> = said.chain(quantity).chain(dates).map(|part| isolated(&part)).collect();
    let key = isolated(key);
    if words.is_empty() { key } else { format!("{} ({key})", words.join(&c.t("list-comma"))) }
}

/// How much a record says that there is, with its unit (UN/ECE Recommendation 20).
fn quantity_of(c: &Context<'_>, of: &str, values: &BTreeMap<String, Value>) -> Option<String> {
    let value = |part: &str| values.get(&format!("{of}.{part}"));
    let (Value::Decimal(amount), Value::Text(unit) | Value::Code(unit)) = (value("quantity")?, value("unit")?) else {
        return None;
    };
    Some(quantity(c, Quantity::of(*amount, unit).ok()?))
}

/// A value as it stands in a field.
fn typed(language: Language, value: &Value) -> (String, String) {
    let one = |text: String| (text, String::new());
    match value {
        Value::Bool(value) => one(value.to_string()),
        Value::Code(text) | Value::Text(text) => one(text.clone()),
        Value::Decimal(number) => one(format::number(language, &number.normalize())),
        Value::Money(money) => one(format::number(language, &money.amount().normalize())),
        Value::Date(date) => one(written(language, *date)),
        Value::Document(document) => one(spoken(&document.name)),
        Value::Place(place) => {
            let degrees = |e7: i32| value::Decimal::new(i64::from(e7), 7).normalize().to_string();
            (degrees(place.lat_e7), degrees(place.lon_e7))
        }
        Value::List(_) => one(String::new()),
    }
}

fn written(language: Language, date: Date) -> String {
    match (language, CalendarKind::Persian.from_iso(date)) {
        (Language::Persian, Some((year, month, day))) => {
            format::digits(language, &format!("{year}/{month:02}/{day:02}"))
        }
        _ => date.to_string(),
    }
}

/// Reads the answers to questions about these facts: what was given, and what is wrong with the rest. A document is kept at once. `route` is what an officer decides with
/// them.
pub(crate) async fn read(
    c: &Context<'_>,
    account: &Account,
    facts: &[&Fact],
    before: &BTreeMap<Name, Value>,
    sent: &Sent,
    route: Option<&str>,
) -> Result<(BTreeMap<Name, Value>, Mistakes), AppError> {
    let mut given = BTreeMap::new();
    let mut mistakes = Mistakes::new();
    for fact in facts {
        let mistake = match one(c, account, fact, before, sent).await {
            Ok(Ok(Some(value))) => {
                given.insert(fact.name.clone(), value);
                continue;
            }
            Ok(Ok(None)) if !fact.source.is_needed(route) => continue,
            Ok(Ok(None)) => say(c, fact, Wrong::Missing),
            Ok(Err(error)) => say(c, fact, Wrong::Value(error)),
            // A file that does not do is a mistake like any other.
            Err(error @ AppError::Invalid { .. }) => fault::Fault::of(c.site, c.language, &error).detail,
            Err(error) => return Err(error),
        };
        mistakes.insert(fact.name.clone(), mistake);
    }
    Ok((given, mistakes))
}

fn say(c: &Context<'_>, fact: &Fact, wrong: Wrong) -> String {
    fault::fact_problem(c.site, c.language, &FactProblem { fact: fact.name.clone(), wrong })
}

async fn one(
    c: &Context<'_>,
    account: &Account,
    fact: &Fact,
    before: &BTreeMap<Name, Value>,
    sent: &Sent,
) -> Result<Result<Option<Value>, ValueError>, AppError> {
    if fact.type_.kind() == Kind::Document {
        let Some(file) = sent.files.get(&fact.name) else {
            // A file once sent stays, since a browser cannot put it into the field again.
            return Ok(Ok(before.get(&fact.name).cloned()));
        };
        if let Type::DocumentOf(kind) = fact.type_
            && let Err(other) = kind.accepts(&file.media_type)
        {
            return Ok(Err(other));
        }
        let kept = c.site.app.keep_document(account, &file.name, &file.media_type, file.bytes.clone()).await?;
        return Ok(Ok(Some(Value::Document(kept))));
    }
    // A text keeps the blank lines that it begins with: what is wrong with a line is told by its number.
    let text = sent
        .text(&fact.name)
        .trim_end()
        .trim_start_matches(|own: char| own.is_whitespace() && own != '\n' && own != '\r');
    let mut text = if fact.type_.kind() == Kind::Text { text.to_owned() } else { text.trim_start().to_owned() };
    if fact.type_ == Type::Place && !text.is_empty() {
        text = format!("{text}, {}", sent.text(&format!("{}-lon", fact.name)).trim());
    }
    if text.is_empty() {
        return Ok(Ok(None));
    }
    if matches!(fact.type_, Type::Decimal { .. } | Type::Money(_)) {
        // Many write the groups of a number with the Persian comma or a space, since keyboards have no U+066C.
        text = text.replace('،', ",").replace([' ', '\u{a0}', '\u{202f}'], "");
    }
    let value = match (&fact.type_, c.language) {
        (Type::Date, Language::Persian) => jalali(&text),
        (type_, _) => value::parse(type_, &text, &c.zone().lists),
    };
    // As the engine judges it at the end: nobody answers all the other questions to learn that.
    Ok(value.and_then(|value| is_sayable(&fact.type_, &value).map(|()| Some(value))))
}

/// A day as somebody wrote it in the page's language.
pub(crate) fn day(c: &Context<'_>, text: &str) -> Option<Date> {
    let read = match c.language {
        Language::Persian => jalali(text.trim()).ok(),
        Language::English => value::parse(&Type::Date, text.trim(), &c.zone().lists).ok(),
    };
    match read {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    }
}

/// A date as Persian readers write it: year, month and day of the Jalali calendar, or the ISO form with a year past 1700;
/// in the years of which dates are taken, as everywhere.
fn jalali(text: &str) -> Result<Value, ValueError> {
    let malformed = || ValueError::Malformed { expected: Kind::Date, text: text.chars().take(40).collect() };
    let folded = value::fold_digits(text);
    let parts: Vec<u16> = folded.split(['/', '-', '.']).map_while(|part| part.trim().parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return Err(malformed()) };
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(*year), u8::try_from(*month), u8::try_from(*day)) else {
        return Err(malformed());
    };
    let kind = if year < 1700 { CalendarKind::Persian } else { CalendarKind::Gregorian };
    match (kind.to_iso(year, month, day).ok_or_else(malformed).and_then(value::near), kind) {
        // It is of the Persian calendar already.
        (Err(_), CalendarKind::Persian) => Err(malformed()),
        (day, _) => day.map(Value::Date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jalali_date_in_any_digits() {
        let day = Value::Date("2026-11-23".parse().unwrap());
        for text in ["1405/09/02", "۱۴۰۵/۹/۲", "١٤٠٥-٠٩-٠٢", "2026-11-23"] {
            assert_eq!(jalali(text), Ok(day.clone()), "{text}");
        }
        for text in
            ["1405/13/01", "1405/07/31", "tomorrow", "", "1405/9", "99999/1/1", "9999/12/29", "1/1/1", "900/1/1"]
        {
            assert!(jalali(text).is_err(), "{text}");
        }
    }
}
