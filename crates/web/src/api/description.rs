//! `/api/openapi.json`: what the API takes and gives (OpenAPI 3.1), and `/api/problems/{kind}`: what each problem means.
//!
//! Must not know of: what any one operation does.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::schema::{AdditionalProperties, Schema};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use super::caller::{Anybody, At};
use super::problem::{self, Problem, ProblemBody, Wire};
use super::{
    acts, audits, cases, certificates, choices, desk, documents, draws, goods, integrity, keys, log, mandates, me,
    notifications, passages, payments, services,
};
use crate::language::Language;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/openapi.json", get(|| async { description() })).route("/api/problems/{kind}", get(kind))
}

/// Where the `type` of a problem leads: what the kind is, in the reader's language.
async fn kind(
    State(site): State<Arc<Site>>,
    _: Anybody,
    At(kind): At<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::of_header(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()));
    let known = kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'8')
        && !kind.ends_with("-detail");
    let title = |key: String| site.words.site_if_any(language, &key);
    let title = if known {
        let own = title(format!("api-{kind}")).or_else(|| title(format!("fault-{kind}.program")));
        own.or_else(|| title(format!("fault-{kind}")))
    } else {
        None
    };
    let title = title.ok_or(Wire::Path)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], title).into_response())
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Panjereh", version = "1", description = "The single window for programs: all that its pages can do."),
    paths(
        services::all, services::one, choices::choices, cases::mine, cases::apply, cases::one, acts::act, acts::challenge, draws::of_case, notifications::all, notifications::one, desk::desk, desk::queues,
        desk::queue, documents::bring, documents::read, certificates::of_case, certificates::verify, certificates::status, keys::keys,
        payments::confirm, payments::unapplied, payments::returned, log::entries, log::proof, integrity::figures, audits::report, audits::note, passages::hand_in,
        passages::passages, goods::companies, goods::leftovers::leftovers, goods::lots, goods::lot, goods::receipts, goods::receipt, mandates::all, mandates::give, mandates::one, mandates::act, me::export,
    ),
    components(schemas(ProblemBody)),
    modifiers(&Token, &Problems, &Closed)
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
const ANYWHERE: [(&str, &str); 7] = [
    ("400", "A parameter, a header or the body cannot be read; nothing was done"),
    ("404", "There is no such thing, or it is not the caller's to see"),
    ("405", "The address takes other methods; Allow names them"),
    ("421", "The Host header names another site; nothing was done"),
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

/// What is described is all there is: objects take and have no other keys.
struct Closed;

impl Modify for Closed {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let Some(components) = &mut api.components else { return };
        // A schema that others extend cannot be closed: `additionalProperties` knows nothing of what stands beside it in an `allOf`.
        let extended: Vec<String> = components.schemas.values().flat_map(extended).collect();
        let own = components.schemas.iter_mut().filter(|(name, _)| !extended.contains(name));
        own.for_each(|(_, schema)| close(schema));
    }
}

/// The names of the schemas that a schema extends.
fn extended(schema: &RefOr<Schema>) -> Vec<String> {
    let RefOr::T(Schema::AllOf(all)) = schema else { return Vec::new() };
    let name = |part: &RefOr<Schema>| match part {
        RefOr::Ref(to) => to.ref_location.rsplit('/').next().map(str::to_owned),
        RefOr::T(_) => None,
    };
    all.items.iter().filter_map(name).collect()
}

fn close(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.properties.values_mut().for_each(close);
            if !object.properties.is_empty() && object.additional_properties.is_none() {
                object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
        RefOr::T(Schema::OneOf(one)) => one.items.iter_mut().for_each(close),
        // Arrays here hold references, and compositions stay open.
        _ => {}
    }
}

/// Operations that anybody may call.
const PUBLIC: [&str; 10] = [
    "services",
    "service",
    "verify",
    "status_list",
    "certificate_keys",
    "log_entries",
    "log_proof",
    "integrity",
    "report_audit",
    "audit_note",
];

fn response(description: &str) -> utoipa::openapi::Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(description).content(problem::MEDIA_TYPE, content).build()
}
