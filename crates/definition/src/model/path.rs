//! Where a value comes from when a table, a stage or a function reads it.
//!
//! Must not know of: what is known, who reads.

use serde::{Deserialize, Serialize};

use super::Name;

/// Where a value comes from when a table, a stage or a function reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactPath {
    /// A fact's own value.
    Fact(Name),
    /// An attribute of a fact's code.
    Attribute {
        /// The fact.
        fact: Name,
        /// The code list.
        list: Name,
        /// The attribute.
        attribute: Name,
    },
    /// A concept of the register record that a fact names, or of what a function says with a fact that it works out.
    Record {
        /// The fact that names the record.
        fact: Name,
        /// The register or function.
        register: Name,
        /// The concept read.
        concept: String,
    },
    /// What a table gave earlier in the case.
    Output {
        /// The table.
        table: Name,
        /// The output column.
        output: Name,
    },
    /// A concept of the applicant's record in `people`.
    Applicant {
        /// The concept read.
        concept: String,
    },
}

impl FactPath {
    /// The fact whose value is read, or by whose value something is.
    #[must_use]
    pub const fn fact(&self) -> Option<&Name> {
        match self {
            Self::Fact(fact) | Self::Attribute { fact, .. } | Self::Record { fact, .. } => Some(fact),
            Self::Output { .. } | Self::Applicant { .. } => None,
        }
    }

    /// The path as its author wrote it, which is also the key under which a case keeps what it gives.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Fact(fact) => fact.clone(),
            Self::Attribute { fact, attribute, .. } => format!("{fact}.{attribute}"),
            Self::Record { fact, concept, .. } => format!("{fact}.{}", last(concept)),
            Self::Output { table, output } => format!("{table}.{output}"),
            Self::Applicant { concept } => format!("applicant.{}", last(concept)),
        }
    }
}

/// The last name of a concept, by which a path reads it: `arrears` of `company.arrears`.
#[must_use]
pub fn last(concept: &str) -> &str {
    concept.rsplit('.').next().unwrap_or(concept)
}

/// How what a function is given is written down: a fact by its name alone, and all else as the path that it is.
pub(super) mod given {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{FactPath, Name};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Written {
        Fact(Name),
        Path(FactPath),
    }

    pub(in crate::model) fn serialize<S: Serializer>(given: &[FactPath], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(given.iter().map(|path| match path {
            FactPath::Fact(fact) => Written::Fact(fact.clone()),
            path => Written::Path(path.clone()),
        }))
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<FactPath>, D::Error> {
        let written = Vec::<Written>::deserialize(from)?;
        let path = |written| match written {
            Written::Fact(fact) => FactPath::Fact(fact),
            Written::Path(path) => path,
        };
        Ok(written.into_iter().map(path).collect())
    }
}
