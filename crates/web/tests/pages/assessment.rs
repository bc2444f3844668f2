//! `/{language}/cases/{case}/assessment/{fact}`: what a declaration owes, and why.

use app::definition::value::Value;

use crate::common::House;
use crate::common::truck::{SELLER, apply, declaration, document, text};

/// Flour that comes into the zone, described so.
async fn declared(house: &House, description: &str) -> String {
    let xml = declaration("TRUCK-1", "11010000", "30000", "12000.00", ("78", "00"));
    let xml = xml.replace("Bananas", description);
    let declared = document(&house.app, SELLER, &xml).await;
    let facts =
        [("company", text("C-0001")), ("warehouse", Value::Code("maku-1".to_owned())), ("declaration", declared)];
    apply(&house.app, SELLER, "goods-entry", &facts).await.unwrap().case.to_string()
}

#[tokio::test]
async fn every_figure_is_shown_with_how_it_came_about() {
    let house = House::open().await;
    let case = declared(&house, "flour &lt;script&gt;alert(1)&lt;/script&gt; \u{202e}").await;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open(&format!("/en/cases/{case}")).await;
    let [link] =
        &page.links("/en/cases/").into_iter().filter(|link| link.contains("/assessment/")).collect::<Vec<_>>()[..]
    else {
        panic!("no link to the assessment: {}", page.body)
    };
    let page = sara.open(link).await;
    for says in [
        "TRUCK-1",
        "value: 12000 EUR x 1100000",
        "Customs duty",
        "5% of 13200000000 = 660000000, rounded to the nearest (to the whole rial (draft))",
        "procedure 78: entry into a free zone",
        "IRR 660,000,000",
        "IRR 0",
        "Items 1 to 1 of 1",
    ] {
        page.says(says);
    }
    assert!(!page.body.contains("<script>") && !page.body.contains('\u{202e}'), "{}", page.body);
    let persian = sara.open(&link.replacen("/en/", "/fa/", 1)).await;
    for says in
        ["حقوق گمرکی", "۵٪ از ۱۳٬۲۰۰٬۰۰۰٬۰۰۰ = ۶۶۰٬۰۰۰٬۰۰۰، گردشده به نزدیک‌ترین", "(پیش‌نویس)", "۶۶۰٬۰۰۰٬۰۰۰ ریال"]
    {
        persian.says(says);
    }
}

#[tokio::test]
async fn nobody_else_sees_it_and_no_other_fact_is_one() {
    let house = House::open().await;
    let case = declared(&house, "flour").await;
    let path = format!("/en/cases/{case}/assessment/assessment");
    for account in ["P-0002", "O-0001"] {
        let mut other = house.sign_in(account).await;
        assert_eq!(other.get(&path).await.status, 404, "{account}");
    }
    assert_eq!(house.visitor().get(&path).await.status, 303);
    let mut sara = house.sign_in(SELLER).await;
    for path in [
        format!("/en/cases/{case}/assessment/declaration"),
        format!("/en/cases/{case}/assessment/company"),
        format!("/en/cases/{case}/assessment/nothing"),
        "/en/cases/nothing/assessment/assessment".to_owned(),
    ] {
        assert_eq!(sara.get(&path).await.status, 404, "{path}");
    }
    // An item that is not there, and an offset that is none.
    sara.open(&format!("{path}?after=99999999")).await;
    assert_eq!(sara.get(&format!("{path}?after=-1")).await.status, 400);
}

/// What a passenger owes is told as what a declaration owes is, with what the allowance took.
#[tokio::test]
async fn a_passenger_sees_what_the_allowance_took_and_what_the_rest_owes() {
    let house = House::open().await;
    let worth = Value::Money(app::definition::value::Money::from_amount(1_000_000_000.into(), "IRR").unwrap());
    let facts = [
        ("person", text(SELLER)),
        ("commodity", text("19053100")),
        ("description", text("biscuits")),
        ("value", worth),
    ];
    let case = apply(&house.app, SELLER, "passenger-goods", &facts).await.unwrap().case;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open(&format!("/en/cases/{case}")).await;
    let link = page.links("/en/cases/").into_iter().find(|link| link.contains("/assessment/")).unwrap();
    let page = sara.open(&link).await;
    for says in
        ["19053100", "800000000 IRR are within the allowance of 800000000 IRR", "IRR 141,000,000", "Customs duty"]
    {
        page.says(says);
    }
    sara.open(&link.replacen("/en/", "/fa/", 1)).await.says("در سهمیهٔ ۸۰۰٬۰۰۰٬۰۰۰ ریال است");
}
