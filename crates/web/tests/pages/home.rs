//! `/{language}`: the catalogue.

use crate::common::House;

#[tokio::test]
async fn the_catalogue_is_persian_first() {
    let house = House::open().await;
    let page = house.visitor().open("/").await;
    assert!(page.body.contains("lang=\"fa\" dir=\"rtl\""));
    page.says("پروانه فعالیت اقتصادی");
    let page = house.visitor().open("/en").await;
    assert!(page.body.contains("lang=\"en\" dir=\"ltr\""));
    page.says("Activity licence");
}

#[tokio::test]
async fn search_forgives_how_words_are_spelt() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let spelt = [
        "پروانه فعالیت",
        "پروانه فعاليت",
        "پروانة فعاليت",
        "پروانه\u{200c}ی فعالیت",
        "پروانهٔ  فعالیت",
        "  PROWANE activity licence",
    ];
    for query in spelt {
        let page = visitor.open(&format!("/fa?q={}", crate::common::escaped(query))).await;
        let first = page.links("/fa/services/").first().cloned();
        assert_eq!(first.as_deref(), Some("/fa/services/activity-licence"), "{query}: {}", page.text());
    }
    let found = async |query: &str| {
        house.visitor().open(&format!("/fa?q={}", crate::common::escaped(query))).await.links("/fa/services/")
    };
    let companies = found("ثبت شرکت").await;
    assert_eq!(companies.first().unwrap(), "/fa/services/company-registration");
    assert_eq!(found("ثبت\u{200c}شرکت").await, ["/fa/services/company-registration"]);
    for query in ["ثبت شركت", "ثبتِ شرکت", "ثـبت شرکت"] {
        assert_eq!(found(query).await, companies, "{query}");
    }
    for query in ["شرکت\u{200c}ها", "شرکت ها", "شرکتهای"] {
        assert!(found(query).await.contains(&"/fa/services/company-registration".to_owned()), "{query}");
    }
    for query in ["license", "Licenses"] {
        assert_eq!(found(query).await.first().unwrap(), "/fa/services/activity-licence", "{query}");
    }
    let digits = found("شرکت ۱۲").await;
    assert_eq!((found("شرکت 12").await, found("شرکت ١٢").await), (digits.clone(), digits));
}

#[tokio::test]
async fn a_search_without_a_result_says_what_to_do() {
    let house = House::open().await;
    let page = house.visitor().open("/fa?q=qwertyuiop").await;
    page.says("خدمتی پیدا نشد. با واژه‌های دیگری جست‌وجو کنید.");
    assert!(page.links("/fa/services/").is_empty());
    house.visitor().open("/en?q=qwertyuiop").await.says("No service found. Try other words.");
}

#[tokio::test]
async fn the_other_language_searches_for_the_same() {
    let house = House::open().await;
    let page = house.visitor().open("/fa?q=%22%3Cb%3E+licence").await;
    assert_eq!(page.links("/en?"), ["/en?q=%22%3Cb%3E%20licence"]);
    assert!(!page.body.contains("<b>"), "{}", page.body);
    assert!(page.body.contains("value=\"&#34;&#60;b&#62; licence\""), "{}", page.body);
}
