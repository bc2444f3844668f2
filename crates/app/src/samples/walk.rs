//! What sample people do one after the other in a new demonstration, by the same operations that people use: `walk.csv` of the samples says who applies for what,
//! with which answers and files, and what officers do where a case comes to them.
//!
//! Must not know of: what a zone's services are.
//!
//! A demonstration that was killed meanwhile goes on with it at its next start: each application has a key by which it is known again, and what else is to
//! be done follows from where its case stands.

mod script;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use definition::Checked;
use definition::model::{Name, Service, StageKind};
use definition::value::{self, Type, Value};
use engine::CaseId;
use engine::act::Act;
use engine::case::{Case, Turn};
use jiff::Span;
use jiff::tz::TimeZone;
use store::Put;

use super::{bad, stand_in};
use crate::accounts::Account;
use crate::act::Key;
use crate::payments::Payment;
use crate::{App, AppError, Draft, jobs};
use script::Scene;

/// The entry that says whether there is a walk to go.
const ENTRY: (&str, &str) = ("samples", "walk");
const PLANNED: &[u8] = b"planned";
const FILE: &str = "walk.csv";
/// What everybody writes: nobody shall take it for real.
const NOTE: &str = "نمونه (sample)";
/// Acts of one case at most: a script that leads in a circle ends.
const ACTS: usize = 100;
/// How often a draw is looked for that an institution beside the demonstration takes part in, and how long to wait between.
const LOOKS: usize = 100;
const BETWEEN: Duration = Duration::from_millis(50);

impl App {
    /// Notes that there is a walk to go. Before the samples are brought in, so that a start that is killed forgets it as little as them.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn plan_walk(&self) -> Result<(), AppError> {
        self.note_walk(PLANNED).await
    }

    /// Goes the walk that was planned, if it was not gone yet.
    ///
    /// # Errors
    /// When the file cannot be read or does not fit the zone; the error names it. When the store is away.
    pub async fn go_walk(&self, samples: &Path) -> Result<(), AppError> {
        let path = samples.join(FILE);
        let is_planned = self.entry(ENTRY.0, ENTRY.1).await?.is_some_and(|entry| entry.body == PLANNED);
        if !is_planned || !path.exists() {
            return Ok(());
        }
        let mut walk = Walk { app: self, path: path.clone(), references: BTreeMap::new() };
        for scene in script::read(&path)? {
            walk.play(&scene).await?;
        }
        self.note_walk(b"gone").await
    }

    async fn note_walk(&self, how: &[u8]) -> Result<(), AppError> {
        let (kind, key) = (ENTRY.0.to_owned(), ENTRY.1.to_owned());
        Ok(self.store.put(vec![Put { kind, key, owner: None, body: Some(how.to_vec()), expected: None }]).await?)
    }
}

/// A walk on its way.
struct Walk<'a> {
    app: &'a App,
    path: PathBuf,
    /// The references of the cases, by their names.
    references: BTreeMap<String, String>,
}

