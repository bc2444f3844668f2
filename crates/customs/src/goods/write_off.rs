//! Papers that write each other off: a manifest by entries, a declaration by entries or releases, a release and what was booked out by the gate. What is left
//! over is a list.
//!
//! Must not know of: cases, or when something is late.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account::Posted;
use super::item::ItemRef;
use super::movement::{Departure, ManifestLine, Movement};
use super::name::Commodity;
use super::quantity::Quantity;

/// Something that is written off by what follows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// A line of a manifest, by the entries that name it.
    Manifest(ManifestLine),
    /// An item that is declared: for entry, by the entry; else by its release.
    Declared(ItemRef),
    /// An item that was released, by the gate.
    Released(ItemRef),
    /// An item that was booked out of the accounts, by the gate.
    Booked(ItemRef),
}

/// What is left over of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leftover {
    /// The paper.
    pub paper: Paper,
    /// What.
    pub what: Left,
}

/// How a paper and what follows it differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Left {
    /// So much was not written off: a shortage, or something that is still to come.
    Open(Quantity),
    /// So much more was written off than it is for: a surplus.
    Beyond(Quantity),
    /// So much was written off of a paper that nobody filed.
    Unknown(Quantity),
    /// It was written off in a measure that does not convert: it is for the first, and written off by the second.
    OtherUnit(Quantity, Quantity),
    /// Other goods came in by it: so much of its own goods is still to come, and so much of the others came.
    OtherGoods(Quantity, Quantity),
}

/// Papers and what writes them off, in any order.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    stand: BTreeMap<Paper, Vec<Quantity>>,
    written: BTreeMap<Paper, Vec<Quantity>>,
    /// What lines of manifests are for.
    goods: BTreeMap<ManifestLine, Commodity>,
    /// What came in by lines of manifests.
    entered: BTreeMap<ManifestLine, Vec<(Commodity, Quantity)>>,
}

impl Papers {
    /// A line of a manifest is for so much of these goods.
    pub fn manifest(&mut self, line: ManifestLine, commodity: Commodity, quantity: Quantity) {
        self.goods.insert(line.clone(), commodity);
        self.stands(Paper::Manifest(line), quantity);
    }

    /// So much of these goods came in by an entry that names a line of a manifest. Other goods than the line's do not write it off.
    pub fn enter(&mut self, line: ManifestLine, commodity: Commodity, quantity: Quantity) {
        self.entered.entry(line).or_default().push((commodity, quantity));
    }

    /// So much is declared by an item that nothing has been posted for, or not yet.
    pub fn declare(&mut self, item: ItemRef, quantity: Quantity) {
        // A declaration says it once, however often it is told of.
        self.stand.insert(Paper::Declared(item), vec![quantity]);
    }

    /// A movement was posted.
    pub fn post(&mut self, posted: &Posted) {
        match &posted.movement {
            Movement::Entry(entry) => {
                self.declare(entry.item.clone(), entry.declared);
                self.writes_off(Paper::Declared(entry.item.clone()), entry.quantity);
                if let Some(line) = &entry.manifest {
                    self.enter(line.clone(), entry.commodity.clone(), entry.gross.unwrap_or(entry.quantity));
                }
            }
            Movement::Amend(amend) => {
                let paper = Paper::Declared(amend.item.clone());
                match &amend.becomes {
                    Some(becomes) => {
                        self.stand.insert(paper.clone(), vec![becomes.quantity]);
                        self.written.insert(paper, vec![becomes.quantity]);
                    }
                    None => {
                        self.stand.remove(&paper);
                        self.written.remove(&paper);
                    }
                }
            }
            Movement::Manifest(manifest) => {
                self.manifest(manifest.line.clone(), manifest.commodity.clone(), manifest.gross)
            }
            Movement::Exit(exit) => self.depart(&exit.0),
            Movement::Reexport(reexport) => self.depart(&reexport.0),
            Movement::Transit(transit) => self.depart(&transit.0),
            _ => {}
        }
    }

    /// So much of an item was released to leave.
    pub fn release(&mut self, item: ItemRef, quantity: Quantity) {
        self.writes_off(Paper::Declared(item.clone()), quantity);
        self.stands(Paper::Released(item), quantity);
    }

    /// So much of an item went out of the gate.
    pub fn gate_out(&mut self, item: ItemRef, quantity: Quantity) {
        self.writes_off(Paper::Released(item.clone()), quantity);
        self.writes_off(Paper::Booked(item), quantity);
    }

