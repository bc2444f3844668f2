//! The object store: a folder by default, S3 by URL. Documents and the log's static files live in it.
//!
//! Must not know of: what is in an object.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use crate::AppError;

/// Where objects are kept.
#[derive(Clone, Debug)]
pub struct Objects(Arc<dyn ObjectStore>);

impl Objects {
    /// A folder, made if it is not there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when it cannot be made.
    pub fn folder(path: &Path) -> Result<Self, AppError> {
        std::fs::create_dir_all(path).map_err(|error| unavailable(&format!("{}: {error}", path.display())))?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| unavailable(&error))?;
        Ok(Self(Arc::new(folder)))
    }

    /// An S3 bucket, such as `s3://documents`; endpoint and keys come from the variables that AWS tools use.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the URL or the settings do not do.
    pub fn s3(url: &str) -> Result<Self, AppError> {
        choose_tls();
        let bucket = AmazonS3Builder::from_env().with_url(url).build().map_err(|error| unavailable(&error))?;
        Ok(Self(Arc::new(bucket)))
    }

    /// A folder or a bucket, by what the text looks like.
    ///
    /// # Errors
    /// As [`Objects::folder`] and [`Objects::s3`].
    pub fn open(place: &str) -> Result<Self, AppError> {
        if place.starts_with("s3://") { Self::s3(place) } else { Self::folder(Path::new(place)) }
    }

    /// Any object store.
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// An object's bytes; none when there is no such object.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the store cannot be reached.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, AppError> {
        let path = object_store::path::Path::parse(path).map_err(|error| unavailable(&error))?;
        match self.0.get(&path).await {
            Ok(found) => found.bytes().await.map(Some).map_err(|error| unavailable(&error)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Writes an object whole, over what was there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when it cannot be written.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), AppError> {
        let path = object_store::path::Path::parse(path).map_err(|error| unavailable(&error))?;
        self.0.put(&path, PutPayload::from_bytes(bytes.into())).await.map_err(|error| unavailable(&error))?;
        Ok(())
    }
}

/// Chooses the process's TLS library. That somebody chose it before is as well.
pub fn choose_tls() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

fn unavailable(error: &dyn std::fmt::Display) -> AppError {
    AppError::Unavailable(error.to_string())
}
