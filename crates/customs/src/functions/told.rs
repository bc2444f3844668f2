//! All that a function has against what it was given, as it is told: in the order of items, each in its place, and no more at once than somebody reads.
//!
//! Must not know of: what is wrong.

use std::collections::BTreeSet;

use definition::span::Span;

use super::{Fault, Given};
use crate::problem::Places;
use crate::sheet::columns;

/// Most faults that are told at once: as many as of a message that cannot be read.
const FAULTS_MAX: usize = crate::wco::check::MAX_PROBLEMS;

pub(super) fn told(mut faults: Vec<Fault>, given: &[Given<'_>]) -> Vec<Fault> {
    // Of one datum the first is told: what else is against it follows from that, or is seen when that is mended.
    let mut seen = BTreeSet::new();
    faults.retain(|fault| fault.field.is_empty() || seen.insert((fault.of, fault.item, fault.field)));
    faults.sort_by_key(|fault| fault.item);
    let more = faults.len().saturating_sub(FAULTS_MAX);
    faults.truncate(FAULTS_MAX);
    for (of, given) in given.iter().enumerate() {
        if let Given::Bytes(bytes) = given {
            put(faults.iter_mut().filter(|fault| fault.of == of), bytes);
        }
    }
    if let Some(of) = faults.first().map(|fault| fault.of).filter(|_| more > 0) {
        faults.push(Fault::more(of, more));
    }
    faults
}

/// Says where faults of a document stand: the line, and the datum by its way in a WCO declaration.
fn put<'f>(faults: impl Iterator<Item = &'f mut Fault>, bytes: &[u8]) {
    let placed: Vec<(&mut Fault, Span)> =
        faults.filter_map(|fault| fault.span.take().map(|span| (fault, span))).collect();
    if placed.is_empty() {
        return;
    }
    let spans: Vec<Span> = placed.iter().map(|(_, span)| *span).collect();
    let mut segments = crate::edifact::at(bytes, &spans).into_iter();
    let places = Places::of(bytes);
    for (fault, span) in placed {
        let (line, column) = places.line_and_column(span);
        let way = columns::way(fault.field).map(|way| format!(" {way}")).unwrap_or_default();
        fault.place = format!("{line}:{column}{way}");
        let Some(segment) = segments.next().flatten() else { continue };
        let (fa, en) = crate::words::at_both(&segment);
        for (tag, said) in &mut fault.words {
            said.insert_str(0, if *tag == "fa" { &fa } else { &en });
        }
    }
}
