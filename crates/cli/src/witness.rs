//! `panjereh witness`.
//!
//! Must not know of: HTTP beyond listening, the protocol's rules; what is kept is in `witness/kept.rs`, what is answered in
//! `witness/answers.rs`.

mod answers;
mod evidence;
mod kept;
mod key;
mod lots;

use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use log::VerifierKey;
use log::key::Algorithm;
use tokio::time::timeout;

use crate::config::LogFormat;
use crate::failure::Failure;
use crate::running::{self, Signals};
use crate::serve::start_logging;
use crate::shared::{block_on, read_at_most};
use crate::sole::Sole;

/// How long requests under way may take when the witness stops.
const GRACE: Duration = Duration::from_secs(1);
/// The largest file of logs' keys: some thousand lines.
const LOGS_BYTES_MAX: usize = 1024 * 1024;

/// Run a witness: cosign the checkpoints of logs that only grow (C2SP tlog-witness).
///
/// A log sends each checkpoint with a proof that it only adds to the one before; the witness keeps it durably and then cosigns it. Where a log
/// signs two trees, the second is refused, and both notes are kept in DIR/evidence and shown under /evidence.
///
/// Run it elsewhere than the log, by somebody else, and with a clock that is right. Its key is made in DIR at the first start. Never start one
/// from a copy of its folder that is older than what it cosigned: a witness that forgot what it signed can be led to sign another tree.
///
///   POST /add-checkpoint   what logs send
///   GET  /                 who it is: its verifier key, for a policy's witness line, and the logs that it follows
///   POST /lot              for logs that --lots names: what zones ask to draw officers with it (see `panjereh lot`)
///   GET  /evidence         split views that it saw
///   GET  /healthz          while it lives
///
/// Exit codes: 0 it was stopped, 2 it could not run.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Witness {
    /// The folder that holds its key, what it cosigned, and evidence; made when it is not there.
    #[arg(long)]
    dir: PathBuf,
    /// Its name, a URL without https:// such as witness.example/w1; only needed at the first start.
    #[arg(long)]
    name: Option<String>,
    /// The verifier key of a log to follow (name+id+base64); as often as there are logs.
    #[arg(long = "log", value_name = "VKEY")]
    logs: Vec<String>,
    /// A file of such keys, one a line; lines that begin with # are passed over.
    #[arg(long, value_name = "FILE")]
    logs_file: Option<PathBuf>,
    /// The verifier key of a log for whose draws of officers it is the second institution, as often as there are such logs; each is followed, too.
    ///
    /// A key for draws is made in DIR/lots for each; / shows its public half, which the zone's settings name (lots_institution_key).
    #[arg(long = "lots", value_name = "VKEY")]
    lots: Vec<String>,
    /// Where it listens; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// What is logged: a level, or TARGET=LEVEL with commas between.
    #[arg(long, default_value = "info")]
    log_filter: String,
    /// Log as text for people, not as JSON.
    #[arg(long)]
    log_text: bool,
}

impl Witness {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let format = if self.log_text { LogFormat::Text } else { LogFormat::Json };
        start_logging(&self.log_filter, format)?;
        let lots = self.drawing()?;
        let logs = self.followed(&lots)?;
        block_on(self.serve(logs, lots))?;
        Ok(ExitCode::SUCCESS)
    }

    /// The keys of the logs for whose draws it is the second institution.
    fn drawing(&self) -> Result<Vec<VerifierKey>, Failure> {
        let keys = self.lots.iter().map(|text| log_key(text).map_err(|why| bad_log("--lots", &why)));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        match keys
            .iter()
            .enumerate()
            .find(|(place, key)| keys.iter().take(*place).any(|other| other.name() == key.name()))
        {
            Some((_, twice)) => Err(Failure::new(
                format!("--lots: {} is named twice", twice.name()),
                "name the key that signs the log now: its draws are answered for by that one",
            )),
            None => Ok(keys),
        }
    }

    /// The keys of the logs to follow.
    fn followed(&self, lots: &[VerifierKey]) -> Result<Vec<VerifierKey>, Failure> {
        let mut logs = lots.to_vec();
        for text in &self.logs {
            logs.push(log_key(text).map_err(|why| bad_log("--log", &why))?);
        }
        if let Some(path) = &self.logs_file {
            logs.extend(from_file(path)?);
        }
        match logs.is_empty() {
            true => Err(Failure::new(
                "no log was named, and a witness follows the logs it is told to",
                "give --log 'NAME+ID+BASE64', or --logs-file FILE; a zone logs its key at the start (log_key) and shows it on /en/verify",
            )),
            false => Ok(logs),
        }
    }

    async fn serve(self, logs: Vec<VerifierKey>, lots: Vec<VerifierKey>) -> Result<(), Failure> {
        let signals = Signals::catch()?;
        key::make_folder(&self.dir)?;
        let _sole = Sole::take(&self.dir.join("witness"))?;
        let key = key::open(&self.dir, self.name.as_deref())?;
        let listener = running::listen(self.listen).await?;
        let vkey = key.verifier().to_string();
        let kept = Arc::new(kept::Kept::open(&self.dir, key, logs)?);
        let lots = Arc::new(lots::open(&self.dir, &kept, lots)?);
        for institution in &lots.0 {
            tracing::info!(
                log = institution.log.name(),
                lots_key = institution.public(),
                "the second institution of its draws"
            );
        }
        tracing::info!(
            listen = %listener.local_addr()?, dir = %self.dir.display(), witness_key = vkey, logs = kept.origins().count(), "witnessing"
        );
        let mut signals = signals;
        let (stop, mut stopped) = tokio::sync::watch::channel(false);
        let server = axum::serve(listener, answers::routes(kept, lots))
            .with_graceful_shutdown(async move { drop(stopped.wait_for(|stop| *stop).await) })
            .into_future();
        let server = tokio::spawn(server);
        signals.first().await;
        let _ = stop.send(true);
        if timeout(GRACE, server).await.is_err() {
            tracing::warn!("some connections were still open and are cut");
        }
        tracing::info!("stopped");
        Ok(())
    }
}

fn from_file(path: &Path) -> Result<Vec<VerifierKey>, Failure> {
    let bytes = read_at_most(path, LOGS_BYTES_MAX).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))
    });
    let text = bytes.map_err(|error| bad_log(&path.display().to_string(), &error))?;
    let lines = (1_usize..).zip(text.lines().map(str::trim));
    let keys = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    keys.map(|(number, line)| log_key(line).map_err(|why| bad_log(&format!("{}:{number}", path.display()), &why)))
        .collect()
}

fn log_key(text: &str) -> Result<VerifierKey, String> {
    let key: VerifierKey = text.parse().map_err(|error: log::key::KeyError| error.to_string())?;
    match key.algorithm() {
        Algorithm::Ed25519 => Ok(key),
        Algorithm::CosignatureV1 => Err("this is a witness's key (type 0x04); a log's is of type 0x01".to_owned()),
    }
}

fn bad_log(place: &str, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("{place}: {why}"), "a log's key reads name+8 hexadecimal digits+base64; the log publishes it")
}
