//! A ground is cited that is not in force.
//!
//! `law.csv` says from when and until when an article is in force. A ground that a service cites must be in force on the day of the check.
//!
//! A refusal that rests on an article not in force is void, and the person it was told to has lost the time until a court says so.
//!
//! To mend it, cite the article that is in force now, or correct the dates.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::model::{Branch, Ground, Name, Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P402", name: "ground-not-in-force" };

/// Looks at every ground that is cited.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let mut uses: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (ground, part) in context.services.iter().flat_map(cited) {
        uses.entry(ground).or_default().push(context.places.find(&part));
    }
    for (name, places) in uses {
        let Some(wrong) = context.zone.grounds.get(name).and_then(|ground| wrong(context, ground)) else { continue };
        problems.push(Problem {
            code: CODE,
            span: context.places.find(&Part::Ground(name.to_owned())),
            message: format!("the ground `{name}` {wrong}"),
            related: places.into_iter().map(|span| (span, "cited here".to_owned())).collect(),
            why: "what is decided on it would be void, and a person would have to fight it to find out".to_owned(),
            help: "cite the article that is in force, or correct its dates in `law.csv`".to_owned(),
        });
    }
}

fn wrong(context: &Context<'_>, ground: &Ground) -> Option<String> {
    let today = context.today?;
    match (ground.from, ground.to) {
        (Some(from), _) if today < from => Some(format!("is not in force before {from}, and this is {today}")),
        (_, Some(to)) if to < today => Some(format!("was in force until {to}, and this is {today}")),
        _ => None,
    }
}

/// Every ground that a service cites, and where.
fn cited<'a>(service: &'a Service) -> impl Iterator<Item = (&'a str, Part)> {
    let rows = service.tables.iter().flat_map(move |(name, table)| {
        let each = table.grounds.iter().enumerate();
        each.filter_map(move |(row, ground)| {
            Some((ground.as_deref()?, Part::TableRow(service.name.clone(), name.clone(), row)))
        })
    });
    let at = |stage: &Stage, key: &str| Part::StageKey(service.name.clone(), stage.name.clone(), key.to_owned());
    let stages = service.stages.iter().flat_map(move |stage| {
        let listed = |key: &str, grounds: &'a [Name]| -> Vec<(&'a str, Part)> {
            grounds.iter().map(|ground| (ground.as_str(), at(stage, key))).collect()
        };
        match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                let overtake = desk.order.as_ref().map_or(&[][..], |order| &order.overtake);
                [listed("grounds", &desk.grounds), listed("overtake", overtake)].concat()
            }
            StageKind::Consult { branches, .. } => {
                let branch = |branch: &'a Branch| listed(&format!("consult.{}.grounds", branch.name), &branch.grounds);
                branches.iter().flat_map(branch).collect()
            }
            StageKind::Pay { ground, .. } => listed("ground", std::slice::from_ref(ground)),
            _ => Vec::new(),
        }
    });
    rows.chain(stages)
}
