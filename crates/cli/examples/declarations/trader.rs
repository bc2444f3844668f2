//! Those who declare: each declaration is a document of its own, made of the zone's sample, and an application with it.
//!
//! Must not know of: how the zone does it, what is measured.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::definition::value::{DocumentRef, Value};
use app::engine::CaseId;
use app::engine::event::Entering;
use app::{App, InName};
use serde_json::json;

use super::Failure;
use super::common::APPLICANT;
use super::wire::Connection;

/// Requests in flight.
const CONNECTIONS: usize = 256;
/// What is applied for.
const SERVICE: &str = "goods-entry";
/// Records written at once.
const RECORDS: usize = 1000;
/// What the sample's one item costs, in euros, and weighs, in kilograms; the items of a declaration come to as much together, so that rules on values and on what a kilogram is worth say
/// the same of all.
const PRICE_EUR: usize = 12_000;
const MASS_KG: usize = 30_000;

/// What declarations are made of.
pub struct Trader {
    head: String,
    item: String,
    tail: String,
    items: usize,
    warehouse: String,
}

/// A declaration that was taken.
pub struct Declared {
    pub case: CaseId,
    /// When the application was answered.
    pub answered: Instant,
    /// Of both requests.
    pub latency: Duration,
}

impl Trader {
    /// With so many companies, one for each declaration.
    pub async fn of(app: &App, zone: &Path, companies: usize, items: usize) -> Result<Self, Failure> {
        let service = app.zone().services().get(SERVICE).ok_or("the zone has no such service")?;
        let own = InName::own(APPLICANT);
        let sample = app.choices(service, "company", &own, &BTreeMap::new(), None).await?;
        let sample = sample.first().ok_or("the person who declares has no company")?;
        let company = |number: usize| {
            let (key, mut values) = (name(number), sample.values.clone());
            values.insert("company.id".to_owned(), Value::Text(key.clone()));
            Entering { register: "companies".to_owned(), key, held_by: Some(APPLICANT.to_owned()), values }
        };
        for first in (0..companies).step_by(RECORDS) {
            let records: Vec<Entering> = (first..companies.min(first + RECORDS)).map(company).collect();
            app.put_records(&records).await?;
        }
        let sample = std::fs::read_to_string(zone.join("samples/declaration-entry.xml"))?;
        let (begin, end) = ("<GovernmentAgencyGoodsItem>", "</GovernmentAgencyGoodsItem>");
        let (head, rest) = sample.split_once(begin).ok_or("the sample has no item")?;
        let (item, tail) = rest.split_once(end).ok_or("the sample's item has no end")?;
        let share = |whole: usize| whole / items.max(1);
        let item = format!("{begin}{item}{end}")
            .replace(&format!(">{PRICE_EUR}.00<"), &format!(">{}.00<", share(PRICE_EUR)))
            .replace(&format!(">{MASS_KG}<"), &format!(">{}<", share(MASS_KG)));
        let warehouses = app.zone().zone().lists.get("warehouses").ok_or("the zone has no list of warehouses")?;
        let warehouse = warehouses.values.keys().next().ok_or("the zone has no warehouse")?.clone();
        Ok(Self { head: head.to_owned(), item, tail: tail.to_owned(), items, warehouse })
    }

    fn document(&self, number: usize) -> String {
        let head = self
            .head
            .replace("SAMPLE-ENTRY-1", &format!("SYNTHETIC-{number}"))
            .replace("<GoodsItemQuantity>1<", &format!("<GoodsItemQuantity>{}<", self.items));
        let item = |place: usize| self.item.replace("<SequenceNumeric>1<", &format!("<SequenceNumeric>{place}<"));
        let items: String = (1..=self.items).map(item).collect();
        format!("{head}{items}{}", self.tail)
    }

    async fn declare(&self, connection: &mut Connection, token: &str, number: usize) -> Result<Declared, Failure> {
        let xml = self.document(number);
        let begun = Instant::now();
        let path = "/api/v1/documents?name=declaration.xml";
        let brought =
            connection.post_as(path, token, &format!("bring-{number}"), "application/xml", &xml).await?.json(201)?;
        let document: DocumentRef = serde_json::from_value(brought)?;
        let facts = BTreeMap::from([
            ("company", Value::Text(name(number))),
            ("warehouse", Value::Code(self.warehouse.clone())),
            ("declaration", Value::Document(document)),
        ]);
        let body = json!({ "service": SERVICE, "facts": facts }).to_string();
        let answer = connection.post("/api/v1/cases", token, &format!("apply-{number}"), &body).await?;
        let (answered, latency) = (Instant::now(), begun.elapsed());
        let answer = answer.json(201)?;
        let case = answer.get("case").and_then(serde_json::Value::as_str).ok_or("an answer without its case")?;
        Ok(Declared { case: case.parse()?, answered, latency })
    }
}

/// Brings these declarations, with all connections.
pub async fn declare(
    address: SocketAddr,
    token: &str,
    trader: &Arc<Trader>,
    numbers: Range<usize>,
) -> Result<Vec<Declared>, Failure> {
    let workers: Vec<_> = (0..CONNECTIONS.min(numbers.len()))
        .map(|worker| {
            let (trader, token, numbers) = (Arc::clone(trader), token.to_owned(), numbers.clone());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut declared = Vec::new();
                for number in numbers.skip(worker).step_by(CONNECTIONS) {
                    declared.push(trader.declare(&mut connection, &token, number).await?);
                }
                Ok::<_, Failure>(declared)
            })
        })
        .collect();
    let mut declared = Vec::new();
    for worker in workers {
        declared.extend(worker.await??);
    }
    Ok(declared)
}

fn name(number: usize) -> String {
    format!("SYNTHETIC-{number}")
}
