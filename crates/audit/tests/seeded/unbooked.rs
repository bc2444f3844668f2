//! A deadline whose booking the accounts refuse: an audit does it again, and asks the accounts what they have against it.
//!
//! Must not know of: any one check.

use app::Objects;
use app::definition::value::Value;
use audit::State;
use engine::event::What;
use jiff::SignedDuration;

use crate::accounts::{SPARES, copied};
use crate::forge::{Forge, Published, codes, read_folder};
use crate::{history, truck};

#[test]
fn what_the_accounts_refused_at_a_deadline_is_done_again_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    // A zone whose entries reserve nothing, so that two are open by one reference.
    let answer = "answer: { within: 5 workdays, overdue: lapsed }\n";
    let reserve = "reserve: { book: customs.goods.reserve-entry, of: [declaration, company], free: customs.goods.unreserve-entry }\n";
    let changed = folder.path().join("zone");
    copied(&zone, &changed, &[(&format!("{answer}{reserve}"), answer), SPARES]);
    let out = folder.path().join("disclosure");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&changed, folder.path(), 1).await;
        let app = &town.app;
        for _ in 0..2 {
            let xml = truck::declaration("LARGE-1", "11010000", "300000", "120000.00", ("78", "00"));
            let declared = truck::document(app, truck::SELLER, &xml).await;
            let warehouse = Value::Code("maku-1".to_owned());
            let facts = [("company", truck::text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
            truck::apply(app, truck::SELLER, "goods-entry", &facts).await.unwrap();
        }
        app.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(app::jobs::clock::run(app).await.unwrap(), 2);
        town.deliver().await;
        assert!(app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
    });
    let published = Published::of(read_folder(&out));
    let (report, _) = published.audit(State::default(), None);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    let count = |kind: &str| Forge::of(&published).rows.iter().filter(|row| row.event.what.kind() == kind).count();
    assert_eq!((count("booked"), count("unbooked")), (1, 1));
    assert_eq!((report.counts.bookings, report.counts.functions_not_asked), (1, 0), "{:?}", report.counts);

    // Who is told of another obstacle than there is could not mend it.
    let mut forge = Forge::of(&published);
    let at = forge.find(|what| matches!(what, What::Unbooked { .. }));
    if let What::Unbooked { faults, .. } = forge.what(at) {
        faults[0].words.values_mut().for_each(|words| words.push('!'));
    }
    let (report, _) = forge.publish().audit(State::default(), None);
    assert_eq!(codes(&report.findings), ["A439"], "{:#?}", report.findings);

    // Goods that are said to be in the way, and are not there: their booking is gone from the record.
    let mut forge = Forge::of(&published);
    let at = forge.find(|what| matches!(what, What::Booked { .. }));
    if let What::Booked { posted, .. } = forge.what(at) {
        *posted = Value::Text("[]".to_owned());
    }
    let (report, _) = forge.publish().audit(State::default(), None);
    let of_bookings = report.findings.iter().filter(|finding| finding.code == "A439");
    assert_eq!(of_bookings.count(), 2, "{:#?}", report.findings);
}
