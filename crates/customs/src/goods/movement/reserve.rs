//! A declaration is handed in, and what it is about is kept for it: its reference, and the goods of lots or receipts that are to leave by it.
//!
//! Nothing passes between accounts. What is reserved lies where it lay, and nobody else takes it. Must not know of: what becomes of the declaration.

use serde::{Deserialize, Serialize};

use super::{Holding, Judged, Move, Take};
use crate::goods::name::Id;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::reservation::{MAX_RESERVATIONS, Reservation};
use crate::goods::row::{Book, Row, RowKey};
use crate::goods::taking::{Held, Taking};

/// A declaration's reference and goods are reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// The act that says so; what ends it names it again.
    pub by: Id,
    /// The declaration's reference.
    pub declaration: Id,
    /// Whose the goods are.
    pub owner: Id,
    /// Of what, and how much; nothing where the goods are yet to come.
    pub takes: Vec<Take>,
}

impl Reserve {
    fn key(&self) -> RowKey {
        RowKey::Reservation(self.declaration.clone())
    }
}

impl Move for Reserve {
    fn rows(&self) -> Vec<RowKey> {
        self.takes.iter().map(|take| take.from.row()).chain([self.key()]).collect()
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        if let Some(by) = book.reservation(&self.declaration).and_then(|standing| standing.by.clone()) {
            let declaration = self.declaration.clone();
            objections.add("declaration", GoodsFault::OpenAlready { declaration, by });
        }
        let mut taking = Taking::from(book);
        for (index, take) in self.takes.iter().enumerate() {
            let at = format!("takes[{}]", index + 1);
            let places = [at.as_str(), &format!("{at}.quantity")];
            if taking.take(places, &self.owner, take, Held::Stay, objections).is_none() {
                continue;
            }
            let stock = book.stock(&take.from);
            if stock.is_some_and(|stock| stock.reserved.len() >= MAX_RESERVATIONS) {
                objections.add(&at, GoodsFault::TooManyReservations(take.from.clone()));
            }
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        match book.reservation(&self.declaration) {
            Some(Reservation { by: Some(_) }) => return Err("the declaration is reserved already"),
            _ => book.put(self.key(), Row::Reservation(Reservation { by: Some(self.by.clone()) })),
        }
        for Take { from, quantity } in &self.takes {
            let stock = book.row_mut(&from.row()).and_then(|row| row.stock_mut()).ok_or("an account is not there")?;
            let nothing = Quantity::zero(stock.kind);
            let own = stock.reserved.entry(self.by.clone()).or_insert(nothing);
            *own = own.plus(*quantity).ok_or("a quantity is of another kind, or too large")?;
        }
        Ok(())
    }
}

/// A reservation ends, however the matter was settled. Nothing can be in its way: what is not reserved by it stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreserve {
    /// The act that reserved.
    pub by: Id,
    /// The declaration's reference.
    pub declaration: Id,
    /// Of what; all that the act reserved there is free.
    pub of: Vec<Holding>,
}

impl Move for Unreserve {
    fn rows(&self) -> Vec<RowKey> {
        self.of.iter().map(Holding::row).chain([RowKey::Reservation(self.declaration.clone())]).collect()
    }

    fn judge(&self, _: &Book, _: &mut Objections) -> Judged {
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        if book.reservation(&self.declaration).is_some_and(|standing| standing.by.as_ref() == Some(&self.by)) {
            let free = Row::Reservation(Reservation::default());
            book.put(RowKey::Reservation(self.declaration.clone()), free);
        }
        for of in &self.of {
            if let Some(stock) = book.row_mut(&of.row()).and_then(|row| row.stock_mut()) {
                stock.reserved.remove(&self.by);
            }
        }
        Ok(())
    }
}
