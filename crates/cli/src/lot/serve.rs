//! `panjereh lot serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::beacon::vrf::SecretKey;
use clap::Args;
use log::VerifierKey;

use crate::failure::Failure;
use crate::keys;
use crate::lot_institution::{Institution, Institutions, SeenFile, routes};
use crate::running::{Signals, listen};
use crate::shared::{block_on, say};

/// Be the second institution of a zone's draws: answer for lots that stand in its log, and for nothing else.
///
/// Run it where the zone's operator has no say, with a key that the operator does not have. It prints its public key, which the zone names in its
/// settings (lots_institution_key). It keeps how far it has seen the log, and declines a log that shows another face.
///
/// Exit codes: 0 it was stopped, 2 it could not run.
#[derive(Args)]
pub struct Serve {
    /// The verifier key of the zone's log (name+id+base64), from a source that you trust.
    #[arg(long, value_name = "KEY")]
    log: String,
    /// The file with this institution's secret key; made when it is not there.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The file in which it keeps how far it has seen the log.
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
}

impl Serve {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(self.serve())?;
        Ok(ExitCode::SUCCESS)
    }

    async fn serve(self) -> Result<(), Failure> {
        let mut signals = Signals::catch()?;
        let log: VerifierKey = self.log.parse().map_err(|error| {
            Failure::new(
                format!("--log: {error}"),
                "`panjereh serve` logs it at its start (log_key), and the log's page shows it",
            )
        })?;
        let key = SecretKey::from_seed(&keys::open_single(&self.key)?);
        let public = hex::encode(key.public().as_bytes());
        let state = SeenFile::open(&self.state)?;
        let listener = listen(self.listen).await?;
        say(format_args!("answering on http://{} for {} with key {public}", listener.local_addr()?, log.name()))?;
        let institution = Institution { log, key, follows: Arc::new(state) };
        let server = axum::serve(listener, routes(Arc::new(Institutions(vec![institution]))));
        let stopped = server.with_graceful_shutdown(async move { signals.first().await });
        stopped.await?;
        Ok(())
    }
}
