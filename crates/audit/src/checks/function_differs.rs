//! A function does not say what the record says that it said.
//!
//! What functions work out is an event, on which tables decide and fees are owed. Here the function was asked again: the same name and version, with the tables
//! that the definition names, with what the case gave, on the zone's day of the act, and with the goods accounts as they stood then. It says something else, or
//! has something against what it is given.
//!
//! A case that was decided at the same moment as another moved the accounts may have seen them as they were before: what was so in the last minute counts.

use customs::functions::Fault;
use definition::value::Value;

use crate::asked::{Answer, Question, Said};
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A437",
    name: "function-differs",
    weight: Weight::Fault,
    en: "A function does not say what the record says that it said.",
    fa: "تابع آنچه را ثبت شده نمی‌گوید.",
};

/// Looks at what a function says beside what the record says that it said.
pub(crate) fn check(question: &Question, heard: &Result<Answer, Vec<Fault>>, findings: &mut Findings) {
    let recomputed = match heard {
        Ok(answer) => {
            let differ = differ(question, answer);
            if differ.is_empty() {
                return;
            }
            format!("another {}", differ.join(", "))
        }
        Err(faults) => format!("refused: {}", words(faults)),
    };
    let at = At::leaf(question.index, question.case.0);
    findings.add(&CODE, at, format!("{} worked out", question.function), recomputed);
}

/// Of what the two say different things.
pub(crate) fn differ(question: &Question, answer: &Answer) -> Vec<String> {
    let (Said::Worked(said), Answer::Worked(made)) = (&question.said, answer) else { return vec!["kind of answer".to_owned()] };
    let mut differ = Vec::new();
    let sha256 = made.value.paper.sha256();
    let is_it = matches!(&said.value, Value::Document(document)
        if document.sha256 == sha256
            && document.size == made.value.paper.bytes().len() as u64
            && document.media_type == made.value.media_type
            && document.name == made.value.name);
    if !is_it {
        differ.push("document".to_owned());
    }
    for (concept, value) in &said.values {
        let last = definition::model::last(concept);
        if made.values.get(last) != Some(value) {
            differ.push(last.to_owned());
        }
    }
    differ
}

/// What a function has against what it is given, in words.
pub(crate) fn words(faults: &[Fault]) -> String {
    let told = faults.iter().filter_map(|fault| fault.words.get("en").map(String::as_str));
    let told: Vec<&str> = told.take(3).collect();
    if told.is_empty() { "it does not know what it is given".to_owned() } else { told.join("; ") }
}
