//! What customs works out for a zone's services: functions that a definition names (`functions.yaml`), over declared data and the zone's tables.
//!
//! Must not know of: cases, where tables and documents are kept. The same table, day and data give the same answer, byte by byte.

mod allowances;
mod assess;
mod assess_amendment;
mod assess_departure;
mod assess_departure_measured;
mod assess_entry;
mod assess_passenger;
mod assessed;
mod codes;
mod exclusions;
mod fault;
mod found;
mod goods;
mod measure;
mod offer;
mod paper;
mod presentation;
mod risk;
mod told;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use definition::value::{Date, Value};

use crate::form::Terms;
use crate::goods::{Book, Id, Row, RowKey};
use crate::tariff::Tariff;
use assess_departure::AssessDeparture;
use assess_departure_measured::AssessDepartureMeasured;

pub use assessed::taxes;
pub use fault::Fault;
pub use found::{Found, found, register_of};
pub use goods::{Moved, enters, files_manifest, lets_go, named_lines, of_row, read_manifest, settles, writes_off};
pub use measure::read_lines;
pub use paper::Paper;
pub use risk::read_rules;

/// A function whose tables were read.
pub struct Loaded {
    function: Kind,
}

/// The two kinds of functions.
enum Kind {
    /// It works a fact out.
    Computes(Box<dyn Function>),
    /// It moves goods in the zone's accounts.
    Books(Box<dyn goods::Books>),
}

/// The rows of the goods accounts that are at hand, and those of which it is known that they do not exist.
#[derive(Clone, Debug, Default)]
pub struct AtHand {
    book: Book,
    absent: BTreeSet<RowKey>,
}

/// What came of asking a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<T> {
    /// It says this.
    Says(T),
    /// These rows of the goods accounts have to be at hand first.
    Wants(BTreeSet<RowKey>),
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded").finish_non_exhaustive()
    }
}

/// What a function is given.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// A document.
    Paper(&'a Paper),
    /// Anything else.
    Value(&'a Value),
}

/// What a function made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The whole of it, written down.
    pub value: Written,
    /// What it says besides, by name.
    pub values: BTreeMap<&'static str, Value>,
}

/// A document that a function wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes, and what they say.
    pub paper: Arc<Paper>,
    /// Its media type (RFC 6838).
    pub media_type: &'static str,
    /// What a person who saves it gets it under.
    pub name: &'static str,
}

/// What a function says of the declaration that it takes, for whoever fills one in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declares {
    /// Which of the data that it is given the declaration is, from 0.
    pub declaration: usize,
    /// Which of them is the key of whose goods they are, in the register that knows their name.
    pub owner: Option<usize>,
    /// What is known of it before anybody fills it in.
    pub terms: Terms,
}

/// A function that can be asked.
trait Function: Send + Sync {
    /// How many data it is given.
    fn takes(&self) -> usize;
    /// The names of what it says besides.
    fn gives(&self) -> &'static [&'static str];
    /// What is known of the declaration that it takes, if it takes one.
    fn declares(&self) -> Option<Declares> {
        None
    }
    /// What its tariff has, if it rests on one.
    fn tariff(&self) -> Option<&Tariff> {
        None
    }
    /// Every code that it may say under this name; none where it says no codes.
    fn codes(&self, name: &str) -> Vec<String> {
        let _ = name;
        Vec::new()
    }
    /// What it says.
    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>>;
}

impl AtHand {
    /// Adds a row as it stands, or that there is none.
    pub fn add(&mut self, key: RowKey, row: Option<Row>) {
        match row {
            Some(row) => self.book.put(key, row),
            None => drop(self.absent.insert(key)),
        }
    }

    /// The rows as a case sees them that may take what it has reserved.
    fn for_case(&self, case: &str) -> Cow<'_, Self> {
        match Id::new(case).ok().filter(|by| self.book.has_reservations_of(by)) {
            None => Cow::Borrowed(self),
            Some(by) => Cow::Owned(Self { book: self.book.without_reservations_of(&by), absent: self.absent.clone() }),
        }
    }

    /// Those of these rows that are not at hand.
    fn missing(&self, rows: impl IntoIterator<Item = RowKey>) -> BTreeSet<RowKey> {
        rows.into_iter().filter(|row| self.book.row(row).is_none() && !self.absent.contains(row)).collect()
    }
}

impl Loaded {
    /// The function of this name and version, with what it is told once and the text of its tables by path.
    ///
    /// # Errors
    /// When there is no such function here, or something is wrong with what it rests on; says what, and where.
    pub fn load(
        name: &str,
        version: u32,
        with: &BTreeMap<String, String>,
        tables: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let function = match (name, version) {
            ("customs.assess", 1) => Kind::Computes(Box::new(assess::Assess::load(with, tables)?)),
            ("customs.assess-entry", 1) => Kind::Computes(Box::new(assess_entry::AssessEntry::load(with, tables)?)),
            ("customs.assess-exit" | "customs.assess-reexport" | "customs.assess-transit", 1) => {
                Kind::Computes(Box::new(AssessDeparture::load(name, with, tables)?))
            }
            ("customs.assess-amendment", 1) => {
                Kind::Computes(Box::new(assess_amendment::AssessAmendment::load(with, tables)?))
            }
            ("customs.assess-passenger" | "customs.assess-household", 1) => {
                Kind::Computes(Box::new(assess_passenger::AssessPassenger::load(with, tables)?))
            }
            (
                "customs.assess-exit-measured" | "customs.assess-reexport-measured" | "customs.assess-transit-measured",
                1,
            ) => {
                let name = name.trim_end_matches("-measured");
                Kind::Computes(Box::new(AssessDepartureMeasured::load(name, with, tables)?))
            }
            ("customs.offer", 1) => Kind::Computes(Box::new(offer::Offer)),
            ("customs.leftover", 1) => Kind::Computes(Box::new(goods::Named)),
            ("customs.offered", 1) => Kind::Computes(Box::new(offer::Offered)),
            ("customs.presentation", 1) => Kind::Computes(Box::new(presentation::Presentation)),
            ("customs.measure", 1) => Kind::Computes(Box::new(measure::Measure::load(tables)?)),
            ("customs.risk", 1) => Kind::Computes(Box::new(risk::Risk::load(tables)?)),
            (name, 1) => goods::load(name, tables)?.map(Kind::Books).ok_or_else(|| unknown(version))?,
            _ => return Err(unknown(version)),
        };
        Ok(Self { function })
    }

