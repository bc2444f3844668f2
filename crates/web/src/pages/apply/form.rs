//! Filling in a declaration instead of sending one: what is said of the whole and the list of its goods; each item has a page of its own.
//!
//! Must not know of: what makes a declaration right. All that is typed is kept at once, right or wrong.

mod field;
mod item;
mod sheet;

use std::sync::Arc;

use app::definition::model::{Fact, Name};
use app::form::{self, Cells, Form, Wrong};
use app::{AppError, Declaring};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Journey;
use super::for_whom::{self, Asked, carried};
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::direction::isolated;
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;
use field::{Line, lines, named, said};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/apply/{service}/{fact}/form", get(put_form).post(take_form))
        .merge(item::routes())
        .merge(sheet::routes())
}

/// Items of a list.
const ITEMS: usize = 50;

/// Where the form of a question is filled in.
struct Filling<'a> {
    journey: Journey<'a>,
    fact: Fact,
    declaring: Declaring,
    form: Form,
}

impl<'a> Filling<'a> {
    async fn of(
        site: &'a Site,
        language: Language,
        viewer: &'a Viewer,
        (service, fact): (&str, &str),
        asked: &Asked,
    ) -> Result<Self, PageFault> {
        let journey = Journey::of(site, language, viewer, service, asked).await?;
        let own = journey.questions().into_iter().find(|own| own.name == fact).cloned();
        let fact = own.ok_or(AppError::NotFound("question"))?;
        let (declaring, form) = site.app.form(&journey.service, &journey.draft, &fact.name).await?;
        Ok(Self { journey, fact, declaring, form })
    }

    /// The path of a page of this form.
    fn path(&self, page: &str) -> String {
        self.journey.path(&format!("{}/form{page}", self.fact.name))
    }

    /// The page of an item, counted from 0, which says what is wrong with it.
    fn item_path(&self, index: usize) -> String {
        with(&self.path(&format!("/items/{}", index.saturating_add(1))), "check=true")
    }

    /// The same in the other language.
    fn both(&self, page: &str) -> String {
        format!("/apply/{}/{}/form{page}{}", self.journey.service.name, self.fact.name, carried(&self.journey.draft))
    }

    /// What was typed is kept; whether the page was made before somebody else's change of the draft.
    async fn keep(&mut self, viewer: &Viewer, sent: &Sent) -> Result<bool, AppError> {
        if sent.text("version").parse() != Ok(self.journey.draft.version) {
            return Ok(true);
        }
        let (app, form) = (&self.journey.c.site.app, self.form.clone());
        app.keep_form(viewer.account(), &mut self.journey.draft, &self.fact.name, form).await?;
        Ok(false)
    }

    /// What is wrong, for the top of a page: where to mend it, and what.
    fn summary(&self, wrong: &[Wrong]) -> Vec<(String, String)> {
        let c = &self.journey.c;
        let one = |wrong: &Wrong| match wrong.item {
            Some(index) => {
                let item = c.t1("form-item", "number", c.count(index.saturating_add(1) as u64));
                (
                    format!("{}#{}", self.item_path(index), wrong.field),
                    match wrong.field {
                        "" => format!("{item}{} {}", c.t("colon"), said(c, wrong)),
                        _ => format!("{item}{}{}", c.t("list-comma"), named(c, wrong)),
                    },
                )
            }
            None if wrong.field.is_empty() => (String::new(), said(c, wrong)),
            None => (format!("#{}", wrong.field), named(c, wrong)),
        };
        wrong.iter().take(SUMMARY).map(one).collect()
    }
}

/// Mistakes at the top of a page: more are told when these are mended.
const SUMMARY: usize = 50;
/// Characters that are kept of what is typed into one field: about twice as many as the longest datum has.
const CHARS: usize = 1000;

/// A path with one more word for the page.
pub(super) fn with(path: &str, query: &str) -> String {
    format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' })
}

/// What was typed into fields.
fn typed(fields: &[form::Field], sent: &Sent) -> Cells {
    let one = |field: &form::Field| {
        let text: String = sent.text(field.key).trim().chars().take(CHARS).collect();
        (!text.is_empty()).then(|| (field.key.to_owned(), text))
    };
    fields.iter().filter_map(one).collect()
}

/// An item in the list.
struct Goods {
    number: String,
    code: String,
    said: String,
    path: String,
}

