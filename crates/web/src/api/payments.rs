//! Payments, for the treasury alone: money that arrived, what of it is to be given back, and what was.
//!
//! Must not know of: how money is paid.

use std::sync::Arc;

use app::definition::value::Money;
use app::engine::CaseId;
use app::{Acted, Payment, Returned, Unapplied};
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::Write;
use super::caller::{Caller, Query};
use super::problem::{Problem, Wire};
use super::schema;
use super::tree::Described;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/payments", post(confirm))
        .route("/payments/unapplied", get(unapplied))
        .route("/payments/returned", post(returned))
}

/// A payment that arrived, or was given back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Payment)]
pub(super) struct PaymentRequest {
    /// The case whose fee it is.
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    /// Its reference at the payment service.
    #[schema(min_length = 1, max_length = 64, pattern = r"\S")]
    receipt: String,
    /// How much. To be confirmed it must be what the case waits for, to be given back what arrived: no more and no less.
    #[schema(value_type = schema::Sum)]
    amount: Money,
}

impl Described for PaymentRequest {}

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

/// Which part of the payments.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UnappliedPart {
    /// Where to go on: the `next` of the part before.
    #[param(pattern = "^[0-9a-f]{64}$", min_length = 64, max_length = 64)]
    cursor: Option<String>,
    /// At most how many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

impl UnappliedPart {
    fn read(self) -> Result<(Option<String>, u32), Wire> {
        let is_hex = |text: &String| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if self.cursor.as_ref().is_some_and(|cursor| cursor.len() != 64 || !is_hex(cursor)) {
            return Err(Wire::parameter("cursor"));
        }
        let limit = self.limit.unwrap_or(50);
        if (1..=200).contains(&limit) { Ok((self.cursor, limit)) } else { Err(Wire::parameter("limit")) }
    }
}

/// Payments that are to be given back.
#[derive(Serialize, ToSchema)]
#[schema(as = UnappliedPayments)]
pub(super) struct UnappliedAnswer {
    /// The payments.
    items: Vec<UnappliedPayment>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A payment that no case took.
#[derive(Serialize, ToSchema)]
pub(super) struct UnappliedPayment {
    /// The case that it was said to be for.
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    /// Its reference at the payment service.
    receipt: String,
    /// How much arrived.
    #[schema(value_type = schema::Money)]
    amount: Money,
    /// When the treasury said so.
    at: Timestamp,
    /// Why the case did not take it, as the problem said then: such as `time-ran-out`.
    why: String,
}

impl From<Unapplied> for UnappliedPayment {
    fn from(payment: Unapplied) -> Self {
        let Unapplied { case, receipt, amount, at, why } = payment;
        Self { case, receipt, amount, at, why }
    }
}

/// A payment that was given back.
#[derive(Serialize, ToSchema)]
#[schema(as = ReturnedPayment)]
pub(super) struct ReturnedAnswer {
    /// What it was.
    payment: UnappliedPayment,
    /// When the treasury said that it was given back.
    at: Timestamp,
    /// The account that said so.
    by: String,
}

impl From<Returned> for ReturnedAnswer {
    fn from(Returned { payment, at, by }: Returned) -> Self {
        Self { payment: payment.into(), at, by }
    }
}

/// Payments that no case took and that are to be given back; the treasury's account alone may
#[utoipa::path(
    get, path = "/api/v1/payments/unapplied", tag = "payments", operation_id = "unapplied_payments", params(UnappliedPart),
    responses((status = 200, description = "The payments, each receipt once, in no order that means anything", body = UnappliedAnswer)),
    security(("token" = []))
)]
pub(super) async fn unapplied(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(part): Query<UnappliedPart>,
) -> Result<Json<UnappliedAnswer>, Problem> {
    let (after, limit) = part.read()?;
    let (payments, next) = site.app.unapplied_payments_as(&account, after, limit).await?;
    Ok(Json(UnappliedAnswer { items: payments.into_iter().map(UnappliedPayment::from).collect(), next }))
}

/// Says that a payment was given back; the treasury's account alone may
#[utoipa::path(
    post, path = "/api/v1/payments/returned", tag = "payments", operation_id = "payment_returned", params(schema::IdempotencyKey),
    request_body = PaymentRequest,
    responses((status = 200, description = "The payment is off the list, and its receipt pays for nothing any more", body = ReturnedAnswer)),
    security(("token" = []))
)]
pub(super) async fn returned(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Write { key, body }: Write<PaymentRequest>,
) -> Result<Json<ReturnedAnswer>, Problem> {
    let payment = Payment { receipt: body.receipt, amount: body.amount };
    Ok(Json(site.app.payment_returned(&account, body.case, &payment, &key).await?.into()))
}
