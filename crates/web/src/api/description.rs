//! `/api/openapi.json`: what the API takes and gives (OpenAPI 3.1), and `/api/problems/{kind}`: what each problem means.
//!
//! Must not know of: what any one operation does.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use super::problem::{self, ProblemBody};
use super::{acts, cases, certificates, choices, desk, documents, log, payments, services};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/openapi.json", get(|| async { description() }))
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Panjereh", version = "1", description = "The single window for programs: all that its pages can do."),
    paths(
        services::all, services::one, choices::choices, cases::mine, cases::apply, cases::one, acts::act, desk::desk, desk::queues,
        desk::queue, documents::bring, documents::read, certificates::of_case, certificates::verify, certificates::status,
        payments::confirm, log::entries, log::proof,
    ),
    components(schemas(ProblemBody)),
    modifiers(&Token, &Problems)
)]
struct Description;

/// The description as JSON, made once.
static JSON: LazyLock<String> = LazyLock::new(|| Description::openapi().to_pretty_json().unwrap_or_default());

fn description() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], JSON.as_str())
}

/// How a caller says who it is.
struct Token;

impl Modify for Token {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        api.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// Every operation can meet these problems.
struct Problems;

/// Problems that any operation can meet.
const ANYWHERE: [(&str, &str); 6] = [
    ("400", "A parameter, a header or the body cannot be read; nothing was done"),
    ("404", "There is no such thing, or it is not the caller's to see"),
    ("405", "The address takes other methods; Allow names them"),
    ("429", "Too many requests; Retry-After says when to come again"),
    ("500", "Something is wrong on our side; nothing was changed"),
    ("503", "The service is away for a moment; nothing is half done"),
];
/// Problems of operations that need a token.
const WITH_TOKEN: [(&str, &str); 2] =
    [("401", "No token that holds"), ("403", "The caller's account has no part in this")];
/// Problems of operations that take a body.
const WITH_BODY: [(&str, &str); 4] = [
    ("409", "The case has changed since it was seen; nothing was done"),
    ("413", "The body is too large"),
    ("415", "Another media type is needed"),
    ("422", "The body can be read but does not do: `errors` and `allowed` say what would"),
];

impl Modify for Problems {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for item in api.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                let needs_token = operation.operation_id.as_deref().is_some_and(|id| !PUBLIC.contains(&id));
                let with_token = WITH_TOKEN.iter().filter(|_| needs_token);
                let takes_body = operation.request_body.is_some();
                let with_body = WITH_BODY.iter().filter(|_| takes_body);
                for (status, description) in ANYWHERE.iter().chain(with_token).chain(with_body) {
                    operation.responses.responses.insert((*status).to_owned(), RefOr::T(response(description)));
                }
            }
        }
    }
}

/// Operations that anybody may call.
const PUBLIC: [&str; 6] = ["services", "service", "verify", "status_list", "log_entries", "log_proof"];

fn response(description: &str) -> utoipa::openapi::Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(description).content(problem::MEDIA_TYPE, content).build()
}
