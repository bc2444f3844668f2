//! Filling in a declaration, sending one as EDIFACT, and the declarant's desk.

use crate::common::scene::biscuits;
use crate::common::truck::{BUYER, SELLER, enter};
use crate::common::{Browser, House, Page, Upload};

const FORM: &str = "/fa/apply/goods-entry/declaration/form";
const INTERCHANGE: &str = include_str!("../../../customs/tests/data/sample-interchange.edi");
const FLOUR: [(&str, &str); 6] = [
    ("commodity", "۱۱۰۱.۰۰.۰۰"),
    ("description", "آرد گندم سفيد"),
    ("origin", "tr"),
    ("price", "۱۲٬۰۰۰"),
    ("currency", "eur"),
    ("net", "30000"),
];

/// Up to the question about the declaration.
async fn begun(browser: &mut Browser) -> Page {
    let page = browser.open("/fa/apply/goods-entry").await;
    let page = browser.submit(&page, "company", &[("company", "C-0001")]).await;
    browser.submit(&page, "warehouse", &[("warehouse", "maku-1")]).await
}

/// Past the question for papers, which may be left without an answer.
async fn without_papers(browser: &mut Browser, page: Page) -> Page {
    browser.submit(&page, "papers", &[]).await
}

/// Types an item.
async fn typed(browser: &mut Browser, path: &str, item: &[(&str, &str)], what: &str) -> Page {
    let page = browser.open(path).await;
    let fields: Vec<(&str, &str)> = item.iter().copied().chain([("do", what)]).collect();
    browser.submit(&page, "commodity", &fields).await
}

fn with<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FLOUR.into_iter().filter(|(key, _)| !change.iter().any(|(own, _)| own == key));
    kept.chain(change.iter().copied()).collect()
}

#[tokio::test]
async fn a_small_trader_fills_a_declaration_in_and_it_goes_on_as_a_file_would() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = begun(&mut sara).await;
    page.says("برنامه‌ای ندارید که اظهارنامه بنویسد؟");
    let page = sara.open(&page.links("/fa/apply/goods-entry/declaration/form")[0]).await;
    page.says("هنوز کالایی نوشته نشده است.");
    // Neither the procedure nor the company is asked: the service and the register say them.
    assert!(!page.body.contains("name=\"procedure\""), "{}", page.body);
    let item = sara.submit(&page, "reference", &[("reference", "کالا-۱"), ("do", "item")]).await;
    item.says("قلم ۱");
    let page = typed(&mut sara, &format!("{FORM}/items/1"), &FLOUR, "another").await;
    page.says("قلم ۲");
    assert!(page.body.contains("value=\"eur\""), "the currency of the item before stands there: {}", page.body);
    let page = typed(&mut sara, &format!("{FORM}/items/2"), &with(&[("description", "آرد")]), "save").await;
    page.says("۲ قلم.");
    page.says("آرد گندم سفيد");
    let papers = sara.submit(&page, "reference", &[("reference", "کالا-۱"), ("do", "done")]).await;
    let check = without_papers(&mut sara, papers).await;
    check.says("بازبینی پاسخ‌ها");
    check.says("اظهارنامه (declaration.xml)");
    let case = sara.submit(&check, "key", &[]).await;
    case.says("ورود کالا");
    let desk = sara.open("/fa/declarations").await;
    desk.says("کالا-1");
    desk.says("C-0001");
    assert!(sara.open("/fa/cases").await.links("/fa/declarations").len() == 1);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    let wrong =
        [("origin", "Turkey"), ("price", "دوازده"), ("currency", ""), ("net", "-1"), ("description", "<i>آرد</i>")];
    let page = typed(&mut sara, &format!("{FORM}/items/1"), &with(&wrong), "save").await;
    page.says("«دوازده» عدد نیست");
    for field in ["origin", "price", "currency", "net"] {
        assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", page.body);
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", page.body);
    }
    assert!(page.body.contains("value=\"Turkey\"") && !page.body.contains("<i>"), "{}", page.body);
    // It is there on another day, as it was typed.
    let mut later = house.sign_in("P-0001").await;
    let page = later.open("/en/apply/goods-entry/declaration").await;
    page.says("Go on with the declaration that you began: one item");
    let page = later.open("/en/apply/goods-entry/declaration/form/items/1?check=true").await;
    page.says("`دوازده` is not a number");
    assert!(page.body.contains("value=\"Turkey\""), "{}", page.body);
    // All at once, where the whole is to be sent.
    let page = later.open("/en/apply/goods-entry/declaration/form").await;
    let page = later.submit(&page, "reference", &[("do", "done")]).await;
    page.says("This is needed; fill it in.");
    page.says("Item 1, ");
    assert!(page.links("/en/apply/goods-entry/declaration/form/items/1").iter().any(|link| link.ends_with("#price")));
}

