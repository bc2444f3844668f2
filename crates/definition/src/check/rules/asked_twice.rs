//! A service asks twice for the same thing.
//!
//! Two facts of a service that are both asked of the applicant must be about different concepts. Where two things of one kind are meant, such as a
//! first and a second activity, they are two concepts.
//!
//! People answer the same question twice, and the two answers may differ.
//!
//! To mend it, remove one of the facts, or give it the concept that it is really about.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::model::{Fact, Source};
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P603", name: "asked-twice" };

/// Compares the asked facts of every service.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        let at = |fact: &Fact| context.places.find(&Part::Fact(service.name.clone(), fact.name.clone()));
        let mut first: BTreeMap<&str, &Fact> = BTreeMap::new();
        for fact in service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. })) {
            let Some(before) = first.get(fact.concept.as_str()) else {
                first.insert(&fact.concept, fact);
                continue;
            };
            problems.push(Problem {
                code: CODE,
                span: at(fact),
                message: format!("`{}` asks for `{}` a second time, after `{}`", fact.name, fact.concept, before.name),
                related: vec![(at(before), "asked here first".to_owned())],
                why: "people would answer the same question twice, and the answers could differ".to_owned(),
                help: "remove one of the two facts, or give it the concept that it is really about".to_owned(),
            });
        }
    }
}
