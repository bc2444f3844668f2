//! One item of a declaration that is filled in.
//!
//! Must not know of: the other items.

use std::sync::Arc;

use app::AppError;
use app::form::{self, Cells};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::field::{Line, lines, named};
use super::{Filling, of_item, typed, with};
use crate::fault::{self, PageFault};
use crate::pages::apply::for_whom::Asked;
use crate::pages::context::Context;
use crate::pages::forms::Posted;
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/apply/{service}/{fact}/form/items/{number}", get(put_item).post(take_item))
}

/// What an item's page is asked with besides.
#[derive(Deserialize)]
struct Shown {
    /// Whether it says what is wrong.
    #[serde(default)]
    check: bool,
    /// A code that was found in the tariff, to be put into the field.
    #[serde(default)]
    commodity: String,
}

#[derive(Template)]
#[template(path = "apply/item.html")]
struct ItemPage<'a> {
    c: Context<'a>,
    title: String,
    lead: String,
    wrong: Vec<(String, String)>,
    fields: Vec<Line>,
    version: u64,
    is_new: bool,
    /// Whether codes can be looked for here.
    tariff: bool,
    back: String,
}

/// An item's place, from 0: one that is there, or the one after the last.
fn place(filling: &Filling<'_>, number: &str) -> Result<usize, AppError> {
    let there = filling.form.items.len();
    let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    index.filter(|index| *index <= there).ok_or(AppError::NotFound("item"))
}

async fn put_item(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service, fact, number)): Path<(String, String, String, String)>,
    Query(asked): Query<Asked>,
    Query(shown): Query<Shown>,
) -> Result<Response, PageFault> {
    let filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    let index = place(&filling, &number)?;
    let mut cells = filling.form.items.get(index).cloned().unwrap_or_else(|| begun(&filling));
    if !shown.commodity.is_empty() {
        cells.insert("commodity".to_owned(), shown.commodity.chars().take(super::CHARS).collect());
    }
    let mut wrong = Vec::new();
    if shown.check {
        let draft = &filling.journey.draft;
        wrong = site.app.written(&filling.journey.in_name, draft, &filling.fact.name).await?.err().unwrap_or_default();
    }
    Ok(item_page(&filling, index, &cells, &wrong, String::new()))
}

/// What a new item begins with: goods of one invoice are paid in one currency.
fn begun(filling: &Filling<'_>) -> Cells {
    let last = filling.form.items.last().and_then(|item| item.get("currency"));
    last.map(|currency| ("currency".to_owned(), currency.clone())).into_iter().collect()
}

fn item_page(filling: &Filling<'_>, index: usize, cells: &Cells, wrong: &[form::Wrong], stale: String) -> Response {
    let c = &filling.journey.c;
    let own = of_item(wrong, Some(index));
    let stale = Some(stale).filter(|stale| !stale.is_empty()).map(|stale| (String::new(), stale));
    let anchor = |field: &str| if field.is_empty() { String::new() } else { format!("#{field}") };
    let told = own.iter().map(|one| (anchor(one.field), named(c, one)));
    let number = index.saturating_add(1);
    show(&ItemPage {
        title: c.t1("form-item", "number", c.count(number as u64)),
        lead: c.fact(&filling.journey.service, &filling.fact.name),
        wrong: stale.into_iter().chain(told).collect(),
        fields: lines(c, &form::item(&filling.declaring.terms, cells), cells, &own),
        version: filling.journey.draft.version,
        is_new: index >= filling.form.items.len(),
        tariff: c.site.app.has_nomenclature(),
        back: filling.path(""),
        c: Context {
            path: filling.both(&format!("/items/{number}")).into(),
            ..Context::new(c.site, c.language, c.viewer, "")
        },
    })
}

async fn take_item(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service, fact, number)): Path<(String, String, String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let mut filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    let index = place(&filling, &number)?;
    let before = filling.form.items.get(index).cloned();
    let cells = typed(&form::item(&filling.declaring.terms, &before.clone().unwrap_or_default()), &sent);
    // A new item into which nothing was typed is none.
    let nothing = before.is_none() && (cells.is_empty() || cells == begun(&filling));
    let what = sent.text("do");
    match filling.form.items.get_mut(index) {
        Some(_) if what == "remove" => drop(filling.form.items.remove(index)),
        Some(own) => *own = cells.clone(),
        None if nothing || what == "remove" => {}
        None => filling.form.items.push(cells.clone()),
    }
    if filling.keep(&viewer, &sent).await? {
        let stale = filling.journey.c.t("wrong-stale");
        return Ok(item_page(&filling, index, &cells, &[], stale));
    }
    if what == "tariff" {
        return Ok(Redirect::to(&tariff(&filling, index, &cells)).into_response());
    }
    if nothing || what == "remove" {
        return Ok(Redirect::to(&filling.path("")).into_response());
    }
    let wrong = form::write(&filling.form, &filling.declaring.terms, None).err().unwrap_or_default();
    if !of_item(&wrong, Some(index)).is_empty() {
        return Ok(item_page(&filling, index, &cells, &wrong, String::new()));
    }
    let next = filling.path(&format!("/items/{}", filling.form.items.len().saturating_add(1)));
    Ok(Redirect::to(&if what == "another" { next } else { filling.path("") }).into_response())
}

/// Where the code of an item is looked for: by what was typed as its code, else by what the goods are called.
fn tariff(filling: &Filling<'_>, index: usize, cells: &Cells) -> String {
    let asked = cells.get("commodity").or_else(|| cells.get("description")).map(String::as_str).unwrap_or_default();
    let number = index.saturating_add(1);
    let from = filling.both(&format!("/items/{number}"));
    let path = with(&filling.journey.c.link("/tariff"), &format!("q={}", fault::escaped(asked)));
    with(&path, &format!("from={}", fault::escaped(&from)))
}
