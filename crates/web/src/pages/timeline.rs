//! A case's history in words: what happened, by whom, on what ground, and where it stands in the public log.
//!
//! Must not know of: who looks; the caller has seen to it that they may.

use std::collections::{BTreeMap, BTreeSet};

use app::EventRow;
use app::definition::Checked;
use app::definition::model::{Opinion, Service};
use app::definition::value::Value;
use app::engine::case::{Cause, Decider, Proposal};
use app::engine::event::{Event, Vacancy, What};
use app::engine::lot::Draw;
use app::engine::world::Fault;

use super::ceremony::signs;
use super::context::{Context, spoken};
use super::mandates;
use super::names::Cited;
use crate::fault::told;

/// One event in words.
pub(crate) struct Moment {
    pub(crate) at: String,
    pub(crate) title: String,
    pub(crate) details: Vec<String>,
    pub(crate) grounds: Vec<Cited>,
    /// Whether an officer's passkey signed it, where that is to be said.
    pub(crate) signed: String,
    /// Who did it for the applicant under a mandate, where somebody did.
    pub(crate) under: String,
    /// Its index in the public log.
    pub(crate) position: u64,
    pub(crate) shown_position: String,
    /// The page of the appeal that it tells of, for whoever lodged that.
    pub(crate) appeal: String,
}

/// The history, in order. Coming to a stage is told by what happens there, so only stages where somebody waits are told. Appeals are linked to for
/// those who may see them.
pub(crate) fn tell(
    c: &Context<'_>,
    service: &Checked<Service>,
    history: &[(EventRow, Event)],
    links: bool,
) -> Vec<Moment> {
    history
        .iter()
        .map(|(row, event)| {
            let (title, details, grounds) = words(c, service, row, &event.what);
            Moment {
                at: c.moment(&event.at),
                title,
                details: details.iter().map(|detail| spoken(detail)).filter(|detail| !detail.is_empty()).collect(),
                grounds: grounds.iter().map(|ground| c.cited(ground)).collect(),
                signed: signed(c, event),
                under: event.under.as_ref().map(|under| mandates::done_under(c, under)).unwrap_or_default(),
                position: row.position,
                shown_position: c.count(row.position),
                appeal: match &event.what {
                    What::Appealed { by } | What::Overturned { by } if links => c.link(&format!("/cases/{by}")),
                    _ => String::new(),
                },
            }
        })
        .collect()
}

/// That an officer signed, or did not where officers sign. A decision of several stands by what each of them signed before.
fn signed(c: &Context<'_>, event: &Event) -> String {
    let of_several = matches!(&event.what, What::Decided { by: Decider::Officers(officers), .. } if officers.len() > 1);
    match &event.signed {
        Some(signed) if signed.is_erased() => c.t("signed-and-erased"),
        Some(_) => c.t("signed-by-passkey"),
        None if event.what.is_an_officers() && signs(c.site) && !of_several => c.t("not-signed"),
        None => String::new(),
    }
}

/// What is said of an event: its title, details, and the grounds cited.
type Words = (String, Vec<String>, Vec<String>);

