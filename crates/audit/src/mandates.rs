//! Mandates, followed in log order: who was whose agent at each leaf.
//!
//! Must not know of: cases, what is done under a mandate. Who held a company when a mandate was given or revoked is not in the record.

use std::collections::{BTreeMap, BTreeSet};

use engine::CaseId;
use engine::mandate::{Agency, Mandate, MandateAct, MandateEvent, Offered, decide};
use jiff::Timestamp;
use record::leaf;
use record::row::Row;
use serde::{Deserialize, Serialize};

use crate::checks::{chain_broken, entry_malformed, event_malformed, leaf_differs, mandate_misused};
use crate::counts::Counts;
use crate::finding::{At, Findings};

/// All mandates as far as they were followed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mandates {
    streams: BTreeMap<CaseId, Followed>,
}

/// A mandate, and between which leaves it was accepted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Followed {
    mandate: Option<Mandate>,
    accepted: Option<u64>,
    ended: Option<u64>,
    seq: u64,
    last: Option<u64>,
}

/// Somebody acted for another: where, and what the case says of it.
#[derive(Clone, Debug)]
pub(crate) struct Acted {
    pub(crate) index: u64,
    pub(crate) case: CaseId,
    pub(crate) at: Timestamp,
    pub(crate) agency: Agency,
    /// The service that the case is about; of an appeal, of the case appealed against. None where that could not be followed.
    pub(crate) service: Option<String>,
    /// Whether that case is one in which an agent may act for the principal.
    pub(crate) about: bool,
}

impl Mandates {
    /// Takes one more event of a mandate's stream, which stands at a leaf: the log's entry, and the salt that was disclosed.
    pub(crate) fn follow(
        &mut self,
        index: u64,
        case: [u8; 16],
        body: &[u8],
        (entry, salt): (&[u8], &[u8; 32]),
        counts: &mut Counts,
        findings: &mut Findings,
    ) {
        let stream = self.streams.entry(CaseId(case)).or_default();
        // An audit that goes on may see the last leaves again.
        if stream.last.is_some_and(|last| index <= last) {
            return;
        }
        let at = At::leaf(index, case);
        let event: MandateEvent = match serde_json::from_slice(body) {
            Ok(event) => event,
            Err(error) => return event_malformed::check(at, &error, findings),
        };
        let (seq, previous) = (stream.seq.saturating_add(1), stream.last);
        let row = Row { case: CaseId(case), seq, previous, stage: None, body, salt };
        if let Ok(again) = leaf::of_mandate(&row, &event) {
            counts.leaves_recomputed = counts.leaves_recomputed.saturating_add(1);
            if again.encode().is_ok_and(|bytes| bytes != entry)
                && let Some(logged) = entry_malformed::check(index, entry, findings)
            {
                chain_broken::check(index, &logged, seq, previous, findings);
                leaf_differs::check(at.clone(), &logged, &again, findings);
            }
        }
        mandate_misused::check(at, allowed(stream.mandate.as_ref(), &event), &event, findings);
        stream.follow(index, &event);
    }

    /// Whether somebody could act as they did.
    ///
    /// # Errors
    /// Says what is wrong.
    pub(crate) fn stood(&self, acted: &Acted) -> Result<(), String> {
        let Acted { index, at, agency, service, about, .. } = acted;
        let stream = self.streams.get(&agency.mandate).filter(|stream| stream.mandate.is_some());
        let (stream, mandate) =
            stream.and_then(|one| Some((one, one.mandate.as_ref()?))).ok_or("there is no such mandate")?;
        if mandate.agency(agency.mandate) != *agency {
            return Err(format!("it lets {} act for {}", mandate.agent, mandate.principal.key));
        }
        if stream.accepted.is_none_or(|accepted| accepted > *index) {
            return Err("it was not accepted yet".to_owned());
        }
        if let Some(ended) = stream.ended.filter(|ended| ended < index) {
            return Err(format!("it had ended at leaf {ended}"));
        }
        if *at < mandate.from || mandate.until <= *at {
            return Err(format!("it stands from {} until {}", mandate.from, mandate.until));
        }
        match service {
            Some(service) if !mandate.is_for(service) => Err(format!("it is not for {service}")),
            Some(_) if !about => Err(format!("in this case no agent may act for {}", mandate.principal.key)),
            _ => Ok(()),
        }
    }
}

impl Followed {
    fn follow(&mut self, index: u64, event: &MandateEvent) {
        (self.seq, self.last) = (self.seq.saturating_add(1), Some(index));
        match event.act {
            MandateAct::Give { .. } => {}
            MandateAct::Accept => self.accepted = self.accepted.or(Some(index)),
            MandateAct::GiveUp | MandateAct::Revoke => self.ended = self.ended.or(Some(index)),
        }
        let before = self.mandate.clone();
        self.mandate = Mandate::after(self.mandate.take(), event).or(before);
    }
}

/// Why the act was not allowed, as far as the record shows it: whoever gives or revokes is believed to hold the principal.
fn allowed(before: Option<&Mandate>, event: &MandateEvent) -> Result<(), String> {
    let services: BTreeSet<String> = match &event.act {
        MandateAct::Give { services, .. } => services.clone(),
        _ => BTreeSet::new(),
    };
    let offered = Offered { holder: Some(&event.by), services: &services, open: 0 };
    decide(before, &event.by, &event.act, &offered, event.at).map_err(|refusal| refusal.to_string())
}
