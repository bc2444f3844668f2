//! `POST /payments`: the treasury says that money arrived.
//!
//! Must not know of: how money is paid.

use std::sync::Arc;

use app::definition::value::Money;
use app::engine::CaseId;
use app::{Acted, Payment};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::Write;
use super::caller::Caller;
use super::problem::Problem;
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/payments", post(confirm))
}

/// A payment that arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Payment)]
pub(super) struct PaymentRequest {
    /// The case whose fee it is.
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    /// Its reference at the payment service.
    #[schema(min_length = 1, max_length = 64)]
    receipt: String,
    /// How much arrived: what the case waits for, no more and no less.
    #[schema(value_type = schema::Money)]
    amount: Money,
}

/// Confirms a payment; the treasury's account alone may
#[utoipa::path(
    post, path = "/api/v1/payments", tag = "payments", operation_id = "confirm_payment", params(schema::IdempotencyKey),
    request_body = PaymentRequest,
    responses((status = 200, description = "The payment stands in the case", body = schema::Acted)),
    security(("token" = []))
)]
pub(super) async fn confirm(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Write { key, body }: Write<PaymentRequest>,
) -> Result<Json<Acted>, Problem> {
    let payment = Payment { receipt: body.receipt, amount: body.amount };
    Ok(Json(site.app.confirm_payment_as(&account, body.case, &payment, key).await?))
}
