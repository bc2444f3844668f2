//! `panjereh rebuild`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Objects, Settings};
use clap::Args;
use store_sqlite::SqliteStore;

use crate::failure::Failure;
use crate::keys;
use crate::shared::{block_on, sound_zone};

/// Make every case's row and deadlines again from its events, and say how many were not what they should be.
///
/// For a zone kept in a folder as `panjereh demo` makes it. Stop the zone first.
#[derive(Args)]
pub struct Rebuild {
    /// The folder.
    dir: PathBuf,
    /// The zone's folder.
    #[arg(long, default_value = "zones/maku")]
    zone: PathBuf,
}

impl Rebuild {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let file = self.dir.join("store.sqlite");
        if !file.is_file() {
            return Err(Failure::new(
                format!("{} is not there", file.display()),
                "name a folder that `panjereh demo` made",
            ));
        }
        let zone = sound_zone(&self.zone)?;
        let rebuilt = block_on(async {
            let app = App::open(Settings {
                origin: format!("demo.invalid/{}", zone.zone().name),
                zone,
                store: Arc::new(SqliteStore::open(&file).map_err(app::AppError::from)?),
                objects: Objects::folder(&self.dir.join("objects"))?,
                keys: keys::open(&self.dir.join("keys.toml"), None)?,
                base_url: String::new(),
            })
            .await?;
            Ok(app.rebuild().await?)
        })?;
        println!("{} cases, {} mended", rebuilt.cases, rebuilt.mended);
        Ok(ExitCode::SUCCESS)
    }
}
