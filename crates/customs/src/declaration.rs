//! What a declarant declares: parties, the shipment, each item of goods. Every datum keeps its place in what was sent.
//!
//! Must not know of: tariffs, taxes, what becomes of a declaration.

mod purpose;
mod take;

use definition::span::Spanned;
use definition::value::{Date, Decimal};

pub use purpose::Purpose;
pub(crate) use take::{amendment, declaration, item};

/// A text in its place.
pub type Text = Spanned<String>;

/// A declaration (WCO Data Model, class 42A).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What is to be done with it (017), as it was read: `9` for an original, `13` for a request that concerns an earlier one.
    pub function: Text,
    /// What is declared (D013): `IM`, `EX` or `CO` and a letter for an original, or `929`, `830` of UN/EDIFACT 1001; `COR`, `INV` or `GPR` for a request.
    pub kind: Option<Text>,
    /// The declarant's own reference (D026).
    pub reference: Option<Text>,
    /// Customs' reference of the declaration that a request concerns (D014).
    pub id: Option<Text>,
    /// The day on which it was accepted, where that is said (023).
    pub accepted: Option<Spanned<Date>>,
    /// How many items are declared (228).
    pub items_declared: Option<Spanned<Decimal>>,
    /// How many packages are declared (146).
    pub packages_declared: Option<Spanned<Decimal>>,
    /// The total of the invoices (109).
    pub invoice: Option<Amount>,
    /// Who declares (57B).
    pub declarant: Option<Party>,
    /// Who represents the declarant (05A).
    pub agent: Option<Party>,
    /// Who sends the goods out (57A).
    pub exporter: Option<Party>,
    /// Authorisations (17C).
    pub authorisations: Vec<Authorisation>,
    /// Documents of the declaration as a whole (02A).
    pub documents: Vec<Document>,
    /// Statements of the declaration as a whole (03A).
    pub statements: Vec<Statement>,
    /// Rates of exchange that the declarant agreed on (40A).
    pub rates: Vec<Rate>,
    /// What a request changes (06A).
    pub amendments: Vec<Amendment>,
    /// The goods (67A).
    pub shipment: Shipment,
}

/// What goes together (class 67A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shipment {
    /// Who brings the goods in (74A).
    pub importer: Option<Party>,
    /// Where they come from (062).
    pub export_country: Option<Text>,
    /// Where they go (465).
    pub destination: Option<Text>,
    /// The terms of delivery, Incoterms (090).
    pub terms: Option<Text>,
    /// The place that the terms name (L002).
    pub terms_place: Option<Text>,
    /// The charge for freight (117).
    pub freight: Option<Amount>,
    /// Additions and deductions for all items (58B).
    pub charges: Vec<Charge>,
    /// The warehouse (43B).
    pub warehouse: Option<Warehouse>,
    /// Earlier documents (99A).
    pub previous: Vec<Document>,
    /// The items (68A).
    pub items: Vec<Item>,
}

/// An item of goods (class 68A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its number in the declaration (006).
    pub number: Option<Spanned<Decimal>>,
    /// What it is, in words (137).
    pub description: Option<Text>,
    /// Its codes (21A).
    pub codes: Vec<Classification>,
    /// What it costs by the invoice (112).
    pub charge: Option<Amount>,
    /// Its customs value, where the declarant states it (108).
    pub customs_value: Option<Amount>,
    /// Its statistical value (114).
    pub statistical_value: Option<Amount>,
    /// How it is valued, a WCO code (122).
    pub valuation: Option<Text>,
    /// Additions and deductions for this item (58B).
    pub charges: Vec<Charge>,
    /// Mass with its packaging (126).
    pub gross: Option<Measure>,
    /// Mass without any packaging (128).
    pub net: Option<Measure>,
    /// The quantity in the tariff's supplementary unit (130).
    pub supplementary: Option<Measure>,
    /// The procedures: requested and previous first, then the additional ones (70A).
    pub procedures: Vec<Procedure>,
    /// Countries of origin (92A).
    pub origins: Vec<Origin>,
    /// Where it comes from, if not as the shipment does (062).
    pub export_country: Option<Text>,
    /// What the declarant says of duties and taxes (50A).
    pub duties: Vec<DeclaredDuty>,
    /// Documents (02A).
    pub documents: Vec<Document>,
    /// Statements (03A).
    pub statements: Vec<Statement>,
    /// Packages (93A).
    pub packages: Vec<Package>,
    /// Earlier documents (99A).
    pub previous: Vec<Document>,
}

