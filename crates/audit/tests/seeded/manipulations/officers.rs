//! Manipulations of who the officers are: people under other ids, relations, who left, how full somebody is. Whoever has the machine and the keys of
//! everybody, passkeys included, makes all else to fit.
//!
//! Must not know of: how it is found.

use engine::case::{AGAIN, Decider};
use engine::event::What;
use engine::lot::{self, Aside, Draw, Why};
use engine::roster::{RosterAct, RosterActor, RosterEvent, STREAM, rules};
use engine::signed::{ActText, Signed, challenge};

use super::{Manipulation, row};
use crate::forge::{Forge, Row1};
use crate::signers::authenticator;
use crate::soft::Made;

/// Changes what the roster's acts say that fit, where they stand.
fn roster_acts(forge: &mut Forge, change: impl Fn(&mut RosterAct)) {
    for row in forge.rows.iter_mut().filter(|row| row.case == STREAM) {
        let mut event: RosterEvent = serde_json::from_slice(row.raw.as_ref().unwrap()).unwrap();
        let before = event.act.clone();
        change(&mut event.act);
        if event.act != before {
            row.raw = Some(serde_json::to_vec(&event).unwrap());
        }
    }
}

/// Says of officers from the beginning which person they are.
fn is_person(forge: &mut Forge, officers: &[String], who: &str) {
    roster_acts(forge, |act| {
        if let RosterAct::Join { officer, person, .. } = act
            && officers.contains(officer)
        {
            *person = Some(who.to_owned());
        }
    });
}

fn applicant(forge: &Forge, at: usize) -> String {
    let case = forge.rows[at].case;
    let opened = forge.rows.iter().find_map(|row| match &row.event.what {
        What::Opened(opened) if row.case == case => Some(opened.applicant.clone()),
        _ => None,
    });
    opened.unwrap()
}

/// Puts an act on the roster behind a leaf, signed with the passkey of this number.
fn acts_on_roster(forge: &mut Forge, after: usize, (by, number): (&str, u8), act: &RosterAct) {
    let (by, act) = (by.to_owned(), act.clone());
    let seen = forge.rows[..=after].iter().filter(|row| row.case == STREAM).count() as u64;
    let text = ActText { case: STREAM, seen, definition: rules(), officer: by.clone(), act: act.clone() };
    let (text, key) = (text.to_text().unwrap(), authenticator(number));
    let Made { authenticator_data, client_data, signature } = key.sign(&challenge(&text));
    let signed = Signed { act: text, credential: key.id, authenticator_data, client_data, signature };
    let signed = Some(Box::new(signed));
    let event = forge.rows[after].event.clone();
    let raw = serde_json::to_vec(&RosterEvent { at: event.at, by: RosterActor::Officer(by), act, signed }).unwrap();
    forge.rows.insert(after + 1, Row1 { case: STREAM, salt: [5; 32], event, raw: Some(raw), was: None });
}

/// The last officer who leaves a case as it stands, the number of their passkey, the place of it, and of the draw that brought them there an hour before.
fn last_look(forge: &Forge) -> (String, u8, usize, usize) {
    let is_one = |row: &Row1| row.case != STREAM && matches!(row.event.what, What::Kept { .. });
    let looks = forge.rows.iter().rposition(is_one).unwrap();
    let What::Kept { officer, .. } = &forge.rows[looks].event.what else { unreachable!() };
    let drawn = |at: &usize| matches!(&forge.rows[*at].event.what, What::Drawn { seat, .. } if seat == AGAIN);
    let drawn = (0..looks).rev().find(drawn).unwrap();
    (officer.clone(), officer[2..].parse().unwrap(), looks, drawn)
}

/// The first draw at the desk for premises.
fn draw_at_premises(forge: &Forge) -> usize {
    let is_one = |at: &usize| {
        let row = &forge.rows[*at];
        matches!(&row.event.what, What::Drawn { seat, draw } if seat == "review" && draw.proof.is_none())
            && forge.service_of(row.case).name == "premises-registration"
    };
    (0..forge.rows.len()).find(is_one).unwrap()
}

/// Who looks at a case of premises again, drawn before any officer had a passkey.
fn first_look(forge: &Forge) -> usize {
    let is_one = |at: &usize| {
        let row = &forge.rows[*at];
        matches!(row.event.what, What::Convened { .. }) && forge.service_of(row.case).name == "premises-registration"
    };
    (0..forge.rows.len()).find(is_one).unwrap()
}

