//! A report as a person reads it at a terminal.
//!
//! Must not know of: colours, widths. Whatever comes from the record is made visible.

use std::fmt::Write as _;

use super::visible;
use crate::finding::{Finding, Weight};
use crate::report::Report;

/// Most findings that a person is shown; `--json` and `--html` have them all.
const SHOWN_MAX: usize = 50;

/// The report in words.
#[must_use]
pub fn human(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut text, report);
    text
}

fn write(text: &mut String, report: &Report) -> std::fmt::Result {
    let origin = visible(&report.origin);
    let remarks = report.findings.iter().filter(|finding| finding.weight == Weight::Remark).count();
    match (report.clean, report.faults()) {
        (true, _) if report.is_of_the_log_alone() => {
            writeln!(text, "nothing is wrong with the log of {origin}; what its acts say was not looked at")?
        }
        (true, _) => writeln!(text, "nothing is wrong with the record of {origin}")?,
        (false, 1) => writeln!(text, "the record of {origin} is not what it should be: 1 finding")?,
        (false, faults) => writeln!(text, "the record of {origin} is not what it should be: {faults} findings")?,
    }
    writeln!(text, "{} leaves, root {}", report.size, visible(&report.root))?;
    if report.continued_from > 0 {
        writeln!(text, "continued from leaf {}", report.continued_from)?;
    }
    let counts = &report.counts;
    writeln!(
        text,
        "done again: {} leaves, {} acts in {} cases, {} decisions by tables, {} draws, {} deadlines, {} lapses",
        counts.leaves_recomputed,
        counts.acts,
        counts.cases,
        counts.rules,
        counts.draws,
        counts.deadlines,
        counts.lapses
    )?;
    writeln!(text, "functions asked again: {}, bookings followed: {}", counts.functions, counts.bookings)?;
    writeln!(
        text,
        "compared: {} definitions, {} certificates, {} status lists, {} register records, {} figures",
        counts.definitions, counts.certificates, counts.status_lists, counts.records, counts.figures
    )?;
    for finding in report.findings.iter().take(SHOWN_MAX) {
        writeln!(text, "\n{}", one(finding))?;
    }
    let hidden = report.findings.len().saturating_sub(SHOWN_MAX) as u64;
    if hidden.saturating_add(report.more_findings) > 0 {
        writeln!(text, "\nand {} more: see them with --json or --html", hidden.saturating_add(report.more_findings))?;
    }
    if remarks > 0 {
        let overtakings = counts.overtakings;
        writeln!(
            text,
            "\n{remarks} of these are remarks, which do not make the record wrong; {overtakings} overtakings in all"
        )?;
    }
    list(text, "not checked", &report.not_checked)?;
    list(text, "taken on trust", &report.assumed)
}

fn one(finding: &Finding) -> String {
    let place = finding.leaf.map(|leaf| format!(" leaf {leaf}")).into_iter();
    let place = place.chain(finding.case.as_ref().map(|case| format!(" case {}", visible(case))));
    let place: String = place.chain(finding.place.as_ref().map(|place| format!(" {}", visible(place)))).collect();
    let remark = if finding.weight == Weight::Remark { "remark: " } else { "" };
    format!(
        "{remark}{} {}:{place}\n  recorded:   {}\n  recomputed: {}",
        visible(&finding.code),
        visible(&finding.name),
        visible(&finding.recorded),
        visible(&finding.recomputed)
    )
}

fn list(text: &mut String, title: &str, lines: &[String]) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n{title}:")?;
    lines.iter().try_for_each(|line| writeln!(text, "  {}", visible(line)))
}
