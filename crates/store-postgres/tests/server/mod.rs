//! Databases to test with: a fresh one on the server of the environment, which is dropped afterwards.
#![allow(dead_code)] // not every test uses all of it

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Config, NoTls};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database of its own, dropped with this value.
pub struct Database {
    /// How to connect to it.
    pub url: String,
    server: Config,
    name: String,
}

impl Database {
    /// None, said plainly, when the environment names no server.
    pub async fn create() -> Option<Self> {
        let Ok(url) = std::env::var("PANJEREH_TEST_POSTGRES") else {
            println!(
                "skipped: set PANJEREH_TEST_POSTGRES to a server's address, such as postgres://postgres@127.0.0.1/postgres"
            );
            return None;
        };
        let server: Config = url.parse().unwrap();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("panjereh_test_{}_{number}", std::process::id());
        run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&server, &format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
        Some(Self { url: with_database(&url, &name), server, name })
    }

    /// A connection of the test's own.
    pub async fn client(&self) -> tokio_postgres::Client {
        connect(&self.url.parse().unwrap()).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // The test's own runtime is busy dropping; another one on another thread.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        drop(dropping.join());
    }
}

async fn run(server: &Config, sql: &str) {
    connect(server).await.batch_execute(sql).await.unwrap();
}

async fn connect(config: &Config) -> tokio_postgres::Client {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// `postgres://user@host:port/old?options` with another database's name.
fn with_database(url: &str, name: &str) -> String {
    let (address, options) =
        url.split_once('?').map_or((url, String::new()), |(address, rest)| (address, format!("?{rest}")));
    let (scheme, rest) = address.split_once("://").expect("an address with a scheme");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{name}{options}")
}
