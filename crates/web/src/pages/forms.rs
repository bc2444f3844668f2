//! What a form sends: fields and files, in either of the two forms that browsers use.
//!
//! Must not know of: what is asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::{AppError, DOCUMENT_BYTES_MAX, Invalid};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;

use crate::fault::PageFault;
use crate::session::Viewer;
use crate::site::Site;

/// The largest form with files: two documents of the largest size, and their frame.
pub(crate) const UPLOAD_BYTES_MAX: usize = 2 * DOCUMENT_BYTES_MAX as usize + 1024 * 1024;

/// A file as it was sent; an empty file field sends one without a name.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

/// What a form sent. No form of ours has two fields of one name, so which of two would be meant is not guessed.
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
            let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
            let Form(fields) = form.map_err(|rejection| unread(rejection.status()))?;
            let mut sent = Self::default();
            fields.into_iter().try_for_each(|(name, text)| sent.take(name, &text))?;
            return Ok(sent);
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| unread(error.status()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let said = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| unread(error.status()))?;
            let media_type = app::media_type_of(&said, &bytes).to_owned();
            match file {
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => {
                    let file = File { name: file, media_type, bytes };
                    if sent.files.insert(name, file).is_some() {
                        return Err(malformed());
                    }
                }
                None => sent.take(name, std::str::from_utf8(&bytes).map_err(|_| malformed())?)?,
            }
        }
        Ok(sent)
    }

    /// Takes a field in. Browsers send the ends of lines as two characters (HTML Standard, section 4.10.22.4), people count one.
    fn take(&mut self, name: String, text: &str) -> Result<(), AppError> {
        match self.fields.insert(name, text.replace("\r\n", "\n")) {
            None => Ok(()),
            Some(_) => Err(malformed()),
        }
    }
}

/// A form that somebody who is signed in sent, from a page that was made for their session.
pub(crate) struct Posted(pub(crate) Viewer, pub(crate) Sent);

impl FromRequest<Arc<Site>> for Posted {
    type Rejection = PageFault;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, PageFault> {
        let (mut parts, body) = request.into_parts();
        let viewer = <Viewer as FromRequestParts<Arc<Site>>>::from_request_parts(&mut parts, site).await?;
        let sent = Sent::read(Request::from_parts(parts, body)).await?;
        viewer.made(sent.text("csrf"))?;
        Ok(Self(viewer, sent))
    }
}

fn malformed() -> AppError {
    AppError::Invalid { field: "form", why: Invalid::Malformed }
}

fn unread(status: StatusCode) -> AppError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return AppError::Invalid { field: "form", why: Invalid::TooLarge { max_bytes: DOCUMENT_BYTES_MAX } };
    }
    malformed()
}
