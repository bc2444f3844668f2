//! `panjereh demo`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{Account, App, Objects, Settings};
use clap::Args;
use store_sqlite::SqliteStore;
use web::SiteSettings;

use crate::failure::Failure;
use crate::keys;
use crate::running::{self, Signals};
use crate::shared::{block_on, sound_zone};

/// Run a zone with sample people, for a look around.
///
/// Prints the address and a sign-in link for each sample person. What is done stays in the folder; start again on it to go on.
#[derive(Args)]
pub struct Demo {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where the demonstration is kept.
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
}

impl Demo {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(self.serve())?;
        Ok(ExitCode::SUCCESS)
    }

    async fn serve(self) -> Result<(), Failure> {
        let signals = Signals::catch()?;
        let zone = sound_zone(&self.zone)?;
        std::fs::create_dir_all(&self.dir).map_err(|error| {
            Failure::new(format!("{} cannot be made: {error}", self.dir.display()), "choose another folder with --dir")
        })?;
        let listener = running::listen(self.listen).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let store = SqliteStore::open(&self.dir.join("store.sqlite")).map_err(app::AppError::from)?;
        let app = App::open(Settings {
            origin: format!("demo.invalid/{}", zone.zone().name),
            zone,
            store: Arc::new(store),
            objects: Objects::folder(&self.dir.join("objects"))?,
            keys: keys::open(&self.dir.join("keys.toml"), self.seed)?,
            base_url: base_url.clone(),
        })
        .await?;
        let samples = self.zone.join("samples");
        if app.accounts().await?.is_empty() && samples.is_dir() {
            app.load_samples(&samples).await?;
        }
        introduce(&app, &base_url, self.tokens).await?;
        let settings = SiteSettings { demo: true, ..SiteSettings::default() };
        running::serve(Arc::new(app), settings, listener, signals).await?;
        println!("stopped; start again on the same folder to go on");
        Ok(())
    }
}

/// Says where to look, and who one may be.
async fn introduce(app: &App, base_url: &str, tokens: bool) -> Result<(), Failure> {
    println!("Panjereh, a demonstration: nothing here is real.\n\n  {base_url}/\n\nSign in, each link once:");
    for account in app.accounts().await? {
        let link = app.sign_in_link(&account.id).await?;
        println!("  {}  {}\n    {base_url}/fa/sign-in/{link}", account.id, called(&account));
        if tokens {
            println!("    {}", app.api_token(&account.id).await?);
        }
    }
    println!("\nThe log is checked with:\n  panjereh log verify {base_url}/log --key '{}'", app.log_verifier());
    println!("\nCtrl-C stops it.");
    Ok(())
}

fn called(account: &Account) -> String {
    let names: Vec<&str> = account.names.values().map(String::as_str).collect();
    let role = if account.roles.is_empty() { String::new() } else { format!(" ({})", account.roles.join(", ")) };
    format!("{}{role}", names.join(" / "))
}
