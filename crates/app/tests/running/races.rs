//! The same thing done twice, or by many at the same moment: one wins, and the others are told the truth.

use std::sync::Arc;

use app::AppError;
use app::engine::act::Act;
use app::engine::refusal::Refusal;
use tokio::task::JoinSet;

use crate::house::{House, decide, key, of_officer, of_person, withdraw};

const MANY: usize = 32;

/// What many tasks got that did the same thing at the same moment.
async fn many<T>(task: impl Fn(usize) -> T) -> Vec<T::Output>
where
    T: std::future::Future + Send + 'static,
    T::Output: Send + 'static,
{
    let mut tasks = JoinSet::new();
    for n in 0..MANY {
        tasks.spawn(task(n));
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_equal_acts_at_once_one_wins() {
    let house = Arc::new(House::open().await);
    let case = house.submit("ali", "licence", "kind smith, size 90").await;
    let officer = of_officer(&house.state(case.case).await.drawn("review")[0]);
    let results = many(|_| {
        let (house, officer, case) = (Arc::clone(&house), officer.clone(), case.clone());
        async move { house.app.act(&officer, case.case, &decide("grant", None), Some(case.seq), None).await }
    })
    .await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let told = |error: &AppError| matches!(error, AppError::Stale | AppError::Refused(Refusal::Ended));
    assert!(results.iter().all(|result| result.as_ref().err().is_none_or(told)), "{results:?}");
    // One decision stands in the record, not two.
    let history = house.store.history(case.case, 0, 100).await.unwrap();
    assert_eq!(history.iter().filter(|row| row.event.kind == "decided").count(), 2, "screening and one review");
    assert_eq!(history.len() as u64, house.state(case.case).await.seq);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_equal_requests_at_once_one_is_done_and_all_get_its_answer() {
    let house = Arc::new(House::open().await);
    let case = house.submit("ali", "licence", "kind smith, size 90").await;
    let officer = of_officer(&house.state(case.case).await.drawn("review")[0]);
    for seen in [Some(case.seq), None] {
        let results = many(|_| {
            let (house, officer, case) = (Arc::clone(&house), officer.clone(), case.clone());
            async move {
                let act = decide("grant", None);
                house
                    .app
                    .act(&officer, case.case, &act, seen, key("once"))
                    .await
                    .unwrap_or_else(|error| panic!("{error}"))
            }
        })
        .await;
        assert!(results.iter().all(|acted| *acted == results[0]), "{results:?}");
        assert_eq!(results[0].outcome.as_deref(), Some("granted"));
    }
    // The key is spent: another request under it is refused, whoever else may use the same one.
    let other = app::Key::new("once", b"another request");
    let reused =
        house.app.act(&officer, case.case, &decide("refuse", Some("unfit")), Some(case.seq), Some(other)).await;
    assert!(matches!(reused, Err(AppError::KeyReused)), "{reused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_draft_sent_many_times_at_once_makes_one_case() {
    let house = Arc::new(House::open().await);
    let ali = of_person("ali");
    house.app.keep_draft(&ali, &house.draft("licence", None, "kind smith, size 90")).await.unwrap();
    let draft = house.app.draft(&ali, "licence", None, None).await.unwrap();
    let results = many(|_| {
        let (house, ali, draft) = (Arc::clone(&house), ali.clone(), draft.clone());
        async move { house.app.submit(&ali, &draft, None).await }
    })
    .await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(results.iter().all(|result| matches!(result, Ok(_) | Err(AppError::Stale))), "{results:?}");
    assert_eq!(house.app.my_cases(&ali, None, 100).await.unwrap().items.len(), 1);
    assert_eq!(house.app.drafts(&ali).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_application_sent_many_times_under_one_key_makes_one_case() {
    let house = Arc::new(House::open().await);
    let ali = of_person("ali");
    let results = many(|_| {
        let (house, ali) = (Arc::clone(&house), ali.clone());
        async move {
            let draft = house.draft("licence", None, "kind smith, size 90");
            house.app.submit(&ali, &draft, key("apply")).await.unwrap_or_else(|error| panic!("{error}"))
        }
    })
    .await;
    assert!(results.iter().all(|acted| *acted == results[0]));
    assert_eq!(house.app.my_cases(&ali, None, 100).await.unwrap().items.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_clock_and_people_at_the_same_moment_leave_one_truth() {
    let house = Arc::new(House::open().await);
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    let officer = of_officer(&house.state(case).await.drawn("review")[0]);
    house.pass_deadline(case).await;
    let results = many(|n| {
        let (house, officer) = (Arc::clone(&house), officer.clone());
        async move {
            match n % 3 {
                0 => house.act(&officer, case, decide("refuse", Some("unfit"))).await.err(),
                1 => house.act(&of_person("ali"), case, withdraw()).await.err(),
                _ => app::jobs::clock::run(&house.app).await.err(),
            }
        }
    })
    .await;
    let late = |error: &AppError| {
        matches!(error, AppError::Stale | AppError::Refused(Refusal::TimeRanOut { .. } | Refusal::Ended))
    };
    assert!(results.iter().flatten().all(late), "{results:?}");
    house.jobs().await;
    let ended = house.state(case).await;
    assert_eq!(app::outcome_name(ended.ended.unwrap().outcome), "granted", "somebody overtook the silence");
    let kinds: Vec<String> =
        house.store.history(case, 0, 100).await.unwrap().into_iter().map(|row| row.event.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "lapsed").count(), 1);
}

#[tokio::test]
async fn a_page_that_is_stale_changes_nothing() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90").await;
    let officer = of_officer(&house.state(case.case).await.drawn("review")[0]);
    let mend =
        Act::Correct { fact: "size".to_owned(), value: definition::value::Value::Bool(true), reason: "x".to_owned() };
    for seen in [0, case.seq - 1, case.seq + 1, u64::MAX] {
        for act in [decide("grant", None), mend.clone()] {
            let stale = house.app.act(&officer, case.case, &act, Some(seen), None).await;
            assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
        }
    }
    assert_eq!(house.state(case.case).await.seq, case.seq);
}

#[tokio::test]
async fn a_closed_case_takes_nothing_more() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    let officer = of_officer(&house.state(case).await.drawn("review")[0]);
    let ended = house.decide(case, "review", "grant", None).await;
    for (account, act) in [
        (&officer, decide("refuse", Some("unfit"))),
        (&officer, Act::Ask { items: Vec::new() }),
        (&of_person("ali"), withdraw()),
        (&of_person("ali"), Act::Supply { facts: [].into() }),
    ] {
        let refused = house.act(account, case, act).await;
        assert!(matches!(refused, Err(AppError::Refused(Refusal::Ended))), "{refused:?}");
    }
    assert_eq!(house.state(case).await.seq, ended.seq);
}
