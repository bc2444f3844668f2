//! What goes wrong: unknown paths, wrong methods, forms that are none. Each gets a page in the reader's language that says what to do.

use axum::body::Body;
use axum::http::{Method, Request};

use crate::common::{House, Page};

/// The page of a fault: whole, in its language, with a way on.
fn is_a_page(page: &Page, language: &str, says: &str) {
    assert!(page.header("content-type").starts_with("text/html"), "{} {}", page.status, page.body);
    assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{}", page.body);
    page.says(says);
    page.is_sound();
    assert!(page.links(&format!("/{language}")).contains(&format!("/{language}")), "{}", page.body);
}

#[tokio::test]
async fn an_unknown_path_is_a_page_with_a_way_on() {
    let house = House::open().await;
    let unknown = [
        "/nowhere",
        "/fa/nowhere",
        "//evil.example/",
        "//fa/",
        "/fa/services",
        "/de/cases",
        "/xx/services/activity-licence",
        "/assets/x",
    ];
    for path in unknown {
        let page = house.visitor().get(path).await;
        assert_eq!(page.status, 404, "{path}");
        is_a_page(&page, "fa", "صفحه پیدا نشد");
    }
    let page = house.visitor().get("/en/nowhere?x=1").await;
    is_a_page(&page, "en", "This page is not here");
    assert_eq!(page.links("/fa/"), ["/fa/nowhere?x=1"], "the other language says the same of the same path");
}

#[tokio::test]
async fn an_address_with_a_slash_too_many_or_in_capitals_leads_to_the_page() {
    let house = House::open().await;
    for (written, meant) in [
        ("/fa/", "/fa"),
        ("/en/?q=a%20b", "/en?q=a%20b"),
        ("/FA", "/fa"),
        ("/fa/log/", "/fa/log"),
        ("/En/services/activity-licence/", "/en/services/activity-licence"),
        ("/fa//evil.example/", "/fa//evil.example"),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let request = Request::builder().method(method).uri(written).body(Body::empty()).unwrap();
            let page = house.visitor().send(request).await;
            assert_eq!((page.status.as_u16(), page.header("location").as_str()), (308, meant), "{written}");
        }
    }
    let page = house.visitor().get("/fa//evil.example").await;
    assert_eq!(page.status, 404);
    let form = Request::post("/en/sign-out/").body(Body::empty()).unwrap();
    assert_eq!(house.visitor().send(form).await.status, 404, "a form is sent where it says");
    let foreign = Request::get("/FA").header("host", "evil.example").body(Body::empty()).unwrap();
    assert_ne!(house.visitor().send(foreign).await.status, 308, "under another name nothing is mended");
}

#[tokio::test]
async fn a_signed_in_person_stays_signed_in_on_a_fault() {
    let house = House::open().await;
    let page = house.sign_in("P-0001").await.get("/en/nowhere").await;
    page.says("Signed in as ");
    assert_eq!(page.links("/en/cases"), ["/en/cases"]);
}

