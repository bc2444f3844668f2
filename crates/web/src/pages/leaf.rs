//! What an entry of the public log says, in the words of the definition that it names; the names that the log itself uses stand beside them.
//!
//! Must not know of: cases, how the log is kept.

use app::definition::Checked;
use app::definition::model::Service;
use app::engine::case::AGAIN;
use app::log::leaf::Leaf;
use app::log::value::Value;

use super::context::{Context, spoken};

/// One public fact, or one that is only bound.
pub(crate) struct Told {
    /// What it is called.
    pub(crate) name: String,
    /// What it says, where it says something to a person.
    pub(crate) words: String,
    /// The same as the log writes it.
    pub(crate) code: String,
}

/// An entry's words. Without the definition that it names, the log's own names have to do.
pub(crate) struct Entry<'a> {
    pub(crate) c: &'a Context<'a>,
    pub(crate) service: Option<&'a Checked<Service>>,
    pub(crate) leaf: &'a Leaf,
}

impl Entry<'_> {
    /// The service's title.
    pub(crate) fn service(&self) -> String {
        self.service.map(|service| self.c.s(service, "title")).unwrap_or_default()
    }

    /// What the stage is called in which the case then stood.
    pub(crate) fn stage(&self) -> String {
        self.leaf.stage.as_deref().map(|stage| self.place(stage)).unwrap_or_default()
    }

    /// What everybody may know.
    pub(crate) fn public(&self) -> Vec<Told> {
        let told = |(name, value): (&String, &Value)| Told {
            name: self.name(name),
            words: self.words(name, value),
            code: format!("{name} = {}", code(value)),
        };
        self.leaf.public.iter().map(told).collect()
    }

    /// What is bound and not shown.
    pub(crate) fn bound(&self) -> Vec<Told> {
        let told = |(name, to): (&String, &app::log::commitment::Commitment)| Told {
            name: self.name(name),
            words: String::new(),
            code: format!("{name} = {}", hex::encode(to.0)),
        };
        self.leaf.commitments.iter().map(told).collect()
    }

    fn name(&self, name: &str) -> String {
        match (name.split_once('.'), self.service) {
            (Some(("fact", fact)), Some(service)) => self.c.key_name(service, fact),
            (Some(("due", clock)), _) => self.c.t1("log-fact-due-of", "clock", self.place(clock)),
            _ => self.c.t_or(&format!("log-fact-{}", name.replace('.', "-")), name),
        }
    }

    fn words(&self, name: &str, value: &Value) -> String {
        let c = self.c;
        match value {
            Value::Bool(truth) => c.t(if *truth { "yes" } else { "no" }),
            Value::Int(at_ms) if name.starts_with("due") => c.last_day_ms(*at_ms),
            Value::Int(number) => c.count(*number),
            Value::Bytes(_) => String::new(),
            Value::Text(text) => self.text(name, text),
        }
    }

    fn text(&self, name: &str, text: &str) -> String {
        match name {
            "by" => return self.c.t(&format!("log-by-{text}")),
            "why" => return self.c.t(&format!("log-why-{text}")),
            "role" => return self.c.z(&format!("role-{text}")),
            _ => {}
        }
        let (c, Some(service)) = (self.c, self.service) else { return spoken(text) };
        match (name, name.strip_prefix("fact.")) {
            ("service", _) => c.s(service, "title"),
            ("seat" | "clock", _) => self.place(text),
            ("branch", _) => self.branch(text).unwrap_or_else(|| spoken(text)),
            ("route", _) => c.route(service, self.leaf.stage.as_deref().unwrap_or_default(), text),
            ("table", _) => c.s(service, &format!("table-{text}")),
            ("rows", _) => c.digits(&text.replace(',', &c.t("list-comma"))),
            ("by", _) => c.t(&format!("log-by-{text}")),
            ("source", _) => c.t_or(&format!("log-source-{text}"), text),
            ("ground", _) => c.ground(text),
            ("cause", _) => c.t(&format!("log-cause-{text}")),
            ("concepts", _) => {
                text.split(',').map(|concept| c.concept(concept)).collect::<Vec<_>>().join(&c.t("list-comma"))
            }
            ("opinion", _) => c.t(&format!("opinion-{text}")),
            ("outcome", _) => c.outcome(text),
            ("certificate", _) => c.s(service, &format!("certificate-{text}")),
            (_, Some(fact)) => c.said(service, fact, text),
            _ => spoken(text),
        }
    }

    /// A stage, a branch of the stage in which the case stood, or a branch with its stage: whoever sits there or is waited for.
    fn place(&self, name: &str) -> String {
        if name == AGAIN {
            return self.c.t("seat-again");
        }
        let Some(service) = self.service else { return name.to_owned() };
        if let Some((_, branch)) = name.split_once('/') {
            return self.branch(branch).unwrap_or_else(|| name.to_owned());
        }
        if service.stage(name).is_some() {
            return self.c.stage(service, name);
        }
        self.branch(name).unwrap_or_else(|| name.to_owned())
    }

    fn branch(&self, name: &str) -> Option<String> {
        let stage = self.leaf.stage.as_deref()?;
        Some(self.c.s_or_empty(self.service?, &format!("branch-{stage}-{name}"))).filter(|words| !words.is_empty())
    }
}

/// A value as the log writes it.
fn code(value: &Value) -> String {
    match value {
        Value::Text(text) => spoken(text),
        Value::Int(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Bytes(bytes) => hex::encode(bytes),
    }
}
