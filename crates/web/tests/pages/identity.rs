//! `/{language}/sign-in/provider`: whose browser, whose account, how long, where to; and what an operator may set.
//!
//! Must not know of: what a token must say; `identity_lies` has that.

use app::{Account, Applicants};
use jiff::SignedDuration;
use serde_json::json;
use store::{EntryQuery, Store as _};

use crate::common::{Browser, House, Page};
use crate::lying_provider::{Draft, Lies, Provider};

pub const BASE: &str = "https://maku.example";

pub async fn joined(applicants: Applicants) -> (Provider, House) {
    let provider = Provider::serve().await;
    let house = House::joined(BASE, provider.identity(), applicants).await;
    (provider, house)
}

/// A parameter of an address.
pub fn parameter(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let found = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    found.unwrap_or_else(|| panic!("no {name} in {address}")).1.to_owned()
}

/// Begins; where the browser is sent.
pub async fn begin(browser: &mut Browser) -> String {
    let forward = browser.post("/en/sign-in/provider", &[("to", "/en/cases")]).await;
    assert_eq!(forward.status, 200, "{}", forward.text());
    forward.links("http://127.0.0.1").pop().unwrap()
}

/// Where the provider sends the browser back to, for what it was asked.
pub fn back(provider: &Provider, address: &str) -> String {
    let nonce = parameter(address, "nonce");
    let (state, issuer) = (parameter(address, "state"), crate::common::escaped(provider.issuer()));
    format!("/en/sign-in/provider/return?code={nonce}&state={state}&iss={issuer}")
}

pub async fn go(browser: &mut Browser, provider: &Provider) -> Page {
    let address = begin(browser).await;
    browser.get(&back(provider, &address)).await
}

pub fn token(change: impl Fn(&mut Draft) + Send + 'static) -> Lies {
    Lies { token: Box::new(change), ..Lies::default() }
}

#[tokio::test]
async fn an_honest_provider_is_believed() {
    let (provider, house) = joined(Applicants::Provider).await;
    let mut sara = house.visitor();
    let page = go(&mut sara, &provider).await;
    assert_eq!(page.location().as_deref(), Some("/en/cases"), "{}", page.text());
    assert_eq!(page.headers.get_all("set-cookie").iter().count(), 2);
    sara.open("/en").await.says("Signed in as Sara Sample");
    sara.open("/en/me").await.says(&format!("P-0001 · {}", provider.issuer()));
    let export = sara.open("/en/me/export.json").await;
    let export: serde_json::Value = serde_json::from_str(&export.body).unwrap();
    assert_eq!(export["account"]["identity"]["subject"], "P-0001");
    // More than one audience does where the token says that it was made for us.
    provider.lie(token(|draft| {
        draft.claims["aud"] = json!(["other", "panjereh"]);
        draft.claims["azp"] = json!("panjereh");
        draft.claims["at_hash"] = json!("PxaxcEhuQ7gsfQjj7Ko2YQ");
    }));
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 502, "another access token's hash");
    provider.lie(token(|draft| {
        draft.claims["aud"] = json!(["other", "panjereh"]);
        draft.claims["azp"] = json!("panjereh");
    }));
    assert_eq!(go(&mut house.visitor(), &provider).await.location().as_deref(), Some("/en/cases"));
}

#[tokio::test]
async fn what_comes_back_belongs_to_the_browser_that_began() {
    let (provider, house) = joined(Applicants::Provider).await;
    let (mut sara, mut other, mut nobody) = (house.visitor(), house.visitor(), house.visitor());
    let (to_sara, to_other) = (begin(&mut sara).await, begin(&mut other).await);
    let path = back(&provider, &to_sara);
    for browser in [&mut other, &mut nobody] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 400);
        page.says("somebody may have sent you a link of theirs");
        assert!(browser.cookie("__Host-session").is_none());
    }
    let made_up = path.replace(&parameter(&to_sara, "state"), &"0".repeat(64));
    for odd in [made_up.as_str(), "/en/sign-in/provider/return", "/en/sign-in/provider/return?state=&code=c"] {
        assert_eq!(sara.get(odd).await.status, 400, "{odd}");
    }
    assert_eq!(sara.get(&format!("{path}&state=x")).await.status, 400, "a parameter twice (RFC 6749, section 3.1)");
    // What another tried used nothing up; what she tries uses it up.
    assert_eq!(sara.get(&path).await.location().as_deref(), Some("/en/cases"));
    assert_eq!(sara.get(&path).await.status, 400);
    let page = other.get(&format!("{}&error=access_denied", back(&provider, &to_other))).await;
    page.says("The sign-in was declined");
    assert_eq!(other.get(&back(&provider, &to_other)).await.status, 400);
}

