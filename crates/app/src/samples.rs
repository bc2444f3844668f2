//! Sample people, officers and register records of a zone's `samples` folder, for the demo. Everything in it says that it is a sample.
//!
//! Must not know of: what a zone's registers are; the columns name concepts.

mod history;
mod stand_in;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use definition::value::{self, Value};
use engine::event::Entering;
use engine::mandate::{MandateAct, Principal, Standing};
use engine::roster::RosterAct;
use engine::world::{Roster, Seat};
use jiff::SignedDuration;
use store::Put;

use crate::accounts::Account;
use crate::{App, AppError, registers};

pub use history::History;

/// The entry that says that all samples are there, written last.
const LOADED: (&str, &str) = ("samples", "loaded");
/// Draw weight of a sample officer: all alike.
const WEIGHT: u32 = 1;

/// What stands in the place of a role where somebody keeps the roster.
const KEEPER: &str = "keeper";

/// Who is on a list of officers.
struct Officers {
    accounts: Vec<Account>,
    roster: Roster,
    keepers: Vec<String>,
}

impl App {
    /// Brings the samples in: register records, accounts for people and officers, the roster, and a supervisor for each authority. Done again, it ends at the
    /// same.
    ///
    /// # Errors
    /// When a file cannot be read or does not fit the zone; the error names it.
    pub async fn load_samples(&self, folder: &Path) -> Result<(), AppError> {
        let records = self.all_sample_records(folder)?;
        let mut accounts: Vec<Account> =
            records.iter().filter(|record| record.register == "people").map(person).collect();
        let Officers { accounts: officers, roster, keepers } = self.sample_officers(&folder.join("officers.csv"))?;
        accounts.extend(officers);
        accounts.extend(self.supervisors());
        self.put_records(&records).await?;
        self.put_accounts(&accounts).await?;
        self.put_roster(roster).await?;
        let register = self.register();
        let keeps = |officer: &String| register.of(officer).is_some_and(|entry| entry.keeper);
        let acts: Vec<RosterAct> =
            keepers.into_iter().filter(|officer| !keeps(officer)).map(|officer| RosterAct::Keep { officer }).collect();
        self.operate_roster(&acts).await?;
        self.sample_mandates(&folder.join("mandates.csv")).await?;
        let (kind, key) = (LOADED.0.to_owned(), LOADED.1.to_owned());
        let mark = Put { kind, key, owner: None, body: Some(Vec::new()), expected: None };
        Ok(self.store.put(vec![mark]).await?)
    }

