//! The roster's stream, followed in log order: whose passkey is which at each leaf.
//!
//! Must not know of: what happens in a case.

use std::sync::Arc;

use engine::CaseId;
use engine::case::Digest;
use engine::event::Event;
use engine::roster::{Register, RosterActor, RosterEvent, STREAM, rules};
use jiff::Timestamp;
use log::Leaf;
use record::leaf;
use record::row::Row;
use serde::{Deserialize, Serialize};

use credential::passkey::RelyingParty;

use crate::checks::signature_wrong::{self, Context};
use crate::checks::{act_not_signed, chain_broken, entry_malformed, event_malformed, leaf_differs, roster_act_refused};
use crate::counts::Counts;
use crate::finding::{At, Findings};
use crate::replay;
use crate::shard::View;

/// The roster as far as it was followed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Followed {
    register: Arc<Register>,
    /// Its last leaf.
    last: Option<u64>,
}

/// Whether an event's JSON has a signature. Within a text a quotation mark would stand behind a backslash.
pub(crate) fn holds_signature(body: &[u8]) -> bool {
    const NAME: &[u8] = b"\"signed\":{";
    body.windows(NAME.len()).any(|window| window == NAME)
}

/// The roster as it stood before each leaf that is looked at, and who relies on its passkeys.
#[derive(Clone, Debug)]
pub(crate) struct Rosters {
    /// None where nothing says it: then no signature can be looked at.
    party: Option<RelyingParty>,
    /// Before all others.
    first: Arc<Register>,
    /// After each of its leaves, in log order, with the leaf's index and time.
    since: Vec<(u64, Timestamp, Arc<Register>)>,
    /// How long another process may not have known of a change, in milliseconds.
    tolerance_ms: i64,
}

impl Rosters {
    pub(crate) fn new(party: Option<RelyingParty>, known: &Followed, tolerance_ms: i64) -> Self {
        Self { party, first: Arc::clone(&known.register), since: Vec::new(), tolerance_ms }
    }

    /// The roster before a leaf.
    pub(crate) fn before(&self, index: u64) -> &Register {
        self.after(self.since.partition_point(|(leaf, ..)| *leaf < index))
    }

    /// The rosters that an act of this moment, whose leaf is `index`, can have been made of: the one before it, and those that stood a little earlier.
    pub(crate) fn around(&self, index: u64, at: Timestamp) -> Vec<&Register> {
        let last = self.since.partition_point(|(leaf, ..)| *leaf < index);
        let oldest_ms = at.as_millisecond().saturating_sub(self.tolerance_ms);
        let is_late = |count: &usize| {
            let changed = count.checked_sub(1).and_then(|place| self.since.get(place));
            changed.is_some_and(|(_, changed, _)| changed.as_millisecond() >= oldest_ms)
        };
        // Acts of one moment were recorded together, and nobody knew a part of them.
        let time =
            |count: usize| count.checked_sub(1).and_then(|place| self.since.get(place)).map(|(_, time, _)| *time);
        let is_whole = |count: &usize| time(*count).is_some_and(|own| time(count.saturating_add(1)) != Some(own));
        let earlier = (1..=last).rev().take_while(is_late).filter_map(|count| count.checked_sub(1)).filter(is_whole);
        std::iter::once(last).chain(earlier).map(|count| self.after(count)).collect()
    }

    /// The roster after so many of the events that are known.
    fn after(&self, count: usize) -> &Register {
        count.checked_sub(1).and_then(|place| self.since.get(place)).map_or(&self.first, |(.., register)| register)
    }

    /// Takes one more event of the stream, whose leaf is `index`.
    pub(crate) fn follow(&mut self, known: &Followed, index: u64, at: Timestamp) {
        self.since.push((index, at, Arc::clone(&known.register)));
    }

    /// Who relied on passkeys where this roster stood: the address that it has; where it has none, the zone's of today.
    pub(crate) fn party(&self, register: &Register) -> Option<RelyingParty> {
        let recorded = register.address.as_ref().map(|address| RelyingParty::at(address));
        recorded.or_else(|| self.party.clone())
    }

