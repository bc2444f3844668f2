//! A form of the desk that comes back: what was typed, and what is wrong with it, beside the field.
//!
//! Must not know of: what the forms are for.

use std::collections::BTreeMap;

use app::AppError;
use app::engine::refusal::{FactProblem, Refusal};

use crate::fault;
use crate::language::Language;
use crate::pages::forms::Sent;
use crate::pages::question::Mistakes;
use crate::site::Site;

/// A form that comes back, or no form yet.
#[derive(Default)]
pub(super) struct Returned {
    /// Which of the page's forms: `decide`, `ask`, a branch's name.
    form: String,
    sent: Sent,
    /// By the fact or field that each is about.
    errors: BTreeMap<String, String>,
}

impl Returned {
    pub(super) fn with(form: &str, sent: Sent, errors: Mistakes) -> Self {
        Self { form: form.to_owned(), sent, errors }
    }

    /// The form with what the engine refused, or the error itself when it is about no field.
    pub(super) fn refused(
        site: &Site,
        language: Language,
        form: &str,
        sent: Sent,
        error: AppError,
    ) -> Result<Self, AppError> {
        let AppError::Refused(refusal) = &error else { return Err(error) };
        let say = |problem: &FactProblem| (problem.fact.clone(), fault::fact_problem(site, language, problem));
        let errors = match refusal {
            Refusal::Facts(problems) => problems.iter().map(say).collect(),
            other => match fault::field_problem(site, language, other) {
                Some((field, words)) => BTreeMap::from([(field.to_owned(), words)]),
                None => return Err(error),
            },
        };
        Ok(Self::with(form, sent, errors))
    }

    /// What was typed into a field of a form.
    pub(super) fn typed(&self, form: &str, field: &str) -> &str {
        if self.form == form { self.sent.text(field) } else { "" }
    }

    /// What is wrong with a field of a form.
    pub(super) fn error(&self, form: &str, field: &str) -> &str {
        self.errors.get(field).filter(|_| self.form == form).map_or("", String::as_str)
    }

    /// What is wrong with the form, for the list above it.
    pub(super) fn errors(&self, form: &str) -> Vec<(&str, &str)> {
        let all = self.errors.iter().filter(|_| self.form == form);
        all.map(|(field, error)| (field.as_str(), error.as_str())).collect()
    }

    pub(super) fn sent(&self) -> &Sent {
        &self.sent
    }

    /// Whether nothing is wrong.
    pub(super) fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }
}
