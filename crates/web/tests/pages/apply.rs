//! `/{language}/apply/{service}`: one question a page, save and come back, check the answers, submit.

use crate::common::scene::activity;
use crate::common::{Browser, House, PDF, Page, Upload};

/// Answers the question of a page.
async fn answer(browser: &mut Browser, page: &Page, fact: &str, answer: &str) -> Page {
    browser.submit(page, "version", &[(fact, answer)]).await
}

/// An application for an activity licence, up to the check page.
async fn answered(browser: &mut Browser, investment: &str) -> Page {
    let page = browser.open("/fa/apply/activity-licence").await;
    page.says("پرسش ۱ از ۴");
    let page = answer(browser, &page, "company", "C-0001").await;
    let page = answer(browser, &page, "activity", &activity("low")).await;
    let page = answer(browser, &page, "premises", "M-0001").await;
    answer(browser, &page, "investment", investment).await
}

#[tokio::test]
async fn a_company_applies_and_is_answered() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = answered(&mut sara, "۱٬۲۵۰٬۰۰۰").await;
    page.says("بازبینی پاسخ‌ها");
    page.says("بازرگانی نمونه ارس، شرکت با مسئولیت محدود (C-0001)");
    page.says("۱٬۲۵۰٬۰۰۰ ریال");
    let form = page.form("key");
    let case = sara.submit(&page, "key", &[]).await;
    case.says("پروانه صادر شد");
    // The second click of a double click leads to the same case.
    let hidden: Vec<(&str, &str)> = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let twice = sara.post(&form.action, &hidden).await;
    let once = sara.open("/fa/cases").await.links("/fa/cases/");
    assert_eq!(once, [twice.location().unwrap()]);
}

#[tokio::test]
async fn answers_are_kept_for_another_day() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open("/fa/apply/activity-licence").await;
    answer(&mut sara, &page, "company", "C-0001").await;
    let mut later = house.sign_in("P-0001").await;
    let page = later.open("/en/cases").await;
    page.says("not sent yet");
    let page = later.open(&page.links("/en/apply/")[0]).await;
    page.says("Question 2 of 4");
    let page = later.open("/en/apply/activity-licence/company").await;
    assert!(page.body.contains("value=\"C-0001\" checked"), "{}", page.body);
    // Somebody else's draft is their own.
    let mut reza = house.sign_in("P-0002").await;
    assert!(reza.open("/en/cases").await.links("/en/apply/").is_empty());
}

#[tokio::test]
async fn an_amount_is_read_however_it_is_written() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    answered(&mut sara, "1").await;
    for amount in ["1250000", "۱۲۵۰۰۰۰", "١٢٥٠٠٠٠", "1,250,000", "۱٬۲۵۰٬۰۰۰", "۱،۲۵۰،۰۰۰", " 1 250 000 ", "۱۲۵۰۰۰۰٫۰"]
    {
        let page = sara.open("/fa/apply/activity-licence/investment?change=true").await;
        let page = answer(&mut sara, &page, "investment", amount).await;
        page.says("۱٬۲۵۰٬۰۰۰ ریال");
    }
}

#[tokio::test]
async fn a_wrong_answer_comes_back_with_what_to_do() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    answered(&mut sara, "1").await;
    let wrong = [
        ("", "پاسخ دادن به این مورد الزامی است."),
        ("بسیار", "مبلغ را با رقم وارد کنید، مانند ۲۵۰٬۰۰۰."),
        ("12,5", "مبلغ را با رقم وارد کنید"),
        ("999999999999999999999999999999999999", "عدد بیش از اندازه بزرگ است."),
        ("<i>1</i>", "مبلغ را با رقم وارد کنید"),
        ("-5", "۰ یا بیشتر وارد کنید."),
    ];
    for (text, says) in wrong {
        let page = sara.open("/fa/apply/activity-licence/investment").await;
        let page = answer(&mut sara, &page, "investment", text).await;
        page.says(says);
        page.says("لطفاً این موارد را درست کنید");
        assert!(page.text().starts_with("خطا: مبلغ سرمایه‌گذاری"), "the title says so first: {}", page.text());
        assert!(page.body.contains("href=\"#investment\""), "the summary leads to the field");
        assert!(page.body.contains("aria-describedby=\"investment-hint investment-error\" aria-invalid=\"true\""));
        assert!(!page.body.contains("<i>"), "{}", page.body);
        if !text.contains('<') {
            assert!(page.body.contains(&format!("value=\"{text}\"")), "what was typed stays: {}", page.body);
        }
    }
    let page = sara.open("/en/apply/activity-licence/activity").await;
    answer(&mut sara, &page, "activity", "no-such-code").await.says("Choose one of the answers offered.");
    let page = sara.open("/en/apply/activity-licence/company").await;
    answer(&mut sara, &page, "company", "").await.says("This is needed.");
}

