//! A deadline that the zone's calendar cannot count to.
//!
//! Clocks count working days by the zone's weekend and days off. A calendar in which no day is worked has no next working day; one that ends with
//! the year `until` cannot say when a longer period of working days is over. Days, months and years are counted without it. A period is tried from
//! the day of the check, else from the first day of the last year.
//!
//! A clock that cannot be counted is refused when a case comes to it, and the person's case stands still.
//!
//! To mend it, enter the days off of further years and raise `until`, or shorten the period.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::check::context::Context;
use crate::check::rules::deadline_of_nothing::deadlines;
use crate::model::{Period, Service, StageKind, Unit, Until};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P302", name: "wait-without-calendar" };

/// Tries every period of every service.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let calendar = &context.zone.calendar;
    let start = context.today.unwrap_or_else(|| last_year(calendar));
    for service in context.services {
        for (span, period) in periods(context, service) {
            let end = calendar.add(start, period);
            if end.is_some_and(|end| period.unit != Unit::Workdays || end <= calendar.bounds().1) {
                continue;
            }
            problems.push(Problem {
                code: CODE,
                span,
                message: format!("the zone's calendar cannot count {} {} from {start}", period.count, unit(period)),
                related: vec![(
                    context.places.find(&Part::Zone(Some("calendar".to_owned()))),
                    "the calendar".to_owned(),
                )],
                why: "a case that comes here would stand still, since nobody could say when the period is over"
                    .to_owned(),
                help:
                    "enter further days off in `calendar.csv` and raise `until` in `zone.yaml`, or shorten the period"
                        .to_owned(),
            });
        }
    }
}

fn last_year(calendar: &Calendar) -> Date {
    let (first, last) = calendar.bounds();
    let kind = calendar.rules().kind;
    kind.from_iso(last).and_then(|(year, ..)| kind.to_iso(year, 1, 1)).unwrap_or(first)
}

fn periods(context: &Context<'_>, service: &Service) -> Vec<(Span, Period)> {
    let key = |key: &str| context.places.find(&Part::Service(service.name.clone(), Some(key.to_owned())));
    let mut periods = vec![(key("within"), service.within)];
    periods.extend(service.answer.as_ref().map(|answer| (key("answer"), answer.within)));
    for stage in &service.stages {
        let at = |key: &str| context.stage_key(service, &stage.name, key);
        periods.extend(deadlines(stage).iter().map(|(key, period)| (at(key), *period)));
        match &stage.kind {
            StageKind::Wait { until: Until::After(period), .. } => periods.push((at("wait"), *period)),
            StageKind::End(end) => {
                periods.extend(end.valid.map(|valid| (at("valid"), valid)));
                periods.extend(end.appeal.as_ref().map(|appeal| (at("appeal"), appeal.within)));
            }
            _ => {}
        }
    }
    periods
}

/// The unit's word in a definition.
pub(super) const fn unit(period: Period) -> &'static str {
    match period.unit {
        Unit::Workdays => "workdays",
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Years => "years",
    }
}
