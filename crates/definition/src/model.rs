//! What a zone's files mean, once names are resolved: plain data that the engine runs and the pages show.
//!
//! Must not know of: text, spans and problems (`syntax`, `check`), cases, files, the clock.
//! Everything here is ordered (`BTreeMap`, `Vec` in the author's order) so that its serial form, and with it the content hash, is stable.

mod path;
mod source;
mod stage;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::table::Table;
use crate::value::{Type, Value};

pub use path::{FactPath, last};
pub use stage::{
    Appeal, Booking, Branch, Desk, End, LOT_ROUTES_MAX, LOT_ROUTES_MIN, Opinion, Order, Outcome, Overdue, Period,
    Reserve, Share, Stage, StageKind, Unit, Until, WEIGHT_MAX, Wait,
};

/// A name of the language: lower-case ASCII, digits and `-`.
pub type Name = String;

/// A language tag such as `fa`.
pub type Language = String;

/// One text in every language of the zone.
pub type Words = BTreeMap<Language, String>;

/// A zone: what its services share.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Zone {
    /// The zone's name.
    pub name: Name,
    /// Languages, the zone's own first.
    pub languages: Vec<Language>,
    /// IANA name of the time zone in which days begin and end.
    pub timezone: String,
    /// ISO 4217 code of the money that fees are in.
    pub currency: String,
    /// URI that certificates name as their issuer.
    pub issuer: String,
    /// Working days.
    pub calendar: Calendar,
    /// Who is competent for services.
    pub authorities: Vec<Name>,
    /// Where services are listed.
    pub portals: Vec<Name>,
    /// Roles that officers hold.
    pub roles: BTreeMap<Name, Role>,
    /// Grounds of law by id.
    pub grounds: BTreeMap<Name, Ground>,
    /// What facts can be about, by id.
    pub concepts: BTreeMap<String, Concept>,
    /// Closed code lists by name; the values of an attribute that names no list are the list `LIST.ATTRIBUTE`, without words.
    pub lists: BTreeMap<Name, CodeList>,
    /// Registers by name.
    pub registers: BTreeMap<Name, Register>,
    /// Functions by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub functions: BTreeMap<String, Function>,
    /// By how many per cent of the gross mass that was released a load may differ on a gate's scale (0 to 100).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate_tolerance_percent: Option<u32>,
    /// Fluent source per language, zone-wide.
    pub words: BTreeMap<Language, String>,
}

/// A role that officers of one authority hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Role {
    /// The authority whose officers hold it.
    pub authority: Name,
    /// How many people hold it, at least.
    pub people: u32,
}

/// An article of law that a refusal, ask or fee rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ground {
    /// The law, by its title in the zone's first language.
    pub act: String,
    /// The law's title in each further language.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// The article in it; empty only while `draft`.
    pub article: String,
    /// First day in force.
    pub from: Option<jiff::civil::Date>,
    /// Last day in force.
    pub to: Option<jiff::civil::Date>,
    /// Whether someone competent confirmed the text.
    pub status: GroundStatus,
    /// The text in each language.
    pub text: Words,
}

impl Ground {
    /// Whether it is in force on that day.
    pub fn is_in_force(&self, day: jiff::civil::Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The law's title in a language; in the zone's first where that language has none.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(&self.act)
    }
}

/// Whether a ground's text was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroundStatus {
    /// Someone competent confirmed it.
    Confirmed,
    /// Nobody did yet; it shows as such everywhere.
    Draft,
}

/// What a fact can be about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Concept {
    /// The type of its values.
    #[serde(rename = "type")]
    pub type_: Type,
    /// Whether it is personal data (never in the log).
    pub personal: bool,
    /// The one register that owns it.
    pub register: Option<Name>,
    /// How long a case that has ended may keep what it knows of it, if it is personal; for ever when absent. Never in working days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Period>,
    /// Whether it is withheld from whom a case is about: who sees what is thought of them can try until it is something better.
    #[serde(default, skip_serializing_if = "is_shown")]
    pub withheld: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_shown(withheld: &bool) -> bool {
    !*withheld
}

/// A closed list of codes with attributes and words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CodeList {
    /// Codes in the author's order.
    pub codes: Vec<String>,
    /// Attribute name to the list that its values are from.
    pub attributes: BTreeMap<Name, Name>,
    /// Code to attribute values.
    pub values: BTreeMap<String, BTreeMap<Name, String>>,
    /// Code to words.
    pub words: BTreeMap<String, Words>,
}

/// The authoritative holder of concepts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Register {
    /// Who keeps it.
    pub authority: Name,
    /// The concept that names a record.
    pub key: String,
    /// How a new record's key is made; `{reference}` stands for the case's reference.
    pub number: Option<String>,
    /// The concept whose value says whose the record is.
    pub held_by: Option<String>,
    /// The concepts it holds.
    pub holds: Vec<String>,
    /// What a new record says of a concept of which the case that enters it knows nothing.
    #[serde(default)]
    pub begins: BTreeMap<String, Value>,
}

