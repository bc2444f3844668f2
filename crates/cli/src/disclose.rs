//! `panjereh disclose`.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::{App, Objects, Settings};
use clap::Args;
use serde_json::json;

use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::keys;
use crate::place::Place;
use crate::shared::{block_on, print_json, say, sound_zone};

/// Write what an auditor may see: the events behind the log, definitions, what functions rest on and were given, certificates, registers' records and
/// figures, and a copy of the log.
///
/// THE FOLDER HOLDS PERSONAL DATA: everything that applicants said and officers wrote. Hand it over like a paper file, and have it removed when the
/// audit is over. Give the folder that `panjereh demo` made, or the settings of a zone that is served; the zone may run, but certificates, registers
/// and figures can only be compared when it stood still meanwhile. `panjereh audit DIR --key KEY` reads it.
///
/// Exit codes: 0 done, 2 it could not run.
#[derive(Args)]
pub struct Disclose {
    /// A folder that `panjereh demo` made.
    #[arg(conflicts_with = "config")]
    dir: Option<PathBuf>,
    /// Where to write; the folder is made for its owner alone. One that holds an earlier disclosure of the same record is brought up to date, and one that
    /// holds another record's is refused.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
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
    base_url: String,
}

impl Disclose {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let kept = match &self.dir {
            Some(dir) => {
                // A demonstration's address is another one at every start; its certificates are compared by their place in the list alone.
                let base_url = "http://127.0.0.1".to_owned();
                Kept { zone: self.zone.clone(), place: Place::demonstration(dir)?, origin: None, base_url }
            }
            None => {
                let config = self.config.read()?;
                Kept { zone: config.zone, place: config.place, origin: Some(config.origin), base_url: config.base_url }
            }
        };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.out).map_err(|error| {
            Failure::new(format!("{} cannot be made: {error}", self.out.display()), "name a folder that may be written")
        })?;
        let (disclosed, key) = block_on(disclose(kept, &self.out))?;
        if self.json {
            print_json(&json!({ "disclosed": disclosed, "log_key": key }))?;
        } else {
            say(format_args!(
                "{}: {} events, {} definitions, {} tables and {} documents of functions, {} certificates, {} records. It holds personal data.",
                self.out.display(),
                disclosed.events,
                disclosed.definitions,
                disclosed.tables,
                disclosed.documents,
                disclosed.certificates,
                disclosed.records
            ))?;
            if !disclosed.quiet {
                say("the zone went on meanwhile, so certificates, registers and figures will not be compared")?;
            }
            say(format_args!("next: panjereh audit {} --key '{key}'", self.out.display()))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn disclose(kept: Kept, out: &Path) -> Result<(app::Disclosed, String), Failure> {
    let zone = sound_zone(&kept.zone)?;
    let app = App::beside(Settings {
        origin: kept.origin.unwrap_or_else(|| format!("demo.invalid/{}", zone.zone().name)),
        zone,
        store: kept.place.store().await?,
        objects: kept.place.objects()?,
        keys: keys::open_existing(&kept.place.keys)?,
        base_url: kept.base_url,
    })
    .await?;
    let folder = Objects::folder(out)?;
    if let Some(why) = app.other_disclosure(&folder).await? {
        return Err(Failure::new(
            format!("{} is not written to: {why}", out.display()),
            "name a new folder, or remove what was disclosed there before",
        ));
    }
    let disclosed = app.disclose(&folder).await?;
    Ok((disclosed, app.log_verifier().to_string()))
}
