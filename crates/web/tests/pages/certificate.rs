//! `/{language}/cases/{case}/certificate`: to show, print and keep.

use crate::common::House;

#[tokio::test]
async fn a_certificate_in_both_languages_with_its_code_and_downloads() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    for (language, title, proven) in [
        ("fa", "پروانه فعالیت اقتصادی", "صدور این گواهی در دفتر عمومی ثبت است."),
        ("en", "activity licence", "The decision that granted it stands in the public log."),
    ] {
        let path = format!("/{language}/cases/{}/certificate", acted.case);
        let page = sara.open(&path).await;
        assert!(page.text().to_lowercase().contains(title), "{}", page.text());
        page.says(proven);
        page.says(&acted.case.reference());
        page.says("بازرگانی نمونه ارس");
        assert!(page.body.contains("<figure class=\"qr\"><svg"), "{}", page.body);
        let text = sara.get(&format!("{path}.txt")).await;
        assert!(text.body.starts_with("PJ1:") && text.header("content-disposition").contains(".txt"));
        let cose = sara.get(&format!("{path}.cose")).await;
        assert_eq!(cose.header("content-type"), "application/cose; cose-type=\"cose-sign1\"");
        let judged = house.app.verify(app::credential::Input::Message(&cose.bytes)).await.unwrap();
        assert!(matches!(judged, app::credential::Verdict::Valid(_)), "{judged:?}");
    }
}

#[tokio::test]
async fn the_holder_is_named_so_that_it_is_read_well() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let persian = house.granted().await;
    let page = sara.open(&format!("/en/cases/{}/certificate", persian.case)).await;
    assert!(page.body.contains("<bdi lang=\"fa\" dir=\"rtl\">بازرگانی نمونه ارس</bdi>"), "{}", page.text());
    let page = sara.open(&format!("/fa/cases/{}/certificate", persian.case)).await;
    assert!(page.body.contains("<bdi>بازرگانی نمونه ارس</bdi>"), "{}", page.text());
    // A person's record has their name in Latin letters.
    let permit = house.permit_granted().await;
    let path = format!("/cases/{}/certificate", permit.case);
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open(&format!("/en{path}")).await;
    assert!(page.body.contains("<bdi>Sara Sample</bdi>"), "{}", page.text());
    let page = sara.open(&format!("/fa{path}")).await;
    assert!(page.body.contains("<bdi>سارا نمونه</bdi>"), "{}", page.text());
    page.does_not_say("Sara");
}

#[tokio::test]
async fn a_company_that_is_registered_is_named_and_not_who_registered_it() {
    let house = House::open().await;
    let acted = house.company("شرکت تازه نمونه").await;
    let page = house.sign_in("P-0001").await.open(&format!("/fa/cases/{}/certificate", acted.case)).await;
    assert!(page.body.contains("<bdi>شرکت تازه نمونه</bdi>"), "{}", page.text());
    let certificate = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(!certificate.contains("سارا"));
}

#[tokio::test]
async fn printing_leaves_the_site_around_it_away() {
    let house = House::open().await;
    let style = house.visitor().get("/assets/style.css").await;
    let print = style.body.split("@media print").nth(1).unwrap();
    assert!(print.contains(".no-print") && print.contains("footer"), "{print}");
    assert!(
        !print.split("display: none").next().unwrap().contains(".demo"),
        "a sample is no real certificate: {print}"
    );
    let acted = house.granted().await;
    let page = house.sign_in("P-0001").await.open(&format!("/fa/cases/{}/certificate", acted.case)).await;
    let article =
        page.body.split("<article class=\"certificate\">").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(!article.contains("no-print"), "the certificate itself is printed whole");
}

/// At a counter nobody has the page, only the paper.
#[tokio::test]
async fn the_paper_says_who_issued_it_for_what_and_where_it_is_checked() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    for language in ["fa", "en"] {
        let page = sara.open(&format!("/{language}/cases/{}/certificate", acted.case)).await;
        assert!(page.body.find("class=\"demo\"") < page.body.find("<main"), "a demonstration says so: {}", page.body);
        let article = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
        // What a counter needs is said in both languages, whichever the page has.
        for said in [
            "سازمان منطقه آزاد ماکو",
            "Maku Free Zone Organisation",
            "https://maku.example/fa/verify",
            "https://maku.example/en/verify",
            "M-0001",
        ] {
            assert!(article.contains(said), "{language}: {said} is not in {article}");
        }
        assert!(
            !article.contains("5,000,000,000") && !article.contains("۵٬۰۰۰٬۰۰۰٬۰۰۰"),
            "the capital is nobody's business"
        );
        assert!(article.contains("<p class=\"counter\" lang=\"en\" dir=\"ltr\">"), "{article}");
    }
}

#[tokio::test]
async fn a_certificate_that_is_being_made_says_so_and_one_that_is_none_is_not_found() {
    let house = House::open().await;
    let (waiting, _) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    assert_eq!(reza.get(&format!("/en/cases/{}/certificate", waiting.case)).await.status, 404);
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open("/en/apply/activity-licence").await;
    let low = crate::common::scene::activity("low");
    let mut page = sara.submit(&page, "version", &[("company", "C-0001")]).await;
    for (fact, value) in [("activity", low.as_str()), ("premises", "M-0001"), ("investment", "1")] {
        page = sara.submit(&page, "version", &[(fact, value)]).await;
    }
    // The outbox has not run yet.
    let page = sara.submit(&page, "key", &[]).await;
    let path = page.links("/en/cases/").into_iter().find(|link| link.ends_with("/certificate")).unwrap();
    sara.open(&path).await.says("The certificate is being made.");
    assert_eq!(sara.get(&format!("{path}.cose")).await.status, 404);
}