    /// How many data it is given.
    #[must_use]
    pub fn takes(&self) -> usize {
        match &self.function {
            Kind::Computes(function) => function.takes(),
            Kind::Books(function) => function.takes(),
        }
    }

    /// Whether it moves goods, and works no fact out.
    #[must_use]
    pub const fn is_booking(&self) -> bool {
        matches!(self.function, Kind::Books(_))
    }

    /// What is known of the declaration that it takes, if it takes one.
    #[must_use]
    pub fn declares(&self) -> Option<Declares> {
        match &self.function {
            Kind::Computes(function) => function.declares(),
            Kind::Books(_) => None,
        }
    }

    /// The tariff that it rests on, if it rests on one.
    #[must_use]
    pub fn tariff(&self) -> Option<&Tariff> {
        match &self.function {
            Kind::Computes(function) => function.tariff(),
            Kind::Books(_) => None,
        }
    }

    /// The names of what it says besides the whole.
    #[must_use]
    pub fn gives(&self) -> &'static [&'static str] {
        match &self.function {
            Kind::Computes(function) => function.gives(),
            Kind::Books(_) => &[],
        }
    }

    /// Every code that it may say under one of these names; none where it says no codes.
    #[must_use]
    pub fn codes(&self, name: &str) -> Vec<String> {
        match &self.function {
            Kind::Computes(function) => function.codes(name),
            Kind::Books(_) => Vec::new(),
        }
    }

    /// What it says of what it is given, on a day of the zone, for a case of this reference; empty before there is one. What the case itself has reserved is not
    /// in its way.
    ///
    /// # Errors
    /// Everything that is wrong with what it is given.
    pub fn compute(
        &self,
        given: &[Given<'_>],
        case: &str,
        day: Date,
        rows: &AtHand,
    ) -> Result<Asked<Made>, Vec<Fault>> {
        match &self.function {
            Kind::Computes(function) => {
                let asked = function.compute(given, day, &rows.for_case(case));
                asked.map_err(|faults| told::told(faults, given))
            }
            Kind::Books(_) => Err(Vec::new()),
        }
    }

    /// The rows of the goods accounts that it will want of a case of this reference, as far as what is given so far says it: whoever brings them before asks once.
    #[must_use]
    pub fn foresees(&self, given: &[Option<Given<'_>>], case: &str) -> BTreeSet<RowKey> {
        match &self.function {
            // What is wrong with what is given is told when it is asked.
            Kind::Books(function) => function.foresees(given, case).unwrap_or_default().into_iter().collect(),
            Kind::Computes(_) => BTreeSet::new(),
        }
    }

    /// What it moves in the goods accounts, for a case of this reference.
    ///
    /// # Errors
    /// Everything that is wrong with what it is given, or that the accounts have against it; nothing where it is a function that books nothing.
    pub fn book(&self, given: &[Given<'_>], case: &str, rows: &AtHand) -> Result<Asked<Moved>, Vec<Fault>> {
        match &self.function {
            Kind::Books(function) => {
                goods::book(&**function, given, case, rows).map_err(|faults| told::told(faults, given))
            }
            Kind::Computes(_) => Err(Vec::new()),
        }
    }
}

fn unknown(version: u32) -> String {
    let computing = [
        "assess",
        "assess-entry",
        "assess-exit",
        "assess-reexport",
        "assess-transit",
        "assess-passenger",
        "assess-household",
        "assess-amendment",
        "assess-exit-measured",
        "assess-reexport-measured",
        "assess-transit-measured",
        "offer",
        "offered",
        "measure",
        "presentation",
        "risk",
    ];
    let there = computing.into_iter().map(|name| format!("customs.{name}"));
    let there = there.chain(goods::NAMES.iter().map(|name| (*name).to_owned()));
    format!("there is no version {version} of it here; there is version 1 of {}", there.collect::<Vec<_>>().join(", "))
}

/// The table whose file has this name, or this one behind a `-`, as `sample-tariff.csv`; none where the zone names none.
fn table<T>(
    tables: &BTreeMap<String, String>,
    name: &str,
    read: impl Fn(&str) -> Result<T, Vec<crate::RowProblem>>,
) -> Result<Option<T>, String> {
    let Some((path, text)) = file(tables, name) else { return Ok(None) };
    read(text).map(Some).map_err(|problems| {
        let told = problems.iter().take(5).map(|problem| format!("{path}:{}: {}", problem.line, problem.fault));
        told.collect::<Vec<_>>().join("; ")
    })
}

/// The file of this name, or this one behind a `-`, with its text; none where the zone names none.
fn file<'t>(tables: &'t BTreeMap<String, String>, name: &str) -> Option<(&'t str, &'t str)> {
    let is_it = |path: &str| path.strip_suffix(name).is_some_and(|before| before.ends_with(['/', '-']));
    tables.iter().map(|(path, text)| (path.as_str(), text.as_str())).find(|(path, _)| is_it(path))
}
