//! A provider that lies in the middle of a sign-in. Each lie gets a clear word, and nothing is changed by it.
//!
//! Must not know of: whose account a sign-in opens; `identity` has that.

use app::{Account, Applicants};
use jiff::SignedDuration;
use serde_json::json;
use store::{EntryQuery, Store as _};

use crate::common::{House, Page};
use crate::identity::{back, begin, joined, token};
use crate::lying_provider::{Draft, Lies, Provider, Sign};

/// What of the store a sign-in may write.
async fn written(house: &House) -> (Vec<Account>, usize) {
    let mut count = 0;
    for kind in ["session", "identity", "identity-subject"] {
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 1000 };
        count += house.store.entries(query).await.unwrap().len();
    }
    (house.app.accounts().await.unwrap(), count)
}

/// What the page says for a lie of the provider's in the middle of a sign-in.
async fn told(lies: Lies) -> Page {
    let (provider, house) = joined(Applicants::Provider).await;
    let before = written(&house).await;
    let mut browser = house.visitor();
    let address = begin(&mut browser).await;
    let path = back(&provider, &address);
    provider.lie(lies);
    let page = browser.get(&path).await;
    page.is_sound();
    assert_eq!(written(&house).await, before, "{}", page.text());
    assert!(browser.cookie("__Host-session").is_none());
    assert!(page.status.is_client_error() || page.status.is_server_error(), "{}", page.text());
    page.says("Nothing was done");
    let again = page.links("/en/sign-in");
    assert_eq!(again.len(), 2, "a way on, beside the one in the banner: {}", page.body);
    // Nothing of it serves a second time, when the provider is honest again.
    provider.lie(Lies::default());
    assert_eq!(browser.get(&path).await.status, 400);
    page
}

#[tokio::test]
async fn a_token_for_another_place_or_another_sign_in_lets_nobody_in() {
    let lies: [fn(&mut Draft); 11] = [
        |draft| draft.claims["aud"] = json!("another client"),
        |draft| draft.claims["aud"] = json!([]),
        |draft| draft.claims["aud"] = json!({ "panjereh": true }),
        |draft| draft.claims["aud"] = json!(["panjereh", "another client"]),
        |draft| draft.claims["azp"] = json!("another client"),
        |draft| draft.claims["nonce"] = json!("0".repeat(64)),
        |draft| draft.claims["nonce"] = json!(null),
        |draft| draft.claims["iss"] = json!("https://evil.example"),
        |draft| draft.claims["iss"] = json!(format!("{}/", draft.claims["iss"].as_str().unwrap())),
        |draft| draft.claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA"),
        |draft| draft.claims["sub"] = json!(""),
    ];
    for lie in lies {
        told(token(lie)).await.says("It was made for another place, another person or another sign-in.");
    }
}

#[tokio::test]
async fn a_token_of_another_time_lets_nobody_in() {
    let lies: [fn(&mut Draft); 4] = [
        |draft| draft.claims["exp"] = json!(draft.claims["iat"].as_i64().unwrap() - 61),
        |draft| draft.claims["iat"] = json!(draft.claims["iat"].as_i64().unwrap() + 70),
        |draft| draft.claims["nbf"] = json!(draft.claims["iat"].as_i64().unwrap() + 70),
        |draft| draft.claims["exp"] = json!(0),
    ];
    for lie in lies {
        told(token(lie)).await.says("It is dated too early or too late");
    }
}

#[tokio::test]
async fn a_token_that_is_not_signed_by_the_providers_key_lets_nobody_in() {
    let lies: [fn(&mut Draft); 8] = [
        |draft| draft.sign = Sign::Stranger,
        |draft| draft.sign = Sign::Nothing,
        |draft| (draft.header["alg"], draft.sign) = (json!("none"), Sign::Nothing),
        |draft| (draft.header["alg"], draft.sign) = (json!("None"), Sign::Nothing),
        |draft| (draft.header["alg"], draft.sign) = (json!("HS256"), Sign::PublicKeyAsSecret),
        |draft| (draft.header["alg"], draft.sign) = (json!("ES256"), Sign::PublicKeyAsSecret),
        |draft| draft.header["alg"] = json!("RS256"),
        |draft| draft.header["kid"] = json!("another key"),
    ];
    for lie in lies {
        told(token(lie)).await.says("It is not signed as it must be.");
    }
}

#[tokio::test]
async fn a_token_that_is_none_lets_nobody_in() {
    let malformed: [fn(&mut Draft); 6] = [
        |draft| draft.header["crit"] = json!(["exp"]),
        |draft| draft.header["typ"] = json!("at+jwt"),
        |draft| draft.claims["exp"] = json!("tomorrow"),
        |draft| draft.claims["iat"] = json!(null),
        |draft| draft.claims = json!(["not", "an", "object"]),
        |draft| draft.claims["more"] = json!("x".repeat(20_000)),
    ];
    for lie in malformed {
        told(token(lie)).await.says("It cannot be read.");
    }
    let whole: [fn(&mut serde_json::Value); 5] = [
        |tokens| tokens["id_token"] = json!("a.b.c"),
        |tokens| tokens["id_token"] = json!("...."),
        |tokens| tokens["id_token"] = json!("x".repeat(17_000)),
        |tokens| tokens["id_token"] = json!("e30.e30"),
        |tokens| tokens["id_token"] = json!("eyJhbGciOiJFUzI1NiIsImFsZyI6Im5vbmUifQ.e30."),
    ];
    for lie in whole {
        told(Lies { tokens: Box::new(lie), ..Lies::default() }).await.says("It cannot be read.");
    }
}

