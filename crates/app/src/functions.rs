//! The functions that facts are worked out by, ready for one act: their tables read, the documents that they may be given at hand.
//!
//! Must not know of: what a function does (`customs::functions`), when it is asked (the engine).
//!
//! A table is kept by its hash before any case begins under a definition that names it, so that what was worked out once can be worked out again for as
//! long as the definition is there. What a function makes is a document named by its hash: putting it twice puts it once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use customs::functions::{Asked, Given, Loaded, Made, Moved, Paper, Written};
use definition::Checked;
use definition::model::{Booking, Fact, Function, Name, Service, Source, Zone, last};
use definition::value::{Date, DocumentRef, Value};
use engine::case::Case;
use engine::world::{Computed, Fault, Functions};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parking_lot::{Mutex, RwLock};
use sha2::{Digest, Sha256};
use store::Put;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::{App, AppError, goods};

/// Functions whose tables were read, by what the definition says of them.
pub(crate) type Library = RwLock<HashMap<String, Arc<Loaded>>>;

/// The functions of a service, as one act may ask for them.
#[derive(Debug)]
pub(crate) struct Ready {
    /// By name.
    functions: BTreeMap<String, Arc<Loaded>>,
    documents: BTreeMap<[u8; 32], Arc<Paper>>,
    timezone: TimeZone,
    /// What was made, until it is kept.
    made: Mutex<BTreeMap<[u8; 32], Arc<Paper>>>,
    /// What was said since the rows were last forgotten. An act is decided once more when rows or randomness had to be brought, and what was said stands.
    said: Mutex<Vec<Answer>>,
    /// The rows of the goods accounts.
    pub(crate) rows: goods::Shared,
}

/// A question, and what a function said to it. A function that wants no rows any more says the same however many others are brought.
#[derive(Debug)]
struct Answer {
    function: String,
    of: Vec<Value>,
    case: String,
    day: Date,
    /// How much had moved in the act by then.
    moved: usize,
    made: Made,
}

/// A document whose bytes are kept without a copy of them.
struct Owner(Arc<Paper>);

impl AsRef<[u8]> for Owner {
    fn as_ref(&self) -> &[u8] {
        self.0.bytes()
    }
}

/// Documents of so many bytes take a function a millisecond or more: some sixty items of a declaration.
const LONG_BYTES: usize = 64 * 1024;
/// The kind of entry that keeps a table's text, by its hash.
const TABLE: &str = "table";

impl App {
    /// Keeps what the zone's functions rest on, and reads it, so that a function that cannot work ends the start and no case.
    pub(crate) async fn keep_tables(&self) -> Result<(), AppError> {
        let zone = Arc::clone(self.definitions.zone().zone());
        for (hash, text) in self.definitions.zone().tables() {
            if self.entry(TABLE, hash).await?.is_none() {
                let body = Some(text.as_bytes().to_vec());
                let put = Put { kind: TABLE.to_owned(), key: hash.clone(), owner: None, body, expected: None };
                self.store.put(vec![put]).await?;
            }
        }
        for (name, function) in &zone.functions {
            let loaded = self.loaded(name, function).await?;
            if loaded.takes() != function.takes.len() || loaded.is_booking() != function.result.is_none() {
                let kind = if loaded.is_booking() { "books" } else { "works a fact out" };
                let why = format!("functions.yaml: `{name}` takes {} concepts and {kind}", loaded.takes());
                return Err(AppError::Functions(why));
            }
            let gives = function.gives.iter().map(|concept| last(concept));
            if let Some(missing) = gives.clone().find(|name| !loaded.gives().contains(name)) {
                let there = loaded.gives().join(", ");
                let why = format!("functions.yaml: `{name}` gives no `{missing}`; it gives {there}");
                return Err(AppError::Functions(why));
            }
            for concept in &function.gives {
                if let Some(code) = unlisted(&zone, concept, &loaded.codes(last(concept))) {
                    let why = format!("functions.yaml: `{name}` may say `{code}`, which is no code of `{concept}`");
                    return Err(AppError::Functions(why));
                }
            }
        }
        Ok(())
    }

    /// The text of a table by its hash, as it is kept.
    pub(crate) async fn table(&self, hash: &str) -> Result<Option<Vec<u8>>, AppError> {
        Ok(self.entry(TABLE, hash).await?.map(|entry| entry.body))
    }

