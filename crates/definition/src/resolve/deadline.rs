//! How long a wait for a person lasts, and what its expiry does.
//!
//! Must not know of: the clock, who waits for whom.

use std::collections::BTreeMap;

use super::context::Context;
use super::keys::Keys;
use super::read;
use super::service::Scope;
use super::stage::needed;
use crate::codes;
use crate::model::{Name, Overdue, Wait};
use crate::syntax::yaml::{Node, NodeKind};

/// `within` and `overdue`, which names a route of `may`, a stage, or a route that silence alone takes.
pub(super) fn deadline(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    keys: &mut Keys<'_>,
    may: &BTreeMap<Name, Name>,
) -> Option<Wait> {
    let within = needed(cx, keys, "within", "5 workdays").and_then(|node| read::period(cx, node));
    let node = needed(cx, keys, "overdue", "STAGE")?;
    // Only where people look at something is there anything to deem.
    if !may.is_empty() && matches!(node.kind, NodeKind::Mapping(_)) {
        let overdue = deemed(cx, scope, node, may)?;
        return Some(Wait { within: within?, overdue });
    }
    let overdue = read::name(cx, node)?;
    let overdue = if let Some(target) = may.get(&overdue.value) {
        if *target != overdue.value && scope.stages.contains(&overdue.value) {
            let message = format!("`{}` is both a route here, to `{target}`, and a stage", overdue.value);
            let help = "rename the route or the stage, so that what silence does is said in one way";
            cx.report(&codes::WRONG_VALUE, overdue.span, message, help);
        }
        Overdue::Route(overdue.value)
    } else {
        scope.stage(cx, &overdue);
        Overdue::Stage(overdue.value)
    };
    Some(Wait { within: within?, overdue })
}

/// `overdue: { ROUTE: STAGE }`: what silence is deemed to be, and nobody may choose.
fn deemed(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, may: &BTreeMap<Name, Name>) -> Option<Overdue> {
    let keys = Keys::of(cx, node, node.span, "`overdue`")?;
    let [(key, value)] = keys.all() else {
        let message = "silence takes one route";
        cx.report(&codes::WRONG_VALUE, node.span, message, "write `overdue: { ROUTE: STAGE }`");
        return None;
    };
    let route = read::checked_name(cx, key.clone())?;
    let to = read::name(cx, value)?;
    scope.stage(cx, &to);
    if route.value == "refuse" {
        let message = "silence never refuses";
        cx.report(&codes::WRONG_VALUE, route.span, message, "name what silence is deemed to be, such as `agree`");
    }
    if may.contains_key(&route.value) {
        let message = format!("`{}` is a route that an officer may choose here", route.value);
        let help = format!("write `overdue: {}`, or name a route that silence alone takes", route.value);
        cx.report(&codes::WRONG_VALUE, route.span, message, help);
    }
    Some(Overdue::Deemed { route: route.value, to: to.value })
}
