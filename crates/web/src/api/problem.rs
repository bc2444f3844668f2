//! Problems as programs and people read them (RFC 9457), told in the reader's language.
//!
//! Must not know of: any one resource. A handler only says which problem it is; `frame` in `api` has it told.

use std::sync::{Arc, LazyLock};

use app::definition::model::Name;
use app::definition::value::{Kind, ValueError};
use app::engine::case::AskedItem;
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::{AppError, Invalid};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentArgs;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask;
use super::misfit::{Misfit, Unfit, escaped};
use super::strict::short;
use crate::fault::{self, Fault};
use crate::language::Language;
use crate::site::Site;

/// The media type of problems (RFC 9457, section 3).
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// The media types of documents that are taken, as a person reads them.
static DOCUMENTS: LazyLock<String> = LazyLock::new(|| app::media_types().collect::<Vec<_>>().join(", "));

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The application says no.
    App(AppError),
    /// The request itself does not do.
    Wire(Wire),
    /// These facts name documents that the account did not bring, or not like this.
    Documents(Vec<Name>),
    /// The application does not ask the applicant for these items.
    Ask { error: AppError, items: Vec<AskedItem> },
}

/// What can be wrong with a request before anybody looks at what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    /// No token, or one that is wrong or old.
    Token,
    /// Meant for another host.
    Host { url: String },
    /// No such path.
    Path,
    /// The path takes other methods; `Allow` says which.
    Method,
    /// A parameter of the path or query does not do.
    Parameter { misfit: Misfit },
    /// The idempotency key is missing or not of its form.
    Key,
    /// Another media type than the one that is taken.
    ContentType { taken: &'static str },
    /// More bytes than are taken.
    TooLarge { max_bytes: usize },
    /// The body broke off or never came.
    BrokenOff,
    /// A byte that is not UTF-8, counted from 1.
    NotUtf8 { byte: usize },
    /// Not JSON.
    NotJson { place: Place },
    /// The JSON ends before it is whole.
    EndsEarly { place: Place },
    /// Objects and lists nested too deep.
    TooDeep { place: Place },
    /// The same key twice in one object.
    DuplicateKey { place: Place, key: String },
    /// JSON, but not of the form that is described.
    Shape { place: Place, misfits: Vec<Misfit> },
    /// The body names a service that is not there.
    NoSuchService { services: Vec<String> },
    /// An appeal that names no case of the caller's.
    NoAppealedCase,
    /// The body names a mandate that is not there, or is not the caller's.
    NoMandate,
    /// Too many requests.
    TooMany { after_s: u64 },
}

/// A place in a body, both from 1; line 0 when it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Names the kind of problem; the last part is the kind.
    #[serde(rename = "type")]
    #[schema(format = "uri")]
    type_: String,
    /// What it is, in the reader's language.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened and what to do, in the reader's language.
    detail: String,
    /// Everything that is wrong with what was sent, where it can be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<ErrorBody>,
    /// What would have been taken in the place that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    allowed: Vec<String>,
}

/// One thing that is wrong with what was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemError)]
pub(crate) struct ErrorBody {
    /// Where, as a JSON pointer into the body (RFC 6901).
    pub(super) pointer: String,
    /// What is wrong, in the reader's language.
    pub(super) detail: String,
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::SignedOut => Self::Wire(Wire::Token),
            AppError::Invalid { why: Invalid::NotTaken { .. }, .. } => {
                Self::Wire(Wire::ContentType { taken: DOCUMENTS.as_str() })
            }
            error => Self::App(error),
        }
    }
}

