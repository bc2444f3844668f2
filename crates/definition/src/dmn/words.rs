//! Puts words on what keeps a DMN file, or a part of it, from being read: what it is, and what to do.
//!
//! Must not know of: how it was found.

use super::{DmnErrorKind, Outside};

const EXPORT: &str = "export the model again as DMN 1.1 to 1.5 XML";

impl DmnErrorKind {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        of_file(self).1
    }
}

impl Outside {
    /// What it is, and what to do about it.
    #[must_use]
    pub fn words(&self) -> (String, &'static str) {
        of_decision(self)
    }
}

/// Of a file that is not read at all.
pub(super) fn of_file(kind: &DmnErrorKind) -> (String, &'static str) {
    match kind {
        DmnErrorKind::Xml(fault) => (fault.to_string(), fault.help()),
        DmnErrorKind::NotDmn { namespace, element } if namespace.is_empty() => {
            (format!("the file begins with `{element}`, and not with the `definitions` of DMN"), EXPORT)
        }
        DmnErrorKind::NotDmn { namespace, element } => (
            format!("the file begins with `{element}` of `{namespace}`, and not with the `definitions` of DMN"),
            EXPORT,
        ),
    }
}

/// Of a decision that is none of the language.
fn of_decision(why: &Outside) -> (String, &'static str) {
    const LITERALS: &str = "write a literal: a text in quotes, a number, a date, `true` or `false`";
    match why {
        Outside::NotATable { element: Some(element) } => {
            (format!("it decides by `{element}`, and not by a decision table"), "write it as a decision table")
        }
        Outside::NotATable { element: None } => ("it has no decision table".to_owned(), "write one"),
        Outside::Callable { element } => {
            (format!("it is a `{element}`, which others call"), "write its table where it is called")
        }
        Outside::InputExpression { text } if text.is_empty() => {
            ("an input has no expression".to_owned(), "name the fact that the column reads")
        }
        Outside::InputExpression { text } => (
            format!("an input is computed by `{text}`"),
            "name a fact; what is to be computed can come from a table of its own",
        ),
        Outside::InputType { input, type_ref } => (
            format!("the input `{input}` has the type `{type_ref}`, which is not closed"),
            "give it the type string, number, boolean or date",
        ),
        Outside::InputValues { input, text } => (
            format!("the allowed values of the input `{input}` are `{text}`"),
            "list texts in quotes, or give one closed range of numbers",
        ),
        Outside::Computed { text } if text.is_empty() => {
            ("an output cell is empty beside others that hold numbers, dates or truth values".to_owned(), LITERALS)
        }
        Outside::Computed { text } => (format!("`{text}` is computed, or of another kind than its column"), LITERALS),
        Outside::Ragged { rule } => (
            format!("rule {} has another number of cells than the table has columns", rule.saturating_add(1)),
            "give every rule one cell for each column",
        ),
        Outside::TooLarge { columns, rules } => (
            format!("the table has {columns} columns and {rules} rules, and may have 64 and 10000"),
            "split it into two decisions",
        ),
        Outside::HitPolicy { text } => (
            format!("there is no hit policy `{text}`"),
            "use unique, first, any, priority, rule order, output order, collect, or collect with sum, min, max or count",
        ),
    }
}

/// Of what a table gives when no rule matches.
pub(super) fn of_default(text: &str) -> (String, String) {
    let help = "write rules for all that is left over; the checker names what no rule matches";
    (format!("the table gives `{text}` when no rule matches, which the file does not say"), help.to_owned())
}

/// Of a column that no file can have.
pub(super) fn of_name(name: &str) -> (String, String) {
    let shown: String = name.chars().take(60).collect();
    let help =
        "name each column differently: lower-case ASCII letters, digits and `-`, an input with the fact that it reads";
    (format!("`{shown}` is no name for a column of its own"), help.to_owned())
}