#[tokio::test]
async fn an_answer_of_another_provider_is_not_taken_to_this_one() {
    let (provider, house) = joined(Applicants::Provider).await;
    for issuer in ["&iss=https%3A%2F%2Fevil.example", ""] {
        let mut browser = house.visitor();
        let address = begin(&mut browser).await;
        let path = back(&provider, &address);
        let page = browser.get(&format!("{}{issuer}", path.split("&iss=").next().unwrap())).await;
        assert_eq!(page.status, 502);
        page.says("It was made for another place");
        // Nor what it says went wrong.
        let address = begin(&mut browser).await;
        let state = parameter(&address, "state");
        let path = format!("/en/sign-in/provider/return?error=access_denied&state={state}{issuer}");
        browser.get(&path).await.says("It was made for another place");
    }
}

#[tokio::test]
async fn it_must_be_ended_within_ten_minutes() {
    let (provider, house) = joined(Applicants::Provider).await;
    let mut browser = house.visitor();
    let address = begin(&mut browser).await;
    house.app.clock.advance(SignedDuration::from_mins(11));
    let page = browser.get(&back(&provider, &address)).await;
    assert_eq!(page.status, 400);
    page.says("More than ten minutes have passed");
    // Those who never come back leave nothing for long.
    begin(&mut house.visitor()).await;
    house.app.clock.advance(SignedDuration::from_mins(11));
    begin(&mut house.visitor()).await;
    app::jobs::sweep::run(&house.app).await.unwrap();
    let kind = "identity-start".to_owned();
    let query = EntryQuery { kind, key: None, owner: None, after: None, limit: 10 };
    assert_eq!(house.store.entries(query).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_provider_that_changes_its_key_is_asked_again_once_a_minute() {
    let (provider, house) = joined(Applicants::Provider).await;
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 303);
    assert_eq!(provider.keys_asked(), 1);
    // The key is the same, under a new name.
    let renamed = |name: &'static str| Lies {
        keys: Box::new(move |keys| keys["keys"][0]["kid"] = json!(name)),
        token: Box::new(move |draft| draft.header["kid"] = json!(name)),
        ..Lies::default()
    };
    provider.lie(renamed("k2"));
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 303);
    assert_eq!(provider.keys_asked(), 2);
    provider.lie(renamed("k3"));
    for _ in 0..3 {
        go(&mut house.visitor(), &provider).await.says("It is not signed as it must be.");
    }
    assert_eq!(provider.keys_asked(), 2, "not at the will of whoever makes tokens up");
    house.app.clock.advance(SignedDuration::from_mins(2));
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 303);
    assert_eq!(provider.keys_asked(), 3);
}

#[tokio::test]
async fn nobody_is_taken_over_by_another_identity() {
    let (provider, house) = joined(Applicants::Provider).await;
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 303);
    // The same person under another subject, and another provider's word for the same subject.
    let claim = app::Identity { claim: "number".to_owned(), ..provider.identity() };
    let zone = House::joined(BASE, claim, Applicants::Provider).await;
    let says = |subject: &'static str, number: &'static str| Lies {
        userinfo: Box::new(move |claims| claims["sub"] = json!(subject)),
        ..token(move |draft| {
            draft.claims["sub"] = json!(subject);
            draft.claims["number"] = json!(number);
            draft.claims["name"] = json!("Somebody");
        })
    };
    for (subject, number, taken) in [
        ("a", "P-0001", false),
        ("b", "P-0001", true),
        ("a", "P-0002", true),
        ("b", "P-0002", false),
        ("c", "P-0003", false),
    ] {
        provider.lie(says(subject, number));
        let page = go(&mut zone.visitor(), &provider).await;
        assert_eq!(page.status, if taken { 403 } else { 303 }, "{subject} {number}: {}", page.text());
        if taken {
            page.says("You are known here by another account");
        }
    }
    for number in ["O-0001", "K-0001", "S-0001", "T-0001", "G-0001"] {
        provider.lie(says("d", number));
        go(&mut zone.visitor(), &provider).await.says("This account is not entered in this way");
    }
    for number in ["", "   ", "P-0001 and much more than a number may hold", "P\u{202e}1"] {
        provider.lie(says("e", number));
        go(&mut zone.visitor(), &provider).await.says("did not say who you are");
    }
}

