//! A message refers to something that is not there.
//!
//! A message may take in other messages and terms of its own file (`{ other }`, `{ -term }`). Nobody gives variables (`{ $name }`) to the words of a
//! zone and its services, and there are no functions; a term may have variables that whoever refers to it gives.
//!
//! People would read the reference's name in braces where a text belongs.
//!
//! To mend it, define what is meant in the same file, correct its name, or write the text out.

use crate::check::context::Context;
use crate::check::words::{Messages, To};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P704", name: "word-unresolved" };

/// Looks at everything that a message or term refers to.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for folder in &context.words {
        for (language, file) in &folder.files {
            for reference in &file.references {
                let Some(message) = wrong(file, &reference.to) else { continue };
                problems.push(Problem {
                    code: CODE,
                    span: folder.place(context.places, language, reference.at),
                    message,
                    related: Vec::new(),
                    why: "people would read a name in braces where a text belongs".to_owned(),
                    help: "define it in the same file, correct its name, or write the text out".to_owned(),
                });
            }
        }
    }
}

fn wrong(file: &Messages, to: &To) -> Option<String> {
    match to {
        To::Message(name) => (!file.texts.contains_key(name)).then(|| format!("this file has no message `{name}`")),
        To::Term(name) => (!file.terms.contains(name)).then(|| format!("this file has no term `-{name}`")),
        To::Variable(name) => Some(format!("nobody gives the variable `${name}`")),
        To::Function(name) => Some(format!("there is no function `{name}`")),
    }
}
