//! The gate: a page that judges certificates by itself, with no network and no call to us. It is the one page that has a script.
//!
//! Must not know of: how a certificate is judged; that is for the modules under `assets/gate`, which the page brings along.
//!
//! After one visit a service worker (W3C Service Workers) has all that the page needs. Its own text changes with the content of any of that, so a
//! browser that comes by fetches all of it anew, together, and what it has is never of two versions.

mod files;
mod telling;

use std::sync::{Arc, OnceLock};

use app::AppError;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::context::Context;
use super::layout::show;
use crate::fault::PageFault;
use crate::language::Language;
use crate::security::AtTheGate;
use crate::session::PageLanguage;
use crate::site::Site;

/// A module's address has the hash of all modules in it.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The media type of a pack; none is registered, and it is CBOR in a COSE message (RFC 9052 section 2).
const PACK: &str = "application/cose; cose-type=\"cose-sign1\"";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/gate", get(page))
        .route("/{language}/gate/manifest.webmanifest", get(manifest))
        .route("/gate/worker.js", get(worker))
        .route("/gate/pack", get(pack))
        .route("/gate/files/{version}/{*file}", get(module))
}

/// What the gate's page is made of, made once: nobody's session is in it, as it is kept on telephones.
#[derive(Debug, Default)]
pub(crate) struct Built {
    worker: OnceLock<String>,
}

#[derive(Template)]
#[template(path = "gate.html")]
struct GatePage<'a> {
    c: Context<'a>,
    /// What the script must know, as JSON.
    config: String,
    modules: String,
}

fn render(site: &Site, language: Language) -> Response {
    let c = Context::new(site, language, None, "/gate");
    let config = telling::config(&c).to_string();
    show(&GatePage { c, config, modules: format!("/gate/files/{}", files::version()) })
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path(path): Path<String>,
) -> Result<Response, PageFault> {
    if Language::of_tag(&path).is_none() {
        return Err(AppError::NotFound("page").into());
    }
    let mut response = render(&site, language);
    response.extensions_mut().insert(AtTheGate);
    Ok(response)
}

/// The page as an application that a telephone puts on its home screen (W3C Web Application Manifest).
async fn manifest(State(site): State<Arc<Site>>, PageLanguage(language): PageLanguage) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, manifest_text(&site, language)).into_response()
}

fn manifest_text(site: &Site, language: Language) -> String {
    let c = Context::new(site, language, None, "/gate");
    json!({
        "name": format!("{} – {}", c.t("gate-title"), c.z("zone")),
        "short_name": c.t("gate-title"),
        "lang": language.tag(),
        "dir": language.direction(),
        "start_url": c.link("/gate"),
        "scope": c.link("/gate"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5d66",
        "icons": [{ "src": "/assets/mark.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any" }],
    })
    .to_string()
}

/// The service worker, which is told what to keep and under which version.
async fn worker(State(site): State<Arc<Site>>) -> Response {
    let text = match site.gate.worker.get() {
        Some(text) => text.clone(),
        None => {
            let made = worker_text(&site).await;
            site.gate.worker.get_or_init(|| made).clone()
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // A new version is seen at the next visit.
        (header::CACHE_CONTROL, "no-cache"),
        (header::HeaderName::from_static("service-worker-allowed"), "/"),
    ];
    let mut response = (headers, text).into_response();
    response.extensions_mut().insert(AtTheGate);
    response
}

async fn worker_text(site: &Site) -> String {
    let modules = files::names().map(|name| format!("/gate/files/{}/{name}", files::version()));
    let pages = Language::ALL.map(|language| format!("/{}/gate", language.tag()));
    let manifests = Language::ALL.map(|language| format!("/{}/gate/manifest.webmanifest", language.tag()));
    let looks = ["/assets/style.css", "/assets/mark.svg"].map(str::to_owned);
    let font = site.settings.font.as_ref().map(|font| font.path().to_owned());
    let keep: Vec<String> = modules.chain(pages).chain(manifests).chain(looks).chain(font).collect();
    let mut hash = Sha256::new_with_prefix(super::assets::STYLE).chain_update(super::assets::MARK);
    for language in Language::ALL {
        let page = axum::body::to_bytes(render(site, language).into_body(), usize::MAX).await.unwrap_or_default();
        hash = hash.chain_update(page).chain_update(manifest_text(site, language));
    }
    hash = hash.chain_update(json!(keep).to_string());
    let version: String = hex::encode(hash.finalize()).chars().take(16).collect();
    format!("const VERSION = \"gate-{version}\";\nconst KEEP = {};\n{}", json!(keep), files::WORKER)
}

async fn module(Path((version, file)): Path<(String, String)>) -> Response {
    match files::text(&file).filter(|_| version == files::version()) {
        Some(text) => {
            let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FOR_EVER)];
            (headers, text).into_response()
        }
        None => PageFault::from(AppError::NotFound("asset")).into_response(),
    }
}

/// The verification pack, at most a minute old.
async fn pack(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let pack = match site.app.pack(site.settings.pack_lives_s).await {
        Ok(pack) => pack,
        Err(error) => {
            tracing::error!(%error, "no verification pack could be made");
            return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")]).into_response();
        }
    };
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(pack.as_bytes())));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let headers = [
        (header::CONTENT_TYPE, PACK.to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"gate.pack\"".to_owned()),
    ];
    match known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, pack.as_bytes().to_vec()).into_response(),
    }
}
