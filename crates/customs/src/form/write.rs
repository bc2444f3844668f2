//! A form to the message that it means, or everything that is wrong with it, each beside its field.
//!
//! Must not know of: what becomes of the message.

use std::collections::BTreeMap;

use definition::span::Span;
use definition::value::{Lines, fold_key, writable};

use super::field::{NUMBER, REFERENCE, head, item};
use super::place::field_of;
use super::{Cells, Declarant, Form, Terms};
use crate::Message;
use crate::problem::{Fault, Problem};
use crate::sheet::columns;
use crate::wco::format::Format;
use crate::wco::tree::Tree;

/// What is wrong and what to do, by language tag.
pub type Words = BTreeMap<&'static str, String>;

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which item, from 0; none for the declaration as a whole.
    pub item: Option<usize>,
    /// The key of the field; empty where it is about no one field.
    pub field: &'static str,
    /// What is wrong and what to do, by language tag.
    pub words: Words,
}

impl Wrong {
    fn new(item: Option<usize>, field: &'static str, fa: String, en: String) -> Self {
        Self { item, field, words: BTreeMap::from([("fa", fa), ("en", en)]) }
    }

    fn said(item: Option<usize>, field: &'static str, fa: &str, en: &str) -> Self {
        Self::new(item, field, fa.to_owned(), en.to_owned())
    }
}

/// Writes what was filled in as a WCO declaration.
///
/// # Errors
/// Everything that is wrong with it.
pub fn write(form: &Form, terms: &Terms, declarant: Option<&Declarant>) -> Result<String, Vec<Wrong>> {
    let mut wrong = count(form, terms);
    wrong.extend(empty(form, terms));
    wrong.extend(halves(form));
    let unwritable: Vec<Wrong> = unwritable(form).collect();
    if !unwritable.is_empty() || form.items.len() > terms.items_max {
        wrong.extend(unwritable);
        return Err(wrong);
    }
    let xml = tree(form, terms, declarant).to_xml();
    match crate::read(xml.as_bytes()) {
        Ok(Message::Declaration(_)) if wrong.is_empty() => Ok(xml),
        Err(problems) => {
            wrong.extend(problems.iter().map(|problem| of_problem(problem, form)));
            Err(wrong)
        }
        Ok(_) => Err(wrong),
    }
}

fn count(form: &Form, terms: &Terms) -> Vec<Wrong> {
    let (there, most) = (form.items.len(), terms.items_max);
    if there == 0 {
        return vec![Wrong::said(
            None,
            "",
            "هنوز کالایی ننوشته‌اید؛ یک قلم بیفزایید.",
            "there are no goods yet; add an item",
        )];
    }
    if there <= most {
        return Vec::new();
    }
    let fa = format!("{there} قلم است و این اظهارنامه حداکثر {most} قلم دارد؛ بقیه را در اظهارنامهٔ دیگری بنویسید.");
    let en =
        format!("there are {there} items, and this declaration has at most {most}; declare the rest in another one");
    vec![Wrong::new(None, "", fa, en)]
}

/// Fields that may not be empty and are.
fn empty<'f>(form: &'f Form, terms: &'f Terms) -> impl Iterator<Item = Wrong> + 'f {
    let blank = |cells: &Cells, key: &str| cells.get(key).is_none_or(|cell| fold_key(cell).trim().is_empty());
    let needed =
        |of: Option<usize>, key| Wrong::said(of, key, "این مورد لازم است؛ آن را بنویسید.", "this is needed; fill it in");
    let whole = head(terms).into_iter().filter(move |field| field.required && blank(&form.head, field.key));
    let items = form.items.iter().enumerate().flat_map(move |(index, cells)| {
        let fields = item(terms, cells).into_iter().filter(move |field| field.required && blank(cells, field.key));
        fields.map(move |field| needed(Some(index), field.key))
    });
    whole.map(move |field| needed(None, field.key)).chain(items)
}

/// Quantities without their unit, and units without a quantity: one says nothing without the other.
fn halves(form: &Form) -> impl Iterator<Item = Wrong> + '_ {
    let filled = |cells: &Cells, key: &str| cells.get(key).is_some_and(|cell| !fold_key(cell).trim().is_empty());
    let half = move |(index, cells): (usize, &Cells)| {
        let (field, fault) = match (filled(cells, "quantity"), filled(cells, "unit")) {
            (true, false) => ("unit", Fault::NoUnit),
            (false, true) => ("quantity", Fault::NoQuantity),
            _ => return None,
        };
        let (fa, en) = crate::words::typed(&fault);
        Some(Wrong::new(Some(index), field, fa, en))
    };
    form.items.iter().enumerate().filter_map(half)
}

