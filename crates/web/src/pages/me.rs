//! `/{language}/me`: all that the zone holds about the one who asks, who read it and why; and the same to be taken along.
//!
//! Must not know of: how it is gathered.

use std::sync::Arc;

use app::definition::value::Value;
use app::{Capacity, Export, Read};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::apply;
use super::cases::{self, Line};
use super::context::{Context, spoken};
use super::layout::show;
use crate::api::me::gathered;
use crate::fault::PageFault;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/me", get(page)).route("/{language}/me/export.json", get(download))
}

/// A thing with its name.
struct Pair {
    name: String,
    value: String,
}

/// A record of a register.
struct Record {
    register: String,
    key: String,
    values: Vec<Pair>,
}

/// A read in words.
struct ReadLine {
    at: String,
    who: String,
    what: String,
    why: String,
    /// Where the case is, for one of the person's own.
    case: String,
}

#[derive(Template)]
#[template(path = "me.html")]
struct MePage<'a> {
    c: Context<'a>,
    name: String,
    person: String,
    sign_ins: String,
    /// The identity by which they sign in; empty without one.
    identity: String,
    /// How many mandates there are.
    mandates: String,
    drafts: Vec<Pair>,
    lines: Vec<Line>,
    documents: Vec<String>,
    records: Vec<Record>,
    payments: Vec<Pair>,
    passages: Vec<Pair>,
    reads: Vec<ReadLine>,
    /// Where further cases begin in the download.
    next: Option<u64>,
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
) -> Result<Response, PageFault> {
    let export = site.app.export(viewer.account(), None).await;
    let export = export?;
    let c = Context::new(&site, language, Some(&viewer), "/me");
    let title = |service: &String| match site.app.zone().services().get(service) {
        Some(known) => c.s(known, "title"),
        None => service.clone(),
    };
    let drafts = export.drafts.iter();
    let drafts = drafts.map(|draft| Pair { name: title(&draft.service), value: c.link(&apply::of_draft(draft)) });
    let payments = export.payments.iter().map(|payment| Pair {
        name: format!("{}{} {}", payment.case.reference(), c.t("list-comma"), c.moment(&payment.at)),
        value: c.t2("event-paid", ("amount", c.money(&payment.amount)), ("receipt", payment.receipt.clone())),
    });
    Ok(show(&MePage {
        name: c.name(viewer.account()),
        person: viewer.account().person.clone().unwrap_or_default(),
        sign_ins: c.count(export.sign_ins),
        identity: export
            .identity
            .as_ref()
            .map(|own| spoken(&format!("{} · {}", own.subject, own.issuer)))
            .unwrap_or_default(),
        mandates: c.tn("me-mandates", export.mandates.given.len().saturating_add(export.mandates.received.len())),
        drafts: drafts.collect(),
        lines: lines(&c, &export),
        documents: export.documents.iter().map(|document| spoken(&document.name)).collect(),
        records: export.records.iter().map(|record| self::record(&c, record)).collect(),
        payments: payments.collect(),
        passages: export.cases.iter().flat_map(|case| &case.passages).map(|passed| passage(&c, passed)).collect(),
        reads: export.reads.iter().map(|read| self::read(&c, read)).collect(),
        next: export.next,
        c,
    }))
}

fn passage(c: &Context<'_>, passed: &app::Passed) -> Pair {
    let way = match passed.passage.direction {
        app::Direction::In => "me-passage-in",
        app::Direction::Out => "me-passage-out",
    };
    let name =
        format!("{}{} {}", passed.passage.certificate.reference(), c.t("list-comma"), c.moment(&passed.passage.at));
    Pair { name, value: c.t1(way, "gate", passed.gate.clone()) }
}

fn lines(c: &Context<'_>, export: &Export) -> Vec<Line> {
    let summary = |case: &app::ExportedCase| app::CaseSummary {
        row: case.view.row.clone(),
        case: case.view.case.clone(),
        agency: None,
    };
    export.cases.iter().map(|case| cases::line(c, &summary(case))).collect()
}

fn record(c: &Context<'_>, record: &app::ExportedRecord) -> Record {
    let value = |(concept, value): (&String, &Value)| Pair {
        name: c.concept(concept),
        value: spoken(&c.value(concept, value)),
    };
    Record {
        register: c.z(&format!("register-{}", record.register)),
        key: record.key.clone(),
        values: record.values.iter().map(value).collect(),
    }
}

fn read(c: &Context<'_>, read: &Read) -> ReadLine {
    let authority = c.z(&format!("authority-{}", read.by.authority));
    let officer = read.by.officer.clone().unwrap_or_default();
    let who = match read.by.capacity {
        Capacity::Service => c.t1("me-by-service", "authority", authority),
        Capacity::Officer => c.t2("me-by-officer", ("authority", authority), ("officer", officer)),
        Capacity::Appeal => c.t("me-by-appeal"),
        Capacity::Agent => c.t1("me-by-agent", "agent", read.by.agent.clone().unwrap_or_default()),
        Capacity::Supervisor => c.t1("me-by-supervisor", "authority", authority),
    };
    let concepts = read.concepts.iter().map(|concept| c.concept(concept)).collect::<Vec<_>>().join(&c.t("list-comma"));
    let what = match &read.register {
        Some(register) => {
            c.t2("me-register-facts", ("register", c.z(&format!("register-{register}"))), ("concepts", concepts))
        }
        None if concepts.is_empty() => c.t("me-case-whole"),
        None => c.t1("me-case-facts", "concepts", concepts),
    };
    let times = if read.times > 1 {
        c.tn("me-times", usize::try_from(read.times).unwrap_or(usize::MAX))
    } else {
        String::new()
    };
    ReadLine {
        at: if times.is_empty() { c.moment(&read.at) } else { format!("{} · {times}", c.moment(&read.at)) },
        who,
        what,
        why: match read.case {
            Some(case) => c.t1("me-own-case", "case", case.reference()),
            None => c.t("me-others-case"),
        },
        case: read.case.map(|case| c.link(&format!("/cases/{case}"))).unwrap_or_default(),
    }
}

/// Which part of many cases: the `next` of the part before.
#[derive(Deserialize)]
struct Part {
    cursor: Option<u64>,
}

async fn download(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Query(part): Query<Part>,
) -> Result<Response, PageFault> {
    let answer = gathered(&site, viewer.account(), part.cursor).await;
    let answer = answer?;
    let headers =
        [(header::CONTENT_DISPOSITION, "attachment; filename=\"export.json\""), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Json(answer)).into_response())
}
