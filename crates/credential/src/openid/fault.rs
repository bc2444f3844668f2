//! What is wrong with what an identity provider says. Words for people are put on it elsewhere.
//!
//! Must not know of: languages, pages.

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdFault {
    /// The provider's description of itself is no JSON of the form that the standard gives; the member that is wrong.
    #[error("the provider's configuration is malformed: {0}")]
    Discovery(&'static str),
    /// The description is of another issuer (Discovery 1.0, section 4.3).
    #[error("the provider's configuration is of another issuer")]
    DiscoveryIssuer,
    /// An address of the provider is not https.
    #[error("the provider's {0} is no https address")]
    NotSecure(&'static str),
    /// The provider lacks what is needed: the code flow, PKCE, or an algorithm that is taken.
    #[error("the provider does not support {0}")]
    Unsupported(&'static str),
    /// The set of keys is malformed, or too large.
    #[error("the provider's keys are malformed, or more than are taken")]
    Keys,
    /// The answer with the tokens is malformed.
    #[error("the answer with the tokens is malformed")]
    Tokens,
    /// The token is no signed JWT of the form that the standard gives, or too long.
    #[error("the ID token is malformed")]
    Malformed,
    /// The algorithm is none that is taken and that the provider announced.
    #[error("the ID token is signed by no algorithm that is taken")]
    Algorithm,
    /// No key of the provider's set fits the token.
    #[error("the ID token names no key of the provider's")]
    UnknownKey,
    /// The signature is not this key's.
    #[error("the ID token's signature does not hold")]
    Signature,
    /// `iss` is another.
    #[error("the ID token is of another issuer")]
    Issuer,
    /// `aud` does not name this client, or names others without `azp`.
    #[error("the ID token is for another client")]
    Audience,
    /// `azp` is another client.
    #[error("the ID token was issued to another client")]
    Party,
    /// `exp` has passed.
    #[error("the ID token has expired")]
    Expired,
    /// `iat` or `nbf` lies ahead.
    #[error("the ID token is from the future")]
    Future,
    /// `nonce` is not that of this sign-in.
    #[error("the ID token belongs to another sign-in")]
    Nonce,
    /// `at_hash` is not that of the access token.
    #[error("the ID token belongs to another access token")]
    AccessToken,
    /// `sub` is missing, too long, or differs between ID token and userinfo.
    #[error("the subject is missing, malformed or another one")]
    Subject,
}
