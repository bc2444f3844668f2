//! Goods in transit that come after the last day for it: people may excuse the delay, silence does not.

use app::engine::CaseId;
use definition::value::{Decimal, Value};
use jiff::SignedDuration;

use crate::inspected::{appealed, decide};
use crate::leaving::{arrive, arrived, on_its_way};
use crate::office::{Chance, Office};
use crate::silent::silence;

/// Days that goods may be on their way, as the zone says.
const DAYS: i64 = 8;

/// A transit that is presented so many days after it left.
async fn presented(office: &Office, days: i64) -> (String, app::Acted) {
    let transit = on_its_way(office).await;
    office.app.clock.advance(SignedDuration::from_hours(24 * days));
    let arrival = arrive(office, &transit).await.unwrap();
    (transit, arrival)
}

async fn late(office: &Office, case: CaseId) -> Value {
    office.facts(case).await["presentation.late"].clone()
}

#[tokio::test]
async fn the_last_day_itself_is_in_time() {
    let office = Office::maku(Chance::Spares).await;
    let (_, arrival) = presented(&office, DAYS).await;
    assert_eq!(late(&office, arrival.case).await, Value::Decimal(Decimal::ZERO));
    assert_eq!(arrived(&office, &arrival, "in-order").await.unwrap().outcome.as_deref(), Some("granted"));
}

#[tokio::test]
async fn what_comes_late_and_in_order_is_discharged_where_two_excuse_it() {
    for office in Office::makus().await {
        let (transit, arrival) = presented(&office, DAYS + 2).await;
        assert_eq!(late(&office, arrival.case).await, Value::Decimal(Decimal::TWO));
        let seen = arrived(&office, &arrival, "in-order").await.unwrap();
        assert_eq!((seen.stage.as_str(), office.state(arrival.case).await.holders().len()), ("excuse", 2));
        assert!(office.record("transits", &transit).await.is_some(), "no officer alone discharges it");
        let done = decide(&office, arrival.case, "agree", None).await;
        assert_eq!((done.stage.as_str(), done.outcome.as_deref()), ("discharged", Some("granted")));
        assert_eq!(office.record("transits", &transit).await, None);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn two_may_refuse_what_comes_late_and_a_board_may_say_otherwise() {
    let office = Office::maku(Chance::Spares).await;
    let (transit, arrival) = presented(&office, DAYS + 1).await;
    arrived(&office, &arrival, "in-order").await.unwrap();
    let refused = decide(&office, arrival.case, "refuse", Some("transit-arrival")).await;
    assert_eq!((refused.stage.as_str(), refused.outcome.as_deref()), ("refused", Some("refused")));
    assert!(office.record("transits", &transit).await.is_some(), "the security stays where it is");
    appealed(&office, arrival.case).await;
    assert_eq!(office.state(arrival.case).await.stage, "discharged");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn silence_discharges_what_came_in_time_and_refuses_what_came_late() {
    for (days, stage, outcome) in [(DAYS, "discharged", "granted"), (DAYS + 1, "refused", "refused")] {
        let office = Office::maku(Chance::Spares).await;
        let (transit, arrival) = presented(&office, days).await;
        silence(&office).await;
        assert_eq!(office.state(arrival.case).await.stage, "second-look", "two others look at it");
        silence(&office).await;
        if outcome == "refused" {
            assert_eq!(office.state(arrival.case).await.stage, "excuse", "two say whether the delay is excused");
            silence(&office).await;
        }
        let row = office.store.case(arrival.case).await.unwrap().unwrap();
        assert_eq!((row.stage.as_str(), row.outcome.as_deref()), (stage, Some(outcome)), "after {days} days");
        assert_eq!(office.record("transits", &transit).await.is_some(), outcome == "refused");
        // By a rule that cites its ground, as every refusal does.
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// What the officers of the delay leave lying is refused as late too, however well the goods were found.
#[tokio::test]
async fn a_delay_that_nobody_excuses_is_refused() {
    let office = Office::maku(Chance::Spares).await;
    let (_, arrival) = presented(&office, DAYS + 1).await;
    arrived(&office, &arrival, "in-order").await.unwrap();
    silence(&office).await;
    let row = office.store.case(arrival.case).await.unwrap().unwrap();
    assert_eq!((row.stage.as_str(), row.outcome.as_deref()), ("refused", Some("refused")));
}

/// Whoever files before the goods are there gains nothing: they are presented when they come, and that day counts.
#[tokio::test]
async fn goods_that_have_not_come_are_presented_when_they_have() {
    let office = Office::maku(Chance::Spares).await;
    let (transit, early) = presented(&office, DAYS).await;
    let closed = arrived(&office, &early, "absent").await.unwrap();
    assert_eq!((closed.stage.as_str(), closed.outcome.as_deref()), ("absent", Some("closed")));
    assert!(office.record("transits", &transit).await.is_some());
    office.app.clock.advance(SignedDuration::from_hours(24 * 3));
    let again = arrive(&office, &transit).await.unwrap();
    assert_eq!(late(&office, again.case).await, Value::Decimal(Decimal::from(3)));
    assert_eq!(arrived(&office, &again, "in-order").await.unwrap().stage, "excuse");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// A day is the zone's: just before midnight in Maku it is the last day still, whatever the day is elsewhere.
#[tokio::test]
async fn the_last_day_ends_at_midnight_in_the_zone() {
    for (hours, days) in [(-1, 0), (1, 1)] {
        let office = Office::maku(Chance::Spares).await;
        let transit = on_its_way(&office).await;
        let Value::Date(until) = office.record("transits", &transit).await.unwrap()["transit.until"] else { panic!() };
        let midnight = until.tomorrow().unwrap().in_tz("Asia/Tehran").unwrap().timestamp();
        let at = midnight + SignedDuration::from_hours(hours);
        let now = office.app.clock.now();
        office.app.clock.advance(at.duration_since(now));
        let arrival = arrive(&office, &transit).await.unwrap();
        assert_eq!(late(&office, arrival.case).await, Value::Decimal(days.into()));
    }
}
