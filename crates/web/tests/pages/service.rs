//! `/{language}/services/{service}`: what a service is, needs, promises, and by what rules it is decided.

use crate::common::House;

const SERVICES: [&str; 5] =
    ["activity-licence", "building-permit", "company-registration", "premises-registration", "review-board"];

/// Officers are not led to a form that is not theirs to fill.
#[tokio::test]
async fn whoever_cannot_apply_is_not_asked_to_start() {
    let house = House::open().await;
    let path = "/en/services/activity-licence";
    house.visitor().open(path).await.says("Start now");
    house.sign_in("P-0001").await.open(path).await.says("Start now");
    house.sign_in("O-0001").await.open(path).await.does_not_say("Start now");
}

#[tokio::test]
async fn each_service_shows_its_way_its_rules_and_its_law() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    for service in SERVICES {
        for language in ["fa", "en"] {
            let page = visitor.open(&format!("/{language}/services/{service}")).await;
            let checked = &house.app.zone().services()[service];
            let drawing = page.body.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
            assert!(drawing.contains("role=\"img\"") && drawing.contains("<title") && drawing.contains("<desc"));
            assert_eq!(drawing.matches("class=\"stage ").count(), checked.stages.len(), "{service}");
            assert_eq!(page.body.matches("<table class=\"rules\"").count(), checked.tables.len(), "{service}");
            for table in checked.tables.values() {
                let rules = table.table.rules().rows.len();
                assert!(page.body.matches("<th scope=\"row\">").count() >= rules, "{service}");
            }
            assert!(page.body.contains(&hex::encode(checked.hash())), "the definition's hash");
        }
    }
}

/// Where numbers follow a word in a tag.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|own: char| own != '-' && own != '.' && !own.is_ascii_digit())
        .filter_map(|own| own.parse().ok())
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// An estimate of its own: a letter of DejaVu Sans Bold takes 0.62 em in English text and 0.55 in Persian, on average.
fn least_width(text: &str, language: &str) -> f64 {
    let letters = text.chars().filter(|own| *own != '\u{200c}').count() as f64;
    letters * 13.0 * if language == "en" { 0.62 } else { 0.55 }
}

#[tokio::test]
async fn no_name_runs_out_of_its_shape_and_the_drawing_fits_the_page() {
    let house = House::open().await;
    for (service, language) in SERVICES.iter().flat_map(|service| [(service, "fa"), (service, "en")]) {
        let page = house.visitor().open(&format!("/{language}/services/{service}")).await;
        let drawing = page.body.split("<svg viewBox=\"").nth(1).unwrap().split("</svg>").next().unwrap();
        let [_, _, wide, high] = numbers(drawing.split('"').next().unwrap())[..] else { panic!("{drawing}") };
        // The page's text is 60 rem wide, less its sides and the frame.
        assert!(wide <= 910.0, "{service}, {language}: {wide} px at 1280 px");
        let first = drawing.split("<g class=\"stage ").nth(1).unwrap();
        let begins = numbers(attribute(first, "transform").unwrap())[0];
        assert!(
            (begins <= wide / 2.0) == (language == "en") || begins * 2.0 == wide,
            "{service}: at {begins} of {wide}"
        );
        for stage in drawing.split("<g class=\"stage ").skip(1) {
            let stage = stage.split("</g>").next().unwrap();
            let [x, y] = numbers(attribute(stage, "transform").unwrap())[..] else { panic!("{stage}") };
            let shape = stage.split(['<', '>']).find(|tag| tag.starts_with("rect") || tag.starts_with("path")).unwrap();
            let (width, height) = match attribute(shape, "d") {
                Some(points) => {
                    let points = numbers(points);
                    let most = |from: usize| {
                        points.iter().skip(from).step_by(2).fold(0.0, |most: f64, own| most.max(own.abs()))
                    };
                    (2.0 * most(0), 2.0 * most(1))
                }
                None => (
                    attribute(shape, "width").unwrap().parse().unwrap(),
                    attribute(shape, "height").unwrap().parse().unwrap(),
                ),
            };
            let lines: Vec<&str> =
                stage.split("<text").skip(1).map(|text| text.split(['>', '<']).nth(1).unwrap()).collect();
            assert!(!lines.is_empty() && lines.len() as f64 * 16.0 <= height, "{lines:?} in {height} px");
            for line in lines {
                assert!(least_width(line, language) + 12.0 <= width, "{line} in {width} px of {service}");
            }
            assert!(x - width / 2.0 >= 0.0 && x + width / 2.0 <= wide, "{service}: {stage} is off the sheet");
            assert!(y - height / 2.0 >= 0.0 && y + height / 2.0 <= high, "{service}: {stage} is off the sheet");
        }
    }
}

#[tokio::test]
async fn a_service_says_what_it_needs_and_until_when_it_answers() {
    let house = House::open().await;
    let page = house.visitor().open("/fa/services/activity-licence").await;
    page.says("حداکثر ظرف ۱۰ روز کاری پاسخ می‌گیرید.");
    page.says("مبلغ سرمایه‌گذاری (ریال)");
    page.says("پیش‌نویس تأییدنشده");
    page.does_not_say("⟦");
    assert_eq!(page.links("/fa/apply/"), ["/fa/apply/activity-licence"]);
    let page = house.visitor().open("/en/services/building-permit").await;
    page.says("You get an answer within 30 working days at most.");
    page.says("From IRR 20,000,000 to IRR 900,000,000");
    page.says("unconfirmed draft");
}

/// A drawing wider than a telephone is folded there by the stylesheet, and the list that says the same is open everywhere.
#[tokio::test]
async fn the_list_of_stages_is_open() {
    let house = House::open().await;
    let page = house.visitor().open("/fa/services/building-permit").await;
    let list = page.body.split("<details open>").nth(1).unwrap();
    assert!(list.split("</details>").next().unwrap().contains("<ol class=\"stages\">"), "{list}");
    let style = house.visitor().get("/assets/style.css").await.body;
    assert!(style.contains(":where(:lang(fa)) ol { list-style-type: persian; }"), "a Persian list has Persian numbers");
}

#[tokio::test]
async fn an_appeal_begins_at_its_case_and_not_here() {
    let house = House::open().await;
    let page = house.visitor().open("/fa/services/review-board").await;
    assert!(page.links("/fa/apply/").is_empty());
    page.says("اعتراض از صفحه همان پرونده‌ای شروع می‌شود");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_not_found() {
    let house = House::open().await;
    let page = house.visitor().get("/en/services/nothing").await;
    assert_eq!(page.status, 404);
    page.says("This page is not here");
}

#[tokio::test]
async fn laws_are_named_in_the_readers_language() {
    let house = House::open().await;
    let (persian, english) = ("قانون شهرداری (۱۳۳۴)", "Municipalities Law (1334)");
    let page = house.visitor().open("/fa/services/building-permit").await;
    page.says(persian);
    page.does_not_say(english);
    let page = house.visitor().open("/en/services/building-permit").await;
    page.says(english);
    page.does_not_say(persian);
}
