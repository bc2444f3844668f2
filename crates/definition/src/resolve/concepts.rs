//! `concepts.csv`: what a fact can be about, and the notation of types.
//!
//! Must not know of: services.

use std::collections::BTreeMap;

use super::context::Context;
use super::read;
use super::sheet::{Sheet, wide};
use super::{lists, registers};
use crate::codes;
use crate::model::{Concept, Period, Unit, Zone};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::value::{Decimal, DocumentKind, Type, fold_digits, parse_decimal};

/// The file.
pub(super) const FILE: &str = "concepts.csv";
/// The columns that may be left out.
const KEEP: &str = "keep";
const WITHHELD: &str = "withheld";
/// Most characters of a `text` without a bound of its own.
const TEXT_CHARS: u32 = 4_000;
/// Most characters that a `text` may allow.
const MAX_TEXT_CHARS: u32 = 100_000;

pub(super) fn resolve(cx: &mut Context<'_>, zone: &Zone) -> BTreeMap<String, Concept> {
    let mut concepts = BTreeMap::new();
    let Some(sheet) = Sheet::read(cx, FILE) else { return concepts };
    let may_be = |column: &str| column == KEEP || column == WITHHELD;
    let Some(columns) = sheet.columns(cx, ["id", "type", "personal", "register"], &[], may_be) else {
        cx.broken.insert(FILE.to_owned());
        return concepts;
    };
    let column = |name: &str| sheet.header.iter().position(|cell| cell.value == name);
    let (kept, hidden) = (column(KEEP), column(WITHHELD));
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for row in &sheet.rows {
        let [id, kind, personal, register] = columns.map(|column| row.cell(column));
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).filter(|cell| !cell.value.is_empty());
        let (keep, withheld) = (cell(kept), cell(hidden));
        if !read::is_dotted(&id.value) {
            read::wrong(
                cx,
                wide(id.span, row.span),
                &id.value,
                "a concept: names with dots between, such as `company.id`",
            );
            continue;
        }
        if let Some(first) = seen.get(&id.value) {
            read::duplicate(cx, &id, *first);
            continue;
        }
        seen.insert(id.value.clone(), id.span);
        cx.place(Part::Concept(id.value.clone()), id.span);
        let type_ = type_of(cx, &Spanned::new(kind.value, wide(kind.span, row.span)), zone);
        let personal = read::flag(cx, &Spanned::new(personal.value, wide(personal.span, row.span)));
        let register = (!register.value.is_empty()).then_some(register.value);
        let keep = keep.and_then(|cell| period(cx, cell));
        let withheld = withheld.and_then(|cell| read::flag(cx, cell)).unwrap_or(false);
        if let Some(type_) = type_ {
            concepts.insert(id.value, Concept { type_, personal: personal.unwrap_or(true), register, keep, withheld });
        } else {
            // Something is wrong with this one concept; those who use it are not to blame.
            cx.broken.insert(FILE.to_owned());
        }
    }
    concepts
}

/// How long something is kept. Working days are for work: what is kept for years lies past the years whose days off anybody entered.
fn period(cx: &mut Context<'_>, cell: &Spanned<String>) -> Option<Period> {
    let period = read::period_of(cx, &cell.value, cell.span)?;
    if period.unit == Unit::Workdays || period.count == 0 {
        read::wrong(
            cx,
            cell.span,
            &cell.value,
            "a time to keep something: at least one day, in `days`, `months` or `years`",
        );
        return None;
    }
    Some(period)
}

/// Checks that the register that owns a concept exists and holds it.
pub(super) fn check_registers(cx: &mut Context<'_>, zone: &Zone) {
    for (id, concept) in &zone.concepts {
        let Some(owner) = &concept.register else { continue };
        let at = cx.places.find(&Part::Concept(id.clone()));
        let names = zone.registers.keys().map(String::as_str);
        if !cx.known("register", &Spanned::new(owner.clone(), at), names, registers::FILE) {
            continue;
        }
        if zone.registers.get(owner).is_some_and(|register| !register.holds.contains(id)) {
            let message = format!("`{owner}` is said to own `{id}`, but does not hold it");
            cx.report(
                &codes::UNKNOWN_NAME,
                at,
                message,
                format!("add `{id}` to what `{owner}` holds in {}", registers::FILE),
            );
        }
    }
}

/// Reads a type such as `decimal(2,0..100)`.
pub(super) fn type_of(cx: &mut Context<'_>, text: &Spanned<String>, zone: &Zone) -> Option<Type> {
    const FORM: &str = "a type: `boolean`, `code(LIST)`, `decimal(SCALE)`, `decimal(SCALE,MIN..MAX)`, `money`, `date`, `text`, `text(MAX)`, `document`, `document(image)`, `document(pdf)`, `document(message)` or `place`";
    let folded = fold_digits(text.value.trim());
    let (word, inner) = match folded.split_once('(') {
        None => (folded.as_str(), None),
        Some((word, rest)) => (word.trim(), Some(rest.trim().strip_suffix(')').unwrap_or("").trim())),
    };
    let type_ = match (word, inner) {
        ("boolean", None) => Some(Type::Bool),
        ("money", None) => Some(Type::Money(zone.currency.clone())),
        ("date", None) => Some(Type::Date),
        ("text", None) => Some(Type::Text { max_chars: TEXT_CHARS }),
        ("text", Some(max)) => {
            max.parse().ok().filter(|max| (1..=MAX_TEXT_CHARS).contains(max)).map(|max_chars| Type::Text { max_chars })
        }
        ("document", None) => Some(Type::Document),
        ("document", Some("image")) => Some(Type::DocumentOf(DocumentKind::Image)),
        ("document", Some("pdf")) => Some(Type::DocumentOf(DocumentKind::Pdf)),
        ("document", Some("message")) => Some(Type::DocumentOf(DocumentKind::Message)),
        ("place", None) => Some(Type::Place),
        ("decimal", Some(inner)) => decimal(inner),
        ("code", Some(list)) if !list.is_empty() => return code(cx, list, text.span, zone),
        _ => None,
    };
    if type_.is_none() {
        read::wrong(cx, text.span, &text.value, FORM);
    }
    type_
}

fn code(cx: &mut Context<'_>, list: &str, at: Span, zone: &Zone) -> Option<Type> {
    let name = Spanned::new(list.to_owned(), at);
    let known = cx.known("code list", &name, zone.lists.keys().map(String::as_str), lists::FOLDER);
    known.then_some(Type::Code(name.value))
}

fn decimal(inner: &str) -> Option<Type> {
    let (scale, range) = inner.split_once(',').map_or((inner, None), |(scale, range)| (scale, Some(range)));
    let scale = scale.trim().parse().ok().filter(|scale| *scale <= 28)?;
    let bound = |text: &str| -> Option<Option<Decimal>> {
        if text.trim().is_empty() { Some(None) } else { parse_decimal(text).ok().map(Some) }
    };
    let (min, max) = match range {
        None => (None, None),
        Some(range) => range.split_once("..").and_then(|(min, max)| Some((bound(min)?, bound(max)?)))?,
    };
    let ordered = min.zip(max).is_none_or(|(min, max)| min <= max);
    ordered.then_some(Type::Decimal { scale, min, max })
}
