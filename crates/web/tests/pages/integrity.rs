//! `/{language}/integrity`: how the zone works, in figures that anybody may see; as a page, as a file.

use crate::common::House;
use crate::common::watch::{audited, auditor, forked};

#[tokio::test]
async fn before_anything_happened_it_says_so() {
    let house = House::open().await;
    let page = house.visitor().open("/fa/integrity").await;
    page.says("کارنامه شفافیت");
    page.says("هنوز متقاضی‌ای دوباره نیامده است");
    page.says("این منطقه شاهدی ندارد");
    page.says("این منطقه هنوز حسابرسی معرفی نکرده است");
    page.is_sound();
    let page = house.visitor().open("/en/integrity").await;
    page.says("This zone has no witnesses");
    page.says("This zone has named no auditor yet");
    page.says("panjereh audit https://maku.example/log --key 'maku.example/log+");
    let files = [("witnesses", "witness,key,state,"), ("audits", "auditor,result,at,")];
    for (name, head) in files {
        let file = house.visitor().get(&format!("/fa/integrity/{name}.csv")).await;
        assert!(file.header("content-type").starts_with("text/csv") && file.body.starts_with(head), "{}", file.body);
        assert_eq!(file.body.matches("\r\n").count(), 1, "{}", file.body);
    }
}

#[tokio::test]
async fn each_witness_is_shown_as_it_is_and_nothing_of_where_it_is() {
    let house = House::open().await;
    house.granted().await;
    let house = house.watched().await;
    let finality = house.app.finality().unwrap();
    assert_eq!((finality.witnessed, finality.quorum), (finality.signed, true));
    for (language, words) in [
        ("fa", ["امضا می‌گذارد", "پاسخ نمی‌دهد", "۲ شاهد از این ۳: university، court، press", "بله", "خیر"]),
        (
            "en",
            ["cosigns", "does not answer", "2 of these 3: university, court, press", "Final up to the last of", "yes"],
        ),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        words.iter().for_each(|words| page.says(words));
        page.is_sound();
        page.does_not_say("127.0.0.1");
        page.does_not_say("Connection refused");
    }
    let file = house.visitor().get("/en/integrity/witnesses.csv").await.body;
    let (signed, lines) = (finality.signed, file.lines().collect::<Vec<_>>());
    assert!(lines[1].starts_with("university,witness.example/university,cosigns,"), "{file}");
    assert!(
        lines[1].contains(&format!(",true,{signed},")) && lines[1].ends_with(&format!(",,0,,{signed},{signed}")),
        "{file}"
    );
    assert!(
        lines[3].starts_with("press,witness.example/press,silent,") && lines[3].contains(",false,,,,0,,"),
        "{file}"
    );
    assert!(!file.contains("127.0.0.1"), "{file}");
}

#[tokio::test]
async fn the_last_audit_of_each_auditor_is_shown_with_what_it_found() {
    let house = House::open().await;
    house.granted().await;
    let house = house.watched().await;
    let page = house.visitor().open("/en/integrity").await;
    page.says("No audit has been reported yet.");
    page.says("has not reported yet");
    let clean = house.note(&audited(0), &auditor(1));
    house.app.report_audit(&clean).await.unwrap();
    house.granted().await;
    for (language, words) in [
        ("fa", ["هیچ نادرستی پیدا نشد", "auditor.example/1", "۱٬۲۳۴", "هنوز گزارشی نداده است"]),
        ("en", ["Nothing is wrong", "auditor.example/1", "added since then", "has not reported yet"]),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        words.iter().for_each(|words| page.says(words));
        page.is_sound();
    }
    let wrong = house.note(&audited(3), &auditor(2));
    house.app.report_audit(&wrong).await.unwrap();
    for (language, words) in
        [("fa", "۳ یافته: ثبت‌ها آن‌گونه که باید نیستند"), ("en", "3 findings: the record is not what it should be")]
    {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        page.says(words);
        page.says("A408");
        // In words, by shape and by colour.
        assert!(page.body.contains("class=\"tag bad\"><svg class=\"shape\""), "{}", page.body);
    }
    let page = house.visitor().open("/en/integrity").await;
    let notes = page.links("/api/v1/audits/");
    assert_eq!(notes.len(), 2, "{notes:?}");
    let note = house.visitor().get(&notes[1]).await;
    assert_eq!(note.body.as_bytes(), wrong);
    assert!(note.header("content-disposition").starts_with("attachment"));
    let file = house.visitor().get("/en/integrity/audits.csv").await.body;
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[1].starts_with("auditor.example/1,clean,") && lines[1].contains(",record,"), "{file}");
    assert!(lines[2].starts_with("auditor.example/2,faults,") && lines[2].contains(",3,2,A408 3; A601 2,"), "{file}");
}

