//! `panjereh backup`.

use std::fmt::Display;
use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use app::Objects;
use app::backup::{self, Copied};
use clap::Args;
use store_sqlite::SqliteStore;

use crate::archive::{self, About};
use crate::config::{Config, ConfigFile};
use crate::failure::{Failure, NO};
use crate::keys;
use crate::log_reader::LogReader;
use crate::place::{Place, StoreAt};
use crate::shared::{block_on, print_json, say};

/// Copy a zone while it runs: its store as it is at one moment, the documents, and the log.
///
/// The copy is looked through at once: the log is recomputed, each document compared with its name. The zone's keys are not in it unless you
/// ask for them: keep a copy of the file of keys elsewhere, for without them the log cannot go on. The zone's definition and the settings
/// are not in it either. `sha256sum -c SHA256SUMS` in the folder finds damage.
///
/// Exit codes: 0 done, 1 done and something was found wrong, which is named, 2 it could not run.
#[derive(Args)]
pub struct Backup {
    /// A folder that is not there yet, or is empty.
    to: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
    /// Put the zone's secret keys into the backup as well: whoever has it can then sign as the zone.
    #[arg(long)]
    with_keys: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let config = self.config.read()?;
        let about = block_on(self.copy(&config))?;
        if self.json {
            print_json(&about)?;
        } else {
            say(format_args!(
                "{}: {} log entries, {} documents",
                self.to.display(),
                about.log_entries,
                about.documents
            ))?;
            for problem in &about.problems {
                say(format_args!("problem: {problem}"))?;
            }
        }
        Ok(if about.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }

    async fn copy(&self, config: &Config) -> Result<About, Failure> {
        if let StoreAt::Sqlite(path) = &config.place.store
            && !path.is_file()
        {
            return Err(Failure::new(format!("there is no store {}", path.display()), "see `store` in the settings"));
        }
        let key = backup::log_key(&config.origin, &keys::open_existing(&config.place.keys)?)?;
        let objects = config.place.objects()?;
        make_folder(&self.to)?;
        // In this order: see `app::backup`.
        let standing = backup::standing(&objects, &key).await?;
        let store = copy_store(&config.place, &self.to).await?;
        let copies = self.to.join(archive::OBJECTS);
        let Copied { documents, mut problems, .. } =
            backup::copy(&*store, &objects, standing.as_ref(), &Objects::folder(&copies)?).await?;
        let files = LogReader::Folder(copies.join("log"));
        let log_entries = match backup::examine(&*store, &files, &key).await? {
            Ok(entries) => entries,
            Err(problem) => {
                problems.push(problem);
                0
            }
        };
        // Closed before its file is summed up.
        drop(store);
        let unwritten = |error: std::io::Error| unwritten(&self.to, &error);
        if self.with_keys {
            archive::copy_keys(&config.place.keys, &self.to.join(archive::KEYS)).map_err(unwritten)?;
        }
        let about = About {
            format: 0,
            made: app::Clock::default().now().to_string(),
            program: format!("panjereh {}", env!("CARGO_PKG_VERSION")),
            log_key: key.to_string(),
            log_entries,
            documents,
            problems,
            sums: String::new(),
        };
        archive::finish(&self.to, about).map_err(unwritten)
    }
}

/// Copies the store, and gives one to read what belongs to it: the copy itself where that can be opened.
async fn copy_store(place: &Place, to: &Path) -> Result<Arc<dyn app::Store>, Failure> {
    let uncopied = |error: &dyn Display| {
        let hint = "see that the backup's disk has room and the database answers, then begin again in another folder";
        Failure::new(format!("the store {} cannot be copied: {error}", place.store), hint)
    };
    match &place.store {
        StoreAt::Sqlite(path) => {
            let target = to.join(archive::SQLITE);
            let (from, copied) = (path.clone(), target.clone());
            let copying = tokio::task::spawn_blocking(move || {
                store_sqlite::copy(&from, &copied)?;
                store_sqlite::examine(&copied)
            });
            copying.await.map_err(|error| uncopied(&error))?.map_err(|error| uncopied(&error))?;
            Ok(Arc::new(SqliteStore::open(&target).map_err(|error| uncopied(&error))?))
        }
        StoreAt::Postgres(address) => {
            let folder = to.join(archive::POSTGRES);
            fs::create_dir(&folder).map_err(|error| uncopied(&error))?;
            store_postgres::dump(&address.0, &folder).await.map_err(|error| uncopied(&error))?;
            place.store().await
        }
    }
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    // For its owner alone: people's data will be in it.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| unwritten(folder, &error))?;
    let mut entries = fs::read_dir(folder).map_err(|error| unwritten(folder, &error))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Failure::new(
            format!("{} is not empty", folder.display()),
            "name a folder that is not there yet; a backup writes over nothing",
        )),
    }
}

fn unwritten(folder: &Path, error: &std::io::Error) -> Failure {
    let hint = "name a folder that may be written, on a disk with room";
    Failure::new(format!("the backup {} cannot be written: {error}", folder.display()), hint)
}
