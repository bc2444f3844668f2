//! A service's lifecycle, drawn and told: stages by kind, routes as labelled arrows, and the same as a list.
//!
//! Must not know of: cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::definition::Checked;
use app::definition::model::{Desk, End, Outcome, Overdue, Service, Stage, StageKind, Until, Wait};

use super::layers::{self, Spot};
use crate::language::Language;
use crate::pages::context::Context;

/// Lengths in the drawing's own units, which are pixels at its natural size.
const NODE_WIDTH: usize = 150;
const NODE_HEIGHT: usize = 64;
const GAP: usize = 170;
/// An arrow runs straight so far, so that no bend crosses the label above it.
const RUN: usize = 110;
const ROW: usize = 96;
const MARGIN: usize = 16;
/// Characters of a stage's name in a line, and of a label.
const LINE_CHARS: usize = 19;
const LABEL_CHARS: usize = 24;
const LINE_HEIGHT: usize = 17;

/// A stage as it is told.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) kind_key: &'static str,
    /// Who acts, until when.
    pub(super) facts: Vec<String>,
    /// Where it goes, and why.
    pub(super) routes: Vec<(String, String)>,
}

/// A way from one stage to another.
struct Way {
    from: usize,
    to: usize,
    labels: Vec<String>,
}

/// Whether a stage applies or shows a table.
pub(super) fn reads(stage: &Stage, table: &str) -> bool {
    match &stage.kind {
        StageKind::Decide { table: own, .. } => own == table,
        StageKind::Officer(desk) | StageKind::Inspect(desk) => desk.proposal.as_deref() == Some(table),
        _ => false,
    }
}

/// The word's key of a kind of stage; also its class in the drawing.
fn kind(stage: &StageKind) -> &'static str {
    match stage {
        StageKind::Decide { .. } => "decide",
        StageKind::Officer(_) => "officer",
        StageKind::Inspect(_) => "inspect",
        StageKind::Consult { .. } => "consult",
        StageKind::Applicant { .. } => "applicant",
        StageKind::Pay { .. } => "pay",
        StageKind::Wait { .. } => "wait",
        StageKind::End(End { outcome: Outcome::Granted, .. }) => "granted",
        StageKind::End(End { outcome: Outcome::Refused, .. }) => "refused",
        StageKind::End(_) => "closed",
    }
}

/// The stages as a list.
pub(super) fn tell(c: &Context<'_>, service: &Checked<Service>) -> Vec<Told> {
    let told = |stage: &Stage| Told {
        name: c.stage(service, &stage.name),
        kind: c.t(&format!("stage-kind-{}", kind(&stage.kind))),
        kind_key: kind(&stage.kind),
        facts: particulars(c, service, stage),
        routes: routes(c, service, stage).into_iter().map(|(label, to)| (label, c.stage(service, &to))).collect(),
    };
    service.stages.iter().map(told).collect()
}