fn words(c: &Context<'_>, service: &Checked<Service>, row: &EventRow, what: &What) -> Words {
    let stage = row.event.stage.as_deref().unwrap_or_default();
    match what {
        What::Entered { stage, due, amount } => {
            let due = due.values().min().map(|due| c.t1("event-due", "day", c.last_day(due)));
            let amount = amount.as_ref().map(|amount| c.t1("event-amount", "amount", c.money(amount)));
            let title = c.t1("event-entered", "stage", c.stage(service, stage));
            (title, due.into_iter().chain(amount).collect(), Vec::new())
        }
        What::Drawn { draw, .. } if draw.is_of_routes() => by_lot(c, service, draw),
        What::Drawn { draw, .. } => (c.t("event-drawn"), drawn(c, draw), Vec::new()),
        What::Lot { lot, .. } if !lot.routes.is_empty() => (c.t("event-lot-routes"), Vec::new(), Vec::new()),
        What::Lot { .. } => (c.t("event-lot"), Vec::new(), Vec::new()),
        What::Shared { people: 0, case, .. } => {
            (c.t1("event-shared-route", "case", case.reference()), Vec::new(), Vec::new())
        }
        What::Shared { case, .. } => (c.t1("event-shared", "case", case.reference()), Vec::new(), Vec::new()),
        What::Seated { officer, case, .. } => {
            let title = c.t2("event-seated", ("officer", officer.clone()), ("case", case.reference()));
            (title, Vec::new(), Vec::new())
        }
        What::Vacated { officer, why, note, .. } => {
            let key = match why {
                Vacancy::Recused => "event-vacated-recused",
                Vacancy::Left => "event-vacated-left",
                Vacancy::Absent => "event-vacated-absent",
            };
            (c.t1(key, "officer", officer.clone()), vec![note.clone()], Vec::new())
        }
        What::Ruled { table, rows, outputs } => {
            let rows = rows.iter().map(|row| c.count(*row)).collect::<Vec<_>>().join(&c.t("list-comma"));
            let table_words = c.s(service, &format!("table-{table}"));
            let title = match rows.is_empty() {
                true => c.t1("event-ruled-withheld", "table", table_words),
                false => c.t2("event-ruled", ("table", table_words), ("rows", rows)),
            };
            let given = outputs.iter().map(|(name, value)| {
                let name_words = c.s_or_empty(service, &format!("output-{table}-{name}"));
                let name_words =
                    if name_words.is_empty() { c.t_or(&format!("output-{name}"), name) } else { name_words };
                format!("{name_words}{} {}", c.t("colon"), c.output(service, table, name, value))
            });
            (title, given.collect(), Vec::new())
        }
        What::Booked { function, .. } => (c.t(booked(service, function)), Vec::new(), Vec::new()),
        What::Unbooked { faults, .. } => (c.t("event-unbooked"), unbooked(c, faults), Vec::new()),
        What::Computed { facts, .. } => {
            let said = computed(c, service, facts);
            // What is withheld from whoever looks leaves nothing to name.
            let title = if said.is_empty() { "event-computed-hidden" } else { "event-computed" };
            (c.t(title), said, Vec::new())
        }
        What::Signed { officer, route, ground, note, .. } => {
            let route = c.route(service, stage, route);
            let title = c.t2("event-signed", ("officer", officer.clone()), ("route", route));
            (title, vec![note.clone()], ground.iter().cloned().collect())
        }
        What::Decided { stage, route, grounds, by, note, .. } => {
            let route = c.route(service, stage, route);
            (decided(c, by, route), vec![note.clone()], grounds.clone())
        }
        _ => answered(c, service, stage, what),
    }
}

/// What a function booked: what is kept for the case, what is no more, or what moved.
fn booked(service: &Service, function: &str) -> &'static str {
    match &service.reserve {
        Some(reserve) if function == reserve.book.function => "event-reserved",
        Some(reserve) if function == reserve.free.function => "event-unreserved",
        _ => "event-booked",
    }
}

/// What accounts had against it, in the reader's language.
fn unbooked(c: &Context<'_>, faults: &[Fault]) -> Vec<String> {
    let said = faults.iter().filter_map(|fault| fault.words.get(c.language.tag()));
    said.map(|said| told(c.language, said)).collect()
}

/// What a function worked out, each with its name. The fact itself is a document that stands among the facts; it is named where the function says nothing besides.
fn computed(c: &Context<'_>, service: &Checked<Service>, facts: &BTreeMap<String, Value>) -> Vec<String> {
    let tells = |fact: &str| facts.keys().any(|path| path.split_once('.').is_some_and(|(of, _)| of == fact));
    let said = facts.iter().filter(|(path, _)| path.contains('.') || !tells(path));
    said.map(|(path, value)| {
        if !path.contains('.') {
            return c.fact(service, path);
        }
        let concept = app::engine::erasure::concept(service, path);
        let name = concept.map_or_else(|| path.clone(), |concept| c.concept(concept));
        format!("{name}{} {}", c.t("colon"), concept.map_or_else(String::new, |concept| c.value(concept, value)))
    })
    .collect()
}