/// What only the function knows, that a code has no rate or a currency none of exchange, is told in the form as well.
#[tokio::test]
async fn what_the_tariff_says_stands_beside_the_code() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    typed(&mut sara, &format!("{FORM}/items/1"), &with(&[("commodity", "99999999")]), "save").await;
    let page = sara.open(FORM).await;
    let page = sara.submit(&page, "reference", &[("reference", "R-1"), ("do", "done")]).await;
    let link = page.links(&format!("{FORM}/items/1")).into_iter().find(|link| link.ends_with("#commodity"));
    let page = sara.open(link.unwrap().split('#').next().unwrap()).await;
    assert!(page.body.contains("id=\"commodity-error\""), "{}", page.body);
}

/// The gate holds its scale against what goods weigh with their packing: where they leave, the form asks for it.
#[tokio::test]
async fn what_leaves_is_asked_for_its_gross_mass_and_faults_have_the_readers_digits() {
    const FORM: &str = "/fa/apply/goods-exit/declaration/form";
    let house = House::open().await;
    biscuits(&house.app).await;
    house.settle().await;
    let mut reza = house.sign_in(BUYER).await;
    // There is but one company and one lot to choose.
    reza.open("/fa/apply/goods-exit").await;
    let label = |page: &Page| {
        let (_, label) = page.body.split_once("<label for=\"gross\">").unwrap();
        label.split_once("</label>").unwrap().0.to_owned()
    };
    let page = reza.open(&format!("{FORM}/items/1")).await;
    assert!(!label(&page).contains("می‌تواند خالی بماند"), "{}", label(&page));
    let biscuits = |gross: &'static str, net: &'static str| {
        with(&[("commodity", "19053100"), ("price", "۹۵۰۰"), ("net", net), ("gross", gross)])
    };
    let page = typed(&mut reza, &format!("{FORM}/items/1"), &biscuits("", "9500"), "save").await;
    assert!(page.body.contains("id=\"gross-error\""), "{}", page.body);
    typed(&mut reza, &format!("{FORM}/items/1"), &biscuits("9499.5", "9500"), "save").await;
    let done = async |reza: &mut Browser| {
        let page = reza.open(FORM).await;
        reza.submit(&page, "reference", &[("reference", "OUT-1"), ("do", "done")]).await
    };
    let page = done(&mut reza).await;
    let link = page.links(&format!("{FORM}/items/1")).into_iter().find(|link| link.ends_with("#gross")).unwrap();
    let page = reza.open(link.split('#').next().unwrap()).await;
    assert!(page.body.contains("id=\"gross-error\""), "{}", page.body);
    page.says("وزن ناخالص ۹٬۴۹۹٫۵ KGM از وزن خالص ۹٬۵۰۰ KGM کمتر است");
    typed(&mut reza, &format!("{FORM}/items/1"), &biscuits("9600", "9501"), "save").await;
    done(&mut reza).await.says("۹٬۵۰۱ KGM خواسته شده و ۹٬۵۰۰ KGM مانده است");
    // At the entry nothing is weighed at a gate.
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    let page = sara.open("/fa/apply/goods-entry/declaration/form/items/1").await;
    assert!(label(&page).contains("می‌تواند خالی بماند"), "{}", label(&page));
}

