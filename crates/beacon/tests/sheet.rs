//! A draw on a sheet: who does it again comes to the same, and finds whatever was changed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use beacon::randomness::{self, ProofError};
use beacon::sheet::{Fixed, Verdict, Wrong};
use beacon::vrf::SecretKey;
use beacon::{Chain, Round, Sheet, Trust};
use engine::case::Digest;
use engine::lot::{
    Aside, Candidate, Draw, Evidence, Lot, Proof, Share, Source, VrfProof, Why, draw, draw_route, in_words, routes_hash,
};
use log::hash::leaf_hash;
use log::{Leaf, Value};

/// Round 123 of quicknet (the tests of noislabs/drand-verify).
const ROUND: u64 = 123;
const SIGNATURE: &str =
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";

fn candidates() -> Vec<Candidate> {
    ["e1", "e2", "e3", "e4"].map(|officer| Candidate { officer: officer.to_owned(), weight: 3 }).to_vec()
}

fn leaf_of(lot: &Lot, seat: &str) -> Vec<u8> {
    let bytes = |digest: &Digest| Value::Bytes(digest.0.to_vec());
    let mut public = BTreeMap::from([
        ("seat", Value::Text(seat.to_owned())),
        ("matter", Value::Text(lot.matter.clone())),
        ("people", Value::Int(i64::from(lot.people))),
        ("candidates", Value::Int(i64::try_from(lot.candidates.len()).unwrap())),
        ("roster", bytes(&lot.roster)),
    ]);
    public.extend((!lot.routes.is_empty()).then(|| ("routes", Value::Text(in_words(&lot.routes)))));
    match &lot.source {
        Source::Drand { chain, round } => public.extend([
            ("source", Value::Text("drand".to_owned())),
            ("chain", bytes(chain)),
            ("round", Value::Int(i64::try_from(*round).unwrap())),
        ]),
        Source::Vrf { keys } => public.extend([
            ("source", Value::Text("vrf".to_owned())),
            ("key.1", bytes(&keys[0])),
            ("key.2", bytes(&keys[1])),
        ]),
    }
    let leaf = Leaf {
        case: [1; 16],
        sequence: 6,
        previous: Some(4),
        kind: "lot".to_owned(),
        stage: Some(seat.to_owned()),
        time_ms: 0,
        public: public.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        commitments: BTreeMap::new(),
        definition: [2; 32],
    };
    leaf.encode().unwrap()
}

