//! Giving a mandate: a form, what it means to be checked, and the act.
//!
//! Must not know of: what is allowed.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::engine::clock;
use app::engine::mandate::{MandateAct, MandateRefusal, Principal};
use app::{AppError, Holding};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::{page_key, principal, services};
use crate::fault::{Fault, PageFault};
use crate::pages::context::Context;
use crate::pages::direction::isolated;
use crate::pages::forms::{Posted, Sent};
use crate::pages::layout::show;
use crate::pages::question;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// A box to tick or a button to choose.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "mandates/give.html")]
struct GivePage<'a> {
    c: Context<'a>,
    /// What is wrong, each with the field that it leads to.
    errors: Vec<(&'static str, String)>,
    holdings: Vec<Choice>,
    agent: String,
    named: bool,
    services: Vec<Choice>,
    from: String,
    until: String,
}

impl GivePage<'_> {
    fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|(own, _)| *own == field).map_or("", |(_, error)| error)
    }
}

/// What a form says, as far as it could be read.
struct Given {
    act: Option<MandateAct>,
    errors: Vec<(&'static str, String)>,
}

pub(super) async fn blank(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/mandates/give");
    let shown = form(c, &viewer, &Sent::default(), Vec::new()).await;
    Ok(shown?)
}

async fn form(
    c: Context<'_>,
    viewer: &Viewer,
    sent: &Sent,
    errors: Vec<(&'static str, String)>,
) -> Result<Response, AppError> {
    let held = c.site.app.holdings_to_act_for(viewer.account()).await?;
    if held.is_empty() {
        return Err(MandateRefusal::NotHolder.into());
    }
    let only = held.len() == 1;
    let choice = |holding: &Holding| {
        let value = format!("{}/{}", holding.register, holding.record.key);
        let chosen = only || sent.text("principal") == value;
        let key = &holding.record.key;
        let label = match question::record(&c, key, &holding.record.values) {
            // What is known by its number alone is said to be what it is.
            label if label == isolated(key) => {
                principal(&c, &Principal { register: holding.register.clone(), key: key.clone() })
            }
            label => label,
        };
        Choice { label, value, chosen }
    };
    let registers: BTreeSet<&String> = held.iter().map(|holding| &holding.register).collect();
    let names: BTreeSet<String> =
        registers.into_iter().flat_map(|register| c.site.app.mandate_services(register)).collect();
    let service = |name: &String| Choice {
        label: services(&c, std::iter::once(name)).concat(),
        chosen: !sent.text(&format!("service-{name}")).is_empty(),
        value: name.clone(),
    };
    Ok(show(&GivePage {
        errors,
        holdings: held.iter().map(choice).collect(),
        agent: sent.text("agent").to_owned(),
        named: sent.text("scope") == "named",
        services: names.iter().map(service).collect(),
        from: sent.text("from").to_owned(),
        until: sent.text("until").to_owned(),
        c,
    }))
}

/// Reads a form. What is wrong stands beside its field.
fn read(c: &Context<'_>, sent: &Sent) -> Given {
    let mut errors = Vec::new();
    let chosen = sent.text("principal").split_once('/');
    let chosen = chosen.map(|(register, key)| Principal { register: register.to_owned(), key: key.to_owned() });
    if chosen.is_none() {
        errors.push(("principal", c.t("wrong-choice")));
    }
    let agent = app::definition::value::fold_digits(sent.text("agent")).trim().to_owned();
    if agent.is_empty() {
        errors.push(("agent", c.t("mandate-bad-agent")));
    }
    let services: BTreeSet<String> = match sent.text("scope") {
        "named" => sent.fields.keys().filter_map(|field| field.strip_prefix("service-")).map(str::to_owned).collect(),
        _ => BTreeSet::new(),
    };
    if sent.text("scope") == "named" && services.is_empty() {
        errors.push(("services", c.t("mandate-no-service-chosen")));
    }
    let today = clock::date(c.zone(), c.site.app.clock.now());
    let first = if sent.text("from").trim().is_empty() { today } else { question::day(c, sent.text("from")) };
    let last = question::day(c, sent.text("until"));
    if first.is_none() {
        errors.push(("from", c.t("wrong-date")));
    }
    if last.is_none() {
        errors.push(("until", c.t("wrong-date")));
    }
    let span = first.zip(last).and_then(|(first, last)| c.site.app.mandate_span(first, last));
    let act = match (chosen, span, errors.is_empty()) {
        (Some(principal), Some((from, until)), true) => {
            Some(MandateAct::Give { principal, agent, services, from, until })
        }
        _ => None,
    };
    if act.is_none() && errors.is_empty() {
        errors.push(("until", c.t("wrong-date")));
    }
    Given { act, errors }
}

/// The field that a refusal is about.
fn field(refusal: &MandateRefusal) -> Option<&'static str> {
    match refusal {
        MandateRefusal::OwnAgent | MandateRefusal::BadAgent => Some("agent"),
        MandateRefusal::BadSpan => Some("until"),
        MandateRefusal::NoSuchService(_) => Some("services"),
        MandateRefusal::NotHolder | MandateRefusal::TooMany => Some("principal"),
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "mandates/give_check.html")]
struct CheckPage<'a> {
    c: Context<'a>,
    lines: Vec<(String, String)>,
    carried: Vec<(String, String)>,
    key: String,
}

pub(super) async fn sent(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let c = Context::new(&site, language, Some(&viewer), "/mandates/give");
    Ok(take(c, &viewer, &sent).await?)
}

async fn take(c: Context<'_>, viewer: &Viewer, sent: &Sent) -> Result<Response, AppError> {
    let app = &c.site.app;
    let Given { act, errors } = read(&c, sent);
    let Some(act) = act else { return form(c, viewer, sent, errors).await };
    if sent.text("confirmed") == "true" {
        let text = serde_json::to_string(&act).map_err(|error| AppError::Internal(error.to_string()))?;
        let acted = app.act_on_mandate(viewer.account(), None, &act, Some(page_key(sent, &text))).await?;
        return Ok(Redirect::to(&c.link(&format!("/mandates/{}?done=true", acted.case))).into_response());
    }
    match app.judge_mandate(viewer.account(), None, &act).await {
        Ok(()) => {}
        Err(error) => {
            let AppError::Mandate(refusal) = &error else { return Err(error) };
            let Some(field) = field(refusal) else { return Err(error) };
            let detail = Fault::foretold(c.site, c.language, &error);
            return form(c, viewer, sent, vec![(field, detail)]).await;
        }
    }
    let MandateAct::Give { principal: whom, agent, services: named, from, until } = &act else {
        return Err(AppError::NotFound("page"));
    };
    let lines = vec![
        (c.t("mandate-for-whom"), principal(&c, whom)),
        (c.t("mandate-agent"), isolated(agent)),
        (c.t("mandate-services"), services(&c, named.iter()).join(&c.t("list-comma"))),
        (c.t("mandate-from"), c.moment(from)),
        (c.t("mandate-until"), c.last_day(until)),
    ];
    let carried = sent.fields.iter().filter(|(name, _)| !matches!(name.as_str(), "csrf" | "confirmed" | "key"));
    let carried = carried.map(|(name, text)| (name.clone(), text.clone())).collect();
    Ok(show(&CheckPage { lines, carried, key: hex::encode(app::randomness()?), c }))
}
