//! Certificates: a case's own, checking any, and the list that says which were revoked.
//!
//! Must not know of: how they are signed.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::AppError;
use app::credential::{Certificate, Claims, Input, StatusGap, Verdict};
use app::engine::CaseId;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Asked;
use super::caller::{Anybody, At, Caller, NoParameters};
use super::problem::{Problem, Wire};
use super::schema;
use super::tree::Described;
use crate::site::Site;

/// The media type of a status list (draft-ietf-oauth-status-list, section 8.1).
const STATUS_LIST: &str = "application/statuslist+cwt";
/// After how many seconds to ask again for a certificate that is being made: the outbox runs at once.
const PENDING_S: u64 = 1;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases/{case}/certificate", get(of_case)).route("/certificates/verify", post(verify))
}

/// The status list's route, which certificates name.
pub(super) fn status_routes() -> Router<Arc<Site>> {
    Router::new().route("/status/{list}", get(status))
}

/// A certificate of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(super) struct CertificateAnswer {
    /// The text of its QR code.
    text: String,
    /// The COSE_Sign1 message (RFC 9052), in base64.
    cose: String,
    /// What is to be thought of it now.
    verdict: VerdictAnswer,
}

/// A certificate that is being made.
#[derive(Serialize, ToSchema)]
pub(super) struct Pending {
    /// After how many seconds to ask again.
    retry_after_s: u64,
}

/// What is to be thought of a certificate.
#[derive(Serialize, ToSchema)]
#[schema(as = Verdict)]
pub(super) struct VerdictAnswer {
    /// In a word.
    verdict: VerdictKind,
    /// Whether it carries a proof that it is in the public log.
    proven: bool,
    /// What it says; only of a genuine one.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<ClaimsAnswer>,
    /// The zone that it says it is from, where no trusted key of it fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    /// Why it cannot be judged or read, as a code; of a revoked one `void-receipt` where it is a warehouse receipt of which nothing is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What is to be thought of a certificate, in a word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum VerdictKind {
    /// It holds.
    Valid,
    /// Genuine, but no longer in force.
    Expired,
    /// Genuine, but not yet in force.
    NotYetValid,
    /// Genuine, but revoked for good.
    Revoked,
    /// Genuine, but not in force for now.
    Suspended,
    /// Genuine, but whether it was revoked is not known here.
    StatusUnknown,
    /// Signed by a zone or with a key that is not trusted here.
    UnknownKey,
    /// The signature does not fit.
    BadSignature,
    /// Not a certificate.
    Malformed,
}

/// What a certificate says.
#[derive(Serialize, ToSchema)]
#[schema(as = CertificateClaims)]
pub(super) struct ClaimsAnswer {
    zone: String,
    holder: Option<String>,
    kind: String,
    service: String,
    /// The reference of the case.
    case: String,
    #[schema(value_type = schema::Sha256)]
    definition: String,
    issued: Timestamp,
    not_before: Timestamp,
    expires: Option<Timestamp>,
    facts: BTreeMap<String, String>,
}

/// A certificate to be checked: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
#[schema(as = CertificateToCheck)]
pub(super) enum VerifyRequest {
    /// The text of its QR code.
    Text(String),
    /// The COSE_Sign1 message, in base64.
    Cose(String),
}

impl Described for VerifyRequest {}

/// The certificate of a case
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/certificate", tag = "certificates", operation_id = "certificate",
    params(("case" = schema::CaseId, Path, description = "The case")),
    responses((status = 200, description = "The certificate, with the log's proof as soon as there is one", body = CertificateAnswer),
              (status = 202, description = "It is being made", body = Pending)),
    security(("token" = []))
)]
pub(super) async fn of_case(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(case): At<String>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let case: CaseId = case.parse().map_err(|_| Wire::Path)?;
    let Some(shown) = site.app.certificate(&account, case).await? else {
        let after = [(header::RETRY_AFTER, PENDING_S.to_string())];
        return Ok((StatusCode::ACCEPTED, after, Json(Pending { retry_after_s: PENDING_S })).into_response());
    };
    let answer = CertificateAnswer {
        text: shown.certificate.to_text(),
        cose: STANDARD.encode(shown.certificate.to_cose_bytes()),
        verdict: told(&site, &shown.verdict).await?,
    };
    Ok(Json(answer).into_response())
}

