//! The roster as a stream: given what was done, when somebody does something, then it stands or is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use definition::check::Files;
use definition::{CheckedZone, check};
use engine::roster::{Register, RosterAct, RosterActor, RosterEvent, RosterRefusal, decide};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const BEGIN: i64 = 1_800_000_000;

fn zone() -> CheckedZone {
    let text = include_str!("acts/zone.txt");
    let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap());
    let files = Files(parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect());
    check(&files).zone.unwrap()
}

/// A roster with its events, at a moment.
struct Stream {
    zone: CheckedZone,
    events: Vec<RosterEvent>,
    register: Register,
    now: Timestamp,
}

fn officer(id: &str) -> RosterActor {
    RosterActor::Officer(id.to_owned())
}

fn join(id: &str, role: &str) -> RosterAct {
    RosterAct::Join { officer: id.to_owned(), role: role.to_owned(), person: None, weight: 1 }
}

fn keep(id: &str) -> RosterAct {
    RosterAct::Keep { officer: id.to_owned() }
}

fn add(id: &str, number: u8) -> RosterAct {
    RosterAct::AddPasskey {
        officer: id.to_owned(),
        credential: vec![number; 16],
        key: vec![number],
        name: "phone".to_owned(),
    }
}

fn withdraw(id: &str, number: u8) -> RosterAct {
    RosterAct::WithdrawPasskey { officer: id.to_owned(), credential: vec![number; 16], reason: String::new() }
}

fn recover(id: &str) -> RosterAct {
    RosterAct::Recover { officer: id.to_owned(), reason: "lost".to_owned() }
}

impl Stream {
    fn new() -> Self {
        let now = Timestamp::from_second(BEGIN).unwrap();
        Self { zone: zone(), events: Vec::new(), register: Register::default(), now }
    }

    fn judge(&self, by: &RosterActor, act: &RosterAct, signed: bool) -> Result<(), RosterRefusal> {
        decide(self.zone.zone(), &self.register, by, act, signed, self.now)
    }

    fn done(mut self, by: &RosterActor, act: RosterAct, signed: bool) -> Self {
        self.judge(by, &act, signed).unwrap_or_else(|refusal| panic!("{act:?}: {refusal}"));
        let event = RosterEvent { at: self.now, by: by.clone(), act, signed: None };
        self.register.follow(&event);
        self.events.push(event);
        self
    }

    fn operated(self, acts: impl IntoIterator<Item = RosterAct>) -> Self {
        acts.into_iter().fold(self, |stream, act| stream.done(&RosterActor::Operator, act, false))
    }

    /// Two keepers do the same, one after the other.
    fn agreed(self, act: RosterAct) -> Self {
        let before = self.register.officers.clone();
        let stream = self.done(&officer("k1"), act.clone(), true);
        assert_eq!(stream.register.officers, before, "one keeper alone: {act:?}");
        stream.done(&officer("k2"), act, true)
    }

    fn refused(self, by: &RosterActor, act: &RosterAct, signed: bool, refusal: &RosterRefusal) -> Self {
        assert_eq!(self.judge(by, act, signed).as_ref(), Err(refusal), "{act:?}");
        self
    }

    fn later(mut self, hours: i64) -> Self {
        self.now = self.now.checked_add(SignedDuration::from_hours(hours)).unwrap();
        self
    }

    /// Three keepers with a passkey each, and an examiner without.
    fn kept() -> Self {
        let mut stream = Self::new().operated([join("e1", "examiner"), keep("k1"), keep("k2"), keep("k3")]);
        for (number, keeper) in (1..).zip(["k1", "k2"]) {
            stream = stream.done(&officer(keeper), add(keeper, number), false);
        }
        // From now on two keepers have to agree, for the third as for everybody.
        stream = stream.refused(&officer("k3"), &add("k3", 3), false, &RosterRefusal::NotRecovered);
        stream = stream.done(&officer("k1"), recover("k3"), true).done(&officer("k2"), recover("k3"), true);
        stream = stream.done(&officer("k3"), add("k3", 3), false);
        assert!(stream.register.is_kept());
        stream
    }
}

#[test]
fn until_keepers_watch_the_operator_makes_the_roster_and_never_after() {
    let stream = Stream::new().operated([join("e1", "examiner"), keep("k1")]);
    let stream = stream.done(&officer("k1"), add("k1", 1), false);
    assert!(!stream.register.is_kept(), "one keeper is not two");
    let stream = stream.operated([join("e2", "examiner")]);
    let kept = Stream::kept();
    let (operator, refusal) = (RosterActor::Operator, RosterRefusal::Kept);
    let leave = RosterAct::Leave { officer: "e1".to_owned(), role: None, reason: String::new() };
    let mut kept = kept;
    for act in [join("e9", "examiner"), keep("e1"), leave, recover("e1"), withdraw("k1", 1)] {
        kept = kept.refused(&operator, &act, false, &refusal);
    }
    drop(stream);
}

