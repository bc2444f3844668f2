//! `/{language}/verify`: anybody checks anybody's certificate.

use crate::common::{House, Page, Upload};

async fn judged(house: &House, text: &str) -> Page {
    let page = house.visitor().open("/en/verify").await;
    house.visitor().submit(&page, "text", &[("text", text)]).await
}

async fn certificate(house: &House) -> (String, Vec<u8>) {
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    let text = sara.get(&format!("/en/cases/{}/certificate.txt", acted.case)).await.body;
    (text, sara.get(&format!("/en/cases/{}/certificate.cose", acted.case)).await.bytes)
}

#[tokio::test]
async fn a_good_one_holds_as_text_and_as_file() {
    let house = House::open().await;
    let (text, cose) = certificate(&house).await;
    let page = judged(&house, &format!("  {text}\n")).await;
    page.says("The certificate holds");
    page.says("Proven: the public log has the decision that granted it.");
    page.says("بازرگانی نمونه ارس");
    judged(&house, &format!("\u{2068}\u{feff}{text}\u{2069}")).await.says("The certificate holds");
    let saved = format!("\u{feff}{text}\r\n");
    for (name, bytes) in [("c.cose", cose.as_slice()), ("c.txt", text.as_bytes()), ("d.txt", saved.as_bytes())] {
        let file = Upload { field: "file", name, media_type: "application/octet-stream", bytes };
        house.visitor().upload("/fa/verify", &[("text", "")], file).await.says("گواهی معتبر است");
    }
}

#[tokio::test]
async fn one_that_was_cut_or_changed_does_not_hold() {
    let house = House::open().await;
    let (text, cose) = certificate(&house).await;
    let cut = judged(&house, &text[..text.len() - 1]).await;
    cut.says("This is no certificate, or not a whole one");
    cut.says("Scan or copy it again, whole.");
    judged(&house, "HC1:NCF").await.says("begins with \"PJ1:\"");
    let file = Upload { field: "file", name: "c.cose", media_type: "application/cose", bytes: &cose[..9] };
    let persian = house.visitor().upload("/fa/verify", &[("text", "")], file).await;
    persian.says("جای ایراد: در چارچوب پیام message / truncated");
    let mut bent = cose.clone();
    *bent.last_mut().unwrap() ^= 1;
    let files = [bent, cose[..cose.len() - 1].to_vec(), Vec::new(), vec![0; 100_000], b"\xd2\x84".to_vec()];
    for bytes in files {
        let file = Upload { field: "file", name: "c.cose", media_type: "application/cose", bytes: &bytes };
        let page = house.visitor().upload("/en/verify", &[("text", "")], file).await;
        assert_eq!(page.status, 200);
        page.does_not_say("The certificate holds");
        page.says("✗");
    }
}

#[tokio::test]
async fn another_zones_certificate_is_not_ours_to_judge() {
    let house = House::open().await;
    let (text, _) = certificate(&House::with_keys([9; 32]).await).await;
    let page = judged(&house, &text).await;
    page.does_not_say("The certificate holds");
    page.says("✗");
    assert!(page.text().contains("another zone's") || page.text().contains("altered or forged"), "{}", page.text());
}

#[tokio::test]
async fn nothing_comes_back_with_what_to_do() {
    let house = House::open().await;
    let page = judged(&house, "  ").await;
    assert_eq!(page.status, 200);
    page.says("Enter the certificate's text or choose its file.");
    assert!(page.body.contains("aria-describedby=\"text-hint text-error\""), "{}", page.body);
    let page = judged(&house, "<script>alert(1)</script>").await;
    page.says("This is no certificate");
    assert!(page.body.contains("&#60;script&#62;"), "{}", page.body);
}

#[tokio::test]
async fn the_page_gives_what_a_check_without_the_site_needs() {
    let house = House::open().await;
    let (certificate, log) = (house.app.certificate_key(), house.app.log_verifier().to_string());
    for (path, trust) in [("/en/verify", "published elsewhere"), ("/fa/verify", "جای دیگری منتشر کرده")]
    {
        let page = house.visitor().open(path).await;
        page.says(&format!("panjereh certificate verify FILE --online --key '{certificate}'"));
        page.says(&format!("panjereh log verify https://maku.example/log --key '{log}'"));
        page.says(trust);
        assert_eq!(page.links("/api/v1/certificates/keys").len(), 1);
    }
}
