//! What is left over between the papers: for a supervisor of goods all of it, for a company its own.
//!
//! Must not know of: who may look, what writes what off.

use std::sync::Arc;

use app::customs::goods::{Left, Manifest, MassDiffers};
use app::definition::value::Value;
use app::{AppError, LeftoverFilter, LeftoverOf, LeftoverView, LeftoverWay, Load, PaperKind, Settled, WentOut};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::words;
use crate::fault::PageFault;
use crate::format::segment;
use crate::pages::context::{Context, spoken};
use crate::pages::layout::show;
use crate::pages::passages::{doubt, mass};
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// Most items told of a line of a manifest.
const ITEMS: usize = 5;

/// Something that is left over, in words.
pub(super) struct Line {
    pub(super) paper: String,
    /// What is wrong with it beyond that it is left over.
    pub(super) tag: String,
    pub(super) is_bad: bool,
    /// What it is called, for whoever explains it.
    pub(super) id: String,
    pub(super) details: Vec<String>,
    pub(super) owner: String,
    pub(super) since: String,
    pub(super) days: String,
    pub(super) service: String,
    /// The case's page and reference.
    pub(super) case: Option<(String, String)>,
}

/// A kind of paper that the list can be narrowed to.
struct Choice {
    value: &'static str,
    words: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "goods/leftovers.html")]
struct LeftoversPage<'a> {
    c: Context<'a>,
    papers: Vec<Choice>,
    companies: Vec<(String, bool)>,
    /// Whether any company's can be asked for.
    any_company: bool,
    of: String,
    lines: Vec<Line>,
    next: String,
    is_part: bool,
    settled: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// A kind of paper.
    #[serde(default)]
    paper: String,
    /// A company's key.
    #[serde(default)]
    company: String,
    /// Whether what was settled is shown, too.
    #[serde(default)]
    settled: String,
    /// Behind what the page begins.
    after: Option<String>,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let (app, account) = (&site.app, viewer.account());
    let missing = || AppError::NotFound("list");
    let kind = match asked.paper.as_str() {
        "" => None,
        name => Some(PaperKind::of_name(name).ok_or_else(missing)?),
    };
    let companies = app.goods_companies(account).await?;
    let supervises = app.supervises_goods(account);
    if companies.is_empty() && !supervises {
        return Err(missing().into());
    }
    let typed = Some(asked.company.trim().to_owned()).filter(|company| !company.is_empty());
    let own = companies.first().filter(|_| !supervises).map(|first| first.key.clone());
    let filter = LeftoverFilter { kind, owner: typed.or(own), settled: !asked.settled.is_empty() };
    let (left, next) = app.leftovers(account, &filter, asked.after.clone()).await?;
    let c = Context::new(&site, language, Some(&viewer), "/goods/leftovers");
    let of = filter.owner.clone().unwrap_or_default();
    let papers = PaperKind::ALL.map(|paper| Choice {
        value: paper.name(),
        words: c.t(&format!("leftovers-{}", paper.name())),
        chosen: kind == Some(paper),
    });
    let all = if filter.settled { "&settled=yes" } else { "" };
    let narrowed = format!("paper={}&company={}{all}", asked.paper, segment(&of));
    let page = LeftoversPage {
        papers: papers.into(),
        companies: companies.iter().map(|company| (spoken(&company.key), company.key == of)).collect(),
        any_company: supervises,
        of: spoken(&of),
        lines: left.iter().map(|one| line(&c, one)).collect(),
        next: next.map(|next| format!("?{narrowed}&after={}", segment(&next))).unwrap_or_default(),
        is_part: asked.after.is_some(),
        settled: filter.settled,
        c,
    };
    Ok(show(&page))
}

pub(super) fn line(c: &Context<'_>, of: &LeftoverView) -> Line {
    let service = c.site.app.zone().services().get(&of.service);
    Line {
        paper: c.t(&format!("leftovers-{}", of.what.kind().name())),
        tag: match (of.way, &of.what) {
            _ if of.settled.is_some() => c.t("leftovers-settled"),
            (LeftoverWay::Open, _) => String::new(),
            (LeftoverWay::Beyond, LeftoverOf::Manifest { .. }) => c.t("leftovers-way-more"),
            (LeftoverWay::Beyond, LeftoverOf::Released { went_out, .. }) => {
                c.t1("leftovers-way-beyond", "count", c.count(went_out.len()))
            }
            (way, _) => c.t(&format!("leftovers-way-{}", way.name())),
        },
        is_bad: of.settled.is_none()
            && matches!(
                of.way,
                LeftoverWay::Arrived
                    | LeftoverWay::Beyond
                    | LeftoverWay::Goods
                    | LeftoverWay::Mass
                    | LeftoverWay::Unknown
            ),
        id: of.id.as_deref().map(spoken).unwrap_or_default(),
        details: details(c, &of.what).into_iter().chain(of.settled.iter().flat_map(|one| settled(c, one))).collect(),
        owner: of.owner.as_deref().map(spoken).unwrap_or_default(),
        since: c.moment(&of.since),
        days: c.t1("leftovers-days", "count", c.count(of.days)),
        service: service.map(|service| c.s(service, "title")).unwrap_or_else(|| spoken(&of.service)),
        case: of.case.zip(of.reference.clone()).map(|(case, reference)| (c.link(&format!("/cases/{case}")), reference)),
    }
}