#[test]
fn keepers_act_on_others_and_nobody_on_themselves() {
    let stream = Stream::kept().agreed(join("e2", "examiner"));
    assert!(stream.register.of("e2").unwrap().serves() && stream.register.proposals.is_empty());
    let stream = stream
        .refused(&officer("e1"), &join("e9", "examiner"), true, &RosterRefusal::NotKeeper)
        .refused(&officer("k1"), &join("k1", "examiner"), true, &RosterRefusal::OwnAffair)
        .refused(&officer("k1"), &recover("k1"), true, &RosterRefusal::OwnAffair)
        .refused(&officer("k1"), &join("e1", "cook"), true, &RosterRefusal::NoSuchRole("cook".to_owned()))
        .refused(&officer("k1"), &join("e1", "examiner"), true, &RosterRefusal::Unchanged);
    let relate = |reason: &str| RosterAct::Relate {
        officer: "e1".to_owned(),
        with: "P-1".to_owned(),
        reason: reason.to_owned(),
    };
    let unrelate = RosterAct::Unrelate { officer: "e1".to_owned(), with: "P-1".to_owned() };
    let stream = stream
        .refused(&officer("k1"), &relate("cousin"), true, &RosterRefusal::NotYours)
        .refused(&officer("e1"), &relate(" "), true, &RosterRefusal::BadField { field: "reason" })
        .done(&officer("e1"), relate("cousin"), true);
    assert_eq!(stream.register.at(stream.now).relations.len(), 1);
    // Nobody declares a relation to be rid of a case, and takes it back.
    let stream = stream.refused(&officer("e1"), &unrelate, true, &RosterRefusal::NotKeeper);
    let stream = stream.agreed(unrelate);
    assert!(stream.register.at(stream.now).relations.is_empty());
}

#[test]
fn a_passkey_comes_by_a_passkey_or_by_two_keepers() {
    let stream = Stream::kept()
        .refused(&officer("e1"), &add("e1", 9), false, &RosterRefusal::NotRecovered)
        .done(&officer("k1"), recover("e1"), true)
        .refused(&officer("k1"), &recover("e1"), true, &RosterRefusal::AgreedAlready)
        .refused(&officer("e1"), &add("e1", 9), false, &RosterRefusal::NotRecovered)
        .done(&officer("k2"), recover("e1"), true)
        .done(&officer("e1"), add("e1", 9), false)
        // One recovery, one passkey; a second needs the first one's signature.
        .refused(&officer("e1"), &add("e1", 10), false, &RosterRefusal::NotRecovered)
        .done(&officer("e1"), add("e1", 10), true);
    assert_eq!(stream.register.of("e1").unwrap().passkeys.len(), 2);
    stream
        .refused(&officer("e1"), &add("e1", 9), true, &RosterRefusal::PasskeyTaken)
        .refused(&officer("e1"), &add("e1", 1), true, &RosterRefusal::PasskeyTaken)
        .refused(&officer("e1"), &add("k1", 11), true, &RosterRefusal::NotYours)
        .refused(&officer("e1"), &withdraw("e1", 1), true, &RosterRefusal::NoSuchPasskey)
        .done(&officer("e1"), withdraw("e1", 9), true)
        .done(&officer("k3"), withdraw("e1", 10), true);
}

#[test]
fn a_recovery_ends() {
    let stream = Stream::kept().done(&officer("k1"), recover("e1"), true).done(&officer("k2"), recover("e1"), true);
    let stream = stream.later(engine::roster::RECOVERY_LIVES_H - 1);
    assert_eq!(stream.judge(&officer("e1"), &add("e1", 9), false), Ok(()));
    let stream = stream.later(1).refused(&officer("e1"), &add("e1", 9), false, &RosterRefusal::NotRecovered);
    // Both agree anew.
    stream.done(&officer("k1"), recover("e1"), true).done(&officer("k2"), recover("e1"), true);
}

#[test]
fn two_keepers_remain_but_a_stolen_passkey_goes() {
    let unkeep = |id: &str| RosterAct::Unkeep { officer: id.to_owned() };
    let stream = Stream::kept()
        // Nobody takes two others' passkeys away to be the only keeper.
        .done(&officer("k1"), withdraw("k2", 2), true)
        .done(&officer("k1"), withdraw("k3", 3), true);
    assert!(stream.register.is_kept() && stream.register.keepers().count() == 3);
    let stream = stream
        .later(engine::roster::PROPOSAL_LIVES_H)
        .agreed(unkeep("k3"))
        .refused(&officer("k1"), &unkeep("k2"), true, &RosterRefusal::TooFewKeepers)
        .refused(&officer("k1"), &withdraw("k1", 1), true, &RosterRefusal::TooFewKeepers)
        // Of two keepers each is the only other one.
        .done(&officer("k1"), withdraw("k2", 2), true);
    assert!(!stream.register.is_kept(), "the operator helps, and everybody sees that it is the operator");
    stream.operated([recover("k2")]).done(&officer("k2"), add("k2", 12), false);
}

