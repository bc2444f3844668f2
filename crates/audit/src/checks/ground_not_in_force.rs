//! A ground was cited on a day on which it was not in force.
//!
//! The definition's law says from when and until when an article is in force. What was decided on it on another day is void.

use engine::clock;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A415",
    name: "ground-not-in-force",
    weight: Weight::Fault,
    en: "A ground was cited that was not in force.",
    fa: "به مستندی استناد شده که در آن روز اعتبار نداشته است.",
};

/// Looks at every ground that is cited in an act.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    for (place, event) in act.events.iter().enumerate() {
        let cited = cited(&event.what);
        if cited.is_empty() {
            continue;
        }
        let zone = act.service.zone();
        let Some(today) = clock::date(zone, event.at) else { continue };
        for ground in cited {
            let in_force = zone.grounds.get(ground).is_some_and(|ground| {
                ground.from.is_none_or(|from| from <= today) && ground.to.is_none_or(|to| today <= to)
            });
            if !in_force {
                findings.add(&CODE, act.place(place), format!("`{ground}` cited on {today}"), "a ground in force on that day");
            }
        }
    }
}

fn cited(what: &What) -> Vec<&String> {
    match what {
        What::Signed { ground, .. } | What::Consulted { ground, .. } => ground.iter().collect(),
        What::Decided { grounds, .. } => grounds.iter().collect(),
        What::Asked { items, .. } => items.iter().map(|item| &item.ground).collect(),
        What::Revoked { ground, .. } => vec![ground],
        _ => Vec::new(),
    }
}
