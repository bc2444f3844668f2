//! The supervisor's channels and times: which share of a service's cases went which way, and how long each step took, drawn and as tables.
//!
//! Must not know of: how a study is made. What it hides stays hidden: no figure here is worked out of hidden ones.

mod drawing;

use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Service, StageKind};
use app::definition::value::{Decimal, Value};
use app::times::Times;
use app::trs::{Figures, Measure, Row, Study};
use app::{Account, AppError};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use self::drawing::{Bar, Segment, bars, segments};
use super::context::Context;
use super::layout::show;
use crate::fault::PageFault;
use crate::format::segment;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// What stands in a study where a case has no value.
const NO_VALUE: &str = "(none)";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/times", get(page))
}

struct Choice {
    path: String,
    title: String,
    chosen: bool,
}

/// Cases that went one way.
struct Way {
    name: String,
    cases: String,
    share: String,
    median: String,
    tail: String,
}

/// A step, or what a role had to do.
struct Step {
    number: String,
    name: String,
    authority: String,
    count: String,
    median: String,
    p90: String,
    p95: String,
    working: String,
}

struct Told {
    filed: String,
    ways: Vec<Way>,
    segments: Vec<Segment>,
    steps: Vec<Step>,
    bars: Vec<Bar>,
    height: u64,
    roles: Vec<Step>,
}

#[derive(Template)]
#[template(path = "times.html")]
struct TimesPage<'a> {
    c: Context<'a>,
    services: Vec<Choice>,
    groups: Vec<Choice>,
    title: String,
    by: String,
    from: String,
    made: String,
    told: Option<Told>,
}

#[derive(Deserialize)]
struct Asked {
    service: Option<String>,
    by: Option<String>,
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFault> {
    let own = supervised(&site, viewer.account());
    let first = own.first().ok_or(AppError::Forbidden)?;
    let service = asked.service.as_deref().unwrap_or(&first.name);
    let times = site.app.times(viewer.account(), service, asked.by.as_deref()).await?;
    let c = Context::new(&site, language, Some(&viewer), "/times");
    let services = own.iter().map(|one| Choice {
        path: c.link(&format!("/times?service={}", segment(&one.name))),
        title: c.s(one, "title"),
        chosen: one.name == times.service.name,
    });
    let groups = times.could.iter().map(|name| Choice {
        path: c.link(&format!("/times?service={}&by={}", segment(&times.service.name), segment(name))),
        title: group(&c, &times.service, name),
        chosen: times.by.as_ref() == Some(name),
    });
    let page = TimesPage {
        services: services.collect(),
        groups: groups.collect(),
        title: c.s(&times.service, "title"),
        by: times.by.as_ref().map(|by| group(&c, &times.service, by)).unwrap_or_default(),
        from: c.date(&times.from),
        made: c.moment(&times.made),
        told: times.study.as_ref().map(|study| told(&c, &times, study)),
        c,
    };
    Ok(show(&page))
}

/// The services of the authorities that somebody supervises.
fn supervised<'s>(site: &'s Site, account: &Account) -> Vec<&'s Arc<Checked<Service>>> {
    let services = site.app.zone().services().values();
    services.filter(|service| account.supervises.contains(&service.authority)).collect()
}

/// What cases are told apart by, in words.
fn group(c: &Context<'_>, service: &Checked<Service>, name: &str) -> String {
    if service.stage(name).is_some() { c.stage(service, name) } else { c.fact(service, name) }
}

fn told(c: &Context<'_>, times: &Times, study: &Study) -> Told {
    let own = |row: &&Row| row.service.as_ref() == Some(&times.service.name);
    let filed = study.rows.iter().filter(own).filter(|row| row.measure == Measure::Filed);
    let total = filed.clone().find(|row| row.by.is_none()).and_then(|row| row.count);
    let parts: Vec<&Row> = filed.filter(|row| row.by.is_some()).collect();
    let steps = study.rows.iter().filter(own).filter(|row| row.measure == Measure::Step && row.by.is_none());
    let steps: Vec<&Row> = steps.collect();
    // The bound is that of the figures drawn: what is hidden has none.
    let most = steps.iter().filter_map(|row| row.elapsed).map(|shares| shares.all.p90_s).max().unwrap_or(0);
    let drawn = steps.iter().map(|row| row.elapsed.map(|shares| (shares.all.p50_s, shares.all.p90_s)));
    let (bars, height) = bars(drawn, most, c.language);
    let roles = study.rows.iter().filter(|row| row.measure == Measure::Role);
    Told {
        filed: total.map_or_else(|| c.t("times-hidden"), |total| c.count(total)),
        segments: segments(parts.iter().map(|row| (row.by.as_deref(), row.count)), total, c.language),
        ways: parts.iter().map(|row| way(c, times, study, row, total)).collect(),
        steps: steps.iter().zip(1_u64..).map(|(row, number)| step(c, times, row, number)).collect(),
        bars,
        height,
        roles: roles.zip(1_u64..).map(|(row, number)| step(c, times, row, number)).collect(),
    }
}

