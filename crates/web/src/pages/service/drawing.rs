//! A lifecycle as SVG, from top to bottom: stages as shapes by kind, ways as arrows with their labels. Shapes are made for their names, so that no
//! text runs over.
//!
//! Must not know of: how services are told; stages, ways and words are given.

use std::fmt::Write as _;

use super::layers::{self, Edge, Layout};
use super::measure;
use super::place::{self, Size, Spot};

/// Sizes of letters in pixels, as the stylesheet sets them.
const NAME_PX: f64 = 13.0;
const LABEL_PX: f64 = 12.0;
/// The widest line of a name and of a label, in pixels.
const NAME_WIDEST: f64 = 150.0;
const LABEL_WIDEST: f64 = 112.0;
const LINE: f64 = 18.0;
const LABEL_LINE: f64 = 15.0;
/// Between the names' lines and the shapes' upper and lower edges.
const INSET: f64 = 10.0;
/// How far a shape's corners reach into it, and so how far names keep from its sides.
const CORNER: f64 = 14.0;
/// Between two arrows that leave or reach the same side of a shape.
const PORTS: f64 = 22.0;

/// A stage to draw.
pub(super) struct Stage {
    /// Its class: what kind of stage it is.
    pub(super) kind: &'static str,
    pub(super) name: String,
}

/// A way from one stage to another.
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) labels: Vec<String>,
    /// It leads back into the case from its end.
    pub(super) weak: bool,
}

/// A thing with a text in lines.
struct Written {
    lines: Vec<String>,
    size: Size,
}

