//! What is wrong with a sheet of items as such.
//!
//! Must not know of: the forms of data, which the WCO's tables know.

use super::columns;

/// A fault of a sheet, its header, or a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum SheetFault {
    #[error("the file has more than {max} bytes when it is unpacked")]
    TooLarge { max: u64 },
    #[error("a cell has more than {max} bytes")]
    LongCell { max: usize },
    #[error("the file is not written in UTF-8")]
    NotUtf8,
    #[error("this is no sheet: {message}")]
    NoSheet { message: String },
    #[error("there is no sheet `{name}`")]
    Unnamed { name: String, there: Vec<String> },
    #[error("there are no rows of items")]
    NoItems,
    #[error("there are more than {max} items")]
    TooManyItems { max: usize },
    #[error("the column `{column}` is missing")]
    NoColumn { column: &'static str },
    #[error("there is no column `{column}`")]
    UnknownColumn { column: String, nearest: Option<&'static str> },
    #[error("the column `{column}` stands twice")]
    TwiceColumn { column: &'static str },
    #[error("the cell shows an error: `{text}`")]
    ErrorCell { text: String },
    #[error("another row has the number {number}")]
    Twice { number: String },
    #[error("the declaration of the head has {count} items of its own")]
    HeadHasItems { count: usize },
    #[error("the head says {said} items, and the sheet has {counted}")]
    Count { said: String, counted: usize },
}

impl SheetFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::TooLarge { .. } | Self::TooManyItems { .. } => "split it into several declarations".to_owned(),
            Self::LongCell { .. } => "shorten the text".to_owned(),
            Self::NotUtf8 => "save it as CSV in UTF-8, or as XLSX or ODS".to_owned(),
            Self::NoSheet { .. } => "save it as CSV, XLSX or ODS".to_owned(),
            Self::Unnamed { there, .. } => format!("there is {}", there.join(", ")),
            Self::NoItems => "write a row for each item under the header".to_owned(),
            Self::NoColumn { column } => format!("add it: {}", columns::heads(column)),
            Self::UnknownColumn { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownColumn { .. } => format!("leave it out; there is {}", columns::keys()),
            Self::TwiceColumn { .. } => "leave one of them".to_owned(),
            Self::ErrorCell { .. } => "mend the formula, or write the value".to_owned(),
            Self::Twice { .. } => "give each item a number of its own, or leave the column out".to_owned(),
            Self::HeadHasItems { .. } => "name a declaration without items, or leave the sheet out".to_owned(),
            Self::Count { .. } => "see whether a row is missing, or mend the number".to_owned(),
        }
    }
}
