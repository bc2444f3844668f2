//! The web: pages, the API, the log's files. Puts words on what the application says.
//!
//! Must not know of: rules, SQL, how anything is decided.

mod api;
mod fault;
mod font;
mod format;
mod host;
mod integrity;
mod language;
mod limits;
mod ops;
mod pages;
mod peer;
mod security;
mod session;
mod site;
mod words;

pub use api::RateLimit;
pub use font::{Font, FontError};
pub use site::{Site, SiteSettings};

use std::sync::Arc;

use axum::Router;
use axum::middleware;

/// Everything that is served.
pub fn router(site: Arc<Site>) -> Router {
    let routes = Router::new().merge(pages::routes());
    let all = security::wrap(routes, &site).merge(api::routes(&site)).merge(ops::routes());
    all.layer(middleware::from_fn_with_state(Arc::clone(&site), ops::measure)).with_state(site)
}
