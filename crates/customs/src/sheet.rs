//! A sheet of items: CSV, XLSX or ODS with a header, each row an item of a declaration whose head comes another way.
//!
//! Must not know of: where the head comes from, or what is done with the items. A cell is held against the same table as the datum of a WCO declaration.

mod cells;
pub(crate) mod columns;
mod fault;
mod head;

use std::collections::{BTreeMap, BTreeSet};

use definition::span::{Span, Spanned};
use definition::value::Decimal;

pub use fault::SheetFault;

use crate::declaration::{Declaration, Item, item};
use crate::problem::{At, Fault, Problem};
use crate::wco::check::check;
use crate::wco::dec;
use crate::wco::tree::Tree;
use cells::Row;
use head::Head;

/// The largest sheet's file that is read: 64 MiB.
pub const MAX_SHEET_BYTES: usize = 64 << 20;
/// Most items of a sheet.
pub const MAX_ITEMS: usize = 100_000;
/// Most problems that are told of one sheet.
pub const MAX_PROBLEMS: usize = 1_000;

const ITEM: &str = "GovernmentAgencyGoodsItem";

/// Reads the items of a sheet: of the one named `sheet`, else of the first.
///
/// # Errors
/// Every cell that is wrong, at most [`MAX_PROBLEMS`]; nothing of the sheet is taken then.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Item>, Vec<Problem>> {
    let mut items = Vec::new();
    each(bytes, sheet, &mut |_, _, item| items.push(item))?;
    Ok(items)
}

/// The row of each item, from 1, for whoever finds something wrong with an item that was read.
///
/// # Errors
/// As [`read`].
pub fn rows(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<u32>, Vec<Problem>> {
    let mut rows = Vec::new();
    each(bytes, sheet, &mut |_, row, _| rows.push(row.number))?;
    Ok(rows)
}

/// A part of a sheet's items as they are written, by the keys of their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The items of this part.
    pub items: Vec<BTreeMap<String, String>>,
    /// How many items the whole sheet has.
    pub of: usize,
}

/// Reads a sheet, all of it, and gives the `part`th `size` of its items, counted from 0, as they are written.
///
/// # Errors
/// As [`read`].
pub fn part(bytes: &[u8], sheet: Option<&str>, part: usize, size: usize) -> Result<Part, Vec<Problem>> {
    let first = part.saturating_mul(size);
    let (mut items, mut at) = (Vec::new(), 0_usize);
    let of = each(bytes, sheet, &mut |head, row, _| {
        if (first..first.saturating_add(size)).contains(&at) {
            let cell = |(index, column): (usize, &columns::Column)| {
                let cell = row.cells.get(index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())?;
                Some((column.key.to_owned(), cell.to_owned()))
            };
            items.push(head.columns().filter_map(cell).collect());
        }
        at = at.saturating_add(1);
    })?;
    Ok(Part { items, of })
}

/// Gives each item to `take`, with the row that it was read from; how many there were. What was given counts only if nothing is wrong.
fn each(bytes: &[u8], sheet: Option<&str>, take: Take<'_>) -> Result<usize, Vec<Problem>> {
    let numbers = BTreeSet::new();
    let mut reading = Reading { head: None, take, count: 0, numbers, problems: Vec::new(), sheet: String::new() };
    let done = cells::read(bytes, sheet, &mut |name, row| reading.row(name, row));
    if let Err(fault) = done {
        reading.problems.push(whole(fault));
    }
    if reading.problems.is_empty() && reading.count == 0 {
        reading.problems.push(whole(SheetFault::NoItems));
    }
    reading.problems.truncate(MAX_PROBLEMS);
    if reading.problems.is_empty() { Ok(reading.count) } else { Err(reading.problems) }
}

/// A head with these items.
///
/// # Errors
/// That the head has items of its own, or another number of them than it says.
pub fn join(mut head: Declaration, items: Vec<Item>) -> Result<Declaration, Vec<Problem>> {
    if !head.shipment.items.is_empty() {
        return Err(vec![whole(SheetFault::HeadHasItems { count: head.shipment.items.len() })]);
    }
    if let Some(said) = &head.items_declared
        && said.value != Decimal::from(items.len())
    {
        let fault = SheetFault::Count { said: said.value.normalize().to_string(), counted: items.len() };
        return Err(vec![Problem { span: said.span, id: Some("228"), ..whole(fault) }]);
    }
    head.shipment.items = items;
    Ok(head)
}

