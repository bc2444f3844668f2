//! Decision tables as DMN: import from DMN 1.1 to 1.5, export to DMN 1.5 (OMG formal/2024-01-01, section 13).
//!
//! Only decision tables over closed types, whose inputs are plain names and whose outputs are literals, belong to the
//! definition language. Whatever else a file holds comes out by name with the reason why it stays outside.
//! Must not know files and services.

mod columns;
mod export;
mod import;
mod sheet;
mod words;
mod xml;

use crate::span::{Span, Spanned};
use crate::syntax::xml::XmlFault;
use crate::table::{CellError, RawTable, Table, compile};
use crate::value::{CodeLists, Type};

pub use export::{Exported, export};
pub use import::import;
pub use sheet::{Said, Unsaid, said};

/// The namespace of DMN 1.5.
pub const NAMESPACE: &str = "https://www.omg.org/spec/DMN/20230324/MODEL/";
/// The namespace of the attributes in which an exported table keeps what DMN has no word for: a decimal's `scale`, a
/// money's `currency`, the name of a code `list`.
pub const OWN_NAMESPACE: &str = "urn:panjereh:dmn:1";
/// The FEEL literal for no value (DMN 1.5, section 10.3.1.2).
const NULL: &str = "null";
/// Digits after the point of imported numbers that do not say their own. FEEL's numbers are floating, a table's are not.
pub const NUMBER_SCALE: u8 = 9;
/// The code that stands for every text that is in no cell, in a string column that does not list its values.
pub const OTHER_TEXT: &str = "";

/// One named decision, or other named logic, of a DMN file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DmnDecision {
    /// Its name.
    pub name: String,
    /// Where it begins, in bytes, as file 0.
    pub span: Span,
    /// What it decides by.
    pub logic: Logic,
}

/// What a decision decides by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logic {
    /// A table of the definition language.
    Table(Box<DmnTable>),
    /// Something else.
    Outside(Outside),
}

/// A table as it was imported. Spans are byte offsets in the XML, as file 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DmnTable {
    /// The table; input paths are the names that the input expressions are.
    pub raw: RawTable,
    /// Types of the inputs.
    pub inputs: Vec<Type>,
    /// Types of the outputs; strings are codes without a list.
    pub outputs: Vec<Option<Type>>,
    /// The code lists of string inputs.
    pub lists: Vec<DmnList>,
    /// What each output gives when no rule matches, as written.
    pub defaults: Vec<Option<Spanned<String>>>,
    /// The names of the annotation columns.
    pub annotation_names: Vec<String>,
    /// Per rule, its annotations.
    pub annotations: Vec<Vec<String>>,
}

/// The values of a string input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DmnList {
    /// Name of the list, which the column's type names too.
    pub name: String,
    /// Its codes. An open list has [`OTHER_TEXT`] among them.
    pub codes: Vec<String>,
}

/// Why a decision is outside of the definition language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum Outside {
    /// Its logic is not a decision table but this DMN element, or it has none.
    NotATable { element: Option<String> },
    /// It is a business knowledge model or a decision service, which others call.
    Callable { element: String },
    /// An input is computed by this expression instead of being named.
    InputExpression { text: String },
    /// An input has this type, which is not closed, or none that can be told.
    InputType { input: String, type_ref: String },
    /// The allowed values of an input are no list of literals and no closed range.
    InputValues { input: String, text: String },
    /// A cell or a default is computed by this expression instead of being a literal, or a column mixes kinds.
    Computed { text: String },
    /// A rule has another number of cells than the table has columns.
    Ragged { rule: usize },
    /// The table has more columns or rules than one of the language may have.
    TooLarge { columns: usize, rules: usize },
    /// The hit policy or aggregation is not one of DMN's.
    HitPolicy { text: String },
}

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DmnError {
    /// Where, in bytes, as file 0.
    pub span: Span,
    /// What.
    pub kind: DmnErrorKind,
}

/// What is wrong with a DMN file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::of_file(self).0)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum DmnErrorKind {
    /// Not XML, or more of it than is read.
    Xml(XmlFault),
    /// The root is not a `definitions` of DMN 1.1 to 1.5.
    NotDmn { namespace: String, element: String },
}

impl DmnTable {
    /// Compiles the table.
    ///
    /// # Errors
    /// Every cell that is not of the language, as [`compile`] does.
    pub fn compile(&self) -> Result<Table, Vec<CellError>> {
        compile(&self.raw, &self.inputs, &self.outputs, self)
    }
}

impl CodeLists for DmnTable {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.codes(list).is_some_and(|codes| codes.iter().any(|known| known == code))
    }

    fn codes(&self, list: &str) -> Option<&[String]> {
        self.lists.iter().find(|known| known.name == list).map(|list| list.codes.as_slice())
    }
}
