//! `panjereh restore`.

use std::fmt::Display;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use app::{Objects, backup};
use clap::Args;
use log::VerifierKey;
use serde_json::json;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

use crate::archive::{self, About};
use crate::config::{Config, ConfigFile};
use crate::failure::Failure;
use crate::keys;
use crate::log_reader::LogReader;
use crate::place::{Place, StoreAt};
use crate::shared::{block_on, print_json, say};

/// Put a backup back, where nothing is yet.
///
/// The backup is looked through first: every file against its sum, the log recomputed, the store read whole. One that is damaged, or whose
/// log is ahead of its store, is refused, and nothing is written over. If the zone published entries after the backup was made, its log
/// will contradict what others have seen: see docs/operating.md before you serve it again.
///
/// Exit codes: 0 done, 2 it was refused or could not run.
#[derive(Args)]
pub struct Restore {
    /// The backup's folder.
    from: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let config = self.config.read()?;
        let about = block_on(self.put_back(&config))?;
        let keys = config.place.keys.display();
        if self.json {
            print_json(&json!({ "log_entries": about.log_entries, "documents": about.documents, "made": about.made }))?;
        } else {
            let (entries, documents) = (about.log_entries, about.documents);
            say(format_args!("restored as it was at {}: {entries} log entries, {documents} documents", about.made))?;
            if !config.place.keys.exists() {
                say(format_args!("the zone's keys were not in the backup: put them into {keys} before you serve it"))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn put_back(&self, config: &Config) -> Result<About, Failure> {
        let place = &config.place;
        refuse_what_is_there(place).await?;
        let (about, files) = archive::open(&self.from)?;
        let key: VerifierKey = about.log_key.parse().map_err(|error| self.bad(&format!("its log's key: {error}")))?;
        self.hold_keys(config, &key)?;
        let _sole = place.sole()?;
        self.put_store_back(place, &key).await?;
        let objects = place.objects()?;
        // The checkpoint comes last: before it, there is no log.
        let (mut last, mut first) = (Vec::new(), Vec::new());
        for file in files {
            match file.strip_prefix(archive::OBJECTS) {
                Ok(below) if below == Path::new("log/checkpoint") => last.push(below.to_path_buf()),
                Ok(below) => first.push(below.to_path_buf()),
                Err(_) => {}
            }
        }
        for below in first.iter().chain(&last) {
            let bytes = fs::read(self.from.join(archive::OBJECTS).join(below)).map_err(|error| self.bad(&error))?;
            objects.put(&below.to_string_lossy(), bytes).await?;
        }
        self.put_keys_back(place)?;
        Ok(about)
    }

    /// Looks through the store of the backup, and puts it in its place.
    async fn put_store_back(&self, place: &Place, key: &VerifierKey) -> Result<(), Failure> {
        let log = LogReader::Folder(self.from.join(archive::OBJECTS).join("log"));
        let (file, tables) = (self.from.join(archive::SQLITE), self.from.join(archive::POSTGRES));
        match &place.store {
            StoreAt::Sqlite(target) if file.is_file() => {
                let draft = target.with_extension("restoring");
                let placed = fill(&file, &draft, &log, key).await;
                let placed = match placed {
                    Ok(()) => fs::rename(&draft, target).map_err(|error| error.to_string()),
                    Err(why) => Err(why),
                };
                // What was not put in its place is nobody's.
                placed.map_err(|why| {
                    drop(fs::remove_file(&draft));
                    self.bad(&why)
                })
            }
            StoreAt::Postgres(address) if tables.is_dir() => {
                store_postgres::load(&address.0, &tables).await.map_err(|error| self.bad(&error))?;
                let store = PostgresStore::connect(&address.0, 1).await.map_err(|error| self.bad(&error))?;
                backup::examine(&store, &log, key).await?.map(drop).map_err(|why| self.bad(&why))
            }
            StoreAt::Sqlite(_) => Err(self.bad(&"it is of a PostgreSQL store; set `store` to postgres://...")),
            StoreAt::Postgres(_) => Err(self.bad(&"it is of a SQLite store; set `store` to a file")),
        }
    }

    /// The keys that are there already must be those of the backup.
    fn hold_keys(&self, config: &Config, key: &VerifierKey) -> Result<(), Failure> {
        let own = &config.place.keys;
        let given = self.from.join(archive::KEYS);
        let path = if own.exists() { own } else { &given };
        if !path.exists() {
            return Ok(());
        }
        let found = backup::log_key(&config.origin, &keys::open_existing(path)?)?;
        if found.to_string() == key.to_string() {
            return Ok(());
        }
        let hint = "see `keys` and `origin` in the settings; they must be the ones that the backup's zone had";
        Err(Failure::new(format!("the keys in {} are another log's than the backup's, {key}", path.display()), hint))
    }

    fn put_keys_back(&self, place: &Place) -> Result<(), Failure> {
        let given = self.from.join(archive::KEYS);
        if place.keys.exists() || !given.exists() {
            return Ok(());
        }
        archive::copy_keys(&given, &place.keys).map_err(|error| self.bad(&format!("{}: {error}", archive::KEYS)))
    }

    fn bad(&self, why: &dyn Display) -> Failure {
        let hint =
            "mend what is named, or name another backup; what was begun may be removed, for nothing else was there";
        Failure::new(format!("the backup {}: {why}", self.from.display()), hint)
    }
}

/// Copies a backup's store to a draft beside its place and looks through it.
async fn fill(file: &Path, draft: &Path, log: &LogReader, key: &VerifierKey) -> Result<(), String> {
    let said = |error: &dyn Display| error.to_string();
    fs::copy(file, draft).map_err(|error| said(&error))?;
    fs::set_permissions(draft, fs::Permissions::from_mode(0o600)).map_err(|error| said(&error))?;
    store_sqlite::examine(draft).map_err(|error| said(&error))?;
    let store: Arc<dyn app::Store> = Arc::new(SqliteStore::open(draft).map_err(|error| said(&error))?);
    backup::examine(&*store, log, key).await.map_err(|error| said(&error))??;
    drop(store);
    fs::File::open(draft).and_then(|file| file.sync_all()).map_err(|error| said(&error))
}

/// Nothing is written over.
async fn refuse_what_is_there(place: &Place) -> Result<(), Failure> {
    let refuse = |what: &dyn Display| {
        Err(Failure::new(
            format!("{what} is there already"),
            "restore to where nothing is yet; move away what is there",
        ))
    };
    if let StoreAt::Sqlite(path) = &place.store
        && path.exists()
    {
        return refuse(&format_args!("the store {}", path.display()));
    }
    let folder = Path::new(&place.objects);
    let filled = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if filled {
        return refuse(&format_args!("something in {}", folder.display()));
    }
    let objects: Objects = place.objects()?;
    match objects.get("log/checkpoint").await? {
        Some(_) => refuse(&format_args!("a log in {}", place.objects)),
        None => Ok(()),
    }
}
