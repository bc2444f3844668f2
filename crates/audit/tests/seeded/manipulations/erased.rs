//! Manipulations under the pretext that something was erased.
//!
//! Must not know of: how it is found.

use engine::case::{Cause, Decider};
use engine::event::What;

use super::{Manipulation, row};
use crate::forge::Forge;

/// The opening of a case that ended with the refusal of an officer, and its end.
fn refused(forge: &Forge) -> (usize, usize) {
    let at =
        forge.find(|what| matches!(what, What::Decided { route, by: Decider::Officers(_), .. } if route == "refuse"));
    let places = forge.of_case(forge.rows[at].case);
    (places[0], *places.iter().find(|at| matches!(forge.rows[**at].event.what, What::Ended { .. })).unwrap())
}

fn erased(ground: Option<&str>) -> What {
    let cause = ground.map_or(Cause::Retention, |ground| Cause::Ground(ground.to_owned()));
    What::Erased { concepts: vec!["premises.lease".to_owned()], applicant: false, cause }
}

pub const ROWS: &[Manipulation] = &[
    row("A109", "an application is withheld and called erased", |forge| {
        let (opening, _) = refused(forge);
        forge.hidden.push(opening);
    }),
    row("A109", "a draw is withheld and called erased", |forge| {
        let at = forge.find(|what| matches!(what, What::Drawn { draw, .. } if draw.proof.is_none()));
        forge.hidden.push(at);
    }),
    row("A429", "a document is erased while an appeal can still be lodged", |forge| {
        let (_, end) = refused(forge);
        forge.insert(end, erased(Some("premises-lease")));
    }),
    row("A429", "an application is erased as if its time were over, and an act says so", |forge| {
        let (opening, end) = refused(forge);
        forge.insert(end, erased(None));
        forge.hidden.push(opening);
    }),
    row("A429", "an application is erased on a ground that the definition does not have", |forge| {
        let (opening, end) = refused(forge);
        forge.insert(end, erased(Some("no-such-ground")));
        forge.hidden.push(opening);
    }),
    row("A429", "an application is erased while its case is open", |forge| {
        let (opening, _) = refused(forge);
        forge.insert(opening + 2, erased(Some("premises-lease")));
        forge.hidden.push(opening);
    }),
];
