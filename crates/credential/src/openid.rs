//! What an identity provider says of itself, of its keys and of a person (OpenID Connect Core 1.0, <https://openid.net/specs/openid-connect-core-1_0.html>,
//! and Discovery 1.0). Pure: bytes and the time come in, a verdict comes out.
//!
//! It knows nothing of accounts, browsers, or how bytes are fetched.
//!
//! It is strict where the standards leave a choice: a token is a signed JWT in its compact form, by RS256, PS256, ES256 or EdDSA and a key of the
//! provider's set that fits; nothing symmetric, nothing unsigned, nothing encrypted; addresses are https, but for trials on one machine.

mod address;
mod discovery;
mod fault;
mod jwk;
mod object;
mod request;
mod token;

pub use address::{form, is_safe};
pub use discovery::{DISCOVERY_BYTES_MAX, Discovered};
pub use fault::OpenIdFault;
pub use jwk::{Algorithm, KEY_SET_BYTES_MAX, KEYS_MAX, KeySet};
pub use request::{Request, challenge_of};
pub use token::{ANSWER_BYTES_MAX, Claims, Expected, ID_TOKEN_BYTES_MAX, LEEWAY_S, Tokens, claims_about, verified};
