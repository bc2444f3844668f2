//! Made-up people and what registers say of them, and facts as they give them.
//!
//! Must not know of: what they do.

use std::collections::BTreeMap;

use app::Account;
use app::definition::value::{Decimal, DocumentRef, Money, Value};
use app::engine::event::Entering;

pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

pub fn money(amount: i64) -> Value {
    Value::Money(Money::from_amount(Decimal::from(amount), "IRR").unwrap())
}

pub fn person(number: usize) -> String {
    format!("P-T{number:03}")
}

pub fn document() -> Value {
    let (media_type, name) = ("application/pdf".to_owned(), "sample.pdf".to_owned());
    Value::Document(DocumentRef { sha256: [7; 32], size: 1000, media_type, name })
}

/// A person with a company, premises and a parcel.
pub fn records(number: usize) -> Vec<Entering> {
    let entering = |register: &str, key: String, held_by: Option<String>, values: Vec<(&str, Value)>| Entering {
        register: register.to_owned(),
        key,
        held_by,
        values: values.into_iter().map(|(concept, value)| (concept.to_owned(), value)).collect(),
    };
    let (person, company) = (person(number), format!("C-T{number:03}"));
    let arrears = if number % 7 == 6 { 1000 } else { 0 };
    vec![
        entering(
            "people",
            person.clone(),
            None,
            vec![("person.id", text(&person)), ("person.name", text("نمونه")), ("person.latin-name", text("Sample"))],
        ),
        entering(
            "companies",
            company.clone(),
            Some(person.clone()),
            vec![
                ("company.id", text(&company)),
                ("company.name", text(format!("Sample {number}"))),
                ("company.arrears", money(arrears)),
                ("person.id", text(&person)),
            ],
        ),
        entering(
            "premises",
            format!("M-T{number:03}"),
            Some(company.clone()),
            vec![
                ("premises.id", text(format!("M-T{number:03}"))),
                ("premises.use", code("workshop")),
                ("premises.address", text("sample street")),
                ("premises.area", Value::Decimal(Decimal::from(100))),
                ("company.id", text(&company)),
            ],
        ),
        entering(
            "parcels",
            format!("Z-T{number:03}"),
            Some(person.clone()),
            vec![
                ("parcel.id", text(format!("Z-T{number:03}"))),
                ("parcel.use", code("commercial")),
                ("parcel.area", Value::Decimal(Decimal::from(900))),
                ("person.id", text(&person)),
            ],
        ),
    ]
}

pub fn of_person(id: &str) -> Account {
    Account {
        id: id.to_owned(),
        person: Some(id.to_owned()),
        officer: None,
        roles: Vec::new(),
        supervises: Vec::new(),
        treasury: false,
        gate: None,
        names: BTreeMap::new(),
    }
}

pub fn of_officer(id: &str) -> Account {
    Account { person: None, officer: Some(id.to_owned()), ..of_person(id) }
}

pub fn facts(pairs: Vec<(&str, Value)>) -> BTreeMap<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a person gives to have their company's premises registered.
pub fn premises_of(number: usize) -> BTreeMap<String, Value> {
    facts(vec![
        ("company", text(format!("C-T{number:03}"))),
        ("use", code("workshop")),
        ("address", text("sample street 1")),
        ("area", Value::Decimal(Decimal::from(120))),
        ("lease", document()),
    ])
}
