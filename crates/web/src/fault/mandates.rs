//! Words for what is wrong with a mandate, or with acting under one.
//!
//! Must not know of: pages.

use app::engine::mandate::{DAYS_MAX, Lacking, MandateRefusal, OPEN_MAX};
use app::{AppError, Why};
use axum::http::StatusCode;
use fluent_bundle::FluentArgs;

use crate::format;
use crate::language::Language;
use crate::site::Site;

/// The word for what a mandate lacks.
pub(super) fn lacking(lacking: &Lacking) -> &'static str {
    match lacking {
        Lacking::NotAccepted => "mandate-not-accepted",
        Lacking::NotYet { .. } => "mandate-not-yet",
        Lacking::Expired { .. } => "mandate-expired",
        Lacking::GivenUp { .. } => "mandate-given-up",
        Lacking::Revoked { .. } => "mandate-revoked",
        Lacking::OtherService => "mandate-other-service",
        Lacking::NotThis => "mandate-not-this",
    }
}

/// The word for what is wrong with an act on a mandate.
pub(super) fn why(refusal: &MandateRefusal) -> &'static str {
    match refusal {
        MandateRefusal::NotHolder => "not-holder",
        MandateRefusal::NotAgent => "not-agent",
        MandateRefusal::OwnAgent => "own-agent",
        MandateRefusal::NoSuchService(_) => "no-such-service",
        MandateRefusal::BadSpan => "bad-span",
        MandateRefusal::BadAgent => "bad-agent",
        MandateRefusal::Accepted => "accepted-already",
        MandateRefusal::Over => "over-already",
        MandateRefusal::TooMany => "too-many",
    }
}

/// The status of the answer.
pub(super) fn status(refusal: &MandateRefusal) -> StatusCode {
    match refusal {
        MandateRefusal::NotHolder | MandateRefusal::NotAgent => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What the words say of it.
pub(super) fn arguments(site: &Site, language: Language, error: &AppError, args: &mut FluentArgs<'static>) {
    match error {
        AppError::MayNot(Why::Mandate(
            Lacking::NotYet { from: at }
            | Lacking::Expired { until: at }
            | Lacking::GivenUp { at }
            | Lacking::Revoked { at },
        )) => args.set("at", format::moment(language, *at, &site.app.zone().zone().timezone)),
        AppError::Mandate(MandateRefusal::BadSpan) => args.set("days", format::count(language, DAYS_MAX)),
        AppError::Mandate(MandateRefusal::TooMany) => args.set("max", format::count(language, OPEN_MAX as u64)),
        _ => {}
    }
}
