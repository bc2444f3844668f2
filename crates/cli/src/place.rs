//! Where a zone is kept: its store, its objects, its keys.
//!
//! Must not know of: where the settings came from, what is done with the zone.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, io};

use app::{AppError, Objects};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

use crate::failure::Failure;
use crate::sole::Sole;

/// Connections to PostgreSQL: more than the cores of a database server seldom help.
const CONNECTIONS: usize = 8;

/// Where a zone is kept.
#[derive(Clone, Debug)]
pub struct Place {
    pub store: StoreAt,
    /// A folder, or s3://bucket.
    pub objects: String,
    pub keys: PathBuf,
}

/// Where a store is.
#[derive(Clone, Debug)]
pub enum StoreAt {
    Sqlite(PathBuf),
    Postgres(Address),
}

/// The address of a database. It may hold a password, so it is never shown whole.
#[derive(Clone)]
pub struct Address(pub String);

impl Place {
    /// All in one folder, as `panjereh demo` has it.
    pub fn folder(folder: &Path) -> Self {
        Self {
            store: StoreAt::Sqlite(folder.join("store.sqlite")),
            objects: folder.join("objects").display().to_string(),
            keys: folder.join("keys.toml"),
        }
    }

    /// The place of a demonstration that is there: a mistyped folder is not made into an empty one.
    pub fn demonstration(folder: &Path) -> Result<Self, Failure> {
        let place = Self::folder(folder);
        match &place.store {
            StoreAt::Sqlite(file) if !file.is_file() => Err(Failure::new(
                format!("{} is not there", file.display()),
                "name a folder that `panjereh demo` made, or settings with --config",
            )),
            _ => Ok(place),
        }
    }

    /// The right to run on the store alone. A PostgreSQL store sees to its own order.
    pub fn sole(&self) -> Result<Option<Sole>, Failure> {
        match &self.store {
            StoreAt::Sqlite(path) => Sole::take(path).map(Some),
            StoreAt::Postgres(_) => Ok(None),
        }
    }

    /// The store, opened; made when it is not there.
    pub async fn store(&self) -> Result<Arc<dyn app::Store>, Failure> {
        Ok(match &self.store {
            StoreAt::Sqlite(path) => {
                keep_private(path).map_err(|error| self.unopened(&error))?;
                Arc::new(SqliteStore::open(path).map_err(|error| self.unopened(&AppError::from(error)))?)
            }
            StoreAt::Postgres(address) => {
                let opened = PostgresStore::connect(&address.0, CONNECTIONS).await;
                Arc::new(opened.map_err(|error| self.unopened(&AppError::from(error)))?)
            }
        })
    }

    /// The store, opened to be read: one that is not there is not made.
    pub async fn existing_store(&self) -> Result<Arc<dyn app::Store>, Failure> {
        match &self.store {
            StoreAt::Sqlite(file) if !file.is_file() => {
                Err(Failure::new(format!("there is no store {}", file.display()), "see `store` in the settings"))
            }
            _ => self.store().await,
        }
    }

    /// The objects, opened; the folder is made when it is not there.
    pub fn objects(&self) -> Result<Objects, Failure> {
        Objects::open(&self.objects).map_err(|error| {
            Failure::new(
                format!("the objects cannot be opened: {error}"),
                "give a folder that may be written, or s3://BUCKET",
            )
        })
    }

    fn unopened(&self, error: &dyn fmt::Display) -> Failure {
        let hint = match &self.store {
            // SQLite's own words for SQLITE_BUSY.
            StoreAt::Sqlite(_) if error.to_string().contains("database is locked") => {
                "another program holds it alone: wait until that is done, or stop it, and try again"
            }
            StoreAt::Sqlite(_) => {
                "give a file in a folder that may be written; a damaged one comes back with `panjereh restore`"
            }
            StoreAt::Postgres(_) => {
                "see that the server runs, and that the address, user and password in `store` are right"
            }
        };
        Failure::new(format!("the store {} cannot be opened: {error}", self.store), hint)
    }
}

/// Makes a store's file before SQLite does, for its owner alone: people's data will be in it. What SQLite puts beside it follows its rights.
fn keep_private(path: &Path) -> io::Result<()> {
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

impl fmt::Display for StoreAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => path.display().fmt(f),
            Self::Postgres(address) => fmt::Debug::fmt(address, f),
        }
    }
}

impl fmt::Debug for Address {
    /// Without the password and the options.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (user, host) = self.parts();
        f.write_str("postgres://")?;
        match user.map(|user| user.split_once(':')) {
            Some(Some((name, _))) => write!(f, "{name}:***@")?,
            Some(None) => write!(f, "{}@", user.unwrap_or_default())?,
            None => {}
        }
        match misplaced(host) {
            Some(name) => write!(f, "{name}:***"),
            None => f.write_str(host),
        }
    }
}

/// What stands before a colon that no port follows: somebody forgot the `@`, and what follows is a password.
fn misplaced(host: &str) -> Option<&str> {
    // An address of IPv6 has colons of its own.
    let (name, rest) = host.split_once(':').filter(|_| !host.starts_with('['))?;
    let port = rest.split(['/', ',']).next().unwrap_or_default();
    (port.is_empty() || port.contains(|character: char| !character.is_ascii_digit())).then_some(name)
}

impl Address {
    /// The user with a password, if there are any, and the server with the database, without options. Whatever stands before the last `@` but
    /// the user's name counts as password: in a password that was not encoded anything may stand.
    fn parts(&self) -> (Option<&str>, &str) {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
        (user, host.split('?').next().unwrap_or_default())
    }

    /// Whether a password stands in it.
    pub fn has_password(&self) -> bool {
        let (user, host) = self.parts();
        self.0.contains("password=") || user.is_some_and(|user| user.contains(':')) || misplaced(host).is_some()
    }

    /// The address with a password, percent-encoded (RFC 3986, section 2.1).
    pub fn with_password(&self, password: &str) -> Self {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        let encoded = password.bytes().fold(String::new(), |mut text, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
                _ => text.push_str(&format!("%{byte:02X}")),
            }
            text
        });
        Self(format!("{}{joint}password={encoded}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (address, shown) in [
            ("postgres://zone:s3cret@db/panjereh", "postgres://zone:***@db/panjereh"),
            ("postgres://zone:s3/c@r?et@db/panjereh", "postgres://zone:***@db/panjereh"),
            ("postgresql://zone@db:5433/x?password=s3cret", "postgres://zone@db:5433/x"),
            ("postgres:///x?host=/run/postgresql&password=s3cret", "postgres:///x"),
            ("postgres:s3cret", "postgres://"),
            ("postgres://zone:s3cret", "postgres://zone:***"),
            ("postgres://[::1]:5432/x", "postgres://[::1]:5432/x"),
            ("postgres://db:5432/x", "postgres://db:5432/x"),
        ] {
            assert_eq!(format!("{:?}", Address(address.to_owned())), shown);
        }
    }

    #[test]
    fn a_password_is_put_in_encoded() {
        let address = Address("postgres://zone@db/x".to_owned()).with_password("a&b/ü");
        assert_eq!(address.0, "postgres://zone@db/x?password=a%26b%2F%C3%BC");
        assert!(address.has_password());
    }
}
