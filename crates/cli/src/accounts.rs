//! `panjereh accounts`.

use std::path::PathBuf;
use std::process::ExitCode;

use app::{App, Forgotten, InUse, Keys, Revoked, Settings};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::config::{Config, ConfigFile};
use crate::failure::Failure;
use crate::shared::{block_on, print_json, say, sound_zone};
use crate::{keys, policy};

/// List who can sign in, give somebody a sign-in link or an API token, take all of it back, part an account from its identity, and erase one.
#[derive(Subcommand)]
pub enum Accounts {
    List(List),
    Link(Link),
    Token(Token),
    Revoke(Revoke),
    Release(Release),
    Erase(Erase),
    Samples(Samples),
}

impl Accounts {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(async {
            match self {
                Self::List(verb) => verb.run().await,
                Self::Link(verb) => verb.run().await,
                Self::Token(verb) => verb.run().await,
                Self::Revoke(verb) => verb.run().await,
                Self::Release(verb) => verb.run().await,
                Self::Erase(verb) => verb.run().await,
                Self::Samples(verb) => verb.run().await,
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// List the accounts of a zone; it may be running.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    config: ConfigFile,
    /// Print a list of JSON objects.
    #[arg(long)]
    json: bool,
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let accounts = beside(self.config.read()?).await?.accounts().await?;
        if self.json {
            return print_json(&accounts);
        }
        for account in accounts {
            let names: Vec<&str> = account.names.values().map(String::as_str).collect();
            say(format_args!("{}  {}  {}", account.id, names.join(" / "), account.roles.join(", ")))?;
        }
        Ok(())
    }
}

/// Print a link that signs somebody in, once, within half an hour; the zone may be running.
///
/// Exit codes: 0 done, 2 there is no such account, it comes through the identity provider alone, or it could not run.
#[derive(Args)]
pub struct Link {
    /// Whose: see `panjereh accounts list`.
    account: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Link {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let secret = app.sign_in_link(&self.account).await.map_err(|error| unknown(&self.account, error))?;
        let link = format!("{}/fa/sign-in/{secret}", app.base_url());
        if self.json { print_json(&json!({ "account": self.account, "link": link })) } else { say(link) }
    }
}

/// Print a token with which a program calls the API in somebody's name, for 90 days; the zone may be running.
///
/// Exit codes: 0 done, 2 there is no such account, or it could not run.
#[derive(Args)]
pub struct Token {
    /// Whose: see `panjereh accounts list`.
    account: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Token {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let token = app.api_token(&self.account).await.map_err(|error| unknown(&self.account, error))?;
        if self.json { print_json(&json!({ "account": self.account, "token": token })) } else { say(token) }
    }
}

/// End all sessions, sign-in links and API tokens of an account, such as a gate's whose telephone was stolen; the zone may be running.
///
/// What runs believes a token that it saw within the last minute until that minute is over. New ones may be given at once.
///
/// Exit codes: 0 done, 2 there is no such account, or it could not run.
#[derive(Args)]
pub struct Revoke {
    /// Whose: see `panjereh accounts list`.
    account: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Revoke {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let Revoked { sessions, links, tokens } =
            app.revoke(&self.account).await.map_err(|error| unknown(&self.account, error))?;
        if self.json {
            let account = &self.account;
            return print_json(&json!({ "account": account, "sessions": sessions, "links": links, "tokens": tokens }));
        }
        say(format_args!("{}: {sessions} sessions, {links} links and {tokens} tokens ended", self.account))
    }
}

/// Part an applicant's account from the identity that signs in to it, for somebody who has a new one at the provider; the zone may be running.
///
/// Look at their papers first: the next sign-in of this person, by whatever identity, joins the account anew. Their sessions, sign-in links
/// and API tokens end; what runs believes a token that it saw within the last minute until that minute is over.
///
/// Exit codes: 0 done, 2 the account is joined to no identity, or it could not run.
#[derive(Args)]
pub struct Release {
    /// Whose: see `panjereh accounts list`.
    account: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Release {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let released = app.release_identity(&self.account).await;
        let app::Joined { issuer, subject, .. } = released.map_err(|error| match error {
            app::AppError::NotFound(_) => {
                let hint = "nobody signed in to it through the provider; see `panjereh accounts list`";
                Failure::new(format!("{} is joined to no identity", self.account), hint)
            }
            other => other.into(),
        })?;
        if self.json {
            return print_json(&json!({ "account": self.account, "issuer": issuer, "subject": subject }));
        }
        say(format_args!("{} is no longer joined to {subject} of {issuer}", self.account))
    }
}

/// Erase an account with its identity, sessions, links, tokens and drafts; the zone may be running.
///
/// Cases and mandates stay: a case forgets its applicant in its own time, or by `panjereh erase`. Whoever signs in through the identity provider again
/// has a new account.
///
/// Exit codes: 0 done, 2 there is no such account, it is an officer's on the roster, it has an open case, or it could not run.
#[derive(Args)]
pub struct Erase {
    /// Whose: see `panjereh accounts list`.
    account: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Erase {
    async fn run(self) -> Result<(), Failure> {
        let app = beside(self.config.read()?).await?;
        let Self { account, json, .. } = self;
        let erased = app.erase_account(&account).await.map_err(|error| unknown(&account, error))?;
        let Forgotten { identity, drafts, secrets } = erased.map_err(|why| in_use(&account, why))?;
        if json {
            return print_json(
                &json!({ "account": account, "identity": identity, "drafts": drafts, "secrets": secrets }),
            );
        }
        say(format_args!("{account} is erased, with {drafts} drafts and {secrets} sessions, links and tokens"))
    }
}

fn in_use(account: &str, why: InUse) -> Failure {
    match why {
        InUse::Officer => Failure::new(
            format!("{account} is an officer's account, and the officer is on the roster"),
            "take the officer off the roster first",
        ),
        InUse::OpenCase => Failure::new(
            format!("{account} has a case that is open"),
            "wait until it has ended; the applicant may withdraw it",
        ),
    }
}

/// Bring sample people, officers and register records in, as the demonstration does; stop the zone first.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct Samples {
    /// A folder such as zones/maku/samples.
    folder: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
}

impl Samples {
    async fn run(self) -> Result<(), Failure> {
        let config = self.config.read()?;
        if !self.folder.is_dir() {
            let hint = "name a folder such as zones/maku/samples";
            return Err(Failure::new(format!("{} is no folder", self.folder.display()), hint));
        }
        let _sole = config.place.sole()?;
        // A zone that was never served has no keys yet.
        let keys = keys::open(&config.place.keys, None)?;
        let app = with_keys(config, keys).await?;
        app.load_samples(&self.folder).await?;
        say(format_args!("{} accounts; `panjereh accounts list` shows them", app.accounts().await?.len()))
    }
}

/// The zone beside whoever serves it.
pub async fn beside(config: Config) -> Result<App, Failure> {
    let keys = keys::open_existing(&config.place.keys)?;
    with_keys(config, keys).await
}

/// The same, under the policy that the settings name for the log's witnesses.
pub async fn beside_witnessed(config: Config) -> Result<App, Failure> {
    let witnesses = policy::witnesses(config.witness_policy.as_deref())?;
    let keys = keys::open_existing(&config.place.keys)?;
    Ok(App::beside_witnessed(settings(config, keys).await?, witnesses).await?)
}

async fn with_keys(config: Config, keys: Keys) -> Result<App, Failure> {
    let (identity, applicants) = (config.identity.clone(), config.applicants);
    Ok(App::beside(settings(config, keys).await?).await?.with_identity(identity, applicants)?)
}

async fn settings(config: Config, keys: Keys) -> Result<Settings, Failure> {
    Ok(Settings {
        zone: sound_zone(&config.zone)?,
        store: config.place.store().await?,
        objects: config.place.objects()?,
        keys,
        origin: config.origin,
        base_url: config.base_url,
    })
}

fn unknown(account: &str, error: app::AppError) -> Failure {
    match error {
        app::AppError::NotFound(_) => {
            Failure::new(format!("there is no account {account}"), "see `panjereh accounts list`")
        }
        app::AppError::Identity(app::IdentityError::Needed) => Failure::new(
            format!("{account} is an applicant's account, and applicants sign in through the identity provider"),
            "set applicants = \"either\" to let them come by links, too",
        ),
        other => other.into(),
    }
}
