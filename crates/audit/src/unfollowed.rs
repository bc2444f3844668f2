//! What the leaves alone say of a case that cannot be followed any further, since something of it was erased: where it stands, which certificates it issued
//! and what stands on them, and what it adds to the published figures at most.
//!
//! Must not know of: what stood in an event.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{Service, StageKind};
use engine::case::Case;
use engine::clock;
use engine::integrity::{Course, Figures, OfService, Share, authority};
use jiff::Timestamp;
use log::{Leaf, Value};
use serde::{Deserialize, Serialize};

use crate::ending::text;

/// A case by its leaves, from where it could not be followed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Unfollowed {
    /// Where it stands.
    pub(crate) stage: Option<String>,
    /// How it ended, where it has.
    pub(crate) outcome: Option<String>,
    /// Whether its certificate was revoked, or the decision fell.
    pub(crate) fell: bool,
    /// Its certificates, by the leaf that issued each.
    pub(crate) issued: BTreeMap<u64, Issue>,
    /// Public facts, as a certificate states them.
    facts: BTreeMap<String, String>,
    /// When something happened in it last, while its time counts.
    last_ms: Option<i64>,
}

/// A certificate that a case issued, as far as the leaves say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Issue {
    pub(crate) kind: String,
    pub(crate) ended_ms: i64,
    /// Until when it is valid.
    pub(crate) until: Until,
    pub(crate) facts: BTreeMap<String, String>,
}

/// Until when a certificate is valid, as far as can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Until {
    /// The definition is not known.
    Unknown,
    /// For ever.
    Never,
    /// This many seconds since 1970 began.
    At(i64),
}

/// What cases that cannot be followed add to the published figures at most.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct AtMost {
    pub(crate) figures: Figures,
    /// Things asked for: on which grounds leaves do not say.
    pub(crate) asked: u64,
    /// Leaves that were not made again.
    pub(crate) leaves: u64,
    /// Whether there are leaves of which not even this can be said.
    pub(crate) unknown: bool,
}

impl AtMost {
    pub(crate) fn join(&mut self, other: Self) {
        self.figures.join(other.figures);
        self.asked = self.asked.saturating_add(other.asked);
        self.leaves = self.leaves.saturating_add(other.leaves);
        self.unknown |= other.unknown;
    }
}

impl Unfollowed {
    /// A case from here on, and what had happened in it and did not count yet. `last` is the leaf that issued its certificate.
    pub(crate) fn since(
        case: Option<&Case>,
        last: Option<u64>,
        course: &Course,
        service: Option<&Service>,
    ) -> (Self, AtMost) {
        let mut own = Self::default();
        let mut most = AtMost { unknown: service.is_none(), ..AtMost::default() };
        if let (Some(case), Some(service)) = (case, service) {
            let (figures, last_at) = course.pending(service);
            most.figures = figures;
            most.asked = most.figures.asks.values().fold(0, |sum, count| sum.saturating_add(*count));
            own.last_ms = last_at.map(Timestamp::as_millisecond);
            own.stage = Some(case.stage.clone()).filter(|stage| !stage.is_empty());
            own.facts = public_facts(service, case);
            if let Some(ended) = &case.ended {
                own.outcome = Some(record::leaf::outcome_name(ended.outcome).to_owned());
                // Where it ended without a certificate, none that it issued before holds any more.
                own.fell = ended.revoked.is_some() || (last.is_some() && ended.certificate.is_none());
                own.issued.extend(last.zip(ended.certificate.as_ref()).map(|(leaf, issued)| {
                    let until = issued.until.map_or(Until::Never, |until| Until::At(until.as_second()));
                    let (kind, facts) = (issued.certificate.clone(), own.facts.clone());
                    (leaf, Issue { kind, ended_ms: ended.at.as_millisecond(), until, facts })
                }));
            }
        }
        (own, most)
    }

