//! Events in words, for findings: how the case moved and by whom, never what people wrote or what facts are.
//!
//! Must not know of: what is wrong with an event.

use engine::case::{Cause, Decider};
use engine::event::What;
use engine::lot::{Lot, in_words};
use record::leaf::outcome_name;

fn fixed(seat: &str, lot: &Lot) -> String {
    if lot.routes.is_empty() {
        return format!("a lot fixed for {seat}: {} of {}", lot.people, lot.candidates.len());
    }
    let bound = lot.bound.as_ref().map(|bound| format!(", bound to {} by {}", bound.route, bound.case));
    format!("a lot fixed for {seat}: between {}{}", in_words(&lot.routes), bound.unwrap_or_default())
}

/// An event in words.
pub(crate) fn told(what: &What) -> String {
    match what {
        What::Entered { stage, due, amount } => {
            let due: Vec<String> = due.iter().map(|(clock, due)| format!("{clock} until {due}")).collect();
            let fee = amount.as_ref().map(|amount| format!(", {} {} due", amount.amount(), amount.currency));
            format!("entered {stage} ({}){}", due.join(", "), fee.unwrap_or_default())
        }
        What::Drawn { seat, draw } => {
            format!("drawn for {seat}: {}", draw.names().map(String::as_str).collect::<Vec<_>>().join(", "))
        }
        What::Lot { seat, lot } => fixed(seat, lot),
        What::Shared { seat, people: 0, .. } => format!("{seat} waits for the matter's other lot"),
        What::Shared { seat, people, .. } => format!("{people} for {seat} to come by the matter's other lot"),
        What::Overtook { officer, ground } => {
            format!("taken out of turn by {officer}{}", on(std::slice::from_ref(ground)))
        }
        What::Convened { officer, .. } => format!("asked by {officer} to be looked at again"),
        What::Kept { officer, .. } => format!("left as it stands by {officer}"),
        What::Seated { seat, officer, .. } => format!("seated at {seat} as in the matter: {officer}"),
        What::Vacated { seat, officer, .. } => format!("{seat} given up by {officer}"),
        What::Ruled { table, rows, .. } => format!("table {table} gave rows {rows:?}"),
        What::Computed { .. } | What::Booked { .. } | What::Unbooked { .. } => by_function(what),
        What::Signed { officer, route, ground, .. } => {
            format!("signed by {officer} for {route}{}", on(ground.as_slice()))
        }
        What::Decided { stage, route, grounds, by, .. } => {
            format!("decided {stage}: {route}{} by {}", on(grounds), decider(by))
        }
        What::Asked { officer, items, due } => {
            let grounds: Vec<String> = items.iter().map(|item| item.ground.clone()).collect();
            format!("asked by {officer} for {} items{} until {due}", items.len(), on(&grounds))
        }
        What::Supplied { due, .. } => match due {
            Some(due) => format!("supplied, officers' turn until {due}"),
            None => "supplied".to_owned(),
        },
        What::Consulted { branch, opinion, ground, officer, .. } => {
            let who = officer.as_deref().unwrap_or("silence");
            format!("{branch}: {opinion:?}{} by {who}", on(ground.as_slice()))
        }
        What::Paid { amount, .. } => format!("paid {} {}", amount.amount(), amount.currency),
        What::Lapsed { clock, due, silent } => format!("{clock} lapsed at {due}, silent: {}", silent.join(", ")),
        What::Corrected { fact, officers, .. } => format!("{fact} corrected by {}", officers.join(", ")),
        What::Ended { outcome, certificate, enter, appeal_until, overturn } => {
            let issued = certificate.as_ref().map(|issued| match issued.until {
                Some(until) => format!(", {} from {} until {until}", issued.certificate, issued.from),
                None => format!(", {} from {}", issued.certificate, issued.from),
            });
            let enter = enter.as_ref().map(|enter| format!(", enters {}", enter.register));
            let appeal = appeal_until.map(|until| format!(", appeal until {until}"));
            let parts = [issued, enter, appeal, overturn.then(|| ", overturns".to_owned())];
            format!("ended {}{}", outcome_name(*outcome), parts.into_iter().flatten().collect::<String>())
        }
        What::Proposed { officer, .. } => format!("proposed by {officer}"),
        What::Revoked { ground, officers, .. } => {
            format!("revoked{} by {}", on(std::slice::from_ref(ground)), officers.join(", "))
        }
        What::Erased { concepts, cause, .. } => {
            let cause = match cause {
                Cause::Retention => " when its time was over".to_owned(),
                Cause::Ground(ground) => on(std::slice::from_ref(ground)),
            };
            format!("erased {}{cause}", concepts.join(", "))
        }
        What::Opened(_) | What::Withdrawn { .. } | What::Appealed { .. } | What::Overturned { .. } => {
            what.kind().to_owned()
        }
    }
}

/// What a function did.
fn by_function(what: &What) -> String {
    match what {
        What::Computed { function, .. } => format!("{function} worked out"),
        What::Booked { function, .. } => format!("{function} booked"),
        What::Unbooked { stage, function, .. } => format!("{function} refused what {stage} books"),
        _ => String::new(),
    }
}

fn on(grounds: &[String]) -> String {
    if grounds.is_empty() { String::new() } else { format!(" on {}", grounds.join(", ")) }
}

fn decider(by: &Decider) -> String {
    match by {
        Decider::Rule => "rule".to_owned(),
        Decider::Officers(officers) => officers.join(", "),
        Decider::Silence(officers) => format!("silence of {}", officers.join(", ")),
        Decider::Consult => "consultation".to_owned(),
        Decider::Lot => "lot".to_owned(),
        Decider::Matter(case) => format!("the lot of {case} in the matter"),
        Decider::Undrawn => "a lot that was not drawn in time".to_owned(),
    }
}
