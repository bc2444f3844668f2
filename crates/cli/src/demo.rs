//! `panjereh demo`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use app::beacon::vrf::SecretKey;
use app::{Account, App, History, LotsFrom, Officers, Settings};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use web::SiteSettings;

use crate::config::LogFormat;
use crate::failure::Failure;
use crate::keys;
use crate::lot_institution::{Institution, Institutions, SeenFile, routes};
use crate::place::Place;
use crate::running::{self, Signals};
use crate::serve::{font, start_logging};
use crate::shared::{block_on, runnable_zone, say};
use crate::tables;

/// Run a zone with sample people, for a look around.
///
/// Prints the address and a sign-in link for each sample person. What is done stays in the folder; start again on it to go on.
/// Ctrl-C stops it.
///
/// Exit codes: 0 it was stopped, 2 it could not run.
#[derive(Args)]
pub struct Demo {
    /// The address to listen on; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
    /// Where the demonstration is kept; the folder is made when it is not there.
    #[arg(long, default_value = "demo-data")]
    dir: PathBuf,
    /// The zone's folder.
    #[arg(long, default_value = "zones/maku")]
    zone: PathBuf,
    /// Makes the demonstration's keys from this number, so that they come out the same on every machine.
    #[arg(long)]
    seed: Option<u64>,
    /// Prints an API token beside each sign-in link.
    #[arg(long)]
    tokens: bool,
    /// Draws officers together with a second institution, which runs beside the demonstration. It shows how it goes; on one machine it proves nothing.
    #[arg(long)]
    institution: bool,
    /// Begins a new demonstration with a sample year behind it, in which this many applications were made: officers drawn, decisions signed,
    /// deadlines missed. Takes about a second for a hundred.
    #[arg(long, value_name = "CASES", value_parser = clap::value_parser!(u32).range(1..=100_000), conflicts_with = "institution")]
    history: Option<u32>,
    /// A WOFF2 file for the pages, such as Vazirmatn's; without it they are set in the reader's own fonts.
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
    /// A nomenclature in which codes of goods are found: CSV with the columns code, parent, en, fa, as `panjereh tariff import hs2022` writes it. Given
    /// several times, what a later one says of a code counts; by default nomenclature.csv of the zone's samples.
    #[arg(long, value_name = "FILE")]
    nomenclature: Vec<PathBuf>,
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "give an address and a port, such as 127.0.0.1:8080")
}

impl Demo {
    pub fn run(self) -> Result<ExitCode, Failure> {
        start_logging("warn", LogFormat::Text)?;
        block_on(self.serve())?;
        Ok(ExitCode::SUCCESS)
    }

    async fn serve(self) -> Result<(), Failure> {
        let mut signals = Signals::catch()?;
        if !self.zone.join("zone.yaml").is_file() {
            return Err(Failure::new(
                format!("{} is no zone's folder: it holds no zone.yaml", self.zone.display()),
                "name the folder that holds zone.yaml with --zone, such as --zone zones/maku in a checkout of Panjereh",
            ));
        }
        let zone = runnable_zone(&self.zone)?;
        let font = font(self.font.as_deref())?;
        let codes = tables::codes(&self.nomenclature())?;
        std::fs::create_dir_all(&self.dir).map_err(|error| {
            Failure::new(format!("{} cannot be made: {error}", self.dir.display()), "choose another folder with --dir")
        })?;
        let place = Place::folder(&self.dir);
        let _sole = place.sole()?;
        let listener = running::listen(self.listen).await?;
        let base_url = base_url(listener.local_addr()?);
        let origin = format!("demo.invalid/{}", zone.zone().name);
        let keys = keys::open(&place.keys, self.seed)?;
        let lots = match self.institution {
            true => institution_beside(&self.dir, &place.keys, app::backup::log_key(&origin, &keys)?).await?,
            false => LotsFrom::Own,
        };
        let app = App::open(Settings {
            origin,
            zone,
            store: place.store().await?,
            objects: place.objects()?,
            keys,
            base_url: base_url.clone(),
        })
        .await?
        .with_lots(lots)?
        .with_officers(Officers::Either)
        .with_nomenclature(codes);
        tokio::select! {
            brought = self.bring_samples(&app) => brought?,
            () = signals.first() => return say("stopped before the samples were there; begin again with another --dir"),
        }
        introduce(&app, &base_url, self.tokens).await?;
        let settings = SiteSettings { demo: true, font, ..SiteSettings::default() };
        running::serve(Arc::new(app), settings, listener, signals).await?;
        say(format_args!("stopped; `panjereh demo --dir {}` goes on", self.dir.display()))
    }
}