    /// Takes up the case's next leaf. Gives what it adds to the figures at most.
    pub(crate) fn take(&mut self, index: u64, leaf: &Leaf, service: Option<&Checked<Service>>) -> AtMost {
        let facts = leaf.public.iter().filter_map(|(name, value)| Some((name.strip_prefix("fact.")?, stated(value)?)));
        self.facts.extend(facts.map(|(name, value)| (name.to_owned(), value)));
        let lasted = self.lasted(leaf);
        self.stage = leaf.stage.clone().or(self.stage.take());
        match leaf.kind.as_str() {
            "ended" => self.ended(index, leaf, service),
            "overturned" => (self.outcome, self.fell) = (None, true),
            "revoked" => self.fell = true,
            "corrected" if self.outcome.is_some() => {
                let again =
                    self.issued.last_key_value().map(|(_, issue)| Issue { facts: self.facts.clone(), ..issue.clone() });
                self.issued.extend(again.filter(|_| !self.fell).map(|issue| (index, issue)));
            }
            _ => {}
        }
        let Some(service) = service else { return AtMost { unknown: true, ..AtMost::default() } };
        let mut most = AtMost { figures: at_most(leaf, service), ..AtMost::default() };
        if leaf.kind == "asked" {
            most.asked = number(leaf, "items");
        }
        most.figures.handover_ms = Share { of: lasted, count: lasted };
        most
    }

    /// Milliseconds since the leaf before, while the case is open.
    fn lasted(&mut self, leaf: &Leaf) -> u64 {
        if self.outcome.is_some() || leaf.kind == "overturned" {
            return 0;
        }
        let before = self.last_ms.replace(leaf.time_ms).unwrap_or(leaf.time_ms);
        u64::try_from(leaf.time_ms.saturating_sub(before)).unwrap_or(0)
    }

    fn ended(&mut self, index: u64, leaf: &Leaf, service: Option<&Checked<Service>>) {
        (self.outcome, self.last_ms) = (Some(said(leaf, "outcome").to_owned()), None);
        // A certificate that the case issued before does not hold any more, whether there is another now or none.
        self.fell = !leaf.public.contains_key("certificate") && (self.fell || !self.issued.is_empty());
        let Some(Value::Text(kind)) = leaf.public.get("certificate") else { return };
        let (kind, facts) = (kind.clone(), self.facts.clone());
        let until = service.and_then(|service| until(service, leaf)).unwrap_or(Until::Unknown);
        self.issued.insert(index, Issue { kind, ended_ms: leaf.time_ms, until, facts });
    }
}

/// The public facts of a case, as a certificate states them.
pub(crate) fn public_facts(service: &Service, case: &Case) -> BTreeMap<String, String> {
    let public = service.facts.iter().filter(|fact| fact.public);
    public.filter_map(|fact| Some((fact.name.clone(), text(case.facts.get(&fact.name)?)?))).collect()
}

/// Until when a certificate that this end issues is valid; none where that cannot be known.
fn until(service: &Checked<Service>, leaf: &Leaf) -> Option<Until> {
    let StageKind::End(end) = &service.stage(leaf.stage.as_deref()?)?.kind else { return None };
    let Some(valid) = end.valid else { return Some(Until::Never) };
    let ended = Timestamp::from_millisecond(leaf.time_ms).ok()?;
    Some(Until::At(clock::due(service.zone(), ended, valid)?.as_second()))
}

/// A public value as a certificate states it.
fn stated(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(_) | Value::Bytes(_) => None,
    }
}

fn said<'l>(leaf: &'l Leaf, name: &str) -> &'l str {
    match leaf.public.get(name) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn number(leaf: &Leaf, name: &str) -> u64 {
    match leaf.public.get(name) {
        Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(0),
        _ => 0,
    }
}