    pub(crate) async fn loaded(&self, name: &str, function: &Function) -> Result<Arc<Loaded>, AppError> {
        let key = serde_json::to_string(&(name, function))?;
        if let Some(loaded) = self.library.read().get(&key) {
            return Ok(Arc::clone(loaded));
        }
        let mut tables = BTreeMap::new();
        for (file, hash) in &function.files {
            let kept = self.table(hash).await?;
            let bytes = kept.ok_or_else(|| AppError::Internal(format!("table {hash} ({file}) is not kept")))?;
            if hex::encode(Sha256::digest(&bytes)) != *hash {
                return Err(AppError::Internal(format!("table {hash} ({file}) is damaged")));
            }
            let text = String::from_utf8(bytes);
            tables.insert(file.clone(), text.map_err(|_| AppError::Internal(format!("table {hash} is no text")))?);
        }
        let loaded = Loaded::load(name, function.version, &function.with, &tables);
        let loaded = loaded.map_err(|why| AppError::Functions(format!("functions.yaml: `{name}`: {why}")));
        let loaded = Arc::new(loaded?);
        self.library.write().insert(key, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// The functions of a service, with these documents at hand.
    pub(crate) async fn functions(
        &self,
        service: &Checked<Service>,
        given: BTreeSet<[u8; 32]>,
    ) -> Result<Ready, AppError> {
        let mut functions = BTreeMap::new();
        for (name, function) in &service.zone().functions {
            functions.insert(name.clone(), self.loaded(name, function).await?);
        }
        let mut documents = BTreeMap::new();
        if !functions.is_empty() {
            for sha256 in given {
                if let Some(bytes) = self.bytes_of(&sha256).await? {
                    documents.insert(sha256, Paper::new(bytes));
                }
            }
        }
        let timezone = TimeZone::get(&service.zone().timezone).unwrap_or(TimeZone::UTC);
        Ok(Ready {
            functions,
            documents,
            timezone,
            made: Mutex::default(),
            said: Mutex::default(),
            rows: goods::Shared::default(),
        })
    }

    /// Keeps what functions made; the writes that are to go with what names it.
    pub(crate) async fn keep_made(&self, ready: &Ready) -> Result<Vec<Put>, AppError> {
        let made = std::mem::take(&mut *ready.made.lock());
        let mut puts = Vec::new();
        for (sha256, paper) in made {
            puts.extend(self.keep_bytes(&sha256, Bytes::from_owner(Owner(paper))).await?);
        }
        Ok(puts)
    }
}

impl Functions for Ready {
    fn compute(&self, fact: &Fact, of: &[&Value], case: &Case, at: Timestamp) -> Result<Computed, Vec<Fault>> {
        let Source::Function { function, gives, .. } = &fact.source else { return Err(Vec::new()) };
        let loaded = self.functions.get(function).ok_or_else(Vec::new)?;
        let day = self.timezone.to_datetime(at).date();
        let Made { value, mut values } = self.answer((function, loaded), of, &case.id.reference(), day)?;
        let named = |concept: &String| Some((concept.clone(), values.remove(last(concept))?));
        let values = gives.iter().filter_map(named).collect();
        Ok(Computed { value: self.keep(value), values })
    }

    fn book(&self, booking: &Booking, of: &[&Value], case: &Case, _: Timestamp) -> Result<String, Vec<Fault>> {
        let loaded = self.functions.get(&booking.function).ok_or_else(Vec::new)?;
        let moved = self.ask(of, |given| loaded.book(given, &case.id.reference(), self.rows.lock().at_hand()));
        let Moved { posted, movements, rows } = self.heard(moved.ok_or_else(Vec::new)?)?;
        self.rows.lock().change(&booking.function, movements, rows);
        Ok(posted)
    }
}

/// A datum as a function is given it.
fn given<'g>(value: &'g Value, held: Option<&'g Paper>) -> Given<'g> {
    held.map_or(Given::Value(value), Given::Paper)
}

/// Of how many bytes documents are together.
fn sizes(held: &[Option<Arc<Paper>>]) -> usize {
    held.iter().flatten().map(|paper| paper.bytes().len()).sum()
}

/// The first of these codes that a concept's list has not.
fn unlisted<'c>(zone: &Zone, concept: &str, codes: &'c [String]) -> Option<&'c String> {
    let type_ = zone.concepts.get(concept).map(|concept| &concept.type_);
    let is_listed =
        |code: &&String| type_.is_some_and(|type_| type_.accepts(&Value::Code((*code).clone()), &zone.lists).is_ok());
    codes.iter().find(|code| !is_listed(code))
}

/// Asks about documents of so many bytes. Where that takes long, what others wait for goes on meanwhile, on another thread of a runtime that has several.
fn aside<T>(bytes: usize, ask: impl FnOnce() -> T) -> T {
    let several = || Handle::try_current().is_ok_and(|here| here.runtime_flavor() == RuntimeFlavor::MultiThread);
    if bytes >= LONG_BYTES && several() { tokio::task::block_in_place(ask) } else { ask() }
}

pub(crate) fn told(fault: customs::functions::Fault) -> Fault {
    let customs::functions::Fault { of, place, words, .. } = fault;
    Fault { of, place, words: words.into_iter().map(|(language, text)| (language.to_owned(), text)).collect() }
}

impl Ready {
    /// Puts a document at hand that is kept nowhere yet.
    pub(crate) fn bring(&mut self, bytes: Bytes) {
        let paper = Paper::new(bytes);
        self.documents.insert(paper.sha256(), paper);
    }

