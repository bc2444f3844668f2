//! A model's file: `panjereh-risk 1`, lines of fields with tabs between them, and LightGBM's own text of the trees as it is.
//!
//! Must not know of: how a model is trained, what is done with it.
//!
//! ```text
//! panjereh-risk  1
//! truth      LABEL  RATE  AMOUNT              the columns that say what came out and what was at stake
//! column     number|text  NAME                what is read, numbered from 0
//! profile    WEIGHT  FRAUDS  ROWS  COLUMN...  numbered from 0, of all rows; then its combinations of values:
//! case       FRAUDS  ROWS  VALUE...
//! feature    number COLUMN | ratio COLUMN COLUMN | percent COLUMN COLUMN | share PROFILE | rows PROFILE
//! trained    numbers|codes  NAME              a column as it was trained on; then its bins:
//! bin        ROWS  BOUND|CODE                 the last two, `above` or `other`, and `empty`, have neither
//! objective  fraud|duty                       then the calibration, and the trees:
//! knot       SCORE  CHANCE
//! trees      LINES                            LightGBM's text follows, of so many lines
//! end
//! ```
//!
//! A model is published by the SHA-256 of its file, so that the one that scored can be named.

mod read;
mod write;

use sha2::{Digest as _, Sha256};

use super::lightgbm::ModelFault;
use super::model::Model;

/// What a file begins with.
const FIRST: &str = "panjereh-risk";
/// The format that is read and written.
const VERSION: &str = "1";

/// Why a text is not read as a model, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct FileProblem {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub fault: FileFault,
}

/// What is wrong with a model's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum FileFault {
    #[error("{0}")]
    Trees(ModelFault),
    #[error("this is neither a model that `risk-train` wrote nor one that LightGBM 4 saved as text")]
    NotAModel,
    #[error("the model is of format {found}, and {VERSION} is read here")]
    Version { found: String },
    #[error("`{word}` does not stand here")]
    Word { word: String },
    #[error("`{text}` is not {expected}")]
    Field { text: String, expected: &'static str },
    #[error("the line has {found} fields behind its first, and {expected} are due")]
    Fields { found: usize, expected: usize },
    #[error("these values stand twice in the profile")]
    Twice,
    #[error("the trees ask for other numbers than the model makes, or there are none")]
    Mismatch,
    #[error("the file ends too early")]
    Truncated,
    #[error("LightGBM's text names {found} lists of categories, and {expected} of its columns have categories")]
    Categories { found: usize, expected: usize },
}

/// SHA-256 of a model's file, by which it is published.
#[must_use]
pub fn model_hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Model {
    /// Reads a model: one that `risk-train` wrote, or LightGBM's own.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Self, FileProblem> {
        read::model(text)
    }

    /// Writes the model; reading it again gives the same.
    #[must_use]
    pub fn write(&self, trees: &[&str]) -> String {
        write::model(self, trees)
    }
}
