//! `/{language}/me`: what the zone knows about me, and who read it; and what a case's page says of what was erased.

use app::definition::value::Value;
use store::{EntryQuery, Store as _};

use crate::common::House;

#[tokio::test]
async fn i_see_what_is_known_of_me_and_who_read_it() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let granted = house.granted().await;
    let mut desk = house.sign_in(&officer).await;
    desk.open(&format!("/fa/cases/{}", acted.case)).await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open("/fa/me").await;
    page.says("آنچه منطقه دربارهٔ شما می‌داند");
    page.says(&acted.case.reference());
    page.says("که به قید قرعه برای پرونده برگزیده شد");
    let text = page.text();
    assert!(text.contains(&officer) && text.contains("C-0002") && text.contains("P-0002"), "{text}");
    for others in [granted.case.reference(), granted.case.to_string(), "C-0001".to_owned(), "P-0001".to_owned()] {
        assert!(!page.body.contains(&others), "{others}");
    }
    let page = reza.open("/en/me").await;
    page.says("by the rules of the service");
    page.says("who was drawn for the case");
    let file = reza.get("/en/me/export.json").await;
    assert_eq!(file.status, 200);
    let export: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(export["account"]["person"], "P-0002");
    assert_eq!(export["cases"].as_array().unwrap().len(), 1);
    assert!(export["reads"].as_array().unwrap().iter().any(|read| read["officer"] == officer.as_str()));
    assert!(!file.body.contains("P-0001"));
}

#[tokio::test]
async fn whoever_is_not_signed_in_sees_nothing() {
    let house = House::open().await;
    for path in ["/fa/me", "/en/me/export.json"] {
        assert_eq!(house.visitor().get(path).await.status, 303, "{path}");
    }
}

#[tokio::test]
async fn what_was_erased_says_so_where_it_stood() {
    let house = House::open().await;
    let (acted, officer) = house.registered("خیابان نمونه ۷").await;
    let lease = house.document("P-0001", "lease.pdf").await;
    let Value::Document(lease) = lease else { panic!() };
    let concepts = house.app.erase(acted.case, Some("incomplete")).await.unwrap();
    assert!(concepts.contains(&"premises.lease".to_owned()), "{concepts:?}");
    house.settle().await;
    let supervisor = house.app.account("S-0001").await.unwrap();
    assert!(house.app.case_document(&supervisor, acted.case, &lease.sha256).await.is_err());
    let mut desk = house.sign_in(&officer).await;
    for (language, words) in [("en", "Erased on"), ("fa", "پاک شد")] {
        let page = desk.open(&format!("/{language}/cases/{}", acted.case)).await;
        page.says(words);
        assert!(!page.body.contains("lease.pdf"), "{}", page.body);
    }
    let mut sara = house.sign_in("P-0001").await;
    assert_eq!(sara.get(&format!("/en/cases/{}", acted.case)).await.status, 404, "nobody knows that it was hers");
    let page = house.visitor().get("/en/log").await;
    page.says("personal data erased");
}

#[tokio::test]
async fn a_document_goes_with_the_last_who_use_it() {
    let house = House::open().await;
    let documents = async || {
        let query = EntryQuery { kind: "document-bytes".to_owned(), key: None, owner: None, after: None, limit: 100 };
        house.store.entries(query).await.unwrap().len()
    };
    let (first, _) = house.registered("خیابان نمونه ۸").await;
    let (second, _) = house.registered("خیابان نمونه ۹").await;
    assert_eq!(documents().await, 1, "both gave the same lease");
    house.app.erase(first.case, Some("incomplete")).await.unwrap();
    house.settle().await;
    assert_eq!(documents().await, 1);
    let supervisor = house.app.account("S-0001").await.unwrap();
    let view = house.app.case(&supervisor, second.case).await.unwrap();
    let Some(Value::Document(lease)) = view.case.facts.get("lease") else { panic!() };
    assert!(house.app.case_document(&supervisor, second.case, &lease.sha256).await.is_ok());
    house.app.erase(second.case, Some("incomplete")).await.unwrap();
    house.settle().await;
    assert_eq!(documents().await, 0);
    // Whoever brings it again, brings it anew.
    house.document("P-0001", "lease.pdf").await;
    assert_eq!(documents().await, 1);
}
