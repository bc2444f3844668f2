//! A truck of goods and what becomes of them, as two sample companies of Maku would have it.
//!
//! Must not know of: what a test looks at. Sample company C-0001 is P-0001's, C-0002 is P-0002's.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::refusal::Refusal;
use app::{Account, Acted, App, AppError, Draft};
use bytes::Bytes;

pub const SAMPLE: &str = include_str!("../../../customs/tests/data/sample-declaration.xml");
pub const SELLER: &str = "P-0001";
pub const BUYER: &str = "P-0002";

pub fn person(id: &str) -> Account {
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

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub fn number(number: &str) -> Value {
    Value::Decimal(number.parse().unwrap())
}

/// A document that somebody brings.
pub async fn document(app: &App, who: &str, xml: &str) -> Value {
    let bytes = Bytes::copy_from_slice(xml.as_bytes());
    Value::Document(app.keep_document(&person(who), "declaration.xml", "application/xml", bytes).await.unwrap())
}

pub async fn apply(app: &App, who: &str, service: &str, facts: &[(&str, Value)]) -> Result<Acted, AppError> {
    let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    app.submit(&person(who), &Draft { service: service.to_owned(), facts, ..Draft::default() }, None).await
}

/// A declaration of one item, made of the sample.
pub fn declaration(reference: &str, commodity: &str, kilograms: &str, price: &str, procedure: (&str, &str)) -> String {
    let taric = "<Classification><ID>00</ID><IdentificationTypeCode>TRC</IdentificationTypeCode></Classification>";
    SAMPLE
        .replace("SAMPLE-1", reference)
        .replace(taric, "")
        .replace("08031010", commodity)
        .replace(">600<", &format!(">{kilograms}<"))
        .replace(">500<", &format!(">{kilograms}<"))
        .replace("1000.50", price)
        .replace("<CurrentCode>40<", &format!("<CurrentCode>{}<", procedure.0))
        .replace("<PreviousCode>00<", &format!("<PreviousCode>{}<", procedure.1))
}

/// 30 tonnes of flour for 12,000 euros come into the zone. Where chance draws them for inspection, they are found as they were declared.
pub async fn enter(app: &App) -> Result<Acted, AppError> {
    let xml = declaration("TRUCK-1", "11010000", "30000", "12000.00", ("78", "00"));
    enter_by(app, (SELLER, "C-0001"), &xml).await
}

/// Goods come into the zone by a declaration of somebody's for a company.
pub async fn enter_by(app: &App, (who, company): (&str, &str), xml: &str) -> Result<Acted, AppError> {
    let declared = document(app, who, xml).await;
    let facts =
        [("company", text(company)), ("warehouse", Value::Code("maku-1".to_owned())), ("declaration", declared)];
    let acted = apply(app, who, "goods-entry", &facts).await?;
    as_declared(app, acted, xml).await
}

/// Where chance drew goods of one item for inspection, they are found as they were declared.
pub async fn as_declared(app: &App, acted: Acted, xml: &str) -> Result<Acted, AppError> {
    if acted.stage != "inspection" {
        return Ok(acted);
    }
    let (_, net) = xml.split_once("<NetNetWeightMeasure").unwrap_or_default();
    let (_, net) = net.split_once('>').unwrap_or_default();
    let (net, _) = net.split_once('<').unwrap_or_default();
    inspect(app, &acted, "as-declared", &format!("1 {net}")).await
}

/// The inspector who was drawn looks at the goods and measures them.
pub async fn inspect(app: &App, acted: &Acted, finding: &str, measured: &str) -> Result<Acted, AppError> {
    let picture = Bytes::from_static(include_bytes!("../fixtures/documents/picture.png"));
    let seats = app.roster().seats.clone();
    for seat in seats.iter().filter(|seat| seat.role == "goods-inspector") {
        let officer = Account { person: None, officer: Some(seat.officer.clone()), ..person(&seat.officer) };
        let photograph = app.keep_document(&officer, "goods.png", "image/png", picture.clone()).await?;
        let facts = BTreeMap::from([
            ("photograph".to_owned(), Value::Document(photograph)),
            ("measured".to_owned(), text(measured)),
            ("finding".to_owned(), Value::Code(finding.to_owned())),
        ]);
        let act = Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts };
        match app.act(&officer, acted.case, &act, Some(acted.seq), None).await {
            // Somebody else was drawn, perhaps after this one.
            Err(AppError::MayNot(_) | AppError::NotFound(_) | AppError::Refused(Refusal::NotYours)) => {}
            done => return done,
        }
    }
    Err(AppError::NotFound("inspector"))
}

pub async fn issue(app: &App, lot: &str, quantity: &str) -> Result<Acted, AppError> {
    let facts = [("company", text("C-0001")), ("lot", text(lot)), ("quantity", number(quantity))];
    apply(app, SELLER, "warehouse-receipt", &facts).await
}

/// The day after so many.
pub fn in_days(app: &App, days: i64) -> Value {
    let today = jiff::tz::TimeZone::UTC.to_datetime(app.clock.now()).date();
    Value::Date(today.saturating_add(jiff::Span::new().days(days)))
}

/// A receipt is offered for ten days.
pub async fn offer(app: &App, receipt: &str, buyer: &str) -> Result<Acted, AppError> {
    let facts =
        [("company", text("C-0001")), ("receipt", text(receipt)), ("buyer", text(buyer)), ("until", in_days(app, 10))];
    apply(app, SELLER, "receipt-transfer", &facts).await
}

/// The buyer takes what is offered to C-0002.
pub async fn accept(app: &App, receipt: &str) -> Result<Acted, AppError> {
    apply(app, BUYER, "receipt-acceptance", &[("company", text("C-0002")), ("offer", text(receipt))]).await
}

/// A receipt is offered, and taken.
pub async fn transfer(app: &App, receipt: &str, buyer: &str) -> Result<Acted, AppError> {
    offer(app, receipt, buyer).await?;
    accept(app, receipt).await
}

/// The buyer makes biscuits of the flour that a receipt is for.
pub async fn process(app: &App, receipt: &str, runs: &str, made: &str) -> Result<Acted, AppError> {
    let facts = [
        ("company", text("C-0002")),
        ("receipt", text(receipt)),
        ("recipe", Value::Code("biscuits".to_owned())),
        ("runs", number(runs)),
        ("made", number(made)),
    ];
    apply(app, BUYER, "goods-processing", &facts).await
}

/// The biscuits leave for the mainland, for 9,000 euros. Where chance draws them for inspection, they are found as they were declared.
pub async fn leave(app: &App, reference: &str, lot: &str, kilograms: &str) -> Result<Acted, AppError> {
    let xml = declaration(reference, "19053100", kilograms, "9000.00", ("40", "78"));
    let declared = document(app, BUYER, &xml).await;
    let facts = [("company", text("C-0002")), ("lot", text(lot)), ("declaration", declared)];
    let acted = apply(app, BUYER, "goods-exit", &facts).await?;
    as_declared(app, acted, &xml).await
}
