//! How officers were drawn and chance decided, with all that is needed to do it again; and of draws that are to come, what they wait for.
//!
//! Must not know of: who looks; the caller has seen to it that they may.

use app::beacon::Sheet;
use app::definition::Checked;
use app::definition::model::{Service, Share};
use app::engine::case::AGAIN;
use app::engine::lot::{Aside, Candidate, Draw, Evidence, Lot, Proof, Source, Why};
use app::{AppError, CaseView, WaitingSeat, WaitsFor};

use super::context::Context;

/// The section of a page.
#[derive(Default)]
pub(crate) struct Drawings {
    pub(crate) drawn: Vec<Drawing>,
    pub(crate) waiting: Vec<Drawing>,
    /// Each was fixed in the log before its randomness was known.
    fixed_before: bool,
    /// Officers are among what was drawn, or is to be.
    of_officers: bool,
}

/// One draw, or one that is to come.
pub(crate) struct Drawing {
    /// For which seat; for one that is to come, what it waits for.
    pub(crate) title: String,
    /// Of one that is to come, what is known of it.
    pub(crate) lead: String,
    pub(crate) lines: Vec<Line>,
    /// Where it can be had as a file.
    pub(crate) file: String,
}

/// A number, or several, and what it is.
pub(crate) struct Line {
    pub(crate) name: String,
    /// In words.
    pub(crate) words: Vec<String>,
    /// As a machine reads it.
    pub(crate) codes: Vec<String>,
    /// The log's entry that it is about.
    pub(crate) entry: Option<(String, String)>,
}

impl Drawings {
    pub(crate) fn is_empty(&self) -> bool {
        self.drawn.is_empty() && self.waiting.is_empty()
    }

    /// The key of the section's title.
    pub(crate) fn title(&self) -> &'static str {
        if self.of_officers { "draws-title" } else { "draws-title-routes" }
    }

    /// The key of what is said of all of them, where each was fixed before.
    pub(crate) fn lead(&self) -> &'static str {
        if self.of_officers { "draws-lead" } else { "draws-lead-routes" }
    }

    /// Whether each was fixed in the log before its randomness was known: not so those with the zone's own.
    pub(crate) fn are_fixed_before(&self) -> bool {
        self.fixed_before
    }
}

/// The draws of a case.
pub(crate) fn tell(c: &Context<'_>, view: &CaseView) -> Result<Drawings, AppError> {
    let draws = c.site.app.draws(view)?;
    let awaits_officers = |waiting: &WaitingSeat| view.service.lot(&waiting.seat).is_none();
    let of_officers =
        draws.waiting.iter().any(awaits_officers) || draws.drawn.iter().any(|sheet| !sheet.draw.is_of_routes());
    let drawn = draws.drawn.iter().enumerate().map(|(place, sheet)| Drawing {
        title: seat(c, &view.service, &sheet.seat),
        lines: drawn(c, &view.service, sheet),
        lead: String::new(),
        file: c.link(&format!("/cases/{}/draws/{place}", view.case.id)),
    });
    let waiting = draws.waiting.iter().map(|waiting| Drawing {
        title: waits(c, &view.service, waiting),
        lead: match &waiting.awaited {
            WaitsFor::Lot(lot, _) if !lot.routes.is_empty() => c.t("draw-waiting-lead-routes"),
            WaitsFor::Lot(..) => c.t("draw-waiting-lead"),
            WaitsFor::Case(_) => String::new(),
        },
        lines: match &waiting.awaited {
            WaitsFor::Lot(lot, index) => fixed(c, &view.service, lot, *index),
            WaitsFor::Case(_) => Vec::new(),
        },
        file: String::new(),
    });
    let fixed_before = draws.drawn.iter().all(|sheet| sheet.fixed.is_some());
    Ok(Drawings { drawn: drawn.collect(), waiting: waiting.collect(), fixed_before, of_officers })
}

fn waits(c: &Context<'_>, service: &Checked<Service>, waiting: &WaitingSeat) -> String {
    let (seat, at) = (("seat", seat(c, service, &waiting.seat)), ("at", c.moment(&waiting.due)));
    match &waiting.awaited {
        WaitsFor::Case(case) => c.tx("draw-waits-case", &[seat, at, ("case", case.reference())]),
        WaitsFor::Lot(lot, _) => match &lot.source {
            Source::Drand { round, .. } => {
                c.tx("draw-waits-round", &[seat, at, ("round", c.digits(&round.to_string()))])
            }
            Source::Vrf { .. } => c.tx("draw-waits-institutions", &[seat]),
        },
    }
}

/// What was fixed of a draw that is to come.
fn fixed(c: &Context<'_>, service: &Checked<Service>, lot: &Lot, index: u64) -> Vec<Line> {
    let mut lines = match lot.routes.as_slice() {
        [] => list(c, &lot.candidates, &lot.aside),
        routes => vec![shares(c, service, routes)],
    };
    lines.extend(lot.bound.as_ref().map(|bound| {
        let (route, case) = (("route", c.stage(service, &bound.route)), ("case", bound.case.reference()));
        line(c, "draw-bound", vec![c.t2("draw-bound-by", route, case)])
    }));
    lines.push(code(c, "draw-roster", lot.roster.to_string()));
    lines.push(code(c, "draw-matter", lot.matter.clone()));
    lines.extend(match &lot.source {
        Source::Drand { chain, round } => {
            let round = c.t1("draw-source-round", "round", c.digits(&round.to_string()));
            vec![line(c, "draw-source", vec![round]), code(c, "draw-chain", chain.to_string())]
        }
        Source::Vrf { keys } => {
            let keys = keys.iter().map(ToString::to_string).collect();
            vec![Line { codes: keys, ..line(c, "draw-source", vec![c.t("draw-source-institutions")]) }]
        }
    });
    lines.push(line(c, "draw-due", vec![c.moment(&lot.due)]));
    lines.push(entry(c, index));
    lines
}

