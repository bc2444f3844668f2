//! Decision tables as people read them: cells in words, the ground beside the answer, what the hit policy means.
//!
//! Must not know of: how a table is decided.

use app::definition::Checked;
use app::definition::model::Service;
use app::definition::table::{Aggregation, HitPolicy};

use crate::pages::context::Context;
use crate::pages::names::Cited;

/// A table as it is shown.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) hit: String,
    pub(super) inputs: Vec<String>,
    pub(super) outputs: Vec<String>,
    pub(super) has_grounds: bool,
    pub(super) rows: Vec<Row>,
}

/// A rule as it is shown.
pub(super) struct Row {
    pub(super) number: String,
    pub(super) tests: Vec<String>,
    pub(super) outputs: Vec<String>,
    pub(super) ground: Option<Cited>,
}

/// The tables of a service, in the order of the stages that apply them, so that reading follows a case.
pub(super) fn of(c: &Context<'_>, service: &Checked<Service>) -> Vec<Shown> {
    let mut names: Vec<&String> = service.tables.keys().collect();
    let place = |table: &&String| service.stages.iter().position(|stage| super::lifecycle::reads(stage, table));
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    names.into_iter().filter_map(|name| shown(c, service, name)).collect()
}

fn shown(c: &Context<'_>, service: &Checked<Service>, name: &str) -> Option<Shown> {
    let table = service.tables.get(name)?;
    let rules = table.table.rules();
    let rows = rules.rows.iter().enumerate().map(|(place, row)| {
        let tests = row.tests.iter().zip(&rules.inputs).map(|(tests, input)| c.tests(&input.type_, tests));
        // The compiled rules may have a ground column after the outputs; it is shown as a ground.
        let outputs = row.outputs.iter().zip(&table.outputs).map(|(value, output)| match value {
            Some(value) => c.output(service, name, &output.name, value),
            None => String::new(),
        });
        Row {
            number: c.count(place.saturating_add(1)),
            tests: tests.collect(),
            outputs: outputs.collect(),
            ground: table.grounds.get(place).and_then(Option::as_ref).map(|ground| c.cited_today(service, ground)),
        }
    });
    Some(Shown {
        name: name.to_owned(),
        title: c.s(service, &format!("table-{name}")),
        hit: c.t(hit(rules.hit)),
        inputs: table.inputs.iter().map(|path| c.path_name(service, path)).collect(),
        outputs: table.outputs.iter().map(|output| c.s(service, &format!("output-{name}-{}", output.name))).collect(),
        has_grounds: table.grounds.iter().any(Option::is_some),
        rows: rows.collect(),
    })
}

/// What the hit policy means for a reader (DMN 1.5, section 8.2.8).
fn hit(policy: HitPolicy) -> &'static str {
    match policy {
        HitPolicy::Unique => "hit-unique",
        HitPolicy::Any => "hit-any",
        HitPolicy::First => "hit-first",
        HitPolicy::Priority => "hit-priority",
        HitPolicy::RuleOrder => "hit-rule-order",
        HitPolicy::OutputOrder => "hit-output-order",
        HitPolicy::Collect(Aggregation::List) => "hit-collect",
        HitPolicy::Collect(Aggregation::Sum) => "hit-collect-sum",
        HitPolicy::Collect(Aggregation::Min) => "hit-collect-min",
        HitPolicy::Collect(Aggregation::Max) => "hit-collect-max",
        HitPolicy::Collect(Aggregation::Count) => "hit-collect-count",
    }
}
