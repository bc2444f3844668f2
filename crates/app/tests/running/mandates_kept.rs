//! What is kept of mandates: who finds them, how many there may be, and that all of it can be made again.

use std::sync::Arc;

use app::AppError;
use app::engine::mandate::{MandateAct, MandateRefusal, OPEN_MAX, Standing};
use tokio::task::JoinSet;

use crate::house::{House, of_person, withdraw};
use crate::mandates::{HOUR, agent, agent_for, file, offer, on, shop, under};

#[tokio::test]
async fn what_is_known_of_mandates_is_exported_and_can_be_made_again() {
    let house = House::open().await;
    // Names so long that no hash in the log spells them by chance.
    let mandate = agent_for(&house, "SHOP-7731", "parastoo").await;
    file(&house, "parastoo", &under(&house, "SHOP-7731", mandate)).await.unwrap();
    let export = |who: &'static str| {
        let house = &house;
        async move { house.app.export(&of_person(who), None).await.unwrap() }
    };
    let (holder, agent) = (export("zahra").await, export("parastoo").await);
    assert_eq!((holder.mandates.given.len(), holder.cases.len()), (1, 1));
    assert_eq!((agent.mandates.received.len(), agent.cases.len()), (1, 0), "the case is not the agent's own");
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
    let row = house.store.case(mandate).await.unwrap().unwrap();
    house.store.restate(store::CaseRow { state: b"{}".to_vec(), ..row.clone() }, Vec::new()).await.unwrap();
    assert_eq!(house.app.rebuild().await.unwrap().mended, 1);
    assert_eq!(house.store.case(mandate).await.unwrap().unwrap(), row);
    // The log takes it all up, and gives no names away.
    app::jobs::sequencer::run(&house.app).await.unwrap();
    let entries = std::fs::read(house.log_file("tile/entries/000.p/6")).or_else(|_| {
        let folder = house.log_file("tile/entries/000.p");
        std::fs::read(std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path())
    });
    let entries = String::from_utf8_lossy(&entries.unwrap()).into_owned();
    assert!(entries.contains("mandate-give") && entries.contains("mandate-accept"));
    assert!(!entries.contains("zahra") && !entries.contains("parastoo") && !entries.contains("SHOP"), "{entries}");
}

#[tokio::test]
async fn what_finds_a_mandate_can_be_dropped_and_made_again() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    let offered = on(&house, "zahra", None, &offer(&house, "S1", "omar")).await.unwrap().case;
    let case = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    house.act(&of_person("ali"), case, withdraw()).await.unwrap();
    let declined = on(&house, "zahra", None, &offer(&house, "S1", "ali")).await.unwrap().case;
    on(&house, "ali", Some(declined), &MandateAct::GiveUp).await.unwrap();
    let seen = |who: &'static str| {
        let house = &house;
        async move { format!("{:?}", house.app.mandates(&of_person(who)).await.unwrap()) }
    };
    let before = [seen("zahra").await, seen("ali").await, seen("omar").await];
    assert!(before[0].contains("uses: 2") && before[2].contains("Offered"), "{before:?}");
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
    for kind in ["mandate", "mandate-of"] {
        for id in [mandate, offered, declined] {
            let (kind, key) = (kind.to_owned(), id.to_string());
            let gone = store::Put { kind, key, owner: None, body: None, expected: None };
            house.store.put(vec![gone]).await.unwrap();
        }
    }
    assert_ne!(seen("ali").await, before[1]);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 3);
    assert_eq!([seen("zahra").await, seen("ali").await, seen("omar").await], before);
    assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn an_offer_that_nobody_answers_in_time_leaves_the_list_of_whom_it_named() {
    let house = House::open().await;
    shop(&house, "S1", "zahra").await;
    let offered = on(&house, "zahra", None, &offer(&house, "S1", "ali")).await.unwrap().case;
    let received = || async { house.app.mandates(&of_person("ali")).await.unwrap().received.len() };
    assert_eq!(received().await, 1);
    house.app.clock.advance(HOUR * 24 * 30);
    assert_eq!(received().await, 0, "also before it is swept");
    let named = |house: &House| {
        let (kind, owner) = ("mandate".to_owned(), Some("ali".to_owned()));
        let store = Arc::clone(&house.store);
        async move {
            let query = store::EntryQuery { kind, key: None, owner, after: None, limit: 10 };
            store.entries(query).await.unwrap().len()
        }
    };
    assert_eq!((named(&house).await, house.app.rebuild().await.unwrap().mended), (1, 0));
    app::jobs::sweep::run(&house.app).await.unwrap();
    assert_eq!((named(&house).await, house.app.rebuild().await.unwrap().mended), (0, 0));
    let given = house.app.mandates(&of_person("zahra")).await.unwrap().given;
    assert_eq!((given[0].id, given[0].standing), (offered, Standing::Expired), "whoever gave it sees what came of it");
    // What was accepted stays, and is shown as over.
    let accepted = agent(&house).await;
    house.app.clock.advance(HOUR * 24 * 30);
    app::jobs::sweep::run(&house.app).await.unwrap();
    assert_eq!(house.app.mandates(&of_person("ali")).await.unwrap().received[0].id, accepted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_company_has_no_more_open_mandates_than_it_may_whoever_gives_them_at_the_same_moment() {
    let house = Arc::new(House::open().await);
    let other = house.another_process().await;
    shop(&house, "S1", "zahra").await;
    let mut tasks = JoinSet::new();
    for number in 0..OPEN_MAX + 30 {
        let (house, other) = (Arc::clone(&house), Arc::clone(&other));
        tasks.spawn(async move {
            let app = if number % 2 == 0 { &house.app } else { &other };
            let act = offer(&house, "S1", &format!("agent{number}"));
            app.act_on_mandate(&of_person("zahra"), None, &act, None).await
        });
    }
    let results = tasks.join_all().await;
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        let told = matches!(error, AppError::Mandate(MandateRefusal::TooMany) | AppError::Stale);
        assert!(told, "{error:?}");
    }
    let given = house.app.mandates(&of_person("zahra")).await.unwrap().given.len();
    assert_eq!(given, results.iter().filter(|result| result.is_ok()).count());
    assert!(given <= OPEN_MAX, "{given}");
    for number in given..OPEN_MAX {
        on(&house, "zahra", None, &offer(&house, "S1", &format!("late{number}"))).await.unwrap();
    }
    let refused = on(&house, "zahra", None, &offer(&house, "S1", "ali")).await.unwrap_err();
    assert!(matches!(refused, AppError::Mandate(MandateRefusal::TooMany)), "{refused:?}");
}
