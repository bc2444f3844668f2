//! The fields of a form. Those of an item are the columns of a sheet of items, so that both ways mean the same by the same name.
//!
//! Must not know of: what was typed.

use crate::sheet::columns::{self, How};

use super::{Cells, Terms};

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is that of the column in a sheet.
    pub key: &'static str,
    /// Whether it may not be empty.
    pub required: bool,
    /// What is typed into it.
    pub typing: Typing,
}

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Words.
    Words,
    /// A code of digits.
    Digits,
    /// A code of Latin letters.
    Letters,
    /// A number.
    Number,
}

/// The fields of an item that a small trader is asked for, in the order of an invoice.
const ASKED: [&str; 11] = [
    "commodity",
    "description",
    "origin",
    "price",
    "currency",
    "gross",
    "net",
    "quantity",
    "unit",
    "packages",
    "package",
];

/// What an entry is asked for besides: the line of a cargo manifest by which the goods came.
const BROUGHT: [&str; 2] = ["manifest", "manifest-line"];

/// The key of the gross mass, which the gate holds its scale against.
const GROSS: &str = "gross";

/// The key of the declarant's own reference.
pub(super) const REFERENCE: &str = "reference";

/// The fields of the declaration as a whole: the declarant's reference, and the procedure where it is not known.
#[must_use]
pub fn head(terms: &Terms) -> Vec<Field> {
    let field = |key, required, typing| Field { key, required, typing };
    let mut fields = vec![field(REFERENCE, true, Typing::Words)];
    if terms.procedure.is_none() {
        fields.push(field("procedure", true, Typing::Digits));
        fields.push(field("previous", false, Typing::Digits));
    }
    fields
}

/// The fields of an item that is not filled in yet, whatever becomes of the goods.
pub(super) fn asked() -> impl Iterator<Item = &'static str> {
    ASKED.into_iter().chain(BROUGHT)
}

/// The fields of an item, with those that were filled in another way, as from a sheet.
#[must_use]
pub fn item(terms: &Terms, cells: &Cells) -> Vec<Field> {
    let brought = BROUGHT.into_iter().filter(|_| terms.enters());
    let asked: Vec<&'static str> = ASKED.into_iter().chain(brought).collect();
    let further = columns::COLUMNS.iter().map(|column| column.key).filter(|key| {
        let filled = cells.get(*key).is_some_and(|cell| !cell.trim().is_empty());
        *key != NUMBER && !asked.contains(key) && filled
    });
    let of_terms = |field: Field| Field { required: field.required || (terms.leaves && field.key == GROSS), ..field };
    asked.iter().copied().chain(further).filter_map(columns::named).map(of).map(of_terms).collect()
}

/// The key of an item's number, which nobody types: the items are counted.
pub(super) const NUMBER: &str = "number";

fn of(column: &'static columns::Column) -> Field {
    let typing = match column.how {
        How::Text => Typing::Words,
        How::Code => Typing::Digits,
        How::Letters => Typing::Letters,
        How::Number(_) => Typing::Number,
    };
    Field { key: column.key, required: column.required, typing }
}
