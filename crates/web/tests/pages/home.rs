//! The catalogue.

use crate::common::House;

#[tokio::test]
async fn the_catalogue_is_persian_first() {
    let house = House::open().await;
    let page = house.visitor().open("/").await;
    assert!(page.body.contains("lang=\"fa\" dir=\"rtl\""));
    page.says("پروانه فعالیت اقتصادی");
    let page = house.visitor().open("/en").await;
    assert!(page.body.contains("lang=\"en\" dir=\"ltr\""));
    page.says("Activity licence");
}
