//! `/{language}/times`: which way cases went and how long their steps took, for those who supervise.

use std::collections::BTreeMap;

use app::definition::value::{Decimal, Money, Value};
use app::engine::event::Entering;

use crate::common::House;
use crate::common::scene::activity;

#[tokio::test]
async fn shares_and_times_are_told_and_what_is_of_few_is_not() {
    let house = House::open().await;
    let mut supervisor = house.sign_in("S-0001").await;
    supervisor.open("/en/queues").await.says("Channels and times");
    supervisor.open("/en/times?service=activity-licence").await.says("No case was filed in this time.");
    house.licence("P-0001", "C-0001", "M-0001", &activity("low")).await;
    // What was worked out is told again for some minutes.
    supervisor.open("/en/times?service=activity-licence").await.says("No case was filed in this time.");
    house.app.clock.advance(jiff::SignedDuration::from_mins(11));
    let page = supervisor.open("/en/times?service=activity-licence").await;
    page.does_not_say("No case was filed");
    page.says("not told");
    assert!(!page.body.contains("class=\"channel-") && !page.body.contains("class=\"way-"), "{}", page.body);
    supervisor.open("/fa/times?service=activity-licence").await.says("گفته نمی‌شود");
}

#[tokio::test]
async fn times_are_for_supervisors_of_the_services_authority() {
    let house = House::open().await;
    for account in ["P-0001", "O-0001"] {
        assert_eq!(house.sign_in(account).await.get("/en/times").await.status, 403, "{account}");
    }
    let mut supervisor = house.sign_in("S-0001").await;
    for strange in ["?service=nothing", "?service=activity-licence&by=nothing", "?service=activity-licence&by=company"]
    {
        assert_eq!(supervisor.get(&format!("/en/times{strange}")).await.status, 404, "{strange}");
    }
    assert_eq!(house.visitor().get("/en/times").await.status, 303);
}

/// Five people with a company and premises each.
async fn five(house: &House) -> Vec<(String, String, String)> {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut all = Vec::new();
    for number in 1..=5 {
        let [person, company, premises] = ["P-000", "C-T00", "M-T00"].map(|kind| format!("{kind}{number}"));
        let record = |register: &str, key: &str, held_by: &str, values: &[(&str, Value)]| Entering {
            register: register.to_owned(),
            key: key.to_owned(),
            held_by: Some(held_by.to_owned()),
            values: values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<BTreeMap<_, _>>(),
        };
        let nothing = Value::Money(Money { minor: 0, currency: "IRR".to_owned() });
        let of_company = [
            ("company.id", text(&company)),
            ("company.name", text("sample")),
            ("company.form", Value::Code("limited-liability".to_owned())),
            ("company.capital", Value::Money(Money { minor: 500_000, currency: "IRR".to_owned() })),
            ("company.arrears", nothing),
            ("person.id", text(&person)),
        ];
        let of_premises = [
            ("premises.id", text(&premises)),
            ("premises.use", Value::Code("shop".to_owned())),
            ("premises.area", Value::Decimal(Decimal::from(85))),
            ("company.id", text(&company)),
        ];
        let records = [
            record("companies", &company, &person, &of_company),
            record("premises", &premises, &company, &of_premises),
        ];
        house.app.put_records(&records).await.unwrap();
        all.push((person, company, premises));
    }
    all
}

#[tokio::test]
async fn shares_of_many_are_drawn_and_stand_in_the_table() {
    let house = House::open().await;
    for (person, company, premises) in five(&house).await {
        house.licence(&person, &company, &premises, &activity("low")).await;
    }
    let mut supervisor = house.sign_in("S-0001").await;
    let page = supervisor.open("/en/times?service=activity-licence").await;
    for says in ["Filed: 5", "100%", "under a minute"] {
        page.says(says);
    }
    assert!(page.body.contains("<rect class=\"way-0\" x=\"0\" width=\"600\" height=\"36\"/>"), "{}", page.body);
    supervisor.open("/fa/times?service=activity-licence").await.says("۱۰۰٪");
}
