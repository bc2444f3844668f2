//! Sample people of a history: as many as it needs, each with what one of the sample people holds in the registers, under keys of their own.
//!
//! Must not know of: what registers there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use definition::value::Value;
use engine::event::Entering;
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::super::person;
use crate::accounts::Account;
use crate::{App, AppError};

/// Applications for each person, on average: many come once, some come again.
const APPLICATIONS_EACH: u32 = 3;
/// Records written at once.
const RECORDS: usize = 1000;

/// Who applies.
pub(super) struct People(Vec<Account>);

impl People {
    /// Enters the people of a history and what they hold.
    pub(super) async fn settle(app: &App, folder: &Path, cases: u32, dice: &mut StdRng) -> Result<Self, AppError> {
        let samples = app.all_sample_records(folder)?;
        let models: Vec<&Entering> = samples.iter().filter(|record| record.register == "people").collect();
        let (mut accounts, mut records) = (Vec::new(), Vec::new());
        for number in 1..=cases.div_ceil(APPLICATIONS_EACH) {
            let Some(model) = models.get(dice.random_range(0..models.len().max(1))) else { break };
            let copied = copies(app, &samples, model, number);
            accounts.extend(copied.iter().filter(|record| record.register == "people").map(person));
            records.extend(copied);
        }
        for some in records.chunks(RECORDS) {
            app.put_records(some).await?;
        }
        Ok(Self(accounts))
    }

    /// Somebody.
    pub(super) fn any(&self, dice: &mut StdRng) -> Option<&Account> {
        self.0.get(dice.random_range(0..self.0.len().max(1)))
    }

    /// The account of a person.
    pub(super) fn of(&self, person: &str) -> Option<&Account> {
        self.0.iter().find(|account| account.id == person)
    }
}

/// A copy of a record, and of whatever its holder holds, and so on; of each one, since people may hold their own records.
fn copies(app: &App, samples: &[Entering], model: &Entering, number: u32) -> Vec<Entering> {
    let mut copies = Vec::new();
    let name = |key: &String| format!("{key}-{number:05}");
    let mut met = BTreeSet::from([(&model.register, &model.key)]);
    let mut to_copy = vec![model];
    while let Some(record) = to_copy.pop() {
        let held = samples.iter().filter(|other| other.held_by.as_ref() == Some(&record.key));
        to_copy.extend(held.filter(|held| met.insert((&held.register, &held.key))));
        copies.push(copy(app, record, name(&record.key), record.held_by.as_ref().map(name)));
    }
    copies
}

fn copy(app: &App, record: &Entering, key: String, holder: Option<String>) -> Entering {
    let mut values: BTreeMap<String, Value> = record.values.clone();
    if let Some(register) = app.zone().zone().registers.get(&record.register) {
        values.insert(register.key.clone(), Value::Text(key.clone()));
        if let (Some(concept), Some(holder)) = (&register.held_by, &holder) {
            values.insert(concept.clone(), Value::Text(holder.clone()));
        }
    }
    Entering { register: record.register.clone(), key, held_by: holder, values }
}
