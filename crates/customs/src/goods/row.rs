//! Rows: what is kept of the accounts, one row an account, and the book of those that are at hand.
//!
//! Must not know of: storage. The application keeps each row under its kind and key, with its owner, as JSON, and writes it at the version that it read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::allowance::{Allowance, AllowanceRef};
use super::arrival::Arrival;
use super::item::{DeclaredItem, ItemRef};
use super::lot::{Lot, Stock};
use super::movement::Holding;
use super::name::Id;
use super::offer::Offer;
use super::problem::GoodsFault;
use super::receipt::Receipt;
use super::reservation::Reservation;

/// Which row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    /// A lot.
    Lot(Id),
    /// A warehouse receipt.
    Receipt(Id),
    /// An item of a declaration.
    Item(ItemRef),
    /// An allowance.
    Allowance(AllowanceRef),
    /// A declaration's reference.
    Reservation(Id),
    /// The last offer of a receipt, by the receipt.
    Offer(Id),
    /// A transit that was discharged.
    Transit(Id),
}

/// A row: in JSON its account alone, `{"lot":{...}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Row {
    /// A lot.
    Lot(Lot),
    /// A warehouse receipt.
    Receipt(Receipt),
    /// An item of a declaration.
    Item(DeclaredItem),
    /// An allowance.
    Allowance(Allowance),
    /// A declaration's reference.
    Reservation(Reservation),
    /// The last offer of a receipt.
    Offer(Offer),
    /// The arrival of a transit.
    Transit(Arrival),
}

/// The rows at hand: all that there are, or those that a movement names. A row that is not here does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    rows: BTreeMap<RowKey, Row>,
}

impl RowKey {
    /// The kind that it is kept under.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Lot(_) => "goods/lot",
            Self::Receipt(_) => "goods/receipt",
            Self::Item(_) => "goods/item",
            Self::Allowance(_) => "goods/allowance",
            Self::Reservation(_) => "goods/reservation",
            Self::Offer(_) => "goods/offer",
            Self::Transit(_) => "goods/transit",
        }
    }

    /// The key within the kind. Different rows have different ones.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Lot(id) | Self::Receipt(id) | Self::Reservation(id) | Self::Offer(id) | Self::Transit(id) => {
                id.as_str().to_owned()
            }
            Self::Item(item) => format!("{}/{}", item.declaration.escaped(), item.item),
            Self::Allowance(of) => {
                format!("{}/{}/{}", of.holder.escaped(), of.name.escaped(), of.period.escaped())
            }
        }
    }

    /// The row that is kept under a kind and a key; nothing if no row is kept so.
    #[must_use]
    pub fn read(kind: &str, key: &str) -> Option<Self> {
        let parts: Vec<&str> = key.split('/').collect();
        let read = match (kind, parts.as_slice()) {
            ("goods/lot", _) => Self::Lot(Id::new(key).ok()?),
            ("goods/receipt", _) => Self::Receipt(Id::new(key).ok()?),
            ("goods/reservation", _) => Self::Reservation(Id::new(key).ok()?),
            ("goods/offer", _) => Self::Offer(Id::new(key).ok()?),
            ("goods/transit", _) => Self::Transit(Id::new(key).ok()?),
            ("goods/item", [declaration, item]) => {
                Self::Item(ItemRef { declaration: Id::unescaped(declaration)?, item: item.parse().ok()? })
            }
            ("goods/allowance", [holder, name, period]) => Self::Allowance(AllowanceRef {
                holder: Id::unescaped(holder)?,
                name: Id::unescaped(name)?,
                period: Id::unescaped(period)?,
            }),
            _ => return None,
        };
        // There is one way to write a key.
        (read.key() == key).then_some(read)
    }

    /// The number of a warehouse receipt that is void: nothing is left of what it is for, and nothing ever comes into it again.
    #[must_use]
    pub fn void_receipt(&self, row: &Row) -> Option<&Id> {
        match self {
            Self::Receipt(number) => Some(number).filter(|_| !row.is_left()),
            _ => None,
        }
    }

    /// Whose it is, for finding it: the owner of goods, the holder of a receipt, of an allowance or of a transit, whom a receipt is offered to.
    #[must_use]
    pub fn owner<'a>(&'a self, row: &'a Row) -> Option<&'a Id> {
        match (self, row) {
            (Self::Allowance(of), _) => Some(&of.holder),
            (_, Row::Offer(offer)) => Some(&offer.to),
            (_, Row::Transit(transit)) => Some(&transit.holder),
            (_, row) => row.stock().map(|stock| &stock.owner),
        }
    }
}

impl Row {
    /// The goods in it, if it has any.
    #[must_use]
    pub fn stock(&self) -> Option<&Stock> {
        match self {
            Self::Lot(lot) => Some(&lot.stock),
            Self::Receipt(receipt) => Some(&receipt.stock),
            Self::Item(_) | Self::Allowance(_) | Self::Reservation(_) | Self::Offer(_) | Self::Transit(_) => None,
        }
    }

    /// Whether there is anything in it that its owner could choose: goods, or an offer that can be taken.
    #[must_use]
    pub fn is_left(&self) -> bool {
        match self {
            Self::Offer(offer) => offer.open,
            _ => self.stock().is_some_and(|stock| !stock.balance().is_zero()),
        }
    }

