//! From an application to a certificate, as a program goes about it.

use serde_json::{Value, json};

use crate::client::{Client, company, fresh_key};
use crate::common::House;

/// A case that waits for an examiner: its id, and the officer who was drawn.
pub async fn drawn(applicant: &Client) -> (String, String) {
    let body = json!({ "service": "activity-licence", "facts": {
        "company": { "text": "C-0001" },
        "premises": { "text": "M-0001" },
        "activity": { "code": risky(applicant).await },
        "investment": { "money": { "amount": "900000000000", "currency": "IRR" } },
    }});
    let acted = applicant.post("/api/v1/cases", &body).await.is(201).json();
    assert_eq!(acted["stage"], "review", "{acted}");
    let case = acted["case"].as_str().unwrap().to_owned();
    let view = applicant.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    let officer = view["content"]["officers"]["review"][0].as_str().unwrap().to_owned();
    (case, officer)
}

/// A case that waits for an examiner: its id, and the program of the officer who was drawn.
pub async fn waiting(house: &House, applicant: &Client) -> (String, Client) {
    let (case, officer) = drawn(applicant).await;
    (case, Client::of(house, &officer).await)
}

/// A building permit that waits for its fee.
pub async fn permit(applicant: &Client) -> Value {
    let plans = applicant.bring().await;
    let body = json!({ "service": "building-permit", "facts": {
        "parcel": { "text": "Z-0001" }, "use": { "code": "dwelling" }, "storeys": { "decimal": "2" },
        "floor-area": { "decimal": "200" }, "plans": plans, "engineer": { "text": "E-1" },
    }});
    let acted = applicant.post("/api/v1/cases", &body).await.is(201).json();
    assert_eq!(acted["stage"], "payment", "{acted}");
    acted["case"].clone()
}

/// An activity that the rules leave to an examiner.
async fn risky(client: &Client) -> String {
    let service = client.get("/api/v1/services/activity-licence").await.is(200).json();
    let fact = service["facts"].as_array().unwrap().iter().find(|fact| fact["name"] == "activity").unwrap().clone();
    let codes: Vec<&str> = fact["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert!(codes.contains(&RISKY), "{codes:?}");
    RISKY.to_owned()
}

/// An activity of high risk.
const RISKY: &str = "2011";

/// The number of a case's events.
pub async fn seq(client: &Client, case: &str) -> u64 {
    client.get(&format!("/api/v1/cases/{case}")).await.is(200).json()["seq"].as_u64().unwrap()
}

#[tokio::test]
async fn rules_grant_and_the_certificate_holds() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let application = company(&sara).await;
    let reply = sara.post("/api/v1/cases", &application).await.is(201);
    let acted = reply.json();
    assert_eq!(acted["outcome"], "granted");
    let case = acted["case"].as_str().unwrap();
    assert_eq!(reply.headers["location"], format!("/api/v1/cases/{case}"));

    sara.get(&format!("/api/v1/cases/{case}/certificate")).await.is(202);
    house.settle().await;
    let certificate = sara.get(&format!("/api/v1/cases/{case}/certificate")).await.is(200).json();
    assert_eq!(certificate["verdict"]["verdict"], "valid");
    assert_eq!(certificate["verdict"]["proven"], true);

    let anybody = Client::stranger(&house);
    for part in ["text", "cose"] {
        let body = json!({ part: certificate[part] });
        let verdict = anybody.post("/api/v1/certificates/verify", &body).await.is(200).json();
        assert_eq!(verdict["verdict"], "valid", "{verdict}");
    }
    let text = certificate["text"].as_str().unwrap();
    let cut = json!({ "text": &text[..text.len() - 1] });
    let verdict = anybody.post("/api/v1/certificates/verify", &cut).await.is(200).json();
    assert_eq!(verdict["verdict"], "malformed");
    let list = anybody.get("/status/0").await.is(200);
    assert_eq!(list.media_type, "application/statuslist+cwt");
}

