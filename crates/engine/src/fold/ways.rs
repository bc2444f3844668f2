//! The ways that a case goes where chance decides.
//!
//! Must not know of: how a draw is done, what other cases came to.

use definition::model::{Name, Share};

use crate::case::{Awaited, Case, Decider, Way};
use crate::lot::{self, Bound};

/// A route was drawn. Of what is known of the stage, whatever stands first binds: an earlier decision of the case itself (where the draw came too late for
/// it), what was drawn, what another application in the matter came to.
pub(super) fn drawn(
    case: &mut Case,
    stage: &str,
    routes: &[Share],
    route: &Name,
    bound: Option<Bound>,
) -> Result<(), &'static str> {
    lot::place(routes, route).ok_or("the stage has no such route")?;
    let drawn = Way { route: route.clone(), by: Decider::Lot };
    let other = bound.map(|bound| Way { route: bound.route, by: Decider::Matter(bound.case) });
    let ways: Vec<Way> = case.ways.remove(stage).into_iter().chain([drawn]).chain(other).collect();
    let first = lot::first(routes, ways.iter().map(|way| &way.route)).cloned();
    let way = ways.into_iter().find(|way| Some(&way.route) == first.as_ref());
    case.ways.extend(way.map(|way| (stage.to_owned(), way)));
    Ok(())
}

/// Where it goes was decided: the lot of another case need not be waited for any more. Its own is drawn nevertheless: whoever could stop a draw could
/// choose among draws.
pub(super) fn decided(case: &mut Case, stage: &str, way: Way) {
    case.ways.insert(stage.to_owned(), way);
    if matches!(case.lots.get(stage), Some(waiting) if matches!(waiting.awaited, Awaited::Case(_))) {
        case.lots.remove(stage);
    }
}