/// Checks a certificate; anybody may, and nothing is kept
#[utoipa::path(
    post, path = "/api/v1/certificates/verify", tag = "certificates", operation_id = "verify", request_body = VerifyRequest,
    responses((status = 200, description = "What is to be thought of it", body = VerdictAnswer)),
    security(())
)]
pub(super) async fn verify(
    State(site): State<Arc<Site>>,
    _: Anybody,
    Asked(certificate): Asked<VerifyRequest>,
) -> Result<Json<VerdictAnswer>, Problem> {
    let verdict = match &certificate {
        VerifyRequest::Text(text) => site.app.verify(Input::Text(text)).await?,
        // What is no base64 is as little a certificate as what is no COSE.
        VerifyRequest::Cose(cose) => {
            site.app.verify(Input::Message(&STANDARD.decode(cose).unwrap_or_default())).await?
        }
    };
    Ok(Json(told(&site, &verdict).await?))
}

/// Which certificates were revoked
#[utoipa::path(
    get, path = "/status/{list}", tag = "certificates", operation_id = "status_list",
    params(("list" = String, Path, description = "The list, as certificates name it", max_length = 20)),
    responses((status = 200, description = "A token status list, signed by the zone", body = schema::File, content_type = "application/statuslist+cwt")),
    security(())
)]
pub(super) async fn status(
    State(site): State<Arc<Site>>,
    _: Anybody,
    At(list): At<String>,
) -> Result<Response, Problem> {
    // A number has one spelling, so that a list has one address.
    let number = list.parse::<u64>().ok().filter(|number| number.to_string() == list).ok_or(Wire::Path)?;
    let signed = site.app.status_list(number).await?;
    let headers = [(header::CONTENT_TYPE, STATUS_LIST), (header::CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, signed.to_cose_bytes()).into_response())
}

/// A verdict, with the reason where that is another than what the authority did.
async fn told(site: &Site, verdict: &Verdict) -> Result<VerdictAnswer, AppError> {
    let mut answer = VerdictAnswer::of(verdict);
    if let Verdict::Revoked { certificate } = verdict
        && site.app.is_void(certificate).await?
    {
        answer.reason = Some("void-receipt".to_owned());
    }
    Ok(answer)
}

impl VerdictAnswer {
    fn of(verdict: &Verdict) -> Self {
        use VerdictKind as Kind;
        match verdict {
            Verdict::Valid(valid) => {
                Self { proven: valid.has_inclusion, ..Self::genuine(Kind::Valid, &valid.certificate) }
            }
            Verdict::Expired { certificate, .. } => Self::genuine(Kind::Expired, certificate),
            Verdict::NotYetValid { certificate, .. } => Self::genuine(Kind::NotYetValid, certificate),
            Verdict::Revoked { certificate } => Self::genuine(Kind::Revoked, certificate),
            Verdict::Suspended { certificate } => Self::genuine(Kind::Suspended, certificate),
            Verdict::StatusUnknown { certificate, gap } => {
                Self { reason: Some(gap_code(gap).to_owned()), ..Self::genuine(Kind::StatusUnknown, certificate) }
            }
            Verdict::UnknownKey { zone, .. } => {
                Self { zone: Some(zone.clone()), ..Self::not_genuine(Kind::UnknownKey) }
            }
            Verdict::BadSignature { zone, .. } => {
                Self { zone: Some(zone.clone()), ..Self::not_genuine(Kind::BadSignature) }
            }
            Verdict::Malformed(malformed) => {
                let reason = format!("{}/{}", malformed.place.code(), malformed.fault.code());
                Self { reason: Some(reason), ..Self::not_genuine(Kind::Malformed) }
            }
        }
    }

    fn genuine(verdict: VerdictKind, certificate: &Certificate) -> Self {
        let claims = Some(ClaimsAnswer::of(certificate.claims()));
        Self { claims, proven: certificate.inclusion().is_some(), ..Self::not_genuine(verdict) }
    }

    fn not_genuine(verdict: VerdictKind) -> Self {
        Self { verdict, proven: false, claims: None, zone: None, reason: None }
    }
}

fn gap_code(gap: &StatusGap) -> &'static str {
    match gap {
        StatusGap::OtherList { .. } => "other-list",
        StatusGap::OtherZone { .. } => "other-zone",
        StatusGap::NoEntry { .. } => "no-entry",
        StatusGap::ListExpired { .. } => "list-expired",
        StatusGap::NoMeaning => "no-meaning",
    }
}

impl ClaimsAnswer {
    fn of(claims: &Claims) -> Self {
        let moment = |at_s| Timestamp::from_second(at_s).unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            zone: claims.zone.clone(),
            holder: claims.holder.clone(),
            kind: claims.kind.clone(),
            service: claims.service.clone(),
            case: claims.case.clone(),
            definition: hex::encode(&claims.definition),
            issued: moment(claims.issued_s),
            not_before: moment(claims.not_before_s),
            expires: claims.expires_s.map(moment),
            facts: claims.facts.clone(),
        }
    }
}