#[tokio::test]
async fn two_first_sign_ins_at_the_same_moment_find_one_account() {
    let (provider, house) = joined(Applicants::Provider).await;
    let number = |draft: &mut Draft| draft.claims["sub"] = json!("P-8888");
    let new = |claims: &mut serde_json::Value| claims["sub"] = json!("P-8888");
    provider.lie(Lies { userinfo: Box::new(new), ..token(number) });
    let (mut first, mut second) = (house.visitor(), house.visitor());
    let paths = [begin(&mut first).await, begin(&mut second).await].map(|address| back(&provider, &address));
    let pages = tokio::join!(first.get(&paths[0]), second.get(&paths[1]));
    assert_eq!((pages.0.status.as_u16(), pages.1.status.as_u16()), (303, 303), "{}{}", pages.0.text(), pages.1.text());
    assert_eq!(house.app.identity_of("P-8888").await.unwrap().unwrap().subject, "P-8888");
}

/// A link that was given when links were open to applicants.
async fn link_of(house: &House) -> String {
    let open = house.with_identity(house.app.identity().unwrap().clone(), Applicants::Either).await;
    open.app.sign_in_link("P-0001").await.unwrap()
}

#[tokio::test]
async fn another_provider_cannot_have_the_people_of_the_first() {
    let (first, house) = joined(Applicants::Provider).await;
    let mut sara = house.visitor();
    assert_eq!(go(&mut sara, &first).await.status, 303);
    let second = Provider::serve().await;
    let other = house.with_identity(second.identity(), Applicants::Provider).await;
    go(&mut other.visitor(), &second).await.says("You are known here by another account");
    // The operator has seen their papers.
    let (token, link) = (house.app.api_token("P-0001").await.unwrap(), link_of(&house).await);
    assert!(house.app.bearer(&token).await.is_ok(), "it is remembered from now on");
    assert_eq!(house.app.release_identity("P-0001").await.unwrap().issuer, first.issuer());
    sara.open("/en").await.does_not_say("Signed in as");
    assert!(house.app.bearer(&token).await.is_err() && house.app.sign_in(&link).await.is_err(), "nothing opens it");
    assert_eq!(go(&mut other.visitor(), &second).await.status, 303);
    go(&mut house.visitor(), &first).await.says("You are known here by another account");
}

#[tokio::test]
async fn an_account_that_became_an_officers_is_entered_no_more() {
    let (provider, house) = joined(Applicants::Provider).await;
    assert_eq!(go(&mut house.visitor(), &provider).await.status, 303);
    let account = house.app.account("P-0001").await.unwrap();
    house.app.put_accounts(&[Account { officer: Some("P-0001".to_owned()), ..account }]).await.unwrap();
    go(&mut house.visitor(), &provider).await.says("Officers sign in by passkey.");
}

#[tokio::test]
async fn a_session_is_always_a_new_one() {
    let (provider, house) = joined(Applicants::Either).await;
    let mut browser = house.visitor();
    // A session that somebody else knows, put into her browser: the zone takes none that it did not make.
    browser.keep("__Host-session", &"5".repeat(64));
    assert_eq!(go(&mut browser, &provider).await.status, 303);
    let first = browser.cookie("__Host-session").unwrap().to_owned();
    assert_ne!(first, "5".repeat(64));
    let mut stale = browser.clone();
    assert_eq!(go(&mut browser, &provider).await.status, 303);
    assert_ne!(browser.cookie("__Host-session").unwrap(), first);
    assert!(stale.get("/en/cases").await.location().unwrap().starts_with("/en/sign-in"), "the former session is over");
}

