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

/// On a phone the stylesheet makes a card of each row, the deadline first. What is laid out as blocks is no table to a screen reader any more, unless
/// the markup says so.
#[tokio::test]
async fn rows_that_become_cards_stay_a_table() {
    let house = House::open().await;
    let (_, officer) = house.waiting().await;
    for (account, path) in
        [("S-0001", "/fa/queues"), ("S-0001", "/en/queues/zone-organisation"), (&officer, "/fa/desk")]
    {
        let page = house.sign_in(account).await.open(path).await;
        let table =
            page.body.split("<table class=\"rows\" role=\"table\">").nth(1).unwrap().split("</table>").next().unwrap();
        for (tag, role) in
            [("<tr", "row"), ("<td", "cell"), ("<th scope=\"col\"", "columnheader"), ("<th scope=\"row\"", "rowheader")]
        {
            let tags = table.matches(tag).count();
            assert!(
                tags > 0 && tags == table.matches(&format!("{tag} role=\"{role}\"")).count(),
                "{path}: {tag} in {table}"
            );
        }
        assert!(table.contains("class=\"clock\""), "{path}: {table}");
    }
    let style = house.visitor().get("/assets/style.css").await.body;
    assert!(style.contains(".rows .clock { order: -1;"), "{style}");
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
