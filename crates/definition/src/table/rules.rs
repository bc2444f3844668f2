//! What a table says, as plain data: the serial form that is hashed, shown and exported. Must not know spans.

use serde::{Deserialize, Serialize};

use super::hit::HitPolicy;
use super::unary::UnaryTests;
use crate::value::{Type, Value};

/// A decision table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What becomes of several matching rules.
    pub hit: HitPolicy,
    /// What the rules look at.
    pub inputs: Vec<InputColumn>,
    /// What they say.
    pub outputs: Vec<OutputColumn>,
    /// The rules in order.
    pub rows: Vec<Row>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputColumn {
    /// What it reads, such as `activity.risk`.
    pub path: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
    /// If it is a code: every code of its list, so that the table stands by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputColumn {
    /// Its name.
    pub name: String,
    /// Its type; without one it holds codes, and cells may be empty.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<Type>,
    /// Its values, best first, for the policies that choose by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Value>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// One cell per input.
    pub tests: Vec<UnaryTests>,
    /// One cell per output; nothing where an untyped output is left empty.
    pub outputs: Vec<Option<Value>>,
}