#[tokio::test]
async fn a_wrong_method_is_a_page_that_names_the_right_ones() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    for (method, path) in [
        (Method::GET, "/en/cases/0123456789abcdef0123456789abcdef/supply"),
        (Method::GET, "/en/sign-out"),
        (Method::POST, "/en/log"),
        (Method::PUT, "/en/cases"),
        (Method::DELETE, "/en/services/activity-licence"),
        (Method::PATCH, "/en/verify"),
    ] {
        let page = sara.send(Request::builder().method(&method).uri(path).body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, 405, "{method} {path}");
        is_a_page(&page, "en", "This address is no page to look at");
        assert!(!page.header("allow").is_empty(), "{method} {path}");
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_page() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let csrf = crate::case::csrf(&mut sara).await;
    let form = "application/x-www-form-urlencoded";
    let twice = format!("csrf={csrf}&csrf={csrf}");
    let parts = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b--\r\n"
    );
    let bodies: [(&str, &str, &[u8]); 7] = [
        ("two fields of one name", form, twice.as_bytes()),
        ("two parts of one name", "multipart/form-data; boundary=b", parts.as_bytes()),
        ("no boundary", "multipart/form-data", b"x"),
        (
            "cut off",
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nx",
        ),
        (
            "not UTF-8",
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\xff\r\n--b--\r\n",
        ),
        ("JSON", "application/json", b"{}"),
        ("nothing", "", b""),
    ];
    for (what, media_type, body) in bodies {
        let request = Request::post("/en/apply/activity-licence/drop").header("content-type", media_type);
        let page = sara.send(request.body(Body::from(body.to_vec())).unwrap()).await;
        assert!(page.status.is_client_error(), "{what}: {}", page.status);
        is_a_page(&page, "en", "This cannot be read");
    }
    // The sign-out form is read by another reader.
    for body in ["", "csrf=1&csrf=2", "csrf=%ff"] {
        let request = Request::post("/fa/sign-out").header("content-type", form);
        let page = sara.send(request.body(Body::from(body)).unwrap()).await;
        assert!(page.status.is_client_error(), "{body}: {}", page.status);
        is_a_page(&page, "fa", "هیچ کاری انجام نشد");
    }
    sara.open("/en").await.says("Signed in as ");
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_page() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let large = vec![b'x'; 2 * 1024 * 1024];
    for (path, media_type) in
        [("/fa/verify", "application/x-www-form-urlencoded"), ("/fa/verify", "multipart/form-data; boundary=b")]
    {
        let body = match media_type.starts_with("multipart") {
            true => {
                [b"--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n".as_slice(), &large, b"\r\n--b--\r\n"]
                    .concat()
            }
            false => [b"text=".as_slice(), &large].concat(),
        };
        let request = Request::post(path).header("content-type", media_type).body(Body::from(body)).unwrap();
        let page = sara.send(request).await;
        assert_eq!(page.status, 413, "{media_type}");
        is_a_page(&page, "fa", "بیش از اندازه بزرگ است");
    }
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_page_too() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    for path in [
        "/fa/services/%ff",
        "/fa/services/%C0%80",
        "/fa/cases/%ff%fe",
        "/fa/desk/%ff",
        "/fa/apply/%ff/%ff",
        "/fa/cases?before=x",
        "/fa/cases?before=1&before=2",
        "/fa/log?from=%ff",
        "/fa?q=1&q=2",
    ] {
        let page = sara.get(path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert!(page.header("content-type").starts_with("text/html"), "{path}: {}", page.body);
        page.is_sound();
    }
    for path in ["/fa/services/%00", "/fa/services/..%2f..%2fetc%2fpasswd", "/fa/cases/%0d%0aSet-Cookie:%20a=b"] {
        let page = sara.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.header("set-cookie").is_empty());
        page.is_sound();
    }
}

#[tokio::test]
async fn a_form_that_fails_leads_back_to_its_page() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    let path = format!("/en/cases/{}/withdraw", acted.case);
    let send = |referer: String| {
        Request::post(&path)
            .header("host", "maku.example")
            .header("referer", referer)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("csrf=wrong&seen=1"))
            .unwrap()
    };
    let page = reza.send(send(format!("https://maku.example{path}"))).await;
    assert_eq!(page.status, 409);
    is_a_page(&page, "en", "This page is out of date");
    assert_eq!(page.links("/en/cases/"), std::slice::from_ref(&path));
    assert_eq!(page.links("/fa"), ["/fa"], "where only forms go there is nothing to see in the other language");
    for other in [
        "https://evil.example/en/cases",
        "https://maku.example//evil.example",
        "nonsense",
        "https://maku.example/log/x",
    ] {
        let page = reza.send(send(other.to_owned())).await;
        page.does_not_say("Back to the page before");
    }
}