/// What the accounts have against an answer says nothing of how the program came to it.
#[tokio::test]
async fn what_the_accounts_say_of_an_answer_begins_with_no_way_of_a_programs() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    house.settle().await;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open("/fa/apply/warehouse-receipt").await;
    // There is but one lot to choose.
    let page = sara.submit(&page, "company", &[("company", "C-0001")]).await;
    let check = sara.submit(&page, "quantity", &[("quantity", "30000.5")]).await;
    let page = sara.submit(&check, "key", &[]).await;
    page.says(&format!("از محموله {lot} ۳۰٬۰۰۰٫۵ KGM خواسته شده و ۳۰٬۰۰۰ KGM مانده است"));
    page.does_not_say("takes[");
    page.does_not_say("quantity:");
}

#[tokio::test]
async fn items_are_removed_and_an_empty_one_is_none() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    typed(&mut sara, &format!("{FORM}/items/1"), &FLOUR, "save").await;
    typed(&mut sara, &format!("{FORM}/items/2"), &[], "save").await.says("۱ قلم.");
    typed(&mut sara, &format!("{FORM}/items/1"), &FLOUR, "remove").await.says("هنوز کالایی نوشته نشده است.");
    for path in ["/items/0", "/items/3", "/items/x", "/items/99999999999999999999"] {
        assert_eq!(sara.get(&format!("{FORM}{path}")).await.status, 404, "{path}");
    }
    // Other questions have no form, and neither has another service.
    for path in [
        "/fa/apply/goods-entry/warehouse/form",
        "/fa/apply/activity-licence/activity/form",
        "/fa/apply/nothing/declaration/form",
    ] {
        assert_eq!(sara.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_other_unseen() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    let path = format!("{FORM}/items/1");
    let (first, second) = (sara.open(&path).await, sara.open(&path).await);
    let fields =
        |code: &'static str| with(&[("commodity", code)]).into_iter().chain([("do", "save")]).collect::<Vec<_>>();
    sara.submit(&first, "commodity", &fields("11010000")).await;
    let page = sara.submit(&second, "commodity", &fields("87032300")).await;
    page.says("از زمانی که این صفحه را باز کرده‌اید");
    assert!(page.body.contains("value=\"87032300\""), "what was typed is still there: {}", page.body);
    sara.open(FORM).await.says("11010000");
}

async fn sheet(browser: &mut Browser, fields: &[(&str, &str)], text: &str) -> Page {
    let page = browser.open(&format!("{FORM}/sheet")).await;
    let form = page.form("sheet");
    let hidden = form.hidden.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
    let file = Upload { field: "sheet", name: "items.csv", media_type: "text/csv", bytes: text.as_bytes() };
    let page = browser.upload(&form.action, &fields, file).await;
    match page.location() {
        Some(to) => browser.open(&to).await,
        None => page,
    }
}

#[tokio::test]
async fn many_items_come_from_a_sheet_in_parts_of_a_declaration() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    let head = "کد تعرفه,شرح کالا,کشور مبدا,ارزش,ارز,وزن خالص\n";
    let rows = |many: usize| (1..=many).map(|row| format!("11010000,آرد {row},TR,12.5,EUR,۱۰\n")).collect::<String>();
    let large = format!("{head}{}", rows(10_000));
    let page = sheet(&mut sara, &[("part", "")], &large).await;
    page.says("۱۰٬۰۰۰ قلم دارد");
    page.says("۱۱ اظهارنامه می‌شود");
    let page = sheet(&mut sara, &[("part", "۱۲")], &large).await;
    page.says("۱۱ اظهارنامه می‌شود");
    let page = sheet(&mut sara, &[("part", "۱۱")], &large).await;
    page.says("۱۰ قلم.");
    page.says("آرد 9991");
    // Those that are there stay where it is said, or go where it is said.
    let page = sheet(&mut sara, &[("items", "add")], &format!("{head}{}", rows(2))).await;
    page.says("۱۲ قلم.");
    let page = sheet(&mut sara, &[("items", "replace")], &format!("{head}{}", rows(999))).await;
    page.says("۹۹۹ قلم.");
    assert_eq!(page.body.matches("<dt>").count(), 50, "a page of them");
    let papers = sara.submit(&page, "reference", &[("reference", "R-999"), ("do", "done")]).await;
    without_papers(&mut sara, papers).await.says("بازبینی پاسخ‌ها");
}

