//! What an identity provider says: published vectors, properties of every bit, and what is no provider's word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credential::openid::{
    Algorithm, Discovered, Expected, KEYS_MAX, KeySet, LEEWAY_S, OpenIdFault, Tokens, claims_about, verified,
};
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW_S: i64 = 1_764_000_000;
const ISSUER: &str = "https://id.example";
const ALL: [Algorithm; 4] = [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256, Algorithm::EdDsa];

const EXPECTED: Expected<'_> = Expected {
    issuer: ISSUER,
    client: "panjereh",
    nonce: "n-0S6_WzA2Mj",
    access_token: "access",
    algorithms: &ALL,
    now_s: NOW_S,
};

fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn own_keys() -> KeySet {
    set(&[json!({ "kty": "OKP", "crv": "Ed25519", "kid": "k", "x": base64(key().verifying_key().as_bytes()) })])
}

fn set(keys: &[Value]) -> KeySet {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "248289761001", "aud": "panjereh", "exp": NOW_S + 300, "iat": NOW_S, "nonce": "n-0S6_WzA2Mj",
        "name": "مریم",
    })
}

fn signed(header: &str, payload: &str) -> String {
    let message = format!("{}.{}", base64(header), base64(payload));
    format!("{message}.{}", base64(key().sign(message.as_bytes()).to_bytes()))
}