#[tokio::test]
async fn signing_out_ends_the_session_also_where_the_provider_is_silent_and_the_browser_gives_up() {
    let (provider, house) = joined(Applicants::Provider).await;
    let mut browser = house.visitor();
    assert_eq!(go(&mut browser, &provider).await.status, 303);
    let form = browser.open("/en/cases").await.form("csrf");
    let csrf = form.hidden.into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    // What the provider said of itself is believed no longer, so it is asked again.
    house.app.clock.advance(SignedDuration::from_hours(2));
    provider.lie(Lies { silent: true, ..Lies::default() });
    let mut giving_up = browser.clone();
    let fields = [("csrf", csrf.as_str())];
    let leaving = giving_up.post("/en/sign-out", &fields);
    assert!(tokio::time::timeout(std::time::Duration::from_millis(500), leaving).await.is_err(), "it still waits");
    assert!(browser.get("/en/cases").await.location().unwrap().starts_with("/en/sign-in"), "the session is over");
}

#[tokio::test]
async fn it_leads_to_no_other_site_and_starts_from_no_other() {
    let (provider, house) = joined(Applicants::Provider).await;
    for to in ["https://evil.example", "//evil.example", "/\\evil.example", "/en\r\nSet-Cookie: a=b"] {
        let mut browser = house.visitor();
        let forward = browser.post("/en/sign-in/provider", &[("to", to)]).await;
        let address = forward.links("http://127.0.0.1").pop().unwrap();
        let page = browser.get(&back(&provider, &address)).await;
        assert_eq!(page.location().as_deref(), Some("/en"), "{to}");
    }
    let foreign = axum::http::Request::post("/en/sign-in/provider")
        .header("host", "maku.example")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("to="));
    let page = house.visitor().send(foreign.unwrap()).await;
    assert_eq!(page.status, 403);
    assert!(page.header("set-cookie").is_empty());
    assert_eq!(house.visitor().get("/en/sign-in/provider").await.status, 405);
}

#[tokio::test]
async fn what_is_sent_to_the_provider_is_what_the_standards_say() {
    let (_, house) = joined(Applicants::Provider).await;
    let mut browser = house.visitor();
    let forward = browser.post("/fa/sign-in/provider", &[("to", "")]).await;
    assert!(forward.header("content-security-policy").contains("form-action 'self';"));
    assert!(forward.header("set-cookie").ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"));
    let address = forward.links("http://127.0.0.1").pop().unwrap();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "panjereh"),
        ("redirect_uri", "https%3A%2F%2Fmaku.example%2Ffa%2Fsign-in%2Fprovider%2Freturn"),
        ("scope", "openid+profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&address, name), value);
    }
    assert_eq!(parameter(&address, "code_challenge").len(), 43);
    assert_eq!((parameter(&address, "state").len(), parameter(&address, "nonce").len()), (64, 64));
    let cookie = browser.cookie("__Host-sign-in").unwrap();
    assert!(!address.contains(cookie), "what binds the browser stays in it");
}

#[tokio::test]
async fn the_page_offers_what_the_operator_allows() {
    let (_, house) = joined(Applicants::Provider).await;
    let page = house.visitor().open("/en/sign-in").await;
    page.says("Sign in with 127.0.0.1");
    page.says("Sign in by passkey");
    page.does_not_say("Open the sign-in link");
    let officer = house.app.sign_in_link("O-0001").await.unwrap();
    assert_eq!(house.visitor().post(&format!("/en/sign-in/{officer}"), &[]).await.status, 303, "to register a passkey");
    let (_, either) = joined(Applicants::Either).await;
    let page = either.visitor().open("/fa/sign-in").await;
    page.says("ورود با 127.0.0.1");
    page.says("پیوند ورودی را که برایتان فرستاده شده است باز کنید");
    let link = either.app.sign_in_link("P-0001").await.unwrap();
    // A link that was given before the operator closed that way.
    let closed = either.with_identity(either.app.identity().unwrap().clone(), Applicants::Provider).await;
    let page = closed.visitor().post(&format!("/en/sign-in/{link}"), &[]).await;
    assert_eq!(page.status, 401);
    page.says("Applicants sign in through 127.0.0.1");
    let without = House::open().await;
    without.visitor().open("/en/sign-in").await.does_not_say("Sign in with");
    assert_eq!(without.visitor().post("/en/sign-in/provider", &[]).await.status, 404);
}
