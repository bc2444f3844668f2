//! What is known in a case, in words: for whoever has a part in it, and so for the officer who decides on it.
//!
//! Must not know of: any one page.

use app::definition::model::Name;
use app::definition::value::Value;
use app::engine::case::Cause;
use app::{AppError, CaseView, Choice};

use super::context::{Context, spoken};
use super::direction::isolated;
use super::question;
use crate::format::segment;

/// A fact in words.
pub(crate) struct Given {
    /// Its key among the case's facts; of what was erased its concept.
    pub(crate) key: String,
    pub(crate) name: String,
    /// In lines, each part isolated.
    pub(crate) value: String,
    /// Where the document is, for a document.
    pub(crate) document: String,
    /// The page that shows what is in it, for an assessment; the history, for a lot or receipt.
    pub(crate) page: String,
}

/// What is known in a case, in the definition's order, then what registers and tables said.
pub(crate) async fn given(c: &Context<'_>, view: &CaseView) -> Result<Vec<Given>, AppError> {
    let records = c.site.app.named(view).await?;
    let place = |key: &String| {
        let fact = view.service.facts.iter().position(|fact| fact.name == *key);
        (fact.is_none(), fact, key.clone())
    };
    let mut keys: Vec<&String> = view.case.facts.keys().filter(|key| !key.ends_with(".route")).collect();
    keys.sort_by_key(|key| place(key));
    let one = |key: &String| {
        let value = view.case.facts.get(key)?;
        let document = match value {
            Value::Document(document) => {
                c.link(&format!("/cases/{}/documents/{}", view.case.id, hex::encode(document.sha256)))
            }
            _ => String::new(),
        };
        let page = match value {
            Value::Document(document) if app::is_assessment(document) => {
                c.link(&format!("/cases/{}/assessment/{key}", view.case.id))
            }
            _ => String::new(),
        };
        let name = c.key_name(&view.service, key);
        let plain = || isolated(&c.keyed(&view.service, key, value));
        Some(Given {
            key: key.clone(),
            name,
            value: match (records.get(key), value) {
                (Some(held), _) => record(c, view, key, held),
                (None, Value::Text(lines)) if app::is_manifest(&view.service, key) => numbered(c, lines),
                (None, _) => plain(),
            },
            document,
            page,
        })
    };
    let mut given: Vec<Given> = keys.into_iter().filter_map(one).collect();
    for one in &mut given {
        let (Some(viewer), Some(value)) = (c.viewer, view.case.facts.get(&one.key)) else { continue };
        let account = c.site.app.goods_account_in(viewer.account(), &view.service, (&one.key, value)).await?;
        if let Some((kind, id)) = account {
            one.page = c.link(&format!("/goods/{kind}/{}", segment(&id)));
        }
    }
    given.extend(erased(c, view));
    Ok(given)
}

/// The lines of a manifest, each behind the number by which entries name it: blank ones count.
fn numbered(c: &Context<'_>, lines: &str) -> String {
    let colon = c.t("colon");
    let said = (1_u32..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()).map(|(number, line)| {
        format!("{}{colon} {}", c.t1("manifest-line", "line", c.count(number)), isolated(&spoken(line)))
    });
    said.collect::<Vec<_>>().join("\n")
}

/// What was known and is not any more, with the day and the reason: that it is gone is no secret.
fn erased(c: &Context<'_>, view: &CaseView) -> Vec<Given> {
    let mut gone = Vec::new();
    for erased in &view.case.erased {
        let day = c.moment(&erased.at);
        let value = match &erased.cause {
            Cause::Retention => c.t1("erased-retention", "day", day),
            Cause::Ground(ground) => c.t2("erased-on-ground", ("day", day), ("ground", c.ground(ground))),
        };
        gone.extend(erased.concepts.iter().map(|concept| Given {
            key: concept.clone(),
            name: c.concept(concept),
            value: value.clone(),
            document: String::new(),
            page: String::new(),
        }));
    }
    gone
}

/// A record with all that it says, so that nobody decides on a bare number: what it is called, then each of its other values in a line. What was
/// read from it when it was applied for stands in the case by itself; the keys of other registers tell nobody anything.
fn record(c: &Context<'_>, view: &CaseView, fact: &Name, held: &Choice) -> String {
    let read = |concept: &str| {
        let last = concept.rsplit('.').next().unwrap_or(concept);
        view.case.facts.contains_key(&format!("{fact}.{last}"))
    };
    let mut lines = vec![question::record(c, &held.key, &held.values)];
    let others = held.values.iter().filter(|(concept, value)| {
        !matches!(value, Value::Text(_) | Value::Code(_)) && !concept.ends_with(".id") && !read(concept)
    });
    let colon = c.t("colon");
    lines.extend(
        others.map(|(concept, value)| format!("{}{colon} {}", c.concept(concept), isolated(&c.value(concept, value)))),
    );
    lines.join("\n")
}