pub const ROWS: &[Manipulation] = &[
    row("A425", "an officer declared a relation with the applicant, and decides nevertheless", |forge| {
        let (officer, number, looks, drawn) = last_look(forge);
        let (with, reason) = (applicant(forge, looks), "a sample relation".to_owned());
        let act = RosterAct::Relate { officer: officer.clone(), with, reason };
        acts_on_roster(forge, drawn, (&officer, number), &act);
    }),
    row("A425", "the officer who decides is the applicant, by another id", |forge| {
        let at = forge.find(|what| matches!(what, What::Decided { by: Decider::Officers(all), .. } if all.len() == 1));
        let What::Decided { by: Decider::Officers(officers), .. } = forge.what(at).clone() else { return };
        let who = applicant(forge, at);
        is_person(forge, &officers, &who);
    }),
    row("A412", "two officers who are one person decide together", |forge| {
        let is_one = |what: &What| matches!(what, What::Decided { by: Decider::Officers(all), .. } if all.len() == 2);
        let at = forge.find(is_one);
        let What::Decided { by: Decider::Officers(officers), .. } = forge.what(at).clone() else { return };
        is_person(forge, &officers, "P-T999");
    }),
    row("A431", "the applicant could be drawn, by another id", |forge| {
        let at = draw_at_premises(forge);
        let What::Drawn { draw, .. } = forge.what(at).clone() else { return };
        let other = draw.candidates.iter().find(|one| one.officer != draw.drawn[0]).unwrap();
        let who = applicant(forge, at);
        is_person(forge, std::slice::from_ref(&other.officer), &who);
    }),
    row("A433", "somebody whom nobody knows has officers drawn to look at a case again", |forge| {
        let at = first_look(forge);
        if let What::Convened { officer, .. } = forge.what(at) {
            "O-0099".clone_into(officer);
        }
    }),
    row("A433", "an officer of another authority has officers drawn to look at a case again", |forge| {
        let at = first_look(forge);
        if let What::Convened { officer, .. } = forge.what(at) {
            // Of the fire department.
            "O-0018".clone_into(officer);
        }
    }),
    row("A433", "an officer who has left decides", |forge| {
        let (officer, _, _, drawn) = last_look(forge);
        let act = RosterAct::Leave { officer, role: None, reason: String::new() };
        acts_on_roster(forge, drawn, ("K-0001", 33), &act);
        acts_on_roster(forge, drawn + 1, ("K-0002", 34), &act);
    }),
    row("A411", "one more is drawn to look at a case again, although those who were drawn are there", |forge| {
        let convened = first_look(forge);
        let drawn = convened + 1;
        let What::Drawn { seat, draw } = forge.what(drawn).clone() else { panic!("a draw follows") };
        let What::Convened { officer, .. } = forge.what(convened).clone() else { return };
        let left = draw.candidates.iter().filter(|one| !draw.drawn.contains(&one.officer)).cloned().collect();
        let came = draw.drawn.len();
        let matter = format!("{}/{seat}/{came}", forge.rows[drawn].case);
        let draw = lot::draw(left, &matter, [7; 32], 1).unwrap();
        forge.insert(drawn, What::Drawn { seat, draw });
        forge.insert(drawn, What::Convened { officer, reason: "once more".to_owned() });
    }),
    row("A434", "an officer is set aside as full who has no case, with everything else made to fit", |forge| {
        let at = draw_at_premises(forge);
        let What::Drawn { draw, .. } = forge.what(at).clone() else { return };
        let is_meant = |one: &str| ["O-0005", "O-0006"].contains(&one) && one != draw.drawn[0];
        let (full, left): (Vec<_>, Vec<_>) = draw.candidates.iter().cloned().partition(|one| is_meant(&one.officer));
        let aside = Aside { officer: full[0].officer.clone(), why: Why::Full };
        let left: Vec<_> = left.into_iter().chain(full.into_iter().skip(1)).collect();
        let again = |byte: u8| lot::draw(left.clone(), &draw.matter, [byte; 32], 1).unwrap();
        let fits = (0..).map(again).find(|again| again.drawn == draw.drawn).unwrap();
        if let What::Drawn { draw, .. } = forge.what(at) {
            *draw = Draw { aside: vec![aside], ..fits };
        }
    }),
    row("A434", "officers who are full are drawn for, since the roster's limits are lowered afterwards", |forge| {
        roster_acts(forge, |act| {
            if let RosterAct::Limit { most_open, .. } = act {
                *most_open = Some(1);
            }
        });
    }),
    row("A605", "one of the draws of two institutions is made by the zone alone", |forge| {
        let fixed = forge.rows.iter().rposition(|row| matches!(row.event.what, What::Lot { .. })).unwrap();
        let is_proven = |row: &Row1| matches!(&row.event.what, What::Drawn { draw, .. } if draw.proof.is_some());
        let drawn = forge.rows.iter().rposition(is_proven).unwrap();
        let (What::Lot { seat, lot }, What::Drawn { draw: former, .. }) =
            (forge.what(fixed).clone(), forge.what(drawn).clone())
        else {
            return;
        };
        let matter = format!("{}/{}", forge.rows[fixed].case, lot.matter);
        let again = |byte: u8| lot::draw(lot.candidates.clone(), &matter, [byte; 32], 1).unwrap();
        let fits = (0..).map(again).find(|again| again.drawn == former.drawn).unwrap();
        *forge.what(fixed) = What::Drawn { seat, draw: Draw { aside: lot.aside, ..fits } };
        forge.remove(drawn);
    }),
];
