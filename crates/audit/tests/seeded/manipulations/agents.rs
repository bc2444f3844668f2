//! Manipulations of who acted for whom: no mandate, another's, one that was over, one that was made to fit.

use std::collections::BTreeSet;

use engine::CaseId;
use engine::event::What;
use engine::mandate::{self, Agency, MandateAct, Principal};
use engine::reading::record_key;
use serde_json::Value;

use super::{Manipulation, row};
use crate::forge::Forge;

/// An application that an agent filed.
fn filed(forge: &Forge) -> usize {
    let by_agent = |at: &usize| forge.rows[*at].event.under.is_some();
    (0..forge.rows.len()).find(by_agent).expect("the history has an agent")
}

/// The place of an act on the mandate under which the first agent filed.
fn on_mandate(forge: &Forge, act: &str) -> usize {
    let under = forge.rows[filed(forge)].event.under.as_ref().unwrap().mandate;
    let is =
        |row: &crate::forge::Row1| row.case == under && row.raw.as_deref().is_some_and(|raw| said(raw)["act"] == act);
    forge.rows.iter().position(is).unwrap()
}

fn said(raw: &[u8]) -> Value {
    serde_json::from_slice(raw).unwrap()
}

/// Changes what an act on the mandate says, in the form in which the engine writes it.
fn change(forge: &mut Forge, act: &str, change: impl Fn(&mut mandate::MandateEvent)) {
    let at = on_mandate(forge, act);
    let mut event: mandate::MandateEvent = serde_json::from_slice(forge.rows[at].raw.as_ref().unwrap()).unwrap();
    change(&mut event);
    forge.rows[at].event.at = event.at;
    forge.rows[at].raw = Some(serde_json::to_vec(&event).unwrap());
}

pub const ROWS: &[Manipulation] = &[
    row("A440", "somebody else files for a company, and no mandate lets them", |forge| {
        let at = filed(forge);
        forge.rows[at].event.under.as_mut().unwrap().agent = "P-T000".to_owned();
    }),
    row("A440", "an application is said to have been filed under a mandate that was never given", |forge| {
        let at = filed(forge);
        forge.rows[at].event.under.as_mut().unwrap().mandate = mandate::stream(&[3; 32]);
    }),
    row("A440", "the applicant's own withdrawal is put on an agent who had no mandate then", |forge| {
        let under = forge.rows[filed(forge)].event.under.clone();
        let at = forge.find(|what| matches!(what, What::Withdrawn { .. }));
        assert!(forge.rows[at].event.under.is_none());
        forge.rows[at].event.under = under;
    }),
    row("A440", "the agent acts after the mandate was revoked", |forge| {
        let (acted, revoked) = (filed(forge), on_mandate(forge, "revoke"));
        let mut event = forge.rows.remove(revoked);
        let time = forge.rows[acted].event.at;
        let mut said: mandate::MandateEvent = serde_json::from_slice(event.raw.as_ref().unwrap()).unwrap();
        (said.at, event.event.at) = (time, time);
        event.raw = Some(serde_json::to_vec(&said).unwrap());
        forge.rows.insert(acted, event);
    }),
    row("A440", "the agent never accepted", |forge| {
        let at = on_mandate(forge, "accept");
        forge.remove(at);
    }),
    row("A440", "the mandate was for another service", |forge| {
        change(forge, "give", |event| {
            if let mandate::MandateAct::Give { services, .. } = &mut event.act {
                *services = ["activity-licence".to_owned()].into();
            }
        });
    }),
    row("A440", "the mandate was over before the agent filed", |forge| {
        change(forge, "give", |event| {
            if let mandate::MandateAct::Give { until, .. } = &mut event.act {
                *until = event.at.checked_add(jiff::SignedDuration::from_millis(1500)).unwrap();
            }
        });
    }),
    row("A440", "an agent files where what is brought is the holder's own as a person", |forge| {
        let at = forge.find(|what| matches!(what, What::Opened(opened) if opened.service == "building-permit"));
        let What::Opened(opened) = &forge.rows[at].event.what else { unreachable!() };
        let (holder, key) = (opened.applicant.clone(), record_key(&opened.facts["parcel"]).unwrap());
        let (agent, id, from) = ("P-0005".to_owned(), mandate::stream(&[4; 32]), forge.rows[at].event.at);
        let principal = Principal { register: "parcels".to_owned(), key };
        let until = from.checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
        let (services, principal_too) = (BTreeSet::new(), principal.clone());
        let give = MandateAct::Give { principal: principal_too, agent: agent.clone(), services, from, until };
        let like = forge.rows[on_mandate(forge, "give")].clone();
        forge.rows[at].event.under = Some(Box::new(Agency { mandate: id, agent: agent.clone(), principal }));
        for (salt, by, act) in [(22, agent, MandateAct::Accept), (21, holder, give)] {
            let mut row = like.clone();
            let said = mandate::MandateEvent { at: from, by, act };
            (row.case, row.salt, row.was, row.event.at) = (id, [salt; 32], None, from);
            row.raw = Some(serde_json::to_vec(&said).unwrap());
            forge.rows.insert(at, row);
        }
    }),
    row("A441", "somebody else accepts the mandate", |forge| {
        change(forge, "accept", |event| event.by = "P-T000".to_owned());
    }),
    row("A441", "a mandate that was revoked is given up afterwards", |forge| {
        let at = on_mandate(forge, "revoke");
        let mut event = forge.rows[at].clone();
        let said = mandate::MandateEvent {
            at: event.event.at,
            by: forge.rows[filed(forge)].event.under.as_ref().unwrap().agent.clone(),
            act: mandate::MandateAct::GiveUp,
        };
        (event.raw, event.salt) = (Some(serde_json::to_vec(&said).unwrap()), [11; 32]);
        forge.rows.insert(at + 1, event);
    }),
    row("A201", "what a mandate says is changed, and its leaf is not", |forge| {
        forge.freeze();
        change(forge, "give", |event| event.by = "P-T000".to_owned());
        assert!(mandate::is_stream(&CaseId(forge.rows[on_mandate(forge, "give")].case.0)));
    }),
];
