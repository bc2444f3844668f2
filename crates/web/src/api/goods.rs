//! Goods accounts: the companies that the caller may look at, their lots and receipts, and each with its history.
//!
//! Must not know of: who may look, how goods move.

mod answers;
pub(super) mod leftovers;

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use utoipa::IntoParams;

use self::answers::{AccountAnswer, CompaniesAnswer, CompanyAnswer, HoldingAnswer, PartAnswer};
use super::caller::{At, Caller, NoParameters, Query};
use super::problem::{Problem, Wire};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/goods/companies", get(companies))
        .route("/goods/leftovers", get(leftovers::leftovers))
        .route("/goods/lots", get(lots))
        .route("/goods/lots/{lot}", get(lot))
        .route("/goods/receipts", get(receipts))
        .route("/goods/receipts/{receipt}", get(receipt))
}

/// Which part of the lots or receipts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct GoodsListing {
    /// A company's key. Without it a supervisor of goods is given those of all.
    #[param(min_length = 1, max_length = 70)]
    company: Option<String>,
    /// Where to go on: the `next` of the part before.
    #[param(min_length = 1, max_length = 70)]
    cursor: Option<String>,
}

/// Which part of a history.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryPart {
    /// Where to go on: the `next` of the part before.
    after: Option<u64>,
}

/// The companies whose goods accounts the caller may look at
#[utoipa::path(
    get, path = "/api/v1/goods/companies", tag = "goods", operation_id = "goods-companies",
    responses((status = 200, description = "The companies", body = CompaniesAnswer)),
    security(("token" = []))
)]
pub(super) async fn companies(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
) -> Result<Json<CompaniesAnswer>, Problem> {
    let items = site.app.goods_companies(&account).await?.into_iter().map(CompanyAnswer::from).collect();
    Ok(Json(CompaniesAnswer { items }))
}

/// Lots of a company, or of all
#[utoipa::path(
    get, path = "/api/v1/goods/lots", tag = "goods", operation_id = "lots", params(GoodsListing),
    responses((status = 200, description = "The lots", body = PartAnswer)),
    security(("token" = []))
)]
pub(super) async fn lots(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(listing): Query<GoodsListing>,
) -> Result<Json<PartAnswer>, Problem> {
    part(&site, &account, "lot", listing).await
}

/// Warehouse receipts of a company, or of all
#[utoipa::path(
    get, path = "/api/v1/goods/receipts", tag = "goods", operation_id = "receipts", params(GoodsListing),
    responses((status = 200, description = "The receipts", body = PartAnswer)),
    security(("token" = []))
)]
pub(super) async fn receipts(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(listing): Query<GoodsListing>,
) -> Result<Json<PartAnswer>, Problem> {
    part(&site, &account, "receipt", listing).await
}

async fn part(
    site: &Site,
    account: &app::Account,
    kind: &str,
    listing: GoodsListing,
) -> Result<Json<PartAnswer>, Problem> {
    for (name, given) in [("company", &listing.company), ("cursor", &listing.cursor)] {
        if given.as_ref().is_some_and(|given| !(1..=70).contains(&given.chars().count())) {
            return Err(Wire::parameter(name).into());
        }
    }
    let (items, next) = site.app.goods_of(account, (kind, listing.company.as_deref()), listing.cursor).await?;
    Ok(Json(PartAnswer { items: items.into_iter().map(HoldingAnswer::from).collect(), next }))
}

/// A lot with its history
#[utoipa::path(
    get, path = "/api/v1/goods/lots/{lot}", tag = "goods", operation_id = "lot",
    params(("lot" = String, Path, description = "Its number"), HistoryPart),
    responses((status = 200, description = "The lot", body = AccountAnswer)),
    security(("token" = []))
)]
pub(super) async fn lot(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(lot): At<String>,
    Query(part): Query<HistoryPart>,
) -> Result<Json<AccountAnswer>, Problem> {
    Ok(Json(site.app.goods_account(&account, ("lot", &lot), part.after).await?.into()))
}

/// A warehouse receipt with its history
#[utoipa::path(
    get, path = "/api/v1/goods/receipts/{receipt}", tag = "goods", operation_id = "receipt",
    params(("receipt" = String, Path, description = "Its number"), HistoryPart),
    responses((status = 200, description = "The receipt", body = AccountAnswer)),
    security(("token" = []))
)]
pub(super) async fn receipt(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(receipt): At<String>,
    Query(part): Query<HistoryPart>,
) -> Result<Json<AccountAnswer>, Problem> {
    Ok(Json(site.app.goods_account(&account, ("receipt", &receipt), part.after).await?.into()))
}
