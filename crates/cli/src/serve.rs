//! `panjereh serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Objects, Settings};
use clap::Args;
use serde::Deserialize;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;
use web::SiteSettings;

use crate::failure::Failure;
use crate::keys;
use crate::running::{self, Signals};
use crate::shared::{block_on, sound_zone};

/// Run a zone.
///
/// Settings come from a TOML file; each may be given in the environment instead, in capitals with PANJEREH_ before it. SIGTERM stops it
/// when what is under way is done.
///
/// Settings: listen ("127.0.0.1:8080"), zone (folder), store (a file, or postgres://...), objects (a folder, or s3://bucket; AWS_* in the
/// environment), keys (file, made when missing), origin (the log's: a URL without scheme), base_url.
#[derive(Args)]
pub struct Serve {
    /// The settings.
    #[arg(long, default_value = "panjereh.toml")]
    config: PathBuf,
}

/// The settings as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    listen: SocketAddr,
    zone: PathBuf,
    store: String,
    objects: String,
    keys: PathBuf,
    origin: String,
    base_url: String,
}

const SETTINGS: [&str; 7] = ["listen", "zone", "store", "objects", "keys", "origin", "base_url"];
/// Connections to PostgreSQL: more than the cores of a database server seldom help.
const CONNECTIONS: usize = 8;

impl Serve {
    pub fn run(self) -> Result<ExitCode, Failure> {
        tracing_subscriber::fmt().json().with_env_filter(filter()).with_writer(std::io::stderr).init();
        let config = self.config()?;
        block_on(serve(config))?;
        Ok(ExitCode::SUCCESS)
    }

    fn config(&self) -> Result<Config, Failure> {
        let hint = "`panjereh serve --help` lists the settings";
        let bad = |why: &dyn std::fmt::Display| Failure::new(format!("{}: {why}", self.config.display()), hint);
        let mut settings = match std::fs::read_to_string(&self.config) {
            Ok(text) => text.parse::<toml::Table>().map_err(|error| bad(&error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
            Err(error) => return Err(bad(&error)),
        };
        for name in SETTINGS {
            if let Ok(value) = std::env::var(format!("PANJEREH_{}", name.to_uppercase())) {
                settings.insert(name.to_owned(), toml::Value::String(value));
            }
        }
        settings.try_into().map_err(|error| bad(&error))
    }
}

/// What is logged: `PANJEREH_LOG` as in tracing's filters, else what matters.
fn filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_env("PANJEREH_LOG").unwrap_or_else(|_| "info".into())
}

async fn serve(config: Config) -> Result<(), Failure> {
    let signals = Signals::catch()?;
    let zone = sound_zone(&config.zone)?;
    let store: Arc<dyn app::Store> = if config.store.starts_with("postgres") {
        Arc::new(PostgresStore::connect(&config.store, CONNECTIONS).await.map_err(app::AppError::from)?)
    } else {
        Arc::new(SqliteStore::open(config.store.as_ref()).map_err(app::AppError::from)?)
    };
    let listener = running::listen(config.listen).await?;
    let secure_cookies = config.base_url.starts_with("https://");
    let app = App::open(Settings {
        zone,
        store,
        objects: Objects::open(&config.objects)?,
        keys: keys::open(&config.keys, None)?,
        origin: config.origin,
        base_url: config.base_url.trim_end_matches('/').to_owned(),
    })
    .await?;
    tracing::info!(listen = %listener.local_addr()?, log_key = %app.log_verifier(), "serving");
    let settings = SiteSettings { demo: false, secure_cookies, ..SiteSettings::default() };
    running::serve(Arc::new(app), settings, listener, signals).await?;
    tracing::info!("stopped");
    Ok(())
}