#[tokio::test]
async fn answers_that_are_none_let_nobody_in() {
    let odd: [fn(&mut serde_json::Value); 4] = [
        |tokens| tokens["id_token"] = json!(null),
        |tokens| tokens["token_type"] = json!("mac"),
        |tokens| tokens["access_token"] = json!("a\r\nx-evil: 1"),
        |tokens| *tokens = json!([]),
    ];
    for lie in odd {
        told(Lies { tokens: Box::new(lie), ..Lies::default() }).await.says("What it says of itself cannot be used");
    }
    let instead = |path, status, to: &str, body: Vec<u8>| Lies {
        answers: [(path, (status, to.to_owned(), body))].into(),
        ..Lies::default()
    };
    told(instead("/token", 400, "", br#"{"error":"invalid_grant"}"#.to_vec())).await.says("invalid_grant");
    told(instead("/token", 400, "", br#"{"error":"<script>"}"#.to_vec())).await.says("something_unreadable");
    told(instead("/token", 500, "", Vec::new())).await.says("does not answer");
    told(instead("/token", 307, "https://evil.example/token", Vec::new())).await.says("does not answer");
    told(instead("/token", 200, "", vec![b' '; 100_000])).await.says("does not answer");
    told(instead("/jwks", 302, "https://evil.example/jwks", Vec::new())).await.says("does not answer");
    told(instead("/jwks", 200, "", vec![b' '; 300_000])).await.says("does not answer");
    told(instead("/jwks", 200, "", b"[]".to_vec())).await.says("does not work");
}

#[tokio::test]
async fn ten_thousand_keys_are_not_tried() {
    let keys = |keys: &mut serde_json::Value| {
        let own = keys["keys"][0].clone();
        let short = json!({ "kty": "x" });
        keys["keys"] = (0..10_000).map(|_| short.clone()).chain([own]).collect();
    };
    told(Lies { keys: Box::new(keys), ..Lies::default() }).await.says("does not work");
}

#[tokio::test]
async fn keys_that_are_for_something_else_do_not_count() {
    let lies: [fn(&mut serde_json::Value); 5] = [
        |keys| keys["keys"][0]["use"] = json!("enc"),
        |keys| keys["keys"][0]["alg"] = json!("ES384"),
        |keys| keys["keys"][0]["d"] = json!("AAAA"),
        |keys| keys["keys"][0]["key_ops"] = json!(["sign"]),
        |keys| keys["keys"] = json!([]),
    ];
    for lie in lies {
        told(Lies { keys: Box::new(lie), ..Lies::default() }).await.says("It is not signed as it must be.");
    }
}

#[tokio::test]
async fn userinfo_of_somebody_else_lets_nobody_in() {
    let lie = |claims: &mut serde_json::Value| claims["sub"] = json!("P-0002");
    let other = Lies { userinfo: Box::new(lie), ..Lies::default() };
    told(other).await.says("It was made for another place, another person");
}

#[tokio::test]
async fn a_description_that_cannot_be_used_begins_nothing() {
    let lies: [fn(&mut serde_json::Value); 9] = [
        |own| own["issuer"] = json!("https://evil.example"),
        |own| own["issuer"] = json!(format!("{}/", own["issuer"].as_str().unwrap())),
        |own| own["token_endpoint"] = json!("http://evil.example/token"),
        |own| own["authorization_endpoint"] = json!("javascript:alert(1)"),
        |own| own["jwks_uri"] = json!(null),
        |own| own["end_session_endpoint"] = json!("https://x@evil.example"),
        |own| own["response_types_supported"] = json!(["id_token"]),
        |own| own["code_challenge_methods_supported"] = json!(["plain"]),
        |own| own["id_token_signing_alg_values_supported"] = json!(["none", "HS256"]),
    ];
    for lie in lies {
        let (provider, house) = joined(Applicants::Provider).await;
        provider.lie(Lies { discovery: Box::new(lie), ..Lies::default() });
        let page = house.visitor().post("/en/sign-in/provider", &[]).await;
        assert_eq!(page.status, 502);
        page.says("What it says of itself cannot be used");
    }
    let elsewhere = format!("{}/elsewhere", Provider::serve().await.issuer());
    for (status, to, body) in [(302, elsewhere.as_str(), 0), (200, "", 70_000), (404, "", 0)] {
        let (provider, house) = joined(Applicants::Provider).await;
        let answer = (status, to.to_owned(), vec![b' '; body]);
        provider.lie(Lies { answers: [("/.well-known/openid-configuration", answer)].into(), ..Lies::default() });
        let page = house.visitor().post("/en/sign-in/provider", &[]).await;
        assert_eq!(page.status, 503);
        page.says("does not answer");
        // It is asked again after some seconds.
        provider.lie(Lies::default());
        assert_eq!(house.visitor().post("/en/sign-in/provider", &[]).await.status, 503);
        house.app.clock.advance(SignedDuration::from_secs(6));
        assert_eq!(house.visitor().post("/en/sign-in/provider", &[]).await.status, 200);
    }
}
