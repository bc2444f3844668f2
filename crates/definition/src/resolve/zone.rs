//! `zone.yaml`, `calendar.csv` and, with the other files of the zone, the whole of what services share.
//!
//! Must not know of: services.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::context::Context;
use super::keys::Keys;
use super::sheet::{Sheet, wide};
use super::{concepts, functions, law, lists, read, registers, words};
use crate::calendar::{Calendar, CalendarKind, Holiday, HolidayDate, Rules, Weekday};
use crate::codes;
use crate::model::{Language, Name, Role, Words, Zone};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::syntax::yaml::Node;
use crate::value::{fold_digits, minor_digits};

const FILE: &str = "zone.yaml";
const DAYS_OFF: &str = "calendar.csv";

/// Reads everything of the zone but its services.
pub(super) fn resolve(cx: &mut Context<'_>) -> Zone {
    let mut zone = head(cx);
    calendar(cx, &mut zone);
    zone.lists = lists::resolve(cx, &zone.languages);
    zone.concepts = concepts::resolve(cx, &zone);
    zone.grounds = law::resolve(cx, &zone.languages);
    zone.registers = registers::resolve(cx, &zone);
    zone.functions = functions::resolve(cx, &zone);
    concepts::check_registers(cx, &zone);
    zone.words = words::read(cx, "", &zone.languages, cx.home, Part::ZoneWords);
    zone
}

/// A zone of which nothing is known yet.
fn empty() -> Zone {
    let rules = Rules { kind: CalendarKind::Gregorian, weekend: Vec::new(), holidays: Vec::new(), until: None };
    Zone {
        name: String::new(),
        languages: Vec::new(),
        timezone: "UTC".to_owned(),
        currency: String::new(),
        issuer: String::new(),
        calendar: Calendar::from(rules),
        authorities: Vec::new(),
        portals: Vec::new(),
        roles: BTreeMap::new(),
        grounds: BTreeMap::new(),
        concepts: BTreeMap::new(),
        lists: BTreeMap::new(),
        registers: BTreeMap::new(),
        functions: BTreeMap::new(),
        gate_tolerance_percent: None,
        words: BTreeMap::new(),
    }
}

fn head(cx: &mut Context<'_>) -> Zone {
    let mut zone = empty();
    let Some(file) = cx.sources.number(FILE) else {
        return zone;
    };
    let start = Span::new(file, 0, 0);
    cx.place(Part::Zone(None), start);
    let Some(node) = cx.yaml(FILE) else { return zone };
    let Some(mut keys) = Keys::of(cx, &node, start, "zone.yaml") else {
        cx.broken.insert(FILE.to_owned());
        return zone;
    };
    for (key, value) in keys.all() {
        cx.place(Part::Zone(Some(key.value.clone())), value.span);
    }
    let name = keys.need(cx, "zone", "NAME").and_then(|node| read::name(cx, node));
    zone.name = name.map(|name| name.value).unwrap_or_default();
    zone.languages = keys.need(cx, "languages", "[fa, en]").map(|node| languages(cx, node)).unwrap_or_default();
    zone.timezone =
        keys.need(cx, "timezone", "Asia/Tehran").and_then(|node| timezone(cx, node)).unwrap_or(zone.timezone);
    zone.currency = keys.need(cx, "currency", "IRR").and_then(|node| currency(cx, node)).unwrap_or_default();
    zone.calendar = Calendar::from(calendar_rules(cx, &mut keys));
    zone.issuer = issuer(cx, &mut keys).unwrap_or_else(|| format!("urn:panjereh:{}", zone.name));
    zone.authorities = names(cx, &mut keys, "authorities");
    zone.portals = names(cx, &mut keys, "portals");
    zone.roles = keys.get("roles").map(|node| roles(cx, node, &zone.authorities)).unwrap_or_default();
    zone.gate_tolerance_percent = keys.get("gates").and_then(|node| gate_tolerance(cx, node));
    keys.finish(cx);
    zone
}

/// `gates: { tolerance: PERCENT }`.
fn gate_tolerance(cx: &mut Context<'_>, node: &Node) -> Option<u32> {
    let mut keys = Keys::of(cx, node, node.span, "`gates`")?;
    let percent = keys.need(cx, "tolerance", "PERCENT").and_then(|node| read::count(cx, node, 0, 100));
    keys.finish(cx);
    percent
}

