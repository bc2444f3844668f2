//! `/{language}/desk/{case}/revoke`: officers who are drawn revoke a certificate on a ground.

use crate::common::House;

#[tokio::test]
async fn a_certificate_is_revoked_by_two_after_a_look() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let drawn = house.again(&acted).await;
    let seq = house.view(&acted).await.row.seq;
    let mut sara = house.sign_in("P-0001").await;
    let text = sara.get(&format!("/en/cases/{}/certificate.txt", acted.case)).await.body;
    let mut officer = house.sign_in(&drawn[0]).await;
    let page = officer.open(&format!("/fa/desk/{}/amend", acted.case)).await;
    let page = officer.open(&page.links(&format!("/fa/desk/{}/revoke", acted.case))[0]).await;
    page.does_not_say("عوارض");
    let none = officer.submit_only(&page, "ground", &[("note", "سند جعلی است")]).await;
    none.says("یکی از مستندهای فهرست را انتخاب کنید.");
    none.says("سند جعلی است");
    assert!(none.body.contains("href=\"#ground\"") && none.body.contains("id=\"ground-error\""));
    let typed = [("ground", "premises-lease"), ("note", "سند جعلی است")];
    let check = officer.submit_only(&none, "ground", &typed).await;
    check.says("ابطال برگشت‌پذیر نیست");
    check.says("حق استفاده شرکت از محل");
    let change = officer.submit_only(&check, "step", &[("step", "change")]).await;
    assert!(change.body.contains("value=\"premises-lease\" selected"), "{}", change.body);
    assert_eq!(house.view(&acted).await.row.seq, seq, "a look does nothing");
    let alone = officer.submit(&check, "step", &[("step", "send")]).await;
    alone.does_not_say("این گواهی ابطال شده است.");
    alone.says("ابطال را با این مستند پیشنهاد کرده است");
    house.settle().await;
    sara.open(&format!("/fa/cases/{}/certificate", acted.case)).await.does_not_say("این گواهی ابطال شده است.");
    let mut other = house.sign_in(&drawn[1]).await;
    let page = other.open(&format!("/fa/desk/{}/revoke", acted.case)).await;
    page.says("ابطال را با این مستند پیشنهاد کرده است");
    let check = other.submit_only(&page, "ground", &[("ground", "premises-lease")]).await;
    other.submit(&check, "step", &[("step", "send")]).await.says("این گواهی ابطال شده است.");
    house.settle().await;
    let page = sara.open(&format!("/fa/cases/{}/certificate", acted.case)).await;
    page.says("این گواهی ابطال شده است.");
    page.says("حق استفاده شرکت از محل");
    let form = house.visitor().open("/en/verify").await;
    house.visitor().submit(&form, "text", &[("text", &text)]).await.says("The certificate was revoked");
}

/// Officers and lists say the same of a case as its own page.
#[tokio::test]
async fn a_revoked_certificate_looks_granted_nowhere() {
    let house = House::open().await;
    let (acted, officer) = house.registered("ماکو").await;
    let drawn = house.again(&acted).await;
    let value = app::definition::value::Value::Text("ماکو، خیابان دوم".to_owned());
    let act = app::engine::act::Act::Correct { fact: "address".to_owned(), value, reason: "پلاک".to_owned() };
    house.act(&drawn[0], &acted, &act).await;
    let act = app::engine::act::Act::Revoke { ground: "incomplete".to_owned(), note: String::new() };
    house.act(&drawn[0], &acted, &act).await;
    house.act(&drawn[1], &acted, &act).await;
    let pages = [
        ("P-0001", "/cases".to_owned()),
        ("P-0001", format!("/cases/{}", acted.case)),
        (&officer, format!("/desk/{}", acted.case)),
        (&drawn[0], format!("/desk/{}/amend", acted.case)),
        (&drawn[1], format!("/desk/{}/amend", acted.case)),
    ];
    for (account, path) in pages {
        for (language, revoked, granted) in
            [("fa", "صادر و سپس ابطال شد", "موافقت شد"), ("en", "Granted, and revoked since", "Granted")]
        {
            let page = house.sign_in(account).await.open(&format!("/{language}{path}")).await;
            page.says(revoked);
            let standing = page.text().replace(revoked, "");
            let history = if language == "fa" { "تاریخچه" } else { "What has" };
            let standing = standing.split(history).next().unwrap_or_default();
            assert!(!standing.contains(granted), "{account} {path}: {standing}");
            assert!(
                !page.body.contains("panel good") && !page.body.contains("tag good"),
                "{account} {path}: {}",
                page.body
            );
            if path.ends_with("/amend") {
                page.does_not_say("خیابان دوم");
                assert!(page.links(&format!("/{language}/desk/{}/correct", acted.case)).is_empty(), "{}", page.body);
            }
        }
    }
}

#[tokio::test]
async fn what_is_revoked_or_was_never_issued_is_not_revoked() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let (waiting, _) = house.premises("ماکو").await;
    let mut browser = house.sign_in(&house.again(&waiting).await[0]).await;
    let path = |case: app::engine::CaseId| format!("/en/desk/{case}/revoke");
    let page = browser.get(&path(waiting.case)).await;
    assert_eq!(page.status, 422);
    page.says("The case issued none, or it was revoked before.");
    let drawn = house.again(&acted).await;
    let mut browser = house.sign_in(&drawn[0]).await;
    let form = browser.open(&path(acted.case)).await;
    let act = app::engine::act::Act::Revoke { ground: "incomplete".to_owned(), note: String::new() };
    for officer in &drawn {
        house.act(officer, &acted, &act).await;
    }
    let stale = browser.submit_only(&form, "ground", &[("step", "send"), ("ground", "premises-lease")]).await;
    assert_eq!(stale.status, 409);
    assert_eq!(browser.get(&path(acted.case)).await.status, 422);
}
