//! Files that do not do: what they said they are.
//!
//! Must not know of: pages.

use app::{AppError, Invalid};
use fluent_bundle::FluentArgs;

use crate::language::Language;
use crate::site::Site;

/// The media type that a file said it has, where that is what is wrong.
pub(super) fn said(error: &AppError) -> Option<&str> {
    let AppError::Invalid { why, .. } = error else { return None };
    match why {
        Invalid::NotWhatItSays { said, .. } | Invalid::Damaged { said } | Invalid::NotTaken { said } => Some(said),
        _ => None,
    }
}

/// A media type as people call such files.
pub(super) fn file_kind(site: &Site, language: Language, media_type: &str) -> String {
    match media_type {
        "application/pdf" => "PDF".to_owned(),
        "image/jpeg" => "JPEG".to_owned(),
        "image/png" => "PNG".to_owned(),
        "image/webp" => "WebP".to_owned(),
        "application/xml" => "XML".to_owned(),
        "application/edifact" => "UN/EDIFACT".to_owned(),
        _ => site.words.site(language, "file-kind-other", &FluentArgs::new()),
    }
}
