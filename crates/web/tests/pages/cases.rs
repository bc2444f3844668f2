//! `/{language}/cases`: my cases, with a clock and who holds each.

use crate::common::House;

#[tokio::test]
async fn each_case_says_where_it_stands_until_when_and_with_whom() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open("/fa/cases").await;
    page.says(&acted.case.reference());
    page.says("بررسی کارشناس");
    page.says("روز کاری مانده");
    page.says("مسئول رسیدگی: ");
    assert!(page.text().contains(&officer), "{}", page.text());
    assert_eq!(page.links("/fa/cases/"), [format!("/fa/cases/{}", acted.case)]);
    let page = reza.open("/en/cases").await;
    page.says("5 working days left");
}

#[tokio::test]
async fn the_clock_goes_down_to_the_last_day() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    let mut seen = Vec::new();
    for _ in 0..14 {
        let text = reza.get("/en/cases").await;
        // A session lives half a day; the clock of the house runs faster.
        let text = if text.status == 200 {
            text
        } else {
            reza = house.sign_in("P-0002").await;
            reza.get("/en/cases").await
        };
        let left =
            text.text().split("Until ").nth(1).map(|rest| rest.split(": ").nth(1).unwrap_or_default().to_owned());
        seen.push(left.unwrap_or_default().chars().take(26).collect::<String>());
        house.let_days_pass(1).await;
    }
    assert!(seen[0].starts_with("5 working days left"), "{seen:?}");
    assert!(seen.iter().any(|left| left.starts_with("1 working day left")), "{seen:?}");
    assert!(seen.iter().any(|left| left.starts_with("the last day is today")), "{seen:?}");
    assert_eq!(house.view(&acted).await.case.stage, "permit", "silence is consent");
}

#[tokio::test]
async fn nobody_sees_the_cases_of_others() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let page = house.sign_in("P-0001").await.open("/en/cases").await;
    page.says("You have no cases yet.");
    page.does_not_say(&acted.case.reference());
    let away = house.visitor().get("/en/cases").await;
    assert_eq!(away.location().as_deref(), Some("/en/sign-in?to=/en/cases"));
}

#[tokio::test]
async fn a_case_that_was_withdrawn_stands_in_no_stage() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let withdraw = app::engine::act::Act::Withdraw { reason: String::new() };
    house.act("P-0002", &acted, &withdraw).await;
    let mut reza = house.sign_in("P-0002").await;
    for path in ["/fa/cases".to_owned(), format!("/fa/cases/{}", acted.case)] {
        let page = reza.open(&path).await;
        page.says("انصراف متقاضی");
        let standing = page.text().split("تاریخچه").next().unwrap().to_owned();
        assert!(!standing.contains("بررسی کارشناس"), "{standing}");
    }
}
