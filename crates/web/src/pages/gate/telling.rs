//! What the gate's script must know to speak: the words, and what the zone calls its certificates, facts and codes.
//!
//! Must not know of: the page.

use app::definition::value::Type;
use fluent_bundle::FluentArgs;
use serde_json::{Map, Value, json};

use super::super::context::Context;
use crate::words::site_source;

/// The words that the script says begin so.
const PREFIX: &str = "gate-";
/// What the script fills in itself: the word comes out with the name in braces.
const FILLED: [&str; 5] = ["time", "zone", "count", "gate", "why"];
/// What quantities of the goods accounts are in (UN/ECE Recommendation 20).
const UNITS: [&str; 6] = ["KGM", "LTR", "MTR", "MTK", "KWH", "C62"];
/// Longer lists of codes are not brought along: the page must stay light, and the code itself is then shown.
const CODES_MAX: usize = 100;

/// All of it.
pub(super) fn config(c: &Context<'_>) -> Value {
    let (_, key) = c.site.app.certificate_public_key();
    json!({
        "language": c.language.tag(),
        "timezone": c.zone().timezone,
        "zone": c.zone().name,
        "key": hex::encode(key),
        "tolerance": c.zone().gate_tolerance_percent,
        "words": words(c),
        "services": services(c),
        "codes": codes(c),
    })
}

fn words(c: &Context<'_>) -> Value {
    let args: FluentArgs<'_> = FILLED.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
    let keys = site_source(c.language).lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    let own = keys.filter(|key| key.starts_with(PREFIX));
    let said = own.map(|key| (key.to_owned(), json!(c.site.words.site(c.language, key, &args))));
    // What quantities are in, as the goods accounts have it.
    let units = UNITS.map(|unit| (format!("{PREFIX}unit-{unit}"), json!(c.t(&format!("unit-{unit}")))));
    Value::Object(said.chain(units).collect())
}

/// For each service its certificates and public facts, in words.
fn services(c: &Context<'_>) -> Value {
    let mut all = Map::new();
    for (name, service) in c.site.app.zone().services() {
        let issued = service.stages.iter().filter_map(|stage| match &stage.kind {
            app::definition::model::StageKind::End(end) => end.issue.as_ref(),
            _ => None,
        });
        let certificates: Map<String, Value> =
            issued.map(|kind| (kind.clone(), json!(c.s(service, &format!("certificate-{kind}"))))).collect();
        let public = service.facts.iter().filter(|fact| fact.public);
        let facts: Map<String, Value> = public
            .map(|fact| (fact.name.clone(), json!({ "title": c.fact(service, &fact.name), "type": kind(&fact.type_) })))
            .collect();
        all.insert(name.clone(), json!({ "certificates": certificates, "facts": facts }));
    }
    Value::Object(all)
}

/// How the script writes a value of a type.
fn kind(type_: &Type) -> String {
    match type_ {
        Type::Code(list) => format!("code {list}"),
        Type::Date => "date".to_owned(),
        Type::Bool => "yes-no".to_owned(),
        Type::Decimal { .. } => "number".to_owned(),
        _ => "text".to_owned(),
    }
}

fn codes(c: &Context<'_>) -> Value {
    let short = c.zone().lists.iter().filter(|(_, list)| list.words.len() <= CODES_MAX);
    let said = |list: &str, codes: Vec<&String>| -> Map<String, Value> {
        codes.into_iter().map(|code| (code.clone(), json!(c.code(list, code)))).collect()
    };
    Value::Object(
        short.map(|(name, list)| (name.clone(), Value::Object(said(name, list.words.keys().collect())))).collect(),
    )
}