/// Who acts in a stage and until when.
fn particulars(c: &Context<'_>, service: &Checked<Service>, stage: &Stage) -> Vec<String> {
    match &stage.kind {
        StageKind::Decide { table, .. } => {
            vec![c.t1("stage-by-table", "table", c.s(service, &format!("table-{table}")))]
        }
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            let people = c.tn("count-officers", desk.people as usize);
            let people = c.t2("stage-by-officers", ("people", people), ("role", role(c, &desk.role)));
            let ask = desk.ask.then(|| c.t("stage-may-ask"));
            let order = desk.order.as_ref().map(|order| match order.overtake.is_empty() {
                true => c.t("stage-order"),
                false => c.t("stage-order-overtake"),
            });
            [Some(people), Some(within(c, &desk.wait)), ask, order].into_iter().flatten().collect()
        }
        StageKind::Consult { branches, .. } => branches
            .iter()
            .map(|branch| {
                let silent = format!("silent-{}", c.opinion_key(branch.silent));
                c.tx(
                    "stage-branch",
                    &[
                        ("branch", c.s(service, &format!("branch-{}-{}", stage.name, branch.name))),
                        ("period", c.period(&branch.within)),
                        ("silent", c.t(&silent)),
                    ],
                )
            })
            .collect(),
        StageKind::Applicant { wait, .. } | StageKind::Pay { wait, .. } => vec![within(c, wait)],
        StageKind::Wait { until: Until::After(period), .. } => vec![c.period(period)],
        StageKind::Wait { until: Until::Date(path), .. } => vec![c.path_name(service, path)],
        StageKind::End(end) => [
            end.issue
                .as_ref()
                .map(|name| c.t1("stage-issues", "certificate", c.s(service, &format!("certificate-{name}")))),
            end.valid.as_ref().map(|valid| c.t1("stage-valid", "period", c.period(valid))),
            end.enter.as_ref().map(|name| c.t1("stage-enters", "register", c.z(&format!("register-{name}")))),
            end.appeal.as_ref().map(|appeal| c.t1("stage-appeal", "period", c.period(&appeal.within))),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn role(c: &Context<'_>, role: &str) -> String {
    c.z(&format!("role-{role}"))
}

fn within(c: &Context<'_>, wait: &Wait) -> String {
    c.t1("stage-within", "period", c.period(&wait.within))
}

/// Every way out of a stage: what it is called, and where it leads.
fn routes(c: &Context<'_>, service: &Checked<Service>, stage: &Stage) -> Vec<(String, String)> {
    let one = |key: &str, to: &String| vec![(c.t(key), to.clone())];
    match &stage.kind {
        StageKind::Decide { table, routes } => {
            routes.iter().map(|(route, to)| (c.tn("way-rules", rules(service, table, route)), to.clone())).collect()
        }
        StageKind::Officer(desk) | StageKind::Inspect(desk) => desk_routes(c, service, stage, desk),
        StageKind::Consult { agree, object, .. } => [one("way-agree", agree), one("way-object", object)].concat(),
        StageKind::Applicant { wait, then, .. } => [one("way-supplied", then), overdue(c, desk_none(), wait)].concat(),
        StageKind::Pay { wait, then, .. } => [one("way-paid", then), overdue(c, desk_none(), wait)].concat(),
        StageKind::Wait { then, .. } => one("way-time", then),
        StageKind::End(end) => {
            let back = end.appeal.as_ref().and_then(|appeal| appeal.overturned.as_ref());
            back.map_or_else(Vec::new, |to| one("way-appeal", to))
        }
    }
}

fn desk_none() -> &'static BTreeMap<String, String> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    &NONE
}

fn desk_routes(c: &Context<'_>, service: &Checked<Service>, stage: &Stage, desk: &Desk) -> Vec<(String, String)> {
    let chosen = desk.may.iter().map(|(route, to)| (c.route(service, &stage.name, route), to.clone()));
    let unanswered = service.answer.as_ref().filter(|_| desk.ask);
    let unanswered = unanswered.map(|answer| (c.t("way-unanswered"), answer.overdue.clone()));
    chosen.chain(overdue(c, &desk.may, &desk.wait)).chain(unanswered).collect()
}

fn overdue(c: &Context<'_>, may: &BTreeMap<String, String>, wait: &Wait) -> Vec<(String, String)> {
    let to = match &wait.overdue {
        Overdue::Route(route) => may.get(route),
        Overdue::Stage(stage) => Some(stage),
    };
    to.map(|to| (c.t("way-overdue"), to.clone())).into_iter().collect()
}

/// How many rules of a table take a route.
fn rules(service: &Service, table: &str, route: &str) -> usize {
    let Some(table) = service.tables.get(table) else { return 0 };
    let Some(place) = table.outputs.iter().position(|output| output.name == "route") else {
        return table.table.rules().rows.len();
    };
    let takes = |row: &&app::definition::table::Row| {
        let value = row.outputs.get(place).and_then(Option::as_ref);
        matches!(value, Some(app::definition::value::Value::Code(code)) if code == route)
    };
    table.table.rules().rows.iter().filter(takes).count()
}

fn ways(c: &Context<'_>, service: &Checked<Service>) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for (from, stage) in service.stages.iter().enumerate() {
        for (label, target) in routes(c, service, stage) {
            let Some(to) = service.stages.iter().position(|stage| stage.name == target) else { continue };
            match ways.iter_mut().find(|way| way.from == from && way.to == to) {
                Some(way) => way.labels.push(label),
                None => ways.push(Way { from, to, labels: vec![label] }),
            }
        }
    }
    ways.retain(|way| way.from != way.to);
    ways
}