impl From<Wire> for Problem {
    fn from(wire: Wire) -> Self {
        Self::Wire(wire)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl Problem {
    /// Puts the problem into the answer, over what stood there; headers stay.
    pub(crate) fn tell(&self, site: &Site, accepted: Option<&HeaderValue>, response: &mut Response) {
        let language = Language::of_header(accepted.and_then(|value| value.to_str().ok()));
        let fault = self.fault(site, language);
        let (errors, allowed) = self.places(site, language);
        // Programs compare texts and copy out of them: without the invisible marks that keep directions of writing apart on a page.
        let bare = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        let body = ProblemBody {
            type_: format!("{}/api/problems/{}", site.app.base_url(), fault.kind),
            title: bare(&fault.title),
            status: fault.status.as_u16(),
            detail: bare(&fault.detail),
            errors: errors.into_iter().map(|error| ErrorBody { detail: bare(&error.detail), ..error }).collect(),
            allowed,
        };
        *response.status_mut() = fault.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        match self {
            Self::Wire(Wire::Token) => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Wire(Wire::TooMany { after_s }) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*after_s));
            }
            _ => {}
        }
        // A map of strings and numbers always serialises.
        *response.body_mut() = Body::from(serde_json::to_vec(&body).unwrap_or_default());
    }

    fn fault(&self, site: &Site, language: Language) -> Fault {
        match self {
            Self::App(AppError::NotFound(_)) => wire_fault(site, language, &Wire::Path),
            Self::App(error) | Self::Ask { error, .. } => Fault::for_program(site, language, error),
            Self::Documents(_) => Fault::for_program(site, language, &AppError::Refused(Refusal::Facts(Vec::new()))),
            Self::Wire(wire) => wire_fault(site, language, wire),
        }
    }

    /// Where it is wrong, and what would have been taken there.
    fn places(&self, site: &Site, language: Language) -> (Vec<ErrorBody>, Vec<String>) {
        let at_fact = |name: &str, detail: String| ErrorBody { pointer: format!("/facts/{}", escaped(name)), detail };
        let plain = |key: &str| site.words.site(language, key, &FluentArgs::new());
        match self {
            Self::Ask { error: AppError::Refused(refusal), items } => {
                let at_fields = || at_field(site, language, refusal).into_iter().collect();
                (ask::places(site, language, refusal, items).unwrap_or_else(at_fields), allowed(refusal))
            }
            Self::Wire(Wire::NoSuchService { services }) => {
                let detail = plain("wrong-choice");
                (vec![ErrorBody { pointer: "/service".to_owned(), detail }], services.clone())
            }
            Self::Wire(Wire::NoMandate) => {
                let detail = plain("wrong-mandate");
                (vec![ErrorBody { pointer: "/mandate".to_owned(), detail }], Vec::new())
            }
            Self::Wire(Wire::NoAppealedCase) => {
                let detail = plain("wrong-appealed");
                (vec![ErrorBody { pointer: "/appeals".to_owned(), detail }], Vec::new())
            }
            Self::Documents(facts) => {
                let detail = plain("api-document-unknown");
                (facts.iter().map(|fact| at_fact(fact, detail.clone())).collect(), Vec::new())
            }
            Self::App(AppError::Refused(Refusal::Facts(problems))) => {
                let told = |problem: &FactProblem| at_fact(&problem.fact, fact_problem(site, language, problem));
                (problems.iter().map(told).collect(), Vec::new())
            }
            Self::App(AppError::Refused(refusal)) => {
                (at_field(site, language, refusal).into_iter().collect(), allowed(refusal))
            }
            Self::Wire(Wire::Shape { misfits, .. }) => {
                let told =
                    |misfit: &Misfit| ErrorBody { pointer: misfit.pointer(), detail: told(site, language, misfit) };
                (misfits.iter().map(told).collect(), Vec::new())
            }
            _ => (Vec::new(), Vec::new()),
        }
    }
}

/// The field of an act that was refused.
fn at_field(site: &Site, language: Language, refusal: &Refusal) -> Option<ErrorBody> {
    // The pages know no such field: the branch is which of their forms was sent.
    let choice = || ("branch", site.words.site(language, "wrong-choice", &FluentArgs::new()));
    let branch = matches!(refusal, Refusal::NoSuchBranch { .. }).then(choice);
    let (field, detail) = fault::field_problem(site, language, refusal).or(branch)?;
    Some(ErrorBody { pointer: format!("/{field}"), detail })
}

/// What is wrong with a fact: where it is not of its kind, how that kind is written in JSON.
fn fact_problem(site: &Site, language: Language, problem: &FactProblem) -> String {
    let mut args = FluentArgs::new();
    match &problem.wrong {
        Wrong::Value(ValueError::WrongKind { expected, .. } | ValueError::Malformed { expected, .. }) => {
            let value = Unfit::Value { kind: kind_name(*expected) };
            site.words.site(language, &value.word(), &args)
        }
        Wrong::Value(ValueError::WrongCurrency { expected, .. }) => {
            let word = site.words.site_if_any(language, &format!("currency-{expected}"));
            args.set(
                "currency",
                word.filter(|word| word != expected)
                    .map_or_else(|| expected.clone(), |word| format!("{word} ({expected})")),
            );
            site.words.site(language, "wrong-currency", &args)
        }
        _ => fault::fact_problem_for_program(site, language, problem),
    }
}

/// A kind of value as JSON names it.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "bool",
        Kind::Code => "code",
        Kind::Decimal => "decimal",
        Kind::Money => "money",
        Kind::Date => "date",
        Kind::Text => "text",
        Kind::Document => "document",
        Kind::Place => "place",
        Kind::List => "list",
    }
}

