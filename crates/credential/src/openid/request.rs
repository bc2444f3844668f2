//! What a browser takes to the provider (Core 1.0, section 3.1.2.1; PKCE, RFC 7636).
//!
//! Must not know of: who is sent.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::address::form;
use super::discovery::Discovered;

/// A request for authentication.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub client: &'a str,
    /// Where the browser comes back to; registered at the provider to the letter.
    pub redirect: &'a str,
    /// What is asked for, with spaces between.
    pub scopes: &'a str,
    /// What the browser brings back.
    pub state: &'a str,
    /// What the ID token must hold.
    pub nonce: &'a str,
    /// What the code is bound to; it stays here, and its hash goes along.
    pub verifier: &'a str,
}

impl Request<'_> {
    /// The address to which the browser is sent.
    #[must_use]
    pub fn address(&self, provider: &Discovered) -> String {
        let challenge = challenge_of(self.verifier);
        let query = form([
            ("response_type", "code"),
            ("client_id", self.client),
            ("redirect_uri", self.redirect),
            ("scope", self.scopes),
            ("state", self.state),
            ("nonce", self.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        // RFC 6749, section 3.1: an endpoint may have a query of its own, which stays.
        let joint = if provider.authorization.contains('?') { '&' } else { '?' };
        format!("{}{joint}{query}", provider.authorization)
    }
}

/// The challenge of a verifier (RFC 7636, section 4.2).
#[must_use]
pub fn challenge_of(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(super::challenge_of(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
