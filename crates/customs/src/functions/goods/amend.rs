//! `customs.goods.amend`: a declaration by which goods came in is amended or taken back, and the goods in its lots are put right.
//!
//! Takes the original declaration, the request, what `customs.assess-amendment` said, whose the goods are, and any lot of the declaration. Must not know of: who lets
//! the declarant do so.

use serde::Deserialize;

use super::super::Paper;
use super::{Books, Fault, Given, Says, declaration_of, goods_of, id, is_under, origin_of, paper, said_of};
use crate::amend::{Request, Standing};
use crate::declaration::{Declaration, Item};
use crate::goods::{Amend, Becomes, Book, Id, ItemRef, Movement, RowKey};
use crate::{Message, read};

pub(in super::super) struct Amending;

/// Of what `customs.assess-amendment` said, the numbers of the items whose goods have to be put right.
#[derive(Deserialize)]
struct Changed {
    changed: Vec<u32>,
}

/// A declaration before and after a request.
pub(in super::super) struct Amended<'p> {
    pub(in super::super) before: &'p Declaration,
    /// Nothing, if it is taken back.
    pub(in super::super) after: Option<Declaration>,
}

/// What a request makes of a declaration; `case` is the reference under which customs let it in.
pub(in super::super) fn amended<'p>(
    original: &'p Paper,
    request: &Paper,
    case: &str,
) -> Result<Amended<'p>, Vec<Fault>> {
    let before = original.declared()?;
    let (original, request) = (original.bytes(), request.bytes());
    let of_original = |fault| Fault::of_problem(&fault, original);
    let in_request = |fault| Fault { of: 1, ..Fault::of_problem(&fault, request) };
    if let Ok(Message::Notification(_)) = read(request) {
        return Err(vec![Fault { of: 1, ..Fault::answer() }]);
    }
    let standing =
        Standing::read(original).map_err(|problems| problems.into_iter().map(of_original).collect::<Vec<_>>())?;
    let read = Request::read(request).map_err(|problems| problems.into_iter().map(in_request).collect::<Vec<_>>())?;
    let (standing, _) = standing
        .known_as(case)
        .amend(&read)
        .map_err(|problems| problems.into_iter().map(in_request).collect::<Vec<_>>())?;
    if standing.cancelled().is_some() {
        return Ok(Amended { before, after: None });
    }
    let after = standing.declaration();
    let reference = |declaration: &Declaration| declaration.reference.as_ref().map(|text| text.value.clone());
    if reference(&after) != reference(before) {
        return Err(vec![Fault { of: 1, ..Fault::other_reference() }]);
    }
    Ok(Amended { before, after: Some(Declaration { accepted: None, ..after }) })
}

/// The reference of the case by which a declaration came in, and the lots of its items: `REFERENCE-ITEM`.
pub(in super::super) fn case_of(lot: &Id) -> Result<&str, Vec<Fault>> {
    let base = lot.as_str().rsplit_once('-').map(|(base, _)| base);
    base.ok_or_else(|| vec![Fault::no_lot_of_entry(lot)])
}

impl Books for Amending {
    fn says(&self) -> &'static [Says] {
        &[Says::Declaration, Says::Amendment, Says::Assessment, Says::Owner, Says::Holding]
    }

    fn needs(&self, given: &[Given<'_>]) -> Result<Vec<RowKey>, Vec<Fault>> {
        let (owner, lot) = (id(given, 3)?, id(given, 4)?);
        let before = paper(given, 0)?.declared()?;
        let reference = declaration_of(&owner, before)?;
        let case = case_of(&lot)?;
        let mut rows = Vec::new();
        for item in &before.shipment.items {
            let (number, _, _) = goods_of(item).map_err(|fault| vec![fault])?;
            rows.push(RowKey::Item(ItemRef { declaration: reference.clone(), item: number }));
            rows.push(RowKey::Lot(lot_of(case, number)?));
        }
        Ok(rows)
    }

    fn movements(&self, given: &[Given<'_>], case: &str, book: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (owner, lot) = (id(given, 3)?, id(given, 4)?);
        let let_in = case_of(&lot)?;
        let Amended { before, after } = amended(paper(given, 0)?, paper(given, 1)?, let_in)?;
        let assessed = paper(given, 2)?.assessed().ok_or_else(Vec::new)?;
        let Changed { changed } = serde_json::from_slice(paper(given, 2)?.bytes()).map_err(|_| Vec::new())?;
        let reference = declaration_of(&owner, before)?;
        // Tried before there is a case, it has no name yet.
        let act = Id::new(if case.is_empty() { "-" } else { case }).map_err(|fault| vec![Fault::name(0, &fault)])?;
        let mut movements = Vec::new();
        let mut left: Vec<u32> = Vec::new();
        for item in after.iter().flat_map(|after| &after.shipment.items) {
            is_under(item, "78", None).map_err(|fault| vec![Fault { of: 1, ..fault }])?;
            left.push(goods_of(item).map_err(|fault| vec![Fault { of: 1, ..fault }])?.0);
        }
        for item in &before.shipment.items {
            let (number, commodity, quantity) = goods_of(item).map_err(|fault| vec![fault])?;
            let of = ItemRef { declaration: reference.clone(), item: number };
            let lot = lot_of(let_in, number)?;
            let came = book.item(&of).zip(book.lot(&lot));
            let (standing, kept) = came.ok_or_else(|| vec![Fault::not_entered(number, &lot)])?;
            if kept.stock.commodity != commodity || standing.declared != quantity {
                // Amended before, or another declaration than the one that let the goods in.
                return Err(vec![Fault::other_original(number)]);
            }
            let said = said_of(item).map_err(|fault| vec![fault])?;
            if standing.said.as_ref().is_some_and(|booked| *booked != said) {
                return Err(vec![Fault::other_original(number)]);
            }
            let becomes = after.as_ref().and_then(|after| find(after, number));
            let becomes = match becomes {
                None => None,
                Some(item) => {
                    let (_, is, quantity) = goods_of(item).map_err(|fault| vec![Fault { of: 1, ..fault }])?;
                    if is != commodity {
                        return Err(vec![Fault { of: 1, ..Fault::other_code(number) }]);
                    }
                    let of_request = |fault| vec![Fault { of: 1, ..fault }];
                    Some(Becomes {
                        quantity,
                        value: assessed.value(number).ok_or_else(Vec::new)?,
                        origin: origin_of(item).map_err(of_request)?,
                        said: Some(said_of(item).map_err(of_request)?),
                    })
                }
            };
            left.retain(|other| *other != number);
            if changed.contains(&number) {
                let (owner, reference) = (owner.clone(), act.clone());
                movements.push(Movement::Amend(Amend { item: of, reference, owner, lot, becomes }));
            }
        }
        match left.first() {
            None => Ok(movements),
            Some(number) => Err(vec![Fault { of: 1, ..Fault::item_added(*number) }]),
        }
    }
}

/// The lot of an item of a declaration.
pub(in super::super) fn lot_of(case: &str, item: u32) -> Result<Id, Vec<Fault>> {
    Id::new(&format!("{case}-{item}")).map_err(|fault| vec![Fault::name(4, &fault)])
}

/// The item of that number.
pub(in super::super) fn find(declaration: &Declaration, number: u32) -> Option<&Item> {
    let of =
        |item: &&Item| item.number.as_ref().is_some_and(|own| own.value == definition::value::Decimal::from(number));
    declaration.shipment.items.iter().find(of)
}
