//! Checking a certificate: anybody's, by its text or its file. The verdict in colour, shape and words.

use std::sync::Arc;

use app::credential::{Fault, Input, Malformed, StatusCheck, Verdict};
use app::{AppError, Proven};
use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;

use super::certificate::{self, Said};
use super::context::{Context, spoken};
use super::forms::Sent;
use super::layout::show;
use crate::fault::PageFault;
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/{language}/verify", get(ask).post(verify))
}

struct Judged {
    /// Ends the word's keys: `verdict-valid`, `verdict-valid-detail`.
    key: &'static str,
    holds: bool,
    detail: String,
    /// Why it cannot be read, as a code that can be looked up.
    code: String,
    /// The word's key of what the log says.
    proven: &'static str,
    said: Option<Said>,
}

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage<'a> {
    c: Context<'a>,
    text: String,
    error: String,
    judged: Option<Judged>,
    keys: Keys,
}

/// What a check without this site needs.
struct Keys {
    certificate: String,
    log: String,
    base: String,
}

impl Keys {
    fn of(site: &Site) -> Self {
        Self {
            certificate: site.app.certificate_key(),
            log: site.app.log_verifier().to_string(),
            base: site.app.base_url().to_owned(),
        }
    }
}

async fn ask(State(site): State<Arc<Site>>, PageLanguage(language): PageLanguage, viewer: Option<Viewer>) -> Response {
    let c = Context::new(&site, language, viewer.as_ref(), "/verify");
    show(&VerifyPage { c, text: String::new(), error: String::new(), judged: None, keys: Keys::of(&site) })
}

async fn verify(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Option<Viewer>,
    request: Request,
) -> Result<Response, PageFault> {
    let sent = Sent::read(request).await?;
    let text = sent.text("text").trim().to_owned();
    let input = match sent.files.get("file") {
        Some(file) => Input::from_file(&file.bytes),
        None if text.is_empty() => {
            let c = Context::new(&site, language, viewer.as_ref(), "/verify");
            let error = c.t("wrong-certificate");
            return Ok(show(&VerifyPage { c, text, error, judged: None, keys: Keys::of(&site) }));
        }
        None => Input::Text(&text),
    };
    let verdict = site.app.verify(input).await?;
    let judged = judge(&site, language, viewer.as_ref(), &verdict).await?;
    let c = Context::new(&site, language, viewer.as_ref(), "/verify");
    Ok(show(&VerifyPage { c, text, error: String::new(), judged: Some(judged), keys: Keys::of(&site) }))
}

async fn judge(
    site: &Site,
    language: Language,
    viewer: Option<&Viewer>,
    verdict: &Verdict,
) -> Result<Judged, AppError> {
    let c = Context::new(site, language, viewer, "/verify");
    let moment = |seconds: i64| c.moment_ms(&seconds.saturating_mul(1000));
    let (key, certificate, detail) = match verdict {
        Verdict::Valid(valid) => {
            let as_of = match &valid.status {
                StatusCheck::Good { as_of_s } => moment(*as_of_s),
                StatusCheck::NotAsked(_) | StatusCheck::NotRevocable => String::new(),
            };
            ("valid", Some(&valid.certificate), as_of)
        }
        Verdict::Expired { certificate, since_s } => ("expired", Some(&**certificate), moment(*since_s)),
        Verdict::NotYetValid { certificate, from_s } => ("not-yet", Some(&**certificate), moment(*from_s)),
        Verdict::Revoked { certificate } if site.app.is_void(certificate).await? => {
            ("void", Some(&**certificate), String::new())
        }
        Verdict::Revoked { certificate } => ("revoked", Some(&**certificate), String::new()),
        Verdict::Suspended { certificate } => ("suspended", Some(&**certificate), String::new()),
        Verdict::StatusUnknown { certificate, .. } => ("status-unknown", Some(&**certificate), String::new()),
        Verdict::UnknownKey { zone, .. } => ("unknown-key", None, spoken(zone)),
        Verdict::BadSignature { zone, .. } => ("bad-signature", None, spoken(zone)),
        Verdict::Malformed(Malformed { fault: Fault::WrongPrefix, .. }) => ("malformed", None, c.t("broken-prefix")),
        Verdict::Malformed(malformed) => ("malformed", None, c.t(&format!("broken-{}", malformed.place.code()))),
    };
    let code = match verdict {
        Verdict::Malformed(malformed) => format!("{} / {}", malformed.place.code(), malformed.fault.code()),
        _ => String::new(),
    };
    let proven = match certificate {
        Some(certificate) => match site.app.proven(certificate).await? {
            Proven::InLog { .. } => "verdict-proven",
            Proven::NotYet => "verdict-unproven",
            Proven::Refuted(_) => "verdict-refuted",
        },
        None => "verdict-unproven",
    };
    Ok(Judged {
        key,
        holds: key == "valid",
        detail,
        code,
        proven,
        said: certificate.map(|certificate| certificate::say(&c, certificate)),
    })
}