/// What an event of which only this leaf is known adds to the figures at most, as [`Course`] counts it.
fn at_most(leaf: &Leaf, service: &Checked<Service>) -> Figures {
    let mut figures = Figures::default();
    let mut own = OfService::default();
    let one = Share { of: 1, count: 1 };
    let zone = service.zone();
    let stage = leaf.stage.as_deref().unwrap_or_default();
    match leaf.kind.as_str() {
        "opened" | "supplied" => {
            let names = leaf.public.keys().chain(leaf.commitments.keys());
            figures.asked_twice.of = names.filter(|name| name.starts_with("fact.")).count() as u64;
        }
        "asked" => (own.touches, figures.asked_twice.count) = (1, number(leaf, "items")),
        "entered" => {
            for clock in leaf.public.keys().filter_map(|name| name.strip_prefix("due.")) {
                if let Some(authority) = authority(zone, service, stage, clock) {
                    let kept = figures.deadlines_kept.entry(authority.clone()).or_default();
                    (kept.of, kept.count) = (kept.of.saturating_add(1), kept.count.saturating_add(1));
                }
            }
        }
        "decided" => {
            own.touches = u64::from(said(leaf, "by") == "officers");
            if said(leaf, "route") == "refuse" {
                for ground in said(leaf, "ground").split(',').filter(|ground| !ground.is_empty()) {
                    let refusals = figures.refusals.entry(ground.to_owned()).or_default();
                    *refusals = refusals.saturating_add(1);
                }
            }
            if said(leaf, "by") == "silence" {
                figures.deemed.extend(authority(zone, service, stage, stage).map(|authority| (authority.clone(), 1)));
            }
        }
        "consulted" if leaf.public.get("deemed") == Some(&Value::Bool(true)) => {
            let branch = said(leaf, "branch");
            let authority = service.stages.iter().find_map(|stage| authority(zone, service, &stage.name, branch));
            figures.deemed.extend(authority.map(|authority| (authority.clone(), 1)));
        }
        "overtook" => {
            own.touches = 1;
            figures.overtakings.insert(said(leaf, "ground").to_owned(), 1);
        }
        "consulted" | "signed" | "convened" | "kept" | "proposed" | "corrected" | "revoked" => own.touches = 1,
        // A draw between stages is no draw of officers.
        "drawn" if !leaf.public.contains_key("routes") => figures.draws = 1,
        "ended" => {
            let outcome = said(leaf, "outcome");
            own.ended.insert(outcome.to_owned(), 1);
            own.promise_kept = one;
            if matches!(outcome, "granted" | "refused") {
                own.straight_through = one;
            }
        }
        _ => {}
    }
    if own != OfService::default() {
        figures.services.insert(service.name.clone(), own);
    }
    figures
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// A leaf of a case, with a certificate's kind where it issues one.
    fn leaf(kind: &str, time_ms: i64, certificate: Option<&str>) -> Leaf {
        let named = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
        Leaf {
            case: [7; 16],
            sequence: 1,
            previous: None,
            kind: kind.to_owned(),
            stage: Some("stage".to_owned()),
            time_ms,
            public: certificate
                .map(|kind| named("certificate", kind))
                .into_iter()
                .chain([named("outcome", "x")])
                .collect(),
            commitments: BTreeMap::new(),
            definition: [0; 32],
        }
    }

    fn after(leaves: &[(u64, &str, Option<&str>)]) -> Unfollowed {
        let mut case = Unfollowed::default();
        for (index, kind, certificate) in leaves {
            case.take(*index, &leaf(kind, 1_000, *certificate), None);
        }
        case
    }

    #[test]
    fn a_certificate_holds_no_more_where_a_later_end_issued_none() {
        let granted = (10, "ended", Some("licence"));
        assert!(!after(&[granted]).fell);
        assert!(after(&[granted, (20, "overturned", None)]).fell);
        let withdrawn = after(&[granted, (20, "overturned", None), (30, "ended", None)]);
        assert!(withdrawn.fell);
        let corrected = after(&[granted, (20, "overturned", None), (30, "ended", None), (40, "corrected", None)]);
        assert_eq!(corrected.issued.keys().collect::<Vec<_>>(), [&10], "nothing was issued that could be issued again");
        assert!(!after(&[granted, (20, "overturned", None), (30, "ended", Some("licence"))]).fell);
        assert!(!after(&[(10, "ended", None)]).fell, "there was none that could fall");
    }

    #[test]
    fn what_is_known_of_a_certificate_comes_back_from_a_state() {
        for until in [Until::Unknown, Until::Never, Until::At(5)] {
            let issue = Issue { kind: "licence".to_owned(), ended_ms: 1, until, facts: BTreeMap::new() };
            let json = serde_json::to_string(&issue).unwrap();
            assert_eq!(serde_json::from_str::<Issue>(&json).unwrap(), issue, "{json}");
        }
    }
}
