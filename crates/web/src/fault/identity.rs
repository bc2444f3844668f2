//! Words for why a sign-in through the identity provider did not take place.
//!
//! Must not know of: tokens, accounts.

use app::IdentityError;
use app::credential::openid::OpenIdFault;
use axum::http::StatusCode;
use fluent_bundle::FluentArgs;

use crate::language::Language;
use crate::pages::identity::provider_name;
use crate::site::Site;

/// The status and the kind.
pub(super) fn kind(error: &IdentityError) -> (StatusCode, &'static str) {
    match error {
        IdentityError::State => (StatusCode::BAD_REQUEST, "identity-state"),
        IdentityError::Expired => (StatusCode::BAD_REQUEST, "identity-expired"),
        IdentityError::Denied => (StatusCode::FORBIDDEN, "identity-denied"),
        IdentityError::Said(_) => (StatusCode::BAD_GATEWAY, "identity-said"),
        IdentityError::Away(_) => (StatusCode::SERVICE_UNAVAILABLE, "identity-away"),
        IdentityError::Fault(fault) if describes_itself(*fault) => (StatusCode::BAD_GATEWAY, "identity-unusable"),
        IdentityError::Fault(_) => (StatusCode::BAD_GATEWAY, "identity-token"),
        IdentityError::NoPerson(_) => (StatusCode::FORBIDDEN, "identity-no-person"),
        IdentityError::NotApplicant => (StatusCode::FORBIDDEN, "identity-not-applicant"),
        IdentityError::Taken => (StatusCode::FORBIDDEN, "identity-taken"),
        IdentityError::Needed => (StatusCode::UNAUTHORIZED, "identity-needed"),
    }
}

/// What is wrong lies with the provider as a whole, and not with one person's sign-in.
fn describes_itself(fault: OpenIdFault) -> bool {
    matches!(
        fault,
        OpenIdFault::Discovery(_)
            | OpenIdFault::DiscoveryIssuer
            | OpenIdFault::NotSecure(_)
            | OpenIdFault::Unsupported(_)
            | OpenIdFault::Keys
            | OpenIdFault::Tokens
    )
}

/// The key of the sentence that says why, where a kind has several.
pub(super) fn because(error: &IdentityError) -> Option<&'static str> {
    let IdentityError::Fault(fault) = error else { return None };
    match fault {
        OpenIdFault::Expired | OpenIdFault::Future => Some("identity-token-time"),
        OpenIdFault::Algorithm | OpenIdFault::UnknownKey | OpenIdFault::Signature => Some("identity-token-signature"),
        OpenIdFault::Issuer
        | OpenIdFault::Audience
        | OpenIdFault::Party
        | OpenIdFault::Nonce
        | OpenIdFault::AccessToken
        | OpenIdFault::Subject => Some("identity-token-other"),
        OpenIdFault::Malformed => Some("identity-token-malformed"),
        _ => None,
    }
}

/// What the sentences name.
pub(super) fn arguments(site: &Site, language: Language, error: &IdentityError, args: &mut FluentArgs<'static>) {
    args.set("provider", provider_name(site, language).unwrap_or_default());
    if let IdentityError::Said(code) = error {
        args.set("code", code.clone());
    }
}
