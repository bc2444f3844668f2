//! Where forms and pages come from: secrets of the session in each form, nothing from other sites, and headers that keep it so.

use axum::body::Body;
use axum::http::{Method, Request};

use crate::common::{House, Page};

/// The headers that every answer has.
fn is_guarded(page: &Page, what: &str) {
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{what}: {policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(page.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{what}");
    let permissions = page.header("permissions-policy");
    assert!(permissions.contains("microphone=()") && permissions.contains("camera=()"), "{what}: {permissions}");
    assert!(!page.header("cache-control").is_empty(), "{what}");
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    let case = format!("/en/cases/{}", acted.case);
    let paths = [
        "/",
        "/fa",
        "/en/services/activity-licence",
        "/fa/sign-in",
        "/fa/verify",
        "/fa/log",
        "/fa/log/0",
        "/fa/log/0/proof",
        "/fa/cases",
        "/fa/queues",
        "/fa/desk",
        "/fa/nowhere",
        "/nowhere",
        "/fa/services/%ff",
        "/fa/sign-out",
        "/fa/log?from=x",
        "/fa/gate/",
        "/fa/gate/x",
        "/gate/gate",
        "/xx/gate",
        "/fa/gate/manifest.webmanifest",
        "/gate/pack",
        "/gate/files/x/page.js",
        "/fa/verify?gate=/fa/gate",
        "/assets/style.css",
        "/assets/mark.svg",
        "/favicon.ico",
        "/assets/x",
        "/log/checkpoint",
        "/log/tile/0/x999",
        &case,
        &format!("{case}/certificate"),
        &format!("{case}/certificate.cose"),
    ];
    for path in paths {
        is_guarded(&sara.get(path).await, path);
        is_guarded(&house.visitor().get(path).await, path);
        let head = sara.send(Request::head(path).body(Body::empty()).unwrap()).await;
        is_guarded(&head, path);
        assert!(head.bytes.is_empty(), "{path}");
    }
    for (path, fields) in [("/fa/sign-out", vec![]), ("/fa/verify", vec![("text", "")]), ("/fa/nowhere", vec![])] {
        is_guarded(&sara.post(path, &fields).await, path);
    }
}

#[tokio::test]
async fn pages_of_people_are_kept_by_nobody() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    for path in ["/fa", "/fa/cases", &format!("/fa/cases/{}", acted.case), "/fa/nowhere"] {
        assert_eq!(sara.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

/// Every form that does something, with fields that would do.
async fn forms(house: &House) -> Vec<(String, String, Vec<(&'static str, &'static str)>)> {
    let (waiting, officer) = house.waiting().await;
    let permit = house.permit().await;
    let (registered, officer_of_premises) = house.registered("ماکو").await;
    let again = house.again(&registered).await[0].clone();
    let (waiting, permit, registered) = (waiting.case, permit.case, registered.case);
    let form = |account: &str, path: String, fields: &[(&'static str, &'static str)]| {
        (account.to_owned(), path, fields.to_vec())
    };
    vec![
        form("P-0001", "/en/sign-out".to_owned(), &[]),
        form("P-0001", "/en/apply/activity-licence/company".to_owned(), &[("version", "0"), ("company", "C-0001")]),
        form("P-0001", "/en/apply/activity-licence/submit".to_owned(), &[("version", "0"), ("key", "k")]),
        form("P-0001", "/en/apply/activity-licence/drop".to_owned(), &[]),
        form("P-0002", format!("/en/cases/{waiting}/withdraw"), &[("seen", "7")]),
        form("P-0002", format!("/en/cases/{waiting}/supply"), &[("seen", "7"), ("investment", "1")]),
        form("P-0001", format!("/en/cases/{permit}/pay"), &[]),
        form(&officer, format!("/en/desk/{waiting}/decide"), &[("seen", "7"), ("route", "grant")]),
        form(&officer, format!("/en/desk/{waiting}/ask"), &[("ask-investment", "yes"), ("ground", "incomplete")]),
        form(&officer, format!("/en/desk/{waiting}/advise"), &[("branch", "fire"), ("opinion", "agree")]),
        form(&officer_of_premises, format!("/en/desk/{registered}/convene"), &[("reason", "x")]),
        form(&again, format!("/en/desk/{registered}/keep"), &[]),
        form(
            &again,
            format!("/en/desk/{registered}/correct/address"),
            &[("address", "x"), ("reason", "y"), ("step", "send")],
        ),
        form(&again, format!("/en/desk/{registered}/revoke"), &[("ground", "incomplete"), ("step", "send")]),
    ]
}

async fn events(house: &House) -> u64 {
    house.settle().await;
    house.app.checkpoint().unwrap().checkpoint.size()
}

#[tokio::test]
async fn a_form_without_this_sessions_secret_does_nothing() {
    let house = House::open().await;
    let forms = forms(&house).await;
    let before = events(&house).await;
    let mut other = house.sign_in("P-0004").await;
    let foreign = crate::case::csrf(&mut other).await;
    for (account, path, fields) in &forms {
        let mut browser = house.sign_in(account).await;
        // Another session of the same account has another secret.
        let earlier = crate::case::csrf(&mut house.sign_in(account).await).await;
        for csrf in [None, Some(""), Some("0"), Some(foreign.as_str()), Some(earlier.as_str())] {
            let sent = fields.iter().copied().chain(csrf.map(|csrf| ("csrf", csrf))).collect::<Vec<_>>();
            let page = browser.post(path, &sent).await;
            assert!(matches!(page.status.as_u16(), 409 | 422), "{path} {csrf:?}: {} {}", page.status, page.text());
            page.is_sound();
        }
        browser.open("/en").await.says("Signed in as ");
    }
    assert_eq!(events(&house).await, before, "nothing was done");
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let house = House::open().await;
    let forms = forms(&house).await;
    let before = events(&house).await;
    let sources: [&[(&str, &str)]; 6] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://maku.example.evil.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://maku.example")],
    ];
    for (account, path, fields) in &forms {
        let mut browser = house.sign_in(account).await;
        let csrf = crate::case::csrf(&mut browser).await;
        let sent: Vec<String> = fields
            .iter()
            .copied()
            .chain([("csrf", csrf.as_str())])
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        for headers in sources {
            let mut request = Request::builder().method(Method::POST).uri(path).header("host", "maku.example");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let page = browser.send(request.body(Body::from(sent.join("&"))).unwrap()).await;
            assert_eq!(page.status, 403, "{path} {headers:?}");
            page.says("This comes from another site");
            page.is_sound();
        }
    }
    assert_eq!(events(&house).await, before, "nothing was done");
    for headers in sources {
        let link = house.app.sign_in_link("P-0001").await.unwrap();
        let mut request = Request::post(format!("/fa/sign-in/{link}")).header("host", "maku.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let page = house.visitor().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, 403, "nobody is signed in as somebody else by another site");
        page.says("این درخواست از سامانه دیگری آمده است");
    }
}

#[tokio::test]
async fn the_sites_own_forms_pass() {
    let house = House::open().await;
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", "https://maku.example")] {
        let mut sara = house.sign_in("P-0001").await;
        let csrf = crate::case::csrf(&mut sara).await;
        let request = Request::post("/en/sign-out").header("host", "maku.example").header(name, value);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let page = sara.send(request.body(Body::from(format!("csrf={csrf}"))).unwrap()).await;
        assert_eq!(page.status, 303);
    }
}
