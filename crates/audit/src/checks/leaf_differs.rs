//! A leaf is not the one that its event gives.
//!
//! A leaf is a pure function of its event: public facts in clear, salted commitments to the rest. Made again from the event that was
//! disclosed, it comes out otherwise: the event, its salt or its case was changed after the leaf was published, or the leaf never told the
//! truth.

use log::Leaf;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A201",
    name: "leaf-differs",
    weight: Weight::Fault,
    en: "A leaf is not the one that its event gives.",
    fa: "یک برگ آن نیست که از رویدادش به دست می‌آید.",
};

/// The leaf in the log beside the one that was made again.
pub(crate) fn check(at: At, logged: &Leaf, again: &Leaf, findings: &mut Findings) {
    let parts = differing(logged, again);
    if !parts.is_empty() {
        let parts = parts.join(", ");
        findings.add(&CODE, at, format!("the leaf's own {parts}"), format!("another {parts} from the event"));
    }
}

/// In which parts two leaves differ; those of the chain have a check of their own.
fn differing(one: &Leaf, other: &Leaf) -> Vec<String> {
    let mut parts = Vec::new();
    let mut say = |differs: bool, part: &str| parts.extend(differs.then(|| part.to_owned()));
    say(one.case != other.case, "case");
    say(one.kind != other.kind, "kind");
    say(one.stage != other.stage, "stage");
    say(one.time_ms != other.time_ms, "time");
    say(one.definition != other.definition, "definition");
    let names = one.public.keys().chain(other.public.keys());
    let mut names: Vec<&String> = names.filter(|name| one.public.get(*name) != other.public.get(*name)).collect();
    names.sort();
    names.dedup();
    names.iter().for_each(|name| say(true, &format!("public `{name}`")));
    let names = one.commitments.keys().chain(other.commitments.keys());
    let differ = |name: &&String| one.commitments.get(*name) != other.commitments.get(*name);
    let mut names: Vec<&String> = names.filter(differ).collect();
    names.sort();
    names.dedup();
    names.iter().for_each(|name| say(true, &format!("commitment to `{name}`")));
    parts
}
