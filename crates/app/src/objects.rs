//! The object store: a folder by default, S3 by URL. Documents and the log's static files live in it.
//!
//! Must not know of: what is in an object.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};

use crate::AppError;

/// How often a server that does not answer is asked again; a person waits for it.
const RETRIES: usize = 3;
/// How long it is asked again.
const PATIENCE: Duration = Duration::from_secs(10);
/// Keys that do not open a bucket, and what to do.
const REFUSED: (&str, &str) =
    ("refuses the keys", "see that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION may read and write there");
/// What S3 says, in the body of a 404, of an object whose whole bucket is missing.
const NO_BUCKET: &str = "NoSuchBucket";
/// Most characters of what a store says for itself: some answer with a page of XML.
const WHY_CHARS_MAX: usize = 400;

/// Where objects are kept.
#[derive(Clone, Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// The folder or URL, as errors name it.
    place: Arc<str>,
}

impl Objects {
    /// A folder, made if it is not there. What is put there is on the disk when [`Objects::put`] returns.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when it cannot be made.
    pub fn folder(path: &Path) -> Result<Self, AppError> {
        let place = path.display();
        let bad = |why: &dyn std::fmt::Display| {
            let remedy = "name a folder that may be written to";
            AppError::Unavailable(format!("the object store {place} cannot be opened: {why}; {remedy}"))
        };
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| bad(&error))?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| bad(&error))?.with_fsync(true);
        Ok(Self { store: Arc::new(folder), place: place.to_string().into() })
    }

    /// An S3 bucket, such as `s3://documents`, or a folder in it, such as `s3://documents/maku`. Endpoint, region and keys are those of
    /// `settings` that AWS tools use: `AWS_ACCESS_KEY_ID` and so on.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the URL or the settings do not do.
    pub fn s3(url: &str, settings: impl IntoIterator<Item = (String, String)>) -> Result<Self, AppError> {
        choose_tls();
        let bad = |why: &dyn std::fmt::Display| {
            let remedy = "write s3://BUCKET, and the AWS_ variables as AWS's own tools read them";
            AppError::Unavailable(format!("the object store {url} cannot be opened: {why}; {remedy}"))
        };
        let path = url.strip_prefix("s3://").unwrap_or_default();
        let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        if bucket.is_empty() {
            return Err(bad(&"it names no bucket"));
        }
        let mut builder = AmazonS3Builder::new().with_retry(retry);
        for (name, value) in settings {
            let key = name.starts_with("AWS_").then(|| name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>());
            if let Some(Ok(key)) = key {
                builder = builder.with_config(key, value);
            }
        }
        let endpoint = builder.get_config_value(&AmazonS3ConfigKey::Endpoint);
        let place = endpoint.map_or_else(|| url.to_owned(), |endpoint| format!("{url} at {endpoint}"));
        let bucket = builder.with_bucket_name(bucket).build().map_err(|error| bad(&error))?;
        let folder = object_store::path::Path::parse(folder.trim_end_matches('/')).map_err(|error| bad(&error))?;
        let store: Arc<dyn ObjectStore> =
            if folder.is_root() { Arc::new(bucket) } else { Arc::new(PrefixStore::new(bucket, folder)) };
        Ok(Self { store, place: place.into() })
    }

    /// A folder or a bucket, by what the text looks like.
    ///
    /// # Errors
    /// As [`Objects::folder`] and [`Objects::s3`].
    pub fn open(place: &str) -> Result<Self, AppError> {
        match place.split_once("://") {
            None => Self::folder(Path::new(place)),
            Some(("s3", _)) => Self::s3(place, std::env::vars()),
            Some(_) => Err(AppError::Unavailable(format!(
                "the object store {place} is of no kind that is known; name a folder, or s3://BUCKET"
            ))),
        }
    }

    /// That the store is there and lets us in, before anything begins. Of a bucket that is missing, some servers say of each object only that it
    /// is not there; it must not look like one that is empty.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub(crate) async fn reachable(&self) -> Result<(), AppError> {
        match self.store.list(None).next().await {
            None | Some(Ok(_)) => Ok(()),
            Some(Err(error)) => Err(self.failed(&error)),
        }
    }

    /// An object's bytes; none when there is no such object.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store cannot be reached.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, AppError> {
        match self.store.get(&object(path)?).await {
            Ok(found) => found.bytes().await.map(Some).map_err(|error| self.failed(&error)),
            Err(error @ Error::NotFound { .. }) if !error.to_string().contains(NO_BUCKET) => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Writes an object whole, over what was there. It is durable when this returns.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when it cannot be written.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), AppError> {
        let payload = PutPayload::from_bytes(bytes.into());
        self.store.put(&object(path)?, payload).await.map_err(|error| self.failed(&error))?;
        Ok(())
    }

    /// The names of at most `most` objects in a folder, without the folder.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store cannot be reached.
    pub(crate) async fn names(&self, folder: &str, most: usize) -> Result<Vec<String>, AppError> {
        let folder = object(folder)?;
        let mut found = self.store.list(Some(&folder)).take(most);
        let mut names = Vec::new();
        while let Some(object) = found.next().await {
            let object = object.map_err(|error| self.failed(&error))?;
            names.extend(object.location.filename().map(str::to_owned));
        }
        Ok(names)
    }

    /// Takes an object away. That it is not there is as well.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when it cannot be taken away.
    pub async fn delete(&self, path: &str) -> Result<(), AppError> {
        match self.store.delete(&object(path)?).await {
            Ok(()) => Ok(()),
            Err(error @ Error::NotFound { .. }) if !error.to_string().contains(NO_BUCKET) => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// What failed, where, and what to do.
    fn failed(&self, error: &Error) -> AppError {
        let said = error.to_string();
        // What comes of listing has no kind of its own, only the status in its text.
        let status = |codes: [&str; 2]| codes.iter().any(|code| said.contains(code));
        let (what, remedy) = match error {
            _ if matches!(error, Error::NotFound { .. }) || status([NO_BUCKET, "404 Not Found"]) => {
                ("has no such bucket", "make the bucket, or mend its name in the settings")
            }
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => REFUSED,
            _ if status(["403 Forbidden", "401 Unauthorized"]) => REFUSED,
            _ if self.place.starts_with("s3://") => {
                ("does not answer as it should", "see that it runs and can be reached, then try again")
            }
            _ => ("cannot be used", "see that the disk has room and the folder may be written to, then try again"),
        };
        let why: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let why: String = why.chars().take(WHY_CHARS_MAX).collect();
        AppError::Unavailable(format!("the object store {} {what}: {remedy} ({why})", self.place))
    }
}

/// Chooses the process's TLS library. That somebody chose it before is as well.
pub fn choose_tls() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

fn object(path: &str) -> Result<object_store::path::Path, AppError> {
    object_store::path::Path::parse(path).map_err(|error| AppError::Internal(format!("{path}: {error}")))
}
