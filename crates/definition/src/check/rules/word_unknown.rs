//! A message that nothing shows.
//!
//! Every message in a Fluent file is for something in the definition, or is referred to by another message. Terms (`-name`) may stand for themselves.
//!
//! It is usually the words of something that was renamed, or a misspelt name: its translation looks done, and people see nothing of it.
//!
//! To mend it, correct the message's name, or remove it.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P702", name: "word-unknown" };

/// Looks at every message.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for folder in &context.words {
        for (language, file) in &folder.files {
            let references = file.all().flat_map(|(_, text)| &text.references);
            let referred: BTreeSet<&String> = references.filter_map(|reference| reference.to.message()).collect();
            for (name, text) in &file.texts {
                let wanted = folder.wanted.needed.contains(name) || folder.wanted.welcome.contains(name);
                if wanted || referred.contains(name) {
                    continue;
                }
                problems.push(Problem {
                    code: CODE,
                    span: folder.place(context.places, language, text.at),
                    message: format!("nothing shows the message `{name}`"),
                    related: Vec::new(),
                    why: "its author believes that people read it, and nobody does".to_owned(),
                    help: "correct its name, or remove it".to_owned(),
                });
            }
        }
    }
}