#[tokio::test]
async fn that_nothing_was_found_where_nothing_was_looked_at_is_not_shown_in_green() {
    let house = House::open().await;
    house.granted().await;
    let house = house.watched().await;
    let little = [
        app::record::audited::Audited { acts: 0, ..audited(0) },
        app::record::audited::Audited { acts: 3, not_followed: 4, ..audited(0) },
    ];
    for (number, audited) in (1..).zip(little) {
        house.app.report_audit(&house.note(&audited, &auditor(number))).await.unwrap();
    }
    for (language, words) in [
        ("fa", "هیچ نادرستی پیدا نشد، ولی تنها بخش کوچکی بررسی شده است"),
        ("en", "Nothing was found wrong, but little was looked at"),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        assert_eq!(page.text().matches(words).count(), 2, "{}", page.text());
        page.does_not_say("Nothing is wrong");
    }
}

#[tokio::test]
async fn that_what_came_out_of_cases_was_not_compared_is_said_and_not_shown_in_green() {
    let house = House::open().await;
    house.granted().await;
    let house = house.watched().await;
    let acts_alone = app::record::audited::Audited { outcomes: false, ..audited(0) };
    house.app.report_audit(&house.note(&acts_alone, &auditor(1))).await.unwrap();
    for (language, words) in [
        ("fa", ["در اقدام‌ها هیچ نادرستی پیدا نشد", "با پرونده‌ها مقایسه نشد"]),
        ("en", ["Nothing is wrong with the acts", "not compared with the cases"]),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        words.iter().for_each(|words| page.says(words));
        let (before, _) = page.body.split_once(words[0]).unwrap();
        assert!(before.rsplit_once("class=\"tag ").unwrap().1.starts_with("warn"), "{}", page.body);
        page.is_sound();
    }
    let file = house.visitor().get("/en/integrity/audits.csv").await.body;
    assert!(file.lines().nth(1).unwrap().contains(",5,0,false,0,2,"), "{file}");
}

#[tokio::test]
async fn that_an_auditor_was_shown_another_log_stays_in_red() {
    let house = House::open().await;
    house.granted().await;
    let house = house.watched().await;
    house.app.report_audit(&forked(&audited(0), 1)).await.unwrap();
    house.app.report_audit(&house.note(&audited(0), &auditor(1))).await.unwrap();
    for (language, words) in [
        ("fa", "دو دفتر: به حسابرس دفتر دیگری نشان داده شده است"),
        ("en", "Two logs: an auditor was shown another one"),
    ] {
        let page = house.visitor().open(&format!("/{language}/integrity")).await;
        page.says(words);
        page.says("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
        page.is_sound();
    }
    let file = house.visitor().get("/en/integrity/audits.csv").await.body;
    assert_eq!(file.lines().filter(|line| line.starts_with("auditor.example/1,contradicts,")).count(), 1, "{file}");
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
    assert!(lines.contains(&"straight-through-by-service,activity-licence,1,1"), "{}", file.body);
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