/// Who settled it, when and why.
fn settled(c: &Context<'_>, of: &Settled) -> Vec<String> {
    let cause = c.value("leftover.cause", &Value::Code(of.cause.clone()));
    let mut said = vec![c.t2("leftovers-settled-by", ("case", of.case.reference()), ("time", c.moment(&of.at)))];
    said.push(c.t1("leftovers-settled-cause", "cause", cause));
    said.extend(of.grounds.iter().map(|ground| c.t1("leftovers-settled-ground", "ground", c.ground(ground))));
    if !of.officers.is_empty() {
        let officers: Vec<String> = of.officers.iter().map(|officer| spoken(officer)).collect();
        said.push(c.t1("leftovers-settled-officers", "officers", officers.join(&c.t("list-comma"))));
    }
    said
}

pub(in crate::pages) fn details(c: &Context<'_>, what: &LeftoverOf) -> Vec<String> {
    match what {
        LeftoverOf::Manifest { line, filed, left, entered } => {
            let number = c.count(line.line);
            let named = c.t2("leftovers-line", ("manifest", spoken(line.manifest.as_str())), ("line", number));
            let filed = filed.iter().map(|filed| consignment(c, filed));
            let items = entered.iter().map(|(_, item, quantity)| {
                let item = spoken(&format!("{} / {}", item.declaration, item.item));
                c.t2("leftovers-entered", ("quantity", words::quantity(c, *quantity)), ("item", item))
            });
            [named].into_iter().chain(filed).chain([differs(c, left)]).chain(items.take(ITEMS)).collect()
        }
        LeftoverOf::Declared { reference, items } => {
            let reference =
                reference.iter().map(|reference| c.t1("leftovers-reference", "reference", spoken(reference)));
            let items = items.iter().filter_map(|items| items.parse::<u64>().ok());
            reference.chain(items.map(|items| c.t1("leftovers-items", "count", c.count(items)))).collect()
        }
        LeftoverOf::Released { loads, until, went_out, .. } => {
            let until = until.iter().filter(|_| went_out.iter().all(|out| out.doubt.is_some()));
            let until = until.map(|until| c.t1("leftovers-pass-until", "time", c.moment(until)));
            let out = went_out.iter().flat_map(|out| passage(c, out));
            loads.iter().map(|one| load(c, one)).chain(until).chain(out).collect()
        }
        LeftoverOf::Transit { loads, record, until } => {
            let record = c.t1("leftovers-journey", "key", spoken(&record.key));
            let until = until.iter().map(|until| c.t1("leftovers-arrive-until", "day", c.date(until)));
            loads.iter().map(|one| load(c, one)).chain([record]).chain(until).collect()
        }
    }
}

/// What a carrier filed.
fn consignment(c: &Context<'_>, of: &Manifest) -> String {
    let commodity = spoken(&of.commodity.to_string());
    let goods = c.t2("leftovers-load", ("quantity", words::quantity(c, of.gross)), ("commodity", commodity));
    let document = spoken(of.transport_document.as_str());
    let papers = c.t2("leftovers-consignment", ("document", document), ("packages", c.count(of.packages)));
    format!("{goods}{}{papers}", c.t("list-comma"))
}

/// How a line and what came in differ.
fn differs(c: &Context<'_>, left: &Left) -> String {
    match left {
        Left::Open(rest) => c.t1("leftovers-to-come", "quantity", words::quantity(c, *rest)),
        Left::Beyond(rest) => c.t1("leftovers-surplus", "quantity", words::quantity(c, *rest)),
        Left::Unknown(all) => c.t1("leftovers-not-filed", "quantity", words::quantity(c, *all)),
        Left::OtherGoods(rest, came) => {
            let (rest, came) = (words::quantity(c, *rest), words::quantity(c, *came));
            c.t2("leftovers-other-goods", ("rest", rest), ("came", came))
        }
        Left::OtherUnit(filed, came) => {
            let (filed, came) = (words::quantity(c, *filed), words::quantity(c, *came));
            c.t2("leftovers-other-unit", ("filed", filed), ("came", came))
        }
    }
}

fn load(c: &Context<'_>, of: &Load) -> String {
    let (quantity, commodity) = (words::quantity(c, of.quantity), spoken(&of.commodity.to_string()));
    let said = c.t2("leftovers-load", ("quantity", quantity), ("commodity", commodity));
    match of.gross {
        Some(gross) => {
            format!("{said}{}{}", c.t("list-comma"), c.t1("leftovers-gross", "mass", words::quantity(c, gross)))
        }
        None => said,
    }
}

/// A passage out, what was weighed, and how that differs.
pub(in crate::pages) fn passage(c: &Context<'_>, of: &WentOut) -> Vec<String> {
    let mut said = vec![c.t2("leftovers-went-out", ("time", c.moment(&of.at)), ("gate", spoken(&of.gate)))];
    said.extend(of.weighed.map(|weighed| mass(c, Some(weighed.gross_kg), weighed.tare_kg)));
    said.extend(of.doubt.map(|why| c.t1("leftovers-doubt", "why", doubt(c, why))));
    said.extend(of.differs.map(|differs| match differs {
        MassDiffers::Lighter(by) => c.t1("leftovers-lighter", "mass", words::quantity(c, by)),
        MassDiffers::Heavier(by) => c.t1("leftovers-heavier", "mass", words::quantity(c, by)),
    }));
    said
}