impl Demo {
    fn nomenclature(&self) -> Vec<PathBuf> {
        let samples = self.zone.join("samples/nomenclature.csv");
        match self.nomenclature.is_empty() && samples.is_file() {
            true => vec![samples],
            false => self.nomenclature.clone(),
        }
    }

    /// Brings the sample people in when the demonstration is new, and plays their history where one is asked for; then what they do first.
    async fn bring_samples(&self, app: &App) -> Result<(), Failure> {
        let samples = self.zone.join("samples");
        let is_new = !app.has_samples().await?;
        let Some(cases) = self.history else {
            if is_new && samples.is_dir() {
                app.plan_walk().await?;
                app.load_samples(&samples).await?;
            }
            return Ok(app.go_walk(&samples).await?);
        };
        if !is_new {
            return Err(Failure::new(
                format!("{} has a demonstration already, whose past cannot be changed", self.dir.display()),
                "go on with it by leaving --history away, or name a new folder with --dir",
            ));
        }
        let history = History { cases, seed: self.seed.unwrap_or_default() };
        let progress = history_progress(cases);
        let played = app.load_samples_with_history(&samples, history, |done| progress.set_position(done.into())).await;
        progress.finish_and_clear();
        played?;
        app.plan_walk().await?;
        Ok(app.go_walk(&samples).await?)
    }
}

/// Shown to people only; in a pipe it is silent.
fn history_progress(cases: u32) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} sample applications, {eta} left");
    ProgressBar::new(cases.into()).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A second institution with a key and a memory of its own in the demonstration's folder, and how the zone draws with it.
async fn institution_beside(folder: &Path, zone_keys: &Path, log: log::VerifierKey) -> Result<LotsFrom, Failure> {
    let key = SecretKey::from_seed(&keys::open_single(&folder.join("institution.key"))?);
    let other = *key.public();
    let follows = Arc::new(SeenFile::open(&folder.join("institution.json"))?);
    let listener = running::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let institution = Institution { log, key, follows };
    // It ends with the demonstration.
    tokio::spawn(async move { axum::serve(listener, routes(Arc::new(Institutions(vec![institution])))).await });
    let own = Box::new(SecretKey::from_seed(&keys::lots(zone_keys)?));
    Ok(LotsFrom::Institutions { own, other, url })
}

/// Where it is found. Passkeys are bound to a name, so this machine goes by its own.
fn base_url(address: SocketAddr) -> String {
    match address.ip().is_loopback() {
        true => format!("http://localhost:{}", address.port()),
        false => format!("http://{address}"),
    }
}

/// Says where to look, and who one may be.
async fn introduce(app: &App, base_url: &str, tokens: bool) -> Result<(), Failure> {
    say(format_args!("Panjereh, a demonstration: nothing here is real.\n\n  {base_url}/\n\nSign in, each link once:"))?;
    for account in app.accounts().await? {
        let link = app.sign_in_link(&account.id).await?;
        say(format_args!("  {}  {}\n    {base_url}/fa/sign-in/{link}", account.id, called(&account)))?;
        if tokens {
            say(format_args!("    {}", app.api_token(&account.id).await?))?;
        }
    }
    say(format_args!(
        "\nThe log is checked with:\n  panjereh log verify {base_url}/log --key '{}'\nA certificate with:\n  panjereh certificate verify FILE --online --key '{}'\n\n\
         Ctrl-C stops it.",
        app.log_verifier(),
        app.certificate_key()
    ))
}

fn called(account: &Account) -> String {
    let names: Vec<&str> = account.names.values().map(String::as_str).collect();
    let role = if account.roles.is_empty() { String::new() } else { format!(" ({})", account.roles.join(", ")) };
    format!("{}{role}", names.join(" / "))
}
