//! `panjereh rebuild`.

use std::path::PathBuf;
use std::process::ExitCode;

use app::{App, Settings, Witnesses};
use clap::Args;
use serde_json::json;

use crate::config::ConfigFile;
use crate::failure::{Failure, NO};
use crate::place::Place;
use crate::shared::{block_on, print_json, say, sound_zone};
use crate::{keys, policy};

/// Make every case's row and deadlines again from its events, and say how many were not what they should be.
///
/// Stop the zone first. Give the folder that `panjereh demo` made, or the settings of a zone that is served.
///
/// Exit codes: 0 everything was as it should be, 1 something was mended, 2 it could not run.
#[derive(Args)]
pub struct Rebuild {
    /// A folder that `panjereh demo` made.
    #[arg(conflicts_with = "config")]
    dir: Option<PathBuf>,
    /// The zone's folder, for one that `panjereh demo` made.
    #[arg(long, default_value = "zones/maku", conflicts_with = "config")]
    zone: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What is opened.
struct Kept {
    zone: PathBuf,
    place: Place,
    /// The log's origin; a demonstration's follows from its zone.
    origin: Option<String>,
    /// The log that is brought up to date on the way is final by these.
    witnesses: Option<Witnesses>,
}

impl Rebuild {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let kept = match &self.dir {
            Some(dir) => Kept { zone: self.zone, place: Place::demonstration(dir)?, origin: None, witnesses: None },
            None => {
                let config = self.config.read()?;
                let witnesses = policy::witnesses(config.witness_policy.as_deref())?;
                Kept { zone: config.zone, place: config.place, origin: Some(config.origin), witnesses }
            }
        };
        let rebuilt = block_on(rebuild(kept))?;
        if self.json {
            print_json(&json!({ "cases": rebuilt.cases, "mended": rebuilt.mended }))?;
        } else {
            say(format_args!("looked at: {}, mended: {}", rebuilt.cases, rebuilt.mended))?;
        }
        Ok(if rebuilt.mended == 0 { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

async fn rebuild(kept: Kept) -> Result<app::Rebuilt, Failure> {
    let zone = sound_zone(&kept.zone)?;
    let _sole = kept.place.sole()?;
    let settings = Settings {
        origin: kept.origin.unwrap_or_else(|| format!("demo.invalid/{}", zone.zone().name)),
        zone,
        store: kept.place.store().await?,
        objects: kept.place.objects()?,
        keys: keys::open(&kept.place.keys, None)?,
        base_url: String::new(),
    };
    let app = App::open_witnessed(settings, kept.witnesses).await?;
    Ok(app.rebuild().await?)
}
