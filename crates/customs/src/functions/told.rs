//! All that a function has against what it was given, as it is told: in the order of items, each in its place, and no more at once than somebody reads.
//!
//! Must not know of: what is wrong.

use std::collections::BTreeSet;

use definition::span::Span;

use super::{Fault, Given};
use crate::problem::{Place, places};
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
        if let Given::Paper(paper) = given {
            put(faults.iter_mut().filter(|fault| fault.of == of), paper.bytes());
        }
    }
    if let Some(of) = faults.first().map(|fault| fault.of).filter(|_| more > 0) {
        faults.push(Fault::more(of, more));
    }
    faults
}

/// Says where faults of a document stand: the line, and the datum by its way in a WCO declaration.
fn put<'f>(faults: impl Iterator<Item = &'f mut Fault>, bytes: &[u8]) {
    let faults: Vec<&mut Fault> = faults.collect();
    let spans: Vec<Option<Span>> = faults.iter().map(|fault| fault.span).collect();
    for (fault, place) in faults.into_iter().zip(places(&spans, bytes)) {
        fault.span = None;
        let Some(Place { line_and_column: (line, column), segment }) = place else { continue };
        let way = columns::way(fault.field).map(|way| format!(" {way}")).unwrap_or_default();
        fault.place = format!("{line}:{column}{way}");
        let Some(segment) = segment else { continue };
        let (fa, en) = crate::words::at_both(&segment);
        for (tag, said) in &mut fault.words {
            said.insert_str(0, if *tag == "fa" { &fa } else { &en });
        }
    }
}
