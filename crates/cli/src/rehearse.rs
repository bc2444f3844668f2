//! `panjereh rehearse`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use app::rehearse::{Input, LOG_BYTES_MAX, Report, Rounded, Source, Times, Unreadable, Why, rehearse};
use clap::Args;
use definition::Checked;
use definition::model::Service;

use crate::failure::Failure;
use crate::shared::{print_json, read_at_most, sound_zone};

/// Most lines of a list that a person is shown; `--json` has them all.
const SHOWN_MAX: usize = 12;

/// Run an agency's past through a definition, and say what would have happened.
///
/// The map says which column and which activity of the log is what. Acts that the definition does not allow are counted and listed.
///
/// Exit codes: 0 done, 2 the service, the map or the log could not be read.
#[derive(Args)]
pub struct Rehearse {
    /// A zone's folder with one service, or ZONE/services/NAME.
    service: PathBuf,
    /// The log of the past: CSV or XES.
    log: PathBuf,
    /// The map (YAML).
    #[arg(long)]
    map: PathBuf,
    /// Print the whole report as one JSON object.
    #[arg(long)]
    json: bool,
}

impl Rehearse {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let service = service(&self.service)?;
        let map = read(&self.map, definition::syntax::MAX_FILE_BYTES)?;
        let log = read(&self.log, LOG_BYTES_MAX)?;
        let report = rehearse(&Input { service: &service, map: &map, log: &log }).map_err(|why| self.failure(&why))?;
        if self.json {
            print_json(&report)?;
        } else {
            std::io::stdout().lock().write_all(table(&report).as_bytes())?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Each mistake with its place, and what to do about them.
    fn failure(&self, unreadable: &Unreadable) -> Failure {
        let path = match unreadable.source_of {
            Source::Log => &self.log,
            Source::Map => &self.map,
            Source::Service => &self.service,
        };
        let place =
            |line: Option<u64>| line.map_or(path.display().to_string(), |line| format!("{}:{line}", path.display()));
        let told = unreadable.mistakes.iter().map(|mistake| format!("{}: {}", place(mistake.line), mistake.wrong));
        let more = (unreadable.more > 0).then(|| format!("and {} more", unreadable.more));
        let mut helps: Vec<String> = Vec::new();
        for help in unreadable.mistakes.iter().map(app::rehearse::Mistake::help) {
            if !helps.contains(&help) {
                helps.push(help);
            }
        }
        Failure::new(told.chain(more).collect::<Vec<_>>().join("\n       "), helps.join("\n      "))
    }
}

/// The service that a folder names: the only one of a zone, or `services/NAME` in one.
fn service(folder: &Path) -> Result<Arc<Checked<Service>>, Failure> {
    let whole = folder.canonicalize().map_err(|error| {
        Failure::new(format!("{}: {error}", folder.display()), "name a zone's folder, or ZONE/services/NAME")
    })?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let zone_above = whole.parent().filter(|above| above.ends_with("services")).and_then(Path::parent);
    let (zone, wanted) = match zone_above.filter(|zone| zone.join("zone.yaml").is_file()) {
        Some(zone) => (sound_zone(zone)?, Some(name)),
        None => (sound_zone(folder)?, None),
    };
    let mut services = zone.services().iter().filter(|(name, _)| wanted.as_ref().is_none_or(|wanted| wanted == *name));
    match (services.next(), services.next()) {
        (Some((_, service)), None) => Ok(Arc::clone(service)),
        (None, _) => Err(Failure::new(format!("{}: no service is there", folder.display()), "name ZONE/services/NAME")),
        (Some((one, _)), Some(_)) => Err(Failure::new(
            format!("{} has several services", folder.display()),
            format!("name one of them, such as {}", folder.join("services").join(one).display()),
        )),
    }
}

fn read(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    read_at_most(path, most)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display()), "name a file that can be read"))
}

/// What a person reads: the past, what the definition would have made of it, where time went, what was not allowed.
fn table(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ =
        past(&mut text, report).and_then(|()| definition_s(&mut text, report)).and_then(|()| lists(&mut text, report));
    text
}

