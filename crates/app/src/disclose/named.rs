//! What events name that is disclosed beside them: definitions, the documents that functions were given or made, register records.
//!
//! Must not know of: where any of it is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use customs::functions::register_of;
use customs::goods::{Posted, RowKey};
use definition::Checked;
use definition::model::{FactPath, Name, Service, Source};
use definition::value::Value;
use engine::CaseId;
use engine::case::Digest;
use engine::event::{Event, What};
use engine::roster::STREAM;
use store::EventRow;

use crate::document_uses::{given, hashes};
use crate::{App, AppError};

/// What events name.
#[derive(Default)]
pub(super) struct Named {
    /// Definitions that cases began under.
    pub(super) definitions: BTreeMap<Digest, Arc<Checked<Service>>>,
    /// Registers and keys that cases entered, or that the goods accounts have there.
    pub(super) records: BTreeSet<(String, String)>,
    /// Documents that functions were given or made, as far as nothing was erased there.
    pub(super) documents: BTreeSet<[u8; 32]>,
    /// By definition, the facts that its functions take or make.
    facts: HashMap<Digest, BTreeSet<Name>>,
    /// Cases in which functions are asked or book.
    asking: HashMap<CaseId, Digest>,
}

impl Named {
    pub(super) async fn take(&mut self, app: &App, row: &EventRow) -> Result<(), AppError> {
        // The roster's stream names no definition.
        if row.case == STREAM {
            return Ok(());
        }
        let kind = row.event.kind.as_str();
        if !matches!(kind, "opened" | "ended") && !self.asking.contains_key(&row.case) {
            return Ok(());
        }
        let event: Event = serde_json::from_slice(&row.event.body)?;
        match &event.what {
            What::Opened(opened) => self.opened(app, row.case, opened.definition).await?,
            What::Ended { enter: Some(entering), .. } => {
                self.records.insert((entering.register.clone(), entering.key.clone()));
            }
            What::Booked { function, posted: Value::Text(posted) } => self.booked(row.case, function, posted)?,
            _ => {}
        }
        // What is left of an erased event names nothing that anybody may see.
        if row.remains.is_none() {
            self.documents_of(row.case, &event);
        }
        Ok(())
    }

    async fn opened(&mut self, app: &App, case: CaseId, hash: Digest) -> Result<(), AppError> {
        if !self.definitions.contains_key(&hash) {
            let definition = app.definition(hash.0).await?;
            self.facts.insert(hash, facts_of(&definition));
            self.definitions.insert(hash, definition);
        }
        if self.facts.get(&hash).is_some_and(|facts| !facts.is_empty()) {
            self.asking.insert(case, hash);
        }
        Ok(())
    }

    /// The records in which holders find what was moved.
    fn booked(&mut self, case: CaseId, function: &str, posted: &str) -> Result<(), AppError> {
        let definition = self.asking.get(&case).and_then(|hash| self.definitions.get(hash));
        let Some(definition) = definition else { return Ok(()) };
        let posted: Vec<Posted> = serde_json::from_str(posted)?;
        let rows = posted.iter().flat_map(|one| one.movement.rows());
        let found = |row: RowKey| Some((register_of(definition.zone(), function, &row)?.0.clone(), row.key()));
        self.records.extend(rows.filter_map(found));
        Ok(())
    }

    fn documents_of(&mut self, case: CaseId, event: &Event) {
        let facts = self.asking.get(&case).and_then(|hash| self.facts.get(hash));
        let Some(facts) = facts else { return };
        let of_functions = given(event).into_iter().filter(|(name, _)| facts.contains(*name));
        self.documents.extend(hashes(of_functions.map(|(_, value)| value)));
    }
}

/// The facts of a service that functions take or make.
fn facts_of(service: &Service) -> BTreeSet<Name> {
    let mut facts = BTreeSet::new();
    for fact in &service.facts {
        if let Source::Function { of, .. } = &fact.source {
            facts.insert(fact.name.clone());
            facts.extend(of.iter().map(FactPath::key));
        }
    }
    facts.extend(service.bookings().flat_map(|booking| booking.of.iter().cloned()));
    facts
}