/// What came of asking people: the applicant, authorities, the clock; and how the case ended.
fn answered(c: &Context<'_>, service: &Checked<Service>, stage: &str, what: &What) -> Words {
    let plain = |key: &str, details: Vec<String>| (c.t(key), details, Vec::new());
    match what {
        What::Asked { officer, items, due } => {
            let title = c.t2("event-asked", ("officer", officer.clone()), ("day", c.last_day(due)));
            let grounds: BTreeSet<&String> = items.iter().map(|item| &item.ground).collect();
            let item = |item: &app::engine::case::AskedItem| {
                format!("{}{} {}", c.fact(service, &item.fact), c.t("colon"), item.note)
            };
            (title, items.iter().map(item).collect(), grounds.into_iter().cloned().collect())
        }
        What::Supplied { facts, .. } => {
            (c.t("event-supplied"), facts.keys().map(|fact| c.fact(service, fact)).collect(), Vec::new())
        }
        What::Consulted { branch, opinion, ground, officer, note } => {
            let key = match (opinion, officer.is_some()) {
                (Opinion::Agree, true) => "event-agreed",
                (Opinion::Object, true) => "event-objected",
                (Opinion::Agree, false) => "event-agreed-silently",
                (Opinion::Object, false) => "event-objected-silently",
            };
            let branch = c.s(service, &format!("branch-{stage}-{branch}"));
            (c.t1(key, "branch", branch), vec![note.clone()], ground.iter().cloned().collect())
        }
        What::Paid { amount, receipt } => {
            (c.t2("event-paid", ("amount", c.money(amount)), ("receipt", receipt.clone())), Vec::new(), Vec::new())
        }
        What::Lapsed { due, silent, .. } => {
            let silent = if silent.is_empty() {
                String::new()
            } else {
                c.t1("event-silent", "officers", silent.join(&c.t("list-comma")))
            };
            (c.t1("event-lapsed", "day", c.last_day(due)), vec![silent], Vec::new())
        }
        What::Withdrawn { reason } => plain("event-withdrawn", vec![reason.clone()]),
        What::Overtook { officer, ground } => {
            (c.t1("event-overtook", "officer", officer.clone()), Vec::new(), vec![ground.clone()])
        }
        What::Ended { outcome, certificate, .. } => {
            let issued =
                certificate.as_ref().map(|issued| c.s(service, &format!("certificate-{}", issued.certificate)));
            let issued = issued.map(|name| c.t1("event-issued", "certificate", name));
            (c.t(&format!("outcome-{}", app::outcome_name(*outcome))), issued.into_iter().collect(), Vec::new())
        }
        _ => again(c, service, what),
    }
}

