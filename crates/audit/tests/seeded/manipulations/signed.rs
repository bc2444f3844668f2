//! Manipulations of what officers signed. Whoever has the machine has no officer's passkey: they have what officers signed before, and keys of their own.
//!
//! Must not know of: how it is found.

use engine::event::{Event, What};
use engine::signed::{Signed, challenge};

use super::{Manipulation, row};
use crate::forge::Forge;
use crate::queues::COMPLAINT;
use crate::signers::authenticator;
use crate::soft::Made;

/// Where a signed event that fits stands.
fn signed(forge: &Forge, fits: impl Fn(&What) -> bool) -> usize {
    let is_meant = |event: &Event| event.signed.is_some() && fits(&event.what);
    forge.rows.iter().position(|row| is_meant(&row.event)).expect("the history has such a signature")
}

fn signature(forge: &mut Forge, at: usize) -> &mut Signed {
    forge.rows[at].event.signed.as_mut().unwrap()
}

fn complaints(forge: &Forge) -> Vec<usize> {
    let is_one = |what: &What| matches!(what, What::Convened { reason, .. } if reason == COMPLAINT);
    (0..forge.rows.len()).filter(|at| is_one(&forge.rows[*at].event.what)).collect()
}

pub const ROWS: &[Manipulation] = &[
    row("A428", "an officer's signature is forged with another key", |forge| {
        let at = signed(forge, |what| matches!(what, What::Decided { .. }));
        let signed = signature(forge, at);
        let Made { authenticator_data, client_data, signature } = authenticator(200).sign(&challenge(&signed.act));
        *signed = Signed { authenticator_data, client_data, signature, ..signed.clone() };
    }),
    row("A428", "an officer's words are changed under the signature", |forge| {
        let at = signed(forge, |what| matches!(what, What::Decided { note, .. } if !note.is_empty()));
        if let What::Decided { note, .. } = forge.what(at) {
            "something else".clone_into(note);
        }
    }),
    row("A428", "a byte of what the authenticator said is changed", |forge| {
        let at = signed(forge, |what| matches!(what, What::Asked { .. }));
        *signature(forge, at).authenticator_data.last_mut().unwrap() ^= 1;
    }),
    row("A428", "the signatures of two decisions of one officer change places", |forge| {
        let decider = |what: &What| match what {
            What::Decided { by: engine::case::Decider::Officers(officers), route, .. } => {
                Some((officers.clone(), route.clone()))
            }
            _ => None,
        };
        let first = signed(forge, |what| decider(what).is_some());
        let (case, by) = (forge.rows[first].case, decider(&forge.rows[first].event.what));
        let second = forge
            .rows
            .iter()
            .position(|row| row.case != case && row.event.signed.is_some() && decider(&row.event.what) == by);
        let (one, other) = (signature(forge, first).clone(), signature(forge, second.unwrap()).clone());
        *signature(forge, second.unwrap()) = one;
        *signature(forge, first) = other;
    }),
    row("A428", "an officer's signature serves a second time", |forge| {
        let complaints = complaints(forge);
        let first = signature(forge, complaints[0]).clone();
        *signature(forge, complaints[1]) = first;
    }),
    row("A428", "an officer's passkey stands under the act of another", |forge| {
        let by = |what: &What| match what {
            What::Decided { by: engine::case::Decider::Officers(officers), .. } => officers.first().cloned(),
            _ => None,
        };
        let first = signed(forge, |what| by(what).is_some());
        let officer = by(&forge.rows[first].event.what);
        let other = signed(forge, |what| by(what).is_some_and(|other| Some(other) != officer));
        let credential = signature(forge, other).credential.clone();
        signature(forge, first).credential = credential;
    }),
];
