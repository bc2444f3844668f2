//! What an applicant may choose from where a register holds the fact.
//!
//! Must not know of: how registers are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Service, Source};
use app::definition::value::Value;
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
}

/// What may be chosen.
#[derive(Serialize, ToSchema)]
#[schema(as = Choices)]
pub(super) struct ChoicesAnswer {
    /// The records.
    items: Vec<ChoiceAnswer>,
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
    Query(Holder { holder }): Query<Holder>,
) -> Result<Json<ChoicesAnswer>, Problem> {
    let person = account.person.as_deref().ok_or(app::AppError::Forbidden)?;
    let service = site.app.zone().services().get(&service).ok_or(Wire::Path)?;
    let mut facts = BTreeMap::new();
    if let (Some(holder), Some(by)) = (holder, held_by(service, &fact)) {
        // Nobody looks into another's records: the holder must itself be the caller's.
        let own = site.app.choices(service, by, person, &BTreeMap::new()).await?;
        if !own.iter().any(|choice| choice.key == holder) {
            return Ok(Json(ChoicesAnswer { items: Vec::new() }));
        }
        facts.insert(by.to_owned(), Value::Text(holder));
    }
    let found = site.app.choices(service, &fact, person, &facts).await?;
    let items = found.into_iter().map(|choice| ChoiceAnswer { key: choice.key, values: choice.values }).collect();
    Ok(Json(ChoicesAnswer { items }))
}

/// The fact that says whose record a fact names.
fn held_by<'s>(service: &'s Checked<Service>, fact: &str) -> Option<&'s str> {
    match &service.fact(fact)?.source {
        Source::Register { held_by, .. } => held_by.as_deref(),
        _ => None,
    }
}