    /// Asks a function without keeping what it says; what is wrong with what it is given. Nothing is wrong where rows are wanted first: they are noted.
    pub(crate) fn try_out(
        &self,
        function: &str,
        of: &[&Value],
        at: Timestamp,
    ) -> Result<(), Vec<customs::functions::Fault>> {
        let Some(loaded) = self.functions.get(function) else { return Ok(()) };
        let day = self.timezone.to_datetime(at).date();
        // Nobody has a case yet.
        match self.ask(of, |given| loaded.compute(given, "", day, self.rows.lock().at_hand())) {
            Some(Ok(Asked::Wants(rows))) => {
                self.rows.lock().wanted.extend(rows);
                Err(Vec::new())
            }
            Some(Err(faults)) => Err(faults),
            Some(Ok(Asked::Says(_))) | None => Ok(()),
        }
    }

    /// What a function says, which was perhaps asked before.
    fn answer(
        &self,
        (function, loaded): (&String, &Loaded),
        of: &[&Value],
        case: &str,
        day: Date,
    ) -> Result<Made, Vec<Fault>> {
        let moved = self.rows.lock().moved_so_far();
        let is_it = |one: &&Answer| {
            let same = one.of.iter().eq(of.iter().copied());
            same && (&one.function, one.case.as_str(), one.day, one.moved) == (function, case, day, moved)
        };
        if let Some(answer) = self.said.lock().iter().find(is_it) {
            return Ok(answer.made.clone());
        }
        let made = self.ask(of, |given| loaded.compute(given, case, day, self.rows.lock().at_hand()));
        let made = self.heard(made.ok_or_else(Vec::new)?)?;
        let of = of.iter().map(|value| (*value).clone()).collect();
        let (function, case) = (function.clone(), case.to_owned());
        self.said.lock().push(Answer { function, of, case, day, moved, made: made.clone() });
        Ok(made)
    }

    /// Forgets the rows that were read, and what was said by them: they may have changed.
    pub(crate) fn forget_rows(&self) {
        *self.rows.lock() = goods::Rows::default();
        self.said.lock().clear();
    }

    /// Before the engine is asked: what it was told before does not count any more.
    pub(crate) fn begin(&self) {
        self.made.lock().clear();
        self.rows.lock().as_read();
    }

    /// Asks with what is given: of documents their bytes, also of those that were made in the same act. None where one is not at hand.
    fn ask<T>(&self, of: &[&Value], ask: impl FnOnce(&[Given<'_>]) -> T) -> Option<T> {
        let held: Vec<Option<Arc<Paper>>> = of.iter().map(|value| self.held(value)).collect::<Option<_>>()?;
        let given: Vec<_> = of.iter().zip(&held).map(|(value, held)| given(value, held.as_deref())).collect();
        Some(aside(sizes(&held), || ask(&given)))
    }

    /// What a function says. Where it asks for rows first, these are noted, and nothing can be decided until they are there.
    fn heard<T>(&self, asked: Result<Asked<T>, Vec<customs::functions::Fault>>) -> Result<T, Vec<Fault>> {
        match asked {
            Ok(Asked::Says(said)) => Ok(said),
            Ok(Asked::Wants(rows)) => {
                self.rows.lock().wanted.extend(rows);
                Err(Vec::new())
            }
            Err(faults) => Err(faults.into_iter().map(told).collect()),
        }
    }

    /// The document that a value is, or none of another; nothing of a document that is not at hand.
    fn held(&self, value: &Value) -> Option<Option<Arc<Paper>>> {
        match value {
            Value::Document(document) => self.paper(document).map(Some),
            _ => Some(None),
        }
    }

    /// Notes the rows that the bookings of a service will want of a case which is yet to be opened with these facts, so that what is decided needs no second beginning for them.
    pub(crate) fn foresee(&self, service: &Service, facts: &BTreeMap<Name, Value>, case: &str) {
        let mut wanted = BTreeSet::new();
        for booking in service.bookings() {
            let Some(loaded) = self.functions.get(&booking.function) else { continue };
            let of: Vec<Option<&Value>> = booking.of.iter().map(|name| facts.get(name)).collect();
            let held: Vec<Option<Arc<Paper>>> =
                of.iter().map(|value| value.and_then(|value| self.held(value)).flatten()).collect();
            let known: Vec<_> =
                of.iter().zip(&held).map(|(value, held)| value.map(|value| given(value, held.as_deref()))).collect();
            wanted.extend(aside(sizes(&held), || loaded.foresees(&known, case)));
        }
        self.rows.lock().wanted.extend(wanted);
    }

    /// A document that is at hand.
    pub(crate) fn paper(&self, document: &DocumentRef) -> Option<Arc<Paper>> {
        let made = || self.made.lock().get(&document.sha256).cloned();
        self.documents.get(&document.sha256).cloned().or_else(made)
    }

    fn keep(&self, written: Written) -> Value {
        let Written { paper, media_type, name } = written;
        let (sha256, size) = (paper.sha256(), paper.bytes().len() as u64);
        self.made.lock().insert(sha256, paper);
        Value::Document(DocumentRef { sha256, size, media_type: media_type.to_owned(), name: name.to_owned() })
    }
}
