//! Another program reads the description and tries to break what it describes: PyPI's schemathesis, on a port of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use app::Account;
use web::SiteSettings;

use crate::cases::{drawn, permit};
use crate::client::{Client, company};
use crate::common::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let Some(python) = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from) else {
        println!("SKIPPED: set PANJEREH_PYTHON to a Python that has schemathesis");
        return;
    };
    // Its thousands of requests are one account's.
    let house = House::local(SiteSettings { demo: true, rate_limit: None, ..SiteSettings::default() }).await;
    let token = somebody_who_may_all(&house).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(axum::serve(listener, house.router()).into_future());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracles/api/run.sh");
    let run = move || Command::new(script).args([&url, &token]).env("PANJEREH_PYTHON", python).output();
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    server.abort();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    println!("{said}");
}

/// The token of an account that is applicant, officer, supervisor and treasury in one, so that no operation is closed to it, with a case that
/// was granted, one that waits for an examiner and one that waits for money.
async fn somebody_who_may_all(house: &House) -> String {
    let sara = Client::of(house, "P-0001").await;
    sara.post("/api/v1/cases", &company(&sara).await).await.is(201);
    permit(&sara).await;
    let (_, officer) = drawn(&sara).await;
    house.settle().await;
    let person = house.app.account("P-0001").await.unwrap();
    let supervisor = house.app.account("S-0001").await.unwrap();
    let all = Account {
        id: "A-0001".to_owned(),
        officer: Some(officer),
        supervises: supervisor.supervises,
        treasury: true,
        gate: Some("zone-organisation".to_owned()),
        ..person
    };
    house.app.put_accounts(std::slice::from_ref(&all)).await.unwrap();
    let client = Client::of(house, &all.id).await;
    client.bring().await;
    house.app.api_token(&all.id).await.unwrap()
}
