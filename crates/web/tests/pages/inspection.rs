//! A visit to the site: the photograph must be one.

use std::collections::BTreeMap;

use app::AppError;
use app::engine::act::Act;
use app::engine::refusal::{Refusal, Wrong};

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
