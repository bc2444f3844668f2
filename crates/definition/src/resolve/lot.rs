//! The stage kind `lot`: a draw between stages.
//!
//! Must not know of: how a draw is done.

use super::context::Context;
use super::keys::Keys;
use super::read;
use super::service::Scope;
use crate::check::rules::WAIT_WITHOUT_DEADLINE;
use crate::codes;
use crate::model::{LOT_ROUTES_MAX, LOT_ROUTES_MIN, Period, Share, StageKind, WEIGHT_MAX};
use crate::problem::Problem;

const FORM: &str = "{ STAGE: 10, STAGE: 90 }";

pub(super) fn lot(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<StageKind> {
    let routes = routes(cx, scope, keys);
    let within = within(cx, keys);
    Some(StageKind::Lot { routes: routes?, within: within? })
}

/// The stages that may follow, each with its share.
fn routes(cx: &mut Context<'_>, scope: &Scope<'_>, keys: &mut Keys<'_>) -> Option<Vec<Share>> {
    let node = keys.need(cx, "lot", FORM)?;
    let all = Keys::of(cx, node, node.span, "`lot`")?;
    let mut routes = Vec::new();
    for (key, value) in all.all() {
        let weight = read::count(cx, value, 1, WEIGHT_MAX);
        let Some(route) = read::checked_name(cx, key.clone()) else { continue };
        scope.stage(cx, &route);
        routes.extend(weight.map(|weight| Share { route: route.value, weight }));
    }
    let there = all.all().len();
    if there < LOT_ROUTES_MIN {
        let help = format!("name the stages between which chance decides, each with its share: `lot: {FORM}`");
        cx.report(&codes::MISSING, all.at(), "there is nothing to draw between", help);
        return None;
    }
    if there > LOT_ROUTES_MAX {
        let message = format!("a lot between {there} stages");
        let help = format!("draw between {LOT_ROUTES_MAX} stages at most, or in two stages one after the other");
        cx.report(&codes::WRONG_VALUE, all.at(), message, help);
        return None;
    }
    Some(routes)
}

/// How long a draw may be awaited: randomness that comes from outside may never come.
fn within(cx: &mut Context<'_>, keys: &mut Keys<'_>) -> Option<Period> {
    if let Some(node) = keys.get("within") {
        return read::period(cx, node);
    }
    cx.problems.push(Problem {
        code: WAIT_WITHOUT_DEADLINE,
        span: keys.at(),
        message: "a lot without `within`".to_owned(),
        related: Vec::new(),
        why: "where the randomness comes from outside, it may never come, and the case would lie there for ever"
            .to_owned(),
        help: "add `within: 1 workdays`: when it is over without a draw, the case goes the way that stands first"
            .to_owned(),
    });
    None
}