/// As the engine judges it, and with the cause: what is refused at the end is refused at its question.
#[tokio::test]
async fn a_text_that_cannot_be_said_is_refused_at_its_question() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let path = "/fa/apply/company-registration/name";
    for (text, says) in [
        ("نمونه \u{202e}gpj", "متن نویسه‌هایی دارد که جهت نوشته را برمی‌گردانند. آن‌ها را پاک کنید."),
        ("\u{200c}\u{200f}", "متن وارد کنید."),
    ] {
        let page = sara.open(path).await;
        answer(&mut sara, &page, "name", text).await.says(says);
    }
    let page = sara.open(path).await;
    assert_eq!(sara.submit_only(&page, "version", &[("name", "می\u{200c}شود")]).await.status, 303);
}

#[tokio::test]
async fn an_activity_is_found_by_its_code() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open("/fa/apply/activity-licence/activity").await;
    page.says("0141 – پرورش گاو و گاومیش");
    // Other lists have codes that tell nobody anything.
    sara.open("/en/apply/company-registration/form").await.does_not_say("limited-liability");
}

/// Nobody answers questions about a decision that they did not name.
#[tokio::test]
async fn an_appeal_against_nothing_is_refused_at_the_first_page() {
    let house = House::open().await;
    let mut reza = house.sign_in("P-0002").await;
    for path in ["/fa/apply/review-board", "/fa/apply/review-board/reasons", "/fa/apply/review-board/check"] {
        let page = reza.get(path).await;
        assert_eq!(page.status, 422, "{path}");
        page.says("اعتراض از صفحه پرونده شروع می‌شود");
        assert!(page.links("/fa/cases").len() > 1, "a way on, besides the menu's: {}", page.body);
        page.is_sound();
    }
}

#[tokio::test]
async fn somebody_elses_company_is_refused_like_none_and_nothing_is_sent() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    sara.open("/en/apply/activity-licence/company").await.does_not_say("C-0002");
    let mut told = Vec::new();
    for (company, premises) in [("C-0002", "M-0003"), ("C-0002", "M-9999"), ("C-9999", "M-0003"), ("C-9999", "M-9999")]
    {
        let activity = activity("low");
        for (fact, value) in
            [("company", company), ("activity", &activity), ("premises", premises), ("investment", "1")]
        {
            let page = sara.open(&format!("/en/apply/activity-licence/{fact}")).await;
            answer(&mut sara, &page, fact, value).await;
        }
        let page = sara.open("/en/apply/activity-licence/check").await;
        let page = sara.submit_only(&page, "key", &[]).await;
        page.says("The register has no record of this number that can be named here.");
        told.push((page.status, page.text().replace(company, "COMPANY").replace(premises, "PREMISES")));
    }
    assert!(told.iter().all(|one| *one == told[0] && one.0 == 200), "whether there is one shows: {told:#?}");
    assert!(sara.open("/en/cases").await.links("/en/cases/").is_empty());
}

#[tokio::test]
async fn an_answer_in_another_window_is_not_overwritten_unseen() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let old = sara.open("/en/apply/activity-licence/company").await;
    answer(&mut sara, &old, "company", "C-0001").await;
    let page = sara.submit_only(&old, "version", &[("company", "C-0004")]).await;
    // The question as it stands now, with what was typed: a second look, and it is saved.
    page.says("Nothing was saved.");
    assert!(page.body.contains("value=\"C-0004\" checked"), "{}", page.body);
    assert!(sara.open("/en/apply/activity-licence/company").await.body.contains("value=\"C-0001\" checked"));
    sara.submit(&page, "version", &[("company", "C-0004")]).await.says("Question 2 of 3");
    assert!(sara.open("/en/apply/activity-licence/company").await.body.contains("value=\"C-0004\" checked"));
}

/// A Persian name does not turn an English line round: each part is set in its own direction, and what is put together in the page's.
#[tokio::test]
async fn a_persian_name_stays_in_its_place_in_an_english_line() {
    let house = House::open().await;
    let told = "\u{2068}صنایع نمونه آرارات\u{2069}, \u{2068}Private joint-stock company\u{2069} (<bdi dir=\"ltr\">C-0002</bdi>)";
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open("/en/apply/activity-licence/company").await;
    assert!(page.body.contains(&format!("\">{told}</label>")), "{}", page.body);
    let mut page = answer(&mut reza, &page, "company", "C-0002").await;
    for (fact, value) in [("activity", activity("high").as_str()), ("premises", "M-0003"), ("investment", "1")] {
        page = answer(&mut reza, &page, fact, value).await;
    }
    assert!(page.body.contains(&format!("<span class=\"said\">{told}</span>")), "{}", page.body);
    let case = reza.submit(&page, "key", &[]).await;
    assert!(case.body.contains(&format!("<span class=\"said\">{told}\n")), "{}", case.body);
    assert!(!case.body.contains("<bdi class=\"said\">\u{2068}"), "no part decides for the whole: {}", case.body);
}

