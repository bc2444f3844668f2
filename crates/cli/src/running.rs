//! A zone that runs: its jobs, its server, and how both stop.
//!
//! Must not know of: where the settings came from.

use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::App;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;
use web::{Site, SiteSettings};

use crate::failure::Failure;

/// How long requests under way may take when the server stops: an answer takes milliseconds, and a browser's open connection is no request.
const GRACE: Duration = Duration::from_secs(1);
/// How long the jobs may take to end what they are at, and then the log to take up the last events. What is left is taken up at the next start.
const TIDYING: Duration = Duration::from_millis(400);

/// Listens.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(
            format!("cannot listen on {address}: {error}"),
            "choose another address with --listen, or `listen` in the settings; port 0 takes any that is free",
        )
    })
}

/// Serves until Ctrl-C or SIGTERM, then finishes what is under way and brings the log up to date.
pub async fn serve(
    app: Arc<App>,
    settings: SiteSettings,
    listener: TcpListener,
    mut signals: Signals,
) -> Result<(), Failure> {
    let (stop, stopped) = watch::channel(false);
    let jobs = app::jobs::start(&app, &stopped);
    let router = web::router(Arc::new(Site::new(Arc::clone(&app), settings)));
    let mut ending = stopped.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service)
        .with_graceful_shutdown(async move { drop(ending.wait_for(|stop| *stop).await) })
        .into_future();
    let server = tokio::spawn(server);
    signals.first().await;
    // Nobody listening means that all have stopped already.
    let _ = stop.send(true);
    if timeout(GRACE, server).await.is_err() {
        tracing::warn!("some connections were still open and are cut");
    }
    let ended = timeout(TIDYING, async {
        for job in jobs {
            drop(job.await);
        }
    });
    if ended.await.is_err() {
        tracing::warn!("the jobs are cut; they go on at the next start");
    }
    match timeout(TIDYING, app::jobs::sequencer::run(&app)).await {
        Ok(done) => drop(done?),
        Err(_) => tracing::warn!("the newest events are not in the log yet; the next start takes them up"),
    }
    Ok(())
}

/// The signals that stop a server. They are caught from the moment this is made, before anybody is told that the server is there.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Catches them.
    pub fn catch() -> Result<Self, Failure> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the first of them.
    pub async fn first(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
