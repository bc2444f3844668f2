//! Where chance decides: by a round of drand, at once, and never otherwise by filing again.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::beacon::sheet::{Verdict, Wrong};
use app::engine::CaseId;
use app::engine::case::{Decider, Way};
use app::engine::event::{Event, What};
use app::{LotsFrom, WaitsFor, jobs};
use store::EntryQuery;
use store_postgres::PostgresStore;

use crate::house::{House, of_person, withdraw};
use crate::lots::{lots, pass_the_round, sheets, with_drand};
use crate::server::Database;

/// From the strictest on.
const ROUTES: [&str; 3] = ["opening", "papers", "release"];

async fn parcel(house: &House, person: &str) -> CaseId {
    house.submit(person, "parcel", "size 3").await.case
}

async fn way(house: &House, case: CaseId) -> Way {
    house.state(case).await.ways["sample"].clone()
}

fn place(way: &Way) -> usize {
    ROUTES.iter().position(|route| *route == way.route).unwrap()
}

async fn events(house: &House, case: CaseId) -> Vec<Event> {
    let history = house.store.history(case, 0, 100).await.unwrap();
    history.iter().map(|row| serde_json::from_slice(&row.event.body).unwrap()).collect()
}

/// Files until the lot falls on this route; every other case is brought to its end, so that it leaves nothing behind.
async fn until(house: &House, person: &str, route: &str) -> CaseId {
    loop {
        let case = parcel(house, person).await;
        if way(house, case).await.route == route {
            return case;
        }
        if house.state(case).await.ended.is_none() {
            let stage = house.state(case).await.stage;
            house.decide(case, &stage, "release", None).await;
        }
    }
}

#[tokio::test]
async fn a_case_waits_for_its_round_and_goes_the_way_that_it_gives() {
    let house = with_drand().await;
    let case = parcel(&house, "ali").await;
    assert_eq!(lots(&house).await, 0);
    let view = house.app.case(&of_person("ali"), case).await.unwrap();
    let waiting = house.app.draws(&view).unwrap().waiting;
    let WaitsFor::Lot(lot, _) = &waiting[0].awaited else { panic!("it waits for another case") };
    assert_eq!((lot.routes.len(), lot.candidates.len(), lot.people), (3, 0, 0));
    pass_the_round(&house);
    assert_eq!(lots(&house).await, 1);
    let state = house.state(case).await;
    let went = way(&house, case).await;
    assert_eq!((state.stage.as_str(), &went.by), (went.route.as_str(), &Decider::Lot));
    // What was fixed is what stands in the log, and anybody can do the draw again.
    jobs::sequencer::run(&house.app).await.unwrap();
    let sheet = sheets(&house, "ali", case).await.remove(0);
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    assert_eq!(sheet.draw.route.as_ref(), Some(&went.route));
    let entry = house.app.log_entries(sheet.fixed.as_ref().unwrap().index).await.unwrap().remove(0);
    assert_eq!(entry.hash.0, sheet.draw.proof.as_ref().unwrap().leaf.0);
    // Neither other shares nor another way pass for it.
    let mut heavier = sheet.clone();
    heavier.draw.routes[2].weight = 71;
    assert_eq!(heavier.verify(&house.app.lot_trust()), Err(Wrong::Draw));
    let mut chosen = sheet.clone();
    chosen.draw.route = ROUTES.iter().find(|route| **route != went.route).map(|route| (*route).to_owned());
    assert_eq!(chosen.verify(&house.app.lot_trust()), Err(Wrong::Draw));
}

#[tokio::test]
async fn a_round_that_does_not_come_sends_the_case_the_first_way() {
    let house = with_drand().await;
    let case = parcel(&house, "ali").await;
    house.pass_deadline(case).await;
    house.jobs().await;
    assert_eq!(way(&house, case).await, Way { route: "opening".to_owned(), by: Decider::Undrawn });
    // The round was out long ago: the lot is drawn, and changes nothing.
    assert_eq!(lots(&house).await, 1);
    let drawn = |event: &Event| matches!(&event.what, What::Drawn { draw, .. } if draw.is_of_routes());
    assert!(events(&house, case).await.iter().any(drawn));
    assert_eq!(house.state(case).await.stage, "opening");
    assert_eq!(way(&house, case).await.by, Decider::Undrawn);
}

#[tokio::test]
async fn withdrawing_and_filing_again_does_not_help() {
    file_again(&House::open().await).await;
}

#[tokio::test]
async fn nor_does_it_on_postgresql() {
    let Some(database) = Database::create().await else { return };
    let store = Arc::new(PostgresStore::connect(&database.url, 4).await.unwrap());
    let house = House::on(store, tempfile::tempdir().unwrap(), LotsFrom::Own).await;
    file_again(&house).await;
    drop(house);
}

