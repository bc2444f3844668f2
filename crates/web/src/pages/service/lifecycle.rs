//! A service's lifecycle, drawn and told: stages by kind, routes as labelled arrows, and the same as a list.
//!
//! Must not know of: cases.

use std::collections::BTreeMap;

use app::definition::Checked;
use app::definition::model::{Desk, End, Outcome, Overdue, Service, Stage, StageKind, Until, Wait};

use super::drawing::{self, Way};
use crate::language::Language;
use crate::pages::context::Context;

/// A stage as it is told.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) kind_key: &'static str,
    /// Who acts, until when.
    pub(super) facts: Vec<String>,
    /// Where it goes, and why.
    pub(super) routes: Vec<(String, String)>,
}

/// Whether a stage applies or shows a table.
pub(super) fn reads(stage: &Stage, table: &str) -> bool {
    match &stage.kind {
        StageKind::Decide { table: own, .. } => own == table,
        StageKind::Officer(desk) | StageKind::Inspect(desk) => desk.proposal.as_deref() == Some(table),
        _ => false,
    }
}

/// The word's key of a kind of stage; also its class in the drawing.
fn kind(stage: &StageKind) -> &'static str {
    match stage {
        StageKind::Decide { .. } => "decide",
        StageKind::Officer(_) => "officer",
        StageKind::Inspect(_) => "inspect",
        StageKind::Consult { .. } => "consult",
        StageKind::Applicant { .. } => "applicant",
        StageKind::Pay { .. } => "pay",
        StageKind::Wait { .. } => "wait",
        StageKind::Lot { .. } => "lot",
        StageKind::End(End { outcome: Outcome::Granted, .. }) => "granted",
        StageKind::End(End { outcome: Outcome::Refused, .. }) => "refused",
        StageKind::End(_) => "closed",
    }
}

/// The stages as a list.
pub(super) fn tell(c: &Context<'_>, service: &Checked<Service>) -> Vec<Told> {
    let told = |stage: &Stage| Told {
        name: c.stage(service, &stage.name),
        kind: c.t(&format!("stage-kind-{}", kind(&stage.kind))),
        kind_key: kind(&stage.kind),
        facts: particulars(c, service, stage),
        routes: routes(c, service, stage).into_iter().map(|(label, to)| (label, c.stage(service, &to))).collect(),
    };
    service.stages.iter().map(told).collect()
}

