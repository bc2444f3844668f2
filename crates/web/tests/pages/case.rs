//! `/{language}/cases/{case}`: one case, its history, and what its applicant can do.

use crate::common::House;

#[tokio::test]
async fn the_history_tells_each_step_and_its_place_in_the_log() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open(&format!("/fa/cases/{}", acted.case)).await;
    for step in ["درخواست ثبت شد", "جدول «شرایط صدور پروانه فعالیت» اجرا شد", "موافقت شد"]
    {
        page.says(step);
    }
    let entries = page.links("/fa/log/");
    assert_eq!(entries.len() as u64, house.view(&acted).await.row.seq);
    for entry in entries {
        sara.open(&entry).await;
    }
    assert_eq!(page.links("/fa/cases/"), [format!("/fa/cases/{}/certificate", acted.case)]);
}

#[tokio::test]
async fn the_applicant_answers_what_was_asked() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    house.ask(&officer, &acted, "رقم را با پیش‌فاکتور مقایسه کنید").await;
    let mut reza = house.sign_in("P-0002").await;
    let path = format!("/fa/cases/{}", acted.case);
    let page = reza.open(&path).await;
    page.says("رقم را با پیش‌فاکتور مقایسه کنید");
    page.says("پیش‌نویس تأییدنشده");
    let again = reza.submit_only(&page, "investment", &[("investment", "هیچ")]).await;
    assert_eq!(again.status, 200);
    again.says("مبلغ را با رقم وارد کنید");
    assert!(again.body.contains("value=\"هیچ\"") && again.body.contains("href=\"#investment\""), "{}", again.body);
    let page = reza.submit(&again, "investment", &[("investment", "۲۰۰٬۰۰۰")]).await;
    page.says("متقاضی پاسخ داد");
    page.says("۲۰۰٬۰۰۰ ریال");
    // The page as it was is out of date by now.
    let stale = reza.submit_only(&again, "investment", &[("investment", "3")]).await;
    assert_eq!(stale.status, 409);
}

#[tokio::test]
async fn the_applicant_pays_and_the_case_goes_on() {
    let house = House::open().await;
    let acted = house.permit().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open(&format!("/en/cases/{}", acted.case)).await;
    page.says("Pay ");
    let page = sara.open(&format!("/en/cases/{}/pay", acted.case)).await;
    page.says("IRR 20,000,000");
    page.says("Sample payment service");
    let csrf = sara.open(&format!("/en/cases/{}/withdraw", acted.case)).await.form("reason").hidden[0].1.clone();
    let paid = sara.post(&format!("/en/cases/{}/pay", acted.case), &[("csrf", &csrf)]).await;
    assert_eq!(paid.status, 303);
    sara.open(&paid.location().unwrap()).await.says("Authorities are being consulted.");
    assert_eq!(sara.get(&format!("/en/cases/{}/pay", acted.case)).await.status, 422);
}

/// Elsewhere than in the demonstration the treasury is paid by the case's reference, and in time.
#[tokio::test]
async fn whoever_pays_at_the_treasury_is_told_the_reference_and_the_deadline() {
    let house = House::with(web::SiteSettings::default()).await;
    let acted = house.permit().await;
    let page = house.sign_in("P-0001").await.open(&format!("/en/cases/{}/pay", acted.case)).await;
    page.says("Pay at the treasury with the reference of your case.");
    page.says(&acted.case.reference());
    page.says("5 working days left");
}

#[tokio::test]
async fn the_applicant_withdraws() {
    let house = House::open().await;
    let (acted, _) = house.waiting().await;
    let mut reza = house.sign_in("P-0002").await;
    let path = format!("/fa/cases/{}/withdraw", acted.case);
    let page = reza.open(&path).await;
    let done = reza.submit(&page, "reason", &[("reason", "دیگر لازم نیست")]).await;
    done.says("انصراف متقاضی");
    done.says("دیگر لازم نیست");
    let again = reza.submit_only(&page, "reason", &[]).await;
    assert!(matches!(again.status.as_u16(), 303 | 409), "{}", again.status);
}

#[tokio::test]
async fn a_document_is_kept_and_never_shown_inside_the_site() {
    let house = House::open().await;
    let acted = house.permit().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = sara.open(&format!("/en/cases/{}", acted.case)).await;
    let document = page.links("/en/cases/").into_iter().find(|link| link.contains("/documents/")).unwrap();
    let file = sara.get(&document).await;
    assert_eq!(file.bytes, crate::common::PDF);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(house.sign_in("P-0002").await.get(&document).await.status, 404);
}

#[tokio::test]
async fn anothers_case_is_just_as_little_there_as_one_that_is_not() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let real = acted.case.to_string();
    let unreal = "0123456789abcdef0123456789abcdef";
    let roster = house.app.roster();
    let colleague = roster.seats.iter().find(|seat| seat.role == "examiner" && seat.officer != officer);
    let colleague = colleague.unwrap().officer.clone();
    for stranger in ["P-0001".to_owned(), "O-0018".to_owned(), colleague] {
        let mut stranger = house.sign_in(&stranger).await;
        for page in ["", "/withdraw", "/pay", "/certificate", "/certificate.cose", "/certificate.txt"] {
            let there = stranger.get(&format!("/en/cases/{real}{page}")).await;
            let nowhere = stranger.get(&format!("/en/cases/{unreal}{page}")).await;
            assert_eq!((there.status.as_u16(), nowhere.status.as_u16()), (404, 404), "{page}");
            assert_eq!(there.text(), nowhere.text(), "{page}");
            assert_eq!(there.bytes.len(), nowhere.bytes.len(), "{page}");
            let names = |page: &crate::common::Page| page.headers.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&there), names(&nowhere), "{page}");
        }
        for form in ["supply", "withdraw", "pay"] {
            let csrf = csrf(&mut stranger).await;
            let fields = [("csrf", csrf.as_str()), ("seen", "1")];
            let there = stranger.post(&format!("/en/cases/{real}/{form}"), &fields).await;
            let nowhere = stranger.post(&format!("/en/cases/{unreal}/{form}"), &fields).await;
            assert_eq!((there.status.as_u16(), nowhere.status.as_u16()), (404, 404), "{form}");
            assert_eq!(there.text(), nowhere.text(), "{form}");
        }
    }
}

/// What the forms of somebody's session carry: the form that signs out has it.
pub async fn csrf(browser: &mut crate::common::Browser) -> String {
    let page = browser.open("/en").await;
    page.form("csrf").hidden.into_iter().find(|(name, _)| name == "csrf").unwrap().1
}
