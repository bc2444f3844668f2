//! What customs works out for a zone's services: functions that a definition names (`functions.yaml`), over declared data and the zone's tables.
//!
//! Must not know of: cases, where tables and documents are kept. The same table, day and data give the same answer, byte by byte.

mod assess;
mod fault;

use std::collections::BTreeMap;
use std::fmt;

use definition::value::{Date, Value};

pub use fault::Fault;

/// A function whose tables were read.
pub struct Loaded {
    function: Box<dyn Function>,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded").finish_non_exhaustive()
    }
}

/// What a function is given.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// A document, by its bytes.
    Bytes(&'a [u8]),
    /// Anything else.
    Value(&'a Value),
}

/// What a function made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The whole of it, written down.
    pub value: Written,
    /// What it says besides, by name.
    pub values: BTreeMap<&'static str, Value>,
}

/// A document that a function wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type (RFC 6838).
    pub media_type: &'static str,
    /// What a person who saves it gets it under.
    pub name: &'static str,
}

/// A function that can be asked.
trait Function: Send + Sync {
    /// The names of what it says besides.
    fn gives(&self) -> &'static [&'static str];
    /// What it says.
    fn compute(&self, given: &[Given<'_>], day: Date) -> Result<Made, Vec<Fault>>;
}

impl Loaded {
    /// The function of this name and version, with what it is told once and the text of its tables by path.
    ///
    /// # Errors
    /// When there is no such function here, or something is wrong with what it rests on; says what, and where.
    pub fn load(
        name: &str,
        version: u32,
        with: &BTreeMap<String, String>,
        tables: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let function: Box<dyn Function> = match (name, version) {
            ("customs.assess", 1) => Box::new(assess::Assess::load(with, tables)?),
            _ => return Err(format!("there is no version {version} of it here; there is customs.assess 1")),
        };
        Ok(Self { function })
    }

    /// The names of what it says besides the whole.
    #[must_use]
    pub fn gives(&self) -> &'static [&'static str] {
        self.function.gives()
    }

    /// What it says of what it is given, on a day of the zone.
    ///
    /// # Errors
    /// Everything that is wrong with what it is given.
    pub fn compute(&self, given: &[Given<'_>], day: Date) -> Result<Made, Vec<Fault>> {
        self.function.compute(given, day)
    }
}

/// The table whose file has this name, read; an empty one where the zone has none and may go without.
fn table<T>(
    tables: &BTreeMap<String, String>,
    name: &str,
    read: impl Fn(&str) -> Result<T, Vec<crate::RowProblem>>,
) -> Result<Option<T>, String> {
    let is_it = |path: &&String| path.rsplit('/').next() == Some(name);
    let Some(path) = tables.keys().find(is_it) else { return Ok(None) };
    let text = tables.get(path).map(String::as_str).unwrap_or_default();
    read(text).map(Some).map_err(|problems| {
        let told = problems.iter().take(5).map(|problem| format!("{path}:{}: {}", problem.line, problem.fault));
        told.collect::<Vec<_>>().join("; ")
    })
}