fn token(claims: &Value) -> String {
    signed(r#"{"alg":"EdDSA","kid":"k"}"#, &claims.to_string())
}

fn wrong(claims: &Value) -> OpenIdFault {
    verified(&token(claims), &own_keys(), EXPECTED).unwrap_err()
}

/// RFC 7515, appendices A.2 and A.3, and RFC 8037, appendix A.4: their signatures hold, so that what is wrong with them as ID tokens is the next thing.
#[test]
fn the_signatures_of_the_standards_hold() {
    const JOE: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let rsa = json!({ "kty": "RSA", "e": "AQAB", "n": concat!(
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW",
        "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4",
        "LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ") });
    let p256 = json!({ "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" });
    let ed25519 = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    let keys = set(&[rsa, p256, ed25519]);
    let rs256 = format!(
        "eyJhbGciOiJSUzI1NiJ9.{JOE}.{}",
        concat!(
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4",
            "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv",
            "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        )
    );
    let es256 = format!(
        "eyJhbGciOiJFUzI1NiJ9.{JOE}.{}",
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    );
    let eddsa = format!(
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.{}",
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
    for (token, next) in [(rs256, OpenIdFault::Issuer), (es256, OpenIdFault::Issuer), (eddsa, OpenIdFault::Malformed)] {
        assert_eq!(verified(&token, &keys, EXPECTED).unwrap_err(), next, "{token}");
        let (message, signature) = token.rsplit_once('.').unwrap();
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        bytes[7] ^= 1;
        let damaged = format!("{message}.{}", base64(bytes));
        assert_eq!(verified(&damaged, &keys, EXPECTED).unwrap_err(), OpenIdFault::Signature);
    }
}

#[test]
fn an_honest_token_says_who_somebody_is() {
    let claims = verified(&token(&claims()), &own_keys(), EXPECTED).unwrap();
    assert_eq!(
        (claims.subject.as_str(), claims.text("name"), claims.text("exp")),
        ("248289761001", Some("مریم"), None)
    );
}

#[test]
fn each_claim_is_held_to_the_standard() {
    let with = |key: &str, value: Value| {
        let mut claims = claims();
        claims[key] = value;
        claims
    };
    for (key, value, fault) in [
        ("iss", json!("https://id.example/"), OpenIdFault::Issuer),
        ("iss", json!(["https://id.example"]), OpenIdFault::Issuer),
        ("aud", json!("Panjereh"), OpenIdFault::Audience),
        ("aud", json!(["panjereh", "x"]), OpenIdFault::Audience),
        ("aud", json!(["panjereh", 7]), OpenIdFault::Audience),
        ("azp", json!("x"), OpenIdFault::Party),
        ("azp", json!(1), OpenIdFault::Malformed),
        ("exp", json!(NOW_S - LEEWAY_S), OpenIdFault::Expired),
        ("exp", json!(i64::MIN), OpenIdFault::Expired),
        ("exp", json!("1"), OpenIdFault::Malformed),
        ("exp", json!(1.5e300), OpenIdFault::Malformed),
        ("iat", json!(NOW_S + LEEWAY_S + 1), OpenIdFault::Future),
        ("iat", json!(i64::MAX), OpenIdFault::Future),
        ("iat", Value::Null, OpenIdFault::Malformed),
        ("nbf", json!(NOW_S + LEEWAY_S + 1), OpenIdFault::Future),
        ("nonce", json!("n-0S6_WzA2MJ"), OpenIdFault::Nonce),
        ("nonce", json!(7), OpenIdFault::Nonce),
        ("at_hash", json!(""), OpenIdFault::AccessToken),
        ("at_hash", json!(true), OpenIdFault::AccessToken),
        ("sub", json!(""), OpenIdFault::Subject),
        ("sub", json!("x".repeat(256)), OpenIdFault::Subject),
        ("sub", json!("۱"), OpenIdFault::Subject),
        ("sub", json!(248_289_761_001_i64), OpenIdFault::Subject),
    ] {
        assert_eq!(wrong(&with(key, value.clone())), fault, "{key} {value}");
    }
    for (key, value) in [
        ("exp", json!(NOW_S - LEEWAY_S + 1)),
        ("iat", json!(NOW_S + LEEWAY_S)),
        ("azp", json!("panjereh")),
        ("aud", json!(["panjereh"])),
        // The left half of SHA-512 of "access", as Ed25519 has it.
        ("at_hash", json!(base64(&<sha2::Sha512 as sha2::Digest>::digest(b"access")[..32]))),
        ("sub", json!("x".repeat(255))),
    ] {
        verified(&token(&with(key, value.clone())), &own_keys(), EXPECTED)
            .unwrap_or_else(|fault| panic!("{key} {value}: {fault}"));
    }
}

#[test]
fn a_header_that_asks_for_more_is_not_understood() {
    let payload = claims().to_string();
    for (header, fault) in [
        (r#"{"alg":"EdDSA","kid":"k","crit":["exp"]}"#, OpenIdFault::Malformed),
        (r#"{"alg":"EdDSA","kid":"k","typ":"at+jwt"}"#, OpenIdFault::Malformed),
        (r#"{"alg":"EdDSA","alg":"none","kid":"k"}"#, OpenIdFault::Malformed),
        (r#"{"alg":"none"}"#, OpenIdFault::Algorithm),
        (r#"{"alg":"HS256","kid":"k"}"#, OpenIdFault::Algorithm),
        (r#"{"alg":"ES256","kid":"k"}"#, OpenIdFault::UnknownKey),
        (r#"{"alg":["EdDSA"],"kid":"k"}"#, OpenIdFault::Malformed),
        (r#"{"kid":"k"}"#, OpenIdFault::Algorithm),
        (r#"{"alg":"EdDSA","kid":"other"}"#, OpenIdFault::UnknownKey),
        (r#"{"alg":"EdDSA","kid":7}"#, OpenIdFault::Malformed),
    ] {
        assert_eq!(verified(&signed(header, &payload), &own_keys(), EXPECTED).unwrap_err(), fault, "{header}");
    }
    let few = Expected { algorithms: &[Algorithm::Rs256], ..EXPECTED };
    assert_eq!(verified(&token(&claims()), &own_keys(), few).unwrap_err(), OpenIdFault::Algorithm);
    // Without a name a token means the one key that fits, and no one of several.
    let nameless = signed(r#"{"alg":"Ed25519","typ":"jwt"}"#, &payload);
    verified(&nameless, &own_keys(), EXPECTED).unwrap();
    let one = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(key().verifying_key().as_bytes()) });
    assert_eq!(verified(&nameless, &set(&[one.clone(), one]), EXPECTED).unwrap_err(), OpenIdFault::UnknownKey);
}

#[test]
fn a_set_of_keys_is_a_set_of_public_keys_and_bounded() {
    let many = |count| json!({ "keys": vec![json!({ "kty": "oct", "k": "AA" }); count] }).to_string();
    assert_eq!(KeySet::read(many(KEYS_MAX).as_bytes()).unwrap(), KeySet::default());
    for odd in
        [many(KEYS_MAX + 1), "{}".to_owned(), r#"{"keys":{}}"#.to_owned(), r#"{"keys":[1]}"#.to_owned(), String::new()]
    {
        assert_eq!(KeySet::read(odd.as_bytes()), Err(OpenIdFault::Keys), "{odd:.60}");
    }
}

#[test]
fn tokens_and_userinfo_are_read_strictly() {
    let good = json!({ "id_token": "a", "access_token": "b", "token_type": "bearer", "expires_in": 1 }).to_string();
    assert!(Tokens::read(good.as_bytes()).is_ok());
    for odd in [r#"{"id_token":"a","id_token":"b","access_token":"b","token_type":"Bearer"}"#, "[]", "", "{}"] {
        assert!(Tokens::read(odd.as_bytes()).is_err(), "{odd}");
    }
    assert!(claims_about("a", br#"{"sub":"a"}"#).is_ok());
    for odd in [&br#"{"sub":"b"}"#[..], br#"{"sub":"a","sub":"a"}"#, b"{}", b"eyJ.eyJ.x"] {
        assert!(claims_about("a", odd).is_err());
    }
}

#[test]
fn a_description_is_of_the_issuer_that_was_asked() {
    let document = json!({
        "issuer": ISSUER, "authorization_endpoint": "https://id.example/auth", "token_endpoint": "https://id.example/token",
        "jwks_uri": "https://keys.example/jwks", "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256", "none"], "token_endpoint_auth_methods_supported": ["client_secret_post"],
    });
    let found = Discovered::read(document.to_string().as_bytes(), ISSUER, false).unwrap();
    assert_eq!((found.takes_basic, found.takes_post, found.algorithms), (false, true, vec![Algorithm::Rs256]));
    let public = Discovered::read(document.to_string().as_bytes(), ISSUER, true);
    assert_eq!(public.unwrap_err(), OpenIdFault::Unsupported("PKCE with S256"));
    let other = Discovered::read(document.to_string().as_bytes(), "https://ID.example", false);
    assert_eq!(other.unwrap_err(), OpenIdFault::DiscoveryIssuer);
    assert_eq!(
        Discovered::address("https://id.example/realm/"),
        "https://id.example/realm/.well-known/openid-configuration"
    );
}

proptest! {
    #[test]
    fn whatever_bit_is_changed_the_token_does_not_hold(place in 0_usize..4096, bit in 0_u32..8) {
        let mut bytes = token(&claims()).into_bytes();
        let place = place % bytes.len();
        bytes[place] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(verified(&text, &own_keys(), EXPECTED).is_err());
        }
    }

    #[test]
    fn whatever_is_read_is_judged_and_never_breaks(text in "\\PC{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(verified(&text, &own_keys(), EXPECTED).is_err());
        let part = base64(&bytes);
        let token = format!("{part}.{part}.{part}");
        prop_assert!(verified(&token, &own_keys(), EXPECTED).is_err());
        let _ = KeySet::read(&bytes);
        let _ = Discovered::read(&bytes, ISSUER, true);
        let _ = Tokens::read(&bytes);
    }

    #[test]
    fn a_token_lives_as_long_as_it_says_and_the_leeway(exp in -200_i64..200, iat in -200_i64..200) {
        let mut own = claims();
        own["exp"] = json!(NOW_S + exp);
        own["iat"] = json!(NOW_S + iat);
        let holds = exp > -LEEWAY_S && iat <= LEEWAY_S;
        prop_assert_eq!(verified(&token(&own), &own_keys(), EXPECTED).is_ok(), holds);
    }
}
