//! The integrity page: how the zone works, in figures that follow from the record; who watches over the log; with bars, their tables, and the
//! data as files.

mod audits;
mod witnesses;

use std::sync::Arc;

use app::definition::value::Decimal;
use app::engine::integrity::Share;
use app::engine::integrity::chance::Chance;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::context::Context;
use super::layout::show;
use crate::fault::PageFault;
use crate::integrity::{FIGURES, Named, Row, rows};
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;
use audits::Auditing;
use witnesses::Witnessing;

/// The longest bar, in the drawing's units.
const BAR: u64 = 300;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/integrity", get(page))
        .route("/{language}/integrity.csv", get(file))
        .route("/{language}/integrity/witnesses.csv", get(witnesses_file))
        .route("/{language}/integrity/audits.csv", get(audits_file))
}

/// Whether something is as it should be: said in words, and shown by a shape and a colour beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Good,
    Warn,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One of the numbers that stand alone.
struct Number {
    title: String,
    value: String,
    lead: String,
}

/// A line of a table.
struct Line {
    name: String,
    count: String,
    of: String,
    share: String,
    bar: u64,
}

/// A figure with a line for each service, authority or ground.
struct Table {
    figure: &'static str,
    title: String,
    lead: String,
    named: String,
    /// Whether its numbers are parts of a whole.
    parts: bool,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "integrity.html")]
struct IntegrityPage<'a> {
    c: Context<'a>,
    events: String,
    numbers: Vec<Number>,
    tables: Vec<Table>,
    /// What the test of the draws says, in sentences.
    chance: Vec<String>,
    /// The log's witnesses; none where it has none.
    witnessing: Option<Witnessing>,
    auditing: Auditing,
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
) -> Result<Response, PageFault> {
    let audits = site.app.audits().await?;
    let c = Context::new(&site, language, viewer.as_ref(), "/integrity");
    let integrity = site.app.integrity();
    let rows = rows(&site.app, &integrity);
    let of = |named: bool| FIGURES.iter().filter(move |(_, what)| (*what != Named::Zone) == named);
    let numbers = of(false).filter_map(|(figure, _)| {
        let row = rows.iter().find(|row| row.figure == *figure)?;
        Some(Number {
            title: c.t(&format!("integrity-{figure}")),
            value: value(&c, row),
            lead: c.t(&format!("integrity-{figure}-lead")),
        })
    });
    let numbers = numbers.collect();
    let tables = of(true).map(|(figure, named)| table(&c, figure, *named, &rows)).collect();
    let chance = chance(&c, integrity.chance.as_ref());
    let witnessing = site.app.finality().map(|finality| Witnessing::of(&c, &finality));
    let auditing = Auditing::of(&c, &audits, size(&site));
    let events = c.count(integrity.events);
    Ok(show(&IntegrityPage { events, numbers, tables, chance, witnessing, auditing, c }))
}

/// A number of the zone in words: a share, a mean, or a count.
fn value(c: &Context<'_>, row: &Row) -> String {
    match (row.figure, row.of) {
        ("touches", Some(of)) => mean(c, Share { of, count: row.count }),
        (_, Some(of)) => percent(c, Share { of, count: row.count }),
        (_, None) => c.count(row.count),
    }
}

fn percent(c: &Context<'_>, share: Share) -> String {
    match share.per_10_000().and_then(|parts| i64::try_from(parts).ok()) {
        Some(parts) => c.t1("percent", "number", c.number(&Decimal::new(parts, 2).normalize())),
        None => c.t("integrity-nothing"),
    }
}

/// So many for each, to two places.
fn mean(c: &Context<'_>, share: Share) -> String {
    match share.per_10_000().and_then(|parts| i64::try_from(parts).ok()) {
        Some(parts) => c.number(&Decimal::new(parts, 4).round_dp(2).normalize()),
        None => c.t("integrity-nothing"),
    }
}