/// What is done with an item.
type Take<'t> = &'t mut dyn FnMut(&Head, &Row, Item);

struct Reading<'t> {
    head: Option<Head>,
    take: Take<'t>,
    /// How many items were taken.
    count: usize,
    numbers: BTreeSet<Decimal>,
    problems: Vec<Problem>,
    sheet: String,
}

impl Reading<'_> {
    /// Takes a row; whether there is a use for more.
    fn row(&mut self, sheet: &str, row: &Row) -> bool {
        let Some(head) = self.head.take() else {
            sheet.clone_into(&mut self.sheet);
            match Head::of(row) {
                Ok(head) => self.head = Some(head),
                // Under a wrong header every row would be wrong.
                Err(faults) => {
                    for (column, fault) in faults {
                        let said = row.cells.get(column).map(String::as_str).unwrap_or_default();
                        self.add(row.number, column, said, None, Fault::Sheet(fault));
                    }
                    return false;
                }
            }
            return true;
        };
        let more = if self.count >= MAX_ITEMS {
            self.problems.push(whole(SheetFault::TooManyItems { max: MAX_ITEMS }));
            false
        } else {
            self.item(&head, row);
            self.problems.len() < MAX_PROBLEMS
        };
        self.head = Some(head);
        more
    }

    fn item(&mut self, head: &Head, row: &Row) {
        let place = Span::start_of(0);
        let mut tree = Tree::class(ITEM, place);
        let before = self.problems.len();
        for (index, column) in head.columns() {
            let cell = row.cells.get(index).map_or("", |cell| cell.trim());
            if let Some(error) = row.errors.iter().find(|at| **at == index) {
                self.add(
                    row.number,
                    *error,
                    column.key,
                    None,
                    Fault::Sheet(SheetFault::ErrorCell { text: short(cell) }),
                );
            } else if cell.is_empty() {
                if column.required {
                    self.add(row.number, index, column.key, None, Fault::Blank);
                }
            } else {
                columns::put(&mut tree, column, columns::text(column, cell), |key| head.cell(row, key));
            }
        }
        let numbered = tree.part("SequenceNumeric").is_some();
        for problem in check(ITEM, &dec::ITEM, &tree) {
            // Without a column of numbers the rows are counted.
            if problem.id == Some("006") && !numbered {
                continue;
            }
            let column = columns::of(&problem.path, problem.id);
            let index = column.and_then(|key| head.index(key)).unwrap_or_default();
            let cell = row.cells.get(index).map_or("", |cell| cell.trim());
            let fault = if column.is_some() { problem.fault.citing(cell) } else { problem.fault };
            self.add(row.number, index, column.unwrap_or_default(), problem.id, fault);
        }
        if self.problems.len() > before {
            return;
        }
        let mut taken = item(&tree);
        let ordinal = Decimal::from(self.count + 1);
        let number = taken.number.get_or_insert_with(|| Spanned::new(ordinal, place)).value;
        if !self.numbers.insert(number) {
            let fault = Fault::Sheet(SheetFault::Twice { number: number.normalize().to_string() });
            self.add(row.number, head.index("number").unwrap_or_default(), "number", Some("006"), fault);
        }
        self.count += 1;
        (self.take)(head, row, taken);
    }

    fn add(&mut self, row: u32, column: usize, head: &str, id: Option<&'static str>, fault: Fault) {
        let at = At::Cell { sheet: self.sheet.clone(), row, column: letters(column), head: short(head) };
        self.problems.push(Problem { span: Span::start_of(0), path: String::new(), id, at: Some(at), fault });
    }
}

/// The letters of a column: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut name = String::new();
    while rest > 0 {
        rest -= 1;
        let letter = u32::try_from(rest % 26).ok().and_then(|at| char::from_u32(u32::from('A') + at));
        name.insert(0, letter.unwrap_or('?'));
        rest /= 26;
    }
    name
}

/// The beginning of a text: an error must not carry somebody's paste.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn whole(fault: SheetFault) -> Problem {
    Problem { span: Span::start_of(0), path: String::new(), id: None, at: None, fault: Fault::Sheet(fault) }
}