#[test]
fn who_is_absent_is_not_drawn_and_who_left_is_not_there() {
    let day = |number: i64| Timestamp::from_second(BEGIN + number * 86_400).unwrap();
    let absent = |from: i64, until: i64, replaced| RosterAct::Absent {
        officer: "e1".to_owned(),
        from: day(from),
        until: day(until),
        replaced,
    };
    let stream = Stream::new().operated([join("e1", "examiner"), join("e2", "examiner")]);
    let stream = stream
        .refused(&officer("e1"), &absent(2, 2, false), true, &RosterRefusal::BadSpan)
        .refused(&officer("e1"), &absent(-2, -1, false), true, &RosterRefusal::BadSpan)
        .refused(&officer("e2"), &absent(1, 2, false), true, &RosterRefusal::NotKeeper)
        .done(&officer("e1"), absent(1, 3, true), true);
    let weight = |at: Timestamp| {
        let roster = stream.register.at(at);
        let seat = roster.seats.iter().find(|seat| seat.officer == "e1").unwrap().clone();
        (roster.weight(&seat), roster.replaced.contains("e1"))
    };
    assert_eq!(
        [weight(day(0)), weight(day(1)), weight(day(2)), weight(day(3))],
        [(1, false), (0, true), (0, true), (1, false)]
    );
    assert_eq!(stream.register.changes_after(day(0)), Some(day(1)));
    assert_eq!(stream.register.changes_after(day(1)), Some(day(3)));
    assert_eq!(stream.register.changes_after(day(3)), None);
    let stream = stream.later(24).done(&officer("e1"), RosterAct::Return { officer: "e1".to_owned() }, true);
    assert!(stream.register.at(day(2)).away.is_empty());
    let leave = RosterAct::Leave { officer: "e1".to_owned(), role: None, reason: "pension".to_owned() };
    let stream = stream.done(&officer("e1"), leave, true);
    assert!(!stream.register.at(day(2)).serves("e1") && stream.register.at(day(2)).serves("e2"));
}

#[test]
fn no_keeper_alone_chooses_who_can_be_drawn() {
    let day = |number: i64| Timestamp::from_second(BEGIN + number * 86_400).unwrap();
    let id = || "e1".to_owned();
    let heavy = RosterAct::Join { officer: id(), role: "examiner".to_owned(), person: None, weight: 1_000_000 };
    let absent = RosterAct::Absent { officer: id(), from: day(0), until: day(9), replaced: true };
    let leave = RosterAct::Leave { officer: id(), role: None, reason: String::new() };
    let limit = RosterAct::Limit { officer: id(), most_open: Some(1) };
    for act in [heavy, absent, leave, limit, keep("e1"), recover("e1"), join("e9", "examiner")] {
        let stream = Stream::kept();
        let (before, roster) = (stream.register.officers.clone(), stream.register.at(day(1)));
        let stream = stream.done(&officer("k1"), act.clone(), true);
        assert_eq!((&stream.register.officers, stream.register.at(day(1))), (&before, roster), "{act:?}");
        // Their own word twice is one word.
        let stream = stream.refused(&officer("k1"), &act, true, &RosterRefusal::AgreedAlready);
        // Too late; and by a keeper who is one no longer.
        let stream = stream.later(engine::roster::PROPOSAL_LIVES_H).done(&officer("k2"), act.clone(), true);
        assert_eq!(stream.register.officers, before, "{act:?}");
        let unkeep = RosterAct::Unkeep { officer: "k2".to_owned() };
        let stream = stream.done(&officer("k2"), unkeep, true);
        let without = stream.register.officers.clone();
        let stream = stream.done(&officer("k3"), act.clone(), true);
        assert_eq!(stream.register.officers, without, "{act:?}");
        let stream = stream.done(&officer("k1"), act.clone(), true);
        assert_ne!(stream.register.officers, without, "two keepers agree: {act:?}");
    }
}