impl Walk<'_> {
    async fn play(&mut self, scene: &Scene) -> Result<(), AppError> {
        let case = self.apply(scene).await?;
        self.references.insert(scene.name.clone(), case.reference());
        for _ in 0..ACTS {
            let (_, service, state) = self.app.load(case).await?;
            if !self.step(scene, &service, &state).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn apply(&self, scene: &Scene) -> Result<CaseId, AppError> {
        let account = self.app.account(&scene.who).await?;
        let service = self.app.zone().services().get(&scene.service);
        let service = service.ok_or_else(|| self.wrong(scene, &format!("there is no service {}", scene.service)))?;
        let facts = self.values(scene, service, &account, &scene.answers).await?;
        let draft = Draft { service: scene.service.clone(), facts, ..Draft::default() };
        let key = Key::new(format!("sample-walk-{}", scene.name), scene.name.as_bytes());
        let acted = self.app.submit(&account, &draft, Some(key)).await;
        acted.map(|acted| acted.case).map_err(|error| self.wrong(scene, &error))
    }

    /// Does what is next in a case; whether there was anything that the script has an answer to.
    async fn step(&self, scene: &Scene, service: &Checked<Service>, state: &Case) -> Result<bool, AppError> {
        let is_drawn_for = !state.lots.is_empty();
        match &state.turn {
            _ if is_drawn_for => self.drawn(state.id, state.seq).await,
            Turn::Officers { .. } => self.decide(scene, service, state).await,
            Turn::Payment { amount, .. } if scene.pays.contains(&state.stage) => {
                let payment = Payment { receipt: format!("SAMPLE-{}", state.id), amount: amount.clone() };
                self.app.confirm_payment(state.id, &payment).await.map_err(|error| self.wrong(scene, &error))?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Waits until somebody was drawn, or a way; whether that came.
    async fn drawn(&self, case: CaseId, seq: u64) -> Result<bool, AppError> {
        for _ in 0..LOOKS {
            jobs::sequencer::run(self.app).await?;
            jobs::lots::run(self.app).await?;
            if self.app.load(case).await?.0.seq > seq {
                return Ok(true);
            }
            tokio::time::sleep(BETWEEN).await;
        }
        Ok(false)
    }

    /// The first of the officers whose turn it is decides as the script says.
    async fn decide(&self, scene: &Scene, service: &Checked<Service>, state: &Case) -> Result<bool, AppError> {
        let kind = service.stage(&state.stage).map(|stage| &stage.kind);
        let Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) = kind else { return Ok(false) };
        let Some((route, ground)) = scene.decides.get(&state.stage) else { return Ok(false) };
        let Some(officer) = state.holders().into_iter().next() else { return Ok(false) };
        let account = self.app.accounts().await?.into_iter().find(|one| one.officer.as_ref() == Some(&officer));
        let Some(account) = account else { return Ok(false) };
        let of_desk = scene.records.iter().filter(|(fact, _)| desk.record.contains(fact));
        let of_desk = of_desk.map(|(fact, text)| (fact.clone(), text.clone())).collect();
        let facts = self.values(scene, service, &account, &of_desk).await?;
        let act = Act::Decide { route: route.clone(), ground: ground.clone(), note: NOTE.to_owned(), facts };
        let acted = self.app.act(&account, state.id, &act, Some(state.seq), None).await;
        acted.map_err(|error| self.wrong(scene, &error))?;
        Ok(true)
    }

    /// Values of facts, as people write them.
    async fn values(
        &self,
        scene: &Scene,
        service: &Service,
        account: &Account,
        texts: &BTreeMap<Name, String>,
    ) -> Result<BTreeMap<Name, Value>, AppError> {
        let zone = self.app.zone().zone();
        let mut values = BTreeMap::new();
        for (name, text) in texts {
            let fact = service.facts.iter().find(|fact| fact.name == *name);
            let type_ = fact.and_then(|fact| zone.concepts.get(&fact.concept)).map(|concept| &concept.type_);
            let type_ = type_.ok_or_else(|| self.wrong(scene, &format!("{} has no fact {name}", service.name)))?;
            let value = match type_ {
                Type::Document | Type::DocumentOf(_) => self.document(scene, account, type_, text).await?,
                _ => value::parse(type_, &self.dated(type_, &self.referring(text)), &zone.lists)
                    .map_err(|error| self.wrong(scene, &format!("{name} {text}: {error}")))?,
            };
            values.insert(name.clone(), value);
        }
        Ok(values)
    }

    async fn document(&self, scene: &Scene, account: &Account, type_: &Type, file: &str) -> Result<Value, AppError> {
        if file.is_empty() {
            let stand_in::StandIn { bytes, name, media_type } =
                stand_in::of(type_).ok_or_else(|| self.wrong(scene, &"nothing stands in for such a document"))?;
            let kept = self.app.keep_document(account, name, media_type, Bytes::from_static(bytes)).await?;
            return Ok(Value::Document(kept));
        }
        let is_name = Path::new(file).file_name().is_some_and(|name| name == file);
        let path = self.path.with_file_name(file);
        let read = if is_name { std::fs::read(&path).ok() } else { None };
        let bytes = read.ok_or_else(|| self.wrong(scene, &format!("there is no file {file} beside it")))?;
        let media_type = match file.rsplit('.').next() {
            Some("xml") => "application/xml",
            Some("pdf") => "application/pdf",
            Some("png") => "image/png",
            _ => "application/octet-stream",
        };
        let kept = self.app.keep_document(account, file, media_type, Bytes::from(bytes)).await;
        kept.map(Value::Document).map_err(|error| self.wrong(scene, &error))
    }

    /// A text with the references of the cases that it names.
    fn referring(&self, text: &str) -> String {
        let named =
            |text: String, (name, reference): (&String, &String)| text.replace(&format!("{{{name}}}"), reference);
        self.references.iter().fold(text.to_owned(), named)
    }

    /// A day that counts from today, `in 30 days`, as a date; a script is played whenever somebody starts it.
    fn dated(&self, type_: &Type, text: &str) -> String {
        let days = text.strip_prefix("in ").and_then(|rest| rest.strip_suffix(" days"));
        let days = days.filter(|_| *type_ == Type::Date).and_then(|days| days.parse::<u32>().ok());
        let timezone = TimeZone::get(&self.app.zone().zone().timezone).unwrap_or(TimeZone::UTC);
        let today = timezone.to_datetime(self.app.clock.now()).date();
        let day = days.and_then(|days| today.checked_add(Span::new().try_days(days).ok()?).ok());
        day.map_or_else(|| text.to_owned(), |day| day.to_string())
    }

    /// What is wrong, with the place in the script; a store that is away is no fault of it.
    fn wrong(&self, scene: &Scene, why: &dyn std::fmt::Display) -> AppError {
        bad(&self.path, &format!("case {}: {why}", scene.name))
    }
}
