//! A study as a person reads it: services, in each the whole and the steps, and the authorities' roles.
//!
//! Must not know of: how anything was measured.

use std::fmt::Write as _;

use app::trs::{Figures, Measure, Row, Shares, Study};

/// Seconds in a day, an hour and a minute.
const DAY_S: u64 = 86_400;
const HOUR_S: u64 = 3_600;
const MINUTE_S: u64 = 60;

pub fn table(study: &Study) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = head(&mut text, study).and_then(|()| body(&mut text, study));
    text
}

fn head(text: &mut String, study: &Study) -> std::fmt::Result {
    writeln!(text, "Time Release Study, after the {}", study.guide)?;
    write!(text, "Cases filed ")?;
    match (study.from, study.to) {
        (Some(from), Some(to)) => write!(text, "from {from} to {to}")?,
        (Some(from), None) => write!(text, "since {from}")?,
        (None, Some(to)) => write!(text, "up to {to}")?,
        (None, None) => write!(text, "at any time")?,
    }
    if let Some(until) = study.until {
        write!(text, ", as they stood at {until:.0}")?;
    }
    writeln!(
        text,
        "\nTimes in days (d), hours (h), minutes (m), seconds (s); percentiles of the nearest rank; a working day counts 24 h"
    )?;
    if study.least > 1 {
        writeln!(
            text,
            "Hidden (*): what fewer than {} applicants or a single officer brought about, and what would lead to it",
            study.least
        )?;
    }
    Ok(())
}

fn body(text: &mut String, study: &Study) -> std::fmt::Result {
    let mut last = None;
    let (roles, cases): (Vec<&Row>, Vec<&Row>) = study.rows.iter().partition(|row| row.measure == Measure::Role);
    for row in cases {
        let place = (&row.service, &row.by);
        if last != Some(place) {
            last = Some(place);
            let service = row.service.as_deref().unwrap_or("all services");
            let by = study.by.as_deref().zip(row.by.as_deref());
            writeln!(text, "\n{service}{}", by.map(|(by, value)| format!(", {by} {value}")).unwrap_or_default())?;
        }
        match row.measure {
            Measure::Filed => filed(text, row)?,
            _ => timed(text, &name(row), row)?,
        }
    }
    if !roles.is_empty() {
        writeln!(text, "\nofficers' time, over all services")?;
        columns(text)?;
    }
    roles.into_iter().try_for_each(|row| timed(text, &name(row), row))
}

fn columns(text: &mut String) -> std::fmt::Result {
    writeln!(
        text,
        "  {:<62}{:>7} {:>8}{:>8}{:>8}{:>8}{:>8} {:>9}{:>10}{:>9}",
        "", "count", "median", "p90", "p95", "longest", "mean", "authority", "applicant", "working"
    )
}

fn filed(text: &mut String, row: &Row) -> std::fmt::Result {
    match row.count {
        None => writeln!(text, "  {:<62}{:>7}", "filed", "*")?,
        Some(count) => {
            let open = row.open.unwrap_or_default();
            let fell = row.overturned.filter(|count| *count > 0);
            let fell = fell.map(|count| format!(", decisions that fell in an appeal: {count}")).unwrap_or_default();
            writeln!(text, "  filed: {count}, of which open: {open}{fell}")?;
        }
    }
    columns(text)
}

/// A line: how many, the tails, and in the median the authority's, the applicant's and the working time.
fn timed(text: &mut String, name: &str, row: &Row) -> std::fmt::Result {
    let (Some(count), Some(Shares { all, authority, applicant, .. }), Some(working)) =
        (row.count, &row.elapsed, &row.working)
    else {
        return writeln!(text, "  {name:<62}{:>7}", "*");
    };
    let Figures { p50_s, p90_s, p95_s, max_s, mean_s, .. } = all;
    let [median, p90, p95, longest, mean] = [p50_s, p90_s, p95_s, max_s, mean_s].map(|seconds| time(*seconds));
    let shares = [authority.p50_s, applicant.p50_s, working.all.p50_s].map(time);
    let [authority, applicant, working] = shares;
    writeln!(
        text,
        "  {name:<62}{count:>7} {median:>8}{p90:>8}{p95:>8}{longest:>8}{mean:>8} {authority:>9}{applicant:>10}{working:>9}"
    )
}

fn name(row: &Row) -> String {
    let role = row.authority.as_deref().zip(row.role.as_deref());
    let role = role.map(|(authority, role)| format!("{authority}: {role}"));
    match row.measure {
        Measure::Filed => "filed".to_owned(),
        Measure::FilingToDecision => "filing to decision".to_owned(),
        Measure::FilingToRelease => "filing to release (granted)".to_owned(),
        Measure::FilingToEnd => match row.outcome {
            None => "filing to end".to_owned(),
            Some(outcome) => format!("filing to end: {outcome}"),
        },
        Measure::Step => {
            let stage = row.stage.as_deref().unwrap_or_default();
            let branch = row.branch.as_ref().map(|branch| format!("/{branch}")).unwrap_or_default();
            let whose = role.or_else(|| row.kind.map(str::to_owned)).unwrap_or_default();
            format!("{stage}{branch} ({whose})")
        }
        Measure::Role => role.unwrap_or_default(),
    }
}

/// The two largest units of a time.
fn time(seconds: u64) -> String {
    let (large, small) = match seconds {
        DAY_S.. => ((DAY_S, "d"), (HOUR_S, "h")),
        HOUR_S.. => ((HOUR_S, "h"), (MINUTE_S, "m")),
        MINUTE_S.. => ((MINUTE_S, "m"), (1, "s")),
        _ => return format!("{seconds}s"),
    };
    let rest = seconds.rem_euclid(large.0).div_euclid(small.0);
    format!("{}{}{rest:02}{}", seconds.div_euclid(large.0), large.1, small.1)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_in_their_two_largest_units() {
        let shown: Vec<String> = [0, 59, 60, 3_599, 3_600, 86_399, 86_400, 1_000_000].into_iter().map(time).collect();
        assert_eq!(shown, ["0s", "59s", "1m00s", "59m59s", "1h00m", "23h59m", "1d00h", "11d13h"]);
    }
}
