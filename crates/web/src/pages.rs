//! Pages, one file each. The folder mirrors the paths.
//!
//! Must not know of: SQL, rules.

pub(crate) mod assets;
pub(crate) mod context;
mod forms;
mod home;
pub(crate) mod layout;
mod names;
mod service;
mod sign_in;

use std::sync::Arc;

use axum::Router;

use crate::site::Site;

/// The pages' routes.
pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().merge(assets::routes()).merge(home::routes()).merge(sign_in::routes())
        .merge(service::routes())
}
