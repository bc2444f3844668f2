//! What an inspector writes down: a line for each item that was measured, `ITEM QUANTITY [UNIT]`, in digits of any of the three kinds.
//!
//! Must not know of: what was declared.

use std::collections::BTreeSet;

use definition::value::{Decimal, parse_decimal};

use crate::functions::Fault;
use crate::table::short;

/// Most lines: as many as a declaration has items, each in two units.
const LINES_MAX: usize = 1998;

/// What was measured of an item.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The line, from 1.
    pub(super) line: usize,
    pub(super) item: u32,
    pub(super) quantity: Decimal,
    /// A code of UN/ECE Recommendation 20; none where it is that of the declaration.
    pub(super) unit: Option<String>,
}

/// How many items a text says something of.
///
/// # Errors
/// Everything that is wrong with it, in its place.
pub fn read_lines(text: &str) -> Result<usize, Vec<Fault>> {
    read(text).map(|lines| lines.len())
}

pub(super) fn read(text: &str) -> Result<Vec<Line>, Vec<Fault>> {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        match one(line, text) {
            Some(one) if lines.iter().any(|other: &Line| (other.item, &other.unit) == (one.item, &one.unit)) => {
                faults.push(Fault::measured_twice(line, one.item));
            }
            Some(one) => lines.push(one),
            None => faults.push(Fault::not_measured(line, &short(text.trim()))),
        }
        if lines.len() + faults.len() > LINES_MAX {
            break;
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(Fault::nothing_measured());
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

/// The line that wrote of the item to which a way in a request leads; the first where it leads to none. A request says something of the items with these numbers, in their order.
pub(super) fn of(lines: &[Line], numbers: BTreeSet<u32>, way: &str) -> usize {
    let index = way.split_once("GovernmentAgencyGoodsItem[").and_then(|(_, rest)| rest.split_once(']'));
    let index = index.and_then(|(index, _)| index.parse::<usize>().ok()).and_then(|index| index.checked_sub(1));
    let item = index.and_then(|index| numbers.iter().nth(index));
    let own = lines.iter().find(|line| item.is_none_or(|item| line.item == *item));
    own.map_or(1, |line| line.line)
}

fn one(line: usize, text: &str) -> Option<Line> {
    let mut words = text.split_whitespace();
    let item = parse_decimal(words.next()?).ok().filter(|item| item.fract().is_zero());
    let item = u32::try_from(item?).ok()?;
    let quantity = parse_decimal(words.next()?).ok().filter(|quantity| !quantity.is_sign_negative())?;
    let unit = words.next().map(str::to_ascii_uppercase);
    words.next().is_none().then_some(Line { line, item, quantity, unit })
}
