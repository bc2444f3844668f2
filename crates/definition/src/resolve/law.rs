//! `law.csv`: the grounds that refusals, asks and fees rest on.
//!
//! Must not know of: who cites them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::context::Context;
use super::read;
use super::sheet::{Sheet, undisguised, wide, word_needed};
use crate::codes;
use crate::model::{Ground, GroundStatus, Language, Name, Words};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::syntax::csv::Row;
use crate::value::{ValueError, far, is_blank, parse_date};

/// The file.
pub(super) const FILE: &str = "law.csv";

pub(super) fn resolve(cx: &mut Context<'_>, languages: &[Language]) -> BTreeMap<Name, Ground> {
    let mut grounds = BTreeMap::new();
    let Some(sheet) = Sheet::read(cx, FILE) else { return grounds };
    // `act` is the title in the first language.
    let further = languages.get(1..).unwrap_or_default();
    let is_title = |column: &str| further.iter().any(|language| title_column(language) == column);
    let columns = sheet.columns(cx, ["id", "act", "article", "from", "to", "status"], languages, is_title);
    let titles: Option<Vec<usize>> = further.iter().map(|language| sheet.find(cx, &title_column(language))).collect();
    let (Some(columns), Some(titles)) = (columns, titles) else {
        cx.broken.insert(FILE.to_owned());
        return grounds;
    };
    let mut seen: BTreeMap<Name, Span> = BTreeMap::new();
    for row in &sheet.rows {
        let cells = columns.map(|column| row.cell(column));
        let Some(id) = read::checked_name(cx, cells[0].clone()) else { continue };
        if let Some(first) = seen.get(&id.value) {
            read::duplicate(cx, &id, *first);
            continue;
        }
        seen.insert(id.value.clone(), id.span);
        cx.place(Part::Ground(id.value.clone()), id.span);
        let text = sheet.words(cx, row, languages);
        let mut ground = ground(cx, row, &cells, text);
        for (language, column) in further.iter().zip(&titles) {
            let title = row.cell(*column);
            if !is_blank(&ground.act) {
                word_needed(cx, row, &title, language);
            }
            ground.titles.insert(language.clone(), title.value);
        }
        grounds.insert(id.value, ground);
    }
    grounds
}

/// The column of a law's title in a further language.
fn title_column(language: &str) -> String {
    format!("act_{language}")
}

fn ground(cx: &mut Context<'_>, row: &Row, cells: &[Spanned<String>; 6], text: Words) -> Ground {
    let [_, act, article, from, to, status] = cells;
    let status_read = match status.value.as_str() {
        "confirmed" => GroundStatus::Confirmed,
        "draft" => GroundStatus::Draft,
        other => {
            read::wrong(cx, wide(status.span, row.span), other, "`confirmed` or `draft`");
            GroundStatus::Draft
        }
    };
    undisguised(cx, act);
    undisguised(cx, article);
    if is_blank(&act.value) {
        cx.report(&codes::MISSING, row.span, "the ground names no law", "write the law's name in `act`");
    }
    if is_blank(&article.value) && status_read == GroundStatus::Confirmed {
        let help = "write the article, or set the status to `draft` until someone competent confirms it; never invent a number";
        cx.report(&codes::MISSING, row.span, "the ground is confirmed but names no article", help);
    }
    let (from_day, to_day) = (day(cx, from), day(cx, to));
    if from_day.zip(to_day).is_some_and(|(from, to)| from > to) {
        cx.report(
            &codes::WRONG_VALUE,
            to.span,
            "the ground ends before it begins",
            "write the first day in `from` and the last in `to`",
        );
    }
    Ground {
        act: act.value.clone(),
        titles: Words::new(),
        article: article.value.clone(),
        from: from_day,
        to: to_day,
        status: status_read,
        text,
    }
}

fn day(cx: &mut Context<'_>, cell: &Spanned<String>) -> Option<Date> {
    if cell.value.is_empty() {
        return None;
    }
    match parse_date(&cell.value) {
        Ok(day) => Some(day),
        Err(ValueError::FarDate { date }) => {
            let (message, help) = far(date);
            cx.report(&codes::WRONG_VALUE, cell.span, message, help);
            None
        }
        Err(_) => {
            read::wrong(cx, cell.span, &cell.value, "an ISO 8601 date, such as `2026-03-21`");
            None
        }
    }
}
