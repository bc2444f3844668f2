//! A sample history of the reference zone: a year in which everything happens that can, and which leaves nobody who could sign for an officer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::{App, History, Keys, Objects, Officers, Settings};
use jiff::{SignedDuration, Timestamp};
use store_sqlite::SqliteStore;

fn zone() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku")
}

async fn open(folder: &Path) -> App {
    let report = definition::check(&app::read_zone(&zone()).unwrap());
    let settings = Settings {
        zone: report.zone.unwrap(),
        store: Arc::new(SqliteStore::open(&folder.join("store.sqlite")).unwrap()),
        objects: Objects::folder(&folder.join("objects")).unwrap(),
        keys: Keys { log: [1; 32], certificates: [2; 32] },
        origin: "sample.example/log".to_owned(),
        base_url: "http://sample.example".to_owned(),
    };
    App::open(settings).await.unwrap().with_officers(Officers::Either)
}

#[tokio::test]
async fn a_sample_year_has_everything_that_a_year_has() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path()).await;
    let begun = Timestamp::now();
    let told = AtomicU32::new(0);
    // Cases are drawn anew each time; of so many, some eight are granted by silence.
    let history = History { cases: 600, seed: 7 };
    let tell = |done| told.store(done, Ordering::Relaxed);
    app.load_samples_with_history(&zone().join("samples"), history, tell).await.unwrap();

    assert_eq!(told.into_inner(), 600);
    let counted = app.integrity();
    let figures = &counted.figures;
    let ended: u64 = figures.services.values().flat_map(|service| service.ended.values()).sum();
    assert!(ended > 400, "{ended} cases came to an end");
    // Nothing of a sample year is declared to customs: no goods were there.
    let asked = app.zone().services().values().filter(|service| service.authority != "customs-office").count();
    assert_eq!(figures.services.len(), asked, "every other service was asked for, or appealed to");
    for (name, one) in &figures.services {
        assert!(one.ended.contains_key("granted"), "{name}: {:?}", one.ended);
    }
    assert!(figures.draws > 100 && figures.touches().count > 100, "{figures:?}");
    assert!(figures.deemed.values().sum::<u64>() >= 1, "some were silent: {:?}", figures.deemed);
    assert!(!figures.refusals.is_empty() && !figures.asks.is_empty(), "{figures:?}");
    assert!(figures.deadlines_kept.values().any(|share| share.count < share.of), "{:?}", figures.deadlines_kept);
    assert!(counted.chance.is_some(), "people came again");

    // It began a year ago, and the zone's clock goes by the wall again.
    assert!(app.clock.now() >= begun && app.clock.now().duration_since(begun) < SignedDuration::from_hours(1));
    assert_eq!(app.checkpoint().unwrap().checkpoint.size(), counted.events, "all of it is in the log");
    let agent = app.account("P-0005").await.unwrap();
    let standing: Vec<_> = app.mandates(&agent).await.unwrap().received.iter().map(|view| view.standing).collect();
    assert_eq!(standing, [app::engine::mandate::Standing::Stands], "who tries the demonstration finds an agent");
    let roster = app.register();
    let officers = app.accounts().await.unwrap().into_iter().filter_map(|account| account.officer);
    for officer in officers {
        assert!(roster.of(&officer).unwrap().passkeys.is_empty(), "{officer} left a passkey behind");
    }
}

#[tokio::test]
async fn a_history_that_lacks_an_answer_says_which() {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("samples");
    std::fs::create_dir_all(&samples).unwrap();
    for entry in std::fs::read_dir(zone().join("samples")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, samples.join(path.file_name().unwrap())).unwrap();
    }
    for (rows, expected) in [
        ("service,fact,value,weight\nactivity-licence,,,1\n", "the fact activity of activity-licence"),
        ("service,fact,value,weight\nno-service,,,1\n", "no service of the zone: no-service"),
        ("service,fact,value,weight\nactivity-licence,,,many\n", "history.csv: a weight that is no whole number"),
        ("service,fact,value\nactivity-licence,,\n", "history.csv: no column weight"),
        (
            "service,fact,value,weight\nactivity-licence,,,1\nactivity-licence,activity,9999,1\nactivity-licence,investment,1,1\n",
            "fact activity of activity-licence: 9999",
        ),
    ] {
        std::fs::write(samples.join("history.csv"), rows).unwrap();
        let place = tempfile::tempdir().unwrap();
        let app = open(place.path()).await;
        let history = History { cases: 3, seed: 7 };
        let error = app.load_samples_with_history(&samples, history, drop).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
