//! Under another name than the zone's nothing is shown: attacks by a name that is pointed here, and on caches.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;

use crate::common::{House, Page};

async fn asked(house: &House, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    house.visitor().send(request.body(Body::empty()).unwrap()).await
}

/// Asks from this machine.
async fn from_here(house: &House, path: &str, host: &str) -> u16 {
    let mut request = Request::get(path).header("host", host).body(Body::empty()).unwrap();
    let here: SocketAddr = "127.0.0.1:50000".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(here));
    house.visitor().send(request).await.status.as_u16()
}

/// DNS rebinding: a page of the attacker's reads the zone through the reader's browser, under the attacker's own name.
#[tokio::test]
async fn a_name_that_somebody_else_holds_gets_nothing() {
    let house = House::open().await;
    let says = [
        ("/en", "Open https://maku.example instead."),
        ("/fa/verify", "این نشانی را باز کنید: https://maku.example"),
        ("/", "این نشانی را باز کنید: https://maku.example"),
        ("/en/cases", "Open https://maku.example instead."),
        ("/log/checkpoint", "https://maku.example"),
        ("/assets/style.css", "https://maku.example"),
    ];
    for host in ["evil.example", "maku.example.evil.example", "maku.example:81", "127.0.0.1:8080"] {
        for (path, detail) in says {
            let page = asked(&house, path, &[("host", host)]).await;
            assert_eq!(page.status, 421, "{host} {path}");
            page.says(detail);
            page.is_sound();
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
        }
        for path in ["/api/v1/services", "/api/openapi.json", "/status/0"] {
            let problem = asked(&house, path, &[("host", host), ("accept-language", "en")]).await;
            assert_eq!(
                (problem.status.as_u16(), problem.header("content-type").as_str()),
                (421, "application/problem+json")
            );
            assert!(problem.body.contains("/api/problems/wrong-host"), "{}", problem.body);
            problem.says("Send the request to https://maku.example.");
        }
        // Whoever watches the process knows its address only; figures are for no name that anybody may point here.
        assert_eq!(asked(&house, "/healthz", &[("host", host)]).await.status, 200);
        assert_eq!(asked(&house, "/readyz", &[("host", host)]).await.status, 200);
    }
    // Figures are for this machine, and a page under a name that was pointed at it is none of its programs.
    for (host, status) in [("127.0.0.1:8080", 200), ("localhost", 200), ("evil.example", 404), ("maku.example", 404)] {
        assert_eq!(from_here(&house, "/metrics", host).await, status, "{host}");
    }
    let path = "https://evil.example/en";
    assert_eq!(asked(&house, path, &[("host", "maku.example")]).await.status, 421, "the target names the host, too");
    let twice = asked(&house, "/en", &[("host", "maku.example"), ("host", "evil.example")]).await;
    assert_eq!(twice.status, 421, "two hosts");
}

/// A form that is sent under another name does nothing, whatever else it says.
#[tokio::test]
async fn a_form_under_another_name_does_nothing() {
    let house = House::open().await;
    let link = house.app.sign_in_link("P-0001").await.unwrap();
    let path = format!("/en/sign-in/{link}");
    let request = Request::post(&path).header("host", "evil.example").header("origin", "http://evil.example");
    let page = house.visitor().send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 421);
    assert!(page.header("set-cookie").is_empty());
    assert_eq!(house.visitor().post(&path, &[]).await.status, 303, "the link was not used up");
}

/// A cache between us and the readers keeps nothing that the asker put there: no answer changes by these headers.
#[tokio::test]
async fn no_answer_holds_a_host_that_the_asker_made_up() {
    let house = House::open().await;
    let made_up =
        [("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example"), ("x-host", "evil.example")];
    for path in ["/en", "/fa/log", "/en/verify", "/api/openapi.json", "/api/v1/services?q=zzzz", "/en/nowhere"] {
        let plain = asked(&house, path, &[("host", "maku.example")]).await;
        let poisoned = asked(&house, path, &[&made_up[..], &[("host", "MAKU.example:443")]].concat()).await;
        assert_eq!((plain.status, &plain.body), (poisoned.status, &poisoned.body), "{path}");
        assert!(!poisoned.body.contains("evil") && !poisoned.header("location").contains("evil"), "{path}");
        // Nor does a proxy's word make another host ours.
        let vouched = [("host", "evil.example"), ("x-forwarded-host", "maku.example")];
        assert_eq!(asked(&house, path, &vouched).await.status, 421, "{path}");
    }
}