#[tokio::test]
async fn an_examiner_decides_what_was_drawn() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, officer) = waiting(&house, &sara).await;
    let desk = officer.get("/api/v1/desk").await.is(200).json();
    assert_eq!(desk["items"][0]["case"], case.as_str());

    let path = format!("/api/v1/cases/{case}/acts");
    let seen = seq(&officer, &case).await;
    let problem = officer.post(&path, &json!({ "act": "decide", "seen": seen, "route": "elsewhere" })).await;
    let problem = problem.problem(422, "no-such-route");
    assert_eq!(problem["allowed"], json!(["grant", "refuse"]));
    let problem = officer.post(&path, &json!({ "act": "decide", "seen": seen, "route": "refuse" })).await;
    assert!(problem.problem(422, "ground-needed")["allowed"].as_array().unwrap().len() > 1);
    let acted = officer.post(&path, &json!({ "act": "decide", "seen": seen, "route": "grant" })).await.is(200).json();
    assert_eq!(acted["outcome"], "granted");
    assert_eq!(acted["seq"], seq(&sara, &case).await);

    house.settle().await;
    let view = sara.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
    let last = view["content"]["history"].as_array().unwrap().last().unwrap().clone();
    let position = last["position"].as_u64().unwrap();
    let proof = Client::stranger(&house).get(&format!("/api/v1/log/proof/{position}")).await.is(200);
    assert!(String::from_utf8(proof.bytes).unwrap().starts_with("c2sp.org/tlog-proof@v1\n"));
    let entries = Client::stranger(&house).get(&format!("/api/v1/log/entries?cursor={position}")).await.is(200).json();
    assert_eq!(entries["items"][0]["kind"], last["event"]["kind"]);
}

#[tokio::test]
async fn everything_wrong_with_an_application_is_in_one_list_in_the_readers_language() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let body = json!({ "service": "company-registration", "facts": {
        "form": { "code": "no-such-form" }, "partners": { "decimal": "1.5" }, "no~such/fact": { "bool": true },
    }});
    let problem = sara.post("/api/v1/cases", &body).await.problem(422, "facts");
    let pointers: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    for pointer in ["/facts/form", "/facts/partners", "/facts/no~0such~1fact", "/facts/name", "/facts/articles"] {
        assert!(pointers.contains(&pointer), "{pointers:?}");
    }
    let mut request = axum::http::Request::post("/api/v1/cases").body(body.to_string().into()).unwrap();
    for (name, value) in [("accept-language", "fa"), ("content-type", "application/json"), ("idempotency-key", "fa-1")]
    {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let reply = sara.send(request).await;
    assert_eq!(reply.headers["content-language"], "fa");
    assert_eq!(reply.problem(422, "facts")["title"], "بخشی از اطلاعات ناقص یا نادرست است");
}

#[tokio::test]
async fn lists_go_on_where_the_cursor_says() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let application = company(&sara).await;
    let mut applied = Vec::new();
    for _ in 0..5 {
        applied.push(sara.post("/api/v1/cases", &application).await.is(201).json()["case"].clone());
    }
    let mut found = Vec::new();
    let mut path = "/api/v1/cases?limit=2".to_owned();
    let mut parts = 0;
    loop {
        let part: Value = sara.get(&path).await.is(200).json();
        found.extend(part["items"].as_array().unwrap().iter().map(|item| item["case"].clone()));
        parts += 1;
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/api/v1/cases?limit=2&cursor={next}");
    }
    found.reverse();
    assert_eq!((found, parts), (applied, 3));
}

#[tokio::test]
async fn only_the_treasury_says_that_money_arrived() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let case = permit(&sara).await;
    let path = format!("/api/v1/cases/{}", case.as_str().unwrap());
    let due = sara.get(&path).await.is(200).json()["content"]["turn"]["payment"]["amount"].clone();
    let payment = json!({ "case": case, "receipt": "R-1", "amount": due });
    let less = json!({ "case": case, "receipt": "R-0", "amount": { "amount": "1", "currency": "IRR" } });
    for account in ["P-0001", "S-0001", "O-0001"] {
        Client::of(&house, account).await.post("/api/v1/payments", &payment).await.problem(403, "forbidden");
    }
    let treasury = Client::of(&house, "T-0001").await;
    treasury.post("/api/v1/payments", &less).await.problem(422, "wrong-amount");
    let key = fresh_key();
    let first = treasury.post_keyed("/api/v1/payments", &key, &payment).await.is(200).json();
    assert_eq!(first["stage"], "opinions");
    assert_eq!(treasury.post_keyed("/api/v1/payments", &key, &payment).await.is(200).json(), first);
    treasury.post("/api/v1/payments", &payment).await.problem(422, "receipt-used");
    let more = json!({ "case": payment["case"], "receipt": "R-2", "amount": due });
    treasury.post("/api/v1/payments", &more).await.problem(422, "not-now");
}