    /// What is left over, in the order of the papers.
    #[must_use]
    pub fn leftovers(&self) -> Vec<Leftover> {
        let (written, other) = self.by_goods();
        let open = self.stand.iter().flat_map(|(paper, stands)| {
            let written = written.get(paper).map(Vec::as_slice).unwrap_or_default();
            let left = differences(stands, written);
            let left = match other.get(paper) {
                Some(other) => beside_others(stands, &left, other),
                None => left,
            };
            left.into_iter().map(|what| Leftover { paper: paper.clone(), what })
        });
        let unknown =
            written.iter().filter(|(paper, _)| !self.stand.contains_key(*paper)).flat_map(|(paper, written)| {
                sums(written)
                    .into_iter()
                    .map(|quantity| Leftover { paper: paper.clone(), what: Left::Unknown(quantity) })
            });
        let mut left: Vec<Leftover> = open.chain(unknown).collect();
        left.sort_by(|one, other| one.paper.cmp(&other.paper));
        left
    }

    /// What writes papers off, and what names lines of manifests and is of other goods.
    fn by_goods(&self) -> (BTreeMap<Paper, Vec<Quantity>>, BTreeMap<Paper, Vec<Quantity>>) {
        let (mut written, mut other) = (self.written.clone(), BTreeMap::<Paper, Vec<Quantity>>::new());
        for (line, entered) in &self.entered {
            let goods = self.goods.get(line);
            for (commodity, quantity) in entered {
                let is_other = goods.is_some_and(|goods| !goods.is_as(commodity));
                let to = if is_other { &mut other } else { &mut written };
                to.entry(Paper::Manifest(line.clone())).or_default().push(*quantity);
            }
        }
        (written, other)
    }

    fn depart(&mut self, departure: &Departure) {
        self.declare(departure.item.clone(), departure.declared);
        for take in &departure.takes {
            self.stands(Paper::Booked(departure.item.clone()), take.quantity);
        }
    }

    fn stands(&mut self, paper: Paper, quantity: Quantity) {
        self.stand.entry(paper).or_default().push(quantity);
    }

    fn writes_off(&mut self, paper: Paper, quantity: Quantity) {
        self.written.entry(paper).or_default().push(quantity);
    }
}

/// How what stands and what is written off differ, kind by kind.
fn differences(stands: &[Quantity], written: &[Quantity]) -> Vec<Left> {
    let (stands, written) = (sums(stands), sums(written));
    if let ([stand], [off]) = (stands.as_slice(), written.as_slice())
        && stand.kind() != off.kind()
    {
        return vec![Left::OtherUnit(*stand, *off)];
    }
    let of_kind = |all: &[Quantity], one: &Quantity| {
        all.iter().find(|other| other.kind() == one.kind()).copied().unwrap_or(Quantity::zero(one.kind()))
    };
    let open = stands.iter().filter_map(|stand| stand.minus(of_kind(&written, stand))).map(Left::Open);
    let beyond = written.iter().filter_map(|off| off.minus(of_kind(&stands, off))).map(Left::Beyond);
    open.chain(beyond).filter(|left| !matches!(left, Left::Open(rest) | Left::Beyond(rest) if rest.is_zero())).collect()
}

/// What is left of a line by which other goods came in.
fn beside_others(stands: &[Quantity], left: &[Left], other: &[Quantity]) -> Vec<Left> {
    let open = left.iter().find_map(|left| match left {
        Left::Open(rest) => Some(*rest),
        _ => None,
    });
    let none = || stands.first().map(|stand| Quantity::zero(stand.kind()));
    let Some(open) = open.or_else(none) else { return left.to_vec() };
    sums(other).into_iter().map(|came| Left::OtherGoods(open, came)).collect()
}

/// The sum of each kind. One that is too large to be a quantity stays at the largest.
fn sums(quantities: &[Quantity]) -> Vec<Quantity> {
    let mut sums: Vec<Quantity> = Vec::new();
    for quantity in quantities {
        match sums.iter_mut().find(|sum| sum.kind() == quantity.kind()) {
            Some(sum) => *sum = sum.plus(*quantity).unwrap_or(Quantity::most(quantity.kind())),
            None => sums.push(*quantity),
        }
    }
    sums
}
