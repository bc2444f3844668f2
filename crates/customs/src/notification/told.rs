//! Answers that say what became of a declaration.
//!
//! Must not know of: cases, why something became of it.

use definition::span::Spanned;
use definition::value::Date;

use super::due::unplaced;
use super::{Notification, Rejection, TaxLine};
use crate::declaration::{Statement, Text};

/// What an answer says (017), with the codes that HM Revenue & Customs' trade test has in its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The declaration was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
    /// Documents or goods are looked at.
    Control,
    /// Documents are wanted.
    Documents,
    /// The goods are released.
    Released,
    /// Nothing is left to be done.
    Cleared,
    /// It is no longer valid: it was taken back, or lapsed.
    Invalidated,
    /// What is due.
    Tax,
}

/// Which declaration an answer is about, and which answer it is.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The answer's own reference, at most 35 characters.
    pub reference: &'a str,
    /// The day on which it is given.
    pub issued: Date,
    /// The declarant's reference of the declaration.
    pub declaration_reference: &'a str,
    /// Customs' reference of it.
    pub declaration_id: &'a str,
    /// The day on which it was accepted.
    pub accepted: Date,
}

/// Most characters of a statement's words and of an error's (225, 488).
const WORDS_MAX: usize = 512;

impl Function {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "01",
            Self::Rejected => "03",
            Self::Control => "05",
            Self::Documents => "06",
            Self::Released => "08",
            Self::Cleared => "09",
            Self::Invalidated => "10",
            Self::Tax => "13",
        }
    }

    /// Its name, as programs say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Control => "control",
            Self::Documents => "documents",
            Self::Released => "released",
            Self::Cleared => "cleared",
            Self::Invalidated => "invalidated",
            Self::Tax => "tax",
        }
    }
}

impl Notification {
    /// An answer that says this.
    #[must_use]
    pub fn told(function: Function, about: &About<'_>) -> Self {
        let text = |text: &str| Some(unplaced(text.to_owned()));
        Self {
            function: unplaced(function.code().to_owned()),
            reference: text(about.reference),
            issued: Some(unplaced(about.issued)),
            declaration_reference: text(about.declaration_reference),
            declaration_id: text(about.declaration_id),
            version: None,
            accepted: Some(unplaced(about.accepted)),
            states: Vec::new(),
            errors: Vec::new(),
            statements: Vec::new(),
            taxes: Vec::new(),
        }
    }

    /// With a statement, and until when it is to be met.
    #[must_use]
    pub fn stating(mut self, words: &str, limit: Option<Date>) -> Self {
        let statement = Statement { text: Some(shortened(words)), limit: limit.map(unplaced), ..Statement::default() };
        self.statements.push(statement);
        self
    }

    /// With a reason why the declaration is rejected.
    #[must_use]
    pub fn because(mut self, words: &str) -> Self {
        self.errors.push(Rejection { text: Some(shortened(words)), ..Rejection::default() });
        self
    }

    /// With what is due.
    #[must_use]
    pub fn due_on(mut self, taxes: Vec<TaxLine>) -> Self {
        self.taxes = taxes;
        self
    }
}

fn shortened(words: &str) -> Text {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Spanned { value: line.chars().take(WORDS_MAX).collect(), ..unplaced(String::new()) }
}