fn table(c: &Context<'_>, figure: &'static str, named: Named, rows: &[Row]) -> Table {
    let own: Vec<&Row> = rows.iter().filter(|row| row.figure == figure).collect();
    let most = own.iter().map(|row| row.count).max().unwrap_or(1).max(1);
    let line = |row: &&Row| {
        let share = row.of.map(|of| Share { of, count: row.count });
        let length = match (figure, row.of) {
            ("touches-by-service", _) | (_, None) => row.count.saturating_mul(BAR).checked_div(most),
            (_, Some(of)) => row.count.saturating_mul(BAR).checked_div(of),
        };
        Line {
            name: name(c, named, &row.name),
            count: c.count(row.count),
            of: row.of.map(|of| c.count(of)).unwrap_or_default(),
            share: share
                .map(|share| if figure == "touches-by-service" { mean(c, share) } else { percent(c, share) })
                .unwrap_or_default(),
            bar: length.unwrap_or(0).min(BAR),
        }
    };
    Table {
        figure,
        title: c.t(&format!("integrity-{figure}")),
        lead: c.t(&format!("integrity-{figure}-lead")),
        named: c.t(match named {
            Named::Service => "service",
            Named::Authority => "service-authority",
            Named::Ground | Named::Zone => "ground",
        }),
        parts: own.iter().any(|row| row.of.is_some()),
        lines: own.iter().map(line).collect(),
    }
}

fn name(c: &Context<'_>, named: Named, name: &str) -> String {
    match named {
        Named::Service => {
            c.site.app.zone().services().get(name).map_or_else(|| name.to_owned(), |service| c.s(service, "title"))
        }
        Named::Authority => c.z(&format!("authority-{name}")),
        Named::Ground => c.ground(name),
        Named::Zone => String::new(),
    }
}

/// What the test says, and what it could say.
fn chance(c: &Context<'_>, chance: Option<&Chance>) -> Vec<String> {
    let Some(chance) = chance else { return vec![c.t("integrity-chance-none")] };
    // To three places; a probability has no more that mean anything.
    let number = |number: f64| {
        let thousandths = (number * 1000.0).round();
        c.number(&Decimal::new(thousandths.clamp(0.0, 1e15) as i64, 3).normalize())
    };
    let found = c.tx(
        "integrity-chance-found",
        &[
            ("draws", c.count(chance.draws)),
            ("repeated", c.count(chance.repeated)),
            ("expected", number(chance.expected)),
        ],
    );
    let p = c.t1("integrity-chance-p", "p", number(chance.p));
    let verdict = c.t(if chance.p <= 0.01 { "integrity-chance-odd" } else { "integrity-chance-fair" });
    let power = c.t1("integrity-chance-power", "power", number(chance.power));
    vec![found, p, verdict, power]
}

/// The figures as a file (RFC 4180), with names as the record has them.
async fn file(State(site): State<Arc<Site>>, PageLanguage(_): PageLanguage) -> Response {
    let mut text = "figure,name,count,of\r\n".to_owned();
    for row in rows(&site.app, &site.app.integrity()) {
        let of = row.of.map(|of| of.to_string()).unwrap_or_default();
        // Names of services, authorities and grounds have no comma and no quote.
        text.push_str(&format!("{},{},{},{of}\r\n", row.figure, row.name, row.count));
    }
    attached("integrity", text)
}

async fn witnesses_file(State(site): State<Arc<Site>>, PageLanguage(_): PageLanguage) -> Response {
    attached("witnesses", witnesses::file(site.app.finality().as_ref()))
}

async fn audits_file(State(site): State<Arc<Site>>) -> Result<Response, PageFault> {
    let audits = site.app.audits().await?;
    Ok(attached("audits", audits::file(&audits, size(&site))))
}

/// Entries that everybody is shown.
fn size(site: &Site) -> u64 {
    site.app.checkpoint().map_or(0, |published| published.checkpoint.size())
}

fn attached(name: &str, text: String) -> Response {
    let attachment = format!("attachment; filename=\"{name}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, attachment)];
    (headers, text).into_response()
}

/// A line of a file (RFC 4180, section 2): what holds a comma, a quote or a line break stands in quotes.
fn csv(text: &mut String, fields: &[String]) {
    let quoted = |field: &String| match field.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.clone(),
    };
    text.push_str(&fields.iter().map(quoted).collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}
