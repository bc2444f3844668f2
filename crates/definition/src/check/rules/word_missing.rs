//! Words are missing in one of the zone's languages, or there is nothing in them that can be seen.
//!
//! Everything that people see has words in every language of the zone: messages in the Fluent files of the zone and of each service, columns of the
//! code lists, and the text of each ground. `docs/definitions.md` lists the messages under "Words"; facts that are asked also need a `.hint`. A text of blanks and
//! invisible characters alone, such as `{ "" }`, is none.
//!
//! Whoever reads that language would see a name meant for machines, or nothing, at the point where they have to understand.
//!
//! To mend it, add the message, or fill in the cell.

use crate::check::context::Context;
use crate::check::words::Folder;
use crate::model::Language;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P701", name: "word-missing" };

/// Looks at the messages. Cells without a text, and a file of words that is not there at all, were found when the zone was read.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for folder in &context.words {
        for (language, file) in &folder.files {
            for name in folder.wanted.needed.iter().filter(|name| !file.texts.contains_key(*name)) {
                let message = format!("there is no `{name}` in {}", folder.home(language));
                let at = folder.place(context.places, language, beside(folder, language, name));
                problems.push(problem(at, message, &written(name)));
            }
            let wanted = |name: &String| folder.wanted.needed.contains(name) || folder.wanted.welcome.contains(name);
            for (name, text) in file.texts.iter().filter(|(name, text)| text.blank && wanted(name)) {
                let message = format!("there is nothing to be seen in `{name}` in {}", folder.home(language));
                problems.push(problem(folder.place(context.places, language, text.at), message, "write the text"));
            }
        }
    }
}

/// An attribute's message, where it is there; else the file's beginning.
fn beside(folder: &Folder<'_>, language: &Language, name: &str) -> (usize, usize) {
    let message = name.split_once('.').map_or(name, |(message, _)| message);
    folder.files.get(language).and_then(|file| file.texts.get(message)).map_or((0, 0), |text| text.at)
}

/// How the message is written.
fn written(name: &str) -> String {
    match name.split_once('.') {
        Some((message, attribute)) => format!("add `.{attribute} = ...`, indented, under `{message}`"),
        None => format!("add `{name} = ...`"),
    }
}

fn problem(span: Span, message: String, help: &str) -> Problem {
    Problem {
        code: CODE,
        span,
        message,
        related: Vec::new(),
        why: "who reads this language would see a name meant for machines, or nothing".to_owned(),
        help: help.to_owned(),
    }
}
