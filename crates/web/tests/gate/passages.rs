//! Passages, handed in: each once, however often it is sent; a one-time pass that left by two gates is found, and both are told.

use app::engine::CaseId;
use app::{AppError, Direction, Doubt, Passage, Seen, Taken};

use crate::common::House;

fn passage(house: &House, certificate: CaseId, id: u8) -> Passage {
    let at = house.app.clock.now();
    Passage {
        id: [id; 16],
        at,
        certificate,
        hash: [7; 32],
        direction: Direction::Out,
        seen: Seen::Signed,
        gross_mass_kg: None,
        tare_mass_kg: None,
    }
}

#[tokio::test]
async fn a_passage_is_kept_once_and_a_one_time_pass_leaves_once() {
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await.case;
    let [north, south] = [house.app.account("G-0001").await.unwrap(), house.app.account("G-0002").await.unwrap()];
    let supervisor = house.app.account("S-0001").await.unwrap();
    let first = passage(&house, pass, 1);
    assert!(house.app.pack(60).await.unwrap().pack().used.is_empty());
    let sent = [first.clone(), first.clone()];
    assert_eq!(house.app.take_passages(&north, &sent).await.unwrap(), [Taken::Now, Taken::Before]);
    assert_eq!(house.app.take_passages(&north, &sent[..1]).await.unwrap(), [Taken::Before]);
    let changed = Passage { direction: Direction::In, ..first.clone() };
    assert_eq!(house.app.take_passages(&north, &[changed]).await.unwrap(), [Taken::Differs]);
    assert_eq!(house.app.take_passages(&south, &sent[..1]).await.unwrap(), [Taken::Differs], "another gate's");
    // The pack tells other gates, by the case's name in the log and not by its id.
    let used = house.app.pack(60).await.unwrap().pack().used.clone();
    assert_eq!(used, [app::pseudonym(&pass.0).to_vec()]);
    assert!(house.app.double_passages(&north, "G-0001").await.unwrap().is_empty());

    let second = passage(&house, pass, 2);
    assert_eq!(house.app.take_passages(&south, std::slice::from_ref(&second)).await.unwrap(), [Taken::Double]);
    assert_eq!(house.app.take_passages(&south, &[second]).await.unwrap(), [Taken::Before]);
    for gate in [&north, &south] {
        let doubles = house.app.double_passages(gate, &gate.id).await.unwrap();
        assert_eq!(doubles.len(), 1, "{}", gate.id);
        let gates: Vec<&str> = doubles[0].passages.iter().map(|passed| passed.gate.as_str()).collect();
        assert_eq!(gates, ["G-0001", "G-0002"]);
        assert_eq!(house.app.passages(&supervisor, &gate.id, None, 10).await.unwrap().0.len(), 1);
    }
    // Used a third time it is told once, with all three.
    house.app.clock.advance(jiff::SignedDuration::from_secs(1));
    assert_eq!(house.app.take_passages(&south, &[passage(&house, pass, 3)]).await.unwrap(), [Taken::Double]);
    for gate in [&north, &south] {
        let doubles = house.app.double_passages(gate, &gate.id).await.unwrap();
        let used: Vec<usize> = doubles.iter().map(|double| double.passages.len()).collect();
        assert_eq!(used, [3], "{}", gate.id);
    }
    let page = house.sign_in("S-0001").await.get("/en/passages").await;
    page.says("A one-time certificate left 3 times");
    assert!(matches!(house.app.passages(&north, "G-0002", None, 10).await, Err(AppError::NotFound(_))));
    let person = house.app.account("P-0001").await.unwrap();
    assert!(matches!(house.app.take_passages(&person, &sent).await, Err(AppError::Forbidden)));
    assert!(matches!(house.app.passages(&person, "G-0001", None, 10).await, Err(AppError::NotFound(_))));
}

/// A gate without a network does not know it yet: the passage is kept, and it and its supervisor are told.
#[tokio::test]
async fn a_passage_with_a_revoked_pass_is_kept_and_told() {
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await;
    let [north, supervisor] = [house.app.account("G-0001").await.unwrap(), house.app.account("S-0001").await.unwrap()];
    let holder = house.app.account("P-0001").await.unwrap();
    let hash = house.app.certificate(&holder, pass.case).await.unwrap().unwrap().bare.claims_hash();
    let own = |id: u8| Passage { hash, direction: Direction::In, ..passage(&house, pass.case, id) };
    let before = own(1);
    house.app.clock.advance(jiff::SignedDuration::from_mins(11));
    let close = own(3);
    house.app.clock.advance(jiff::SignedDuration::from_secs(60));
    house.revoke(&pass, "unescorted").await;
    house.app.clock.advance(jiff::SignedDuration::from_secs(60));
    assert_eq!(house.app.take_passages(&north, &[before, own(2), close]).await.unwrap(), [Taken::Now; 3]);
    for account in [&north, &supervisor] {
        let doubted = house.app.doubted_passages(account, "G-0001").await.unwrap();
        let told: Vec<_> = doubted.iter().map(|passed| (passed.passage.id[0], passed.doubt)).collect();
        let doubts = [(3, Some(Doubt::Close)), (2, Some(Doubt::Revoked))];
        assert_eq!(told, doubts, "whoever went long enough before it was revoked did so with a good pass");
    }
    let (all, _) = house.app.passages(&north, "G-0001", None, 10).await.unwrap();
    assert_eq!(all.iter().filter(|passed| passed.doubt.is_none()).count(), 1);
    assert!(matches!(house.app.doubted_passages(&holder, "G-0001").await, Err(AppError::NotFound(_))));
    let page = house.sign_in("S-0001").await.get("/en/passages").await;
    assert!(page.body.contains("Passages that do not count") && page.body.contains("the certificate was revoked"));
    page.says("the certificate was revoked less than ten minutes after this");
}

