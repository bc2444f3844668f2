//! Events in a line each, as short as a test can read them.
//!
//! Must not know of: acts.

use definition::model::{Opinion, Outcome};
use engine::case::{Decider, Proposal};
use engine::event::{Event, Vacancy, What};
use engine::lot::Lot;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub fn events(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| one(&event.what)).collect()
}

/// The last day of a deadline in the zone.
pub fn last_day(due: Timestamp) -> String {
    let before = due - jiff::SignedDuration::from_nanos(1);
    before.to_zoned_datetime(TimeZone::get("Asia/Tehran").unwrap()).date().to_string()
}

fn ground(ground: Option<&String>) -> String {
    ground.map(|ground| format!(" ({ground})")).unwrap_or_default()
}

fn names<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn decider(by: &Decider) -> String {
    match by {
        Decider::Rule => "a rule".to_owned(),
        Decider::Officers(officers) => format!("{} officers", officers.len()),
        Decider::Silence(officers) => format!("the silence of {}", officers.len()),
        Decider::Consult => "a consult".to_owned(),
        Decider::Lot => "lot".to_owned(),
        Decider::Matter(_) => "the matter's lot".to_owned(),
        Decider::Undrawn => "a lot that was not drawn".to_owned(),
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => "granted",
        Outcome::Refused => "refused",
        Outcome::Lapsed => "lapsed",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Closed => "closed",
    }
}

fn vacancy(why: Vacancy) -> &'static str {
    match why {
        Vacancy::Recused => "recused",
        Vacancy::Left => "left",
        Vacancy::Absent => "absent",
    }
}

fn fixed(seat: &str, lot: &Lot) -> String {
    if lot.routes.is_empty() {
        return format!("lot of {} for {seat} among {}", lot.people, lot.candidates.len());
    }
    let bound = lot.bound.as_ref().map(|bound| format!(", bound to {}", bound.route));
    format!("lot for {seat} between {}{}", lot.routes.len(), bound.unwrap_or_default())
}

fn one(what: &What) -> String {
    match what {
        What::Opened(_) => "opened".to_owned(),
        What::Entered { stage, due, amount } => {
            let due = due.iter().map(|(clock, due)| format!(", {clock} until {}", last_day(*due)));
            let amount = amount.as_ref().map(|amount| format!(", to pay {}", amount.amount().normalize()));
            format!("entered {stage}{}{}", due.collect::<String>(), amount.unwrap_or_default())
        }
        What::Drawn { seat, draw } => {
            assert!(draw.is_right(), "a draw that does not come out the same again");
            match &draw.route {
                Some(route) => format!("drawn {route} for {seat}"),
                None => format!("drawn {} for {seat}", draw.drawn.len()),
            }
        }
        What::Lot { seat, lot } => fixed(seat, lot),
        What::Shared { seat, people, .. } => format!("shares the lot of {people} for {seat}"),
        What::Seated { seat, officer, .. } => format!("seated {officer} for {seat}"),
        What::Vacated { seat, why, .. } => format!("vacated {seat}, {}", vacancy(*why)),
        What::Ruled { table, rows, .. } => format!("ruled {table} {rows:?}"),
        What::Booked { function, .. } => format!("booked {function}"),
        What::Unbooked { stage, faults, .. } => format!("unbooked {stage}, {} faults", faults.len()),
        What::Computed { facts, .. } => format!("computed {}", names(facts.keys())),
        What::Signed { route, ground: on, .. } => format!("signed {route}{}", ground(on.as_ref())),
        What::Decided { stage, route, grounds, by, .. } => {
            let on = (!grounds.is_empty()).then(|| grounds.join(", "));
            format!("decided {stage} {route}{} by {}", ground(on.as_ref()), decider(by))
        }
        What::Asked { items, due, .. } => {
            format!("asked for {}, until {}", names(items.iter().map(|item| &item.fact)), last_day(*due))
        }
        What::Supplied { facts, due, .. } => {
            let due = due.map(|due| format!(", officers until {}", last_day(due)));
            format!("supplied {}{}", names(facts.keys()), due.unwrap_or_default())
        }
        What::Consulted { branch, opinion, ground: on, officer, .. } => {
            let opinion = if *opinion == Opinion::Agree { "agrees" } else { "objects" };
            let deemed = if officer.is_none() { " by silence" } else { "" };
            format!("{branch} {opinion}{}{deemed}", ground(on.as_ref()))
        }
        What::Paid { amount, .. } => format!("paid {}", amount.amount().normalize()),
        What::Lapsed { clock, silent, .. } => format!("lapsed {clock}, {} silent", silent.len()),
        What::Withdrawn { .. } => "withdrawn".to_owned(),
        What::Overtook { ground, .. } => format!("overtook ({ground})"),
        What::Corrected { fact, .. } => format!("corrected {fact}"),
        What::Ended { outcome: how, certificate, enter, appeal_until, overturn } => {
            let certificate = certificate.as_ref().map(|issued| {
                let until = issued.until.map(|until| format!(" until {}", last_day(until)));
                format!(", issued {}{}", issued.certificate, until.unwrap_or_default())
            });
            let enter = enter.as_ref().map(|entering| format!(", entered into {}", entering.register));
            let appeal = appeal_until.map(|until| format!(", appeal until {}", last_day(until)));
            let parts = [certificate, enter, appeal].into_iter().flatten().collect::<String>();
            format!("ended {}{parts}{}", outcome(*how), if *overturn { ", overturns" } else { "" })
        }
        What::Appealed { .. } => "appealed".to_owned(),
        What::Overturned { .. } => "overturned".to_owned(),
        What::Convened { .. } => "convened".to_owned(),
        What::Kept { .. } => "kept".to_owned(),
        What::Proposed { proposal: Proposal::Revoke { ground }, .. } => format!("proposed to revoke ({ground})"),
        What::Proposed { proposal: Proposal::Correct { fact, .. }, .. } => format!("proposed to correct {fact}"),
        What::Revoked { ground, .. } => format!("revoked ({ground})"),
        What::Erased { concepts, applicant, cause } => {
            let whose = if *applicant { ", and whose it was" } else { "" };
            format!("erased {} by {cause:?}{whose}", names(concepts.iter()))
        }
    }
}
