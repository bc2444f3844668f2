//! One address that sends without end: it is told to wait, and others go on. As the demonstration and a zone are set up by default.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use web::SiteSettings;

use crate::common::{House, Page};

async fn post(house: &House, from: &str, path: &str) -> Page {
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("text=PJ1:X"))
        .unwrap();
    let peer: SocketAddr = from.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    house.visitor().send(request).await
}

/// How many of these many pass, and what the first that does not is told.
async fn flood(house: &House, from: &str, path: &str, many: usize) -> (usize, Page) {
    for passed in 0..many {
        let page = post(house, from, path).await;
        if page.status == 429 {
            return (passed, page);
        }
    }
    panic!("{many} in one go passed: {path}");
}

#[tokio::test]
async fn guessing_links_and_sending_forms_without_end_is_stopped() {
    for settings in [SiteSettings::default(), SiteSettings { demo: true, ..SiteSettings::default() }] {
        let house = House::with(settings).await;
        let guess = format!("/en/sign-in/{}", "0".repeat(64));
        let (passed, told) = flood(&house, "192.0.2.1:1000", &guess, 60).await;
        assert!((30..50).contains(&passed), "{passed}");
        assert_eq!(told.header("retry-after"), "1");
        told.says("Too many at once");
        // Another port is the same caller, another address is not; nor does guessing keep somebody from checking a certificate.
        assert_eq!(post(&house, "192.0.2.1:2000", &guess).await.status, 429);
        assert_ne!(post(&house, "192.0.2.2:1000", &guess).await.status, 429);
        assert_eq!(post(&house, "192.0.2.1:1000", "/fa/verify").await.status, 200);
        let (passed, told) = flood(&house, "192.0.2.3:1000", "/fa/nowhere", 600).await;
        assert!((300..500).contains(&passed), "{passed}");
        told.says("تعداد درخواست‌ها زیاد است");
    }
}