#[tokio::test]
async fn passages_are_the_newest_first_and_an_unknown_certificate_is_kept_too() {
    let house = House::of_gate([2; 32]).await;
    let north = house.app.account("G-0001").await.unwrap();
    let nobody = CaseId([9; 16]);
    for id in 1..=5 {
        house.app.clock.advance(jiff::SignedDuration::from_secs(1));
        let taken = house.app.take_passages(&north, &[passage(&house, nobody, id)]).await.unwrap();
        assert_eq!(taken, [Taken::Now]);
    }
    let (first, next) = house.app.passages(&north, "G-0001", None, 3).await.unwrap();
    assert_eq!(first.iter().map(|passed| passed.passage.id[0]).collect::<Vec<_>>(), [5, 4, 3]);
    assert!(first.iter().all(|passed| passed.kind.is_none()));
    let (rest, next) = house.app.passages(&north, "G-0001", next, 3).await.unwrap();
    assert_eq!(rest.iter().map(|passed| passed.passage.id[0]).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(next, None);
}

#[tokio::test]
async fn two_gates_at_the_same_moment_make_one_double_passage() {
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await.case;
    let [north, south] = [house.app.account("G-0001").await.unwrap(), house.app.account("G-0002").await.unwrap()];
    let [one, two] = [[passage(&house, pass, 1)], [passage(&house, pass, 2)]];
    let (one, two) = tokio::join!(house.app.take_passages(&north, &one), house.app.take_passages(&south, &two));
    let mut taken = [one.unwrap()[0], two.unwrap()[0]];
    taken.sort_by_key(|taken| *taken == Taken::Double);
    assert_eq!(taken, [Taken::Now, Taken::Double]);
}

/// Where somebody went is theirs to know, and goes with the rest; that the pass was used stays.
#[tokio::test]
async fn passages_are_exported_to_their_holder_and_go_with_the_case() {
    let house = House::of_gate([2; 32]).await;
    let pass = house.exit_pass("P-0001").await.case;
    let [north, south] = [house.app.account("G-0001").await.unwrap(), house.app.account("G-0002").await.unwrap()];
    house.app.take_passages(&north, &[passage(&house, pass, 1)]).await.unwrap();
    house.app.clock.advance(jiff::SignedDuration::from_secs(1));
    house.app.take_passages(&south, &[passage(&house, pass, 2)]).await.unwrap();
    let others = CaseId([9; 16]);
    house.app.take_passages(&north, &[passage(&house, others, 3)]).await.unwrap();

    let holder = house.app.account("P-0001").await.unwrap();
    let export = house.app.export(&holder, None).await.unwrap();
    let own = export.cases.iter().find(|case| case.view.case.id == pass).unwrap();
    let gates: Vec<&str> = own.passages.iter().map(|passed| passed.gate.as_str()).collect();
    assert_eq!(gates, ["G-0002", "G-0001"], "the newest first, and nobody else's");

    let grounds = match house.app.erase(pass, Some("no-such-ground")).await {
        Err(AppError::Refused(app::engine::refusal::Refusal::WrongGround { grounds, .. })) => grounds,
        other => panic!("{other:?}"),
    };
    house.app.erase(pass, Some(&grounds[0])).await.unwrap();
    assert!(house.app.scrub_if_due().await.unwrap());
    let files = ["store.sqlite", "store.sqlite-wal"].map(|name| std::fs::read(house.folder().join(name)).unwrap());
    let is_kept = |id: u8| {
        let id = format!("{id:02x}").repeat(16);
        files.iter().any(|file| file.windows(id.len()).any(|window| window == id.as_bytes()))
    };
    assert_eq!([1, 2, 3].map(is_kept), [false, false, true], "in the database's files, by their ids");
    assert_eq!(house.app.passages(&north, "G-0001", None, 10).await.unwrap().0.len(), 1, "the other's stays");
    let used = house.app.pack(60).await.unwrap().pack().used.clone();
    assert_eq!(used, [app::pseudonym(&pass.0).to_vec()], "a pass that was used is not new again");
}
