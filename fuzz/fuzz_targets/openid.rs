//! Any bytes as what an identity provider says: its description, its keys, its answer, and an ID token that is signed as it must be: no panic, and
//! nobody is let in by a token that does not name the sign-in.
#![no_main]

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credential::openid::{Algorithm, Discovered, Expected, KeySet, Tokens, claims_about, verified};
use ed25519_dalek::{Signer as _, SigningKey};
use libfuzzer_sys::fuzz_target;

const NONCE: &str = "n-0S6_WzA2Mj";

fuzz_target!(|bytes: &[u8]| {
    let _ = Discovered::read(bytes, "https://id.example", bytes.len() % 2 == 0);
    let _ = KeySet::read(bytes);
    let _ = Tokens::read(bytes);
    let _ = claims_about("a", bytes);
    let key = SigningKey::from_bytes(&[9; 32]);
    let public = BASE64_URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let set = format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","x":"{public}"}}]}}"#);
    let Ok(keys) = KeySet::read(set.as_bytes()) else { return };
    let expected = Expected {
        issuer: "https://id.example",
        client: "panjereh",
        nonce: NONCE,
        access_token: "access",
        algorithms: &[Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256, Algorithm::EdDsa],
        now_s: 1_764_000_000,
    };
    let _ = verified(&String::from_utf8_lossy(bytes), &keys, expected);
    let (header, payload) = bytes.split_at(bytes.iter().position(|byte| *byte == 0).unwrap_or(0));
    let header = if header.is_empty() { br#"{"alg":"EdDSA"}"# } else { header };
    let payload = payload.strip_prefix(&[0]).unwrap_or(payload);
    let message =
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(payload));
    let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).to_bytes()));
    if let Ok(claims) = verified(&token, &keys, expected) {
        assert!(!claims.subject.is_empty());
        assert_eq!(claims.text("nonce"), Some(NONCE));
    }
});
