//! Manipulations of the roster: who is on it, whose passkey is which, who can be drawn.
//!
//! Must not know of: how it is found.

use engine::event::{Vacancy, What};
use engine::lot::{self, Aside, Candidate, Draw, Why};
use engine::roster::{RosterAct, RosterActor, RosterEvent, STREAM};

use super::{Manipulation, row};
use crate::forge::{Forge, Row1};
use crate::signers::authenticator;

/// Appends an act to the roster's stream at the end of the log, at its time.
fn append(forge: &mut Forge, by: RosterActor, act: RosterAct) {
    let at = forge.rows.last().unwrap().event.at;
    let raw = serde_json::to_vec(&RosterEvent { at, by, act, signed: None }).unwrap();
    let event = forge.rows.last().unwrap().event.clone();
    forge.rows.push(Row1 { case: STREAM, salt: [3; 32], event, raw: Some(raw), was: None });
}

/// Where an act of the roster's stream that fits stands.
fn roster_act(forge: &Forge, fits: impl Fn(&RosterEvent) -> bool) -> (usize, RosterEvent) {
    let acts = forge.rows.iter().enumerate().filter(|(_, row)| row.case == STREAM);
    let read = |row: &Row1| serde_json::from_slice(row.raw.as_ref().unwrap()).unwrap();
    acts.map(|(at, row)| (at, read(row))).filter(|(_, event)| fits(event)).last().unwrap()
}

/// A local draw at a desk, made again among others until it brings the same officer, so that nothing else in the case has to be changed.
fn drawn_among(forge: &mut Forge, change: impl Fn(&mut Vec<Candidate>, &mut Vec<Aside>, &str)) {
    let at = forge.find(|what| matches!(what, What::Drawn { seat, draw } if seat == "review" && draw.proof.is_none()));
    let What::Drawn { draw, .. } = forge.what(at).clone() else { return };
    let (mut candidates, mut aside) = (draw.candidates.clone(), draw.aside.clone());
    change(&mut candidates, &mut aside, &draw.drawn[0]);
    let again = |byte: u8| lot::draw(candidates.clone(), &draw.matter, [byte; 32], 1).unwrap();
    let fits = (0..).map(again).find(|again| again.drawn == draw.drawn).unwrap();
    if let What::Drawn { draw, .. } = forge.what(at) {
        *draw = Draw { aside, ..fits };
    }
}

pub const ROWS: &[Manipulation] = &[
    row("A430", "the operator registers a passkey of their own as an officer's", |forge| {
        let key = authenticator(222);
        let (credential, public) = (key.id.clone(), key.cose_key());
        let act =
            RosterAct::AddPasskey { officer: "O-0002".to_owned(), credential, key: public, name: "sample".to_owned() };
        append(forge, RosterActor::Operator, act);
    }),
    row("A430", "the operator puts somebody on the roster although keepers watch over it", |forge| {
        let (officer, role) = ("O-0099".to_owned(), "examiner".to_owned());
        append(forge, RosterActor::Operator, RosterAct::Join { officer, role, person: None, weight: 1000 });
    }),
    row("A430", "an officer makes themselves a keeper", |forge| {
        let officer = "O-0033".to_owned();
        append(forge, RosterActor::Officer(officer.clone()), RosterAct::Keep { officer });
    }),
    row("A604", "a keeper's signature is struck out", |forge| {
        let (at, event) = roster_act(forge, |event| event.signed.is_some());
        forge.rows[at].raw = Some(serde_json::to_vec(&RosterEvent { signed: None, ..event }).unwrap());
    }),
    row("A604", "an officer's signature is struck out, and the words are changed", |forge| {
        let at = forge.rows.iter().rposition(|row| row.event.signed.is_some()).unwrap();
        forge.rows[at].event.signed = None;
        if let What::Kept { note, .. } = forge.what(at) {
            "something else".clone_into(note);
        }
    }),
    row("A431", "somebody who is not on the roster could be drawn", |forge| {
        drawn_among(forge, |candidates, _, _| {
            candidates.push(Candidate { officer: "O-0099".to_owned(), weight: 1 });
        });
    }),
    row("A431", "the officer who was drawn had a thousand shares", |forge| {
        drawn_among(forge, |candidates, _, drawn| {
            candidates.iter_mut().filter(|one| one.officer == drawn).for_each(|one| one.weight = 1000);
        });
    }),
    row("A431", "all others are left out of a draw, as if they had recused themselves", |forge| {
        drawn_among(forge, |candidates, aside, drawn| {
            let left = candidates.iter().filter(|one| one.officer != drawn);
            aside.extend(left.map(|one| Aside { officer: one.officer.clone(), why: Why::Recused }));
            candidates.retain(|one| one.officer == drawn);
        });
    }),
    row("A432", "an officer who is there is taken off a case as if they had left", |forge| {
        let at = forge.find(|what| matches!(what, What::Vacated { why: Vacancy::Recused, .. }));
        let What::Vacated { officer, .. } = forge.what(at).clone() else { return };
        if let What::Vacated { why, note, .. } = forge.what(at) {
            *why = Vacancy::Left;
            note.clear();
        }
        if let What::Drawn { draw, .. } = forge.what(at + 1) {
            draw.aside.retain(|aside| aside.officer != officer);
        }
    }),
    row("A427", "a lot is fixed for a round of drand that was out long before", old_round),
];

/// Round 123 of quicknet (the tests of noislabs/drand-verify): the officer is chosen by trying salts of the leaf that fixes the lot.
fn old_round(forge: &mut Forge) {
    let signature = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
    let chain = beacon::Chain::quicknet().unwrap();
    let (hash, round) = (engine::case::Digest(chain.hash()), 123);
    let fixed = forge.find(|what| matches!(what, What::Lot { .. }));
    let drawn = forge.find(|what| matches!(what, What::Drawn { draw, .. } if draw.proof.is_some()));
    let What::Drawn { draw: former, .. } = forge.what(drawn).clone() else { return };
    if let What::Lot { lot, .. } = forge.what(fixed) {
        lot.source = lot::Source::Drand { chain: hash, round };
        lot.due = jiff::Timestamp::from_millisecond(chain.time_ms(round).unwrap()).unwrap();
    }
    let What::Lot { lot, .. } = forge.what(fixed).clone() else { return };
    let evidence =
        lot::Evidence::Drand { chain: hash, round, signature: hex::decode(signature).unwrap(), previous: Vec::new() };
    for byte in 0.. {
        forge.rows[fixed].salt = [byte; 32];
        let leaf = log::hash::leaf_hash(&forge.leaves().0[fixed]);
        let proof = lot::Proof { leaf: engine::case::Digest(leaf.0), evidence: evidence.clone() };
        let randomness = beacon::randomness::proven(&proof, std::slice::from_ref(&chain)).unwrap();
        let again = lot.draw(engine::case::Digest(randomness), proof).unwrap();
        if again.drawn == former.drawn {
            if let What::Drawn { draw, .. } = forge.what(drawn) {
                *draw = again;
            }
            return;
        }
    }
}
