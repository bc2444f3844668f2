//! `/{language}/goods`: lots and receipts, each with its history.

use crate::common::House;
use crate::common::scene::biscuits;
use crate::common::truck::{BUYER, SELLER, enter, issue, leave, transfer};

#[tokio::test]
async fn a_company_sees_its_goods_and_how_they_moved() {
    let house = House::open().await;
    let entered = enter(&house.app).await.unwrap();
    let lot = format!("{}-1", entered.case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let sold = transfer(&house.app, &receipt, "C-0002").await.unwrap().case.reference();
    house.settle().await;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open("/fa").await;
    assert_eq!(page.links("/fa/goods"), ["/fa/goods"]);
    let page = sara.open("/fa/goods?company=C-0001").await;
    for says in ["محموله‌ها", &lot, "۲۰٬۰۰۰ کیلوگرم", "11010000", "C-0001", &receipt, "چیزی نمانده"]
    {
        page.says(says);
    }
    page.does_not_say(&sold);
    let page = sara.open(&format!("/en/goods/lot/{lot}")).await;
    for says in [
        "Came into the zone",
        "outside the zone",
        "30,000 kg",
        "Set apart by a warehouse receipt",
        &format!("Receipt {receipt}"),
        "20,000 kg",
        "TRUCK-1",
        "from abroad, duty unpaid",
        "IRR 8,800,000,000",
    ] {
        page.says(says);
    }
    assert_eq!(page.links("/en/log/").len(), 2);
    assert!(page.links("/en/cases/").contains(&format!("/en/cases/{}", entered.case)), "{}", page.body);
    for entry in page.links("/en/log/") {
        sara.open(&entry).await;
    }
    // Whoever looks for a number comes to its page.
    let page = sara.get(&format!("/en/goods?number={receipt}")).await;
    assert_eq!(page.location().unwrap(), format!("/en/goods/receipt/{receipt}"));
    sara.open("/en/goods?number=nothing").await.says("There is no lot or receipt with this number");
}

#[tokio::test]
async fn what_is_reserved_of_goods_stands_beside_what_is_there() {
    let house = House::open().await;
    let [lot, product] = biscuits(&house.app).await;
    let exit = leave(&house.app, "EXIT-1", &product, "9000").await.unwrap();
    house.settle().await;
    let mut reza = house.sign_in(BUYER).await;
    let page = reza.open(&format!("/en/goods/lot/{product}")).await;
    let by = format!("9,000 kg by case {}", exit.case.reference());
    for says in ["9,500 kg", "Of that reserved for open declarations", "9,000 kg", &by] {
        page.says(says);
    }
    let page = reza.open(&format!("/fa/goods/lot/{product}")).await;
    for says in ["۹٬۵۰۰ کیلوگرم", "از آن نگه‌داشته برای اظهارنامه‌های باز", "۹٬۰۰۰ کیلوگرم"]
    {
        page.says(says);
    }
    reza.open(&format!("/en/cases/{}", exit.case)).await.says("What it is about was reserved");
    // What nothing is reserved of says nothing of it.
    let mut sara = house.sign_in(SELLER).await;
    sara.open(&format!("/en/goods/lot/{lot}")).await.does_not_say("reserved");
}

#[tokio::test]
async fn others_learn_nothing_and_supervisors_of_goods_see_all() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let path = format!("/en/goods/lot/{lot}");
    let mut reza = house.sign_in(BUYER).await;
    let [foreign, unknown] = [reza.get(&path).await, reza.get("/en/goods/lot/nothing").await];
    assert_eq!(
        (foreign.status, unknown.status),
        (axum::http::StatusCode::NOT_FOUND, axum::http::StatusCode::NOT_FOUND)
    );
    assert_eq!(foreign.text(), unknown.text());
    assert_eq!(reza.get("/en/goods?company=C-0001").await.status, 404);
    reza.open(&format!("/en/goods?number={lot}")).await.says("There is no lot or receipt with this number");
    assert_eq!(house.visitor().get(&path).await.status, 303);
    for strange in ["/en/goods/item/1", "/en/goods/lot/%00", "/en/goods/lot/%E2%80%AE", "/en/goods/lot/..%2F.."] {
        assert_eq!(reza.get(strange).await.status, 404, "{strange}");
    }
}

#[tokio::test]
async fn whoever_acts_for_a_company_sees_its_goods_and_no_other() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let taken = transfer(&house.app, &receipt, "C-0002").await.unwrap().case;
    let sold = taken.reference();
    // The sample agent has a mandate for C-0002, for all services.
    let mut agent = house.sign_in("P-0005").await;
    let page = agent.open("/en/goods").await;
    page.says("C-0002");
    let page = agent.open(&format!("/en/goods/receipt/{sold}")).await;
    page.says("Taken by its new holder");
    // The company's own case is named. The seller's receipt is another's, and no page of theirs.
    assert_eq!(page.links("/en/cases/"), [format!("/en/cases/{taken}")]);
    for path in [format!("/en/goods/lot/{lot}"), format!("/en/goods/receipt/{receipt}")] {
        assert_eq!(agent.get(&path).await.status, 404, "{path}");
    }
    // A supervisor of the authority whose services move goods sees all.
    let mut supervisor = house.sign_in("S-0001").await;
    let page = supervisor.open("/en/goods").await;
    for says in ["C-0001", "C-0002", &lot, &sold] {
        page.says(says);
    }
    supervisor.open(&format!("/en/goods/lot/{lot}")).await.says("30,000 kg");
}
