//! Rehearsal: an agency's past run through a definition, to learn what the definition means before it is trusted.
//!
//! Must not know of: files, terminals, the store, the clock. The log and the map come in as bytes; the same bytes give the same report, down to
//! the root of the transparency log that the replay would have written.

mod csv_log;
mod deed;
mod figures;
mod gather;
mod leaves;
mod map;
mod map_step;
mod mistake;
mod past;
mod replay;
mod report;
mod seats;
mod tally;
mod text;
mod ways;
mod xes_log;

use definition::Checked;
use definition::model::Service;

pub use mistake::{Mistake, Source, Unreadable, Wrong};
pub use report::{
    DeemedCase, LateCase, NotAllowed, NotAllowedGroup, Outcomes, Report, Rounded, SamePerson, Times, Why,
};

/// Most bytes of a log: 256 MiB, some million events. A reader of files need not read further than one byte past it.
pub const LOG_BYTES_MAX: usize = 256 << 20;

/// What a rehearsal is made of.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The definition, with the zone that it was checked with.
    pub service: &'a Checked<Service>,
    /// The map: which column and which activity of the log is what (YAML).
    pub map: &'a [u8],
    /// The agency's past: CSV (RFC 4180), or XES (IEEE 1849-2016).
    pub log: &'a [u8],
}

/// What would have happened.
///
/// # Errors
/// [`Unreadable`] names what is wrong in the map or the log, by line, and how to mend it. An act that the definition does not allow is no
/// error: the report counts and lists it.
pub fn rehearse(input: &Input<'_>) -> Result<Report, Unreadable> {
    let map = map::read(input.map, input.service)?;
    let past = gather::read(input.log, &map, input.service)?;
    let tally = replay::replay(input.service, &map, &past)?;
    Ok(report::report(input.service, &map, &past, tally))
}