/// A pure function by which facts are worked out from facts. Whoever runs the zone has an implementation of this name and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Which function of this name: what works out something else has another version.
    pub version: u32,
    /// The concepts that it is given, in order.
    pub takes: Vec<String>,
    /// The concept of what it gives as a whole; none of one that books.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// The concepts of which it says something besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<String>,
    /// Of one that moves something in accounts: what is kept there, to the register in which its holders find it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub books: BTreeMap<Name, Name>,
    /// What it is told once for all that it works out, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<Name, String>,
    /// Tables of the zone that it rests on: path to the SHA-256 of their text (FIPS 180-4), 64 lowercase hexadecimal digits.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

/// A public service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its name.
    pub name: Name,
    /// Who is competent.
    pub authority: Name,
    /// Where it is listed.
    pub portal: Name,
    /// Who may apply.
    #[serde(rename = "for")]
    pub applicant: Applicant,
    /// The promise.
    pub within: Period,
    /// The applicant's own turn after an ask.
    pub answer: Option<Answer>,
    /// What is kept for a case in accounts for as long as it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<Reserve>,
    /// Facts in the author's order.
    pub facts: Vec<Fact>,
    /// Stages in the author's order; a case begins in the first.
    pub stages: Vec<Stage>,
    /// Decision tables by name.
    pub tables: BTreeMap<Name, DecisionTable>,
    /// Fluent source per language.
    pub words: BTreeMap<Language, String>,
}

impl Service {
    /// The stage of that name.
    pub fn stage(&self, name: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    /// The routes of the stage of that name, if chance decides there.
    pub fn lot(&self, stage: &str) -> Option<&[Share]> {
        match &self.stage(stage)?.kind {
            StageKind::Lot { routes, .. } => Some(routes),
            _ => None,
        }
    }

    /// Everything that its cases move in accounts, and keep there.
    pub fn bookings(&self) -> impl Iterator<Item = &Booking> {
        let ends = self.stages.iter().filter_map(|stage| match &stage.kind {
            StageKind::End(end) => end.book.as_ref(),
            _ => None,
        });
        self.reserve.iter().flat_map(|reserve| [&reserve.book, &reserve.free]).chain(ends)
    }

    /// The fact of that name.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.name == name)
    }
}

/// Who may apply for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicant {
    /// A natural person.
    Person,
    /// A company, through a person who holds it.
    Company,
    /// A household, through the person who answers for it.
    Household,
}

/// How long the applicant has to answer an ask, and what follows when they do not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// How long.
    pub within: Period,
    /// The stage that follows silence.
    pub overdue: Name,
}

/// A datum of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fact {
    /// Its name in the service.
    pub name: Name,
    /// What it is about.
    pub concept: String,
    /// Its type (the concept's).
    #[serde(rename = "type")]
    pub type_: Type,
    /// Where it comes from.
    pub source: Source,
    /// Whether its value stands in the public log.
    pub public: bool,
}

/// The one source of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The applicant is asked.
    Ask {
        /// Whether an answer is needed to submit.
        required: bool,
    },
    /// A register holds it: the fact is the key of a record.
    Register {
        /// The register.
        register: Name,
        /// Records held by the value of this fact; by the applicant when empty.
        held_by: Option<Name>,
    },
    /// An officer records it in this stage.
    Record {
        /// The inspection stage.
        stage: Name,
        /// With which of the desk's routes a value is needed; with every one when absent, and wherever it may be left empty what was recorded before stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needed: Option<BTreeSet<Name>>,
    },
    /// A function works it out.
    Function {
        /// The function.
        function: String,
        /// What it is given, in order: facts that stand before this one, and what registers and functions say of them.
        #[serde(with = "path::given")]
        of: Vec<FactPath>,
        /// The concepts of which it says something besides.
        gives: Vec<String>,
    },
}

/// A decision table of a service and how it is wired.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DecisionTable {
    /// Fact paths of the input columns, in order.
    pub inputs: Vec<FactPath>,
    /// Output columns in order, without `ground` and `note`.
    pub outputs: Vec<Output>,
    /// The compiled rules. Its output columns are `outputs`, then the ground column if there is one.
    pub table: Table,
    /// Per rule (row order), the ground cited, if any.
    pub grounds: Vec<Option<Name>>,
}

/// One output column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Output {
    /// Its name.
    pub name: Name,
    /// Its type; of a column without one it is `code(TABLE.OUTPUT)`, a closed list that has the values that stand in the column.
    #[serde(rename = "type")]
    pub type_: Type,
}
