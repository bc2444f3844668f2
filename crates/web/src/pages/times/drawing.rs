//! Shares and times as bars. Where a page is read from the right, they begin at the right.
//!
//! Must not know of: what is measured. Everything that is drawn stands in the table beneath.

use crate::language::Language;

/// How wide a drawing is, in its own units.
pub(super) const WIDTH: u64 = 600;
/// How high a line of a drawing of steps is.
const LINE: u64 = 22;
/// What is left of a line for its number.
const NUMBER: u64 = 36;
/// How many fills there are for ways that have none of their own.
const FILLS: usize = 5;

/// A part of a bar of shares.
pub(super) struct Segment {
    pub(super) x: u64,
    pub(super) width: u64,
    /// The class that fills it.
    pub(super) fill: String,
}

/// A line of a drawing of steps: to the median in full, to the 90th percentile in outline.
pub(super) struct Bar {
    pub(super) y: u64,
    /// Where its number stands.
    pub(super) number_x: u64,
    pub(super) number_y: u64,
    pub(super) median: (u64, u64),
    pub(super) tail: (u64, u64),
}

/// Where something of this width begins that is so far from the line's beginning.
fn placed(language: Language, from: u64, width: u64) -> u64 {
    match language {
        Language::Persian => WIDTH.saturating_sub(from.saturating_add(width)),
        Language::English => from,
    }
}

/// The parts of the whole; what is hidden has none.
pub(super) fn segments<'r>(
    parts: impl Iterator<Item = (Option<&'r str>, Option<u64>)>,
    total: Option<u64>,
    language: Language,
) -> Vec<Segment> {
    let Some(total) = total.filter(|total| *total > 0) else { return Vec::new() };
    let mut from = 0_u64;
    let mut drawn = Vec::new();
    for (place, (name, count)) in parts.enumerate() {
        let Some(count) = count else { continue };
        let width = count.saturating_mul(WIDTH).checked_div(total).unwrap_or(0);
        let fill = match name.unwrap_or_default() {
            name @ ("green" | "yellow" | "red") => format!("channel-{name}"),
            _ => format!("way-{}", place.checked_rem(FILLS).unwrap_or(0)),
        };
        drawn.push(Segment { x: placed(language, from, width), width, fill });
        from = from.saturating_add(width);
    }
    drawn
}

/// A line for each step, and how high they are together.
pub(super) fn bars(steps: impl Iterator<Item = Option<(u64, u64)>>, most: u64, language: Language) -> (Vec<Bar>, u64) {
    let scaled = |seconds: u64| {
        let room = u128::from(WIDTH.saturating_sub(NUMBER));
        let width = u128::from(seconds).saturating_mul(room).checked_div(u128::from(most)).unwrap_or(0);
        u64::try_from(width).unwrap_or(WIDTH).max(1)
    };
    let mut y = 0_u64;
    let mut drawn = Vec::new();
    for step in steps {
        let (median, tail) = step.map_or((0, 0), |(median, tail)| (scaled(median), scaled(tail)));
        let at = |width: u64| (placed(language, NUMBER, width), width);
        let number_x = placed(language, NUMBER.saturating_div(2), 0);
        let number_y = y.saturating_add(LINE.saturating_mul(3).saturating_div(4));
        drawn.push(Bar { y: y.saturating_add(3), number_x, number_y, median: at(median), tail: at(tail) });
        y = y.saturating_add(LINE);
    }
    (drawn, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_side_by_side_from_where_reading_begins() {
        let parts = || [(Some("green"), Some(60)), (Some("other"), None), (Some("red"), Some(40))].into_iter();
        let of =
            |language| segments(parts(), Some(100), language).iter().map(|one| (one.x, one.width)).collect::<Vec<_>>();
        assert_eq!(of(Language::English), [(0, 360), (360, 240)]);
        assert_eq!(of(Language::Persian), [(240, 360), (0, 240)]);
        assert!(segments(parts(), None, Language::English).is_empty());
        assert!(segments(parts(), Some(0), Language::English).is_empty());
    }

    #[test]
    fn the_longest_bar_fills_the_line_and_none_leaves_it() {
        let (drawn, height) =
            bars([Some((50, 100)), None, Some((0, u64::MAX))].into_iter(), u64::MAX, Language::Persian);
        assert_eq!(height, 66);
        assert_eq!(drawn[2].tail, (0, WIDTH - NUMBER));
        assert_eq!(drawn[1].median.1, 0);
    }
}
