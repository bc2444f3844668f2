//! Somebody else's S3 server (`s3s-fs`) on loopback, which can go away and come back. Shared by the tests that need one.
//!
//! Must not know of: what is kept in it.
#![allow(dead_code, clippy::unwrap_used, reason = "each test program uses a part of it, and a test fails by panicking")]

use std::net::SocketAddr;
use std::path::PathBuf;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// The key that the server takes.
pub const KEY: &str = "AKPANJEREH";
/// Its secret.
pub const SECRET: &str = "not-a-secret";

/// A server with one bucket, `documents`.
pub struct Bucket {
    folder: TempDir,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Bucket {
    /// Starts it on a free port.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("documents")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(serve(listener, folder.path().to_owned()));
        Self { folder, address, serving }
    }

    /// Cuts every connection and listens no more.
    pub async fn go_away(&mut self) {
        self.serving.abort();
        let _ = (&mut self.serving).await;
    }

    /// Listens again, on what it kept.
    pub async fn come_back(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serving = tokio::spawn(serve(listener, self.folder.path().to_owned()));
    }

    /// Where the bucket's objects lie.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("documents")
    }

    /// The settings of somebody who may use it.
    pub fn settings(&self) -> Vec<(String, String)> {
        self.settings_with(SECRET)
    }

    /// The settings of somebody with this secret.
    pub fn settings_with(&self, secret: &str) -> Vec<(String, String)> {
        let endpoint = format!("http://{}", self.address);
        let all = [
            ("AWS_ENDPOINT", endpoint.as_str()),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", secret),
        ];
        all.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }
}

async fn serve(listener: TcpListener, folder: PathBuf) {
    let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    // Dropped with this future, so that going away cuts what is open.
    let mut connections = JoinSet::new();
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        let service = service.clone();
        connections.spawn(async move {
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}