/// Money that no case took is the treasury's to see and to give back; nobody else learns which receipts there are.
#[tokio::test]
async fn the_treasury_finds_and_gives_back_what_no_case_took() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let case = permit(&sara).await;
    let of = |receipt: &str, amount: &str| json!({ "case": case, "receipt": receipt, "amount": { "amount": amount, "currency": "IRR" } });
    let treasury = Client::of(&house, "T-0001").await;
    let (list, returned) = ("/api/v1/payments/unapplied", "/api/v1/payments/returned");
    for receipt in ["R-1", "R-2", "R-3"] {
        treasury.post("/api/v1/payments", &of(receipt, "1")).await.problem(422, "wrong-amount");
    }
    // What is no payment is refused, and nothing of it is kept.
    let long = "r".repeat(65);
    for (receipt, amount, kind, pointer) in [
        ("R-4", "-5", "nothing-paid", "/amount"),
        ("R-4", "0", "nothing-paid", "/amount"),
        ("", "5", "bad-text", "/receipt"),
        (long.as_str(), "5", "bad-text", "/receipt"),
        ("a\nb", "5", "bad-characters", "/receipt"),
    ] {
        let problem = treasury.post("/api/v1/payments", &of(receipt, amount)).await.problem(422, kind);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        assert!(kind != "bad-text" || problem["errors"][0]["detail"].as_str().unwrap().contains("64"), "{problem}");
    }
    for account in ["P-0001", "S-0001", "O-0001"] {
        let other = Client::of(&house, account).await;
        let nothing = other.get(&format!("{list}?cursor={}", "0".repeat(64))).await.problem(403, "forbidden");
        assert_eq!(other.get(list).await.problem(403, "forbidden"), nothing);
        let there = other.post(returned, &of("R-1", "1")).await.problem(403, "forbidden");
        assert_eq!(other.post(returned, &of("R-9", "1")).await.problem(403, "forbidden"), there);
    }
    for path in [list, returned] {
        assert!(matches!(Client::stranger(&house).get(path).await.status.as_u16(), 401 | 405));
    }
    Client::stranger(&house).post(returned, &of("R-1", "1")).await.problem(401, "token");
    for bad in ["cursor=1", "cursor=", "limit=0", "limit=201", "case=1"] {
        treasury.get(&format!("{list}?{bad}")).await.is(400);
    }
    let (mut found, mut path) = (Vec::new(), format!("{list}?limit=2"));
    loop {
        let part: Value = treasury.get(&path).await.is(200).json();
        found.extend(part["items"].as_array().unwrap().clone());
        let Some(next) = part["next"].as_str() else { break };
        path = format!("{list}?limit=2&cursor={next}");
    }
    found.sort_by_key(|item| item["receipt"].to_string());
    assert_eq!(found.len(), 3);
    assert_eq!(
        (&found[0]["receipt"], &found[0]["case"], &found[0]["why"]),
        (&json!("R-1"), &case, &json!("wrong-amount"))
    );
    let key = fresh_key();
    treasury.post(returned, &of("R-9", "1")).await.problem(404, "not-found");
    treasury.post(returned, &of("R-1", "2")).await.problem(404, "not-found");
    let first = treasury.post_keyed(returned, &key, &of("R-1", "1")).await.is(200).json();
    assert_eq!((&first["payment"], &first["by"]), (&found[0], &json!("T-0001")));
    assert_eq!(treasury.post_keyed(returned, &key, &of("R-1", "1")).await.is(200).json(), first);
    treasury.post_keyed(returned, &key, &of("R-2", "1")).await.problem(422, "key-reused");
    treasury.post(returned, &of("R-1", "1")).await.problem(404, "not-found");
    let left: Value = treasury.get(list).await.is(200).json();
    assert_eq!(left["items"].as_array().unwrap().len(), 2);
    // What was given back pays for nothing; what is right now pays, and is no more to be given back.
    let path = format!("/api/v1/cases/{}", case.as_str().unwrap());
    let due = sara.get(&path).await.is(200).json()["content"]["turn"]["payment"]["amount"].clone();
    let right = |receipt: &str| json!({ "case": case, "receipt": receipt, "amount": due });
    treasury.post("/api/v1/payments", &right("R-1")).await.problem(422, "receipt-used");
    treasury.post("/api/v1/payments", &right("R-2")).await.is(200);
    let left: Value = treasury.get(list).await.is(200).json();
    assert_eq!((&left["items"][0]["receipt"], left["items"].as_array().unwrap().len()), (&json!("R-3"), 1));
}

