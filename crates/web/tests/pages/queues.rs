//! `/{language}/queues`: where cases wait, for those who supervise.

use crate::common::House;

#[tokio::test]
async fn the_supervisor_sees_queues_clocks_and_holders() {
    let house = House::open().await;
    let (acted, officer) = house.waiting().await;
    let mut supervisor = house.sign_in("S-0001").await;
    let page = supervisor.open("/fa/queues").await;
    page.says("سازمان منطقه آزاد ماکو");
    page.says("بررسی کارشناس");
    let page = supervisor.open("/fa/queues/zone-organisation").await;
    page.says(&acted.case.reference());
    page.says(&officer);
    page.says("روز کاری مانده");
    let case = supervisor.open(&page.links("/fa/cases/")[0]).await;
    case.says("تاریخچه پرونده");
    assert!(!case.body.contains("/withdraw\""), "nothing there is theirs to do");
}

#[tokio::test]
async fn an_empty_house_says_so() {
    let house = House::open().await;
    house.sign_in("S-0001").await.open("/en/queues").await.says("No case waits.");
}

#[tokio::test]
async fn queues_are_for_supervisors() {
    let house = House::open().await;
    for other in ["P-0001", "O-0001"] {
        let mut other = house.sign_in(other).await;
        assert_eq!(other.get("/en/queues").await.status, 403);
        let there = other.get("/en/queues/zone-organisation").await;
        let nowhere = other.get("/en/queues/nothing").await;
        assert_eq!((there.status.as_u16(), there.text()), (404, nowhere.text()));
    }
}