/// A draw that took place.
fn drawn(c: &Context<'_>, service: &Checked<Service>, sheet: &Sheet) -> Vec<Line> {
    let draw = &sheet.draw;
    let mut lines = match &draw.route {
        Some(route) => vec![line(c, "draw-route", vec![c.stage(service, route)]), shares(c, service, &draw.routes)],
        None => vec![line(c, "draw-drawn", draw.drawn.clone())],
    };
    if draw.route.is_none() {
        lines.extend(list(c, &draw.candidates, &draw.aside));
    }
    lines.push(code(c, "draw-roster", draw.roster.to_string()));
    lines.push(code(c, "draw-matter", draw.matter.clone()));
    match &draw.proof {
        Some(proof) => lines.extend(proven(c, proof)),
        None => lines.push(line(c, "draw-source", vec![c.t("draw-source-own")])),
    }
    lines.extend(sheet.fixed.as_ref().map(|fixed| entry(c, fixed.index)));
    lines.push(code(c, "draw-randomness", draw.randomness.to_string()));
    lines.push(Line { codes: Vec::new(), ..line(c, "draw-tickets", sums(c, service, draw)) });
    lines
}

fn proven(c: &Context<'_>, proof: &Proof) -> Vec<Line> {
    let mut lines = match &proof.evidence {
        Evidence::Drand { chain, round, signature, previous } => {
            let round = c.t1("draw-source-round", "round", c.digits(&round.to_string()));
            let mut lines = vec![
                line(c, "draw-source", vec![round]),
                code(c, "draw-chain", chain.to_string()),
                code(c, "draw-signature", hex::encode(signature)),
            ];
            lines.extend((!previous.is_empty()).then(|| code(c, "draw-previous", hex::encode(previous))));
            lines
        }
        Evidence::Vrf { proofs } => {
            let mut lines = vec![line(c, "draw-source", vec![c.t("draw-source-institutions")])];
            let proof = |one: &app::engine::lot::VrfProof| Line {
                codes: vec![one.key.to_string(), hex::encode(&one.proof)],
                ..line(c, "draw-proof", Vec::new())
            };
            lines.extend(proofs.iter().map(proof));
            lines
        }
    };
    lines.push(code(c, "draw-leaf", proof.leaf.to_string()));
    lines
}

/// Who could be drawn, and who could not.
fn list(c: &Context<'_>, candidates: &[Candidate], aside: &[Aside]) -> Vec<Line> {
    let candidate =
        |one: &Candidate| c.t2("draw-candidate", ("officer", one.officer.clone()), ("weight", c.count(one.weight)));
    let mut lines = vec![line(c, "draw-candidates", candidates.iter().map(candidate).collect())];
    let why = |one: &Aside| match one.why {
        Why::Recused => c.t1("draw-aside-recused", "officer", one.officer.clone()),
        Why::Absent => c.t1("draw-aside-absent", "officer", one.officer.clone()),
        Why::Silent => c.t1("draw-aside-silent", "officer", one.officer.clone()),
        Why::Full => c.t1("draw-aside-full", "officer", one.officer.clone()),
    };
    lines.extend((!aside.is_empty()).then(|| line(c, "draw-aside", aside.iter().map(why).collect())));
    lines
}

/// Between what chance decides, each with its share of all.
fn shares(c: &Context<'_>, service: &Checked<Service>, routes: &[Share]) -> Line {
    let total: u64 = routes.iter().map(|share| u64::from(share.weight)).sum();
    let share = |one: &Share| {
        let route = ("route", c.stage(service, &one.route));
        c.tx("draw-share", &[route, ("weight", c.count(one.weight)), ("total", c.count(total))])
    };
    line(c, "draw-routes", routes.iter().map(share).collect())
}

fn sums(c: &Context<'_>, service: &Checked<Service>, draw: &Draw) -> Vec<String> {
    let name = |drawn: String| if draw.is_of_routes() { c.stage(service, &drawn) } else { drawn };
    let sum = |ticket: app::engine::lot::Ticket| {
        let args = [
            ("officer", name(ticket.drawn)),
            ("number", c.digits(&ticket.number.to_string())),
            ("total", c.count(ticket.total)),
            ("ticket", c.count(ticket.ticket)),
        ];
        c.tx("draw-ticket", &args)
    };
    draw.tickets().into_iter().map(sum).collect()
}

fn line(c: &Context<'_>, key: &str, words: Vec<String>) -> Line {
    Line { name: c.t(key), words, codes: Vec::new(), entry: None }
}

fn code(c: &Context<'_>, key: &str, code: String) -> Line {
    Line { codes: vec![code], ..line(c, key, Vec::new()) }
}

fn entry(c: &Context<'_>, index: u64) -> Line {
    let entry = Some((c.link(&format!("/log/{index}")), c.t1("log-entry", "index", c.count(index))));
    Line { entry, ..line(c, "draw-fixed", Vec::new()) }
}

/// A seat in words: a stage, or a branch of one.
fn seat(c: &Context<'_>, service: &Checked<Service>, seat: &str) -> String {
    match seat.split_once('/') {
        _ if seat == AGAIN => c.t("seat-again"),
        Some((stage, branch)) => c.s(service, &format!("branch-{stage}-{branch}")),
        None => c.stage(service, seat),
    }
}
