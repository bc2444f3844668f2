//! What a page's handler answers when it does not answer with the page.
//!
//! Must not know of: words. `pages::faults` makes a page of it, in the reader's language.

use std::sync::Arc;

use app::AppError;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Fault, kind};
use crate::format::escaped;
use crate::language::Language;
use crate::session;

/// An answer that is not the page.
#[derive(Debug)]
pub(crate) enum PageFault {
    /// An error, which has no words yet.
    Untold(Box<AppError>),
    /// What went wrong, in words.
    Told(Fault),
    /// The way to the page that comes first.
    First(Redirect),
}

/// An error that an answer carries until it is told.
#[derive(Clone, Debug)]
pub(crate) struct Untold(pub(crate) Arc<AppError>);

impl PageFault {
    /// Sends somebody who is not signed in to do so; they come back to the page they asked for or whose form they sent.
    pub(crate) fn sign_in(parts: &Parts, language: Language) -> Self {
        let own = parts.uri.path_and_query().map(|whole| whole.as_str().to_owned());
        let to = match parts.method {
            Method::GET | Method::HEAD => own,
            _ => session::came_from(&parts.headers),
        };
        let to = to.map(|to| format!("?to={}", escaped(&to))).unwrap_or_default();
        Self::First(Redirect::to(&format!("/{}/sign-in{to}", language.tag())))
    }
}

impl From<AppError> for PageFault {
    fn from(error: AppError) -> Self {
        Self::Untold(Box::new(error))
    }
}

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        match self {
            Self::Untold(error) => {
                let mut response = kind(&error).0.into_response();
                response.extensions_mut().insert(Untold(Arc::from(error)));
                response
            }
            Self::Told(fault) => {
                let mut response = fault.status.into_response();
                response.extensions_mut().insert(fault);
                response
            }
            Self::First(to) => to.into_response(),
        }
    }
}
