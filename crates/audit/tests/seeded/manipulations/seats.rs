//! Manipulations of who decides: draws, seats, signatures.

use engine::case::Decider;
use engine::event::What;
use engine::lot::{self, Draw};

use super::{Manipulation, row};
use crate::forge::Forge;

/// The draw of an event, to be changed.
fn drawn(forge: &mut Forge, change: impl Fn(&mut Draw)) {
    let at = forge.find(|what| matches!(what, What::Drawn { seat, draw } if seat == "review" && draw.proof.is_none()));
    if let What::Drawn { draw, .. } = forge.what(at) {
        change(draw);
    }
}

fn second_signature(forge: &Forge) -> (usize, usize) {
    let first = forge.find(|what| matches!(what, What::Signed { .. }));
    let case = forge.rows[first].case;
    let places = forge.of_case(case);
    let second = places.iter().find(|at| **at > first && matches!(forge.rows[**at].event.what, What::Signed { .. }));
    (first, *second.unwrap())
}

pub const ROWS: &[Manipulation] = &[
    row("A408", "another officer is put in the place of the one who was drawn", |forge| {
        drawn(forge, |draw| {
            let other = draw.candidates.iter().find(|one| one.officer != draw.drawn[0]);
            draw.drawn[0] = other.unwrap().officer.clone();
        });
    }),
    row("A408", "the randomness is chosen after the draw", |forge| {
        drawn(forge, |draw| {
            let other = |draw: &Draw, byte: u8| {
                lot::draw(draw.candidates.clone(), &draw.matter, [byte; 32], 1).unwrap().drawn != draw.drawn
            };
            let byte = (0..).find(|byte| other(draw, *byte)).unwrap();
            draw.randomness.0 = [byte; 32];
        });
    }),
    row("A409", "a candidate is struck out and the roster's hash is left", |forge| {
        drawn(forge, |draw| {
            let (roster, kept) = (draw.roster, draw.drawn[0].clone());
            let place = draw.candidates.iter().position(|one| one.officer != kept).unwrap();
            draw.candidates.remove(place);
            *draw = lot::draw(draw.candidates.clone(), &draw.matter, draw.randomness.0, 1).unwrap();
            draw.roster = roster;
        });
    }),
    row("A409", "a draw says that it was made from another roster", |forge| {
        drawn(forge, |draw| draw.roster.0[0] ^= 1);
    }),
    row("A409", "the draw is done for another matter, until it gives the right officer", |forge| {
        drawn(forge, |draw| {
            let wanted = draw.candidates.iter().find(|one| one.officer != draw.drawn[0]).unwrap().officer.clone();
            let again = (0..).map(|number| {
                lot::draw(draw.candidates.clone(), &format!("other/review/{number}"), draw.randomness.0, 1).unwrap()
            });
            *draw = again.into_iter().find(|draw| draw.drawn[0] == wanted).unwrap();
        });
    }),
    row("A410", "a matter that was withdrawn and filed again is drawn again", |forge| {
        let at = forge.find(|what| matches!(what, What::Seated { .. }));
        let What::Seated { seat, officer, case } = forge.what(at).clone() else { return };
        let former = forge.rows.iter().find_map(|row| match &row.event.what {
            What::Drawn { seat: same, draw } if row.case == case && *same == seat => Some(draw.clone()),
            _ => None,
        });
        let former = former.unwrap();
        let matter = format!("{}/{seat}/0", forge.rows[at].case);
        let draws = (0..).map(|byte: u8| lot::draw(former.candidates.clone(), &matter, [byte; 32], 1).unwrap());
        let draw = draws.into_iter().find(|draw| draw.drawn[0] != officer).unwrap();
        *forge.what(at) = What::Drawn { seat, draw };
    }),
    row("A410", "an officer is seated as if they sat in the matter", |forge| {
        let at = forge.find(|what| matches!(what, What::Seated { .. }));
        if let What::Seated { officer, .. } = forge.what(at) {
            *officer = if officer == "O-0005" { "O-0006" } else { "O-0005" }.to_owned();
        }
    }),
    row("A410", "an officer is seated as if they sat in the matter, and decides", |forge| {
        let at = forge.find(|what| matches!(what, What::Seated { .. }));
        let What::Seated { officer, .. } = forge.what(at).clone() else { return };
        let other = if officer == "O-0005" { "O-0006" } else { "O-0005" };
        for place in forge.of_case(forge.rows[at].case) {
            let event = serde_json::to_string(&forge.rows[place].event).unwrap().replace(&officer, other);
            forge.rows[place].event = serde_json::from_str(&event).unwrap();
        }
    }),
    row("A411", "nobody is drawn for a desk", |forge| {
        let at = forge.find(|what| matches!(what, What::Drawn { draw, .. } if draw.proof.is_none()));
        forge.remove(at);
    }),
    row("A413", "a decision is forged in the name of an officer who was not drawn", |forge| {
        let at = forge.find(|what| matches!(what, What::Decided { by: Decider::Officers(officers), stage, .. } if officers.len() == 1 && stage == "review"));
        if let What::Decided { by: Decider::Officers(officers), .. } = forge.what(at) {
            *officers = vec!["O-0032".to_owned()];
        }
    }),
    row("A413", "an opinion is forged in the name of another officer", |forge| {
        let at = forge.find(|what| matches!(what, What::Consulted { officer: Some(_), .. }));
        if let What::Consulted { officer, .. } = forge.what(at) {
            *officer = Some("O-0032".to_owned());
        }
    }),
    row("A412", "one of two signatures is removed", |forge| {
        let (first, _) = second_signature(forge);
        forge.remove(first);
    }),
    row("A412", "one officer signs twice", |forge| {
        let (first, second) = second_signature(forge);
        let What::Signed { officer: same, .. } = forge.what(first).clone() else { return };
        if let What::Signed { officer, .. } = forge.what(second) {
            *officer = same;
        }
    }),
    row("A425", "an officer decides their own case", |forge| {
        let at = forge
            .find(|what| matches!(what, What::Decided { by: Decider::Officers(officers), .. } if officers.len() == 1));
        let case = forge.rows[at].case;
        let applicant = forge.rows.iter().find_map(|row| match &row.event.what {
            What::Opened(opened) if row.case == case => Some(opened.applicant.clone()),
            _ => None,
        });
        if let What::Decided { by: Decider::Officers(officers), .. } = forge.what(at) {
            *officers = applicant.into_iter().collect();
        }
    }),
    row(
        "A427",
        "the randomness of two institutions is put in the place of another, and the draw made to fit",
        |forge| {
            let at = forge.find(|what| matches!(what, What::Drawn { draw, .. } if draw.proof.is_some()));
            if let What::Drawn { draw, .. } = forge.what(at) {
                let again = |byte: u8| lot::draw(draw.candidates.clone(), &draw.matter, [byte; 32], 1).unwrap();
                // One that brings the same officer, so that nothing else in the case has to be changed.
                let fits = (0..).map(again).find(|again| again.drawn == draw.drawn).unwrap();
                draw.randomness = fits.randomness;
            }
        },
    ),
    row("A425", "an officer applies, is drawn and decides", |forge| {
        let at = (0..forge.rows.len()).find(|at| {
            let row = &forge.rows[*at];
            let by_one = matches!(&row.event.what, What::Decided { by: Decider::Officers(officers), route, .. }
                if officers.len() == 1 && route == "refuse");
            by_one && forge.service_of(row.case).name == "activity-licence"
        });
        let at = at.unwrap();
        let What::Decided { by: Decider::Officers(officers), .. } = forge.what(at).clone() else { return };
        let first = forge.of_case(forge.rows[at].case)[0];
        if let What::Opened(opened) = forge.what(first) {
            opened.applicant.clone_from(&officers[0]);
        }
    }),
    row("A602", "an officer is left out of one draw, with everything else made to fit", |forge| {
        let places: Vec<usize> = (0..forge.rows.len())
            .filter(|at| {
                let row = &forge.rows[*at];
                matches!(&row.event.what, What::Drawn { seat, draw } if seat == "review" && draw.matter.ends_with("/0"))
                    && forge.service_of(row.case).name == "premises-registration"
            })
            .collect();
        for at in places.into_iter().skip(3) {
            let What::Drawn { draw, .. } = forge.what(at).clone() else { continue };
            for place in 0..draw.candidates.len() {
                let mut candidates = draw.candidates.clone();
                candidates.remove(place);
                let again = lot::draw(candidates, &draw.matter, draw.randomness.0, 1);
                if again.as_ref().is_some_and(|again| again.drawn == draw.drawn)
                    && let (What::Drawn { draw, .. }, Some(again)) = (forge.what(at), again)
                {
                    *draw = again;
                    return;
                }
            }
        }
    }),
];
