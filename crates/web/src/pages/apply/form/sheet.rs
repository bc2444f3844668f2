//! The items of a declaration from a sheet.
//!
//! Must not know of: what a sheet looks like inside.

use std::sync::Arc;

use app::form;
use app::{Sheet, SheetSent};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Filling;
use super::field::sentence;
use crate::fault::{PageFault, told};
use crate::pages::apply::for_whom::Asked;
use crate::pages::context::Context;
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/apply/{service}/{fact}/form/sheet", get(put_sheet).post(take_sheet))
        .route("/{language}/sheets/items.csv", get(empty))
}

/// Faults of a sheet that are shown: whoever has more has one that repeats.
const FAULTS: usize = 100;

#[derive(Template)]
#[template(path = "apply/sheet.html")]
struct SheetPage<'a> {
    c: Context<'a>,
    lead: String,
    /// What is wrong, beside the field it is about.
    error: String,
    part_error: String,
    faults: Vec<String>,
    more: String,
    columns: Vec<(String, bool)>,
    there: usize,
    replace: bool,
    part: String,
    most: String,
    version: u64,
    back: String,
}

#[derive(Default)]
struct Mistake {
    error: String,
    part: String,
    faults: Vec<String>,
}

async fn put_sheet(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service, fact)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    Ok(sheet_page(&filling, &Sent::default(), Mistake::default()))
}

fn sheet_page(filling: &Filling<'_>, sent: &Sent, mistake: Mistake) -> Response {
    let c = &filling.journey.c;
    let more = mistake.faults.len().saturating_sub(FAULTS);
    let columns = form::item(&filling.declaring.terms, &form::Cells::new());
    show(&SheetPage {
        lead: c.fact(&filling.journey.service, &filling.fact.name),
        error: mistake.error,
        part_error: mistake.part,
        faults: mistake.faults.into_iter().take(FAULTS).collect(),
        more: if more > 0 { c.tn("form-sheet-more", more) } else { String::new() },
        columns: columns.iter().map(|field| (c.t(&format!("field-{}", field.key)), field.required)).collect(),
        there: filling.form.items.len(),
        replace: sent.text("items") != "add",
        part: sent.text("part").to_owned(),
        most: c.count(filling.declaring.terms.items_max as u64),
        version: filling.journey.draft.version,
        back: filling.path(""),
        c: Context { path: filling.both("/sheet").into(), ..Context::new(c.site, c.language, c.viewer, "") },
    })
}

async fn take_sheet(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service, fact)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let mut filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    let c = |key: &str| filling.journey.c.t(key);
    let again = |error: String| Mistake { error, ..Mistake::default() };
    let Some(file) = sent.files.get("sheet") else {
        return Ok(sheet_page(&filling, &sent, again(c("wrong-document"))));
    };
    let part = match app::definition::value::fold_digits(sent.text("part").trim()) {
        none if none.is_empty() => None,
        some => match some.parse::<usize>().ok().filter(|part| *part > 0) {
            Some(part) => Some(part),
            None => {
                let mistake = Mistake { part: c("form-sheet-part-wrong"), ..Mistake::default() };
                return Ok(sheet_page(&filling, &sent, mistake));
            }
        },
    };
    let replace = filling.form.items.is_empty() || sent.text("items") != "add";
    let read = SheetSent { bytes: file.bytes.clone(), part, replace };
    let terms = filling.declaring.terms;
    let mistake = match site.app.read_items(&mut filling.form, read, terms).await? {
        Sheet::Taken(_) => {
            if filling.keep(&viewer, &sent).await? {
                again(filling.journey.c.t("wrong-stale"))
            } else {
                return Ok(Redirect::to(&filling.path("")).into_response());
            }
        }
        Sheet::Parts(of, parts) => {
            let c = &filling.journey.c;
            let count = |number: usize| c.count(number as u64);
            let args = [("items", count(of)), ("most", count(terms.items_max)), ("parts", count(parts))];
            Mistake { part: c.tx("form-sheet-parts", &args), ..Mistake::default() }
        }
        Sheet::Wrong(wrong) => {
            let tag = language.tag();
            let said = wrong.iter().map(|words| words.get(tag).map(String::as_str).unwrap_or_default());
            let faults: Vec<String> = said.map(|said| sentence(&told(language, said))).collect();
            Mistake { error: filling.journey.c.tn("form-sheet-wrong", faults.len()), faults, ..Mistake::default() }
        }
    };
    Ok(sheet_page(&filling, &sent, mistake))
}

/// An empty sheet to fill in: its first row alone. Programs for sheets know UTF-8 by the mark at its beginning.
async fn empty(PageLanguage(language): PageLanguage) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"items.csv\""),
    ];
    (headers, format!("\u{feff}{}", form::header(language.tag()))).into_response()
}