async fn file_again(house: &House) {
    let first = until(house, "ali", "opening").await;
    let mut former = first;
    for _ in 0..6 {
        house.act(&of_person("ali"), former, withdraw()).await.unwrap();
        former = parcel(house, "ali").await;
        let taken = way(house, former).await;
        assert_eq!(taken.route, "opening");
        assert!(matches!(taken.by, Decider::Matter(_)));
        let drawn = |event: &Event| matches!(&event.what, What::Drawn { draw, .. } if draw.is_of_routes());
        assert!(!events(house, former).await.iter().any(drawn), "it was drawn for again");
    }
    // Somebody else's matter is another one.
    assert_eq!(way(house, parcel(house, "zahra").await).await.by, Decider::Lot);
    // What was owed was gone with: from here on it is drawn anew.
    house.decide(former, "opening", "release", None).await;
    assert_eq!(way(house, parcel(house, "ali").await).await.by, Decider::Lot);
}

/// Whoever knows that they are let go cannot put another application in the place of that one; and is never better off than before.
#[tokio::test]
async fn of_what_was_drawn_before_and_now_the_stricter_counts() {
    let house = House::open().await;
    let mut least = 2;
    let mut former = until(&house, "ali", "papers").await;
    let (mut drawn_for, mut bound) = (0, 0);
    for _ in 0..30 {
        least = least.min(place(&way(&house, former).await));
        house.act(&of_person("ali"), former, withdraw()).await.unwrap();
        former = parcel(&house, "ali").await;
        let now = way(&house, former).await;
        assert!(place(&now) <= least, "{now:?} after {}", ROUTES[least]);
        match now.by {
            Decider::Matter(_) => bound += 1,
            _ => drawn_for += 1,
        }
    }
    assert_eq!(bound + drawn_for, 30);
    assert!(bound > 0);
}

#[tokio::test]
async fn several_applications_at_once_are_no_second_chance() {
    let house = Arc::new(House::open().await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let house = Arc::clone(&house);
        tasks.spawn(async move { parcel(&house, "ali").await });
    }
    // In the order in which they stand in the log, each goes no better way than those before it that are still open.
    let mut opened = BTreeMap::new();
    for case in tasks.join_all().await {
        let first = house.store.history(case, 0, 1).await.unwrap().remove(0).position;
        opened.insert(first, (way(&house, case).await, house.state(case).await.ended.is_some()));
    }
    let mut least = 2;
    for (way, ended) in opened.into_values() {
        assert!(place(&way) <= least, "{way:?} after {}", ROUTES[least]);
        if !ended {
            least = place(&way);
        }
    }
}

#[tokio::test]
async fn an_application_waits_for_the_lot_of_another_in_its_matter() {
    let house = with_drand().await;
    let first = parcel(&house, "ali").await;
    let second = parcel(&house, "ali").await;
    let kinds: Vec<&str> = events(&house, second).await.iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds, ["opened", "entered", "shared"]);
    // It does not help to take the first back: it is drawn all the same.
    house.act(&of_person("ali"), first, withdraw()).await.unwrap();
    pass_the_round(&house);
    lots(&house).await;
    lots(&house).await;
    let drawn = way(&house, first).await;
    match drawn.route.as_str() {
        "opening" => assert_eq!(way(&house, second).await, Way { by: Decider::Matter(first), ..drawn }),
        // A lot of its own is fixed, which is bound where the first one's way binds.
        route => {
            let lot = events(&house, second).await.into_iter().find_map(|event| match event.what {
                What::Lot { seat, lot } if seat == "sample" => Some(lot),
                _ => None,
            });
            let bound = lot.unwrap().bound;
            assert_eq!(
                bound.map(|bound| (bound.route, bound.case)),
                (route == "papers").then(|| ("papers".to_owned(), first))
            );
        }
    }
}

/// What is kept of matters comes out the same when it is made again from the events.
#[tokio::test]
async fn what_binds_is_made_again_from_the_events() {
    let house = House::open().await;
    let ali = of_person("ali");
    let opening = until(&house, "ali", "opening").await;
    house.act(&ali, opening, withdraw()).await.unwrap();
    let papers = until(&house, "zahra", "papers").await;
    house.act(&of_person("zahra"), papers, withdraw()).await.unwrap();
    parcel(&house, "zahra").await;
    until(&house, "omid", "papers").await;
    let query = || EntryQuery { kind: "matter".to_owned(), key: None, owner: None, after: None, limit: 100 };
    let kept = |entries: Vec<store::Entry>| -> BTreeMap<String, Vec<u8>> {
        entries.into_iter().map(|entry| (entry.key, entry.body)).collect()
    };
    let before = kept(house.store.entries(query()).await.unwrap());
    assert!(before.values().any(|body| String::from_utf8_lossy(body).contains("\"ways\"")));
    let gone = before.keys().map(|key| store::Put {
        kind: "matter".to_owned(),
        key: key.clone(),
        owner: None,
        body: None,
        expected: None,
    });
    house.store.put(gone.collect()).await.unwrap();
    house.app.rebuild().await.unwrap();
    assert_eq!(kept(house.store.entries(query()).await.unwrap()), before);
    assert!(matches!(way(&house, parcel(&house, "ali").await).await.by, Decider::Matter(case) if case == opening));
}