/// The drawing; `mirrored` for languages that are written from right to left.
pub(super) fn draw(stages: &[Stage], ways: &[Way], title: &str, description: &str, mirrored: bool) -> String {
    let edges: Vec<Edge> = ways.iter().map(|way| Edge { from: way.from, to: way.to, weak: way.weak }).collect();
    let layout = layers::lay_out(stages.len(), &edges);
    let names: Vec<Written> = stages.iter().map(|stage| named(&stage.name)).collect();
    let labels: Vec<Written> = ways.iter().map(|way| labelled(&way.labels)).collect();
    let mut sizes = vec![Size::default(); layout.rank_of.len()];
    let of_labels = layout.chains.iter().zip(&labels).filter_map(|(chain, label)| Some((*chain.get(1)?, label.size)));
    for (point, size) in names.iter().map(|name| name.size).enumerate().chain(of_labels) {
        if let Some(own) = sizes.get_mut(point) {
            *own = size;
        }
    }
    let (spots, size) = place::place(&layout, &sizes);
    // A case begins where reading does, so that a narrow screen shows the beginning.
    let far = spots.first().is_some_and(|first| first.x > size.width / 2.0);
    let sheet = Sheet { layout: &layout, spots: &spots, width: size.width, mirrored: mirrored != far };
    let mut svg = format!(
        "<svg viewBox=\"0 0 {0:.0} {1:.0}\" width=\"{0:.0}\" height=\"{1:.0}\" role=\"img\" aria-labelledby=\"lifecycle-title lifecycle-desc\"><title id=\"lifecycle-title\">{2}</title><desc id=\"lifecycle-desc\">{3}</desc>",
        size.width.ceil(),
        size.height.ceil(),
        escaped(title),
        escaped(description),
    );
    svg.push_str("<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 10 5 0 10z\"/></marker></defs>");
    for (chain, way) in layout.chains.iter().zip(ways) {
        let class = if way.weak || sheet.is_upward(chain) { "way back" } else { "way" };
        let _ = write!(svg, "<path class=\"{class}\" d=\"{}\" marker-end=\"url(#arrow)\"/>", sheet.path(chain));
    }
    for (chain, label) in layout.chains.iter().zip(&labels) {
        let spot = chain.get(1).map(|point| sheet.spot(*point)).unwrap_or_default();
        let _ = write!(svg, "<g class=\"label\" transform=\"translate({:.0} {:.0})\">", sheet.x(spot.x), spot.y);
        write_lines(&mut svg, &label.lines, LABEL_LINE, LABEL_PX);
        svg.push_str("</g>");
    }
    for (number, (stage, name)) in stages.iter().zip(&names).enumerate() {
        let spot = sheet.spot(number);
        let (kind, x) = (stage.kind, sheet.x(spot.x));
        let _ = write!(svg, "<g class=\"stage {kind}\" transform=\"translate({x:.0} {:.0})\">", spot.y);
        svg.push_str(&outline(kind, spot.size));
        write_lines(&mut svg, &name.lines, LINE, NAME_PX);
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

fn named(name: &str) -> Written {
    let lines = measure::wrapped(name, NAME_PX, NAME_WIDEST);
    let size =
        Size { width: widest(&lines, NAME_PX) + 2.0 * (CORNER + 4.0), height: lines.len() as f64 * LINE + 2.0 * INSET };
    Written { lines, size }
}

fn labelled(labels: &[String]) -> Written {
    let count = labels.len();
    let each = labels.iter().enumerate().map(|(number, label)| match number.saturating_add(1) == count {
        true => label.clone(),
        false => format!("{label} /"),
    });
    let lines: Vec<String> = each.flat_map(|label| measure::wrapped(&label, LABEL_PX, LABEL_WIDEST)).collect();
    let size = Size { width: widest(&lines, LABEL_PX), height: lines.len() as f64 * LABEL_LINE };
    Written { lines, size }
}

fn widest(lines: &[String], size: f64) -> f64 {
    lines.iter().map(|line| measure::width(line, size)).fold(0.0, f64::max)
}

/// Lines around the middle of what is translated there.
fn write_lines(svg: &mut String, lines: &[String], height: f64, size: f64) {
    // Half a line's letters stand above the middle of a line: the base is a third of their size below it.
    let first = size * 0.35 - (lines.len() as f64 - 1.0) * height / 2.0;
    for (number, line) in lines.iter().enumerate() {
        let _ = write!(svg, "<text y=\"{:.1}\">{}</text>", first + number as f64 * height, escaped(line));
    }
}

/// The sheet that is drawn on, as it was laid out or mirrored.
struct Sheet<'a> {
    layout: &'a Layout,
    spots: &'a [Spot],
    width: f64,
    mirrored: bool,
}

impl Sheet<'_> {
    fn x(&self, x: f64) -> f64 {
        if self.mirrored { self.width - x } else { x }
    }

    fn spot(&self, point: usize) -> Spot {
        self.spots.get(point).copied().unwrap_or_default()
    }

    fn is_upward(&self, chain: &[usize]) -> bool {
        let rank = |point: Option<&usize>| point.map_or(0, |point| self.layout.rank(*point));
        rank(chain.first()) > rank(chain.last())
    }

    /// Where an arrow leaves or reaches a shape: all that are on one side of it share that, in the order of where they come from or go to.
    fn port(&self, node: usize, next: usize) -> (f64, f64) {
        let (spot, below) = (self.spot(node), self.layout.rank(next) > self.layout.rank(node));
        let ends = self.layout.chains.iter().flat_map(|chain| {
            let first = chain.first().copied().zip(chain.get(1).copied());
            let last = chain.last().copied().zip(chain.iter().rev().nth(1).copied());
            [first, last].into_iter().flatten()
        });
        let same = |point: usize| {
            let (own, rank) = (self.layout.rank(node), self.layout.rank(point));
            if below { rank > own } else { rank < own }
        };
        let mut others: Vec<usize> =
            ends.filter(|(own, other)| *own == node && same(*other)).map(|(_, other)| other).collect();
        others.sort_by(|one, other| self.spot(*one).x.total_cmp(&self.spot(*other).x));
        let place = others.iter().position(|other| *other == next).unwrap_or(0) as f64;
        let gaps = (others.len() as f64 - 1.0).max(0.0);
        let gap = PORTS.min((spot.size.width - 3.0 * CORNER) / gaps.max(1.0));
        let side = if below { spot.size.height / 2.0 } else { -spot.size.height / 2.0 };
        (spot.x + (place - gaps / 2.0) * gap, spot.y + side)
    }

    /// The line of an arrow; it leaves the place of its label free.
    fn path(&self, chain: &[usize]) -> String {
        let [from, label, .., to] = chain else { return String::new() };
        let (from, label, to) = (*from, *label, *to);
        let before_last = chain.iter().rev().nth(1).copied().unwrap_or(label);
        if self.layout.rank(from) == self.layout.rank(to) {
            return self.flat(from, label, to);
        }
        let up = self.is_upward(chain);
        let (mut x, mut y) = self.port(from, label);
        let mut path = format!("M{:.0} {y:.0}", self.x(x));
        for point in chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default() {
            let spot = self.spot(*point);
            let half = spot.size.height / 2.0;
            let (enters, stops, begins, leaves) = match up {
                true => (spot.rank_bottom, spot.y + half, spot.y - half, spot.rank_top),
                false => (spot.rank_top, spot.y - half, spot.y + half, spot.rank_bottom),
            };
            self.curve(&mut path, (x, y), (spot.x, enters));
            if *point == label {
                let _ = write!(path, "V{stops:.0}M{:.0} {begins:.0}", self.x(spot.x));
            }
            let _ = write!(path, "V{leaves:.0}");
            (x, y) = (spot.x, leaves);
        }
        self.curve(&mut path, (x, y), self.port(to, before_last));
        path
    }

    /// From one shape to the one beside it.
    fn flat(&self, from: usize, label: usize, to: usize) -> String {
        let (from, label, to) = (self.spot(from), self.spot(label), self.spot(to));
        let sign = if to.x > from.x { 1.0 } else { -1.0 };
        let edge = |spot: Spot, sign: f64| self.x(spot.x + sign * spot.size.width / 2.0);
        let (begins, stops) = (edge(from, sign), edge(label, -sign));
        let (goes_on, ends) = (edge(label, sign), edge(to, -sign));
        format!("M{begins:.0} {0:.0}H{stops:.0}M{goes_on:.0} {0:.0}H{ends:.0}", from.y)
    }

    fn curve(&self, path: &mut String, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        if (x - to_x).abs() < 0.5 {
            let _ = write!(path, "V{to_y:.0}");
        } else {
            let half = f64::midpoint(y, to_y);
            let (x, to_x) = (self.x(x), self.x(to_x));
            let _ = write!(path, "C{x:.0} {half:.0} {to_x:.0} {half:.0} {to_x:.0} {to_y:.0}");
        }
    }
}

