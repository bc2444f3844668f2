//! Acts through HTTP, durable and logged: `cargo run --release -p web --example acts -- ZONE FOLDER [CASES]`.
//!
//! A zone is served on loopback, with its jobs. Cases are prepared in the process; then 256 connections do three acts in each (an officer asks,
//! the applicant answers, the officer decides), each act a request of its own. Client and server share the machine's processors.
//! Prints one JSON object.

#[path = "../../app/examples/common/mod.rs"]
mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::App;
use common::{Failure, Licence};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use web::{Site, SiteSettings};

/// Requests in flight.
const CONNECTIONS: usize = 256;
/// Events that three acts leave, with those that opened the case; for waiting until the log has them.
const PATIENCE: Duration = Duration::from_secs(60);

/// A case to act on, and who may.
struct Prepared {
    case: String,
    seen: u64,
    officer: String,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: acts ZONE FOLDER [CASES]";
    let (zone, folder) = (args.next().ok_or(usage)?, args.next().ok_or(usage)?);
    let cases: usize = args.next().map_or(Ok(20_000), |cases| cases.parse())?;
    let app = common::open(Path::new(&zone), Path::new(&folder)).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let settings = SiteSettings { rate_limit: None, ..SiteSettings::default() };
    let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });

    let prepared = prepare(&app, cases).await?;
    let applicant = app.api_token("P-0002").await?;
    let before = settled(&app).await?;
    let begun = Instant::now();
    let mut clients = Vec::new();
    let mut hands: Vec<Vec<Prepared>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (place, case) in prepared.into_iter().enumerate() {
        if let Some(hand) = hands.get_mut(place % CONNECTIONS) {
            hand.push(case);
        }
    }
    for hand in hands {
        let applicant = applicant.clone();
        clients.push(tokio::spawn(async move { client(address, hand, &applicant).await }));
    }
    let mut latencies_us: Vec<u64> = Vec::new();
    for client in clients {
        latencies_us.extend(client.await??);
    }
    let took = begun.elapsed();
    let after = settled(&app).await?;
    let in_log = begun.elapsed();
    latencies_us.sort_unstable();
    let percentile =
        |share: usize| latencies_us.get(latencies_us.len() * share / 100).map_or(0.0, |us| *us as f64 / 1000.0);
    println!(
        "{}",
        serde_json::json!({
            "acts": latencies_us.len(),
            "seconds": took.as_secs_f64(),
            "acts_per_s": latencies_us.len() as f64 / took.as_secs_f64(),
            "p50_ms": percentile(50),
            "p99_ms": percentile(99),
            "events": after - before,
            "first_position": before,
            "logged_after_ms": (in_log - took).as_secs_f64() * 1000.0,
        })
    );
    let _ = stop.send(true);
    for job in jobs {
        job.await?;
    }
    server.abort();
    Ok(())
}

/// Submits as many cases as there shall be; each goes to an examiner.
async fn prepare(app: &Arc<App>, cases: usize) -> Result<Vec<Prepared>, Failure> {
    let licence = Arc::new(Licence::of(app, cases).await?);
    let mut tokens = std::collections::BTreeMap::new();
    for officer in app.accounts().await?.iter().filter(|account| account.roles.contains(&"examiner".to_owned())) {
        tokens.insert(officer.id.clone(), app.api_token(&officer.id).await?);
    }
    let tokens = Arc::new(tokens);
    let workers = (0..CONNECTIONS).map(|worker| {
        let (app, licence, tokens) = (Arc::clone(app), Arc::clone(&licence), Arc::clone(&tokens));
        tokio::spawn(async move {
            let mut prepared = Vec::new();
            for number in (worker..cases).step_by(CONNECTIONS) {
                let (case, seen) = licence.submit(&app, number).await?;
                let officer = &licence.officer(&app, case).await?.id;
                let officer = tokens.get(officer).ok_or("the officer has no token")?.clone();
                prepared.push(Prepared { case: case.to_string(), seen, officer });
            }
            Ok::<_, Failure>(prepared)
        })
    });
    let mut prepared = Vec::with_capacity(cases);
    for worker in workers.collect::<Vec<_>>() {
        prepared.extend(worker.await??);
    }
    Ok(prepared)
}

/// The log's size once it has caught up with the store.
async fn settled(app: &Arc<App>) -> Result<u64, Failure> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if app::jobs::sequencer::run(app).await? == 0 {
            return Ok(app.checkpoint().map_or(0, |published| published.checkpoint.size()));
        }
    }
    Err("the log did not catch up".into())
}

/// One connection: three acts in each of its cases. Gives each act's latency in microseconds.
async fn client(address: std::net::SocketAddr, hand: Vec<Prepared>, applicant: &str) -> Result<Vec<u64>, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut latencies = Vec::with_capacity(hand.len() * 3);
    for case in hand {
        let ask = format!(
            r#"{{"act":"ask","seen":{},"items":[{{"fact":"investment","ground":"incomplete","note":"please state the amount again"}}]}}"#,
            case.seen
        );
        let supply = format!(
            r#"{{"act":"supply","seen":{},"facts":{{"investment":{{"money":{{"amount":"2000000.00","currency":"IRR"}}}}}}}}"#,
            case.seen + 1
        );
        let decide = format!(r#"{{"act":"decide","seen":{},"route":"grant","note":"in order"}}"#, case.seen + 2);
        for (step, (token, body)) in
            [(&*case.officer, ask), (applicant, supply), (&*case.officer, decide)].iter().enumerate()
        {
            let begun = Instant::now();
            act(&mut stream, &case.case, step, token, body).await?;
            latencies.push(u64::try_from(begun.elapsed().as_micros())?);
        }
    }
    Ok(latencies)
}

async fn act(stream: &mut TcpStream, case: &str, step: usize, token: &str, body: &str) -> Result<(), Failure> {
    let request = format!(
        "POST /api/v1/cases/{case}/acts HTTP/1.1\r\nhost: bench.invalid\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         idempotency-key: {case}-{step}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(1024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err("the server hung up".into());
        }
        let text = std::str::from_utf8(&answer)?;
        let Some((head, rest)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
        let length: usize = length.ok_or("an answer without its length")?.parse()?;
        if rest.len() < length {
            continue;
        }
        return if head.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(format!("refused: {text}").into()) };
    }
}