/// Fields with characters that no message can carry, or that would show its reader something else than it says.
fn unwritable(form: &Form) -> impl Iterator<Item = Wrong> + '_ {
    let all = std::iter::once((None, &form.head));
    let all = all.chain(form.items.iter().enumerate().map(|(index, cells)| (Some(index), cells)));
    let bad = |cell: &str| writable(cell, Lines::One).is_err() || cell.contains(['\u{fffe}', '\u{ffff}']);
    all.flat_map(move |(of, cells)| {
        let keys = cells.iter().filter(move |(_, cell)| bad(cell.trim())).map(|(key, _)| known(key));
        keys.map(move |key| {
            let fa = "نویسه‌هایی دارد که نوشته نمی‌شوند؛ آن‌ها را پاک کنید.";
            Wrong::said(of, key, fa, "it has characters that cannot be written; delete them")
        })
    })
}

/// The key of a field as it stands in the tables.
fn known(key: &str) -> &'static str {
    if key == REFERENCE { REFERENCE } else { columns::named(key).map(|column| column.key).unwrap_or_default() }
}

fn of_problem(problem: &Problem, form: &Form) -> Wrong {
    let (item, field) = field_of(&problem.path, problem.id, form);
    let Fault::TooMany { .. } = problem.fault else {
        let cells = item.map_or(Some(&form.head), |index| form.items.get(index));
        let typed = cells.and_then(|cells| cells.get(field)).map(|cell| cell.trim());
        let fault = problem.fault.clone();
        let (fa, en) = crate::words::typed(&typed.map_or(fault.clone(), |typed| fault.citing(typed)));
        return Wrong::new(item, field, fa, en);
    };
    Wrong::new(item, "", crate::words::fault(&problem.fault), problem.fault.to_string())
}

fn tree(form: &Form, terms: &Terms, declarant: Option<&Declarant>) -> Tree {
    let at = Span::start_of(0);
    let datum = |name, text: &str| Tree::datum(name, text, at);
    let mut declaration = Tree::class("Declaration", at);
    declaration.parts.push(datum("FunctionCode", "9"));
    let reference = fold_key(form.head.get(REFERENCE).map(String::as_str).unwrap_or_default());
    if !reference.trim().is_empty() {
        declaration.parts.push(datum("FunctionalReferenceID", reference.trim()));
    }
    let (procedure, previous) = procedures(form, terms);
    declaration.parts.push(datum("TypeCode", if is_export(&procedure) { "EXA" } else { "IMA" }));
    declaration.parts.push(datum("GoodsItemQuantity", &form.items.len().to_string()));
    declaration.parts.extend(declarant.map(|declarant| party("Declarant", declarant)));
    let mut shipment = Tree::class("GoodsShipment", at);
    for (index, cells) in form.items.iter().enumerate() {
        shipment.parts.push(item_tree(index, cells, (&procedure, &previous)));
    }
    declaration.parts.push(shipment);
    declaration
}

/// Whether goods leave by a procedure: 10 to 23 are exports and 31 is re-exportation (Commission Delegated Regulation (EU) 2015/2446, annex B, title II, 1/10).
fn is_export(procedure: &str) -> bool {
    procedure.starts_with(['1', '2', '3'])
}

/// The procedure of items that say none of their own, and the one before it.
fn procedures(form: &Form, terms: &Terms) -> (String, String) {
    if let Some((procedure, previous)) = terms.procedure {
        return (procedure.to_owned(), previous.to_owned());
    }
    let said = |key| form.head.get(key).map(|cell| columns::code(cell)).unwrap_or_default();
    (said("procedure"), said("previous"))
}

/// A register's keys and names are longer than the message has room for, now and then: a name that was cut would be another's.
fn party(name: &'static str, declarant: &Declarant) -> Tree {
    let at = Span::start_of(0);
    let fits = |datum: &str, most| Format::Text { most }.accepts(datum).is_ok();
    let mut party = Tree::class(name, at);
    if fits(&declarant.name, 70) {
        party.parts.push(Tree::datum("Name", declarant.name.as_str(), at));
    }
    if fits(&declarant.id, 17) {
        party.parts.push(Tree::datum("ID", declarant.id.as_str(), at));
    }
    party
}

fn item_tree(index: usize, cells: &Cells, (procedure, previous): (&str, &str)) -> Tree {
    let at = Span::start_of(0);
    let mut item = Tree::class("GovernmentAgencyGoodsItem", at);
    item.parts.push(Tree::datum("SequenceNumeric", (index + 1).to_string(), at));
    let cell = |key: &str| cells.get(key).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let own = ["procedure", "previous"].iter().any(|key| cell(key).is_some());
    let of_all = |key: &str| match key {
        _ if own => None,
        "procedure" => Some(procedure),
        "previous" => Some(previous),
        _ => None,
    };
    for column in columns::COLUMNS.iter().filter(|column| column.key != NUMBER) {
        let said = cell(column.key).or_else(|| of_all(column.key)).filter(|said| !said.is_empty());
        let Some(said) = said else { continue };
        columns::put(&mut item, column, columns::text(column, said), |key| {
            columns::letters(cell(key).unwrap_or_default())
        });
    }
    item
}
