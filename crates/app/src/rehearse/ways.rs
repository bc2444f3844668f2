//! Where chance decides: a lot between stages falls on the one in which the log shows that somebody acted, so that the past is judged as it happened.
//! Where the log shows nobody in any of them, it is left to chance.
//!
//! Must not know of: how draws are done, clocks.

use definition::model::Name;
use engine::event::{Event, What};
use engine::lot::{self, Draw};

use super::map::Map;
use super::past::PastAct;

/// How much randomness is tried for one lot: enough for a share of one in a thousand, in all but strange cases.
const TRIES_MAX: u64 = 20_000;

/// The next try, from `again` on, with which the first lot that fell otherwise than the log shows falls as it does; none when all did, or none is found.
pub(super) fn another_try(
    events: &[Event],
    map: &Map,
    to_come: &[PastAct],
    again: u64,
    randomness: impl Fn(u64) -> [u8; 32],
) -> Option<u64> {
    let drawn = events.iter().filter_map(|event| match &event.what {
        What::Drawn { draw, .. } if draw.is_of_routes() => Some(draw),
        _ => None,
    });
    let misfits = |draw: &Draw| shown(draw, map, to_come).filter(|shown| draw.route.as_ref() != Some(*shown)).cloned();
    let (draw, shown) = drawn.filter_map(|draw| Some((draw, misfits(draw)?))).next()?;
    let falls = |again: &u64| {
        let other = lot::draw_route(&draw.routes, &draw.matter, randomness(*again));
        other.is_some_and(|other| other.route.as_ref() == Some(&shown))
    };
    (again..again.saturating_add(TRIES_MAX)).find(falls)
}

/// The route of a lot in whose stage somebody acted first, of what is to come.
fn shown<'d>(draw: &'d Draw, map: &Map, to_come: &[PastAct]) -> Option<&'d Name> {
    let mut stages = to_come.iter().filter_map(|act| map.activities.get(&act.activity)?.stage());
    stages.find_map(|stage| draw.routes.iter().map(|share| &share.route).find(|route| *route == stage))
}
