//! What an applicant may choose from where a register holds the fact.
//!
//! Must not know of: how registers are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Service, Source};
use app::definition::value::Value;
use app::engine::CaseId;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::{At, Caller, Query};
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/choices/{service}/{fact}", get(choices))
}

/// Whose records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Holder {
    /// The key of the record that must hold them, where the definition says that another fact does: such as the company that holds premises.
    #[param(max_length = 200)]
    holder: Option<String>,
    /// The mandate under which the caller acts for another.
    #[param(value_type = Option<schema::MandateId>)]
    mandate: Option<String>,
    /// Where to go on: the `next` of the part before.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// At most how many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// What may be chosen.
#[derive(Serialize, ToSchema)]
#[schema(as = Choices)]
pub(super) struct ChoicesAnswer {
    /// The records, by key.
    items: Vec<ChoiceAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A record of a register.
#[derive(Serialize, ToSchema)]
#[schema(as = Choice)]
pub(super) struct ChoiceAnswer {
    /// Its key: what the fact is to say.
    key: String,
    /// Its values, by concept.
    #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
    values: BTreeMap<String, Value>,
}

/// The register records that the caller may choose from for a fact
#[utoipa::path(
    get, path = "/api/v1/choices/{service}/{fact}", tag = "catalogue", operation_id = "choices",
    params(("service" = String, Path, description = "The service", max_length = 200),
           ("fact" = String, Path, description = "The fact, which a register holds", max_length = 200), Holder),
    responses((status = 200, description = "The records", body = ChoicesAnswer)),
    security(("token" = []))
)]
pub(super) async fn choices(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At((service, fact)): At<(String, String)>,
    Query(Holder { holder, mandate, cursor, limit }): Query<Holder>,
) -> Result<Json<ChoicesAnswer>, Problem> {
    let mandate = mandate.map(|id| id.parse::<CaseId>().map_err(|_| Wire::parameter("mandate"))).transpose()?;
    let service = site.app.zone().services().get(&service).ok_or(Wire::Path)?;
    // No register has a longer key, nor one with U+0000.
    let is_key = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= 200 && !text.contains('\0'));
    for (name, text) in [("holder", &holder), ("cursor", &cursor)] {
        if !is_key(text) {
            return Err(Wire::parameter(name).into());
        }
    }
    let in_name = site.app.in_name(&account, &service.name, None, mandate).await?;
    let limit = limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Wire::parameter("limit").into());
    }
    let mut facts = BTreeMap::new();
    if let (Some(holder), Some(by)) = (holder, held_by(service, &fact)) {
        // Nobody looks into another's records: the holder must itself be the caller's.
        if !site.app.may_choose(service, by, &in_name, &holder).await? {
            return Ok(Json(ChoicesAnswer { items: Vec::new(), next: None }));
        }
        facts.insert(by.to_owned(), Value::Text(holder));
    }
    let mut found = site.app.choices(service, &fact, &in_name, &facts, cursor).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|choice| choice.key.clone());
    let items = found.into_iter().map(|choice| ChoiceAnswer { key: choice.key, values: choice.values }).collect();
    Ok(Json(ChoicesAnswer { items, next }))
}

/// The fact that says whose record a fact names.
fn held_by<'s>(service: &'s Checked<Service>, fact: &str) -> Option<&'s str> {
    match &service.fact(fact)?.source {
        Source::Register { held_by, .. } => held_by.as_deref(),
        _ => None,
    }
}
