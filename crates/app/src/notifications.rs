//! What customs answers to a declaration that became a case: one WCO RES message for each thing that came of it, worked out from the case's events alone.
//!
//! A case is a declaration where a function assesses one (`customs.assess...`). Nothing is stored: the same events give the same answers, with the same numbers.
//!
//! | event | answer |
//! |---|---|
//! | the first assessment | accepted (01) |
//! | each assessment that says something else than the one before | what is due (13) |
//! | it comes to officers or an inspector | control (05), with the stage's name |
//! | officers ask | documents wanted (06), with what they ask for and until when |
//! | an end that grants | released (08) where it moved goods, then cleared (09) |
//! | an end that refuses | rejected (03), with the grounds |
//! | any other end | invalidated (10) |
//!
//! Must not know of: HTTP, how an answer is written.

use std::collections::BTreeMap;

use customs::functions::taxes;
use customs::notification::{About, Function, Notification, TaxLine};
use definition::Checked;
use definition::model::{Name, Outcome, Service, Source, StageKind};
use definition::value::{Date, Value};
use engine::CaseId;
use engine::event::{Event, What};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::EventRow;

use crate::{Account, App, AppError};

/// What the functions that assess declarations are called.
const ASSESSING: &str = "customs.assess";

/// An answer to a declaration.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Which of the case's answers, from 1.
    pub number: u32,
    /// What it says.
    pub function: Function,
    /// The event that it answers with.
    pub seq: u64,
    /// When that was.
    pub at: Timestamp,
    /// The message.
    pub message: Notification,
}

impl App {
    /// Customs' answers to the declaration that a case is, in order; none where it is no declaration.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such case, or its history is none of the account's business.
    pub async fn notifications(&self, account: &Account, case: CaseId) -> Result<Vec<Answered>, AppError> {
        let view = self.case(account, case).await?;
        if !view.standing.sees() {
            return Err(AppError::NotFound("case"));
        }
        if assessments(&view.service).is_empty() {
            return Ok(Vec::new());
        }
        let mut due = BTreeMap::new();
        for sha256 in assessed(&view.service, &view.history) {
            if let Some(bytes) = self.bytes_of(&sha256).await? {
                due.extend(taxes(&bytes).map(|taxes| (sha256, taxes)));
            }
        }
        Ok(answers(&view.service, case, &view.history, &due))
    }
}

/// The facts of a service that are assessments of its declaration.
pub(crate) fn assessments(service: &Service) -> Vec<&Name> {
    let is_one =
        |source: &Source| matches!(source, Source::Function { function, .. } if function.starts_with(ASSESSING));
    service.facts.iter().filter(|fact| is_one(&fact.source)).map(|fact| &fact.name).collect()
}

