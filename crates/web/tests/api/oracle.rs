//! Another program reads the description and tries to break what it describes: PyPI's schemathesis, on a port of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::client::{Client, company};
use crate::common::House;
use web::SiteSettings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let Some(python) = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from) else {
        println!("SKIPPED: set PANJEREH_PYTHON to a Python that has schemathesis");
        return;
    };
    // Its thousands of requests are one account's.
    let house = House::with(SiteSettings { demo: true, rate_limit: None, ..SiteSettings::default() }).await;
    let client = Client::of(&house, "P-0001").await;
    let application = company(&client).await;
    client.post("/api/v1/cases", &application).await.is(201);
    house.settle().await;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(axum::serve(listener, house.router()).into_future());
    let token = house.app.api_token("P-0001").await.unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracles/api/run.sh");
    let run = move || Command::new(script).args([&url, &token]).env("PANJEREH_PYTHON", python).output();
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    server.abort();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    println!("{}", said.lines().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n"));
}
