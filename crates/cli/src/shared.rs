//! What several verbs do: read and check a zone, read a file, run something async, say something.
//!
//! Must not know of: any one verb.

use std::fmt::Display;
use std::future::Future;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use definition::syntax::source::Sources;
use definition::{CheckedZone, Report};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::failure::Failure;

/// How long threads that wait for a disk or a database are waited for at the end.
const LAST_WAIT: Duration = Duration::from_millis(200);

/// A zone's folder, checked; with a day, whether its grounds are in force then and its clocks can run from it, too.
pub fn check_zone(folder: &Path, day: Option<Date>) -> Result<Report, Failure> {
    let files = app::read_zone(folder).map_err(|error| {
        Failure::new(format!("the zone cannot be read: {error}"), "name the folder that holds zone.yaml")
    })?;
    Ok(definition::check::check_on(&files, day))
}

/// The day on which a zone is to run, where this machine is.
pub fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::system()).date()
}

/// A zone's folder in which nothing is wrong. Whatever looks at a zone or keeps it in order works on any day.
pub fn sound_zone(folder: &Path) -> Result<CheckedZone, Failure> {
    sound_report(folder).map(|(zone, _)| zone)
}

/// The same, to run. What is wrong today alone, as law that has lapsed, is said and keeps nobody from starting: nothing rests on such a ground, and a zone
/// that is closed serves nobody.
pub fn runnable_zone(folder: &Path) -> Result<CheckedZone, Failure> {
    let zone = sound_zone(folder)?;
    for problem in check_zone(folder, Some(today()))?.problems {
        tracing::warn!(code = problem.code.id, why = problem.why, "{}", problem.message);
    }
    Ok(zone)
}

/// A zone's folder in which nothing is wrong, with its files.
pub fn sound_report(folder: &Path) -> Result<(CheckedZone, Sources), Failure> {
    let report = check_zone(folder, None)?;
    let problems = match report.problems.len() {
        1 => "1 problem".to_owned(),
        count => format!("{count} problems"),
    };
    match report.zone {
        Some(zone) if report.problems.is_empty() => Ok((zone, report.sources)),
        _ => Err(Failure::new(
            format!("{} has {problems}, and nothing runs unchecked", folder.display()),
            format!("see what is wrong with `panjereh check {}`", folder.display()),
        )),
    }
}

/// A file's bytes, at most one more than `most`, so that what is too large is seen to be.
pub fn read_at_most(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)?.take(bound).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Runs something async to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_WAIT);
    done
}

/// Says something on the standard output, at once.
pub fn say(line: impl Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// The year before which no published tariff began: a smaller one is of the Persian calendar, whose days files of tariffs do not have.
pub const FIRST_YEAR: i16 = 1600;

/// A day that an argument names.
pub fn day(text: &str) -> Result<Date, String> {
    let day: Date =
        text.parse().map_err(|_| "it is no day; write one in the digits 0 to 9, such as 2026-03-21".to_owned())?;
    if day.year() < FIRST_YEAR {
        return Err(format!(
            "no tariff began in the year {} of the Gregorian calendar; write the day in that one, such as 2026-03-21",
            day.year()
        ));
    }
    Ok(day)
}

/// Prints one JSON document.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    say(serde_json::to_string_pretty(value)?)
}

/// Whether people look at the standard output, and like colour (<https://no-color.org>).
pub fn colour() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !unwanted
}
