//! A visit to the site: the photograph must be one.

use std::collections::BTreeMap;

use app::AppError;
use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};

use crate::common::truck::{SELLER, apply, declaration, document, text};
use crate::common::{House, PDF, Upload};

const PHOTOGRAPH: &[u8] = include_bytes!("../../../app/tests/fixtures/documents/picture.jpg");

#[tokio::test]
async fn a_photograph_of_a_site_is_a_picture() {
    let house = House::open().await;
    let (acted, inspector) = house.to_be_seen().await;
    let mut ali = house.sign_in(&inspector).await;
    let path = format!("/en/desk/{}", acted.case);
    let page = ali.open(&path).await;
    assert!(page.body.contains("accept=\"image/*,.jpg,.jpeg,.png,.webp\" capture=\"environment\""), "{}", page.body);
    let form = page.form("photograph");
    let seen = [("location", "39.28"), ("location-lon", "44.51"), ("finding", "as-declared"), ("route", "done")];
    let hidden = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = hidden.chain(seen).collect();
    for (media_type, bytes, says) in [
        ("application/pdf", PDF, "This must be a picture: choose a JPEG, PNG or WebP file."),
        ("image/jpeg", &PHOTOGRAPH[..PHOTOGRAPH.len() - 1], "it was cut short or damaged"),
    ] {
        let file = Upload { field: "photograph", name: "site", media_type, bytes };
        let page = ali.upload(&form.action, &fields, file).await;
        page.says(says);
        assert_eq!(house.view(&acted).await.case.stage, "site");
    }
    let file = Upload { field: "photograph", name: "site.jpg", media_type: "image/jpeg", bytes: PHOTOGRAPH };
    assert_eq!(ali.upload(&form.action, &fields, file).await.status, 303);
    assert_ne!(house.view(&acted).await.case.stage, "site");
}

/// By the API a document is brought before anybody says what for: then the act is refused.
#[tokio::test]
async fn an_act_with_another_kind_of_document_is_refused() {
    let house = House::open().await;
    let (acted, inspector) = house.to_be_seen().await;
    let facts = BTreeMap::from([("photograph".to_owned(), house.document(&inspector, "site.pdf").await)]);
    let act = Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts };
    let account = house.app.account(&inspector).await.unwrap();
    let refused = house.app.act(&account, acted.case, &act, None, None).await.unwrap_err();
    let AppError::Refused(Refusal::Facts(problems)) = refused else { panic!("{refused:?}") };
    let wrong = problems.iter().find(|problem| problem.fact == "photograph").unwrap();
    assert!(matches!(wrong.wrong, Wrong::Value(_)), "{wrong:?}");
}

/// Goods of great value are inspected: whoever stands before them has in short what was declared, and what to record within reach of a thumb.
#[tokio::test]
async fn an_inspector_of_goods_sees_in_short_what_was_declared() {
    let house = House::open().await;
    let xml = declaration("TRUCK-9", "11010000", "30000", "900000.00", ("78", "00"));
    let xml = xml.replace("Bananas", "flour &lt;b&gt;");
    let declared = document(&house.app, SELLER, &xml).await;
    let facts =
        [("company", text("C-0001")), ("warehouse", Value::Code("maku-1".to_owned())), ("declaration", declared)];
    let acted = apply(&house.app, SELLER, "goods-entry", &facts).await.unwrap();
    house.settle().await;
    assert_eq!(house.view(&acted).await.case.stage, "inspection");
    let inspector = house.holders(&acted).await[0].clone();
    let mut inspector = house.sign_in(&inspector).await;
    let page = inspector.open(&format!("/en/desk/{}", acted.case)).await;
    for says in ["Declared goods", "flour", "30,000 kg", "11010000"] {
        page.says(says);
    }
    assert!(page.body.contains("capture=\"environment\"") && !page.body.contains("<b>"), "{}", page.body);
    let page = inspector.open(&format!("/fa/desk/{}", acted.case)).await;
    page.says("کالای اظهارشده");
    page.says("۳۰٬۰۰۰ کیلوگرم");
    // The same figures with their reasons, and the way back to the desk.
    let link = page.links("/fa/cases/").into_iter().find(|link| link.contains("/assessment/")).unwrap();
    let page = inspector.open(&link).await;
    assert!(page.links("/fa/desk/").contains(&format!("/fa/desk/{}", acted.case)), "{}", page.body);
}

/// Whoever seizes says what; whoever seizes nothing fills in nothing. The page does not know which they will choose, and says so in words.
#[tokio::test]
async fn what_is_seized_is_described_and_nothing_else_need_be() {
    let house = House::open().await;
    let acted = house.contraband("1 0").await;
    let officers = house.holders(&acted).await;
    let path = |language: &str| format!("/{language}/desk/{}", acted.case);
    let mut officer = house.sign_in(&officers[0]).await;
    let seize = [("route", "refuse"), ("ground", "goods-undeclared"), ("contraband", " ")];
    for (language, says, wrong) in [
        (
            "fa",
            "برای این تصمیم لازم است: آنچه یافت شد ضبط شود. در غیر این صورت می‌تواند خالی بماند.",
            "پاسخ دادن به این مورد الزامی است.",
        ),
        ("en", "Needed for this decision: Seize what was found. Otherwise you may leave it empty.", "This is needed."),
    ] {
        let page = officer.open(&path(language)).await;
        assert_eq!(page.text().matches(says).count(), 2, "{}", page.text());
        assert!(page.body.contains("aria-describedby=\"contraband-hint\"") && !page.body.contains(" required"));
        let seq = house.view(&acted).await.row.seq;
        let page = officer.submit_only(&page, "route", &seize).await;
        assert_eq!((page.status.as_u16(), house.view(&acted).await.row.seq), (200, seq), "nothing was done");
        page.says(wrong);
        for place in ["href=\"#contraband\"", "id=\"contraband-error\"", "id=\"contraband-photograph-error\""] {
            assert!(page.body.contains(place), "{place}: {}", page.body);
        }
        // Without a decision it is asked for that, and for nothing that may not be needed.
        let page = officer.submit_only(&page, "route", &[("ground", "")]).await;
        assert!(page.body.contains("id=\"decide-route-error\"") && !page.body.contains("id=\"contraband-error\""));
    }
    for name in &officers {
        let mut officer = house.sign_in(name).await;
        let page = officer.open(&path("en")).await;
        officer.submit(&page, "route", &[("route", "free")]).await.says("Done, and recorded.");
    }
    assert_eq!(house.view(&acted).await.case.stage, "refused-as-measured");
}

#[tokio::test]
async fn what_lay_beside_goods_that_are_seized_may_be_described() {
    let house = House::open().await;
    let acted = house.contraband("1 20000").await;
    assert_eq!(house.view(&acted).await.case.stage, "seizure");
    for (name, beside) in house.holders(&acted).await.iter().zip(["40 cartons", ""]) {
        let mut officer = house.sign_in(name).await;
        let page = officer.open(&format!("/en/desk/{}", acted.case)).await;
        assert_eq!(page.text().matches("You may leave this empty.").count(), 2, "{}", page.text());
        // What is to be paid by the declaration, and by what was found, are told apart.
        page.says("Assessment: To be paid");
        page.says("Assessment as measured: To be paid");
        let typed = [("route", "refuse"), ("ground", "goods-undeclared"), ("beside", beside)];
        officer.submit(&page, "route", &typed).await.says("Done, and recorded.");
    }
    let view = house.view(&acted).await;
    assert_eq!((view.case.stage.as_str(), &view.case.facts["beside"]), ("seized", &text("40 cartons")));
}
