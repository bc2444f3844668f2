//! Mandates: whoever acts had one that stood; what is over stays over; dates are kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use engine::CaseId;
use engine::mandate::{
    self, DAYS_MAX, Lacking, Mandate, MandateAct, MandateEvent, MandateRefusal, OPEN_MAX, Offered, Principal, Standing,
    decide,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const BEGIN: i64 = 1_800_000_000;
const DAY_S: i64 = 86_400;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(BEGIN + second).unwrap()
}

fn services() -> BTreeSet<String> {
    ["fair".to_owned(), "market".to_owned()].into()
}

fn give(agent: &str, named: &[&str], from: i64, until: i64) -> MandateAct {
    MandateAct::Give {
        principal: Principal { register: "shops".to_owned(), key: "S1".to_owned() },
        agent: agent.to_owned(),
        services: named.iter().map(|name| (*name).to_owned()).collect(),
        from: at(from),
        until: at(until),
    }
}

/// A mandate's stream, in which `zahra` holds the principal.
#[derive(Clone, Debug, Default)]
struct Stream {
    mandate: Option<Mandate>,
    events: Vec<MandateEvent>,
}

impl Stream {
    fn judge(&self, by: &str, act: &MandateAct, second: i64) -> Result<(), MandateRefusal> {
        let (holder, services) = ("zahra".to_owned(), services());
        let offered = Offered { holder: Some(&holder), services: &services, open: 0 };
        decide(self.mandate.as_ref(), &by.to_owned(), act, &offered, at(second))
    }

    fn tried(&mut self, by: &str, act: MandateAct, second: i64) -> Result<(), MandateRefusal> {
        self.judge(by, &act, second)?;
        let event = MandateEvent { at: at(second), by: by.to_owned(), act };
        self.mandate = Some(Mandate::after(self.mandate.take(), &event).expect("an act that was allowed follows"));
        self.events.push(event);
        Ok(())
    }

    fn done(mut self, by: &str, act: MandateAct, second: i64) -> Self {
        self.tried(by, act.clone(), second).unwrap_or_else(|refusal| panic!("{act:?}: {refusal}"));
        self
    }

    fn refused(self, by: &str, act: &MandateAct, second: i64, refusal: &MandateRefusal) -> Self {
        assert_eq!(self.judge(by, act, second).as_ref(), Err(refusal), "{act:?}");
        self
    }

    fn allows(&self, agent: &str, service: &str, second: i64) -> Result<(), Lacking> {
        self.mandate.as_ref().unwrap().allows(agent, service, at(second))
    }
}

#[test]
fn it_stands_from_when_it_is_accepted_and_begun_until_it_ends() {
    let stream = Stream::default().done("zahra", give("ali", &[], 100, 1000), 0);
    assert_eq!(stream.allows("ali", "market", 500), Err(Lacking::NotAccepted));
    let stream = stream.done("ali", MandateAct::Accept, 10);
    assert_eq!(stream.allows("ali", "market", 99), Err(Lacking::NotYet { from: at(100) }));
    assert_eq!(stream.allows("ali", "market", 100), Ok(()));
    assert_eq!(stream.allows("ali", "market", 999), Ok(()));
    assert_eq!(stream.allows("ali", "market", 1000), Err(Lacking::Expired { until: at(1000) }));
    assert_eq!(stream.allows("omar", "market", 500), Err(Lacking::NotThis));
}

#[test]
fn it_is_for_the_services_that_it_names() {
    let stream = Stream::default().done("zahra", give("ali", &["market"], 0, 1000), 0);
    let stream = stream.done("ali", MandateAct::Accept, 1);
    assert_eq!(stream.allows("ali", "market", 2), Ok(()));
    assert_eq!(stream.allows("ali", "fair", 2), Err(Lacking::OtherService));
    let unknown = MandateRefusal::NoSuchService("licence".to_owned());
    Stream::default().refused("zahra", &give("ali", &["licence"], 0, 1000), 0, &unknown);
}

#[test]
fn only_the_holder_gives_and_revokes_and_only_the_agent_answers() {
    let stream = Stream::default()
        .refused("ali", &give("omar", &[], 0, 1000), 0, &MandateRefusal::NotHolder)
        .refused("zahra", &give("zahra", &[], 0, 1000), 0, &MandateRefusal::OwnAgent)
        .refused("zahra", &give("", &[], 0, 1000), 0, &MandateRefusal::BadAgent)
        .refused("zahra", &give("a li", &[], 0, 1000), 0, &MandateRefusal::BadAgent)
        .refused("zahra", &MandateAct::Revoke, 0, &MandateRefusal::Over)
        .done("zahra", give("ali", &[], 0, 1000), 0)
        .refused("zahra", &give("ali", &[], 0, 1000), 1, &MandateRefusal::Over)
        .refused("zahra", &MandateAct::Accept, 1, &MandateRefusal::NotAgent)
        .refused("omar", &MandateAct::Accept, 1, &MandateRefusal::NotAgent)
        .refused("ali", &MandateAct::Revoke, 1, &MandateRefusal::NotHolder)
        .done("ali", MandateAct::Accept, 1)
        .refused("ali", &MandateAct::Accept, 2, &MandateRefusal::Accepted)
        .refused("omar", &MandateAct::GiveUp, 2, &MandateRefusal::NotAgent);
    let given_up = stream.clone().done("ali", MandateAct::GiveUp, 3);
    assert_eq!(given_up.allows("ali", "market", 4), Err(Lacking::GivenUp { at: at(3) }));
    given_up.refused("zahra", &MandateAct::Revoke, 4, &MandateRefusal::Over);
    let revoked = stream.done("zahra", MandateAct::Revoke, 3);
    assert_eq!(revoked.allows("ali", "market", 4), Err(Lacking::Revoked { at: at(3) }));
    let declined = Stream::default().done("zahra", give("ali", &[], 0, 1000), 0).done("ali", MandateAct::GiveUp, 1);
    assert_eq!(declined.mandate.as_ref().unwrap().standing(at(2)), Standing::Declined);
    declined.refused("ali", &MandateAct::Accept, 2, &MandateRefusal::Over);
}

