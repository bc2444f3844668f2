//! Officers' pages where officers sign: what is shown before it is signed, what a form may say instead, and where a script may run.

use app::Officers;
use app::engine::roster::RosterAct;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::common::{Browser, House, Page};
use crate::soft::Authenticator;

const BASE: &str = "https://maku.example";

fn authenticator(seed: u8) -> Authenticator {
    Authenticator::es256(seed, "maku.example", BASE)
}

/// What the page's script is told.
fn told(page: &Page, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!(" data-{name}=\"")).unwrap_or_else(|| panic!("{}", page.body));
    rest.split_once('"').unwrap().0.to_owned()
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What the page's script sends when the passkey signs.
fn signature(page: &Page, own: &Authenticator) -> Vec<(&'static str, String)> {
    let made = own.sign(&BASE64_URL_SAFE_NO_PAD.decode(told(page, "challenge")).unwrap());
    vec![
        ("credential", text(&own.id)),
        ("authenticator_data", text(&made.authenticator_data)),
        ("client_data", text(made.client_data.as_bytes())),
        ("signature", text(&made.signature)),
    ]
}

fn fields<'f>(fields: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

async fn register(browser: &mut Browser, own: &Authenticator) -> Page {
    let page = browser.open("/en/officer").await;
    let page = browser.submit_only(&page, "name", &[("name", "phone")]).await;
    page.is_sound();
    let (client_data, attestation) = own.register(&BASE64_URL_SAFE_NO_PAD.decode(told(&page, "challenge")).unwrap());
    let made = [("client_data", text(client_data.as_bytes())), ("attestation", text(&attestation))];
    browser.submit(&page, "attestation", &fields(&made)).await
}

#[tokio::test]
async fn what_is_signed_is_said_in_words_and_nothing_is_done_before() {
    let house = House::signing(BASE, Officers::Passkey).await;
    let (acted, officer) = house.premises("ماکو").await;
    let mut browser = house.sign_in(&officer).await;
    let own = authenticator(1);
    register(&mut browser, &own).await.says("It stands in the public log");
    let desk = browser.open(&format!("/en/desk/{}", acted.case)).await;
    // A mistake comes back at its field before anybody signs.
    let wrong = browser.submit_only(&desk, "route", &[("route", "refuse")]).await;
    wrong.is_sound();
    assert!(!wrong.body.contains("data-passkey"), "{}", wrong.body);
    let check = browser.submit_only(&desk, "route", &[("route", "grant"), ("note", "<b>seen</b>")]).await;
    check.is_sound();
    check.says("Check and sign");
    check.says("&#60;b&#62;seen&#60;/b&#62;");
    check.does_not_say("Do it without signing");
    assert_eq!(told(&check, "party"), "maku.example");
    assert_eq!(told(&check, "passkeys"), text(&own.id));
    // Without a signature nothing is done, whatever the form says.
    let unsigned = browser.submit_only(&check, "signature", &[("step", "unsigned")]).await;
    assert_eq!(unsigned.status, 422);
    unsigned.says("This must be signed");
    // Nor with one over another act: the hidden field is only what the browser says.
    let signed = signature(&check, &own);
    let mut changed = fields(&signed);
    let other = r#"{"act":"decide","route":"grant","ground":null,"note":"other","facts":{}}"#;
    changed.push(("act", other));
    let refused = browser.submit_only(&check, "signature", &changed).await;
    assert_eq!(refused.status, 422);
    refused.says("Something else was signed");
    for garbage in
        ["", "{}", "[]", "{\"act\":\"lapse\",\"clock\":\"review\",\"due\":\"2026-01-01T00:00:00Z\"}", "\u{0}"]
    {
        let mut sent = fields(&signed);
        sent.push(("act", garbage));
        let refused = browser.submit_only(&check, "signature", &sent).await;
        assert!(refused.status.is_client_error(), "{garbage}: {}", refused.status);
    }
    let done = browser.submit(&check, "signature", &fields(&signed)).await;
    assert!(done.path.ends_with("/desk?done=true"), "{}", done.path);
    house.settle().await;
    browser.open(&format!("/en/desk/{}", acted.case)).await.says("signed by passkey");
}

