//! `/api/v1/mandates`: a program gives, accepts, uses and revokes one; and what others try with it.

use serde_json::{Value, json};

use crate::client::{Client, fresh_key};
use crate::common::House;
use crate::common::scene::activity;

fn giving(house: &House, key: &str, agent: &str) -> Value {
    let day = |days: i64| {
        let at = house.app.clock.now().checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap();
        app::engine::clock::date(house.app.zone().zone(), at).unwrap().to_string()
    };
    json!({
        "principal": { "register": "companies", "key": key },
        "agent": agent,
        "services": ["activity-licence"],
        "first_day": day(-1),
        "last_day": day(100),
    })
}

async fn accepted(house: &House, sara: &Client, ali: &Client) -> String {
    let given = sara.post("/api/v1/mandates", &giving(house, "C-0001", "P-0004")).await.is(201);
    let mandate = given.json()["mandate"].as_str().unwrap().to_owned();
    assert_eq!(given.headers["location"], format!("/api/v1/mandates/{mandate}"));
    assert_eq!(given.json()["standing"], "offered");
    let done = ali.post(&format!("/api/v1/mandates/{mandate}/acts"), &json!({ "act": "accept" })).await.is(200);
    assert_eq!(done.json()["standing"], "stands");
    mandate
}

fn application(mandate: Option<&str>, company: &str) -> Value {
    let mut body = json!({ "service": "activity-licence", "facts": {
        "company": { "text": company },
        "premises": { "text": "M-0001" },
        "activity": { "code": activity("high") },
        "investment": { "money": { "amount": "1000", "currency": "IRR" } },
    }});
    if let Some(mandate) = mandate {
        body["mandate"] = mandate.into();
    }
    body
}