#[test]
fn nobody_gives_one_for_the_past_for_ever_or_without_end() {
    let refused = |from, until| {
        Stream::default().refused("zahra", &give("ali", &[], from, until), 0, &MandateRefusal::BadSpan);
    };
    refused(0, 0);
    refused(10, 5);
    refused(-100, 0);
    refused(0, DAYS_MAX * DAY_S + 1);
    refused(DAYS_MAX * DAY_S + 1, DAYS_MAX * DAY_S + 2);
    Stream::default().done("zahra", give("ali", &[], 0, DAYS_MAX * DAY_S), 0);
    Stream::default().done("zahra", give("ali", &[], -100, 1), 0);
    let (holder, services) = ("zahra".to_owned(), services());
    let full = Offered { holder: Some(&holder), services: &services, open: OPEN_MAX };
    assert_eq!(decide(None, &holder, &give("ali", &[], 0, 10), &full, at(0)), Err(MandateRefusal::TooMany));
}

#[test]
fn the_id_of_a_mandate_is_no_cases() {
    let id = mandate::stream(&[7; 32]);
    assert!(mandate::is_stream(&id));
    assert!(!mandate::is_stream(&CaseId([7; 16])) && !mandate::is_stream(&engine::roster::STREAM));
}

/// Anything that anybody might do, with the seconds that pass before.
fn anything() -> impl Strategy<Value = (i64, &'static str, MandateAct)> {
    let by = prop::sample::select(vec!["zahra", "ali", "omar"]);
    let act = prop_oneof![
        (prop::sample::select(vec!["ali", "omar", "zahra"]), -50_i64..200, 0_i64..400)
            .prop_map(|(agent, from, until)| give(agent, &[], from, until)),
        Just(MandateAct::Accept),
        Just(MandateAct::GiveUp),
        Just(MandateAct::Revoke),
    ];
    (0_i64..60, by, act)
}

proptest! {
    /// Whenever somebody may act, the agent accepted it, nobody ended it, and it is its time; and what is over stays over, whatever is tried.
    #[test]
    fn whoever_acts_has_a_mandate_that_stands_and_its_end_is_final(tries in prop::collection::vec(anything(), 1..40)) {
        let (mut stream, mut now, mut over) = (Stream::default(), 0, false);
        for (passes, by, act) in tries {
            now += passes;
            let before = stream.events.len();
            let done = stream.tried(by, act.clone(), now).is_ok();
            prop_assert_eq!(done, stream.events.len() > before);
            let Some(mandate) = stream.mandate.clone() else { continue };
            let allowed = ["zahra", "ali", "omar"].into_iter().filter(|who| mandate.allows(who, "market", at(now)).is_ok());
            for who in allowed {
                prop_assert_eq!(who, mandate.agent.as_str());
                prop_assert_ne!(who, "zahra");
                let of = |kind: &str| stream.events.iter().filter(|event| event.act.kind() == kind).count();
                prop_assert!(of("mandate-accept") == 1 && of("mandate-revoke") == 0 && of("mandate-give-up") == 0);
                prop_assert!(mandate.from <= at(now) && at(now) < mandate.until);
                prop_assert!(!over);
            }
            over |= mandate.is_over(at(now));
            prop_assert_eq!(over, mandate.is_over(at(now)));
            // The state is the fold of the events, and nothing else.
            prop_assert_eq!(Mandate::fold(&stream.events), Some(mandate));
        }
    }

    /// A record that was tampered with is no mandate, and no panic.
    #[test]
    fn events_in_any_order_fold_to_a_mandate_that_begins_with_its_giving(tries in prop::collection::vec(anything(), 0..12)) {
        let events: Vec<MandateEvent> =
            tries.into_iter().map(|(second, by, act)| MandateEvent { at: at(second), by: by.to_owned(), act }).collect();
        let gives = events.iter().filter(|event| matches!(event.act, MandateAct::Give { .. })).count();
        let begins = events.first().is_some_and(|event| matches!(event.act, MandateAct::Give { .. }));
        prop_assert_eq!(Mandate::fold(&events).is_some(), begins && gives == 1);
    }
}

/// Forms of the record are kept for years.
#[test]
fn events_are_written_as_pinned() {
    let event = MandateEvent { at: at(0), by: "zahra".to_owned(), act: give("ali", &["market"], 0, 10) };
    let written = serde_json::to_string(&event).unwrap();
    let expected = r#"{"at":"2027-01-15T08:00:00Z","by":"zahra","act":"give","principal":{"register":"shops","key":"S1"},"agent":"ali","services":["market"],"from":"2027-01-15T08:00:00Z","until":"2027-01-15T08:00:10Z"}"#;
    assert_eq!(written, expected);
    assert_eq!(serde_json::from_str::<MandateEvent>(expected).unwrap(), event);
    let accept = MandateEvent { at: at(0), by: "ali".to_owned(), act: MandateAct::Accept };
    assert_eq!(serde_json::to_string(&accept).unwrap(), r#"{"at":"2027-01-15T08:00:00Z","by":"ali","act":"accept"}"#);
    assert!(at(1).duration_since(at(0)) == SignedDuration::from_secs(1));
}