/// Cases that went one way: how many, which share, and how long to their end.
fn way(c: &Context<'_>, times: &Times, study: &Study, row: &Row, total: Option<u64>) -> Way {
    let hidden = || c.t("times-hidden");
    let ended = study.rows.iter().find(|other| {
        let same = (&other.service, &other.by) == (&row.service, &row.by);
        same && other.measure == Measure::FilingToEnd && other.outcome.is_none()
    });
    let figures = ended.and_then(|ended| ended.elapsed).map(|shares| shares.all);
    let span = |of: fn(&Figures) -> u64| figures.as_ref().map_or_else(hidden, |figures| span(c, of(figures)));
    let share = row.count.zip(total).and_then(|(count, total)| permille(count, total));
    Way {
        name: value(c, times, row.by.as_deref().unwrap_or_default()),
        cases: row.count.map_or_else(hidden, |count| c.count(count)),
        share: share.map_or_else(hidden, |share| c.t1("percent", "number", c.number(&Decimal::new(share, 1)))),
        median: span(|figures| figures.p50_s),
        tail: span(|figures| figures.p90_s),
    }
}

/// So many thousandths, to the nearest.
fn permille(part: u64, whole: u64) -> Option<i64> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let doubled = part.checked_mul(2000)?.checked_add(whole)?;
    i64::try_from(doubled.checked_div(whole.checked_mul(2)?)?).ok()
}

/// A way that cases went, in words.
fn value(c: &Context<'_>, times: &Times, value: &str) -> String {
    let (service, by) = (&times.service, times.by.as_deref().unwrap_or_default());
    match service.stage(by).map(|stage| &stage.kind) {
        _ if value == NO_VALUE => c.t("times-none"),
        // Channels have names of their own beside the stages that they lead to.
        Some(StageKind::Decide { .. }) => c.t_or(&format!("channel-{value}"), &c.route(service, by, value)),
        _ => {
            let type_ = service.fact(by).map(|fact| &fact.type_);
            let value = match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                code => Value::Code(code.to_owned()),
            };
            c.typed(type_, &value)
        }
    }
}

fn step(c: &Context<'_>, times: &Times, row: &Row, number: u64) -> Step {
    let hidden = || c.t("times-hidden");
    let figures = row.elapsed.map(|shares| shares.all);
    let span_of = |of: fn(&Figures) -> u64| figures.as_ref().map_or_else(hidden, |figures| span(c, of(figures)));
    let stage = row.stage.as_deref().unwrap_or_default();
    let name = match (&row.branch, &row.role) {
        (Some(branch), _) => c.s(&times.service, &format!("branch-{stage}-{branch}")),
        (None, _) if !stage.is_empty() => c.stage(&times.service, stage),
        (None, Some(role)) => c.z(&format!("role-{role}")),
        (None, None) => String::new(),
    };
    Step {
        number: c.count(number),
        name,
        authority: row.authority.as_ref().map(|authority| c.z(&format!("authority-{authority}"))).unwrap_or_default(),
        count: row.count.map_or_else(hidden, |count| c.count(count)),
        median: span_of(|figures| figures.p50_s),
        p90: span_of(|figures| figures.p90_s),
        p95: span_of(|figures| figures.p95_s),
        working: row.working.map_or_else(hidden, |shares| span(c, shares.all.p50_s)),
    }
}

/// A time in the unit that suits it, to the nearest.
fn span(c: &Context<'_>, seconds: u64) -> String {
    let of = |key: &str, unit: u64| {
        let count = seconds.saturating_mul(2).saturating_add(unit).checked_div(unit.saturating_mul(2)).unwrap_or(0);
        c.tn(key, usize::try_from(count).unwrap_or(usize::MAX))
    };
    match seconds {
        0..60 => c.t("span-moment"),
        60..7_200 => of("span-minutes", 60),
        7_200..172_800 => of("span-hours", 3_600),
        _ => of("span-days", 86_400),
    }
}
