//! What a form sends: fields and files, in either of the two forms that browsers use.
//!
//! Must not know of: what is asked.

use std::collections::BTreeMap;

use app::{AppError, DOCUMENT_BYTES_MAX, Invalid};
use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;

/// The largest form with files: two documents of the largest size, and their frame.
pub(crate) const UPLOAD_BYTES_MAX: usize = 2 * DOCUMENT_BYTES_MAX as usize + 1024 * 1024;

/// A file as it was sent; an empty file field sends one without a name.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

/// What a form sent. Of several fields with one name the last stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) files: BTreeMap<String, File>,
}

impl Sent {
    /// A field; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Reads a request's form.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is no form, or too large.
    pub(crate) async fn read(request: Request) -> Result<Self, AppError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let form = Form::<BTreeMap<String, String>>::from_request(request, &()).await;
            let Form(fields) = form.map_err(|_| malformed())?;
            return Ok(Self { fields, files: BTreeMap::new() });
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| unread(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let media_type = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| unread(&error))?;
            match file {
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => drop(sent.files.insert(name, File { name: file, media_type, bytes })),
                None => drop(sent.fields.insert(name, String::from_utf8(bytes.into()).map_err(|_| malformed())?)),
            }
        }
        Ok(sent)
    }
}

fn malformed() -> AppError {
    AppError::Invalid { field: "form", why: Invalid::Malformed }
}

fn unread(error: &MultipartError) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return AppError::Invalid { field: "form", why: Invalid::TooLarge { max_bytes: DOCUMENT_BYTES_MAX } };
    }
    malformed()
}
