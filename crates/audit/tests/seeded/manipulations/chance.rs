//! Manipulations of what chance decides.

use engine::CaseId;
use engine::case::Decider;
use engine::event::What;
use engine::lot::{self, Draw};

use super::{Manipulation, row};
use crate::forge::Forge;

/// A draw between stages, to be changed.
fn fallen(forge: &mut Forge, change: impl Fn(&mut Draw)) {
    let at = forge.find(|what| matches!(what, What::Drawn { draw, .. } if draw.is_of_routes()));
    if let What::Drawn { draw, .. } = forge.what(at) {
        change(draw);
    }
}

fn taken_over(forge: &Forge) -> usize {
    forge.find(|what| matches!(what, What::Decided { by: Decider::Matter(_), .. }))
}

/// A draw between these routes that gives that one.
fn falling_on(draw: &Draw, matter: &str, route: &str) -> Draw {
    let mut all = (0..).map(|byte: u8| lot::draw_route(&draw.routes, matter, [byte; 32]).unwrap());
    all.find(|draw| draw.route.as_deref() == Some(route)).unwrap()
}

pub const ROWS: &[Manipulation] = &[
    row("A408", "another route is put in the place of the one that was drawn", |forge| {
        fallen(forge, |draw| {
            let other = draw.routes.iter().find(|share| Some(&share.route) != draw.route.as_ref());
            draw.route = other.map(|share| share.route.clone());
        });
    }),
    row("A409", "a draw says that it was made between other routes", |forge| {
        fallen(forge, |draw| draw.roster.0[0] ^= 1);
    }),
    row("A435", "a share is made smaller in one case, and the draw made to fit", |forge| {
        fallen(forge, |draw| {
            draw.routes[0].weight = 1;
            let route = draw.route.clone().unwrap();
            *draw = falling_on(draw, &draw.matter.clone(), &route);
        });
    }),
    row("A435", "a route is left out of one draw", |forge| {
        fallen(forge, |draw| {
            let route = draw.route.clone().unwrap();
            draw.routes.retain(|share| share.route == route);
            *draw = falling_on(draw, &draw.matter.clone(), &route);
        });
    }),
    row("A436", "a case is said to go another way than the lot fell", |forge| {
        let is_release =
            |what: &What| matches!(what, What::Decided { by: Decider::Lot, route, .. } if route == "release");
        let at = forge.find(is_release);
        if let What::Decided { route, .. } = forge.what(at) {
            *route = "inspection".to_owned();
        }
    }),
    row("A436", "a lot is said not to have been drawn in time", |forge| {
        let is_release =
            |what: &What| matches!(what, What::Decided { by: Decider::Lot, route, .. } if route == "release");
        let at = forge.find(is_release);
        if let What::Decided { by, .. } = forge.what(at) {
            *by = Decider::Undrawn;
        }
    }),
    row("A410", "a matter that was withdrawn and filed again is drawn for again", |forge| {
        let at = taken_over(forge);
        let what = forge.what(at).clone();
        let What::Decided { stage, route, .. } = &what else { return };
        let former = forge.rows.iter().find_map(|row| match &row.event.what {
            What::Drawn { draw, .. } if draw.is_of_routes() => Some(draw.clone()),
            _ => None,
        });
        let matter = format!("{}/{stage}/0", forge.rows[at].case);
        let draw = falling_on(&former.unwrap(), &matter, route);
        *forge.what(at) = What::Drawn { seat: stage.clone(), draw };
        let mut decided = what.clone();
        if let What::Decided { by, .. } = &mut decided {
            *by = Decider::Lot;
        }
        forge.insert(at, decided);
    }),
    row("A410", "a case is bound by an application that is none of the matter", |forge| {
        let at = taken_over(forge);
        if let What::Decided { by, .. } = forge.what(at) {
            *by = Decider::Matter(CaseId([9; 16]));
        }
    }),
];