#[test]
fn where_keepers_watch_nothing_is_done_in_their_name_without_their_passkey() {
    let unkeep = RosterAct::Unkeep { officer: "k1".to_owned() };
    let leave = RosterAct::Leave { officer: "e1".to_owned(), role: None, reason: String::new() };
    let stream = Stream::kept()
        .refused(&officer("k1"), &join("e9", "examiner"), false, &RosterRefusal::Unsigned)
        .refused(&officer("k1"), &unkeep, false, &RosterRefusal::Unsigned)
        // Who has no passkey yet can only speak of themselves.
        .done(&officer("e1"), leave, false);
    stream.operated([]).done(&officer("k1"), unkeep, true);
}

#[test]
fn who_an_officer_is_stays_when_their_weight_changes() {
    let join = |person: Option<&str>, weight| RosterAct::Join {
        officer: "e1".to_owned(),
        role: "examiner".to_owned(),
        person: person.map(str::to_owned),
        weight,
    };
    let stream = Stream::new().operated([join(Some("P-1"), 1), join(None, 2)]);
    let entry = stream.register.of("e1").unwrap();
    assert_eq!((entry.person.as_deref(), entry.roles["examiner"]), (Some("P-1"), 2));
    stream.refused(&RosterActor::Operator, &join(None, 2), false, &RosterRefusal::Unchanged);
}

#[test]
fn where_the_zone_is_found_is_the_operators_to_say_and_is_said_once() {
    let address = |url: &str| RosterAct::Address { url: url.to_owned() };
    let stream = Stream::kept();
    let stream = stream.refused(&officer("k1"), &address("https://phish.example"), true, &RosterRefusal::NotYours);
    let stream = stream.done(&RosterActor::Operator, address("https://maku.example"), false);
    assert_eq!(stream.register.address.as_deref(), Some("https://maku.example"));
    let stream =
        stream.refused(&RosterActor::Operator, &address("https://maku.example"), false, &RosterRefusal::Unchanged);
    let empty = RosterRefusal::BadField { field: "url" };
    let stream = stream.refused(&RosterActor::Operator, &address(" "), false, &empty);
    let stream = stream.done(&RosterActor::Operator, address("https://new.example"), false);
    assert_eq!(Register::fold(&stream.events), stream.register);
}

/// What an act does, drawn at random: sensible ones and nonsense.
fn any_act() -> impl Strategy<Value = (RosterActor, RosterAct, bool)> {
    let who = prop_oneof![Just("k1"), Just("k2"), Just("e1"), Just("e2")];
    let by = prop_oneof![Just(RosterActor::Operator), Just(officer("k1")), Just(officer("k2")), Just(officer("e1"))];
    let act = (who, 0_u8..12, 0_i64..5).prop_map(|(id, kind, day)| {
        let own = id.to_owned();
        let at = |days: i64| Timestamp::from_second(BEGIN + (day + days) * 86_400).unwrap();
        match kind {
            0 | 1 => join(id, "examiner"),
            2 => keep(id),
            3 => RosterAct::Unkeep { officer: own },
            4 | 5 => add(id, u8::try_from(day).unwrap() + id.as_bytes()[0]),
            6 => withdraw(id, u8::try_from(day).unwrap() + id.as_bytes()[0]),
            7 => recover(id),
            8 => RosterAct::Absent { officer: own, from: at(0), until: at(2), replaced: day % 2 == 0 },
            9 => RosterAct::Leave { officer: own, role: None, reason: String::new() },
            10 => RosterAct::Relate { officer: own, with: format!("P-{day}"), reason: "kin".to_owned() },
            _ => RosterAct::Return { officer: own },
        }
    });
    (by, act, any::<bool>())
}

proptest! {
    /// Whatever is done in whatever order: what was refused changed nothing, the fold of the record is the roster that was used, it survives being
    /// written and read, and no passkey is two people's.
    #[test]
    fn the_fold_of_the_stream_is_the_roster(acts in proptest::collection::vec(any_act(), 0..60)) {
        let mut stream = Stream::new();
        for (by, act, signed) in acts {
            let before = stream.register.clone();
            match stream.judge(&by, &act, signed) {
                Ok(()) => stream = stream.done(&by, act, signed),
                Err(_) => prop_assert_eq!(&before, &stream.register),
            }
            if before.is_kept() {
                let last = stream.events.last().unwrap();
                prop_assert!(before == stream.register || last.by != RosterActor::Operator, "{last:?}");
            }
        }
        let written: Vec<String> = stream.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
        let read: Vec<RosterEvent> = written.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        prop_assert_eq!(&Register::fold(&read), &stream.register);
        let state = serde_json::to_vec(&stream.register).unwrap();
        prop_assert_eq!(&serde_json::from_slice::<Register>(&state).unwrap(), &stream.register);
        let mut ids: Vec<_> = stream.register.officers.values().flat_map(|entry| &entry.passkeys).map(|own| &own.credential).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), all);
    }
}
