//! Goods that came into the zone, were sold, worked on and left: an audit does every act of it again, with what functions said of it taken from the record.
//!
//! Must not know of: any one check.

use app::definition::value::Value;
use app::{Objects, Payment};
use audit::State;

use crate::forge::{Forge, Published, read_folder};
use crate::{history, truck};

#[test]
fn what_became_of_a_truck_is_done_again_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let out = folder.path().join("disclosure");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&zone, folder.path(), 1).await;
        let app = &town.app;
        let lot = truck::enter(app).await.unwrap().case.reference();
        let receipt = truck::issue(app, &format!("{lot}-1"), "10000").await.unwrap().case.reference();
        let sold = truck::transfer(app, &receipt, "C-0002").await.unwrap().case.reference();
        let product = truck::process(app, &sold, "100", "9500").await.unwrap().case.reference();
        let exit = truck::leave(app, "EXIT-1", &format!("{product}-1"), "9500").await.unwrap();
        let facts = town.state(exit.case).await.facts;
        let Value::Money(amount) = facts["assessment.payable"].clone() else { panic!() };
        app.confirm_payment(exit.case, &Payment { receipt: "R-1".to_owned(), amount }).await.unwrap();
        town.deliver().await;
        assert!(app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
    });
    let published = Published::of(read_folder(&out));
    let (report, _) = published.audit(State::default(), None);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.counts.leaves, report.counts.leaves_recomputed);
    let kinds = Forge::of(&published).rows;
    assert_eq!(kinds.iter().filter(|row| row.event.what.kind() == "booked").count(), 5);
}
