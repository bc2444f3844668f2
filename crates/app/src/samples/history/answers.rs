//! What sample people answer, and for what they ask: drawn from the weighted rows of `history.csv`.
//!
//! Must not know of: who asks, when.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use definition::model::{Fact, Name, Service};
use definition::value::{self, DocumentKind, Type, Value};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::super::stand_in::{self, StandIn};
use super::super::{bad, rows};
use crate::accounts::Account;
use crate::{App, AppError};

/// Rows to choose from, each with its weight.
type Weighted = Vec<(String, u32)>;

/// What `history.csv` says.
pub(super) struct Answers {
    /// How often each service is asked for.
    services: Weighted,
    /// Values of facts, by service and fact.
    facts: BTreeMap<(Name, Name), Weighted>,
}

impl Answers {
    /// Reads the file: columns `service`, `fact`, `value`, `weight`. A row without a fact says how often the service is asked for.
    pub(super) fn read(path: &Path) -> Result<Self, AppError> {
        let mut answers = Self { services: Vec::new(), facts: BTreeMap::new() };
        for row in rows(path)? {
            let cell = |name: &str| row.get(name).cloned().ok_or_else(|| bad(path, &format!("no column {name}")));
            let weight = cell("weight")?.parse().map_err(|_| bad(path, "a weight that is no whole number"))?;
            let (service, fact) = (cell("service")?, cell("fact")?);
            match fact.is_empty() {
                true => answers.services.push((service, weight)),
                false => answers.facts.entry((service, fact)).or_default().push((cell("value")?, weight)),
            }
        }
        Ok(answers)
    }

    /// A service that is asked for.
    pub(super) fn service(&self, dice: &mut StdRng) -> Option<&str> {
        choose(&self.services, dice)
    }

    /// What is answered for a fact; a document is brought by the account.
    pub(super) async fn value(
        &self,
        app: &App,
        account: &Account,
        service: &Service,
        fact: &Fact,
        dice: &mut StdRng,
    ) -> Result<Value, AppError> {
        let zone = app.zone().zone();
        let concept = zone.concepts.get(&fact.concept).ok_or(AppError::NotFound("concept"))?;
        if let Some(StandIn { bytes, name, media_type }) = stand_in::of(&concept.type_) {
            let kept = app.keep_document(account, name, media_type, Bytes::from_static(bytes)).await?;
            return Ok(Value::Document(kept));
        }
        let text = match &concept.type_ {
            Type::DocumentOf(DocumentKind::Message) => {
                let file = self.text(service, fact, dice).map(str::to_owned);
                return Err(AppError::Unavailable(format!("a sample year has no messages: {} {file:?}", fact.name)));
            }
            _ => self.text(service, fact, dice),
        };
        let text = text.ok_or_else(|| {
            AppError::Unavailable(format!("history.csv says nothing of the fact {} of {}", fact.name, service.name))
        })?;
        value::parse(&concept.type_, text, &zone.lists).map_err(|error| {
            AppError::Unavailable(format!("history.csv, fact {} of {}: {text}: {error}", fact.name, service.name))
        })
    }

    fn text(&self, service: &Service, fact: &Fact, dice: &mut StdRng) -> Option<&str> {
        choose(self.facts.get(&(service.name.clone(), fact.name.clone()))?, dice)
    }
}

/// One of the rows, each as often as its weight says.
fn choose<'a>(rows: &'a Weighted, dice: &mut StdRng) -> Option<&'a str> {
    let sum: u32 = rows.iter().map(|(_, weight)| weight).sum();
    if sum == 0 {
        return None;
    }
    let mut left = dice.random_range(0..sum);
    rows.iter()
        .find(|(_, weight)| {
            left.checked_sub(*weight).is_none_or(|rest| {
                left = rest;
                false
            })
        })
        .map(|(value, _)| &**value)
}