fn past(text: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(text, "The past, as the log has it")?;
    let row = |text: &mut String, what: &str, value: &dyn std::fmt::Display| writeln!(text, "  {what:<58}{value:>12}");
    row(text, "cases", &report.cases)?;
    row(text, "events", &report.events)?;
    row(text, "different activities", &report.activities)?;
    row(text, "people", &report.people)?;
    row(text, "ways through (different sequences of activities)", &report.variants)?;
    row(text, "closed", &report.closed)?;
    row(text, "closed after the recorded deadline", &report.late)?;
    row(text, "closed after the definition's promise", &report.past_promise)?;
    row(text, "days from first to last event, mean", &Shown(report.mean_elapsed_days))?;
    row(text, "share of time before another person took over", &Shown(report.handover_share))?;
    for (pair, figure) in &report.same_person {
        row(text, &format!("{pair}: cases that have both"), &figure.both)?;
        row(text, &format!("{pair}: one person did both"), &figure.same)?;
    }
    Ok(())
}

fn definition_s(text: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(text, "\nWhat `{}` would have made of it", report.service)?;
    let row = |text: &mut String, what: &str, value: &dyn std::fmt::Display| writeln!(text, "  {what:<58}{value:>12}");
    let outcomes = &report.outcomes;
    let named = [
        ("granted", outcomes.granted),
        ("refused", outcomes.refused),
        ("lapsed", outcomes.lapsed),
        ("withdrawn", outcomes.withdrawn),
        ("closed", outcomes.closed),
        ("still open when the log ends", outcomes.open),
        ("never opened", outcomes.never_opened),
    ];
    for (name, count) in named.into_iter().filter(|(_, count)| *count > 0) {
        row(text, name, &count)?;
    }
    row(text, "granted with somebody silent, in whose place the law decided", &report.deemed_granted)?;
    row(text, "officers' touches per case", &Shown(report.touches_per_case))?;
    row(text, "acts that are not allowed", &report.not_allowed)?;
    for (seat, count) in &report.lapses {
        row(text, &format!("clock ran out: {seat}"), count)?;
    }
    writeln!(text, "  log of {} leaves, root {}", report.log_size, report.log_root)
}

fn lists(text: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(text, "\nNot allowed: activity, why, how many")?;
    let mut groups: Vec<_> = report.not_allowed_by.iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    for group in groups.iter().take(SHOWN_MAX) {
        writeln!(text, "  {:<46}{:<28}{:>8}", clipped(&group.activity), reason(&group.why), group.count)?;
    }
    more(text, groups.len())?;
    times(text, "Where time would have gone: stage, times, days together, days in the median", &report.time_in_stage)?;
    times(text, "Where time went: before which activity", &report.time_before_activity)?;
    writeln!(text, "\nClosed after the recorded deadline: case, days late")?;
    let mut late: Vec<_> = report.late_cases.iter().collect();
    late.sort_by_key(|case| std::cmp::Reverse(case.days_late));
    for case in late.iter().take(SHOWN_MAX) {
        writeln!(text, "  {:<62}{:>8}", clipped(&case.case), case.days_late)?;
    }
    more(text, late.len())
}

fn times(text: &mut String, title: &str, times: &std::collections::BTreeMap<String, Times>) -> std::fmt::Result {
    writeln!(text, "\n{title}")?;
    let mut rows: Vec<_> = times.iter().collect();
    rows.sort_by_key(|(_, times)| std::cmp::Reverse(times.total_days));
    for (name, times) in rows.iter().take(SHOWN_MAX) {
        writeln!(text, "  {:<46}{:>6}{:>12}{:>10}", clipped(name), times.count, times.total_days, times.median_days)?;
    }
    more(text, rows.len())
}

fn more(text: &mut String, all: usize) -> std::fmt::Result {
    match all.saturating_sub(SHOWN_MAX) {
        0 => Ok(()),
        hidden => writeln!(text, "  and {hidden} more: see them with --json"),
    }
}

fn reason(why: &Why) -> String {
    match why.stage_was {
        Some(was) => format!("{} (stage {was})", why.refusal),
        None if why.facts.is_empty() => why.refusal.clone(),
        None => format!("{} ({})", why.refusal, why.facts.join(", ")),
    }
}

fn clipped(name: &str) -> String {
    name.chars().take(44).collect()
}

/// A figure, or a dash where there is nothing to divide by.
struct Shown(Option<Rounded>);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(figure) => std::fmt::Display::fmt(&figure, f),
            None => f.pad("-"),
        }
    }
}
