//! `/{language}/desk/{case}/amend` and `correct/{fact}`: one asks, and two officers who are drawn mend a clerical error.

use app::engine::CaseId;

use crate::common::{Browser, House, Page};

fn path(case: CaseId, fact: &str) -> String {
    format!("/en/desk/{case}/correct/{fact}")
}

async fn checked(officer: &mut Browser, case: CaseId, address: &str, reason: &str) -> Page {
    let page = officer.open(&path(case, "address")).await;
    officer.submit_only(&page, "reason", &[("address", address), ("reason", reason)]).await
}

#[tokio::test]
async fn one_finds_the_case_and_two_who_are_drawn_mend_it() {
    let house = House::open().await;
    let (acted, officer) = house.registered("ماکو، خیابان نمونه، پلاک ۱۲").await;
    let mut asking = house.sign_in("O-0001").await;
    let reference = acted.case.reference().to_lowercase().replace('-', " ").replace(' ', "%20");
    let page = asking.open(&format!("/en/desk/find?reference={reference}")).await;
    page.says("Nobody mends or revokes alone");
    // Who asks sees nothing of what the case holds.
    page.does_not_say("پلاک ۱۲");
    page.does_not_say("What has happened");
    let page = asking.submit_only(&page, "reason", &[("reason", " ")]).await;
    page.says("in at most 2,000 characters");
    asking
        .submit(&page, "reason", &[("reason", "the applicant says that the number is wrong")])
        .await
        .says("Done, and recorded.");
    let drawn = house.view(&acted).await.case.drawn("/again").to_vec();
    for page in ["correct/address", "revoke"] {
        for account in
            ["O-0001", officer.as_str()].into_iter().filter(|account| !drawn.iter().any(|one| one == account))
        {
            assert_eq!(house.sign_in(account).await.get(&format!("/en/desk/{}/{page}", acted.case)).await.status, 404);
        }
    }
    let (mut colleague, mut other) = (house.sign_in(&drawn[0]).await, house.sign_in(&drawn[1]).await);
    colleague.open("/en/desk").await.says(&acted.case.reference());
    colleague.open(&format!("/en/desk/{}", acted.case)).await.says("You were drawn by lot to look at this case again.");
    let page = colleague.open(&format!("/en/desk/{}/amend", acted.case)).await;
    page.says("Mend a clerical error");
    page.says("ماکو، خیابان نمونه، پلاک ۱۲");
    let links = page.links(&format!("/en/desk/{}/correct/", acted.case));
    // Not the use, the area or the lease: a choice, a number or a document is no slip of the pen.
    assert_eq!(links, [path(acted.case, "address")]);
    let check = checked(&mut colleague, acted.case, "ماکو، خیابان نمونه، پلاک ۲۱", "the digits were swapped").await;
    check.says("Check the correction before you record it");
    for text in ["پلاک ۱۲", "پلاک ۲۱", "the digits were swapped"] {
        check.says(text);
    }
    let done = colleague.submit(&check, "step", &[("step", "send")]).await;
    done.says("Done, and recorded.");
    done.says("shall say ماکو، خیابان نمونه، پلاک ۲۱");
    // One alone changes nothing; the other finds the proposal in the field; the applicant is not told before it stands.
    done.says("پلاک ۱۲");
    house.sign_in("P-0001").await.open(&format!("/en/cases/{}", acted.case)).await.does_not_say("پلاک ۲۱");
    let page = other.open(&path(acted.case, "address")).await;
    assert!(page.body.contains("پلاک ۲۱</textarea>"), "{}", page.body);
    let again = checked(&mut other, acted.case, "ماکو، خیابان نمونه، پلاک ۲۱", "so it is").await;
    other.submit(&again, "step", &[("step", "send")]).await.does_not_say("پلاک ۱۲");
    let page = house.sign_in("P-0001").await.open(&format!("/en/cases/{}", acted.case)).await;
    page.says("corrected a clerical error in: ");
    page.says("so it is");
    // The second click of a double click is answered as the first.
    let seq = house.view(&acted).await.row.seq;
    assert_eq!(colleague.submit_only(&check, "step", &[("step", "send")]).await.status, 303);
    assert_eq!(house.view(&acted).await.row.seq, seq);
}

