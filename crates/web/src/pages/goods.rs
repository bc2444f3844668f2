//! Goods accounts: a company's lots and receipts with what lies in them; for a supervisor those of all companies.
//!
//! Must not know of: who may look, how goods move.

mod account;
mod leftovers;
pub(super) mod words;

use std::sync::Arc;

use app::customs::goods::Holding;
use app::{AppError, GoodsBy, GoodsHolding, LeftoverFilter};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

pub(super) use leftovers::{details, passage};

use super::context::{Context, spoken};
use super::layout::show;
use crate::fault::PageFault;
use crate::format::segment;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/goods", get(all))
        .route("/{language}/goods/leftovers", get(leftovers::page))
        .route("/{language}/goods/{kind}/{id}", get(account::one))
}

/// A lot or receipt in a list.
struct Row {
    path: String,
    id: String,
    owner: String,
    warehouse: String,
    commodity: String,
    balance: String,
    is_spent: bool,
    is_held: bool,
}

/// Lots, or receipts.
struct Part {
    name: String,
    rows: Vec<Row>,
    /// Where the rest is.
    next: String,
}

struct Choice {
    path: String,
    key: String,
    by: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "goods/all.html")]
struct GoodsPage<'a> {
    c: Context<'a>,
    companies: Vec<Choice>,
    /// Whose accounts are shown; nothing where they are everybody's.
    of: String,
    parts: Vec<Part>,
    /// What is left over of the company's papers.
    lines: Vec<leftovers::Line>,
    /// Where all of that is.
    leftovers: String,
    number: String,
    error: String,
}

#[derive(Deserialize)]
struct Asked {
    /// A company's key.
    company: Option<String>,
    /// The lot behind which the page begins.
    lot: Option<String>,
    /// The receipt behind which the page begins.
    receipt: Option<String>,
    /// The number of a lot or receipt to go to.
    #[serde(default)]
    number: String,
}

async fn all(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let (app, account) = (&site.app, viewer.account());
    let c = Context::new(&site, language, Some(&viewer), "/goods");
    let number = asked.number.trim();
    if let Some(found) = find(&site, &viewer, number).await? {
        return Ok(Redirect::to(&c.link(&found)).into_response());
    }
    let error = if number.is_empty() { String::new() } else { c.t("goods-none-such") };
    let companies = app.goods_companies(account).await?;
    let supervises = app.supervises_goods(account);
    if companies.is_empty() && !supervises && account.person.is_none() {
        return Err(AppError::Forbidden.into());
    }
    let only = companies.first().filter(|_| companies.len() == 1 && !supervises).map(|only| only.key.clone());
    let of = asked.company.clone().or(only);
    let mut parts = Vec::new();
    if of.is_some() || supervises {
        for (kind, after) in [("lot", &asked.lot), ("receipt", &asked.receipt)] {
            let (holdings, next) = app.goods_of(account, (kind, of.as_deref()), after.clone()).await?;
            let company = of.as_deref().map(|of| format!("company={}&", segment(of))).unwrap_or_default();
            parts.push(Part {
                name: kind.to_owned(),
                rows: holdings.iter().map(|holding| row(&c, holding)).collect(),
                next: next.map(|next| format!("?{company}{kind}={}", segment(&next))).unwrap_or_default(),
            });
        }
    }
    let (mut lines, mut leftovers) = (Vec::new(), String::new());
    if of.is_some() || supervises {
        let company = of.as_deref().map(|of| format!("?company={}", segment(of))).unwrap_or_default();
        leftovers = c.link(&format!("/goods/leftovers{company}"));
    }
    if let Some(owner) = &of {
        let filter = LeftoverFilter { kind: None, owner: Some(owner.clone()), settled: false };
        let (left, _) = app.leftovers(account, &filter, None).await?;
        lines = left.iter().map(|one| self::leftovers::line(&c, one)).collect();
    }
    let choice = |company: app::Company| Choice {
        path: c.link(&format!("/goods?company={}", segment(&company.key))),
        by: if company.by == GoodsBy::Agent { c.t("goods-by-agent") } else { String::new() },
        chosen: of.as_ref() == Some(&company.key),
        key: spoken(&company.key),
    };
    let companies = companies.into_iter().map(choice).collect();
    let of = spoken(of.as_deref().unwrap_or_default());
    Ok(show(&GoodsPage { companies, of, parts, lines, leftovers, number: spoken(number), error, c }))
}

/// The page of the lot or receipt with a number, if whoever asks may look at it.
async fn find(site: &Site, viewer: &Viewer, number: &str) -> Result<Option<String>, AppError> {
    for kind in ["lot", "receipt"].into_iter().filter(|_| !number.is_empty()) {
        match site.app.goods_account(viewer.account(), (kind, number), None).await {
            Ok(account) => return Ok(Some(path(&account.holding.holding))),
            Err(AppError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn row(c: &Context<'_>, of: &GoodsHolding) -> Row {
    Row {
        path: c.link(&path(&of.holding)),
        id: spoken(words::id(&of.holding)),
        owner: spoken(&of.owner),
        warehouse: words::warehouse(c, &of.warehouse),
        commodity: spoken(&of.commodity),
        balance: words::quantity(c, of.balance),
        is_spent: of.balance.is_zero(),
        is_held: !of.holds.is_empty(),
    }
}

/// Where the page of a lot or receipt is, behind the language.
fn path(of: &Holding) -> String {
    let kind = if matches!(of, Holding::Lot(_)) { "lot" } else { "receipt" };
    format!("/goods/{kind}/{}", segment(words::id(of)))
}