/// Money (`n..16,3`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much, in major units.
    pub value: Spanned<Decimal>,
    /// The currency, ISO 4217.
    pub currency: Option<String>,
}

/// A measured or counted quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How much.
    pub value: Spanned<Decimal>,
    /// Of what, where it says so: a code of UN/ECE Recommendation 20, with the tariff's qualifier after `#`.
    pub unit: Option<String>,
}

/// A person or firm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Their identifier.
    pub id: Option<Text>,
    /// Their name.
    pub name: Option<Text>,
    /// Their country (242).
    pub country: Option<Text>,
    /// For whom a representative acts (102).
    pub function: Option<Text>,
}

/// A document that goes with goods, or came before them (classes 02A, 99A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Category (D031).
    pub category: Option<Text>,
    /// Kind (D006, D019).
    pub kind: Option<Text>,
    /// Its number (D005, D018).
    pub id: Option<Text>,
    /// Why it is not there, or what became of it (360).
    pub exemption: Option<Text>,
    /// The line of it (171).
    pub line: Option<Spanned<Decimal>>,
}

/// A statement in a code, in words or both (class 03A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its code (226).
    pub code: Option<Text>,
    /// Its words (225).
    pub text: Option<Text>,
    /// Until when it is to be met (264).
    pub limit: Option<Spanned<Date>>,
    /// Its kind (369).
    pub kind: Option<Text>,
}

/// An addition to the customs value, or a deduction from it (class 58B).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What for (371).
    pub kind: Option<Text>,
    /// How much (181).
    pub amount: Option<Amount>,
}

/// What a declarant says of a duty or tax (class 50A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclaredDuty {
    /// Which (113).
    pub kind: Option<Text>,
    /// The regime: the preference that is claimed (164).
    pub preference: Option<Text>,
    /// The quota that is drawn on (401).
    pub quota: Option<Text>,
    /// The quantity that it is computed on (129).
    pub base: Option<Measure>,
    /// How it is paid (107).
    pub payment: Option<Text>,
}

/// One change of a request (class 06A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Why (099).
    pub reason: Option<Text>,
    /// The way to what changes, from the message inwards (97A).
    pub pointer: Vec<Pointer>,
}

/// An authorisation (class 17C).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorisation {
    /// To do what (R145).
    pub category: Option<Text>,
    /// Who holds it (R144).
    pub holder: Option<Text>,
}

/// A rate of exchange (class 40A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// The currency, ISO 4217 (135).
    pub currency: Option<Text>,
    /// The rate (118).
    pub rate: Option<Spanned<Decimal>>,
}

/// A warehouse (class 43B).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warehouse {
    /// Its kind (L112).
    pub kind: Option<Text>,
    /// Its identifier (L019).
    pub id: Option<Text>,
}

/// A code of a commodity (class 21A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// Whose code it is (337): `TSP` of the Combined Nomenclature, `TRC` of TARIC, `TRA` and `GN` additional ones of TARIC and of the country.
    pub list: Option<Text>,
    /// The code (145).
    pub code: Option<Text>,
}

/// A procedure (class 70A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Procedure {
    /// The one that is asked for, two digits, or an additional one, three characters (166).
    pub current: Option<Text>,
    /// The one before it (161).
    pub previous: Option<Text>,
}

/// A country of origin (class 92A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `1` of the goods, `2` by preference (501).
    pub kind: Option<Text>,
    /// The country, ISO 3166-1 alpha-2, or a group of countries (063).
    pub country: Option<Text>,
}

/// Packages of one kind (class 93A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Their kind, UN/ECE Recommendation 21 (141).
    pub kind: Option<Text>,
    /// How many (144).
    pub count: Option<Spanned<Decimal>>,
}

/// A step of the way to a datum (class 97A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    /// The class (375).
    pub section: Option<Text>,
    /// Which of its kind, from 1 (006).
    pub number: Option<Spanned<Decimal>>,
    /// The datum (381).
    pub tag: Option<Text>,
}