    pub(super) fn stock_mut(&mut self) -> Option<&mut Stock> {
        match self {
            Self::Lot(lot) => Some(&mut lot.stock),
            Self::Receipt(receipt) => Some(&mut receipt.stock),
            Self::Item(_) | Self::Allowance(_) | Self::Reservation(_) | Self::Offer(_) | Self::Transit(_) => None,
        }
    }
}

impl Book {
    /// Every row, by its key.
    #[must_use]
    pub fn rows(&self) -> &BTreeMap<RowKey, Row> {
        &self.rows
    }

    /// A row.
    #[must_use]
    pub fn row(&self, key: &RowKey) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Puts a row, in the place of a former one.
    pub fn put(&mut self, key: RowKey, row: Row) {
        self.rows.insert(key, row);
    }

    /// The book of these rows alone.
    #[must_use]
    pub fn part<'k>(&self, keys: impl IntoIterator<Item = &'k RowKey>) -> Self {
        keys.into_iter().filter_map(|key| Some((key.clone(), self.rows.get(key)?.clone()))).collect()
    }

    /// A lot.
    #[must_use]
    pub fn lot(&self, id: &Id) -> Option<&Lot> {
        match self.rows.get(&RowKey::Lot(id.clone()))? {
            Row::Lot(lot) => Some(lot),
            _ => None,
        }
    }

    /// A receipt.
    #[must_use]
    pub fn receipt(&self, id: &Id) -> Option<&Receipt> {
        match self.rows.get(&RowKey::Receipt(id.clone()))? {
            Row::Receipt(receipt) => Some(receipt),
            _ => None,
        }
    }

    /// An item of a declaration.
    #[must_use]
    pub fn item(&self, of: &ItemRef) -> Option<&DeclaredItem> {
        match self.rows.get(&RowKey::Item(of.clone()))? {
            Row::Item(item) => Some(item),
            _ => None,
        }
    }

    /// An allowance.
    #[must_use]
    pub fn allowance(&self, of: &AllowanceRef) -> Option<&Allowance> {
        match self.rows.get(&RowKey::Allowance(of.clone()))? {
            Row::Allowance(allowance) => Some(allowance),
            _ => None,
        }
    }

    /// A declaration's reference.
    #[must_use]
    pub fn reservation(&self, of: &Id) -> Option<&Reservation> {
        match self.rows.get(&RowKey::Reservation(of.clone()))? {
            Row::Reservation(reservation) => Some(reservation),
            _ => None,
        }
    }

    /// The last offer of a receipt.
    #[must_use]
    pub fn offer(&self, receipt: &Id) -> Option<&Offer> {
        match self.rows.get(&RowKey::Offer(receipt.clone()))? {
            Row::Offer(offer) => Some(offer),
            _ => None,
        }
    }

    /// The book in which an act has reserved nothing: what it reserved is there for itself to take.
    #[must_use]
    pub fn without_reservations_of(&self, by: &Id) -> Self {
        let mut book = self.clone();
        for row in book.rows.values_mut() {
            if let Row::Reservation(reservation) = row {
                reservation.by.take_if(|own| own == by);
            }
            if let Row::Transit(arrival) = row {
                arrival.by.take_if(|own| own == by);
            }
            if let Some(stock) = row.stock_mut() {
                stock.reserved.remove(by);
            }
        }
        book
    }

    /// Whether an act has reserved anything.
    #[must_use]
    pub fn has_reservations_of(&self, by: &Id) -> bool {
        self.rows.values().any(|row| match row {
            Row::Reservation(reservation) => reservation.by.as_ref() == Some(by),
            Row::Transit(arrival) => arrival.by.as_ref() == Some(by),
            row => row.stock().is_some_and(|stock| stock.reserved.contains_key(by)),
        })
    }

    /// The arrival of a transit that was reserved, refused or discharged.
    #[must_use]
    pub fn arrival(&self, transit: &Id) -> Option<&Arrival> {
        match self.rows.get(&RowKey::Transit(transit.clone()))? {
            Row::Transit(arrival) => Some(arrival),
            _ => None,
        }
    }

    /// What keeps an act from presenting or settling a transit: it is over, kept for an act, or refused by another.
    pub(super) fn in_the_way_of_arrival(&self, transit: &Id, act: &Id) -> Option<GoodsFault> {
        let Arrival { reference, refused, by, .. } = self.arrival(transit)?.clone();
        let (transit, refused) = (transit.clone(), refused.filter(|refused| refused != act));
        match (reference, refused, by) {
            (Some(reference), ..) => Some(GoodsFault::DischargedAlready { transit, reference }),
            (None, Some(reference), _) => Some(GoodsFault::ArrivalRefused { transit, reference }),
            (None, None, Some(by)) => Some(GoodsFault::ArrivesAlready { transit, by }),
            (None, None, None) => None,
        }
    }

    /// The goods of a lot or receipt.
    #[must_use]
    pub fn stock(&self, holding: &Holding) -> Option<&Stock> {
        self.rows.get(&holding.row())?.stock()
    }

    pub(super) fn row_mut(&mut self, key: &RowKey) -> Option<&mut Row> {
        self.rows.get_mut(key)
    }
}

impl FromIterator<(RowKey, Row)> for Book {
    fn from_iter<T: IntoIterator<Item = (RowKey, Row)>>(rows: T) -> Self {
        Self { rows: rows.into_iter().collect() }
    }
}

impl IntoIterator for Book {
    type Item = (RowKey, Row);
    type IntoIter = std::collections::btree_map::IntoIter<RowKey, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}
