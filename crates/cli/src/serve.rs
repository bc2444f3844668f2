//! `panjereh serve`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Officers, Settings};
use clap::Args;
use tracing_subscriber::EnvFilter;
use web::{Font, SiteSettings};

use crate::config::{Config, ConfigFile, LogFormat};
use crate::failure::Failure;
use crate::running::{self, Signals};
use crate::shared::{block_on, runnable_zone};
use crate::{keys, policy, tables};

/// Run a zone.
///
/// Settings come from a TOML file, and each may be given in the environment instead: in capitals, with PANJEREH_ before it. What has no
/// default has to be given. Paths are taken from the working folder.
///
///   zone                 the zone's folder, which holds zone.yaml
///   store                a file (SQLite), or postgres://USER@HOST/DATABASE
///   store_password_file  a file with the database's password, which only its owner may read
///   objects              a folder, or s3://BUCKET with AWS_* in the environment: documents and the public log
///   keys                 the file with the zone's keys; made when it is not there
///   origin               the log's name: a URL without https://, such as maku.example/log. It never changes
///   base_url             where people find the zone, such as `https://maku.example`
///   listen               where it listens; 127.0.0.1:8080 by default
///   lots                 where draws of officers get their randomness: local (this machine; nobody can prove that it was not chosen), drand (a
///                        public beacon), or vrf (this zone and a second institution, where the world cannot be reached); local by default
///   lots_chain           for drand: a file with the chain's /info; quicknet of the League of Entropy by default
///   lots_relays          for drand: where rounds are asked for, addresses with spaces between; the League's public relays by default
///   lots_institution     for vrf: the address of the second institution, which runs `panjereh lot serve`
///   lots_institution_key for vrf: its public key, 64 hexadecimal digits
///   font                 a WOFF2 file for the pages; the reader's own fonts by default
///   nomenclature         CSV files in which codes of goods are found, as `panjereh tariff import hs2022` writes one, with spaces between; none by default
///   log                  what is logged, such as warn,app=debug; info by default
///   log_format           json, or text for people; json by default
///   witness_policy       a C2SP tlog-policy: the witnesses whose quorum makes the log's checkpoints final; none by default
///   auditors             the verifier keys of those whose audits are shown, with spaces between; none by default
///   pack_hours           for how many hours a gate's verification pack is good; 24 by default
///   officers             passkey: what officers do must be signed by their passkeys; link: whoever is signed in acts, for trials. passkey by default
///   applicants           link: applicants sign in by one-time links; provider: through the identity provider alone; either. By default provider where
///                        one is joined, else link. Officers are not meant by it
///   identity_issuer      an OpenID Connect provider's issuer, as it writes it itself, such as `https://login.example`; none by default
///   identity_client      the client id that the provider gave this zone
///   identity_secret_file a file with the client's secret, which only its owner may read; without a secret the zone is a public client
///   identity_secret      the secret itself, which belongs into the environment
///   identity_scopes      what is asked for; openid profile by default
///   identity_claim       the claim that holds a person's id in the register of people; sub by default
///   identity_name_fa     what people know the provider as, in Persian; its host by default
///   identity_name_en     the same in English
///   open_metrics         true shows /metrics to everybody, not to this machine alone; false by default
///
/// It says on the standard error what it does. /healthz answers while it lives, /readyz while it can serve, /metrics has figures for
/// Prometheus. SIGTERM and Ctrl-C stop it within 2 seconds; what was acknowledged is durable.
///
/// Exit codes: 0 it was stopped, 2 it could not run.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Serve {
    #[command(flatten)]
    config: ConfigFile,
}

impl Serve {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let config = self.config.read()?;
        start_logging(&config.log, config.log_format)?;
        block_on(serve(config))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The program's own log goes to the standard error, as systemd and containers want it, without colours.
pub fn start_logging(filter: &str, format: LogFormat) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        Failure::new(
            format!("the setting log: {error}"),
            "write a level (error, warn, info, debug) or TARGET=LEVEL, with commas between",
        )
    })?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Whoever read the log may have gone; saying so on the same standard error would end the program.
    let subscriber = subscriber.log_internal_errors(false);
    let started = match format {
        LogFormat::Json => subscriber.json().try_init(),
        LogFormat::Text => subscriber.try_init(),
    };
    started.map_err(|error| Failure::new(error, "start the program anew"))
}

/// A font's file, looked at.
pub fn font(path: Option<&Path>) -> Result<Option<Font>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let hint = format!("name a WOFF2 file of at most {} bytes, such as Vazirmatn's regular face", Font::BYTES_MAX);
    let bad = |why: &dyn std::fmt::Display| Failure::new(format!("the font {}: {why}", path.display()), &hint);
    let bytes = crate::shared::read_at_most(path, Font::BYTES_MAX).map_err(|error| bad(&error))?;
    Font::new(bytes).map(Some).map_err(|error| bad(&error))
}

/// Says beside the start whether the identity provider can be used: a zone serves also while it is away.
fn look_at_provider(app: &Arc<App>) {
    let Some(issuer) = app.identity().map(|identity| identity.issuer.clone()) else { return };
    let app = Arc::clone(app);
    tokio::spawn(async move {
        match app.look_at_provider().await {
            Ok(()) => tracing::info!(issuer, "the identity provider answers"),
            Err(error) => tracing::warn!(issuer, %error, "nobody can sign in through the identity provider"),
        }
    });
}

async fn serve(config: Config) -> Result<(), Failure> {
    let signals = Signals::catch()?;
    let zone = runnable_zone(&config.zone)?;
    let font = font(config.font.as_deref())?;
    let codes = tables::codes(&config.nomenclature)?;
    let _sole = config.place.sole()?;
    let listener = running::listen(config.listen).await?;
    let secure_cookies = config.base_url.starts_with("https://");
    if !secure_cookies {
        tracing::warn!("base_url has no TLS: whoever is on the way can read what people send");
    }
    let witnesses = policy::witnesses(config.witness_policy.as_deref())?;
    let keys = keys::open(&config.place.keys, None)?;
    let lots = config.lots.open(&config.place.keys)?;
    let (identity, applicants) = (config.identity, config.applicants);
    let settings = Settings {
        zone,
        store: config.place.store().await?,
        objects: config.place.objects()?,
        keys,
        origin: config.origin,
        base_url: config.base_url,
    };
    let app = App::open_witnessed(settings, witnesses).await?.with_lots(lots)?.with_officers(config.officers);
    let app = app.with_nomenclature(codes);
    let app = app.with_auditors(config.auditors).map_err(|why| {
        Failure::new(format!("the setting auditors: {why}"), "write the keys that `panjereh auditor key` prints")
    })?;
    let app = Arc::new(app.with_identity(identity, applicants)?);
    look_at_provider(&app);
    if config.officers == Officers::Passkey && app.relying_party().id.parse::<std::net::IpAddr>().is_ok() {
        tracing::warn!("base_url is an address and no name: no passkey can be bound to it, so officers cannot sign");
    }
    tracing::info!(
        listen = %listener.local_addr()?, store = %config.place.store, objects = config.place.objects,
        log_key = %app.log_verifier(), certificate_key = app.certificate_key(), "serving"
    );
    let (open_metrics, pack_lives_s) = (config.open_metrics, config.pack_lives_s);
    let settings = SiteSettings { secure_cookies, open_metrics, font, pack_lives_s, ..SiteSettings::default() };
    running::serve(app, settings, listener, signals).await?;
    tracing::info!("stopped");
    Ok(())
}
