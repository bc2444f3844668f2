//! A connection that is cut in the middle of a commit: before the server has it, and after it but before its answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test

mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use server::Database;
use store::conformance::given::{id, put_at, thing, witnessed};
use store::conformance::whole;
use store::{Store, StoreError};
use store_postgres::PostgresStore;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream, UnixStream};

const PASS: u8 = 0;
const CUT_BEFORE_COMMIT: u8 = 1;
const CUT_AFTER_COMMIT: u8 = 2;

/// Stands between the store and the server, and cuts one connection when it is told to.
struct Cutter {
    what: Arc<AtomicU8>,
    port: u16,
}

impl Cutter {
    async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let what = Arc::new(AtomicU8::new(PASS));
        let shared = Arc::clone(&what);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = dial(&server).await;
                let back = tokio::spawn(pass(from_server, to_client));
                let what = Arc::clone(&shared);
                tokio::spawn(async move {
                    forward(from_client, to_server, &what, || back.abort()).await;
                });
            }
        });
        Self { what, port }
    }
}

/// The two halves of a connection to the server, which listens on a port or on a socket in a folder.
type Halves = (Box<dyn AsyncRead + Send + Unpin>, Box<dyn AsyncWrite + Send + Unpin>);

async fn dial(server: &str) -> Halves {
    match server.strip_prefix("%2F") {
        Some(folder) => {
            let folder = folder.split(':').next().unwrap().replace("%2F", "/");
            let stream = UnixStream::connect(format!("/{folder}/.s.PGSQL.5432")).await.unwrap();
            let (from, to) = stream.into_split();
            (Box::new(from), Box::new(to))
        }
        None => {
            let (from, to) = TcpStream::connect(server).await.unwrap().into_split();
            (Box::new(from), Box::new(to))
        }
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: OwnedWriteHalf) {
    drop(tokio::io::copy(&mut from, &mut to).await);
}

async fn forward(mut from: OwnedReadHalf, mut to: impl AsyncWrite + Unpin, what: &AtomicU8, deafen: impl Fn()) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let chunk = &bytes[..count];
        if chunk.windows(6).any(|word| word == b"COMMIT") {
            match what.swap(PASS, Ordering::SeqCst) {
                CUT_BEFORE_COMMIT => return deafen(),
                CUT_AFTER_COMMIT => {
                    deafen();
                    return to.write_all(chunk).await.unwrap();
                }
                _ => {}
            }
        }
        if to.write_all(chunk).await.is_err() {
            return;
        }
    }
}

/// A store behind a cutter.
async fn behind_a_cutter() -> Option<(PostgresStore, Cutter, Database)> {
    let database = Database::create().await?;
    let (_, rest) = database.url.split_once("://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let (user, address) =
        host.rsplit_once('@').map_or((String::new(), host), |(user, address)| (format!("{user}@"), address));
    let address = if address.contains(':') || address.starts_with("%2F") {
        address.to_owned()
    } else {
        format!("{address}:5432")
    };
    let cutter = Cutter::start(address).await;
    let store = PostgresStore::connect(&format!("postgres://{user}127.0.0.1:{}/{path}", cutter.port), 2).await.unwrap();
    Some((store, cutter, database))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_is_acknowledged() {
    let Some((store, cutter, _database)) = behind_a_cutter().await else { return };
    for seq in 0..5 {
        cutter.what.store(CUT_AFTER_COMMIT, Ordering::SeqCst);
        assert_eq!(store.append(witnessed(id(1), seq, 1)).await.unwrap(), seq);
        assert_eq!(cutter.what.load(Ordering::SeqCst), PASS, "it was cut");
    }
    cutter.what.store(CUT_AFTER_COMMIT, Ordering::SeqCst);
    store.put(vec![put_at(0, "without events", Some(b"x"))]).await.unwrap();
    assert_eq!(thing(&store, "without events").await.unwrap().version, 1);
    assert_eq!(whole::check(&store).await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_never_arrived_is_undone() {
    let Some((store, cutter, _database)) = behind_a_cutter().await else { return };
    for seq in 0..5 {
        cutter.what.store(CUT_BEFORE_COMMIT, Ordering::SeqCst);
        let cut = store.append(witnessed(id(1), seq, 1)).await;
        assert!(matches!(cut, Err(StoreError::Unavailable(_))), "{cut:?}");
        assert_eq!(store.append(witnessed(id(1), seq, 1)).await.unwrap(), seq, "nothing of it was left");
    }
    assert_eq!(whole::check(&store).await, 5);
}
