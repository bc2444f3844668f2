//! A provider's description of itself (OpenID Connect Discovery 1.0, section 3).
//!
//! Must not know of: how it was fetched.

use super::address::{is_on_loopback, is_safe};
use super::fault::OpenIdFault;
use super::jwk::Algorithm;
use super::object::Object;

/// The longest description that is taken: real ones have some 5 kB.
pub const DISCOVERY_BYTES_MAX: usize = 64 * 1024;

/// What a provider says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// Who it is: exactly as its tokens say.
    pub issuer: String,
    /// Where a browser is sent.
    pub authorization: String,
    /// Where codes are exchanged.
    pub token: String,
    /// Where its keys are (`jwks_uri`).
    pub keys: String,
    /// Where more is said of a person.
    pub userinfo: Option<String>,
    /// Where a browser signs out (RP-Initiated Logout 1.0).
    pub end_session: Option<String>,
    /// What it signs ID tokens with, as far as that is taken here.
    pub algorithms: Vec<Algorithm>,
    /// Whether it takes the client's secret in a header (`client_secret_basic`).
    pub takes_basic: bool,
    /// Whether it takes the client's secret in the body (`client_secret_post`).
    pub takes_post: bool,
    /// Whether it says who it is in its answers to a browser (RFC 9207).
    pub says_issuer: bool,
}

impl Discovered {
    /// Where the description of an issuer is (section 4.1).
    #[must_use]
    pub fn address(issuer: &str) -> String {
        format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
    }

    /// Reads the description of this issuer. With `public` the client has no secret, so the provider must know PKCE.
    ///
    /// # Errors
    /// [`OpenIdFault::Discovery`], [`OpenIdFault::DiscoveryIssuer`], [`OpenIdFault::NotSecure`], [`OpenIdFault::Unsupported`].
    pub fn read(json: &[u8], issuer: &str, public: bool) -> Result<Self, OpenIdFault> {
        let object = Object::read(json, DISCOVERY_BYTES_MAX).ok_or(OpenIdFault::Discovery("it is no object"))?;
        let text = |key: &'static str| object.text(key).map_err(|_| OpenIdFault::Discovery(key));
        let texts = |key: &'static str| object.texts(key).map_err(|_| OpenIdFault::Discovery(key));
        if text("issuer")?.ok_or(OpenIdFault::Discovery("issuer"))? != issuer {
            return Err(OpenIdFault::DiscoveryIssuer);
        }
        let loopback = is_on_loopback(issuer);
        let maybe = |key: &'static str| match text(key)? {
            Some(address) if is_safe(address, loopback) => Ok(Some(address.to_owned())),
            Some(_) => Err(OpenIdFault::NotSecure(key)),
            None => Ok(None),
        };
        let needed = |key: &'static str| maybe(key)?.ok_or(OpenIdFault::Discovery(key));
        let has = |list: &Option<Vec<&str>>, value: &str| list.as_ref().is_some_and(|list| list.contains(&value));
        if !has(&texts("response_types_supported")?, "code") {
            return Err(OpenIdFault::Unsupported("the code flow"));
        }
        let pkce = texts("code_challenge_methods_supported")?;
        if (public || pkce.is_some()) && !has(&pkce, "S256") {
            return Err(OpenIdFault::Unsupported("PKCE with S256"));
        }
        let named = texts("id_token_signing_alg_values_supported")?.unwrap_or_default();
        let algorithms: Vec<Algorithm> = named.into_iter().filter_map(Algorithm::named).collect();
        if algorithms.is_empty() {
            return Err(OpenIdFault::Unsupported("RS256, PS256, ES256 or EdDSA"));
        }
        let methods = texts("token_endpoint_auth_methods_supported")?;
        let says_issuer = object.get("authorization_response_iss_parameter_supported").is_some_and(|says| says == true);
        Ok(Self {
            issuer: issuer.to_owned(),
            authorization: needed("authorization_endpoint")?,
            token: needed("token_endpoint")?,
            keys: needed("jwks_uri")?,
            userinfo: maybe("userinfo_endpoint")?,
            end_session: maybe("end_session_endpoint")?,
            algorithms,
            // Section 3: without the list it is client_secret_basic.
            takes_basic: methods.is_none() || has(&methods, "client_secret_basic"),
            takes_post: has(&methods, "client_secret_post"),
            says_issuer,
        })
    }
}
