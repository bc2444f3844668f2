//! The Fluent files of a folder, as text; which messages are needed is a rule's matter.
//!
//! Must not know of: what the messages say.

use std::collections::BTreeMap;

use super::context::Context;
use crate::codes;
use crate::model::Language;
use crate::places::Part;
use crate::span::Span;
use crate::syntax::fluent;

/// The Fluent source of `folder` (which ends with `/`, or is empty) in each language; a file that is not there is missed `at` a place.
pub(super) fn read(
    cx: &mut Context<'_>,
    folder: &str,
    languages: &[Language],
    at: Span,
    part: impl Fn(Language) -> Part,
) -> BTreeMap<Language, String> {
    let mut words = BTreeMap::new();
    for language in languages {
        let path = format!("{folder}{language}.ftl");
        let Some(file) = cx.sources.number(&path) else {
            let message = format!("there are no words in `{language}`: no {path}");
            cx.report(&codes::MISSING, at, message, format!("add {path}"));
            continue;
        };
        cx.place(part(language.clone()), Span::new(file, 0, 0));
        let Some((file, text)) = cx.text(&path) else { continue };
        let (_, problems) = fluent::parse(file, text);
        if cx.sound(&path, problems) {
            // Line breaks as Fluent defines them, so that a checkout on Windows has the same hash.
            words.insert(language.clone(), text.replace("\r\n", "\n"));
        }
    }
    words
}
