//! The roster's stream, followed in log order: whose passkey is which at each leaf.
//!
//! Must not know of: cases. Whether an act on the roster was allowed is not asked here.

use engine::roster::{Register, RosterActor, RosterEvent, STREAM};
use record::leaf;
use record::row::Row;
use serde::{Deserialize, Serialize};

use credential::passkey::RelyingParty;

use crate::checks::{chain_broken, entry_malformed, event_malformed, leaf_differs, signature_wrong};
use crate::counts::Counts;
use crate::finding::{At, Findings};

/// The roster as far as it was followed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Followed {
    register: Register,
    /// Its last leaf.
    last: Option<u64>,
}

/// Whether an event's JSON has a signature. Within a text a quotation mark would stand behind a backslash.
pub(crate) fn holds_signature(body: &[u8]) -> bool {
    const NAME: &[u8] = b"\"signed\":{";
    body.windows(NAME.len()).any(|window| window == NAME)
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
        // Whoever registers the first passkey signs with it: it must be known before its signature is looked at.
        let before = self.register.clone();
        self.register.follow(&event);
        self.last = Some(index);
        if let (Some(signed), RosterActor::Officer(by)) = (&event.signed, &event.by) {
            let known = if before.owner(&signed.credential).is_some() { &before } else { &self.register };
            signature_wrong::check(at, party, known, signed, Some((by.clone(), event.act.clone())), findings);
        }
    }
}
