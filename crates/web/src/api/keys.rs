//! The public keys that check the zone's certificates and status lists, as a JWK Set.
//!
//! Must not know of: how anything is signed, the secret halves.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{Anybody, NoParameters};
use crate::site::Site;

/// The media type of a JWK Set (RFC 7517, section 8.5.2).
const JWK_SET: &str = "application/jwk-set+json";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/certificates/keys", get(keys))
}

/// A JWK Set (RFC 7517, section 5).
#[derive(Serialize, ToSchema)]
#[schema(as = CertificateKeys)]
pub(super) struct KeysAnswer {
    /// The keys.
    keys: Vec<Key>,
}

/// A public key (RFC 7517, section 4, and RFC 8037, section 2), with what `panjereh certificate verify` takes.
#[derive(Serialize, ToSchema)]
#[schema(as = CertificateKey)]
pub(super) struct Key {
    kty: KeyType,
    crv: Curve,
    alg: Algorithm,
    #[serde(rename = "use")]
    use_: Use,
    /// The `kid` of the certificates' COSE header, in hexadecimal.
    kid: String,
    /// The 32 bytes of the public key (RFC 8032) in base64url without padding.
    #[schema(min_length = 43, max_length = 43)]
    x: String,
    /// The zone whose certificates it checks: their `iss`.
    zone: String,
    /// The same as `panjereh certificate verify --key` takes it.
    argument: String,
}

/// An octet key pair.
#[derive(Serialize, ToSchema)]
enum KeyType {
    #[serde(rename = "OKP")]
    OctetKeyPair,
}

/// The curve.
#[derive(Serialize, ToSchema)]
enum Curve {
    Ed25519,
}

/// The algorithm.
#[derive(Serialize, ToSchema)]
enum Algorithm {
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// What the key is for.
#[derive(Serialize, ToSchema)]
enum Use {
    #[serde(rename = "sig")]
    Signatures,
}

/// The public keys that check certificates
///
/// Keys taken from the site that a certificate came with show only that the two fit: compare them with what the zone publishes elsewhere.
#[utoipa::path(
    get, path = "/api/v1/certificates/keys", tag = "certificates", operation_id = "certificate_keys",
    responses((status = 200, description = "A JWK Set", body = KeysAnswer, content_type = "application/jwk-set+json")),
    security(())
)]
pub(super) async fn keys(State(site): State<Arc<Site>>, _: Anybody, _: NoParameters) -> Response {
    let (kid, x) = site.app.certificate_public_key();
    let key = Key {
        kty: KeyType::OctetKeyPair,
        crv: Curve::Ed25519,
        alg: Algorithm::EdDsa,
        use_: Use::Signatures,
        kid: kid.to_string(),
        x: URL_SAFE_NO_PAD.encode(x),
        zone: site.app.zone().zone().name.clone(),
        argument: site.app.certificate_key(),
    };
    let headers = [(header::CONTENT_TYPE, JWK_SET), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, Json(KeysAnswer { keys: vec![key] })).into_response()
}
