//! A message has other variables in one language than in another.
//!
//! The variables of a message (`{ $name }`) are the same in every language; the zone's first language sets them.
//!
//! Readers of one language would miss what the others are told, such as a date or an amount.
//!
//! To mend it, use the same variables in all languages.

use crate::check::context::Context;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P703", name: "word-differs" };

/// Compares every language with the zone's first.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let Some((first, others)) = context.zone.languages.split_first() else { return };
    for folder in &context.words {
        let Some(model) = folder.files.get(first) else { continue };
        for language in others {
            let Some(file) = folder.files.get(language) else { continue };
            for (name, text) in &file.texts {
                let Some(same) = model.texts.get(name).filter(|same| same.variables != text.variables) else {
                    continue;
                };
                let differing = same.variables.symmetric_difference(&text.variables);
                let names: Vec<String> = differing.map(|name| format!("`${name}`")).collect();
                problems.push(Problem {
                    code: CODE,
                    span: folder.place(context.places, language, text.at),
                    message: format!("`{name}` differs from `{first}` in {}", names.join(", ")),
                    related: vec![(folder.place(context.places, first, same.at), format!("in `{first}`"))],
                    why: "readers of one language would not be told what the others are".to_owned(),
                    help: "use the same variables in every language".to_owned(),
                });
            }
        }
    }
}
