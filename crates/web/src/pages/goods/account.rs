//! A lot or receipt: what lies in it, what keeps it there, where it comes from, and every movement of it.
//!
//! Must not know of: who may look, how goods move.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::customs::goods::{Content, HoldKind, OfferedTo, Quantity, Status};
use app::{GoodsAccount, GoodsMove};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::words;
use crate::fault::PageFault;
use crate::pages::context::{Context, spoken};
use crate::pages::layout::show;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Declared items told on the page; a row may come from a thousand.
const CONTENTS: usize = 100;
/// Reservations told on the page one by one; an account may have a thousand.
const RESERVATIONS: usize = 20;

struct Line {
    at: String,
    what: String,
    /// To whom and until when, of an offer.
    offered: String,
    came: String,
    went: String,
    /// The other sides in words, each with its page where whoever looks may have one.
    others: Vec<(String, String)>,
    balance: String,
    /// The case's page and reference.
    case: Option<(String, String)>,
    position: u64,
    shown_position: String,
}

struct Source {
    declaration: String,
    item: String,
    commodity: String,
    status: String,
    quantity: String,
    value: String,
}

#[derive(Template)]
#[template(path = "goods/account.html")]
struct AccountPage<'a> {
    c: Context<'a>,
    title: String,
    owner: String,
    warehouse: String,
    commodity: String,
    balance: String,
    /// How much is reserved in all, and by which case how much; nothing where nothing is.
    reserved: Option<(String, Vec<String>)>,
    holds: Vec<String>,
    lot: Option<(String, String)>,
    replaces: Option<(String, String)>,
    sources: Vec<Source>,
    more_sources: String,
    lines: Vec<Line>,
    next: Option<u64>,
    is_part: bool,
}

#[derive(Deserialize)]
pub(super) struct Part {
    /// The number of the line behind which the page begins.
    after: Option<u64>,
}

pub(super) async fn one(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, kind, id)): Path<(String, String, String)>,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let account = site.app.goods_account(viewer.account(), (&kind, &id), part.after).await?;
    let GoodsAccount { holding, contents, moves, next } = account;
    let path = super::path(&holding.holding);
    let c = Context::new(&site, language, Some(&viewer), path);
    let to = |kind: &str, id: &String| (c.link(&format!("/goods/{kind}/{}", crate::format::segment(id))), spoken(id));
    let held = |(by, kind): (&String, &HoldKind)| {
        let key = if *kind == HoldKind::Seizure { "goods-seized" } else { "goods-inspected" };
        c.t1(key, "by", spoken(by))
    };
    let title = if kind == "lot" { "goods-lot-of" } else { "goods-receipt-of" };
    let page = AccountPage {
        title: c.t1(title, "id", spoken(words::id(&holding.holding))),
        owner: spoken(&holding.owner),
        warehouse: words::warehouse(&c, &holding.warehouse),
        commodity: spoken(&holding.commodity),
        balance: words::quantity(&c, holding.balance),
        reserved: reserved(&c, &holding.reserved),
        holds: holding.holds.iter().map(held).collect(),
        lot: holding.lot.as_ref().map(|lot| to("lot", lot)),
        replaces: holding.replaces.as_ref().map(|receipt| to("receipt", receipt)),
        more_sources: contents
            .len()
            .checked_sub(CONTENTS)
            .filter(|more| *more > 0)
            .map(|more| c.t1("goods-more-sources", "count", c.count(more)))
            .unwrap_or_default(),
        sources: contents.iter().take(CONTENTS).map(|content| source(&c, content)).collect(),
        lines: moves.iter().map(|one| line(&c, one)).collect(),
        next,
        is_part: part.after.is_some(),
        c,
    };
    Ok(show(&page))
}

/// What is reserved of goods, in all and by case.
fn reserved(c: &Context<'_>, of: &BTreeMap<String, Quantity>) -> Option<(String, Vec<String>)> {
    let sum = of.values().copied().reduce(|sum, one| sum.plus(one).unwrap_or(sum))?;
    let one = |(by, quantity): (&String, &Quantity)| {
        c.t2("goods-reserved-by", ("quantity", words::quantity(c, *quantity)), ("by", spoken(by)))
    };
    Some((words::quantity(c, sum), of.iter().take(RESERVATIONS).map(one).collect()))
}

fn line(c: &Context<'_>, of: &GoodsMove) -> Line {
    let quantity = |of: Quantity| {
        if of.is_zero() { String::new() } else { words::quantity(c, of) }
    };
    Line {
        at: c.moment(&of.at),
        what: c.t_or(&format!("goods-move-{}", of.line.movement), &of.line.movement),
        offered: of.line.offered.as_ref().map(|of| offered(c, of)).unwrap_or_default(),
        came: quantity(of.line.came),
        went: quantity(of.line.went),
        others: of.line.others.iter().map(|other| words::other(c, other)).collect(),
        balance: words::quantity(c, of.line.balance),
        case: of.case.map(|case| (c.link(&format!("/cases/{case}")), case.reference())),
        position: of.position,
        shown_position: c.count(of.position),
    }
}

fn offered(c: &Context<'_>, of: &OfferedTo) -> String {
    c.t2("goods-offered", ("to", spoken(of.to.as_str())), ("until", c.date(&of.until)))
}

fn source(c: &Context<'_>, of: &Content) -> Source {
    let status = match of.status {
        Status::Foreign => "goods-foreign",
        Status::Mainland => "goods-of-mainland",
        Status::Zone => "goods-of-zone",
    };
    Source {
        declaration: spoken(of.item.declaration.as_str()),
        item: c.count(of.item.item),
        commodity: spoken(&of.commodity.to_string()),
        status: c.t(status),
        quantity: words::quantity(c, of.quantity),
        value: c.money(&of.value),
    }
}