/// The hashes of all assessments in a history.
fn assessed(service: &Service, history: &[(EventRow, Event)]) -> Vec<[u8; 32]> {
    let names = assessments(service);
    let of = |event: &Event| match &event.what {
        What::Computed { facts, .. } => names
            .iter()
            .filter_map(|name| match facts.get(*name) {
                Some(Value::Document(document)) => Some(document.sha256),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    history.iter().flat_map(|(_, event)| of(event)).collect()
}

/// The answers, with what is due by the hash of each assessment that is at hand.
fn answers(
    service: &Checked<Service>,
    case: CaseId,
    history: &[(EventRow, Event)],
    due: &BTreeMap<[u8; 32], Vec<TaxLine>>,
) -> Vec<Answered> {
    let timezone = TimeZone::get(&service.zone().timezone).unwrap_or(TimeZone::UTC);
    let (said, reference) = (Vec::new(), None);
    let case = case.reference();
    let mut desk =
        Desk { service, case, timezone, due, said, reference, last: None, grounds: Vec::new(), moved: false };
    for (row, event) in history {
        desk.follow(row.seq, event);
    }
    desk.said
}

/// What was said so far, and what has to be known to say more.
struct Desk<'a> {
    service: &'a Checked<Service>,
    case: String,
    timezone: TimeZone,
    due: &'a BTreeMap<[u8; 32], Vec<TaxLine>>,
    said: Vec<Answered>,
    /// The declarant's reference, and the day of acceptance.
    reference: Option<(String, Date)>,
    /// The hash of the last assessment.
    last: Option<[u8; 32]>,
    /// The grounds of the last decision.
    grounds: Vec<Name>,
    /// Whether goods were moved since the last stage.
    moved: bool,
}

impl Desk<'_> {
    fn follow(&mut self, seq: u64, event: &Event) {
        match &event.what {
            What::Computed { facts, .. } => self.assessed(seq, event.at, facts),
            What::Entered { stage, .. } => {
                self.moved = false;
                let kind = self.service.stage(stage).map(|stage| &stage.kind);
                if matches!(kind, Some(StageKind::Officer(_) | StageKind::Inspect(_))) {
                    self.say(seq, event.at, Function::Control, |answer| answer.stating(stage, None));
                }
            }
            What::Asked { items, due, .. } => {
                let until = self.day(*due);
                let ask = |answer: Notification| {
                    let words = items.iter().map(|item| format!("{}: {}", item.fact, item.note));
                    words.fold(answer, |answer, words| answer.stating(&words, Some(until)))
                };
                self.say(seq, event.at, Function::Documents, ask);
            }
            What::Decided { grounds, .. } => self.grounds.clone_from(grounds),
            What::Ruled { table, rows, .. } => self.ruled(table, rows),
            What::Booked { .. } => self.moved = true,
            What::Ended { outcome, .. } => self.ended(seq, event.at, *outcome),
            _ => {}
        }
    }

    /// A table that refuses cites its ground in the row.
    fn ruled(&mut self, table: &Name, rows: &[u32]) {
        let Some(table) = self.service.tables.get(table) else { return };
        let ground = |row: &u32| table.grounds.get(usize::try_from(row.checked_sub(1)?).ok()?)?.clone();
        let cited: Vec<Name> = rows.iter().filter_map(ground).collect();
        if !cited.is_empty() {
            self.grounds = cited;
        }
    }

    fn assessed(&mut self, seq: u64, at: Timestamp, facts: &BTreeMap<String, Value>) {
        let service = self.service;
        for name in assessments(service) {
            let Some(Value::Document(document)) = facts.get(name) else { continue };
            if let (None, Some(Value::Text(reference))) = (&self.reference, facts.get(&format!("{name}.reference"))) {
                self.reference = Some((reference.clone(), self.day(at)));
                self.say(seq, at, Function::Accepted, |answer| answer);
            }
            let before = self.last.replace(document.sha256).and_then(|last| self.due.get(&last));
            let now = self.due.get(&document.sha256);
            // What an inspection left as it was is no news. An assessment that was erased says nothing any more.
            if let Some(taxes) = now.filter(|_| now != before) {
                self.say(seq, at, Function::Tax, |answer| answer.due_on(taxes.clone()));
            }
        }
    }

    fn ended(&mut self, seq: u64, at: Timestamp, outcome: Outcome) {
        match outcome {
            Outcome::Granted => {
                if self.moved {
                    self.say(seq, at, Function::Released, |answer| answer);
                }
                self.say(seq, at, Function::Cleared, |answer| answer);
            }
            Outcome::Refused => {
                let zone = self.service.zone();
                let language = zone.languages.first().map(String::as_str).unwrap_or_default();
                let grounds = self.grounds.iter().filter_map(|ground| zone.grounds.get(ground));
                let words = grounds.map(|ground| {
                    let text = ground.text.get(language).map(String::as_str).unwrap_or_default();
                    format!("{}: {text}", ground.title(language))
                });
                let words: Vec<String> = words.collect();
                let because = |answer| words.iter().fold(answer, |answer: Notification, words| answer.because(words));
                self.say(seq, at, Function::Rejected, because);
            }
            _ => self.say(seq, at, Function::Invalidated, |answer| answer),
        }
    }

    /// Says something of the declaration, once one was accepted.
    fn say(&mut self, seq: u64, at: Timestamp, function: Function, more: impl FnOnce(Notification) -> Notification) {
        let Some((reference, accepted)) = &self.reference else { return };
        let number = u32::try_from(self.said.len()).unwrap_or(u32::MAX).saturating_add(1);
        let own = format!("{}-{number}", self.case);
        let about = About {
            reference: &own,
            issued: self.day(at),
            declaration_reference: reference,
            declaration_id: &self.case,
            accepted: *accepted,
        };
        let message = more(Notification::told(function, &about));
        self.said.push(Answered { number, function, seq, at, message });
    }

    fn day(&self, at: Timestamp) -> Date {
        self.timezone.to_datetime(at).date()
    }
}