fn names(cx: &mut Context<'_>, keys: &mut Keys<'_>, key: &'static str) -> Vec<Name> {
    let node = keys.need(cx, key, "[NAME, ...]");
    let names = node.map(|node| read::names(cx, node)).unwrap_or_default();
    names.into_iter().map(|name| name.value).collect()
}

/// Language tags: two or three lower-case letters (BCP 47, primary language).
fn languages(cx: &mut Context<'_>, node: &Node) -> Vec<Language> {
    let mut tags = Vec::new();
    for name in read::names(cx, node) {
        if matches!(name.value.len(), 2 | 3) && name.value.bytes().all(|byte| byte.is_ascii_lowercase()) {
            tags.push(name.value);
        } else {
            read::wrong(cx, name.span, &name.value, "a language tag of two or three letters, such as `fa`");
        }
    }
    if tags.is_empty() {
        cx.report(&codes::MISSING, node.span, "the zone has no language", "write `languages: [fa, en]`");
    }
    tags
}

fn timezone(cx: &mut Context<'_>, node: &Node) -> Option<String> {
    let text = read::text(cx, node, "the IANA name of a time zone")?;
    if TimeZone::get(&text.value).is_ok() {
        return Some(text.value);
    }
    read::wrong(cx, text.span, &text.value, "the IANA name of a time zone, such as `Asia/Tehran`");
    None
}

fn currency(cx: &mut Context<'_>, node: &Node) -> Option<String> {
    let text = read::text(cx, node, "a currency")?;
    if minor_digits(&text.value).is_some() {
        return Some(text.value);
    }
    read::wrong(
        cx,
        text.span,
        &text.value,
        "the ISO 4217 code of a currency whose minor unit is known here, such as `IRR`",
    );
    None
}

fn issuer(cx: &mut Context<'_>, keys: &mut Keys<'_>) -> Option<String> {
    let node = keys.get("certificates")?;
    let mut keys = Keys::of(cx, node, node.span, "`certificates`")?;
    let uri = keys.need(cx, "uri", "\"https://...\"").and_then(|node| read::text(cx, node, "a URI"));
    keys.finish(cx);
    let uri = uri?;
    let absolute = uri.value.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && !rest.is_empty()
            && !uri.value.contains(char::is_whitespace)
    });
    if !absolute {
        read::wrong(cx, uri.span, &uri.value, "an absolute URI, such as `https://zone.example`");
    }
    absolute.then_some(uri.value)
}

fn roles(cx: &mut Context<'_>, node: &Node, authorities: &[Name]) -> BTreeMap<Name, Role> {
    let mut roles = BTreeMap::new();
    let Some(all) = Keys::of(cx, node, node.span, "`roles`") else { return roles };
    for (key, value) in all.all() {
        let Some(name) = read::checked_name(cx, key.clone()) else { continue };
        cx.place(Part::Role(name.value.clone()), name.span);
        let Some(mut keys) = Keys::of(cx, value, key.span, "the role") else { continue };
        let authority = keys.need(cx, "authority", "NAME").and_then(|node| read::name(cx, node));
        if let Some(authority) = &authority {
            cx.known("authority", authority, authorities.iter().map(String::as_str), "`authorities`");
        }
        let people = keys.need(cx, "people", "3").and_then(|node| read::count(cx, node, 1, 100_000)).unwrap_or(1);
        keys.finish(cx);
        let authority = authority.map(|authority| authority.value).unwrap_or_default();
        roles.insert(name.value, Role { authority, people });
    }
    roles
}

fn calendar_rules(cx: &mut Context<'_>, keys: &mut Keys<'_>) -> Rules {
    let kind = keys.need(cx, "calendar", "persian").and_then(|node| read::text(cx, node, "`persian` or `gregorian`"));
    let kind = kind.and_then(|text| match text.value.as_str() {
        "persian" => Some(CalendarKind::Persian),
        "gregorian" => Some(CalendarKind::Gregorian),
        other => {
            read::wrong(cx, text.span, other, "`persian` or `gregorian`");
            None
        }
    });
    let weekend = keys.need(cx, "weekend", "[thursday, friday]").map(|node| weekend(cx, node)).unwrap_or_default();
    let kind = kind.unwrap_or(CalendarKind::Gregorian);
    let years = if kind == CalendarKind::Persian { (1279, 1577) } else { (1900, 2199) };
    let until = keys.get("until").and_then(|node| read::count(cx, node, years.0, years.1));
    let until = until.and_then(|year| i16::try_from(year).ok());
    Rules { kind, weekend, holidays: Vec::new(), until }
}

