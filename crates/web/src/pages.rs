//! Pages, one file each. The folder mirrors the paths.
//!
//! Must not know of: SQL, rules.

mod address;
mod answers;
mod apply;
mod assessment;
pub(crate) mod assets;
mod case;
mod cases;
pub(crate) mod ceremony;
mod certificate;
pub(crate) mod context;
mod declarations;
mod desk;
mod direction;
mod draws;
pub(crate) mod faults;
mod forms;
pub(crate) mod gate;
mod given;
mod goods;
mod home;
pub(crate) mod identity;
mod integrity;
pub(crate) mod layout;
mod leaf;
mod log;
mod mandates;
mod me;
mod names;
mod officer;
mod passages;
mod question;
mod queues;
mod roster;
mod service;
mod sign_in;
mod tariff;
mod tiles;
mod timeline;
mod times;
mod told;
mod track;
mod verify;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;

use crate::site::Site;

/// The pages' routes.
pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .merge(answers::routes())
        .merge(assets::routes())
        .merge(home::routes())
        .merge(integrity::routes())
        .merge(sign_in::routes())
        .merge(identity::routes())
        .merge(service::routes())
        .merge(apply::routes())
        .merge(case::routes())
        .merge(assessment::routes())
        .merge(cases::routes())
        .merge(certificate::routes())
        .merge(declarations::routes())
        .merge(desk::routes())
        .merge(officer::routes())
        .merge(queues::routes())
        .merge(gate::routes())
        .merge(goods::routes())
        .merge(passages::routes())
        .merge(roster::routes())
        .merge(log::routes())
        .merge(mandates::routes())
        .merge(me::routes())
        .merge(tariff::routes())
        .merge(tiles::routes())
        .merge(times::routes())
        .merge(track::routes())
        .merge(verify::routes())
        .fallback(|| async { StatusCode::NOT_FOUND })
}