/// The lifecycle as SVG. It says what it shows in its title and description; the list beneath says it all.
pub(super) fn draw(c: &Context<'_>, service: &Checked<Service>) -> String {
    let ways = ways(c, service);
    let pairs: Vec<(usize, usize)> = ways.iter().map(|way| (way.from, way.to)).collect();
    let layout = layers::lay_out(service.stages.len(), &pairs);
    let width = layout.layers.saturating_mul(NODE_WIDTH + GAP).saturating_sub(GAP).saturating_add(2 * MARGIN);
    let paper = Paper {
        width,
        height: layout.places.saturating_mul(ROW).saturating_add(2 * MARGIN),
        mirrored: c.language == Language::Persian,
    };
    let mut svg = format!(
        "<svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" aria-labelledby=\"lifecycle-title lifecycle-desc\"><title id=\"lifecycle-title\">{2}</title><desc id=\"lifecycle-desc\">{3}</desc>",
        paper.width,
        paper.height,
        escaped(&c.t("lifecycle-drawing")),
        escaped(&c.t("lifecycle-drawing-desc")),
    );
    svg.push_str("<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\"><path d=\"M0 0 10 5 0 10z\"/></marker></defs>");
    for (number, (way, bends)) in ways.iter().zip(&layout.edges).enumerate() {
        draw_way(&mut svg, &paper, way, bends, port(&ways, &layout.edges, number));
    }
    for (stage, spot) in service.stages.iter().zip(&layout.nodes) {
        draw_stage(&mut svg, &paper, kind(&stage.kind), &c.stage(service, &stage.name), *spot);
    }
    svg.push_str("</svg>");
    svg
}

/// The sheet that is drawn on; for right-to-left languages it is mirrored.
struct Paper {
    width: usize,
    height: usize,
    mirrored: bool,
}

impl Paper {
    fn x(&self, x: usize) -> usize {
        if self.mirrored { self.width.saturating_sub(x) } else { x }
    }

    /// The left edge of something so wide.
    fn left(&self, x: usize, width: usize) -> usize {
        if self.mirrored { self.width.saturating_sub(x).saturating_sub(width) } else { x }
    }

    fn start(&self, spot: Spot) -> usize {
        spot.layer.saturating_mul(NODE_WIDTH + GAP).saturating_add(MARGIN)
    }

    fn middle(&self, spot: Spot) -> usize {
        // Each layer spreads over the whole height, so that few nodes stand amid many.
        let height = self.height.saturating_sub(2 * MARGIN);
        let twice = spot.place.saturating_mul(2).saturating_add(1);
        MARGIN.saturating_add(height.saturating_mul(twice).checked_div(spot.of.saturating_mul(2)).unwrap_or(0))
    }
}

/// Which of the arrows that leave a stage this is, from above, and how many leave it.
fn port(ways: &[Way], edges: &[Vec<Spot>], number: usize) -> (usize, usize) {
    let Some(own) = ways.get(number) else { return (0, 1) };
    let height = |edge: &[Spot]| edge.get(1).map_or(0, |spot| spot.place.saturating_mul(1000) / spot.of.max(1));
    let mut leaving: Vec<(usize, usize)> = ways
        .iter()
        .zip(edges)
        .enumerate()
        .filter(|(_, (way, _))| way.from == own.from)
        .map(|(other, (_, edge))| (height(edge), other))
        .collect();
    leaving.sort_unstable();
    (leaving.iter().position(|(_, other)| *other == number).unwrap_or(0), leaving.len())
}

