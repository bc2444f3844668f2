//! `/{language}/desk`: only what is theirs; decide, ask, advise; what is wrong beside its field.

use crate::common::{Browser, House, Page};

async fn desk(officer: &mut Browser, case: &app::Acted) -> Page {
    officer.open(&format!("/en/desk/{}", case.case)).await
}

#[tokio::test]
async fn the_desk_has_only_what_was_drawn() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let page = house.sign_in(&officer).await.open("/fa/desk").await;
    page.says(&acted.case.reference());
    page.says("روز کاری مانده");
    for seat in &house.app.roster().seats {
        if seat.officer == officer {
            continue;
        }
        let mut other = house.sign_in(&seat.officer).await;
        other.open("/en/desk").await.does_not_say(&acted.case.reference());
        let there = other.get(&format!("/en/desk/{}", acted.case)).await;
        let nowhere = other.get("/en/desk/0123456789abcdef0123456789abcdef").await;
        assert_eq!((there.status.as_u16(), there.text()), (404, nowhere.text()), "{}", seat.officer);
    }
    assert_eq!(house.sign_in("P-0002").await.get("/en/desk").await.status, 403);
}

#[tokio::test]
async fn the_officer_sees_what_the_rules_propose_and_what_silence_does() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let page = house.sign_in(&officer).await.open(&format!("/fa/desk/{}", acted.case)).await;
    page.says("پیشنهاد قاعده‌ها");
    page.says("اگر در مهلت پاسخی داده نشود: صدور پروانه");
    page.says("پیش‌نویس تأییدنشده");
}

/// Nobody decides on the bare number of a company or of premises.
#[tokio::test]
async fn the_officer_sees_what_the_registers_say() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let page = house.sign_in(&officer).await.open(&format!("/fa/desk/{}", acted.case)).await;
    page.says("صنایع نمونه آرارات، ");
    page.says("(C-0002)");
    page.says("سرمایه شرکت: ۸۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال");
    page.says("ماکو، ");
    page.says("(M-0003)");
    page.says("مساحت محل فعالیت (مترمربع): ");
    page.does_not_say("P-0002");
    assert_eq!(page.text().matches("بدهی سررسیدشده شرکت به سازمان").count(), 1, "{}", page.text());
    let mut reza = house.sign_in("P-0002").await;
    reza.open(&format!("/en/cases/{}", acted.case)).await.says("صنایع نمونه آرارات");
}

#[tokio::test]
async fn a_refusal_without_a_ground_comes_back_beside_the_field() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut officer = house.sign_in(&officer).await;
    let page = desk(&mut officer, &acted).await;
    let typed = [("route", "refuse"), ("ground", ""), ("note", "too \"near\" the school")];
    let page = officer.submit_only(&page, "route", &typed).await;
    assert_eq!(page.status, 200);
    page.says("A refusal, an objection and a question must cite a ground.");
    assert!(page.body.contains("href=\"#decide-ground\"") && page.body.contains("id=\"decide-ground-error\""));
    assert!(page.body.contains("value=\"refuse\" checked"), "what was chosen stays: {}", page.body);
    page.says("too \"near\" the school");
    let page = officer.submit_only(&page, "route", &[("note", "x")]).await;
    page.says("Choose your decision.");
    let page = officer.submit_only(&page, "route", &[("route", "refuse"), ("ground", "building-fee")]).await;
    page.says("Choose one of the grounds offered.");
    assert_eq!(house.view(&acted).await.row.seq, acted.seq, "nothing was done");
    let done = officer.submit(&page, "route", &[("route", "refuse"), ("ground", "activity-unsuited")]).await;
    done.says("Done, and recorded.");
    assert_eq!(house.view(&acted).await.case.stage, "refused");
    let mut reza = house.sign_in("P-0002").await;
    reza.open(&format!("/en/cases/{}", acted.case)).await.says("A high-risk activity is allowed only in premises");
}

#[tokio::test]
async fn the_officer_asks_once_for_all_that_is_missing() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut officer = house.sign_in(&officer).await;
    let page = desk(&mut officer, &acted).await;
    let page = officer.submit_only(&page, "ask-investment", &[("ground", "incomplete")]).await;
    page.says("Mark at least one thing.");
    let typed = [("ask-investment", "yes"), ("note-investment", "the sum"), ("ground", "")];
    let page = officer.submit_only(&page, "ask-investment", &typed).await;
    page.says("must cite a ground");
    assert!(page.body.contains("value=\"the sum\""), "what was typed stays");
    let typed = [("ask-investment", "yes"), ("note-investment", "the sum"), ("ground", "incomplete")];
    officer.submit(&page, "ask-investment", &typed).await.says("Done, and recorded.");
    desk(&mut officer, &acted).await.says("This case does not wait for you now.");
    let again = officer.submit_only(&page, "ask-investment", &typed).await;
    assert!(matches!(again.status.as_u16(), 303 | 409), "a repeat is answered as before: {}", again.status);
}

