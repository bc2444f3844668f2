//! A field of a form as it is shown.
//!
//! Must not know of: which fields there are.

use app::form::{Cells, Field, Typing, Wrong};

use crate::fault::told;
use crate::pages::context::Context;

/// A field with what was typed into it, and what is wrong with that.
pub(super) struct Line {
    pub(super) key: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) value: String,
    pub(super) error: String,
    /// Codes and numbers are written from left to right in any language.
    pub(super) ltr: bool,
    pub(super) mode: &'static str,
    pub(super) required: bool,
}

impl Line {
    /// The ids of what describes the field, as `aria-describedby` takes them.
    pub(super) fn described(&self) -> String {
        let part = |there: bool, end: &str| there.then(|| format!("{}-{end}", self.key));
        let parts = [part(!self.hint.is_empty(), "hint"), part(!self.error.is_empty(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The fields, with what was typed.
pub(super) fn lines(c: &Context<'_>, fields: &[Field], cells: &Cells, wrong: &[&Wrong]) -> Vec<Line> {
    let line = |field: &Field| {
        let own: Vec<String> = wrong.iter().filter(|one| one.field == field.key).map(|one| said(c, one)).collect();
        Line {
            key: field.key,
            label: c.t(&format!("field-{}", field.key)),
            hint: c.t_or(&format!("field-{}-hint", field.key), ""),
            value: cells.get(field.key).cloned().unwrap_or_default(),
            error: own.join(" "),
            ltr: field.typing != Typing::Words,
            mode: match field.typing {
                Typing::Digits => "numeric",
                Typing::Number => "decimal",
                Typing::Words | Typing::Letters => "text",
            },
            required: field.required,
        }
    };
    fields.iter().map(line).collect()
}

/// What is wrong, in the page's language, as a sentence.
pub(super) fn said(c: &Context<'_>, wrong: &Wrong) -> String {
    sentence(&told(c.language, wrong.words.get(c.language.tag()).map(String::as_str).unwrap_or_default()))
}

/// What is wrong, after the name of its field.
pub(super) fn named(c: &Context<'_>, wrong: &Wrong) -> String {
    let (label, said) = (c.t_or(&format!("field-{}", wrong.field), ""), said(c, wrong));
    if label.is_empty() { said } else { format!("{label}{} {said}", c.t("colon")) }
}

/// A text with a capital at its beginning and a stop at its end.
pub(super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '?', '!', '؟']) { "" } else { "." };
    format!("{first}{}{stop}", rest.as_str())
}
