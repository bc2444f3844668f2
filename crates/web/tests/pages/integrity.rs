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
    assert!(!file.body.contains("chance-"), "nobody came twice: {}", file.body);
    // Somebody comes again: what the test of the draws says is in the file as in the API.
    house.registered("ماکو، خیابان دیگر").await;
    app::integrity::run(&house.app).await.unwrap();
    let file = house.visitor().get("/en/integrity.csv").await;
    let lines: Vec<&str> = file.body.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert!(lines.iter().all(|line| line.split(',').count() == 4), "{}", file.body);
    let api: serde_json::Value = serde_json::from_slice(&house.visitor().get("/api/v1/integrity").await.bytes).unwrap();
    for (number, figure, of) in [
        ("draws", "chance-draws", None),
        ("repeated", "chance-repeated-pairs", None),
        ("expected", "chance-expected-pairs", Some(1000)),
        ("p", "chance-p", Some(1_000_000)),
        ("power", "chance-power", Some(1_000_000)),
    ] {
        let told = api["chance"][number].as_f64().unwrap();
        let count = (told * f64::from(of.unwrap_or(1))).round();
        let line = format!("{figure},,{count},{}", of.map(|of| of.to_string()).unwrap_or_default());
        assert!(lines.contains(&line.as_str()), "{line} is not in {}", file.body);
        let row = api["figures"].as_array().unwrap().iter().find(|row| row["figure"] == figure).unwrap();
        assert_eq!((row["count"].as_f64(), row["of"].as_i64()), (Some(count), of.map(i64::from)), "{row}");
    }
}
