//! A sheet of items: CSV, XLSX or ODS with a header, each row an item of a declaration whose head comes another way.
//!
//! Must not know of: where the head comes from, or what is done with the items. A cell is held against the same table as the datum of a WCO declaration.

mod cells;
mod columns;
mod fault;
mod head;

use std::collections::BTreeSet;

use definition::span::{Span, Spanned};
use definition::value::{Decimal, fold_digits, fold_key, parse_decimal};

pub use fault::SheetFault;

use crate::declaration::{Declaration, Item, item};
use crate::problem::{At, Fault, Problem};
use crate::wco::check::check;
use crate::wco::dec;
use crate::wco::tree::Tree;
use cells::Row;
use columns::{Column, How};
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
    let mut reading =
        Reading { head: None, items: Vec::new(), numbers: BTreeSet::new(), problems: Vec::new(), sheet: String::new() };
    let done = cells::read(bytes, sheet, &mut |name, row| reading.row(name, row));
    if let Err(fault) = done {
        reading.problems.push(whole(fault));
    }
    if reading.problems.is_empty() && reading.items.is_empty() {
        reading.problems.push(whole(SheetFault::NoItems));
    }
    reading.problems.truncate(MAX_PROBLEMS);
    if reading.problems.is_empty() { Ok(reading.items) } else { Err(reading.problems) }
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

struct Reading {
    head: Option<Head>,
    items: Vec<Item>,
    numbers: BTreeSet<Decimal>,
    problems: Vec<Problem>,
    sheet: String,
}

impl Reading {
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
        let more = if self.items.len() >= MAX_ITEMS {
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
                columns::put(&mut tree, column, text(column, cell), |key| head.cell(row, key));
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
            self.add(row.number, index, column.unwrap_or_default(), problem.id, problem.fault);
        }
        if self.problems.len() > before {
            return;
        }
        let mut taken = item(&tree);
        let ordinal = Decimal::from(self.items.len() + 1);
        let number = taken.number.get_or_insert_with(|| Spanned::new(ordinal, place)).value;
        if !self.numbers.insert(number) {
            let fault = Fault::Sheet(SheetFault::Twice { number: number.normalize().to_string() });
            self.add(row.number, head.index("number").unwrap_or_default(), "number", Some("006"), fault);
        }
        self.items.push(taken);
    }

    fn add(&mut self, row: u32, column: usize, head: &str, id: Option<&'static str>, fault: Fault) {
        let at = At::Cell { sheet: self.sheet.clone(), row, column: letters(column), head: short(head) };
        self.problems.push(Problem { span: Span::start_of(0), path: String::new(), id, at: Some(at), fault });
    }
}

/// A cell's text as the datum is written: people's digits and separators in numbers, the same letters for the same codes.
fn text(column: &Column, cell: &str) -> String {
    match column.how {
        How::Text => fold_key(cell),
        How::Code => {
            fold_digits(&fold_key(cell)).chars().filter(|sign| !sign.is_whitespace() && *sign != '.').collect()
        }
        How::Letters => fold_key(cell).to_ascii_uppercase(),
        How::Number(_) => {
            parse_decimal(cell).map_or_else(|_| fold_digits(cell), |number| number.normalize().to_string())
        }
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
