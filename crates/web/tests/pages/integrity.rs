//! `/{language}/integrity`: how the zone works, in figures that anybody may see; as a page, as a file.

use crate::common::House;

#[tokio::test]
async fn before_anything_happened_it_says_so() {
    let house = House::open().await;
    let page = house.visitor().open("/fa/integrity").await;
    page.says("کارنامه شفافیت");
    page.says("هنوز متقاضی‌ای دوباره نیامده است");
    page.is_sound();
}

#[tokio::test]
async fn anybody_sees_the_figures_and_nobody_s_name() {
    let house = House::open().await;
    house.granted().await;
    let (acted, officer) = house.waiting().await;
    house.ask(&officer, &acted, "نمونه").await;
    house.let_days_pass(40).await;
    let (premises, registrar) = house.registered("ماکو، خیابان نمونه").await;
    app::integrity::run(&house.app).await.unwrap();
    for (language, words) in [
        ("fa", ["دخالت کارشناس در هر پرونده", "رعایت مهلت کارشناسان", "٪", "ثبت محل فعالیت"]),
        ("en", ["Officer touches per case", "Deadlines of officers that were kept", "%", "Register business premises"]),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        words.iter().for_each(|words| page.says(words));
        page.is_sound();
        for secret in [registrar.as_str(), officer.as_str(), "P-0001", &premises.case.reference(), "خیابان نمونه"]
        {
            page.does_not_say(secret);
        }
    }
    let file = house.visitor().get("/en/integrity.csv").await;
    assert!(file.header("content-type").starts_with("text/csv"));
    let lines: Vec<&str> = file.body.split("\r\n").collect();
    assert_eq!(lines[0], "figure,name,count,of");
    assert!(lines.contains(&"touches-by-service,premises-registration,1,1"), "{}", file.body);
    assert!(lines.contains(&"straight-through-by-service,activity-licence,1,2"), "{}", file.body);
    assert!(lines.iter().skip(1).filter(|line| !line.is_empty()).all(|line| line.split(',').count() == 4));
}
