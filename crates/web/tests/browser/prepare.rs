//! A served zone with something on every page: cases that were granted, that wait, that ask.
//!
//! Must not know of: browsers.

use app::definition::value::{Money, Value};
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{Acted, Draft};

use crate::common::{House, zone_folder};

/// A served zone.
pub struct Served {
    /// The zone.
    pub house: House,
    /// Where it is served.
    pub base: String,
    /// People and the pages that each begins at; nobody first.
    pub people: Vec<(Option<String>, Vec<String>)>,
    /// An activity that rules decide at once.
    pub low_risk: String,
}

/// Serves a zone in which things have happened.
pub async fn serve() -> Served {
    let house = House::open().await;
    let (low_risk, high_risk) = (activity("low"), activity("high"));
    let granted = apply(&house, "P-0001", "C-0001", "M-0001", &low_risk).await;
    let waiting = apply(&house, "P-0002", "C-0002", "M-0003", &high_risk).await;
    let asked = apply(&house, "P-0002", "C-0002", "M-0003", &high_risk).await;
    let officer = ask(&house, &asked).await;
    house.settle().await;
    let holder = holder(&house, &waiting).await;
    let case = |acted: &Acted| format!("/cases/{}", acted.case);
    let certificate = format!("/cases/{}/certificate", granted.case);
    let start = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let people = vec![
        (
            None,
            start(&[
                "",
                "/services/activity-licence",
                "/services/building-permit",
                "/sign-in",
                "/verify",
                "/log",
                "/log/0",
                "/nowhere",
            ]),
        ),
        (
            Some("P-0001".to_owned()),
            [
                start(&["/cases", "/apply/activity-licence", "/apply/building-permit"]),
                vec![case(&granted), certificate],
            ]
            .concat(),
        ),
        (Some("P-0002".to_owned()), vec!["/cases".to_owned(), case(&waiting), case(&asked)]),
        (Some(holder), vec!["/desk".to_owned(), format!("/desk/{}", waiting.case)]),
        (Some(officer), start(&["/desk", "/desk/find"])),
        (Some("S-0001".to_owned()), start(&["/queues"])),
    ];
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Served { house, base, people, low_risk }
}

/// A code of the zone's activities of this risk.
fn activity(risk: &str) -> String {
    let list = std::fs::read_to_string(zone_folder().join("codes/isic.csv")).unwrap();
    let row = list.lines().find(|line| line.split(',').nth(1) == Some(risk)).unwrap();
    row.split(',').next().unwrap().to_owned()
}

async fn apply(house: &House, person: &str, company: &str, premises: &str, activity: &str) -> Acted {
    let account = house.app.account(person).await.unwrap();
    let facts = [
        ("company".to_owned(), Value::Text(company.to_owned())),
        ("premises".to_owned(), Value::Text(premises.to_owned())),
        ("activity".to_owned(), Value::Code(activity.to_owned())),
        ("investment".to_owned(), Value::Money(Money { minor: 100_000, currency: "IRR".to_owned() })),
    ];
    let draft =
        Draft { service: "activity-licence".to_owned(), facts: facts.into_iter().collect(), ..Draft::default() };
    house.app.submit(&account, &draft, None).await.unwrap()
}

async fn holder(house: &House, acted: &Acted) -> String {
    let supervisor = house.app.account("S-0001").await.unwrap();
    house.app.case(&supervisor, acted.case).await.unwrap().row.holders[0].clone()
}

/// The drawn officer asks the applicant for something; who that was.
async fn ask(house: &House, acted: &Acted) -> String {
    let officer = holder(house, acted).await;
    let account = house.app.account(&officer).await.unwrap();
    let item =
        AskedItem { fact: "investment".to_owned(), ground: "incomplete".to_owned(), note: "نمونه".to_owned() };
    house.app.act(&account, acted.case, &Act::Ask { items: vec![item] }, None, None).await.unwrap();
    officer
}
