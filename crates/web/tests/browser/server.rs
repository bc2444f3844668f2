//! A zone that is served, cut off, and served again at the same address.
//!
//! Must not know of: pages.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use tokio::runtime::Runtime;

/// A server that can be cut off.
pub struct Server {
    router: Router,
    address: SocketAddr,
    runtime: Option<Runtime>,
    /// Does what it is asked, and does not answer.
    silent: Arc<AtomicBool>,
}

impl Server {
    /// Serves at a free port of this machine.
    pub fn start(router: Router) -> Self {
        let silent = Arc::new(AtomicBool::new(false));
        let own = Arc::clone(&silent);
        let quiet = move |request: Request, next: Next| {
            let silent = Arc::clone(&own);
            async move {
                let response = next.run(request).await;
                if silent.load(Ordering::SeqCst) {
                    std::future::pending::<()>().await;
                }
                response
            }
        };
        let router = router.layer(middleware::from_fn(quiet));
        let mut server = Self { router, address: ([127, 0, 0, 1], 0).into(), runtime: None, silent };
        server.connect();
        server
    }

    /// Where it is served.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on requests are done, and nobody hears of it.
    pub fn be_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    /// Cuts all connections; nobody listens any more.
    pub fn cut(&mut self) {
        self.runtime.take().unwrap().shutdown_background();
        // The port is free when nobody can connect.
        while std::net::TcpStream::connect(self.address).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Listens again, at the same address.
    pub fn connect(&mut self) {
        let listener = TcpListener::bind(self.address).unwrap();
        self.address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let runtime = Runtime::new().unwrap();
        let router = self.router.clone();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        self.runtime = Some(runtime);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
