//! From a place in the message that a form became back to the field that it came from.
//!
//! Must not know of: what is wrong there.

use std::collections::BTreeMap;

use definition::syntax::xml::{Document, Element};

use super::field::REFERENCE;
use super::{Form, Words, Wrong};
use crate::message::LIMITS;
use crate::sheet::columns;

/// The element of an item, and what stands before it in a way.
const ITEM: &str = "GovernmentAgencyGoodsItem";
const ITEMS: &str = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[";

/// The item, from 0, none for the declaration as a whole; and the key of the field, empty where it is no one field.
type Place = (Option<usize>, &'static str);

/// The field of a datum, by its way from the declaration and the number that the WCO gave it.
pub(super) fn field_of(path: &str, id: Option<&str>, form: &Form) -> Place {
    if path == "Declaration/FunctionalReferenceID" {
        return (None, REFERENCE);
    }
    let Some((number, way)) = path.strip_prefix(ITEMS).and_then(|rest| rest.split_once(']')) else { return (None, "") };
    let Some(index) = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) else { return (None, "") };
    let field = columns::of(&format!("{ITEM}{way}"), id).unwrap_or_default();
    (of_all(field, Some(index), form), field)
}

/// The item whose field it is: none for a procedure, which may be said once, of all items.
fn of_all(field: &str, item: Option<usize>, form: &Form) -> Option<usize> {
    let says = |cells: &super::Cells| ["procedure", "previous"].iter().any(|key| cells.contains_key(*key));
    let own = item.and_then(|index| form.items.get(index)).is_some_and(says);
    item.filter(|_| own || !matches!(field, "procedure" | "previous"))
}

/// What was said against the message that a form became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Where: a line and a column first, as `14:9`, or anything else where it is about no one datum.
    pub place: String,
    /// The number of the item that it is about; 0 where it is about no one item, or its place says which.
    pub item: u32,
    /// The key of the field; empty where it is about no one, or its place says which.
    pub field: &'static str,
    /// What is wrong and what to do, by language tag.
    pub words: Words,
}

/// What was said against the message that a form became, each beside its field.
#[must_use]
pub fn place(form: &Form, xml: &str, said: Vec<Said>) -> Vec<Wrong> {
    let numbers = |said: &Said| {
        let (line, column) = said.place.split(' ').next()?.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    // There is no line 0.
    let places: Vec<(usize, usize)> = said.iter().map(|one| numbers(one).unwrap_or_default()).collect();
    let found = fields_at(form, xml, &places);
    let beside = |(said, place): (Said, Option<Place>)| {
        let numbered = usize::try_from(said.item).ok().and_then(|number| number.checked_sub(1));
        let numbered = numbered.filter(|index| *index < form.items.len());
        let (item, field) = match (said.field, numbered) {
            ("", _) => place.unwrap_or((numbered, "")),
            (REFERENCE, _) => (None, REFERENCE),
            (field, Some(_)) => (of_all(field, numbered, form), field),
            // Of the declaration as a whole, the form asks for little.
            (_, None) => (None, ""),
        };
        let cell = item.and_then(|index| form.items.get(index)).and_then(|cells| cells.get(field));
        let words = said.words.into_iter().map(|(tag, said)| {
            let said = without_item(&said);
            (tag, cell.map_or(said.clone(), |cell| as_typed(&said, field, cell)))
        });
        Wrong { item, field, words: words.collect() }
    };
    said.into_iter().zip(found).map(beside).collect()
}

/// What was said, citing what was typed where it cites how that was read.
fn as_typed(said: &str, field: &str, cell: &str) -> String {
    let Some(column) = columns::named(field) else { return said.to_owned() };
    let (read, typed) = (columns::text(column, cell.trim()), cell.trim());
    said.replace(&format!("«{read}»"), &format!("«{typed}»")).replace(&format!("`{read}`"), &format!("`{typed}`"))
}

/// What was said without the number of its item before it: it stands on that item's page.
fn without_item(said: &str) -> String {
    let rest = ["item ", "قلم "].into_iter().find_map(|word| said.strip_prefix(word)?.split_once(": "));
    let rest = rest.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    rest.map_or(said, |(_, rest)| rest).to_owned()
}

/// The fields of what begins at these lines and columns, both from 1, of the message that a form became.
fn fields_at(form: &Form, xml: &str, places: &[(usize, usize)]) -> Vec<Option<Place>> {
    let mut ways = BTreeMap::new();
    let document = Document::parse(xml, LIMITS).ok();
    let root = document.as_ref().and_then(|document| document.root());
    for child in root.iter().flat_map(|root| root.children()) {
        note(child, child.name().to_owned(), &mut ways);
    }
    let lines: Vec<&str> = xml.split('\n').collect();
    let starts = lines.iter().scan(0, |next, line| Some(std::mem::replace(next, *next + line.len() + 1)));
    let starts: Vec<usize> = starts.collect();
    let offset = |(line, column): (usize, usize)| {
        let line = line.checked_sub(1)?;
        let before: usize = lines.get(line)?.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
        u32::try_from(starts.get(line)? + before).ok()
    };
    let of_one = |place: &(usize, usize)| Some(field_of(ways.get(&offset(*place)?)?, None, form));
    places.iter().map(of_one).collect()
}

/// Notes where every element and its content begin.
fn note(element: Element<'_>, way: String, ways: &mut BTreeMap<u32, String>) {
    let mut item = 0_usize;
    for child in element.children() {
        let name = child.name();
        item += usize::from(name == ITEM);
        note(child, if name == ITEM { format!("{way}/{name}[{item}]") } else { format!("{way}/{name}") }, ways);
    }
    ways.insert(element.content().start, way.clone());
    ways.insert(element.tag().start, way);
}
