//! A served zone with something on every page: cases that were granted, that wait, that ask, that were corrected and revoked.
//!
//! Must not know of: browsers.

use app::Acted;
use app::definition::value::Value;
use app::engine::act::Act;
use web::SiteSettings;

use crate::common::House;
use crate::common::scene::activity;
use crate::common::truck::{enter, issue};

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

/// Where nobody has to say who they are.
const PUBLIC: [&str; 10] = [
    "",
    "/sign-in",
    "/verify",
    "/log",
    "/log/0",
    "/integrity",
    "/nowhere",
    "/tariff?q=1905",
    "/tariff/1905",
    "/tariff/19053100",
];

/// Serves a zone in which things have happened.
pub async fn serve() -> Served {
    let house = House::local(SiteSettings { demo: true, ..SiteSettings::default() }).await;
    let (granted, (waiting, holder), (asked, officer)) =
        (house.granted().await, house.waiting().await, house.waiting().await);
    house.ask(&officer, &asked, "نمونه").await;
    let permit = house.permit().await;
    let (amended, registrar) = house.registered("ماکو، خیابان نمونه").await;
    amend(&house, &amended).await;
    let (premises, _) = house.registered("ماکو، کوچه نمونه").await;
    let again = house.again(&premises).await[0].clone();
    let goods = goods(&house).await;
    let case = |acted: &Acted| format!("/cases/{}", acted.case);
    let desk = |acted: &Acted, page: &str| format!("/desk/{}{page}", acted.case);
    let start = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let services =
        ["activity-licence", "building-permit", "company-registration", "premises-registration", "review-board"];
    let services = services.map(|name| format!("/services/{name}"));
    let applies = services.iter().map(|path| path.replace("/services/", "/apply/")).take(4);
    let people = vec![
        (None, [start(&PUBLIC), services.to_vec()].concat()),
        (
            Some("P-0001".to_owned()),
            [start(&["/cases"]), applies.collect(), vec![case(&granted), format!("{}/certificate", case(&granted))]]
                .concat(),
        ),
        (Some("P-0001".to_owned()), declare(&house).await),
        (
            Some("P-0001".to_owned()),
            vec![case(&permit), format!("{}/pay", case(&permit)), format!("{}/certificate", case(&amended))],
        ),
        (Some("P-0001".to_owned()), goods),
        (Some("P-0002".to_owned()), vec!["/cases".to_owned(), case(&waiting), case(&asked), "/mandates".to_owned()]),
        (Some("P-0005".to_owned()), start(&["/mandates", "/apply/activity-licence", "/cases"])),
        (Some(holder), vec!["/desk".to_owned(), desk(&waiting, ""), desk(&waiting, "/recuse")]),
        (Some("K-0001".to_owned()), start(&["/officer", "/roster", "/roster/of/O-0001"])),
        (Some(officer), start(&["/desk", "/desk/find", "/desk/find?reference=nothing"])),
        (Some(registrar), vec![desk(&amended, "/amend")]),
        (
            Some(again),
            vec![
                desk(&premises, ""),
                desk(&premises, "/amend"),
                desk(&premises, "/correct/address"),
                desk(&premises, "/correct/lease"),
                desk(&premises, "/revoke"),
            ],
        ),
        (
            Some("S-0001".to_owned()),
            start(&[
                "/queues",
                "/queues/zone-organisation",
                "/goods",
                "/goods/leftovers",
                "/times",
                "/times?service=activity-licence",
            ]),
        ),
    ];
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Served { house, base, people, low_risk: activity("low") }
}

/// Two officers who are drawn mend the address and revoke the certificate.
async fn amend(house: &House, acted: &Acted) {
    let (fact, value) = ("address".to_owned(), Value::Text("ماکو، خیابان دوم".to_owned()));
    let correct = Act::Correct { fact, value, reason: "پلاک".to_owned() };
    let drawn = house.again(acted).await;
    for officer in &drawn {
        house.act(officer, acted, &correct).await;
    }
    let revoke = Act::Revoke { ground: "premises-lease".to_owned(), note: "نمونه".to_owned() };
    for officer in &drawn {
        house.act(officer, acted, &revoke).await;
    }
}

/// A declaration that is being filled in, with something wrong, and one that was sent; the pages about them.
async fn declare(house: &House) -> Vec<String> {
    let account = house.app.account("P-0001").await.unwrap();
    let mut draft = house.app.draft(&account, "goods-entry", None, None).await.unwrap();
    draft.facts.insert("company".to_owned(), Value::Text("C-0001".to_owned()));
    draft.facts.insert("warehouse".to_owned(), Value::Code("maku-1".to_owned()));
    let flour =
        [("commodity", "11010000"), ("origin", "TR"), ("price", "12000"), ("currency", "EUR"), ("net", "30000")];
    let flour: app::form::Cells = flour.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
    let head = app::form::Cells::from([("reference".to_owned(), "SAMPLE-1".to_owned())]);
    let mut form = app::form::Form { head, items: vec![flour.clone()] };
    draft.forms.entry("declaration".to_owned()).or_default().form = form.clone();
    let in_name = app::InName::own("P-0001");
    assert_eq!(house.app.declare(&account, &in_name, &mut draft, "declaration").await.unwrap(), []);
    house.app.submit(&account, &draft, None).await.unwrap();
    let mut wrong = flour.clone();
    wrong.insert("price".to_owned(), "x".to_owned());
    form.items.push(wrong);
    draft.version = 0;
    house.app.keep_form(&account, &mut draft, "declaration", form).await.unwrap();
    let form = "/apply/goods-entry/declaration/form";
    let pages = ["", "/items/1", "/items/2?check=true", "/items/3", "/sheet"].map(|page| format!("{form}{page}"));
    [vec!["/declarations".to_owned(), "/apply/goods-entry/declaration".to_owned()], pages.to_vec()].concat()
}

/// Goods that came into the zone, a third of them under a receipt: the pages about them.
async fn goods(house: &House) -> Vec<String> {
    let entry = enter(&house.app).await.unwrap();
    let lot = format!("{}-1", entry.case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let starts = ["/goods", "/goods?company=C-0001", "/goods?number=nothing", "/track", "/track?reference=nothing"];
    let case = format!("/cases/{}", entry.case);
    let own = [
        case.clone(),
        format!("{case}/assessment/assessment"),
        format!("/goods/lot/{lot}"),
        format!("/goods/receipt/{receipt}"),
    ];
    own.into_iter().chain(starts.map(str::to_owned)).collect()
}
