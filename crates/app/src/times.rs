//! The supervisor's channels and times: a Time Release Study of one service in the last months, kept for some minutes.
//!
//! Must not know of: how a study is made ([`crate::trs`]), pages. A study reads every case of its period, so there is one at a time, and whoever asks
//! meanwhile waits for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service, StageKind};
use definition::value::{Date, Type};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::accounts::Account;
use crate::extract::{ExtractError, Selection};
use crate::trs::{LEAST, Question, Study, study};
use crate::{App, AppError};

/// How many days back cases count.
const DAYS: i32 = 90;
/// How long a study is told again.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(10);
/// What the stage in which channels part is called, where a service has several tables.
const CHANNEL: &str = "channel";

/// Studies made lately, by service and by what cases are told apart.
pub(crate) type Lately = tokio::sync::Mutex<BTreeMap<(Name, Option<Name>), Times>>;

/// What a supervisor is told.
#[derive(Clone, Debug)]
pub struct Times {
    /// The service, as it is now.
    pub service: Arc<Checked<Service>>,
    /// By what cases are told apart: a stage in which a table decides, or a public fact.
    pub by: Option<Name>,
    /// By what they could be.
    pub could: Vec<Name>,
    /// The first day that counts.
    pub from: Date,
    /// When the study was made.
    pub made: Timestamp,
    /// The study; none where no case was filed in the period.
    pub study: Option<Arc<Study>>,
}

impl App {
    /// The times of a service of an authority that the account supervises, told apart by its channels where nothing else is asked for.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a service of another authority, and for something by which its cases cannot be told apart.
    pub async fn times(&self, account: &Account, service: &str, by: Option<&str>) -> Result<Times, AppError> {
        let missing = || AppError::NotFound("service");
        let service = self.zone().services().get(service).ok_or_else(missing)?;
        if !account.supervises.contains(&service.authority) {
            return Err(missing());
        }
        let could = groups(service);
        let by = match by {
            Some(by) => Some(could.iter().find(|name| *name == by).cloned().ok_or_else(missing)?),
            None => could.iter().find(|name| *name == CHANNEL).or(could.first()).cloned(),
        };
        let mut lately = self.times.lock().await;
        let (key, now) = ((service.name.clone(), by.clone()), self.clock.now());
        if let Some(kept) = lately.get(&key).filter(|kept| now.duration_since(kept.made) < KEPT_FOR) {
            return Ok(kept.clone());
        }
        let zone = TimeZone::get(&service.zone().timezone).unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(now).date();
        let from = today.checked_sub(DAYS.days()).unwrap_or(today);
        let selection = Selection { service: Some(service.name.clone()), from: Some(from), to: None };
        let question = Question { selection, by: by.clone(), least: LEAST };
        let study = match study(&*self.store, &question).await {
            Ok(study) => Some(Arc::new(study)),
            Err(ExtractError::App(error)) => return Err(error),
            // Nothing was filed yet, or under another definition that knew no such thing.
            Err(_) => None,
        };
        let times = Times { service: Arc::clone(service), by, could, from, made: now, study };
        lately.insert(key, times.clone());
        Ok(times)
    }
}

/// By what the cases of a service can be told apart: its tables' stages, then public facts of a closed list.
fn groups(service: &Service) -> Vec<Name> {
    let tables = service.stages.iter().filter(|stage| matches!(stage.kind, StageKind::Decide { .. }));
    let closed = |type_: &Type| matches!(type_, Type::Code(_) | Type::Bool);
    let facts = service.facts.iter().filter(|fact| fact.public && closed(&fact.type_));
    tables.map(|stage| stage.name.clone()).chain(facts.map(|fact| fact.name.clone())).collect()
}
