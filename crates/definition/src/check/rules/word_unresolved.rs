//! A message refers to something that is not there, or to itself.
//!
//! A message may take in other messages and terms of its own file (`{ other }`, `{ -term }`). Nobody gives variables (`{ $name }`) to the words of a
//! zone and its services, and there are no functions; a term may show variables, and whoever refers to it gives each of them (`{ -term(name: "...") }`).
//! What takes itself in, directly or through others, has no end.
//!
//! People would read the reference's name in braces where a text belongs.
//!
//! To mend it, define what is meant in the same file, correct its name, give what the term shows, or write the text out.

use crate::check::context::Context;
use crate::check::words::{Messages, To};
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P704", name: "word-unresolved" };

/// Looks at everything that a message or term refers to.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for folder in &context.words {
        for (language, file) in &folder.files {
            let at = |bytes| folder.place(context.places, language, bytes);
            for reference in file.all().flat_map(|(_, text)| &text.references) {
                problems.extend(wrong(file, &reference.to).map(|message| problem(at(reference.at), message)));
            }
            for circle in &file.circles {
                let names: Vec<&str> = circle.names.iter().map(String::as_str).collect();
                let message = match names.as_slice() {
                    [own] => format!("`{own}` takes itself in"),
                    names => format!("{} take each other in, in a circle", super::quoted(names)),
                };
                problems.push(problem(at(circle.at), message));
            }
        }
    }
}

fn wrong(file: &Messages, to: &To) -> Option<String> {
    match to {
        To::Message(name) => (!file.texts.contains_key(name)).then(|| format!("this file has no message `{name}`")),
        To::Term(name, given) => {
            let Some(term) = file.terms.get(name) else { return Some(format!("this file has no term `{name}`")) };
            let lacking = term.variables.difference(given).next()?;
            Some(format!("the term `{name}` shows `${lacking}`, and is not given it here"))
        }
        To::Variable(name) => Some(format!("nobody gives the variable `${name}`")),
        To::Function(name) => Some(format!("there is no function `{name}`")),
    }
}

fn problem(span: Span, message: String) -> Problem {
    Problem {
        code: CODE,
        span,
        message,
        related: Vec::new(),
        why: "people would read a name in braces where a text belongs".to_owned(),
        help: "define it in the same file, correct its name, give what it shows, or write the text out".to_owned(),
    }
}
