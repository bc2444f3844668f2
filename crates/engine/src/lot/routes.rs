//! The routes of a lot between stages: their hash, their words, and which of several binds.
//!
//! Must not know of: stages, cases.

use definition::model::{Name, Share};
use sha2::{Digest as _, Sha256};

use super::{Bound, Shares};
use crate::case::Digest;

pub(super) fn shares(routes: &[Share]) -> Shares<'_> {
    routes.iter().map(|share| (share.route.as_str(), share.weight)).collect()
}

/// SHA-256 over "panjereh routes v1" and, for each route in the definition's order, the name's length (4 bytes, big-endian), the name and the weight
/// (4 bytes, big-endian).
pub fn routes_hash(routes: &[Share]) -> Digest {
    let mut hash = Sha256::new_with_prefix(b"panjereh routes v1");
    for Share { route, weight } in routes {
        hash.update(u32::try_from(route.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(route.as_bytes());
        hash.update(weight.to_be_bytes());
    }
    Digest(hash.finalize().into())
}

/// The routes as the public log says them: `inspection=10,release=90`. No route's name has a comma or an equals sign.
pub fn in_words(routes: &[Share]) -> String {
    routes.iter().map(|share| format!("{}={}", share.route, share.weight)).collect::<Vec<_>>().join(",")
}

/// Where a route stands among these, from 0.
pub fn place(routes: &[Share], route: &str) -> Option<usize> {
    routes.iter().position(|share| share.route == route)
}

/// Of several routes the one that stands first, which binds; of equal ones the first given. One that is not among `routes` binds to nothing.
pub fn first<'n>(routes: &[Share], given: impl IntoIterator<Item = &'n Name>) -> Option<&'n Name> {
    given.into_iter().filter(|route| place(routes, route).is_some()).min_by_key(|route| place(routes, route))
}

/// Of what other applications in the matter came to, that which binds: the route that stands first. The last of all binds to nothing, since whatever
/// is drawn stands before it or is it.
pub fn bound_by(routes: &[Share], ways: &[Bound]) -> Option<Bound> {
    let last = routes.last().map(|share| share.route.as_str());
    let bound = ways.iter().filter(|bound| place(routes, &bound.route).is_some());
    bound.min_by_key(|bound| place(routes, &bound.route)).filter(|bound| last != Some(&bound.route)).cloned()
}
