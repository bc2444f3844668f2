//! Draws with a second institution: once the lot is in the log, and only with the institution's own key.

use std::sync::Arc;

use app::beacon::Trust;
use app::beacon::institution::{self, Declined, Question, Seen};
use app::beacon::sheet::Verdict;
use app::beacon::vrf::SecretKey;
use app::engine::lot::Evidence;
use app::log::VerifierKey;
use app::{LotsFrom, jobs};
use parking_lot::Mutex;

use crate::house::House;
use crate::lots::{FACTS, drawn, lots, sheets};
use crate::relay;

/// A second institution that follows the little zone's log.
async fn institution(key: SecretKey, seen: Arc<Mutex<Seen>>, log: VerifierKey) -> String {
    relay::serve(move |path, body| {
        assert_eq!(path, "/lot");
        let mut seen = seen.lock();
        let answered = Question::read(body).and_then(|question| institution::answer(&question, &log, &seen, &key));
        match answered {
            Ok((answer, now)) => {
                *seen = now;
                (200, serde_json::to_vec(&answer).unwrap())
            }
            Err(Declined::OtherSize { seen, .. }) => (409, format!("{{\"seen\":{seen}}}").into_bytes()),
            Err(declined) => (422, declined.to_string().into_bytes()),
        }
    })
    .await
}

fn log_key() -> VerifierKey {
    let signer = app::log::SignerKey::from_seed("little.example/log", app::log::key::Algorithm::Ed25519, &[1; 32]);
    signer.unwrap().verifier().clone()
}

async fn with_institutions(answers_with: &SecretKey) -> (House, Arc<Mutex<Seen>>) {
    let second = SecretKey::from_seed(&[12; 32]);
    let seen = Arc::new(Mutex::new(Seen::default()));
    let url = institution(answers_with.clone(), Arc::clone(&seen), log_key()).await;
    let (own, other) = (Box::new(SecretKey::from_seed(&[11; 32])), *second.public());
    (House::drawing(LotsFrom::Institutions { own, other, url }).await, seen)
}

#[tokio::test]
async fn two_institutions_draw_together_once_the_lot_is_in_the_log() {
    let (house, seen) = with_institutions(&SecretKey::from_seed(&[12; 32])).await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    // No checkpoint has the lot yet.
    assert_eq!(lots(&house).await, 0);
    jobs::sequencer::run(&house.app).await.unwrap();
    assert_eq!(lots(&house).await, 1);
    let sheet = sheets(&house, "ali", case).await.remove(0);
    assert_eq!(sheet.verify(&house.app.lot_trust()), Ok(Verdict::Proven));
    assert!(matches!(sheet.draw.proof.as_ref().unwrap().evidence, Evidence::Vrf { .. }));
    assert_eq!(seen.lock().size, house.app.checkpoint().unwrap().checkpoint.size());
    // The log goes on, and so does the institution, from where it stands: also when this process does not know where that is.
    for person in ["zahra", "reza"] {
        house.submit(person, "licence", FACTS).await;
    }
    jobs::sequencer::run(&house.app).await.unwrap();
    assert_eq!(lots(&house).await, 2);
    assert_eq!(seen.lock().size, house.app.checkpoint().unwrap().checkpoint.size());
    // A stranger who trusts neither key learns that nothing is proven to them.
    let keys = vec![[1; 32]];
    assert!(sheet.verify(&Trust { chains: Vec::new(), keys }).is_err());
}

#[tokio::test]
async fn an_institution_with_another_key_is_not_believed() {
    let (house, _) = with_institutions(&SecretKey::from_seed(&[13; 32])).await;
    let case = house.submit("ali", "licence", FACTS).await.case;
    jobs::sequencer::run(&house.app).await.unwrap();
    assert_eq!(lots(&house).await, 0);
    assert!(drawn(&house, case).await.is_empty());
    assert_eq!(house.app.backlog().await.unwrap().stuck_lots, 1);
}

#[tokio::test]
async fn the_zones_own_key_is_no_second_institution() {
    let house = House::open().await;
    let (own, other) = (SecretKey::from_seed(&[11; 32]), *SecretKey::from_seed(&[11; 32]).public());
    let from = LotsFrom::Institutions { own: Box::new(own), other, url: String::new() };
    let app = Arc::into_inner(house.app).unwrap();
    assert!(app.with_lots(from).is_err());
}