/// What came of looking at a case again, and what is gone.
fn again(c: &Context<'_>, service: &Checked<Service>, what: &What) -> Words {
    let plain = |key: &str, details: Vec<String>| (c.t(key), details, Vec::new());
    match what {
        What::Corrected { fact, was, value, officers, reason } => {
            let officers = officers.join(&c.t("list-comma"));
            let title = c.t2("event-corrected", ("fact", c.fact(service, fact)), ("officers", officers));
            let of = |value: &Value| match value {
                // Nobody can have written nothing: it was erased.
                Value::Text(text) if text.is_empty() => c.t("erased-value"),
                value => c.typed(service.fact(fact).map(|fact| &fact.type_), value),
            };
            (title, vec![c.t2("event-corrected-from", ("was", of(was)), ("is", of(value))), reason.clone()], Vec::new())
        }
        What::Appealed { by } => (c.t1("event-appealed", "case", by.reference()), Vec::new(), Vec::new()),
        What::Overturned { by } => (c.t1("event-overturned", "case", by.reference()), Vec::new(), Vec::new()),
        What::Convened { officer, reason } => {
            (c.t1("event-convened", "officer", officer.clone()), vec![reason.clone()], Vec::new())
        }
        What::Kept { officer, note } => {
            (c.t1("event-kept", "officer", officer.clone()), vec![note.clone()], Vec::new())
        }
        What::Proposed { proposal, officer, note } => proposed(c, service, proposal, officer, note),
        What::Revoked { ground, officers, note } => {
            let officers = officers.join(&c.t("list-comma"));
            (c.t1("event-revoked", "officers", officers), vec![note.clone()], vec![ground.clone()])
        }
        What::Erased { concepts, cause, .. } => {
            let concepts = concepts.iter().map(|concept| c.concept(concept)).collect::<Vec<_>>();
            let concepts = concepts.join(&c.t("list-comma"));
            match cause {
                Cause::Retention => plain("event-erased", vec![concepts]),
                Cause::Ground(ground) => (c.t("event-erased-on-ground"), vec![concepts], vec![ground.clone()]),
            }
        }
        _ => plain("event-opened", Vec::new()),
    }
}

fn proposed(c: &Context<'_>, service: &Checked<Service>, proposal: &Proposal, officer: &str, note: &str) -> Words {
    let officer = ("officer", officer.to_owned());
    match proposal {
        Proposal::Revoke { ground } => {
            (c.t1("event-proposed", officer.0, officer.1), vec![note.to_owned()], vec![ground.clone()])
        }
        Proposal::Correct { fact, value } => {
            let value = c.typed(service.fact(fact).map(|fact| &fact.type_), value);
            let wanted = c.t2("correct-proposed", ("fact", c.fact(service, fact)), ("value", value));
            (c.t1("event-proposed-correction", officer.0, officer.1), vec![wanted, note.to_owned()], Vec::new())
        }
    }
}

fn decided(c: &Context<'_>, by: &Decider, route: String) -> String {
    let who = |officers: &[String]| officers.join(&c.t("list-comma"));
    match by {
        Decider::Rule => c.t1("event-decided-rule", "route", route),
        Decider::Officers(officers) => c.t2("event-decided-officers", ("route", route), ("officers", who(officers))),
        Decider::Silence(officers) => c.t2("event-decided-silence", ("route", route), ("officers", who(officers))),
        Decider::Consult => c.t1("event-decided-consult", "route", route),
        Decider::Lot => c.t1("event-decided-lot", "route", route),
        Decider::Matter(case) => c.t2("event-decided-matter", ("route", route), ("case", case.reference())),
        Decider::Undrawn => c.t1("event-decided-undrawn", "route", route),
    }
}

/// What a lot between stages fell on, and how large its share was.
fn by_lot(c: &Context<'_>, service: &Checked<Service>, draw: &Draw) -> Words {
    let route = draw.route.as_deref().unwrap_or_default();
    let weight = draw.routes.iter().find(|share| share.route == route).map_or(0, |share| share.weight);
    let total: u64 = draw.routes.iter().map(|share| u64::from(share.weight)).sum();
    let args = [("route", c.stage(service, route)), ("weight", c.count(weight)), ("total", c.count(total))];
    let from = c.t1("event-drawn-from", "randomness", draw.randomness.to_string());
    (c.tx("event-drawn-route", &args), vec![from], Vec::new())
}

/// A draw with all that is needed to do it again.
fn drawn(c: &Context<'_>, draw: &Draw) -> Vec<String> {
    let among = draw.candidates.iter().map(|candidate| candidate.officer.as_str()).collect::<Vec<_>>();
    vec![
        c.t2(
            "event-drawn-who",
            ("officers", draw.drawn.join(&c.t("list-comma"))),
            ("among", among.join(&c.t("list-comma"))),
        ),
        c.t1("event-drawn-from", "randomness", draw.randomness.to_string()),
    ]
}
