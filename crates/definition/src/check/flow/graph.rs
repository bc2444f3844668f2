//! The stages of a service as a graph: an edge for every way in which a case can leave a stage, and why it would.
//!
//! Must not know of: problems, text, what a table's rows say (`guards` does).

use std::collections::BTreeMap;

use crate::check::flow::guards;
use crate::check::tables::Examined;
use crate::model::{Branch, Desk, Opinion, Overdue, Service, Stage, StageKind};

/// How the cases of a service move.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The service.
    pub service: &'a Service,
    /// Every edge whose ends exist, by the stage it leaves, in the author's order.
    pub edges: Vec<Edge<'a>>,
    /// Per stage, whether a case can come to stand there.
    pub reached: Vec<bool>,
}

/// One way from a stage to a stage, both by number in the author's order.
#[derive(Clone, Debug)]
pub struct Edge<'a> {
    /// The stage that is left.
    pub from: usize,
    /// The stage that is entered.
    pub to: usize,
    /// Why.
    pub cause: Cause<'a>,
    /// The key of the stage under which it stands, such as `may.grant`.
    pub key: String,
    /// Whether a case can take it: it leaves a stage that can be reached and, for a table's route, some row can give it there.
    pub live: bool,
}

/// Why a case moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// A table gave this route.
    Table(&'a str),
    /// An officer, or officers together, chose this.
    Officer(&'a str),
    /// The applicant did what the stage waits for.
    Applicant,
    /// A deadline passed, and nobody did anything.
    Silence,
    /// An officer asked, and the applicant let the time for an answer pass.
    Unanswered,
    /// The waiting time is over.
    Time,
    /// A lot fell on this stage.
    Lot(&'a str),
    /// An appeal made the decision fall.
    Appeal,
    /// The accounts refused what the end books.
    Unbooked,
}

impl<'a> Graph<'a> {
    /// The graph of `service`, whose tables were `examined`.
    #[must_use]
    pub fn of(service: &'a Service, examined: &Examined) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, stage) in service.stages.iter().enumerate() {
            numbers.entry(stage.name.as_str()).or_insert(number);
        }
        let mut edges = Vec::new();
        for (from, stage) in service.stages.iter().enumerate() {
            for (target, cause, key) in leaving(service, stage) {
                if let Some(&to) = numbers.get(target) {
                    edges.push(Edge { from, to, cause, key, live: false });
                }
            }
        }
        let mut graph = Self { service, edges, reached: vec![false; service.stages.len()] };
        guards::mark(&mut graph, examined);
        graph
    }

    /// The stages with their numbers.
    pub fn stages(&self) -> impl Iterator<Item = (usize, &'a Stage)> {
        self.service.stages.iter().enumerate()
    }

    /// A stage by its number.
    #[must_use]
    pub fn stage(&self, number: usize) -> Option<&'a Stage> {
        self.service.stages.get(number)
    }

    /// A stage's name by its number.
    #[must_use]
    pub fn name(&self, number: usize) -> &'a str {
        self.stage(number).map_or("", |stage| stage.name.as_str())
    }

    /// The edges that a case can take.
    pub fn live(&self) -> impl Iterator<Item = &Edge<'a>> {
        self.edges.iter().filter(|edge| edge.live)
    }

    /// Whether a case can come to stand in this stage.
    #[must_use]
    pub fn is_reached(&self, number: usize) -> bool {
        self.reached.get(number).copied().unwrap_or(false)
    }
}

/// One way out: the target's name, why, and the key that says so.
type Way<'a> = (&'a str, Cause<'a>, String);

fn leaving<'a>(service: &'a Service, stage: &'a Stage) -> Vec<Way<'a>> {
    match &stage.kind {
        StageKind::Decide { routes, .. } => {
            routes.iter().map(|(route, to)| (to.as_str(), Cause::Table(route), route.clone())).collect()
        }
        StageKind::Officer(desk) | StageKind::Inspect(desk) => from_desk(service, desk),
        StageKind::Consult { branches, agree, object, .. } => from_consult(branches, agree, object),
        StageKind::Applicant { wait, then, .. } | StageKind::Pay { wait, then, .. } => {
            let mut ways = vec![(then.as_str(), Cause::Applicant, "then".to_owned())];
            if let Overdue::Stage(to) = &wait.overdue {
                ways.push((to, Cause::Silence, "overdue".to_owned()));
            }
            ways
        }
        StageKind::Wait { then, .. } => vec![(then, Cause::Time, "then".to_owned())],
        StageKind::Lot { routes, .. } => {
            let ways = routes.iter().map(|share| {
                let key = format!("lot.{}", share.route);
                (share.route.as_str(), Cause::Lot(&share.route), key)
            });
            // What comes of a draw that does not take place.
            let undrawn = routes.first().map(|share| (share.route.as_str(), Cause::Silence, "within".to_owned()));
            ways.chain(undrawn).collect()
        }
        StageKind::End(end) => {
            let overturned = end.appeal.as_ref().and_then(|appeal| appeal.overturned.as_deref());
            let overturned = overturned.map(|to| (to, Cause::Appeal, "overturned".to_owned()));
            let otherwise = end.otherwise.as_deref().map(|to| (to, Cause::Unbooked, "otherwise".to_owned()));
            overturned.into_iter().chain(otherwise).collect()
        }
    }
}

fn from_desk<'a>(service: &'a Service, desk: &'a Desk) -> Vec<Way<'a>> {
    let mut ways: Vec<Way<'a>> = Vec::new();
    for (route, to) in &desk.may {
        ways.push((to, Cause::Officer(route), format!("may.{route}")));
    }
    let overdue = match &desk.wait.overdue {
        Overdue::Stage(to) | Overdue::Deemed { to, .. } => Some(to),
        Overdue::Route(route) => desk.may.get(route),
    };
    ways.extend(overdue.map(|to| (to.as_str(), Cause::Silence, "overdue".to_owned())));
    // At the latest when the deadline passes, and nobody chose it.
    ways.extend(desk.divided.as_deref().map(|to| (to, Cause::Silence, "divided".to_owned())));
    if let Some(answer) = service.answer.as_ref().filter(|_| desk.ask) {
        ways.push((&answer.overdue, Cause::Unanswered, "may.ask".to_owned()));
    }
    ways
}

fn from_consult<'a>(branches: &[Branch], agree: &'a str, object: &'a str) -> Vec<Way<'a>> {
    let objects = branches.iter().any(|branch| branch.silent == Opinion::Object);
    let silence = if objects { object } else { agree };
    vec![
        (agree, Cause::Officer("agree"), "agree".to_owned()),
        (object, Cause::Officer("object"), "object".to_owned()),
        (silence, Cause::Silence, if objects { "object" } else { "agree" }.to_owned()),
    ]
}
