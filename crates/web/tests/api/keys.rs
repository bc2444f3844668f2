//! The key that checks certificates, as programs elsewhere fetch it.

use app::credential::{Input, KeyId, TrustedKeys, Verdict, verify};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::client::Client;
use crate::common::House;

#[tokio::test]
async fn the_published_key_checks_a_certificate_without_the_site() {
    let house = House::open().await;
    let reply = Client::stranger(&house).get("/api/v1/certificates/keys").await.is(200);
    assert_eq!(reply.media_type, "application/jwk-set+json");
    let set = reply.json();
    let [key] = set["keys"].as_array().unwrap().as_slice() else { panic!("{set}") };
    assert_eq!((&key["kty"], &key["crv"], &key["use"]), (&"OKP".into(), &"Ed25519".into(), &"sig".into()));
    assert_eq!(key["argument"], house.app.certificate_key());
    let x: [u8; 32] = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap().try_into().unwrap();
    let public = app::public_key(&x).unwrap();
    assert_eq!(key["kid"], KeyId::of(&public).to_string());
    let trusted = TrustedKeys::new().with(key["zone"].as_str().unwrap(), KeyId::of(&public), public);
    let acted = house.granted().await;
    let sara = Client::of(&house, "P-0001").await;
    let certificate = sara.get(&format!("/api/v1/cases/{}/certificate", acted.case)).await.is(200).json();
    let now_s = house.app.clock.now().as_second();
    let verdict = verify(Input::Text(certificate["text"].as_str().unwrap()), &trusted, now_s, None);
    assert!(matches!(verdict, Verdict::Valid(_)), "{verdict:?}");
    assert!(!set.to_string().contains(&hex::encode([2_u8; 32])), "the secret half");
}