/// What would have been taken instead of what was refused.
fn allowed(refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::NoSuchRoute { routes, .. } => routes.clone(),
        Refusal::NoSuchBranch { branches, .. } => branches.clone(),
        Refusal::GroundNeeded { grounds }
        | Refusal::WrongGround { grounds, .. }
        | Refusal::GroundNotInForce { grounds, .. } => grounds.clone(),
        _ => Vec::new(),
    }
}

/// What does not fit, as a sentence.
fn told(site: &Site, language: Language, misfit: &Misfit) -> String {
    let mut args = FluentArgs::new();
    args.set("name", short(misfit.name()));
    let comma = site.words.site(language, "list-comma", &FluentArgs::new());
    args.set("takes", misfit.wrong.takes().join(&comma));
    site.words.site(language, &misfit.wrong.word(), &args)
}

fn wire_fault(site: &Site, language: Language, wire: &Wire) -> Fault {
    let (status, kind) = wire.kind();
    // Where acts are read, the reader does not know at which line it stands.
    let detail = match wire {
        Wire::Shape { place: Place { line: 0, .. }, .. } => "api-shape-unplaced-detail".to_owned(),
        _ => format!("api-{kind}-detail"),
    };
    let mut args = wire.arguments();
    match wire {
        Wire::Parameter { misfit } => args.set("why", told(site, language, misfit)),
        Wire::Shape { misfits, .. } => {
            let all: Vec<String> = misfits.iter().map(|misfit| told(site, language, misfit)).collect();
            args.set("why", all.join(" "));
        }
        _ => {}
    }
    Fault {
        status,
        kind,
        title: site.words.site(language, &format!("api-{kind}"), &args),
        detail: site.words.site(language, &detail, &args),
    }
}

impl Wire {
    /// The parameter of this name is out of the bounds that the description of the API gives.
    pub(crate) fn parameter(name: &str) -> Self {
        Self::Parameter { misfit: Misfit::new(Unfit::Other).within(name) }
    }

    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Token => (StatusCode::UNAUTHORIZED, "token"),
            Self::Host { .. } => (StatusCode::MISDIRECTED_REQUEST, "wrong-host"),
            Self::Path => (StatusCode::NOT_FOUND, "not-found"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Self::Parameter { .. } => (StatusCode::BAD_REQUEST, "parameter"),
            Self::Key => (StatusCode::BAD_REQUEST, "idempotency-key"),
            Self::ContentType { .. } => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "body-too-large"),
            Self::BrokenOff => (StatusCode::BAD_REQUEST, "broken-off"),
            Self::NotUtf8 { .. } => (StatusCode::BAD_REQUEST, "not-utf-8"),
            Self::NotJson { .. } => (StatusCode::BAD_REQUEST, "not-json"),
            Self::EndsEarly { .. } => (StatusCode::BAD_REQUEST, "ends-early"),
            Self::TooDeep { .. } => (StatusCode::BAD_REQUEST, "too-deep"),
            Self::DuplicateKey { .. } => (StatusCode::BAD_REQUEST, "duplicate-key"),
            Self::Shape { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "shape"),
            Self::NoSuchService { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "no-such-service"),
            Self::NoMandate => (StatusCode::UNPROCESSABLE_ENTITY, "no-mandate"),
            Self::NoAppealedCase => (StatusCode::UNPROCESSABLE_ENTITY, "no-appealed-case"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests"),
        }
    }

    /// What the words name. Lines, columns and bytes are for programmers: plain digits in every language.
    fn arguments(&self) -> FluentArgs<'static> {
        let mut args = FluentArgs::new();
        match self {
            Self::Parameter { misfit } => args.set("name", short(misfit.name())),
            Self::Host { url } => args.set("url", url.clone()),
            Self::ContentType { taken } => args.set("taken", *taken),
            Self::TooLarge { max_bytes } => args.set("max", (max_bytes / (1024 * 1024)).to_string()),
            Self::NotUtf8 { byte } => args.set("byte", byte.to_string()),
            Self::TooDeep { place }
            | Self::NotJson { place }
            | Self::EndsEarly { place }
            | Self::Shape { place, .. } => {
                place.name(&mut args);
            }
            Self::DuplicateKey { place, key } => {
                place.name(&mut args);
                args.set("key", key.clone());
            }
            Self::TooMany { after_s } => args.set("after", after_s.to_string()),
            Self::Token
            | Self::Path
            | Self::Method
            | Self::Key
            | Self::BrokenOff
            | Self::NoSuchService { .. }
            | Self::NoMandate
            | Self::NoAppealedCase => {}
        }
        args
    }
}

impl Place {
    fn name(self, args: &mut FluentArgs<'static>) {
        args.set("line", self.line.to_string());
        args.set("column", self.column.to_string());
    }
}