fn weekend(cx: &mut Context<'_>, node: &Node) -> Vec<Weekday> {
    let mut days = Vec::new();
    for name in read::names(cx, node) {
        let known = Weekday::ALL.iter().map(|(day, _)| *day);
        if cx.known("day of the week", &name, known, "the language") {
            days.extend(Weekday::ALL.iter().filter(|(day, _)| *day == name.value).map(|(_, day)| *day));
        }
    }
    if days.len() == Weekday::ALL.len() {
        cx.report(&codes::WRONG_VALUE, node.span, "no day of the week is worked", "leave at least one day out");
    }
    days.sort();
    days
}

/// Adds the days of `calendar.csv` to the zone's calendar.
fn calendar(cx: &mut Context<'_>, zone: &mut Zone) {
    if cx.sources.number(DAYS_OFF).is_none() {
        let help = "add the file, with the header `date` and a column for each language; without rows, nothing but weekends is off";
        cx.report(&codes::MISSING, cx.home, format!("no day off is entered: there is no {DAYS_OFF}"), help);
    }
    let Some(sheet) = Sheet::read(cx, DAYS_OFF) else { return };
    let Some([date]) = sheet.columns(cx, ["date"], &zone.languages, |_| false) else { return };
    let kind = zone.calendar.rules().kind;
    let mut holidays: Vec<(Holiday, Span)> = Vec::new();
    for row in &sheet.rows {
        let words: Words = sheet.words(cx, row, &zone.languages);
        let Some(cell) = row.cells.get(date) else { continue };
        let Some(day) = holiday(&cell.value, kind) else {
            read::wrong(
                cx,
                wide(cell.span, row.span),
                &cell.value,
                "a day of the zone's calendar: `*-MM-DD` or `YYYY-MM-DD`",
            );
            continue;
        };
        if let HolidayDate::Once(once) = day
            && !is_counted(once)
        {
            far(cx, cell, once, kind);
            continue;
        }
        if let Some((_, first)) = holidays.iter().find(|(earlier, _)| earlier.day == day) {
            read::duplicate(cx, &Spanned::new(cell.value.clone(), cell.span), *first);
            continue;
        }
        holidays.push((Holiday { day, words }, cell.span));
    }
    // In the order of the days, so that the order of rows changes no hash.
    holidays.sort_by_key(|(holiday, _)| holiday.day);
    let holidays = holidays.into_iter().map(|(holiday, _)| holiday).collect();
    zone.calendar = Calendar::from(Rules { holidays, ..zone.calendar.rules().clone() });
}

/// Whether a day lies in the years of which working days are known.
fn is_counted(day: Date) -> bool {
    matches!(day.year(), 1900..=2199)
}

/// Reports a day off that nobody alive can take: most likely it was written in another calendar.
fn far(cx: &mut Context<'_>, cell: &Spanned<String>, day: Date, kind: CalendarKind) {
    let (own, (other, name)) = match kind {
        CalendarKind::Persian => ("Persian", (CalendarKind::Gregorian, "Gregorian")),
        CalendarKind::Gregorian => ("Gregorian", (CalendarKind::Persian, "Persian")),
    };
    // What was written, read in the other calendar.
    let written = kind.from_iso(day).and_then(|(year, month, day)| other.to_iso(year, month, day));
    let meant = written.filter(|date| is_counted(*date)).and_then(|date| kind.from_iso(date));
    let help = match meant {
        Some((year, month, day)) => {
            format!("if a day of the {name} calendar is meant, write `{year:04}-{month:02}-{day:02}`")
        }
        None => format!("write a day of the zone's calendar, the {own} one"),
    };
    let message = format!("`{}` of the {own} calendar, the zone's own, is a day that nobody lives to see", cell.value);
    cx.report(&codes::WRONG_VALUE, cell.span, message, help);
}

fn holiday(text: &str, kind: CalendarKind) -> Option<HolidayDate> {
    let folded = fold_digits(text);
    let parts: Vec<&str> = folded.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let two = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() == 2);
    let (month, day) = (two(month)?, two(day)?);
    if *year == "*" {
        // A day that a leap year has: 30 Esfand, 29 February.
        let leap = if kind == CalendarKind::Persian { 1403 } else { 2024 };
        kind.to_iso(leap, month, day)?;
        return Some(HolidayDate::Yearly { month, day });
    }
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    kind.to_iso(year, month, day).map(HolidayDate::Once)
}