#[derive(Template)]
#[template(path = "apply/form.html")]
struct FormPage<'a> {
    c: Context<'a>,
    title: String,
    lead: String,
    acts_for: String,
    wrong: Vec<(String, String)>,
    fields: Vec<Line>,
    goods: Vec<Goods>,
    count: String,
    /// Where the list goes on, and where it comes from.
    onward: Vec<(String, String)>,
    most: String,
    more: bool,
    version: u64,
    change: bool,
    back: String,
}

/// Which part of the list is shown.
#[derive(serde::Deserialize)]
struct Part {
    #[serde(default)]
    from: usize,
}

async fn put_form(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, service, fact)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    Ok(form_page(filling, asked.change, part.from, &[], String::new()))
}

/// The page, with what is wrong.
fn form_page(filling: Filling<'_>, change: bool, from: usize, wrong: &[Wrong], stale: String) -> Response {
    let mut summary = filling.summary(wrong);
    if !stale.is_empty() {
        summary.insert(0, (String::new(), stale));
    }
    let (c, form) = (&filling.journey.c, &filling.form);
    let fields = lines(c, &form::head(&filling.declaring.terms), &form.head, &of_item(wrong, None));
    let goods =
        form.items.iter().enumerate().skip(from).take(ITEMS).map(|(index, cells)| goods(&filling, index, cells));
    let goods = goods.collect();
    let mut onward = Vec::new();
    if let Some(before) = from.checked_sub(ITEMS) {
        onward.push((with(&filling.path(""), &format!("from={before}")), c.t("form-items-before")));
    }
    let after = from.saturating_add(ITEMS);
    if after < form.items.len() {
        onward.push((with(&filling.path(""), &format!("from={after}")), c.t("form-items-after")));
    }
    let page = FormPage {
        title: c.fact(&filling.journey.service, &filling.fact.name),
        lead: c.s(&filling.journey.service, "title"),
        acts_for: for_whom::acts_for(c, &filling.journey.in_name),
        count: c.tn("form-items", form.items.len()),
        most: c.tn("form-items-most", filling.declaring.terms.items_max),
        more: form.items.len() < filling.declaring.terms.items_max,
        back: filling.journey.path(&filling.fact.name),
        version: filling.journey.draft.version,
        wrong: summary,
        fields,
        goods,
        onward,
        change,
        c: Context { path: filling.both("").into(), ..Context::new(c.site, c.language, c.viewer, "") },
    };
    show(&page)
}

/// What is wrong with one item, or with the declaration as a whole.
fn of_item(wrong: &[Wrong], item: Option<usize>) -> Vec<&Wrong> {
    wrong.iter().filter(|one| one.item == item).collect()
}

fn goods(filling: &Filling<'_>, index: usize, cells: &Cells) -> Goods {
    let c = &filling.journey.c;
    let cell = |key: &str| cells.get(key).map(|cell| isolated(cell));
    let price = [cell("price"), cell("currency")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [cell("description"), cell("origin"), Some(price).filter(|price| !price.is_empty())];
    Goods {
        number: c.count(index.saturating_add(1) as u64),
        code: cells.get("commodity").cloned().unwrap_or_else(|| c.t("not-given")),
        said: parts.into_iter().flatten().collect::<Vec<_>>().join(&c.t("list-comma")),
        path: filling.path(&format!("/items/{}", index.saturating_add(1))),
    }
}

async fn take_form(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, service, fact)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let mut filling = Filling::of(&site, language, &viewer, (&service, &fact), &asked).await?;
    let fields = form::head(&filling.declaring.terms);
    filling.form.head = typed(&fields, &sent);
    let change = asked.change || sent.text("change") == "true";
    if filling.keep(&viewer, &sent).await? {
        let stale = filling.journey.c.t("wrong-stale");
        return Ok(form_page(filling, change, 0, &[], stale));
    }
    let to = match sent.text("do") {
        "item" => filling.path(&format!("/items/{}", filling.form.items.len().saturating_add(1))),
        "sheet" => filling.path("/sheet"),
        _ => return done(filling, &viewer, change).await,
    };
    Ok(Redirect::to(&to).into_response())
}

/// The declaration becomes the answer, if nothing is wrong with it.
async fn done(mut filling: Filling<'_>, viewer: &Viewer, change: bool) -> Result<Response, PageFault> {
    let app = &filling.journey.c.site.app;
    let name: Name = filling.fact.name.clone();
    let wrong = app.declare(viewer.account(), &filling.journey.in_name, &mut filling.journey.draft, &name).await?;
    if !wrong.is_empty() {
        return Ok(form_page(filling, change, 0, &wrong, String::new()));
    }
    app.keep_draft(viewer.account(), &filling.journey.draft).await?;
    Ok(Redirect::to(&filling.journey.onward(&name, change)).into_response())
}
