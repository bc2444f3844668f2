//! A case has lost a leaf, or got one that does not belong.
//!
//! Each leaf names its case's previous leaf and its number in the case. They must hang together without a gap: a leaf that was left out of
//! the log, put in between or moved breaks the chain.

use log::Leaf;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A105",
    name: "chain-broken",
    weight: Weight::Fault,
    en: "The chain of a case's leaves is broken.",
    fa: "زنجیرهٔ برگ‌های یک پرونده گسسته است.",
};

/// A leaf beside the place that it must have: its number in the case, and the index of the leaf before it.
pub(crate) fn check(index: u64, leaf: &Leaf, sequence: u64, previous: Option<u64>, findings: &mut Findings) -> bool {
    let whole = leaf.sequence == sequence && leaf.previous == previous;
    if !whole {
        let place = |sequence: u64, previous: Option<u64>| match previous {
            Some(previous) => format!("number {sequence} of its case, after leaf {previous}"),
            None => format!("number {sequence} of its case, after none"),
        };
        let mut at = At::index(index);
        at.place = Some(format!("case {}", hex::encode(leaf.case)));
        findings.add(&CODE, at, place(leaf.sequence, leaf.previous), place(sequence, previous));
    }
    whole
}
