//! Who looks at the declarations of one company: those that are open at once meet one inspector, and nobody keeps theirs by always having one open.

use app::engine::CaseId;
use app::engine::event::{Event, What};

use crate::inspected::declare;
use crate::office::{Chance, Office};
use crate::truck::inspect;

/// The case in which the inspector of this one was drawn, if it was another.
async fn sits_with(office: &Office, case: CaseId) -> Option<CaseId> {
    let rows = office.store.history(case, 0, 100).await.unwrap();
    let events = rows.iter().map(|row| serde_json::from_slice::<Event>(&row.event.body).unwrap());
    let seated = |event: Event| match event.what {
        What::Seated { seat, case, .. } if seat == "inspection" => Some(case),
        _ => None,
    };
    events.filter_map(seated).next()
}

#[tokio::test]
async fn a_company_that_always_declares_is_drawn_for_again_once_its_inspector_decided() {
    for office in Office::makus_where(Chance::Inspects).await {
        let first = declare(&office, "TRUCK-1").await;
        // Declared beside it, perhaps of the same goods: another paper brings no other inspector.
        let second = declare(&office, "TRUCK-2").await;
        assert_eq!(sits_with(&office, second.case).await, Some(first.case));
        inspect(&office.app, &first, "as-declared", "1 30000").await.unwrap();
        let third = declare(&office, "TRUCK-3").await;
        assert_eq!(sits_with(&office, third.case).await, None, "drawn anew, though the second is open");
        inspect(&office.app, &second, "as-declared", "1 30000").await.unwrap();
        let fourth = declare(&office, "TRUCK-4").await;
        assert_eq!(sits_with(&office, fourth.case).await, Some(third.case));
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}
