//! The whole way through npm's certified `oidc-provider`, which we did not write.
//!
//! Must not know of: what a token must say.

use app::{AppError, Applicants, Identity, IdentityError};
use serde_json::{Value, json};

use crate::common::oidc::{Oidc, Visitor};
use crate::common::{Browser, House, Page};

const BASE: &str = "https://maku.example";

async fn joined(client: &Value, applicants: Applicants) -> Option<(Oidc, House)> {
    let provider = Oidc::start(BASE, client)?;
    let house = House::joined(BASE, provider.identity(), applicants).await;
    Some((provider, house))
}

/// Begins on a page of the zone; where the page leads.
async fn begin(browser: &mut Browser, language: &str, to: &str) -> String {
    let path = format!("/{language}/sign-in?to={}", crate::common::escaped(to));
    let page = browser.open(&path).await;
    let forward = browser.submit_only(&page, "to", &[]).await;
    assert_eq!(forward.status, 200, "{}", forward.body);
    forward.is_sound();
    assert!(forward.header("set-cookie").starts_with("__Host-sign-in="));
    forward.links("http://127.0.0.1").pop().unwrap()
}

/// There and back; the page on which one comes out.
async fn go(browser: &mut Browser, provider: &Oidc, language: &str, subject: &str, answer: &str) -> Page {
    let address = begin(browser, language, "").await;
    let back = Visitor::new().agree(provider, &address, subject, answer).await;
    browser.get(back.strip_prefix(BASE).unwrap()).await
}

#[tokio::test]
async fn a_person_signs_in_and_comes_back_to_where_they_were() {
    let Some((provider, house)) = joined(&json!({}), Applicants::Provider).await else { return };
    let mut sara = house.visitor();
    let address = begin(&mut sara, "fa", "/fa/cases?before=3").await;
    let back = Visitor::new().agree(&provider, &address, "sub-sara", "yes").await;
    let path = back.strip_prefix(BASE).unwrap();
    let page = sara.get(path).await;
    assert_eq!(page.location().as_deref(), Some("/fa/cases?before=3"), "{}", page.body);
    assert!(sara.cookie("__Host-session").is_some() && sara.cookie("__Host-sign-in").is_none());
    // She is the one whom the zone knew before, and is called as the register calls her.
    sara.open("/en").await.says("Signed in as Sara Sample");
    sara.open("/fa/cases").await;
    let again = sara.get(path).await;
    assert_eq!(again.status, 400);
    again.says("این ورود ادامه نمی\u{200c}یابد");
}

#[tokio::test]
async fn each_algorithm_and_each_way_of_authenticating_the_client_does() {
    let ways = [
        json!({ "id_token_signed_response_alg": "RS256" }),
        json!({ "id_token_signed_response_alg": "PS256", "token_endpoint_auth_method": "client_secret_basic" }),
        json!({ "id_token_signed_response_alg": "ES256", "token_endpoint_auth_method": "none" }),
        json!({ "id_token_signed_response_alg": "EdDSA", "token_endpoint_auth_method": "none" }),
    ];
    for way in ways {
        let Some(provider) = Oidc::start(BASE, &way) else { return };
        let identity = match way["token_endpoint_auth_method"] == "none" {
            true => Identity { secret: None, ..provider.identity() },
            false => provider.identity(),
        };
        let house = House::joined(BASE, identity, Applicants::Either).await;
        let mut sara = house.visitor();
        let page = go(&mut sara, &provider, "en", "sub-sara", "yes").await;
        assert_eq!(page.location().as_deref(), Some("/en"), "{way}: {}", page.text());
    }
}

#[tokio::test]
async fn somebody_new_gets_an_account_of_the_person_that_the_claim_names() {
    let Some((provider, house)) = joined(&json!({}), Applicants::Provider).await else { return };
    for _ in 0..2 {
        let mut new = house.visitor();
        let page = go(&mut new, &provider, "fa", "sub-new", "yes").await;
        assert_eq!(page.location().as_deref(), Some("/fa"), "{}", page.text());
        new.open("/fa").await.says("نام تازه");
        let account = house.app.account("P-7777").await.unwrap();
        assert_eq!((account.person.as_deref(), account.officer), (Some("P-7777"), None));
    }
    let refused = house.app.sign_in_link("P-7777").await;
    assert!(matches!(refused, Err(AppError::Identity(IdentityError::Needed))), "{refused:?}");
}

#[tokio::test]
async fn who_declines_or_is_no_applicant_or_has_no_number_is_told_so() {
    let Some((provider, house)) = joined(&json!({}), Applicants::Provider).await else { return };
    let before = house.app.accounts().await.unwrap();
    for (subject, answer, status, says) in [
        ("sub-sara", "no", 403, "The sign-in was declined at Sample Gateway"),
        ("sub-officer", "yes", 403, "This account is not entered in this way"),
        ("sub-numberless", "yes", 403, "Sample Gateway did not say who you are"),
    ] {
        let mut browser = house.visitor();
        let page = go(&mut browser, &provider, "en", subject, answer).await;
        assert_eq!(page.status, status, "{subject}: {}", page.text());
        page.says(says);
        page.is_sound();
        assert!(browser.cookie("__Host-session").is_none());
        assert_eq!(page.links("/fa/"), ["/fa/sign-in"], "the other language begins again");
    }
    assert_eq!(house.app.accounts().await.unwrap(), before);
}

#[tokio::test]
async fn signing_out_leads_to_the_provider_and_back() {
    let Some((provider, house)) = joined(&json!({}), Applicants::Provider).await else { return };
    let mut sara = house.visitor();
    let address = begin(&mut sara, "en", "").await;
    let mut there = Visitor::new();
    let back = there.agree(&provider, &address, "sub-sara", "yes").await;
    sara.get(back.strip_prefix(BASE).unwrap()).await;
    let copy = sara.clone();
    let page = sara.open("/en").await;
    let out = sara.submit_only(&page, "csrf", &[]).await;
    assert_eq!(out.status, 200);
    out.is_sound();
    out.says("You are signed out here.");
    assert!(sara.cookie("__Host-session").is_none());
    copy.clone().open("/en").await.does_not_say("Signed in as");
    let end = out.links("http://127.0.0.1").pop().unwrap();
    let (_, asks) = there.ask(axum::http::Method::GET, &end, "").await;
    assert!(asks.contains("Sign out here, too?"), "{asks}");
    let hidden =
        |name: &str| asks.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    let action = asks.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let form = format!("xsrf={}&logout=yes", hidden("xsrf").unwrap());
    let (to, body) = there.ask(axum::http::Method::POST, action, &form).await;
    assert_eq!(to, format!("{BASE}/en"), "{body}");
}