#[tokio::test]
async fn scripts_run_where_one_signs_and_nowhere_else() {
    let house = House::signing(BASE, Officers::Either).await;
    let (acted, officer) = house.premises("ماکو").await;
    let mut browser = house.sign_in(&officer).await;
    let paths = [
        "",
        "/sign-in",
        "/officer",
        "/roster",
        "/desk",
        "/desk/find",
        "/log",
        "/log/0",
        "/verify",
        "/services/review-board",
    ];
    for path in paths.into_iter().map(str::to_owned).chain([format!("/desk/{}", acted.case)]) {
        for language in ["fa", "en"] {
            let page = browser.open(&format!("/{language}{path}")).await;
            assert!(!page.header("content-security-policy").contains("script-src"), "{path}");
            page.runs_no_script_but_ours();
        }
    }
    let asked = browser.post("/en/sign-in/passkey", &[]).await;
    asked.is_sound();
    assert!(asked.header("content-security-policy").contains("script-src 'self';"));
    // Faults of the same addresses are pages without.
    let fault = browser.post("/en/sign-in/passkey/done", &[("challenge", "nothing")]).await;
    assert_eq!(fault.header("content-security-policy").matches("script-src").count(), 0, "{}", fault.body);
    let script = browser.get("/assets/passkey.js").await;
    assert_eq!(script.status, 200);
    for forbidden in ["eval", "innerHTML", "import(", "fetch(", "XMLHttpRequest", "http"] {
        let code: String = script.body.lines().filter(|line| !line.starts_with("//")).collect();
        assert!(!code.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn an_officer_declares_is_absent_and_recuses_themselves() {
    let house = House::signing(BASE, Officers::Link).await;
    let (acted, officer) = house.premises("ماکو").await;
    let mut browser = house.sign_in(&officer).await;
    let page = browser.open("/fa/officer").await;
    let page = browser.submit(&page, "with", &[("with", "C-0009"), ("reason", "سهامدار")]).await;
    page.says("C-0009");
    let absent = [("from", "۱۴۰۵/۰۹/۰۲"), ("until", "not a day")];
    let wrong = browser.submit_only(&page, "until", &absent).await;
    assert_eq!(wrong.status, 422);
    let far = [("from", "۱۴۱۰/۰۹/۰۲"), ("until", "۱۴۱۰/۰۹/۱۰"), ("replaced", "yes")];
    browser.submit(&page, "until", &far).await.says("۲ آذر ۱۴۱۰");
    let entry = house.app.register().of(&officer).unwrap().clone();
    assert!(entry.absence.unwrap().replaced && entry.relations.contains("C-0009"));
    // What the officer declares keeps them from the case, and both the page and the act say why.
    let related = [("with", "C-0001"), ("reason", "سهامدار")];
    let page = browser.open("/en/officer").await;
    browser.submit(&page, "with", &related).await;
    let desk = browser.open(&format!("/en/desk/{}", acted.case)).await;
    desk.says("You declared a relation with C-0001");
    assert!(!desk.body.contains("name=\"route\""), "{}", desk.body);
    // The case goes to another with the reason in its record.
    let recuse = browser.open(&format!("/en/desk/{}/recuse", acted.case)).await;
    let empty = browser.submit_only(&recuse, "reason", &[("reason", " ")]).await;
    empty.is_sound();
    assert!(house.holders(&acted).await.contains(&officer));
    browser.submit(&recuse, "reason", &[("reason", "the applicant's cousin")]).await;
    assert!(!house.holders(&acted).await.contains(&officer));
    let mut supervisor = house.sign_in("S-0001").await;
    let case = supervisor.open(&format!("/en/cases/{}", acted.case)).await;
    case.says("the applicant's cousin");
    case.says(&format!("{officer} recused themselves"));
}

#[tokio::test]
async fn the_roster_is_for_who_is_on_it_and_its_acts_for_its_keepers() {
    let house = House::signing(BASE, Officers::Link).await;
    let mut keeper = house.sign_in("K-0001").await;
    let page = keeper.open("/en/roster").await;
    page.says("Mehri Sample-Keeper");
    page.says("Fewer than two keepers have a passkey");
    let join = [("officer", "O-0099"), ("name_en", "New Officer"), ("role", "examiner"), ("weight", "۲")];
    keeper.submit(&page, "weight", &join).await.says("New Officer");
    assert_eq!(house.app.register().of("O-0099").unwrap().roles["examiner"], 2);
    house.sign_in("O-0099").await.open("/en/desk").await;
    let one = keeper.open("/en/roster/of/O-0099").await;
    keeper.submit(&one, "role", &[("role", ""), ("reason", "left")]).await.does_not_say("New Officer");
    // An officer sees the roster, and does nothing to it; an applicant does not see it.
    let mut officer = house.sign_in("O-0001").await;
    let page = officer.open("/en/roster").await;
    assert!(!page.body.contains("name=\"weight\""));
    let csrf = officer.open("/en/officer").await.form("with").hidden;
    let token = csrf.iter().find(|(name, _)| name == "csrf").unwrap().1.clone();
    let seen = house.app.register().seq.to_string();
    let forged =
        [("csrf", token.as_str()), ("seen", &seen), ("kind", "join"), ("officer", "O-0098"), ("role", "examiner")];
    let refused = officer.post("/en/roster/act", &forged).await;
    assert_eq!(refused.status, 403);
    refused.says("A keeper of the roster must do this");
    let mut sara = house.sign_in("P-0001").await;
    for path in ["/en/roster", "/en/roster/of/O-0001", "/en/officer"] {
        assert_eq!(sara.get(path).await.status, 403, "{path}");
    }
    // Who saw an older roster is told to look again.
    let act = RosterAct::Limit { officer: "O-0001".to_owned(), most_open: Some(3) };
    house.app.operate_roster(&[act]).await.unwrap();
    let stale = keeper.submit_only(&one, "most_open", &[("most_open", "5")]).await;
    assert_eq!(stale.status, 409);
}

#[tokio::test]
async fn what_a_keeper_does_to_somebody_waits_for_another_keeper() {
    let house = House::signing(BASE, Officers::Link).await;
    let (own, other) = (authenticator(1), authenticator(2));
    let mut keepers = Vec::new();
    for (passkey, id) in [(&own, "K-0001"), (&other, "K-0002")] {
        let mut keeper = house.sign_in(id).await;
        register(&mut keeper, passkey).await;
        keepers.push(keeper);
    }
    let [first, second] = &mut keepers[..] else { panic!("two keepers") };
    let serves = || house.app.register().of("O-0001").is_some_and(|entry| entry.serves());
    let one = first.open("/en/roster/of/O-0001").await;
    let page = first.submit_only(&one, "role", &[("role", ""), ("reason", "pension")]).await;
    let signed = signature(&page, &own);
    let waits = first.submit(&page, "signature", &fields(&signed)).await;
    waits.says("Waits for a second keeper");
    waits.says("Mehri Sample-Keeper");
    assert!(serves() && !waits.body.contains("name=\"proposal\""), "nobody agrees with themselves");
    let seen = house.app.register().seq.to_string();
    let forged = [("seen", seen.as_str()), ("kind", "agree"), ("proposal", "999999")];
    let token = first.open("/en/officer").await.form("with").hidden;
    let token = token.iter().find(|(name, _)| name == "csrf").unwrap().1.clone();
    assert_eq!(first.post("/en/roster/act", &[&forged[..], &[("csrf", &token)]].concat()).await.status, 409);
    // Officers are not told what keepers want of whom.
    house.sign_in("O-0002").await.open("/en/roster").await.does_not_say("Waits for a second keeper");
    let wanted = second.open("/fa/roster").await;
    wanted.says("در انتظار نگهبان دوم");
    let page = second.submit_only(&wanted, "proposal", &[]).await;
    let unsigned = second.submit_only(&page, "signature", &[]).await;
    assert_eq!(unsigned.status, 422, "{}", unsigned.body);
    unsigned.says("گذرکلید");
    assert!(serves());
    let signed = signature(&page, &other);
    second.submit(&page, "signature", &fields(&signed)).await.does_not_say("در انتظار نگهبان دوم");
    assert!(!serves(), "two keepers agreed");
}

#[tokio::test]
async fn whom_one_keeper_alone_proposes_is_no_officer_and_can_come_as_the_person_they_are() {
    let house = House::signing(BASE, Officers::Link).await;
    let own = authenticator(1);
    let mut keeper = house.sign_in("K-0001").await;
    register(&mut keeper, &own).await;
    let mut second = house.sign_in("K-0002").await;
    let other = authenticator(2);
    register(&mut second, &other).await;
    let seen = house.app.register().seq.to_string();
    let token = keeper.open("/en/officer").await.form("with").hidden;
    let token = token.iter().find(|(name, _)| name == "csrf").unwrap().1.clone();
    let asked = [("csrf", token.as_str()), ("seen", &seen), ("kind", "keep"), ("officer", "P-7777")];
    let page = keeper.post("/en/roster/act", &asked).await;
    let signed = signature(&page, &own);
    keeper.submit(&page, "signature", &fields(&signed)).await.says("Waits for a second keeper");
    assert!(
        matches!(house.app.account("P-7777").await, Err(app::AppError::NotFound(_))),
        "a proposal makes no account"
    );
    let wanted = second.open("/en/roster").await;
    let page = second.submit_only(&wanted, "proposal", &[]).await;
    let signed = signature(&page, &other);
    second.submit(&page, "signature", &fields(&signed)).await;
    assert_eq!(house.app.account("P-7777").await.unwrap().officer.as_deref(), Some("P-7777"));
}
