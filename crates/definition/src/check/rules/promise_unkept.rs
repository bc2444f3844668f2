//! A service promises more than its stages keep.
//!
//! `within` promises by when a case is decided. The checker adds up the deadlines along every path from the first stage to an end, as the clock counts
//! them when everybody uses all of their time: a deadline ends at midnight, what follows its silence begins the day after, and a period does not
//! count the day on which it begins. In a consult the longest branch counts. The applicant's own turn (an `applicant` or `pay` stage, an answer to an
//! ask, a wait for a date that they were asked for) stops the clock and takes no time. Every day of the calendar on which a case may begin is tried, with its weekends and days off.
//!
//! A circle through people has no longest path, since it may be run through any number of times, and neither has a wait for a date that an officer or
//! a register names.
//!
//! A promise that the stages cannot keep is broken by officers who did everything in time, and the person who relied on it bears the loss.
//!
//! To mend it, shorten the deadlines, run stages at once as a consult, break the circle, or promise what can be kept.

use jiff::civil::Date;

use crate::check::context::Context;
use crate::check::flow::{Graph, Pace, Slowest, Spans, Starts};
use crate::check::rules::case_cannot_end::trapped;
use crate::check::rules::{escalation_circle, loop_uninterrupted};
use crate::check::rules::wait_without_calendar::unit;
use crate::model::Unit;
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P305", name: "promise-unkept" };

/// Looks for the slowest path of every service.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let starts = Starts::of(&context.zone.calendar);
    let mut spans = Spans::new();
    for graph in &context.graphs {
        let (message, stages) = match Pace::of(graph, &context.zone.calendar, starts, &mut spans) {
            Pace::Kept => continue,
            Pace::Late(slowest) => (late(context, graph, &slowest), slowest.stages),
            // A circle that only silence runs through, that nothing interrupts, or that has no end, is told as that.
            Pace::Circle(_) if is_told_otherwise(graph) => continue,
            Pace::Circle(stages) => (circle(graph, &stages), stages),
            Pace::AnyDate(stage) => (
                format!(
                    "no promise can be kept, since the stage `{}` waits for a date that may be any and is not the applicant's choice",
                    graph.name(stage)
                ),
                vec![stage],
            ),
        };
        problems.push(Problem {
            code: CODE,
            span: context.places.find(&Part::Service(graph.service.name.clone(), Some("within".to_owned()))),
            message,
            related: related(context, graph, &stages),
            why: "a person relies on the promise, and it is broken though everybody was in time".to_owned(),
            help: "shorten the deadlines of these stages, run them at once as a consult, or promise a longer time"
                .to_owned(),
        });
    }
}

fn is_told_otherwise(graph: &Graph<'_>) -> bool {
    let uninterrupted = !loop_uninterrupted::found(graph).is_empty();
    uninterrupted || !escalation_circle::found(graph).is_empty() || !trapped(graph).is_empty()
}

fn late(context: &Context<'_>, graph: &Graph<'_>, slowest: &Slowest) -> String {
    let word = if graph.service.within.unit == Unit::Workdays { "workdays" } else { "days" };
    let names: Vec<&str> = slowest.stages.iter().map(|number| graph.name(*number)).collect();
    let start = in_both_calendars(context, slowest.start);
    let Slowest { takes, promised, .. } = slowest;
    format!("a case that begins on {start} can take {takes} {word} of the promised {promised}: {}", names.join(", "))
}

/// A date by ISO 8601, and in the zone's calendar where that is another.
fn in_both_calendars(context: &Context<'_>, date: Date) -> String {
    match context.zone.calendar.rules().kind.from_iso(date) {
        Some((year, month, day)) if year != date.year() => format!("{date} ({year}-{month:02}-{day:02})"),
        _ => date.to_string(),
    }
}

fn circle(graph: &Graph<'_>, stages: &[usize]) -> String {
    let names: Vec<&str> = stages.iter().map(|number| graph.name(*number)).collect();
    let within = graph.service.within;
    let promise = format!("{} {}", within.count, unit(within));
    format!("{promise} cannot be promised, since a case may pass any number of times through {}", super::quoted(&names))
}

/// The stages' places; those in which no time passes are left out.
fn related(context: &Context<'_>, graph: &Graph<'_>, stages: &[usize]) -> Vec<(Span, String)> {
    let timed = stages.iter().filter_map(|number| graph.stage(*number));
    let each = timed.flat_map(|stage| {
        let longest = super::deadline_of_nothing::deadlines(stage).into_iter();
        longest.map(|(key, period)| {
            let span = context.stage_key(graph.service, &stage.name, &key);
            (span, format!("{} {}", period.count, unit(period)))
        })
    });
    each.collect()
}
