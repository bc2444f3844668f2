//! The functions that definitions name, loaded from the tables of a disclosure, and the documents that they were given.
//!
//! Must not know of: what functions say. What does not have the hash by which it is named is not used.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use customs::functions::{Loaded, Paper};
use definition::model::Function;
use definition::value::Value;
use engine::world::Computed;
use log::{ReadError, TileReader};
use record::manifest::{document_path, table_path};
use sha2::{Digest as _, Sha256};

use super::{Question, Ready, Said};
use crate::checks::function_not_repeatable;
use crate::definitions::Definitions;
use crate::finding::{At, Findings};
use crate::input::CouldNot;

/// What was read.
#[derive(Default)]
pub(crate) struct Library {
    /// Functions by all that a definition says of them; none where one cannot be had.
    functions: HashMap<String, Option<Arc<Loaded>>>,
    /// Documents of the questions that are looked at together.
    documents: HashMap<[u8; 32], Option<Arc<Paper>>>,
}

/// Where things are read from and what is missing is told.
pub(crate) struct Desk<'a> {
    pub(crate) disclosure: &'a dyn TileReader,
    pub(crate) definitions: &'a Definitions,
    pub(crate) findings: &'a mut Findings,
}

impl Library {
    /// Brings what a question takes; none where something of it is missing, which is then told.
    pub(crate) fn ready(&mut self, question: Question, desk: &mut Desk<'_>) -> Result<Option<Ready>, CouldNot> {
        let at = At::leaf(question.index, question.case.0);
        let Some(function) = self.function(&question, &at, desk)? else { return Ok(None) };
        let mut documents = Vec::with_capacity(question.given.len());
        for value in &question.given {
            let Value::Document(document) = value else {
                documents.push(None);
                continue;
            };
            let Some(bytes) = self.document(&document.sha256, &at, desk)? else { return Ok(None) };
            documents.push(Some(bytes));
        }
        // What it made is given to whoever looks at the case, so it has to be there, too.
        if let Said::Worked(Computed { value: Value::Document(made), .. }) = &question.said {
            self.document(&made.sha256, &at, desk)?;
        }
        Ok(Some(Ready { question, function, documents }))
    }

    /// Lets documents go that were read.
    pub(crate) fn close(&mut self) {
        self.documents.clear();
    }

    fn function(&mut self, question: &Question, at: &At, desk: &mut Desk<'_>) -> Result<Option<Arc<Loaded>>, CouldNot> {
        let service = desk.definitions.get(&question.definition);
        let function = service.and_then(|service| service.zone().functions.get(&question.function));
        let Some(function) = function else {
            function_not_repeatable::check(
                at.clone(),
                &question.function,
                &"the definition names no such function",
                desk.findings,
            );
            return Ok(None);
        };
        let key = serde_json::to_string(&(&question.function, function)).unwrap_or_default();
        if let Some(known) = self.functions.get(&key) {
            return Ok(known.clone());
        }
        let loaded = load(&question.function, function, at, desk)?;
        self.functions.insert(key, loaded.clone());
        Ok(loaded)
    }

    fn document(&mut self, sha256: &[u8; 32], at: &At, desk: &mut Desk<'_>) -> Result<Option<Arc<Paper>>, CouldNot> {
        if let Some(known) = self.documents.get(sha256) {
            return Ok(known.clone());
        }
        let read = read(&document_path(sha256), sha256, at, desk)?.map(Paper::new);
        self.documents.insert(*sha256, read.clone());
        Ok(read)
    }
}

fn load(name: &str, function: &Function, at: &At, desk: &mut Desk<'_>) -> Result<Option<Arc<Loaded>>, CouldNot> {
    let mut tables = BTreeMap::new();
    for (file, hash) in &function.files {
        let sha256 = hex::decode(hash).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).unwrap_or_default();
        let Some(bytes) = read(&table_path(hash), &sha256, at, desk)? else { return Ok(None) };
        tables.insert(file.clone(), String::from_utf8_lossy(&bytes).into_owned());
    }
    match Loaded::load(name, function.version, &function.with, &tables) {
        Ok(loaded) => Ok(Some(Arc::new(loaded))),
        Err(why) => {
            function_not_repeatable::check(at.clone(), name, &why, desk.findings);
            Ok(None)
        }
    }
}

/// The bytes at a path, if they have this hash.
fn read(path: &str, sha256: &[u8; 32], at: &At, desk: &mut Desk<'_>) -> Result<Option<Vec<u8>>, CouldNot> {
    match desk.disclosure.read(path) {
        Ok(bytes) if Sha256::digest(&bytes)[..] == sha256[..] => Ok(Some(bytes)),
        Ok(_) => {
            function_not_repeatable::check(at.clone(), path, &"it has another hash", desk.findings);
            Ok(None)
        }
        Err(ReadError::NotFound) => {
            function_not_repeatable::check(at.clone(), path, &"it was not disclosed", desk.findings);
            Ok(None)
        }
        Err(ReadError::Failed(why)) => Err(CouldNot::Read { path: path.to_owned(), why }),
    }
}