#[tokio::test]
async fn registers_offer_what_is_the_callers_own() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let keys = |reply: Value| -> Vec<String> {
        reply["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect()
    };
    let companies = keys(sara.get("/api/v1/choices/activity-licence/company").await.is(200).json());
    assert!(companies.contains(&"C-0001".to_owned()) && !companies.contains(&"C-0002".to_owned()), "{companies:?}");
    let premises = "/api/v1/choices/activity-licence/premises";
    assert!(keys(sara.get(&format!("{premises}?holder=C-0001")).await.is(200).json()).contains(&"M-0001".to_owned()));
    let reza = Client::of(&house, "P-0002").await;
    assert_eq!(keys(reza.get(&format!("{premises}?holder=C-0001")).await.is(200).json()), Vec::<String>::new());
    sara.get("/api/v1/choices/activity-licence/investment").await.problem(404, "not-found");
    for wrong in ["holder=%00", "cursor=%00", "limit=0", "limit=201"] {
        sara.get(&format!("{premises}?{wrong}")).await.problem(400, "parameter");
    }
}

#[tokio::test]
async fn of_many_records_the_choice_comes_part_by_part() {
    let house = House::open().await;
    let parcel = |number: u32| app::engine::event::Entering {
        register: "parcels".to_owned(),
        key: format!("Z-9{number:04}"),
        held_by: Some("P-0001".to_owned()),
        values: Default::default(),
    };
    house.app.put_records(&(0..120).map(parcel).collect::<Vec<_>>()).await.unwrap();
    let sara = Client::of(&house, "P-0001").await;
    let (mut path, mut keys) = ("/api/v1/choices/building-permit/parcel".to_owned(), Vec::new());
    loop {
        let part = sara.get(&path).await.is(200).json();
        keys.extend(part["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()));
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/api/v1/choices/building-permit/parcel?cursor={next}");
    }
    // Her own of the samples comes first.
    assert_eq!(keys.len(), 121);
    assert!(keys.is_sorted());
}

#[tokio::test]
async fn a_supervisor_sees_queues_and_nobody_else_does() {
    let house = House::open().await;
    let sara = Client::of(&house, "P-0001").await;
    let (case, _) = waiting(&house, &sara).await;
    let supervisor = Client::of(&house, "S-0001").await;
    let queues = supervisor.get("/api/v1/queues").await.is(200).json();
    let review = |queue: &&Value| queue["stage"] == "review";
    assert_eq!(queues["items"].as_array().unwrap().iter().find(review).unwrap()["cases"], 1);
    let cases = supervisor.get("/api/v1/queues/zone-organisation/cases").await.is(200).json();
    assert_eq!(cases["items"][0]["case"], case.as_str());
    sara.get("/api/v1/queues").await.problem(403, "forbidden");
    sara.get("/api/v1/queues/zone-organisation/cases").await.problem(403, "forbidden");
    sara.get("/api/v1/desk").await.problem(403, "forbidden");
}