#[tokio::test]
async fn a_stale_page_changes_nothing() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut browser = house.sign_in(&officer).await;
    let page = desk(&mut browser, &acted).await;
    house.ask(&officer, &acted, "").await;
    let before = house.view(&acted).await.row.seq;
    let stale = browser.submit_only(&page, "route", &[("route", "grant")]).await;
    assert_eq!(stale.status, 409);
    stale.says("This page is out of date");
    stale.says("Nothing was done.");
    assert_eq!(house.view(&acted).await.row.seq, before);
}

#[tokio::test]
async fn consulted_authorities_answer_with_a_ground_for_an_objection() {
    let house = House::open().await;
    let acted = house.permit().await;
    house.pay(&acted, "R-1").await;
    house.settle().await;
    let fire = house.holders(&acted).await.into_iter().find(|id| id == "O-0018" || id == "O-0019").unwrap();
    let mut fire = house.sign_in(&fire).await;
    let page = desk(&mut fire, &acted).await;
    let page = fire.submit_only(&page, "opinion", &[("note", "narrow street")]).await;
    page.says("Choose the opinion of your authority.");
    let page = fire.submit_only(&page, "opinion", &[("opinion", "object"), ("note", "narrow street")]).await;
    page.says("must cite a ground");
    page.says("narrow street");
    assert!(page.body.contains("href=\"#fire-ground\"") && page.body.contains("id=\"fire-ground\""));
    let typed = [("opinion", "object"), ("ground", "fire-safety"), ("note", "narrow street")];
    fire.submit(&page, "opinion", &typed).await.says("Done, and recorded.");
    let mut sara = house.sign_in("P-0001").await;
    sara.open(&format!("/en/cases/{}", acted.case)).await.says("narrow street");
}

/// Where the desk promises an order, the page says who is first; out of turn only on a ground, which the applicant reads.
#[tokio::test]
async fn a_case_that_is_not_first_waits_or_is_taken_out_of_turn() {
    let house = House::open().await;
    // One company, one matter, one officer.
    let (first, officer) = house.premises("the first address").await;
    let (second, same) = house.premises("the second address").await;
    assert_eq!(officer, same);
    let mut officer = house.sign_in(&officer).await;
    let page = desk(&mut officer, &second).await;
    page.says("Another case comes before this one");
    page.says(&first.case.reference());
    assert!(!page.body.contains("name=\"route\""), "a decision is offered that would be refused: {}", page.body);
    desk(&mut officer, &first).await.does_not_say("Another case comes before this one");
    let page = officer.submit_only(&page, "ground", &[("ground", "")]).await;
    page.says("must cite a ground");
    assert_eq!(house.view(&second).await.row.seq, second.seq, "nothing was done");
    let page = officer.submit(&page, "ground", &[("ground", "urgent-need")]).await;
    page.does_not_say("Another case comes before this one");
    let done = officer.submit(&page, "route", &[("route", "grant")]).await;
    done.says("Done, and recorded.");
    let page = house.sign_in("P-0001").await.open(&format!("/fa/cases/{}", second.case)).await;
    page.says("این پرونده را خارج از نوبت برداشت");
    page.says("زیانی جبران‌ناپذیر");
}

/// Before anybody applies, the service's page says that the desk keeps an order.
#[tokio::test]
async fn the_order_is_promised_on_the_services_page() {
    let house = House::open().await;
    house.visitor().open("/en/services/premises-registration").await.says("in the order in which they were opened");
    house.visitor().open("/en/services/activity-licence").await.does_not_say("in the order in which they were opened");
}

/// The rules propose what nothing can rest on any more: the officer sees it, and so does whoever meets a fee or a rule of that kind.
#[tokio::test]
async fn what_rests_on_law_that_has_lapsed_is_told_as_such() {
    let house = House::lapsing(&["activity-unsuited", "building-fee", "fz-arrears-1"]).await;
    let acted = house.licence("P-0001", "C-0001", "M-0001", "0810").await;
    let path = format!("/en/desk/{}", acted.case);
    let officer = house.holders(&acted).await[0].clone();
    let page = house.sign_in(&officer).await.open(&path).await;
    page.says("What the rules propose");
    page.does_not_say("not in force today");
    house.app.clock.advance(jiff::SignedDuration::from_hours(24 * 3));
    let page = house.sign_in(&officer).await.open(&path).await;
    page.says("A high-risk activity is allowed only in premises");
    page.says("not in force today");
    let service = house.sign_in("P-0003").await.open("/fa/services/building-permit").await;
    service.says("امروز معتبر نیست");
    let account = house.app.account("P-0001").await.unwrap();
    let plans = house.document("P-0001", "plans.pdf").await;
    let facts = house.permit_facts(plans);
    let draft = app::Draft { service: "building-permit".to_owned(), facts, ..app::Draft::default() };
    let refused = house.app.submit(&account, &draft, None).await;
    let Err(app::AppError::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(serde_json::to_value(refusal.kind()).unwrap(), "ground-lapsed");
}
