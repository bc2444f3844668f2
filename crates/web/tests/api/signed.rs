//! Officers' acts through the API where officers sign: what is to be signed, and what is taken.

use app::Officers;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::client::Client;
use crate::common::House;
use crate::soft::Authenticator;

const BASE: &str = "https://maku.example";

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn assertion(own: &Authenticator, challenge: &Value) -> Value {
    let made = own.sign(&BASE64_URL_SAFE_NO_PAD.decode(challenge.as_str().unwrap()).unwrap());
    json!({
        "credential": text(&own.id), "authenticator_data": text(&made.authenticator_data),
        "client_data": text(made.client_data.as_bytes()), "signature": text(&made.signature),
    })
}

async fn register(house: &House, officer: &str, own: &Authenticator) {
    let account = house.app.account(officer).await.unwrap();
    let challenge = house.app.register_challenge(&account).await.unwrap();
    let (client_data, attestation) = own.register(&hex::decode(&challenge).unwrap());
    let act = house.app.new_passkey(&account, &challenge, &client_data, &attestation, "token").await.unwrap();
    house.app.act_on_roster(&account, &act, house.app.register().seq, None).await.unwrap();
}

#[tokio::test]
async fn a_program_signs_what_it_is_told_and_nothing_is_done_without() {
    let house = House::signing(BASE, Officers::Passkey).await;
    let (acted, officer) = house.premises("ماکو").await;
    let own = Authenticator::ed25519(1, "maku.example", BASE);
    register(&house, &officer, &own).await;
    let client = Client::of(&house, &officer).await;
    let path = |end: &str| format!("/api/v1/cases/{}/{end}", acted.case);
    let seen = client.get(&path("")[..path("").len() - 1]).await.is(200).json()["seq"].as_u64().unwrap();
    let act = json!({ "act": "decide", "seen": seen, "route": "grant", "note": "دیده شد" });
    client.post(&path("acts"), &act).await.problem(422, "signature-needed");
    let told = client.post(&path("challenge"), &act).await.is(200).json();
    assert_eq!(told["rp_id"], "maku.example");
    assert_eq!(told["origin"], BASE);
    assert_eq!(told["credentials"], json!([text(&own.id)]));
    let with = |act: &Value, assertion: Value| {
        let mut act = act.clone();
        act["assertion"] = assertion;
        act
    };
    let good = assertion(&own, &told["challenge"]);
    // What would be refused is refused before anybody signs.
    let wrong = json!({ "act": "decide", "seen": seen, "route": "nothing" });
    client.post(&path("challenge"), &wrong).await.problem(422, "no-such-route");
    // Another act, another signer, another origin, something that is no assertion.
    let other = json!({ "act": "decide", "seen": seen, "route": "grant", "note": "other" });
    client.post(&path("acts"), &with(&other, good.clone())).await.problem(422, "passkey");
    let stranger = Authenticator::ed25519(2, "maku.example", BASE);
    client.post(&path("acts"), &with(&act, assertion(&stranger, &told["challenge"]))).await.problem(422, "passkey");
    let elsewhere = Authenticator::ed25519(1, "maku.example", "https://evil.example");
    client.post(&path("acts"), &with(&act, assertion(&elsewhere, &told["challenge"]))).await.problem(422, "passkey");
    let mut garbled = good.clone();
    garbled["signature"] = json!("!");
    client.post(&path("acts"), &with(&act, garbled)).await.problem(422, "malformed");
    let mut further = good.clone();
    further["user_handle"] = json!("");
    client.post(&path("acts"), &with(&act, further)).await.problem(422, "shape");
    client.post(&path("acts"), &with(&act, json!("signed"))).await.problem(422, "shape");
    client.post(&path("acts"), &with(&act, good.clone())).await.is(200);
    // The same again: the case has moved on.
    client.post(&path("acts"), &with(&act, good)).await.problem(409, "stale");
    let case = client.get(&path("")[..path("").len() - 1]).await.is(200).json();
    let events = case["content"]["history"].as_array().unwrap();
    let signed: Vec<&Value> = events.iter().filter(|happened| !happened["event"]["signed"].is_null()).collect();
    assert_eq!(signed.len(), 1);
    assert_eq!(signed[0]["event"]["kind"], "decided");
    assert_eq!(signed[0]["event"]["signed"]["act"], told["act"]);
}

#[tokio::test]
async fn what_people_do_for_themselves_needs_no_signature() {
    let house = House::signing(BASE, Officers::Passkey).await;
    let (acted, _) = house.premises("ماکو").await;
    let sara = Client::of(&house, "P-0001").await;
    let path = format!("/api/v1/cases/{}", acted.case);
    let seen = sara.get(&path).await.is(200).json()["seq"].as_u64().unwrap();
    sara.post(&format!("{path}/acts"), &json!({ "act": "recuse", "seen": seen, "reason": "mine" }))
        .await
        .problem(403, "forbidden");
    sara.post(&format!("{path}/acts"), &json!({ "act": "withdraw", "seen": seen })).await.is(200);
}