#[tokio::test]
async fn what_needs_no_mending_is_left_as_it_stands() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let drawn = house.again(&acted).await;
    let mut officer = house.sign_in(&drawn[0]).await;
    let page = officer.open(&format!("/fa/desk/{}/amend", acted.case)).await;
    let done = officer.submit(&page, "note", &[("note", "درست است")]).await;
    done.says("انجام و ثبت شد");
    officer.open("/fa/desk").await.does_not_say(&acted.case.reference());
    let mut other = house.sign_in(&drawn[1]).await;
    other.open("/fa/desk").await.says(&acted.case.reference());
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let mut officer = house.sign_in(&house.again(&acted).await[0]).await;
    let seq = house.view(&acted).await.row.seq;
    let page = checked(&mut officer, acted.case, "", "").await;
    page.says("This is needed.");
    page.says("Say what was wrong.");
    for place in ["href=\"#address\"", "id=\"address-error\"", "href=\"#reason\"", "id=\"reason-error\""] {
        assert!(page.body.contains(place), "{place}: {}", page.body);
    }
    assert!(page.text().starts_with("Error: "), "{}", page.text());
    checked(&mut officer, acted.case, "ماکو", "none").await.says("This is what stands already.");
    checked(&mut officer, acted.case, &"ن".repeat(301), "too long").await.says("Enter at most 300 characters.");
    let page = checked(&mut officer, acted.case, "Maku", &"x".repeat(2001)).await;
    let page = officer.submit_only(&page, "step", &[("step", "send")]).await;
    page.says("in at most 2,000 characters");
    assert_eq!(house.view(&acted).await.row.seq, seq);
}

#[tokio::test]
async fn the_check_page_leads_back_with_what_was_typed() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let mut officer = house.sign_in(&house.again(&acted).await[0]).await;
    let check = checked(&mut officer, acted.case, "Maku, \"new\" street", "a <b>name</b>").await;
    let page = officer.submit_only(&check, "step", &[("step", "change")]).await;
    assert!(page.body.contains(">\nMaku, &#34;new&#34; street</textarea>"), "{}", page.body);
    assert!(page.body.contains("a &#60;b&#62;name&#60;/b&#62;"), "{}", page.body);
}

#[tokio::test]
async fn what_people_decided_on_is_not_swapped_for_something_else() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let mut officer = house.sign_in(&house.again(&acted).await[0]).await;
    for fact in ["use", "area", "lease"] {
        assert_eq!(officer.get(&path(acted.case, fact)).await.status, 404, "{fact}");
    }
}

#[tokio::test]
async fn a_stale_page_mends_nothing() {
    let house = House::open().await;
    let (acted, officer) = house.premises("ماکو").await;
    let mut browser = house.sign_in(&house.again(&acted).await[0]).await;
    let acted = app::Acted { seq: house.view(&acted).await.row.seq, ..acted };
    let form = browser.open(&path(acted.case, "address")).await;
    let check = checked(&mut browser, acted.case, "Maku", "name").await;
    let grant = app::engine::act::Act::Decide {
        route: "grant".to_owned(),
        ground: None,
        note: String::new(),
        facts: Default::default(),
    };
    let after = house.act(&officer, &acted, &grant).await;
    for (page, marker, step) in [(&form, "reason", ""), (&check, "step", "send")] {
        let typed = [("step", step), ("address", "Maku"), ("reason", "name")];
        let stale = browser.submit_only(page, marker, &typed).await;
        assert_eq!(stale.status, 409, "{}", stale.text());
    }
    assert_eq!(house.view(&acted).await.row.seq, after.seq);
}

#[tokio::test]
async fn only_the_competent_authority_mends_and_only_what_decides_nothing() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو").await;
    let drawn = house.again(&acted).await;
    for stranger in ["P-0001", "O-0018", "S-0001"] {
        let mut stranger = house.sign_in(stranger).await;
        for page in ["amend", "correct/address", "revoke"] {
            let there = stranger.get(&format!("/en/desk/{}/{page}", acted.case)).await;
            let nowhere = stranger.get(&format!("/en/desk/0123456789abcdef0123456789abcdef/{page}")).await;
            assert_eq!((there.status.as_u16(), there.text()), (404, nowhere.text()), "{page}");
        }
    }
    let mut fire = house.sign_in("O-0018").await;
    let there = fire.open(&format!("/en/desk/find?reference={}", acted.case.reference())).await;
    let nowhere = fire.open("/en/desk/find?reference=0000-0000-0000").await;
    there.says("Your authority has no case of this reference.");
    nowhere.says("Your authority has no case of this reference.");
    let mut officer = house.sign_in(&drawn[0]).await;
    assert_eq!(officer.get(&path(acted.case, "company")).await.status, 404, "a register owns it");
    assert_eq!(officer.get(&path(acted.case, "nothing")).await.status, 404);
    let licence = house.granted().await;
    let mut officer = house.sign_in(&house.again(&licence).await[0]).await;
    let page = officer.open(&format!("/en/desk/{}/amend", licence.case)).await;
    page.says("Nothing in this case can be mended as a clerical error.");
    assert_eq!(officer.get(&path(licence.case, "investment")).await.status, 404, "a rule reads it");
}
