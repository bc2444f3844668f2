//! A log under a policy whose witness nobody reaches: what is signed is kept and not shown, and files that contradict each other are found.

use app::jobs::{sequencer, witnesses};
use app::log::key::Algorithm;
use app::log::{Checkpoint, Hash, Note, SignerKey};

use crate::house::House;

/// Nobody listens on port 1.
fn policy() -> String {
    let witness = SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[9; 32]).unwrap();
    format!("witness w1 {} http://127.0.0.1:1\nquorum w1\n", witness.verifier())
}

fn signed(size: u64, root: Hash) -> Vec<u8> {
    let key = SignerKey::from_seed("little.example/log", Algorithm::Ed25519, &[1; 32]).unwrap();
    Checkpoint::new("little.example/log", size, root).unwrap().sign(&key).unwrap().encode()
}

fn size(house: &House) -> u64 {
    house.app.checkpoint().map_or(0, |published| published.checkpoint.size())
}

#[tokio::test]
async fn what_no_quorum_cosigned_is_signed_kept_and_not_shown() {
    let house = House::open().await;
    house.submit("ali", "licence", "kind smith, size 90").await;
    sequencer::run(&house.app).await.unwrap();
    let before = size(&house);
    // From the next start on a policy holds; what was published before it stays.
    let house = house.restart(Some(&policy())).await.unwrap();
    house.app.put_roster(crate::house::roster(&[])).await.unwrap();
    assert!(!witnesses::run(&house.app).await.unwrap());
    assert_eq!(size(&house), before);
    let acted = house.submit("zahra", "licence", "kind smith, size 90").await;
    sequencer::run(&house.app).await.unwrap();
    let all = house.app.signed_size();
    assert!(all > before && !witnesses::run(&house.app).await.unwrap());
    assert_eq!(size(&house), before);
    let finality = house.app.finality().unwrap();
    assert_eq!((finality.signed, finality.witnessed, finality.quorum), (all, before, false));
    assert_eq!((finality.witnesses[0].outcome, finality.witnesses[0].cosigned_s), ("away", None));
    // Acts stand, and nothing is proven that is not final.
    assert_eq!(house.state(acted.case).await.applicant, "zahra");
    assert!(house.app.inclusion(before - 1).await.unwrap().is_some());
    assert_eq!(house.app.inclusion(all - 1).await.unwrap(), None);
    assert!(house.app.log_entries(before).await.unwrap().is_empty());
    assert!(house.app.cosigners().is_empty());
    // A start keeps to what was signed; without a policy it is published as it is.
    let promised = std::fs::read(house.log_file("signed")).unwrap();
    let house = house.restart(Some(&policy())).await.unwrap();
    assert_eq!((house.app.signed_size(), size(&house)), (all, before));
    assert_eq!(std::fs::read(house.log_file("signed")).unwrap(), promised);
    let house = house.restart(None).await.unwrap();
    assert_eq!(size(&house), all);
    assert_eq!(std::fs::read(house.log_file("checkpoint")).unwrap(), promised);
    assert_eq!(house.app.finality(), None);
}

#[tokio::test]
async fn two_signed_files_that_contradict_each_other_end_the_start() {
    for at in [0_u64, 1, 2] {
        let house = House::open().await;
        house.submit("ali", "licence", "kind smith, size 90").await;
        sequencer::run(&house.app).await.unwrap();
        let published = size(&house);
        // Smaller, as large, larger: under a root that the events do not give.
        let other = published + at - 1;
        std::fs::write(house.log_file("signed"), signed(other, Hash([7; 32]))).unwrap();
        let why = house.restart(Some(&policy())).await.err().unwrap().to_string();
        let expected =
            if at < 2 { "one is not the beginning of the other" } else { "the database is older than the log" };
        assert!(why.contains(expected), "{other} beside {published}: {why}");
    }
}

#[tokio::test]
async fn a_quorum_of_none_publishes_at_once() {
    let house = House::open().await.restart(Some("quorum none\n")).await.unwrap();
    house.app.put_roster(crate::house::roster(&[])).await.unwrap();
    house.submit("ali", "licence", "kind smith, size 90").await;
    sequencer::run(&house.app).await.unwrap();
    assert!(witnesses::run(&house.app).await.unwrap());
    let published = house.app.checkpoint().unwrap();
    assert_eq!(published.checkpoint.size(), house.app.signed_size());
    assert_eq!(Note::parse(&published.note).unwrap().signatures().len(), 1);
}
