//! The checker: the one way from files to a definition that may run.
//!
//! Must not know of: files on a disk, cases, rendering.

mod checked;
pub mod context;
pub mod flow;
mod part;
pub mod rules;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::codes;
use crate::model::{GroundStatus, Name, Service, Zone};
use crate::problem::Problem;
use crate::resolve::{Resolved, resolve};
use crate::span::Span;
use crate::syntax::source::Sources;

pub use checked::{CanonicalError, Checked, CheckedZone};

/// The file that makes a folder a zone; what is missing in the zone is missing there.
const HOME: &str = "zone.yaml";
/// Most problems told.
const MAX_PROBLEMS: usize = 10_000;

/// The files of a zone: the path in the zone's folder, with `/`, to the bytes.
#[derive(Clone, Debug, Default)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

/// What came of checking a zone.
#[derive(Debug)]
pub struct Report {
    /// What is wrong, in the order of the files and their lines.
    pub problems: Vec<Problem>,
    /// The zone with those services in which nothing is wrong; nothing when the zone itself has a problem.
    pub zone: Option<CheckedZone>,
    /// The files that the problems point into.
    pub sources: Sources,
    /// How many services the zone has, sound or not.
    pub services: usize,
    /// How many of the zone's grounds nobody has confirmed.
    pub drafts: usize,
}

/// Checks a zone, without asking whether its grounds are in force.
#[must_use]
pub fn check(files: &Files) -> Report {
    check_on(files, None)
}

/// Checks a zone whose grounds must be in force on `today`.
#[must_use]
pub fn check_on(files: &Files, today: Option<Date>) -> Report {
    let (mut sources, mut problems) =
        Sources::read(files.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    // What is too large as a whole was not read, so there is nothing to say of its parts.
    let unread = !problems.is_empty() && sources.iter().all(|(_, source)| !source.sound());
    if unread {
        return Report { problems, zone: None, sources, services: 0, drafts: 0 };
    }
    // Everything else refers to the zone, so that all of it would seem wrong.
    if sources.number(HOME).is_none() {
        problems.push(homeless(&mut sources));
        return Report { problems: in_order(problems), zone: None, sources, services: 0, drafts: 0 };
    }
    let home = sources.expect(HOME);
    let mut resolved = resolve(&sources, Span::start_of(home));
    problems.append(&mut resolved.problems);
    run_rules(&resolved, today, &mut problems);
    let services = resolved.files.len();
    let drafts = resolved.zone.grounds.values().filter(|ground| ground.status == GroundStatus::Draft).count();
    let zone = seal(resolved, &problems);
    Report { problems: in_order(problems), zone, sources, services, drafts }
}

/// A folder that is no zone's.
fn homeless(sources: &mut Sources) -> Problem {
    let help = match sources.number("zone.yml") {
        Some(_) => "rename zone.yml to zone.yaml",
        None => "add the file, or give the folder that holds it",
    };
    let home = Span::start_of(sources.expect(HOME));
    codes::MISSING.problem(home, "there is no zone.yaml", help)
}

/// Whether something is wrong with a service: a problem in one of the files that it is made of.
fn is_faulty(files: &BTreeMap<Name, BTreeSet<u32>>, service: &str, problems: &[Problem]) -> bool {
    let made_of = files.get(service);
    problems.iter().any(|problem| made_of.is_none_or(|files| files.contains(&problem.span.file)))
}

/// Whether something is wrong with the zone: a problem in a file that belongs to no service.
fn is_zone_faulty(files: &BTreeMap<Name, BTreeSet<u32>>, problems: &[Problem]) -> bool {
    problems.iter().any(|problem| !files.values().any(|files| files.contains(&problem.span.file)))
}

/// Runs the rules over what could be read to its end. What a rule says of half a definition would mislead.
fn run_rules(resolved: &Resolved, today: Option<Date>, problems: &mut Vec<Problem>) {
    // A name or file too many takes nothing from the rest.
    let spare = [codes::UNUSED_NAME.code, codes::UNKNOWN_FILE.code];
    let grave: Vec<Problem> = problems.iter().filter(|problem| !spare.contains(&problem.code)).cloned().collect();
    if is_zone_faulty(&resolved.files, &grave) {
        return;
    }
    let sound = resolved.services.iter().filter(|service| !is_faulty(&resolved.files, &service.name, &grave));
    let sound: Vec<Service> = sound.cloned().collect();
    let complete = sound.len() == resolved.files.len();
    let context = context::Context::new(&resolved.zone, &sound, complete, &resolved.places, today);
    for rule in rules::all() {
        (rule.check)(&context, problems);
    }
}

/// Seals what nothing is wrong with.
fn seal(resolved: Resolved, problems: &[Problem]) -> Option<CheckedZone> {
    let Resolved { zone, services, files, tables, .. } = resolved;
    if is_zone_faulty(&files, problems) {
        return None;
    }
    let sound = services.into_iter().filter(|service| !is_faulty(&files, &service.name, problems));
    let sealed = sound.map(|service| seal_one(&zone, service));
    let services = sealed.collect::<Result<BTreeMap<_, _>, _>>().ok()?;
    Some(CheckedZone::new(zone, services, tables))
}

fn seal_one(zone: &Zone, service: Service) -> Result<(Name, Arc<Checked<Service>>), serde_json::Error> {
    Ok((service.name.clone(), Arc::new(Checked::seal(zone, service)?)))
}

/// The problems as they stand in the files, each once, and not too many.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    problems.dedup();
    let total = problems.len();
    if total > MAX_PROBLEMS {
        problems.truncate(MAX_PROBLEMS);
        let message = format!("{} more problems were found", total - MAX_PROBLEMS);
        let last = problems.last().map(|problem| problem.span);
        let more = last.map(|at| codes::TOO_MANY.problem(at, message, "mend what is shown, and check again"));
        problems.extend(more);
    }
    problems
}
