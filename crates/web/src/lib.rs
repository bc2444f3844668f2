//! The web: pages, the API, the log's files. Puts words on what the application says.
//!
//! Must not know of: rules, SQL, how anything is decided.

mod api;
mod fault;
mod format;
mod language;
mod pages;
mod security;
mod session;
mod site;
mod words;

pub use api::RateLimit;
pub use site::{Site, SiteSettings};

use std::sync::Arc;

use axum::Router;

/// Everything that is served.
pub fn router(site: Arc<Site>) -> Router {
    let routes = Router::new().merge(pages::routes());
    security::wrap(routes, &site).merge(api::routes(&site)).with_state(site)
}
