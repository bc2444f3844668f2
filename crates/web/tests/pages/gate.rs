//! The gate's page, its files and its pack: the one page with a script, and no more than that.

use app::Proven;
use app::definition::value::Value;
use app::engine::act::Act;
use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::common::House;

#[tokio::test]
async fn the_gate_alone_may_run_our_scripts_and_use_the_camera() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    for path in ["/fa/gate", "/en/gate", "/gate/worker.js", "/fa/gate?x=y"] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let policy = page.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("blob:"), "{path}: {policy}");
        assert!(page.header("permissions-policy").contains("camera=(self)"), "{path}");
    }
    let page = visitor.get("/fa/gate").await;
    assert!(!page.body.contains('⟦'), "{}", page.body);
    // No script stands in the page itself, and nobody's session does: it is kept on devices.
    assert_eq!(page.body.matches("<script").count(), 1);
    let signed_in = house.sign_in("P-0001").await.get("/fa/gate").await;
    assert_eq!(signed_in.body, page.body);
}

#[tokio::test]
async fn all_that_the_worker_keeps_is_there_under_its_name() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let worker = visitor.get("/gate/worker.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/");
    let list = worker.body.split("const KEEP = ").nth(1).unwrap().split(";\n").next().unwrap();
    let kept: Vec<String> = serde_json::from_str(list).unwrap();
    assert!(kept.len() > 25, "{kept:?}");
    let mut bytes = 0;
    for path in &kept {
        let file = visitor.get(path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        bytes += file.bytes.len();
    }
    assert!(bytes < 175_000, "{bytes} bytes are kept");
    for file in kept.iter().filter(|path| path.starts_with("/gate/files/")) {
        assert!(visitor.get(file).await.header("cache-control").contains("immutable"), "{file}");
        let other = file.replace("/gate/files/", "/gate/files/0");
        assert_eq!(visitor.get(&other).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    for bad in ["/gate/files/x/../../app", "/gate/files/x/%2e%2e/page.js"] {
        assert_eq!(visitor.get(bad).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
}

#[tokio::test]
async fn a_pack_has_a_tag_and_says_nothing_that_nobody_may_know() {
    let house = House::open().await;
    let acted = house.granted().await;
    let mut visitor = house.visitor();
    let pack = visitor.get("/gate/pack").await;
    assert_eq!(pack.status, StatusCode::OK);
    let tag = pack.header("etag");
    let again = Request::get("/gate/pack").header("if-none-match", &tag).body(Body::empty()).unwrap();
    let again = visitor.send(again).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let read = app::credential::SignedPack::verify(&pack.bytes, &house.app.trusted()).unwrap();
    assert_eq!(read.pack().names["en"], "Maku Free Trade and Industrial Zone");
    assert!(!pack.bytes.windows(16).any(|part| part == acted.case.0), "a case's id");
    assert!(pack.bytes.len() < 20_000, "{}", pack.bytes.len());
}

#[tokio::test]
async fn a_supervisor_sees_who_passed_and_others_see_no_gates() {
    let house = House::open().await;
    let case = house.granted().await.case;
    let gate = house.app.account("G-0001").await.unwrap();
    let (at, hash) = (house.app.clock.now(), [0; 32]);
    let (direction, seen) = (app::Direction::Out, app::Seen::Proven);
    let passage = app::Passage {
        id: [1; 16],
        at,
        certificate: case,
        hash,
        direction,
        seen,
        gross_mass_kg: Some(38_500),
        tare_mass_kg: None,
    };
    house.app.take_passages(&gate, &[passage]).await.unwrap();
    let page = house.sign_in("S-0001").await.get("/en/passages").await;
    assert!(
        ["Sample North Gate", &case.reference(), "38,500"].iter().all(|text| page.body.contains(text)),
        "{}",
        page.body
    );
    let page = house.sign_in("P-0001").await.get("/en/passages").await;
    assert!(!page.body.contains("Sample North Gate"), "{}", page.body);
}

#[tokio::test]
async fn what_a_certificate_carries_is_proven_also_after_a_correction_and_nothing_else_is() {
    let house = House::open().await;
    let (acted, _) = house.registered("ماکو، خیابان نخست").await;
    let account = house.app.account("P-0001").await.unwrap();
    let first = house.app.certificate(&account, acted.case).await.unwrap().unwrap();
    let (fact, value) = ("address".to_owned(), Value::Text("ماکو، خیابان دوم".to_owned()));
    let correct = Act::Correct { fact, value, reason: "پلاک".to_owned() };
    for officer in house.again(&acted).await {
        house.act(&officer, &acted, &correct).await;
    }
    house.settle().await;
    let second = house.app.certificate(&account, acted.case).await.unwrap().unwrap();
    for shown in [&first, &second] {
        for carried in [&shown.certificate, shown.branched.as_ref().unwrap()] {
            assert!(matches!(house.app.proven(carried).await.unwrap(), Proven::InLog { .. }));
        }
        assert_eq!(house.app.proven(&shown.bare).await.unwrap(), Proven::NotYet);
    }
    let other = house.granted().await;
    let other = house.app.certificate(&account, other.case).await.unwrap().unwrap();
    let branch = other.branched.as_ref().unwrap().inclusion().unwrap();
    let swapped = first.bare.with_inclusion(branch).unwrap();
    assert!(matches!(house.app.proven(&swapped).await.unwrap(), Proven::Refuted(_)));
    let mut branch = app::log::Branch::decode(other.branched.as_ref().unwrap().inclusion().unwrap()).unwrap();
    match branch.hashes.first_mut() {
        Some(hash) => hash.0[0] ^= 1,
        None => branch.entry.push(0),
    }
    let forged = other.bare.with_inclusion(&branch.encode()).unwrap();
    assert!(matches!(house.app.proven(&forged).await.unwrap(), Proven::Refuted(_)));
}