fn lot(source: Source) -> Lot {
    Lot::new("examiner", 2, candidates(), "review/0", source, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

fn sheet(lot: &Lot, evidence: impl FnOnce(&[u8; 32]) -> Evidence, chains: &[Chain]) -> Sheet {
    let leaf = leaf_of(lot, "review");
    let hash = leaf_hash(&leaf).0;
    let proof = Proof { leaf: Digest(hash), evidence: evidence(&hash) };
    let randomness = Digest(randomness::proven(&proof, chains).unwrap());
    let draw = lot.draw(randomness, proof).unwrap();
    Sheet { version: 1, seat: "review".to_owned(), fixed: Some(Fixed { index: 5, leaf }), draw }
}

fn trust() -> Trust {
    Trust { chains: vec![Chain::quicknet().unwrap()], keys: Vec::new() }
}

/// A draw by a real round of drand.
fn by_drand() -> Sheet {
    let chain = Chain::quicknet().unwrap();
    let hash = Digest(chain.hash());
    let signature = hex::decode(SIGNATURE).unwrap();
    let evidence = |_: &_| Evidence::Drand { chain: hash, round: ROUND, signature, previous: Vec::new() };
    sheet(&lot(Source::Drand { chain: hash, round: ROUND }), evidence, &[chain])
}

fn keys() -> [SecretKey; 2] {
    let mut keys = [SecretKey::from_seed(&[3; 32]), SecretKey::from_seed(&[4; 32])];
    keys.sort_by_key(|key| *key.public().as_bytes());
    keys
}

fn vrf(key: &SecretKey, alpha: &[u8]) -> VrfProof {
    VrfProof { key: Digest(*key.public().as_bytes()), proof: key.prove(alpha).unwrap().to_bytes().to_vec() }
}

fn by_institutions() -> Sheet {
    let keys = keys();
    let source = Source::Vrf { keys: [0, 1].map(|place: usize| Digest(*keys[place].public().as_bytes())) };
    sheet(&lot(source), |leaf| Evidence::Vrf { proofs: [vrf(&keys[0], leaf), vrf(&keys[1], leaf)] }, &[])
}

#[test]
fn what_was_drawn_by_a_real_round_or_by_two_institutions_is_proven() {
    for sheet in [by_drand(), by_institutions()] {
        assert_eq!(sheet.verify(&trust()), Ok(Verdict::Proven));
        let json = serde_json::to_vec(&sheet).unwrap();
        assert_eq!(Sheet::read(&json).unwrap(), sheet);
    }
}

#[test]
fn a_draw_with_the_zones_own_randomness_is_said_not_to_be_provable() {
    let draw = draw(candidates(), "case/review/0", [8; 32], 2).unwrap();
    let sheet = Sheet { version: 1, seat: "review".to_owned(), fixed: None, draw };
    assert_eq!(sheet.verify(&trust()), Ok(Verdict::NotProvable));
    let swapped = Draw { drawn: sheet.draw.drawn.iter().rev().cloned().collect(), ..sheet.draw.clone() };
    assert_eq!(Sheet { draw: swapped, ..sheet }.verify(&trust()), Err(Wrong::Draw));
}

#[test]
fn whatever_is_changed_is_found() {
    for real in [by_drand(), by_institutions()] {
        let changed = |change: &dyn Fn(&mut Sheet)| {
            let mut sheet = real.clone();
            change(&mut sheet);
            sheet.verify(&trust()).unwrap_err()
        };
        assert_eq!(changed(&|sheet| sheet.draw.drawn.reverse()), Wrong::Draw);
        assert_eq!(changed(&|sheet| sheet.draw.candidates[0].weight += 1), Wrong::Draw);
        assert_eq!(changed(&|sheet| sheet.draw.roster = Digest([0; 32])), Wrong::Draw);
        // A roster of one's own, drawn from rightly: the log fixed another.
        let other_roster = changed(&|sheet| {
            let four = sheet.draw.candidates.iter().cloned().chain([Candidate { officer: "e5".into(), weight: 3 }]);
            let again = draw(four.collect(), &sheet.draw.matter, sheet.draw.randomness.0, 2).unwrap();
            sheet.draw = Draw { proof: sheet.draw.proof.clone(), ..again };
        });
        assert_eq!(other_roster, Wrong::NotFixed("roster"));
        // Randomness of one's own, drawn from rightly.
        let other_randomness = changed(&|sheet| {
            let again = draw(sheet.draw.candidates.clone(), &sheet.draw.matter, [1; 32], 2).unwrap();
            sheet.draw = Draw { proof: sheet.draw.proof.clone(), ..again };
        });
        assert_eq!(other_randomness, Wrong::Randomness);
        assert_eq!(changed(&|sheet| sheet.seat = "hearing".to_owned()), Wrong::NotFixed("seat"));
        assert_eq!(changed(&|sheet| sheet.fixed = None), Wrong::NotFixed("leaf"));
        assert_eq!(changed(&|sheet| sheet.draw.proof = None), Wrong::NotFixed("source"));
        assert_eq!(changed(&|sheet| sheet.fixed.as_mut().unwrap().leaf[40] ^= 1), Wrong::OtherLeaf);
        let drawn = real.draw.drawn[0].clone();
        let aside = changed(&|sheet| sheet.draw.aside = vec![Aside { officer: drawn.clone(), why: Why::Recused }]);
        assert_eq!(aside, Wrong::Aside(drawn));
    }
}

#[test]
fn another_round_or_another_leafs_proof_does_not_pass() {
    // A replayed round: real, and not the one that the log fixed.
    let real = by_drand();
    let (chain, hash) = (Chain::quicknet().unwrap(), Digest(Chain::quicknet().unwrap().hash()));
    let signature =
        hex::decode("95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a");
    let signature = signature.unwrap();
    assert!(chain.verify(&Round { round: 42, signature: signature.clone(), previous: Vec::new() }).is_ok());
    let evidence = Evidence::Drand { chain: hash, round: 42, signature, previous: Vec::new() };
    let proof = Proof { leaf: real.draw.proof.as_ref().unwrap().leaf, evidence };
    let randomness = randomness::proven(&proof, &[chain]).unwrap();
    let again = draw(candidates(), &real.draw.matter, randomness, 2).unwrap();
    let replayed = Sheet { draw: Draw { proof: Some(proof), ..again }, ..real.clone() };
    assert_eq!(replayed.verify(&trust()), Err(Wrong::NotFixed("round")));
    // A proof for another leaf, by the same keys.
    let real = by_institutions();
    let keys = keys();
    let other = [6; 32];
    let proofs = [vrf(&keys[0], &other), vrf(&keys[1], &other)];
    let proof = Proof { leaf: Digest(other), evidence: Evidence::Vrf { proofs: proofs.clone() } };
    let randomness = randomness::proven(&proof, &[]).unwrap();
    let again = draw(candidates(), &real.draw.matter, randomness, 2).unwrap();
    let stolen = Sheet { draw: Draw { proof: Some(proof), ..again }, ..real.clone() };
    assert_eq!(stolen.verify(&trust()), Err(Wrong::OtherLeaf));
    // The same said to be for this leaf.
    let leaf = real.draw.proof.as_ref().unwrap().leaf;
    let lied = Proof { leaf, evidence: Evidence::Vrf { proofs } };
    assert!(matches!(randomness::proven(&lied, &[]), Err(ProofError::Vrf { .. })));
}

#[test]
fn one_institution_is_not_two_and_strangers_are_not_trusted() {
    let real = by_institutions();
    let leaf = real.draw.proof.as_ref().unwrap().leaf;
    let [first, second] = keys();
    let twice = Evidence::Vrf { proofs: [vrf(&first, &leaf.0), vrf(&first, &leaf.0)] };
    assert_eq!(randomness::proven(&Proof { leaf, evidence: twice }, &[]), Err(ProofError::Keys));
    let turned = Evidence::Vrf { proofs: [vrf(&second, &leaf.0), vrf(&first, &leaf.0)] };
    assert_eq!(randomness::proven(&Proof { leaf, evidence: turned }, &[]), Err(ProofError::Keys));
    let trusts = |keys: &[&SecretKey]| {
        let keys = keys.iter().map(|key| *key.public().as_bytes()).collect();
        real.verify(&Trust { chains: Vec::new(), keys })
    };
    assert_eq!(trusts(&[&first, &second]), Ok(Verdict::Proven));
    assert!(matches!(trusts(&[&first]), Err(Wrong::Proof(ProofError::UnknownKey(_)))));
    let untrusted = by_drand().verify(&Trust::default());
    assert!(matches!(untrusted, Err(Wrong::Proof(ProofError::UnknownChain(_)))), "{untrusted:?}");
}

#[test]
fn only_a_sheet_is_read() {
    let json = serde_json::to_string(&by_drand()).unwrap();
    for junk in ["", "{}", "[]", "null", &json.replace("\"version\":1", "\"version\":2"), &json[..json.len() - 1]] {
        assert!(matches!(Sheet::read(junk.as_bytes()), Err(Wrong::Malformed(_))), "{junk}");
    }
}

fn between() -> Vec<Share> {
    [("inspection", 10), ("release", 90)].map(|(route, weight)| Share { route: route.to_owned(), weight }).to_vec()
}

/// A draw between stages by two institutions.
fn of_routes() -> Sheet {
    let keys = keys();
    let source = Source::Vrf { keys: [0, 1].map(|place: usize| Digest(*keys[place].public().as_bytes())) };
    let lot = Lot::of_routes(&between(), None, "sample/0", source, jiff::Timestamp::UNIX_EPOCH).unwrap();
    sheet(&lot, |leaf| Evidence::Vrf { proofs: [vrf(&keys[0], leaf), vrf(&keys[1], leaf)] }, &[])
}

#[test]
fn a_draw_between_stages_is_proven_and_whatever_is_changed_in_it_is_found() {
    let real = of_routes();
    assert_eq!(real.verify(&trust()), Ok(Verdict::Proven));
    assert_eq!(Sheet::read(&serde_json::to_vec(&real).unwrap()).unwrap(), real);
    let changed = |change: &dyn Fn(&mut Draw)| {
        let mut sheet = real.clone();
        change(&mut sheet.draw);
        sheet.verify(&trust()).unwrap_err()
    };
    let other = between().into_iter().map(|share| share.route).find(|route| Some(route) != real.draw.route.as_ref());
    assert_eq!(changed(&|draw| draw.route.clone_from(&other)), Wrong::Draw);
    assert_eq!(changed(&|draw| draw.route = None), Wrong::Draw);
    assert_eq!(changed(&|draw| draw.routes[0].weight = 11), Wrong::Draw);
    assert_eq!(changed(&|draw| draw.routes.reverse()), Wrong::Draw);
    // Other shares, drawn from rightly: the log fixed others.
    let other_shares = changed(&|draw| {
        draw.routes[0].weight = 1;
        let again = draw_route(&draw.routes, &draw.matter, draw.randomness.0).unwrap();
        *draw = Draw { proof: draw.proof.clone(), ..again };
    });
    assert_eq!(other_shares, Wrong::NotFixed("roster"));
    // Routes do not pass for officers, nor officers for routes.
    let as_officers = changed(&|draw| {
        let candidates =
            draw.routes.iter().map(|share| Candidate { officer: share.route.clone(), weight: share.weight });
        let again = drawn_as(candidates.collect(), draw);
        *draw = Draw { proof: draw.proof.clone(), ..again };
    });
    assert_eq!(as_officers, Wrong::NotFixed("roster"));
    assert_ne!(routes_hash(&between()), by_drand().draw.roster);
}

fn drawn_as(candidates: Vec<Candidate>, of: &Draw) -> Draw {
    draw(candidates, &of.matter, of.randomness.0, 1).unwrap()
}