#[tokio::test]
async fn a_draft_can_be_thrown_away() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = answered(&mut sara, "1").await;
    let drop = page.body.split("action=\"").find(|rest| rest.contains("/drop\"")).unwrap().split('"').next().unwrap();
    let csrf = page.form("key").hidden.into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    assert_eq!(sara.post(drop, &[("csrf", &csrf)]).await.location().as_deref(), Some("/fa/cases"));
    assert!(sara.open("/fa/cases").await.links("/fa/apply/").is_empty());
}

#[tokio::test]
async fn a_file_must_be_what_it_says() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let path = "/en/apply/company-registration/articles";
    let files: [(&str, &[u8], &str); 5] = [
        ("application/pdf", b"GIF89a", "what is in it is something else"),
        ("application/x-msdownload", b"MZ", "Send a PDF, JPEG, PNG or WebP file."),
        ("application/pdf", b"", "Nothing was kept."),
        ("application/pdf", &PDF[..PDF.len() - 10], "it was cut short or damaged"),
        ("application/pdf", PDF, ""),
    ];
    for (media_type, bytes, says) in files {
        let page = sara.open(path).await;
        let hidden = page.form("version").hidden;
        let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let file = Upload { field: "articles", name: "articles.pdf", media_type, bytes };
        let page = sara.upload(path, &fields, file).await;
        assert_eq!(page.status, if says.is_empty() { 303 } else { 200 }, "{media_type}: {}", page.text());
        page.says(says);
        page.does_not_say(media_type);
    }
    sara.open(path).await.says("Kept: ");
}

#[tokio::test]
async fn an_appeal_keeps_its_case_in_either_language() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let act = app::engine::act::Act::Decide {
        route: "refuse".to_owned(),
        ground: Some("activity-unsuited".to_owned()),
        note: String::new(),
        facts: Default::default(),
    };
    house.act(&officer, &acted, &act).await;
    let mut reza = house.sign_in("P-0002").await;
    let page = reza.open(&format!("/fa/cases/{}", acted.case)).await;
    let page = reza.open(&page.links("/fa/apply/review-board")[0]).await;
    let other = page.links("/en/apply/review-board/reasons");
    assert_eq!(other, [format!("/en/apply/review-board/reasons?appeals={}", acted.case)]);
    let page = reza.open(&other[0]).await;
    let page = answer(&mut reza, &page, "reasons", "The premises are safe.").await;
    let page = answer(&mut reza, &page, "evidence", "").await;
    page.says("Not given");
    let appeal = reza.submit(&page, "key", &[]).await;
    appeal.says("In the hands of: ");
    appeal.says("Review board");
    house.settle().await;
    let page = reza.open(&format!("/en/cases/{}", acted.case)).await;
    let standing = page.body.split("<h2>What is known").next().unwrap();
    assert!(standing.contains("An appeal was lodged"), "the first panel says so: {}", page.body);
    let to_cases = page.links("/en/cases/").into_iter().filter(|link| !link.contains("/draws/"));
    assert_eq!(to_cases.count(), 2, "there and in the history one gets to it: {}", page.body);
    let appeal = reza.open(&page.links("/en/cases/")[0]).await;
    appeal.says("The premises are safe.");
    assert!(page.links("/en/apply/").is_empty(), "nobody appeals twice");
}

#[tokio::test]
async fn a_question_that_is_not_put_is_not_found() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    assert_eq!(sara.get("/en/apply/activity-licence/nothing").await.status, 404);
    assert_eq!(sara.get("/en/apply/nothing").await.status, 404);
    assert_eq!(sara.get("/en/apply/building-permit/photograph").await.status, 404, "that is an inspector's");
    assert_eq!(house.sign_in("O-0001").await.get("/en/apply/activity-licence").await.status, 403);
}

#[tokio::test]
async fn what_has_one_answer_is_not_counted_as_a_question() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    // She holds one parcel.
    let page = sara.open("/en/apply/building-permit").await;
    page.says("Question 1 of 5");
    assert_eq!(page.links("/en/services/"), ["/en/services/building-permit"], "the way back leads out");
    let parcel = sara.open("/en/apply/building-permit/parcel").await;
    parcel.does_not_say("Question");
}

/// A list that would end without a word hides what somebody holds: where there are many, the key is typed.
#[tokio::test]
async fn of_very_many_records_the_key_is_typed() {
    let house = House::open().await;
    let one = |number: u32| app::engine::event::Entering {
        register: "parcels".to_owned(),
        key: format!("Z-9{number:04}"),
        held_by: Some("P-0001".to_owned()),
        values: Default::default(),
    };
    house.app.put_records(&(0..1001).map(one).collect::<Vec<_>>()).await.unwrap();
    let mut sara = house.sign_in("P-0001").await;
    let path = "/en/apply/building-permit/parcel";
    let page = sara.open(path).await;
    page.says("The register has too many of yours to list here. Enter the number of the one you mean");
    sara.open("/fa/apply/building-permit/parcel").await.says("شماره مورد خود را همان‌گونه که در دفتر ثبت آمده بنویسید");
    assert_eq!(sara.submit_only(&page, "parcel", &[("parcel", "Z-91000")]).await.status, 303);
    sara.open(path).await.form("parcel");
}