#[tokio::test]
async fn what_is_wrong_with_a_sheet_is_a_list_with_its_cells() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    begun(&mut sara).await;
    typed(&mut sara, &format!("{FORM}/items/1"), &FLOUR, "save").await;
    let page = sheet(&mut sara, &[], "commodity,origin,price,currency\n1101,TR,x,EUR\n1101,T,1,EURO\n").await;
    page.says("خانهٔ C2 (ارزش): «x» عدد نیست");
    page.says("برگه ۲ ایراد دارد");
    let page = sheet(&mut sara, &[], "goods\nx\n").await;
    page.says("ستون «commodity» نیامده است");
    let page = sheet(&mut sara, &[("part", "first")], "commodity,origin,price,currency\n1101,TR,1,EUR\n").await;
    page.says("شمارهٔ بخش را با عدد بنویسید");
    sara.open(FORM).await.says("۱ قلم.");
    let empty = sara.get("/fa/sheets/items.csv").await;
    assert!(empty.body.starts_with("\u{feff}تعرفه,"), "{}", empty.body);
}

#[tokio::test]
async fn an_interchange_is_taken_though_browsers_do_not_know_what_it_is() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let page = begun(&mut sara).await;
    assert!(page.body.contains(".edi"), "{}", page.body);
    let form = page.form("declaration");
    let hidden: Vec<(&str, &str)> = form.hidden.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let entry = INTERCHANGE.replace("+4000:117'", "+7800:117'").replace("08031010", "11010000");
    for (media_type, bytes) in [("application/octet-stream", entry.as_str()), ("application/EDIFACT", &entry)] {
        let file = Upload { field: "declaration", name: "d.edi", media_type, bytes: bytes.as_bytes() };
        assert_eq!(
            sara.upload("/fa/apply/goods-entry/declaration", &hidden[..1], file).await.status,
            200,
            "no version"
        );
    }
    let file = Upload { field: "declaration", name: "d.edi", media_type: "", bytes: entry.as_bytes() };
    assert_eq!(sara.upload("/fa/apply/goods-entry/declaration", &hidden, file).await.status, 303);
    let check = sara.open("/fa/apply/goods-entry/check").await;
    check.says("d.edi");
    sara.submit(&check, "key", &[]).await.says("ورود کالا");
}

#[tokio::test]
async fn a_declarants_desk_shows_what_is_theirs_and_how_to_begin() {
    let house = House::open().await;
    let mut sara = house.sign_in("P-0001").await;
    let desk = sara.open("/en/declarations").await;
    desk.says("You have declared nothing yet.");
    assert!(desk.links("/en/apply/").iter().any(|link| link.ends_with("/goods-entry")));
    begun(&mut sara).await;
    let page = sara.open(FORM).await;
    sara.submit(&page, "reference", &[("reference", "MINE-7"), ("do", "item")]).await;
    sara.open("/en/declarations").await.says("MINE-7");
    let mut reza = house.sign_in("P-0002").await;
    reza.open("/en/declarations").await.does_not_say("MINE-7");
    assert_eq!(house.visitor().get("/en/declarations").await.status, 303);
}