/// Who acts in a stage and until when.
fn particulars(c: &Context<'_>, service: &Checked<Service>, stage: &Stage) -> Vec<String> {
    match &stage.kind {
        StageKind::Decide { table, .. } => {
            vec![c.t1("stage-by-table", "table", c.s(service, &format!("table-{table}")))]
        }
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            let people = c.tn("count-officers", desk.people as usize);
            let people = c.t2("stage-by-officers", ("people", people), ("role", role(c, &desk.role)));
            let ask = desk.ask.then(|| c.t("stage-may-ask"));
            let order = desk.order.as_ref().map(|order| match order.overtake.is_empty() {
                true => c.t("stage-order"),
                false => c.t("stage-order-overtake"),
            });
            [Some(people), Some(within(c, &desk.wait)), ask, order].into_iter().flatten().collect()
        }
        StageKind::Consult { branches, .. } => branches
            .iter()
            .map(|branch| {
                let silent = format!("silent-{}", c.opinion_key(branch.silent));
                c.tx(
                    "stage-branch",
                    &[
                        ("branch", c.s(service, &format!("branch-{}-{}", stage.name, branch.name))),
                        ("period", c.period(&branch.within)),
                        ("silent", c.t(&silent)),
                    ],
                )
            })
            .collect(),
        StageKind::Applicant { wait, .. } | StageKind::Pay { wait, .. } => vec![within(c, wait)],
        StageKind::Wait { until: Until::After(period), .. } => vec![c.period(period)],
        StageKind::Wait { until: Until::Date(path), .. } => vec![c.path_name(service, path)],
        StageKind::Lot { within, .. } => {
            let period = c.period(within);
            vec![c.t("stage-by-lot"), c.t1("stage-lot-within", "period", period)]
        }
        StageKind::End(end) => [
            end.issue
                .as_ref()
                .map(|name| c.t1("stage-issues", "certificate", c.s(service, &format!("certificate-{name}")))),
            end.valid.as_ref().map(|valid| c.t1("stage-valid", "period", c.period(valid))),
            end.enter.as_ref().map(|name| c.t1("stage-enters", "register", c.z(&format!("register-{name}")))),
            end.appeal.as_ref().map(|appeal| c.t1("stage-appeal", "period", c.period(&appeal.within))),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn role(c: &Context<'_>, role: &str) -> String {
    c.z(&format!("role-{role}"))
}

fn within(c: &Context<'_>, wait: &Wait) -> String {
    c.t1("stage-within", "period", c.period(&wait.within))
}

/// Every way out of a stage: what it is called, and where it leads.
fn routes(c: &Context<'_>, service: &Checked<Service>, stage: &Stage) -> Vec<(String, String)> {
    let one = |key: &str, to: &String| vec![(c.t(key), to.clone())];
    match &stage.kind {
        StageKind::Decide { table, routes } => {
            routes.iter().map(|(route, to)| (c.tn("way-rules", rules(service, table, route)), to.clone())).collect()
        }
        StageKind::Officer(desk) | StageKind::Inspect(desk) => desk_routes(c, service, stage, desk),
        StageKind::Consult { agree, object, .. } => [one("way-agree", agree), one("way-object", object)].concat(),
        StageKind::Applicant { wait, then, .. } => [one("way-supplied", then), overdue(c, desk_none(), wait)].concat(),
        StageKind::Pay { wait, then, .. } => [one("way-paid", then), overdue(c, desk_none(), wait)].concat(),
        StageKind::Wait { then, .. } => one("way-time", then),
        StageKind::Lot { routes, .. } => {
            let total: u64 = routes.iter().map(|share| u64::from(share.weight)).sum();
            let label = |weight: u32| c.t2("way-lot", ("weight", c.count(weight)), ("total", c.count(total)));
            routes.iter().map(|share| (label(share.weight), share.route.clone())).collect()
        }
        StageKind::End(end) => {
            let back = end.appeal.as_ref().and_then(|appeal| appeal.overturned.as_ref());
            let back = back.map_or_else(Vec::new, |to| one("way-appeal", to));
            let otherwise = end.otherwise.as_ref().map_or_else(Vec::new, |to| one("way-unbooked", to));
            [back, otherwise].concat()
        }
    }
}

fn desk_none() -> &'static BTreeMap<String, String> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    &NONE
}

fn desk_routes(c: &Context<'_>, service: &Checked<Service>, stage: &Stage, desk: &Desk) -> Vec<(String, String)> {
    let chosen = desk.may.iter().map(|(route, to)| (c.route(service, &stage.name, route), to.clone()));
    let unanswered = service.answer.as_ref().filter(|_| desk.ask);
    let unanswered = unanswered.map(|answer| (c.t("way-unanswered"), answer.overdue.clone()));
    let divided = desk.divided.as_ref().map(|to| (c.t("way-divided"), to.clone()));
    chosen.chain(overdue(c, &desk.may, &desk.wait)).chain(divided).chain(unanswered).collect()
}

fn overdue(c: &Context<'_>, may: &BTreeMap<String, String>, wait: &Wait) -> Vec<(String, String)> {
    let to = match &wait.overdue {
        Overdue::Route(route) => may.get(route),
        Overdue::Stage(stage) | Overdue::Deemed { to: stage, .. } => Some(stage),
    };
    to.map(|to| (c.t("way-overdue"), to.clone())).into_iter().collect()
}

/// How many rules of a table take a route.
fn rules(service: &Service, table: &str, route: &str) -> usize {
    let Some(table) = service.tables.get(table) else { return 0 };
    let Some(place) = table.outputs.iter().position(|output| output.name == "route") else {
        return table.table.rules().rows.len();
    };
    let takes = |row: &&app::definition::table::Row| {
        let value = row.outputs.get(place).and_then(Option::as_ref);
        matches!(value, Some(app::definition::value::Value::Code(code)) if code == route)
    };
    table.table.rules().rows.iter().filter(takes).count()
}

fn ways(c: &Context<'_>, service: &Checked<Service>) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for (from, stage) in service.stages.iter().enumerate() {
        for (label, target) in routes(c, service, stage) {
            let Some(to) = service.stages.iter().position(|stage| stage.name == target) else { continue };
            match ways.iter_mut().find(|way| way.from == from && way.to == to) {
                Some(way) => way.labels.push(label),
                None => ways.push(Way { from, to, labels: vec![label], weak: matches!(stage.kind, StageKind::End(_)) }),
            }
        }
    }
    ways.retain(|way| way.from != way.to);
    ways
}

/// The lifecycle as SVG. It says what it shows in its title and description; the list beneath says it all.
pub(super) fn draw(c: &Context<'_>, service: &Checked<Service>) -> String {
    let stage = |stage: &Stage| drawing::Stage { kind: kind(&stage.kind), name: c.stage(service, &stage.name) };
    let stages: Vec<drawing::Stage> = service.stages.iter().map(stage).collect();
    let (title, description) = (c.t("lifecycle-drawing"), c.t("lifecycle-drawing-desc"));
    drawing::draw(&stages, &ways(c, service), &title, &description, c.language == Language::Persian)
}