#[tokio::test]
async fn an_agent_applies_under_a_mandate_and_no_longer_when_it_is_revoked() {
    let house = House::open().await;
    let (sara, ali) = (Client::of(&house, "P-0001").await, Client::of(&house, "P-0004").await);
    let mandate = accepted(&house, &sara, &ali).await;
    let path = format!("/api/v1/choices/activity-licence/company?mandate={mandate}");
    let choices = ali.get(&path).await.is(200).json();
    assert_eq!(choices["items"].as_array().unwrap().len(), 1, "{choices}");
    assert_eq!(choices["items"][0]["key"], "C-0001");
    let premises = format!("/api/v1/choices/activity-licence/premises?holder=C-0001&mandate={mandate}");
    assert!(!ali.get(&premises).await.is(200).json()["items"].as_array().unwrap().is_empty());
    let other = format!("/api/v1/choices/activity-licence/premises?holder=C-0004&mandate={mandate}");
    assert!(ali.get(&other).await.is(200).json()["items"].as_array().unwrap().is_empty());
    // The request is done once, however often it comes.
    let (key, body) = (fresh_key(), application(Some(&mandate), "C-0001"));
    let case = ali.post_keyed("/api/v1/cases", &key, &body).await.is(201).json();
    assert_eq!(ali.post_keyed("/api/v1/cases", &key, &body).await.is(201).json(), case);
    let first = case.clone();
    let case = case["case"].as_str().unwrap().to_owned();
    let seen = ali.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    assert_eq!(seen["content"]["applicant"], "P-0001");
    assert_eq!((&seen["standing"]["agent"], &seen["standing"]["applicant"]), (&true.into(), &false.into()));
    let under = &seen["content"]["history"][0]["event"]["under"];
    assert_eq!(under["agent"], "P-0004");
    assert_eq!(under["mandate"], mandate.as_str());
    let list = ali.get("/api/v1/cases").await.is(200).json();
    assert_eq!(list["items"][0]["mandate"], mandate.as_str());
    assert!(sara.get("/api/v1/cases").await.is(200).json()["items"][0].get("mandate").is_none());
    // It is revoked while the case goes on.
    let acts = format!("/api/v1/mandates/{mandate}/acts");
    let revoked = sara.post_keyed(&acts, "revoke", &json!({ "act": "revoke" })).await.is(200).json();
    assert_eq!(revoked["standing"], "revoked");
    assert_eq!(sara.post_keyed(&acts, "revoke", &json!({ "act": "revoke" })).await.is(200).json(), revoked);
    sara.post(&acts, &json!({ "act": "revoke" })).await.problem(422, "mandate");
    let withdraw = json!({ "act": "withdraw", "seen": seen["seq"] });
    let told = ali.post(&format!("/api/v1/cases/{case}/acts"), &withdraw).await.problem(403, "forbidden");
    assert!(told["detail"].as_str().unwrap().contains("the mandate was revoked on"), "{told}");
    ali.get(&format!("/api/v1/cases/{case}")).await.problem(403, "forbidden");
    ali.post("/api/v1/cases", &body).await.problem(403, "forbidden");
    // Sending again what was done then gets the answer of then, and does nothing.
    assert_eq!(ali.post_keyed("/api/v1/cases", &key, &body).await.is(201).json(), first);
    assert_eq!(sara.get("/api/v1/cases").await.is(200).json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(ali.get("/api/v1/cases").await.is(200).json()["items"], json!([]));
    sara.post(&format!("/api/v1/cases/{case}/acts"), &withdraw).await.is(200);
    // Both take what is known of it along.
    for (client, list) in [(&sara, "mandates_given"), (&ali, "mandates_received")] {
        let export = client.get("/api/v1/me/export").await.is(200).json();
        assert_eq!(export[list][0]["mandate"], mandate.as_str(), "{list}");
    }
}

#[tokio::test]
async fn forged_foreign_and_unfit_mandates_do_nothing() {
    let house = House::open().await;
    let (sara, ali) = (Client::of(&house, "P-0001").await, Client::of(&house, "P-0004").await);
    let reza = Client::of(&house, "P-0002").await;
    let mandate = accepted(&house, &sara, &ali).await;
    let forged = "6d616e646174ffffffffffffffffffff";
    for (client, mandate) in [(&ali, forged), (&reza, mandate.as_str()), (&sara, mandate.as_str())] {
        let told = client.post("/api/v1/cases", &application(Some(mandate), "C-0001")).await.problem(422, "no-mandate");
        assert_eq!(told["errors"][0]["pointer"], "/mandate");
        client.get(&format!("/api/v1/choices/activity-licence/company?mandate={mandate}")).await.is(404);
    }
    // Another company of the same holder, another's, and none at all.
    for company in ["C-0004", "C-0002", "C-9999"] {
        ali.post("/api/v1/cases", &application(Some(&mandate), company)).await.problem(422, "facts");
    }
    ali.post("/api/v1/cases", &application(None, "C-0001")).await.problem(422, "facts");
    // Nobody sees or ends what does not concern them.
    reza.get(&format!("/api/v1/mandates/{mandate}")).await.problem(404, "not-found");
    ali.get(&format!("/api/v1/mandates/{forged}")).await.problem(404, "not-found");
    for act in ["accept", "give-up", "revoke"] {
        let path = format!("/api/v1/mandates/{mandate}/acts");
        reza.post(&path, &json!({ "act": act })).await.problem(404, "not-found");
    }
    ali.post(&format!("/api/v1/mandates/{mandate}/acts"), &json!({ "act": "revoke" })).await.problem(403, "mandate");
    // Given for what is not one's own, to nobody, for ever, to oneself.
    sara.post("/api/v1/mandates", &giving(&house, "C-0002", "P-0004")).await.problem(403, "mandate");
    sara.post("/api/v1/mandates", &giving(&house, "C-9999", "P-0004")).await.problem(403, "mandate");
    sara.post("/api/v1/mandates", &giving(&house, "C-0001", "P-0001")).await.problem(422, "mandate");
    sara.post("/api/v1/mandates", &giving(&house, "C-0001", "a b")).await.problem(422, "mandate");
    let mut body = giving(&house, "C-0001", "P-0004");
    body["last_day"] = "9999-01-01".into();
    sara.post("/api/v1/mandates", &body).await.problem(422, "mandate");
    body["last_day"] = "soon".into();
    sara.post("/api/v1/mandates", &body).await.problem(422, "shape");
    Client::stranger(&house).get("/api/v1/mandates").await.problem(401, "token");
    // Somebody of whom nobody knows gets the same answer as somebody who is there.
    let shape = |reply: crate::client::Reply| {
        let mut json = reply.is(201).json();
        ["mandate", "agent", "given"].iter().for_each(|field| json[*field] = Value::Null);
        json
    };
    let known = shape(sara.post("/api/v1/mandates", &giving(&house, "C-0001", "P-0003")).await);
    let unknown = shape(sara.post("/api/v1/mandates", &giving(&house, "C-0001", "P-9999")).await);
    assert_eq!(known, unknown);
}