    /// Whether all samples were brought in: a process that was killed meanwhile left some, and they are to be brought in again. Where somebody has applied
    /// already, nothing is.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn has_samples(&self) -> Result<bool, AppError> {
        Ok(self.entry(LOADED.0, LOADED.1).await?.is_some() || !self.store.queues(None).await?.is_empty())
    }

    fn all_sample_records(&self, folder: &Path) -> Result<Vec<Entering>, AppError> {
        let mut records = Vec::new();
        for name in self.zone().zone().registers.keys() {
            let path = folder.join(format!("{name}.csv"));
            if path.exists() {
                records.extend(self.sample_records(name, &path)?);
            }
        }
        Ok(records)
    }

    fn sample_records(&self, register: &str, path: &Path) -> Result<Vec<Entering>, AppError> {
        let zone = self.zone().zone();
        let definition = zone.registers.get(register).ok_or(AppError::NotFound("register"))?;
        let entering = |row: BTreeMap<String, String>| {
            let mut values = BTreeMap::new();
            for (concept, text) in row.iter().filter(|(_, text)| !text.is_empty()) {
                let unknown = || bad(path, &format!("no concept {concept}"));
                let type_ = &zone.concepts.get(concept).ok_or_else(unknown)?.type_;
                let value = value::parse(type_, text, &zone.lists)
                    .map_err(|error| bad(path, &format!("{concept} {text}: {error}")))?;
                values.insert(concept.clone(), value);
            }
            let text = |concept: &String| values.get(concept).and_then(engine::reading::record_key);
            let key = text(&definition.key).ok_or_else(|| bad(path, "a row without its key"))?;
            let held_by = definition.held_by.as_ref().and_then(text);
            Ok(Entering { register: register.to_owned(), key, held_by, values })
        };
        rows(path)?.into_iter().map(entering).collect()
    }

    /// Mandates that are given and accepted, unless they stand already.
    async fn sample_mandates(&self, path: &Path) -> Result<(), AppError> {
        if !path.exists() {
            return Ok(());
        }
        for row in rows(path)? {
            let cell = |name: &str| row.get(name).cloned().ok_or_else(|| bad(path, &format!("no column {name}")));
            let principal = Principal { register: cell("register")?, key: cell("key")? };
            let holder = registers::holder(self, &principal.register, &principal.key).await?;
            let holder = self.account(&holder.ok_or_else(|| bad(path, "a record that nobody holds"))?).await?;
            let agent = self.account(&cell("agent")?).await?;
            let received = self.mandates(&agent).await?.received;
            if received.iter().any(|view| view.mandate.principal == principal && view.standing == Standing::Stands) {
                continue;
            }
            let days: i64 = cell("days")?.parse().map_err(|_| bad(path, "days that are no number"))?;
            let from = self.clock.now();
            let until = from.checked_add(SignedDuration::from_hours(days.saturating_mul(24)));
            let until = until.map_err(|_| bad(path, "too many days"))?;
            let services = BTreeSet::new();
            let give = MandateAct::Give { principal, agent: agent.id.clone(), services, from, until };
            let given = self.act_on_mandate(&holder, None, &give, None).await?;
            self.act_on_mandate(&agent, Some(given.case), &MandateAct::Accept, None).await?;
        }
        Ok(())
    }

    fn sample_officers(&self, path: &Path) -> Result<Officers, AppError> {
        let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
        let (mut roster, mut keepers) = (Roster::default(), Vec::new());
        for row in rows(path)? {
            let cell = |name: &str| row.get(name).cloned().ok_or_else(|| bad(path, &format!("no column {name}")));
            let (id, role) = (cell("id")?, cell("role")?);
            let names = self
                .zone()
                .zone()
                .languages
                .iter()
                .map(|language| Ok((language.clone(), cell(&format!("name_{language}"))?)));
            let names = names.collect::<Result<BTreeMap<_, _>, AppError>>()?;
            let account = accounts.entry(id.clone()).or_insert_with(|| Account {
                id: id.clone(),
                person: None,
                officer: Some(id.clone()),
                roles: Vec::new(),
                supervises: Vec::new(),
                treasury: false,
                gate: None,
                names,
            });
            if role == KEEPER && !self.zone().zone().roles.contains_key(KEEPER) {
                keepers.push(id);
                continue;
            }
            account.roles.push(role.clone());
            // Who the officer is as a person, so that nobody decides their own case: a column that may be left out.
            let person = row.get("person").filter(|person| !person.is_empty()).cloned();
            roster.seats.push(Seat { role, officer: id, person, weight: WEIGHT, most_open: None });
        }
        Ok(Officers { accounts: accounts.into_values().collect(), roster, keepers })
    }

    /// One supervisor who sees every authority's queues, the treasury's program, which confirms payments, and two gates.
    fn supervisors(&self) -> Vec<Account> {
        let zone = self.zone().zone();
        let called = |persian: &str, english: &str| {
            let name =
                |language: &String| (language.clone(), if language == "fa" { persian } else { english }.to_owned());
            zone.languages.iter().map(name).collect()
        };
        let supervisor = Account {
            id: "S-0001".to_owned(),
            person: None,
            officer: None,
            roles: Vec::new(),
            supervises: zone.authorities.clone(),
            treasury: false,
            gate: None,
            names: called("ناظر نمونه", "Sample Supervisor"),
        };
        let treasury = Account {
            id: "T-0001".to_owned(),
            supervises: Vec::new(),
            treasury: true,
            gate: None,
            names: called("خزانهٔ نمونه", "Sample Treasury"),
            ..supervisor.clone()
        };
        let gate = |number: u32, persian: &str, english: &str| Account {
            id: format!("G-{number:04}"),
            supervises: Vec::new(),
            gate: zone.authorities.first().cloned(),
            names: called(persian, english),
            ..supervisor.clone()
        };
        let gates =
            [gate(1, "دروازهٔ شمالی نمونه", "Sample North Gate"), gate(2, "دروازهٔ جنوبی نمونه", "Sample South Gate")];
        gates.into_iter().chain([supervisor.clone(), treasury]).collect()
    }
}

/// The account of a person: called by what the register says, the name in Latin script for other languages.
fn person(record: &Entering) -> Account {
    let text = |concept: &str| match record.values.get(concept) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let own = text("person.name").unwrap_or_else(|| record.key.clone());
    let latin = text("person.latin-name").unwrap_or_else(|| own.clone());
    Account {
        id: record.key.clone(),
        person: Some(record.key.clone()),
        officer: None,
        roles: Vec::new(),
        supervises: Vec::new(),
        treasury: false,
        gate: None,
        names: BTreeMap::from([("fa".to_owned(), own), ("en".to_owned(), latin)]),
    }
}

fn rows(path: &Path) -> Result<Vec<BTreeMap<String, String>>, AppError> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| bad(path, &error.to_string()))?;
    reader.deserialize().map(|row| row.map_err(|error| bad(path, &error.to_string()))).collect()
}

fn bad(path: &Path, why: &str) -> AppError {
    AppError::Unavailable(format!("{}: {why}", path.display()))
}
