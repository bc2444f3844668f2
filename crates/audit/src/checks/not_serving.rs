//! Somebody acted as an officer whom the roster does not have.
//!
//! Who has left the service has left their cases, too, and whoever wants a case looked at again holds a role of its authority. The roster is recorded in a
//! stream of its own. Here somebody acted who was not on it at that moment, nor in the last minute before, since another process may not have known of a
//! change yet; or who asked for another look, and held no role of the authority.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay;

/// This check.
pub static CODE: Code = Code {
    id: "A433",
    name: "not-serving",
    weight: Weight::Fault,
    en: "Somebody acted as an officer whom the roster does not have.",
    fa: "کسی به نام کارشناس اقدام کرده که فهرست کارشناسان او را ندارد.",
};

/// Looks at an act that was not the actor's.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let (Some(Refusal::NotYours), Some(first)) = (act.refusal(), act.events.first()) else { return };
    let Some((officer, _)) = replay::officers_act(&first.what) else { return };
    let serves = act.rosters.iter().any(|register| register.of(&officer).is_some_and(|entry| !entry.roles.is_empty()));
    // Whoever is refused another look holds no role of the authority: nothing else is asked of them.
    if !act.rosters.is_empty() && (!serves || matches!(first.what, What::Convened { .. })) {
        act.report(&CODE, findings);
    }
}