/// Each kind of stage has its shape, so that colour is not needed to tell them apart. The middle is at 0, 0.
fn outline(kind: &str, size: Size) -> String {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corner = CORNER.min(y);
    let shape = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.0} {y:.0}")).collect();
        format!("<path d=\"M{}z\"/>", points.join(" "))
    };
    let rectangle = |round: f64, by: f64| {
        let (width, height) = (size.width - 2.0 * by, size.height - 2.0 * by);
        format!(
            "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" rx=\"{round:.0}\"/>",
            by - x,
            by - y
        )
    };
    let inner = x - corner;
    match kind {
        // A rule: six corners. The applicant: a slanted box. A payment: cut corners. Waiting: round ends. A lot: four corners.
        // An end: two lines.
        "decide" => shape(&[(-inner, -y), (inner, -y), (x, 0.0), (inner, y), (-inner, y), (-x, 0.0)]),
        "applicant" => shape(&[(-inner, -y), (x, -y), (inner, y), (-x, y)]),
        "pay" => {
            let (near, low) = (x - 9.0, y - 9.0);
            shape(&[(-near, -y), (near, -y), (x, -low), (x, low), (near, y), (-near, y), (-x, low), (-x, -low)])
        }
        "wait" => rectangle(corner, 0.0),
        "lot" => shape(&[(0.0, -y), (x, 0.0), (0.0, y), (-x, 0.0)]),
        "consult" => format!(
            "{}{}",
            shape(&[(4.0 - x, 4.0 - y), (x + 4.0, 4.0 - y), (x + 4.0, y + 4.0), (4.0 - x, y + 4.0)]),
            rectangle(0.0, 0.0)
        ),
        "inspect" => format!(
            "{}<path d=\"M{1:.0} {2:.0}V{3:.0}M{4:.0} {2:.0}V{3:.0}\"/>",
            rectangle(0.0, 0.0),
            7.0 - x,
            -y,
            y,
            x - 7.0
        ),
        "officer" => rectangle(6.0, 0.0),
        _ => format!("{}{}", rectangle(corner + 4.0, 0.0), rectangle(corner, 4.0)),
    }
}

/// Text for XML (section 2.4 of the recommendation).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
