//! `/readyz`: whether it can serve, which takes a store that can be written.

use crate::common::House;

#[tokio::test]
async fn a_full_disk_is_not_ready() {
    let house = House::open().await;
    house.store.limit_size(Some(1)).await.unwrap();
    let mut written = 0;
    while house.app.sign_in_link("P-0001").await.is_ok() {
        written += 1;
        assert!(written < 1000, "the disk never filled");
    }
    assert_eq!(house.visitor().get("/en/log").await.status, 200, "reading goes on");
    let full = house.visitor().get("/readyz").await;
    assert_eq!((full.status.as_u16(), full.body.contains("written")), (503, true), "{}", full.body);
    assert_eq!(house.visitor().get("/healthz").await.status, 200);
    house.store.limit_size(None).await.unwrap();
    assert_eq!(house.visitor().get("/readyz").await.status, 200);
}