    /// Holds the signature that stands with an event of a case, if there is one, against the roster of its leaf. `run` is the case's events that stand
    /// side by side in the log, `place` the event's among them.
    pub(crate) fn check(&self, run: &[View<'_>], place: usize, findings: &mut Findings) {
        let Some(view) = run.get(place) else { return };
        // On any other event the engine puts no signature, so one that stands there makes it another event than comes out.
        if !view.told.head.as_ref().is_some_and(|head| head.by_officer) {
            return;
        }
        let (index, case) = (view.item.index, view.told.case);
        let (at, register) = (At::leaf(index, case), self.before(index));
        let Some(body) = view.part.body(view.item) else { return };
        if !holds_signature(body) && !register.has_passkeys() {
            return;
        }
        let Ok(Event { signed, what, at: moment, .. }) = serde_json::from_slice(body) else { return };
        let act = replay::officers_act(&what);
        let Some(signed) = signed else {
            let owner = act.and_then(|(officer, _)| register.of(&officer).map(|entry| (officer, entry)));
            if let Some((officer, _)) = owner.filter(|(_, entry)| !entry.passkeys.is_empty()) {
                act_not_signed::check(at, &officer, findings);
            }
            return;
        };
        let Some(party) = self.party(register) else { return };
        // A leaf that cannot be read has a finding of its own.
        let Ok(leaf) = Leaf::decode(view.part.entry(view.item)) else { return };
        // Deadlines that ran out before the act are recorded with it, and were not there yet when it was signed.
        let earlier = run.get(..place).unwrap_or_default().iter().rev();
        let with_it = earlier.take_while(|view| view.told.head.as_ref().is_some_and(|head| head.at == moment)).count();
        let latest = leaf.sequence.saturating_sub(1);
        let context = Context {
            party: &party,
            register,
            case: CaseId(case),
            seen: latest.saturating_sub(with_it as u64)..=latest,
            definition: Digest(leaf.definition),
        };
        signature_wrong::check(at, &context, &signed, act, findings);
    }
}

impl Followed {
    pub(crate) fn register(&self) -> &Register {
        &self.register
    }

    /// Takes one more event of the stream, which stands at a leaf: the log's entry, and the salt that was disclosed.
    pub(crate) fn follow(
        &mut self,
        party: &RelyingParty,
        index: u64,
        body: &[u8],
        (entry, salt): (&[u8], &[u8; 32]),
        counts: &mut Counts,
        findings: &mut Findings,
    ) {
        // An audit that goes on may see the last leaves again.
        if self.last.is_some_and(|last| index <= last) {
            return;
        }
        let at = At::leaf(index, STREAM.0);
        let event: RosterEvent = match serde_json::from_slice(body) {
            Ok(event) => event,
            Err(error) => return event_malformed::check(at, &error, findings),
        };
        let (seq, previous) = (self.register.seq.saturating_add(1), self.last);
        let row = Row { case: STREAM, seq, previous, stage: None, body, salt };
        if let Ok(again) = leaf::of_roster(&row, &event) {
            counts.leaves_recomputed = counts.leaves_recomputed.saturating_add(1);
            if again.encode().is_ok_and(|bytes| bytes != entry)
                && let Some(logged) = entry_malformed::check(index, entry, findings)
            {
                chain_broken::check(index, &logged, seq, previous, findings);
                leaf_differs::check(at.clone(), &logged, &again, findings);
            }
        }
        let before = Arc::clone(&self.register);
        roster_act_refused::check(at.clone(), &before, &event, findings);
        Arc::make_mut(&mut self.register).follow(&event);
        self.last = Some(index);
        let unsigned = event.signed.is_none() && matches!(event.by, RosterActor::Officer(_));
        counts.acts_unsigned = counts.acts_unsigned.saturating_add(u64::from(unsigned));
        if let (Some(signed), RosterActor::Officer(by)) = (&event.signed, &event.by) {
            let context =
                Context { party, register: &before, case: STREAM, seen: before.seq..=before.seq, definition: rules() };
            signature_wrong::check(at, &context, signed, Some((by.clone(), event.act.clone())), findings);
        } else if let RosterActor::Officer(by) = &event.by
            && before.of(by).is_some_and(|entry| !entry.passkeys.is_empty())
        {
            act_not_signed::check(at, by, findings);
        }
    }
}