fn draw_way(svg: &mut String, paper: &Paper, way: &Way, bends: &[Spot], (port, ports): (usize, usize)) {
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else { return };
    let back = last.layer < first.layer;
    // Arrows forward leave at the far side and arrive at the near one; arrows back the other way round.
    let (leaves, arrives) = if back { (0, NODE_WIDTH) } else { (NODE_WIDTH, 0) };
    let spread = NODE_HEIGHT.saturating_mul(port.saturating_mul(2).saturating_add(1)) / ports.saturating_mul(2).max(1);
    let y0 = paper.middle(*first).saturating_sub(NODE_HEIGHT / 2).saturating_add(spread);
    let x0 = paper.start(*first).saturating_add(leaves);
    let mut path = format!("M{} {y0}", paper.x(x0));
    let (mut x, mut y) = (x0, y0);
    let inner = bends.get(1..bends.len().saturating_sub(1)).unwrap_or_default();
    let points = inner.iter().flat_map(|spot| {
        let (start, middle) = (paper.start(*spot), paper.middle(*spot));
        let end = start.saturating_add(NODE_WIDTH);
        if back { [(end, middle), (start, middle)] } else { [(start, middle), (end, middle)] }
    });
    let end = (paper.start(*last).saturating_add(arrives), paper.middle(*last));
    let run = (if back { x0.saturating_sub(RUN) } else { x0.saturating_add(RUN) }, y0);
    for (to_x, to_y) in std::iter::once(run).chain(points).chain([end]) {
        if to_y == y {
            let _ = write!(path, "H{}", paper.x(to_x));
        } else {
            let half = paper.x(usize::midpoint(x, to_x));
            let _ = write!(path, "C{half} {y} {half} {to_y} {} {to_y}", paper.x(to_x));
        }
        (x, y) = (to_x, to_y);
    }
    let class = if back { "way back" } else { "way" };
    let _ = write!(svg, "<path class=\"{class}\" d=\"{path}\" marker-end=\"url(#arrow)\"/>");
    draw_label(svg, paper, &way.labels, (x0, y0), back);
}

/// A label stands above the beginning of its arrow.
fn draw_label(svg: &mut String, paper: &Paper, labels: &[String], (x, y): (usize, usize), back: bool) {
    let text = clipped(&labels.join(" / "), LABEL_CHARS);
    let x = if back { x.saturating_sub(6) } else { x.saturating_add(6) };
    let class = if back { "label back" } else { "label" };
    let _ = write!(
        svg,
        "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
        paper.x(x),
        y.saturating_sub(5),
        escaped(&text)
    );
}

fn draw_stage(svg: &mut String, paper: &Paper, kind: &str, name: &str, spot: Spot) {
    let left = paper.left(paper.start(spot), NODE_WIDTH);
    let middle = paper.middle(spot);
    let top = middle.saturating_sub(NODE_HEIGHT / 2);
    let _ = write!(svg, "<g class=\"stage {kind}\">{}", outline(kind, left, top));
    let lines = wrapped(name);
    let first = middle.saturating_sub(lines.len().saturating_sub(1).saturating_mul(LINE_HEIGHT) / 2).saturating_add(5);
    for (number, line) in lines.iter().enumerate() {
        let y = first.saturating_add(number.saturating_mul(LINE_HEIGHT));
        let x = left.saturating_add(NODE_WIDTH / 2);
        let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\">{}</text>", escaped(line));
    }
    svg.push_str("</g>");
}

/// Each kind of stage has its shape, so that colour is not needed to tell them apart.
fn outline(kind: &str, left: usize, top: usize) -> String {
    let (width, height) = (NODE_WIDTH, NODE_HEIGHT);
    let shape = |d: &str| format!("<path transform=\"translate({left} {top})\" d=\"{d}\"/>");
    let rectangle = |round: usize, by: usize| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{round}\"/>",
            left.saturating_add(by),
            top.saturating_add(by),
            width.saturating_sub(2 * by),
            height.saturating_sub(2 * by)
        )
    };
    match kind {
        // A rule: six corners. The applicant: a slanted box. A payment: cut corners. Waiting: round ends. An end: two lines.
        "decide" => shape("M14 0H136L150 32 136 64H14L0 32z"),
        "applicant" => shape("M14 0H150L136 64H0z"),
        "pay" => shape("M12 0H138L150 12V52L138 64H12L0 52V12z"),
        "wait" => rectangle(32, 0),
        "consult" => format!("{}{}", shape("M6 -6H156V58H6z"), rectangle(0, 0)),
        "inspect" => format!("{}{}", rectangle(0, 0), shape("M8 0V64M142 0V64")),
        "officer" => rectangle(8, 0),
        _ => format!("{}{}", rectangle(32, 0), rectangle(28, 4)),
    }
}

/// A name in at most three lines.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count().saturating_add(word.chars().count()) < LINE_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn clipped(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(chars.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Text for XML (section 2.4 of the recommendation).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
