//! What was erased: of which cases nothing more can be done again, and whether the record itself says that it was erased, and rightly.
//!
//! Must not know of: what stood in an event. Of an event that was erased the leaf is left: its kind, its time and what is public.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::Cause;
use engine::clock;
use engine::event::{Event, What};
use jiff::Timestamp;
use log::{Leaf, Value};
use serde::{Deserialize, Serialize};

use crate::checks::{erased_wrongly, erasure_not_recorded};
use crate::definitions::Definitions;
use crate::finding::{At, Findings};

/// Events in which something personal can stand, or words that people wrote. All others keep what they say for ever.
const CAN_LOSE: &[&str] = &[
    "opened",
    "supplied",
    "signed",
    "decided",
    "corrected",
    "proposed",
    "ended",
    "asked",
    "consulted",
    "revoked",
    "kept",
    "withdrawn",
    "convened",
    "vacated",
    "computed",
    "unbooked",
];

/// Cases of which something was erased.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Forgotten {
    cases: BTreeMap<CaseId, Gone>,
    /// The services of such cases.
    services: BTreeSet<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Gone {
    /// When it was opened, where that is gone too.
    opened_ms: Option<i64>,
    /// When it ended last, if it has.
    ended_ms: Option<i64>,
    /// The first leaf whose event is gone, and of which no act has said yet that it was erased.
    unsaid: Option<u64>,
}

impl Forgotten {
    /// Whether something of a case was erased.
    pub(crate) fn has(&self, case: &CaseId) -> bool {
        self.cases.contains_key(case)
    }

    /// Whether something of any case of a service was erased, with which it may be forgotten who sat in a matter.
    pub(crate) fn has_any_of(&self, service: &str) -> bool {
        self.services.contains(service)
    }

    /// When a case was opened of whose opening only the leaf is left.
    pub(crate) fn opened(&self, case: &CaseId) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.cases.get(case)?.opened_ms?).ok()
    }

    /// Takes up an event of which only the leaf is left.
    pub(crate) fn take(&mut self, index: u64, case: CaseId, entry: &[u8], findings: &mut Findings) {
        let gone = self.cases.entry(case).or_default();
        // A leaf that cannot be read has a finding of its own.
        let Ok(leaf) = Leaf::decode(entry) else { return };
        if !CAN_LOSE.contains(&leaf.kind.as_str()) {
            erasure_not_recorded::check_kind(At::leaf(index, case.0), &leaf.kind, findings);
        }
        gone.unsaid = gone.unsaid.or(Some(index));
        if leaf.kind == "opened" {
            gone.opened_ms = Some(leaf.time_ms);
            if let Some(Value::Text(service)) = leaf.public.get("service") {
                self.services.insert(service.clone());
            }
        }
        self.follow(case, &leaf);
    }

    /// Takes up an event that is told, of a case of which something was erased.
    pub(crate) fn told(&mut self, case: CaseId, entry: &[u8]) {
        if self.has(&case)
            && let Ok(leaf) = Leaf::decode(entry)
        {
            self.follow(case, &leaf);
        }
    }

    fn follow(&mut self, case: CaseId, leaf: &Leaf) {
        let Some(gone) = self.cases.get_mut(&case) else { return };
        match leaf.kind.as_str() {
            "ended" => gone.ended_ms = Some(leaf.time_ms),
            "overturned" => gone.ended_ms = None,
            _ => {}
        }
    }

    /// An act says that a case was erased: what was gone before is accounted for. Where the case cannot be followed, so that the engine cannot be asked, it is
    /// asked here whether it was time.
    pub(crate) fn said(
        &mut self,
        at: At,
        case: CaseId,
        body: &[u8],
        entry: &[u8],
        definitions: &Definitions,
        findings: &mut Findings,
    ) {
        let Some(gone) = self.cases.get_mut(&case) else { return };
        gone.unsaid = None;
        let (Ok(event), Ok(leaf)) = (serde_json::from_slice::<Event>(body), Leaf::decode(entry)) else { return };
        let Some(service) = definitions.get(&engine::case::Digest(leaf.definition)) else { return };
        if let Err(why) = was_time(service, gone.ended_ms, &event) {
            erased_wrongly::say(at, why, findings);
        }
    }

    /// What is gone and was never said to have been erased. `whole` says that the disclosure is of exactly this log: else the act that says it may stand
    /// in the log that is yet to be seen.
    pub(crate) fn end(&self, whole: bool, findings: &mut Findings) {
        for (case, gone) in self.cases.iter().filter(|_| whole) {
            if let Some(index) = gone.unsaid {
                erasure_not_recorded::check(At::leaf(index, case.0), findings);
            }
        }
    }
}

/// Whether what an erasure says of its cause can be so: the case had ended, and each concept had been kept as long as the definition says, or the ground
/// was in force.
fn was_time(service: &Checked<Service>, ended_ms: Option<i64>, event: &Event) -> Result<(), &'static str> {
    let What::Erased { concepts, cause, .. } = &event.what else { return Ok(()) };
    let ended = ended_ms.and_then(|ended_ms| Timestamp::from_millisecond(ended_ms).ok());
    let ended = ended.ok_or("nothing: the case had not ended")?;
    let zone = service.zone();
    match cause {
        Cause::Retention => {
            let over = concepts.iter().all(|concept| {
                let keep = zone.concepts.get(concept).and_then(|concept| concept.keep);
                let until = keep.and_then(|keep| clock::kept_until(zone, ended, keep));
                until.is_some_and(|until| until <= event.at)
            });
            if over { Ok(()) } else { Err("nothing: it may still be kept") }
        }
        Cause::Ground(ground) => {
            let ground = zone.grounds.get(ground).ok_or("a ground that the definition has")?;
            let today = clock::date(zone, event.at);
            let since = ground.from.is_none_or(|from| today.is_none_or(|today| from <= today));
            let until = ground.to.is_none_or(|to| today.is_none_or(|today| today <= to));
            if since && until { Ok(()) } else { Err("a ground that was in force") }
        }
    }
}
