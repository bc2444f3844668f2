//! What is wrong with a national book, and what to do about it.
//!
//! Must not know of: how it was found.

use definition::value::Date;

use crate::encoding::EncodingFault;
use crate::tariff::parse::ExpressionFault;

/// What is wrong with a book, and where. Nothing of a book that has a fault is taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookProblem {
    /// The line of the file, from 1.
    pub line: u32,
    /// What.
    pub fault: BookFault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum BookFault {
    #[error("{0}")]
    Encoding(EncodingFault),
    #[error("this is not CSV: {message}")]
    NotCsv { message: String },
    #[error("the file ends within this row: it was cut short")]
    CutShort,
    #[error("there are no rows below the heads")]
    Empty,
    #[error("the column `{column}` is missing{}", .nearest.as_ref().map(|nearest| format!("; is it `{nearest}`?")).unwrap_or_default())]
    NoColumn { column: &'static str, nearest: Option<String> },
    #[error("of the duties there is only the sum, `حقوق ورودی`")]
    OnlySum,
    #[error("two columns are a `{column}`")]
    TwiceColumn { column: &'static str },
    #[error("`{text}` is no code of goods")]
    Code { text: String },
    #[error("the code `{digits}` has an odd number of digits")]
    OddCode { digits: String },
    #[error("`{code}` has no name")]
    Nameless { code: String },
    #[error("`{text}` is in the column of Persian names and has no Persian letter")]
    NotPersian { text: String },
    #[error("`{text}` has lost letters")]
    LostLetters { text: String },
    #[error("one of the two rates is given, the other is not")]
    OneRate,
    #[error("`{text}` is no rate: {fault}")]
    Rate { text: String, fault: ExpressionFault },
    #[error("`{text}` is below zero")]
    Negative { text: String },
    #[error("{duty} and {profit} do not add up to {sum}")]
    Sum { duty: String, profit: String, sum: String },
    #[error("`{text}` is no date such as 2026-03-21")]
    Date { text: String },
    #[error("it ends on {to}, before it begins on {from}")]
    Backwards { from: Date, to: Date },
    #[error("`{code}` stands on line {first} already, for the same days")]
    Twice { code: String, first: u32 },
    #[error("`{code}` has rates, and so has `{above}` on line {line}, of which it is a part")]
    Within { code: String, above: String, line: u32 },
}

impl BookFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Encoding(fault) => fault.help(),
            Self::NotPersian { .. } | Self::LostLetters { .. } => {
                "open the book where its letters show, and save it as \"CSV UTF-8\""
            }
            Self::NotCsv { .. } => "see whether a quotation mark is missing",
            Self::CutShort => "export the book again, and see that the whole file is there",
            Self::Empty => "export the sheet that has the rows",
            Self::NoColumn { .. } => "the first row holds the heads: name the column so, in Persian or English",
            Self::OnlySum => "give `حقوق گمرکی` and `سود بازرگانی` in columns of their own: they are two taxes",
            Self::TwiceColumn { .. } => "leave one of them, or give the other a head of its own",
            Self::Code { .. } => {
                "write two, four, six, eight or ten digits; points between them are allowed, and a spreadsheet keeps them in columns of text"
            }
            Self::OddCode { .. } => {
                "a spreadsheet may have taken a leading zero: make the column text, and put it back"
            }
            Self::Nameless { .. } => "write its Persian or English name",
            Self::OneRate => "write both; 0 where nothing is due",
            Self::Rate { .. } => "write a percentage such as 5, or an expression such as `8.00% + 22.00 EUR / 100 kg`",
            Self::Negative { .. } => "write a percentage of zero or more",
            Self::Sum { .. } => "see which of the three is mistaken",
            Self::Date { .. } => "write the day of the Gregorian calendar, as in ISO 8601",
            Self::Backwards { .. } => "see whether the two days were exchanged",
            Self::Twice { .. } => {
                "leave one of the two, or say in columns of their own from and until when each is valid"
            }
            Self::Within { .. } => "leave rates to the rows with the most digits",
        }
    }
}
