//! Words for what went wrong, in one place: a title, what happened, and what to do.
//!
//! Must not know of: how it came about. Pages and the API both come here.

mod files;
mod identity;
mod mandates;
mod numerals;
mod page;
mod passkey;

use app::definition::value::{self, DocumentKind, Kind, Lines, Money, ValueError};
use app::engine::refusal::{FactProblem, Refusal, Wrong};
use app::engine::roster::RosterRefusal;
use app::{AppError, Invalid, Why};
use axum::http::StatusCode;
use fluent_bundle::FluentArgs;

use crate::format;
pub(crate) use crate::format::escaped;
use crate::language::Language;
use crate::site::Site;
use files::{file_kind, said};
pub(crate) use numerals::told;
pub(crate) use page::{PageFault, Untold};

/// What went wrong, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// The kind, as programs read it: also the word's key.
    pub(crate) kind: &'static str,
    /// In a few words.
    pub(crate) title: String,
    /// What happened and what to do.
    pub(crate) detail: String,
}

impl Fault {
    /// The words for an error, as a person reads them on a page.
    pub(crate) fn of(site: &Site, language: Language, error: &AppError) -> Self {
        let mut args = arguments(site, language, error);
        if let Some(said) = said(error) {
            args.set("said", file_kind(site, language, said));
        }
        Self::told(site, error, &args, |key, args| site.words.site(language, key, args))
    }

    /// The words for an error, as a program's author reads them: nothing of pages and forms.
    pub(crate) fn for_program(site: &Site, language: Language, error: &AppError) -> Self {
        let args = arguments(site, language, error);
        Self::told(site, error, &args, |key, args| site.words.for_program(language, key, args))
    }

    fn told(
        site: &Site,
        error: &AppError,
        args: &FluentArgs<'_>,
        say: impl Fn(&str, &FluentArgs<'_>) -> String,
    ) -> Self {
        let (status, kind) = kind(error);
        site.measures.refuse(kind);
        log_defect(error);
        if status.is_server_error() {
            tracing::error!(%error, "an operation failed");
        }
        Self {
            status,
            kind,
            title: say(&format!("fault-{kind}"), args),
            detail: say(&because(error).unwrap_or_else(|| format!("fault-{kind}-detail")), args),
        }
    }

    /// What an error would say of itself, of something that nobody has tried.
    pub(crate) fn foretold(site: &Site, language: Language, error: &AppError) -> String {
        let (_, kind) = kind(error);
        let key = because(error).unwrap_or_else(|| format!("fault-{kind}-detail"));
        site.words.site(language, &key, &arguments(site, language, error))
    }

    /// The words for an error that the router or a guard gave without any.
    pub(crate) fn of_status(site: &Site, language: Language, status: StatusCode) -> Self {
        let kind = match status {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::FORBIDDEN => "elsewhere",
            StatusCode::SERVICE_UNAVAILABLE => "unavailable",
            _ if status.is_server_error() => "internal",
            _ => "malformed",
        };
        Self::worded(site, language, status, kind)
    }

    /// The words of a kind that names nothing.
    pub(crate) fn worded(site: &Site, language: Language, status: StatusCode, kind: &'static str) -> Self {
        let say = |key: &str| site.words.site(language, key, &FluentArgs::new());
        let (title, detail) = (say(&format!("fault-{kind}")), say(&format!("fault-{kind}-detail")));
        Self { status, kind, title, detail }
    }
}

/// A defect of a definition is the zone's own to mend, and nobody but its operator would hear of it.
fn log_defect(error: &AppError) {
    let what = "a case cannot go on as it is defined; `panjereh check` finds where";
    match error {
        AppError::Refused(Refusal::GroundLapsed { place, ground }) => {
            tracing::warn!(place, ground, "{what}: the ground is not in force");
        }
        AppError::Refused(Refusal::Undecidable { place }) => tracing::warn!(place, "{what}"),
        _ => {}
    }
}

fn kind(error: &AppError) -> (StatusCode, &'static str) {
    match error {
        AppError::Refused(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, refusal_kind(refusal)),
        AppError::NotFound(_) => (StatusCode::NOT_FOUND, "not-found"),
        AppError::SignedOut => (StatusCode::UNAUTHORIZED, "signed-out"),
        AppError::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        AppError::MayNot(_) => (StatusCode::FORBIDDEN, "forbidden"),
        AppError::Roster(RosterRefusal::Kept | RosterRefusal::NotKeeper | RosterRefusal::NotYours) => {
            (StatusCode::FORBIDDEN, "roster")
        }
        AppError::Roster(_) => (StatusCode::UNPROCESSABLE_ENTITY, "roster"),
        AppError::Mandate(refusal) => (mandates::status(refusal), "mandate"),
        AppError::SignatureNeeded => (StatusCode::UNPROCESSABLE_ENTITY, "signature-needed"),
        AppError::PasskeyNeeded => (StatusCode::UNAUTHORIZED, "passkey-needed"),
        AppError::Passkey(_) => (StatusCode::UNPROCESSABLE_ENTITY, "passkey"),
        AppError::Audit(_) => (StatusCode::UNPROCESSABLE_ENTITY, "audit"),
        AppError::Identity(error) => identity::kind(error),
        AppError::Stale => (StatusCode::CONFLICT, "stale"),
        AppError::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
        AppError::Invalid { why: Invalid::TooLarge { .. }, .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        AppError::Invalid { why: Invalid::Empty, .. } => (StatusCode::UNPROCESSABLE_ENTITY, "empty"),
        AppError::Invalid { why: Invalid::NotWhatItSays { .. }, .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "not-what-it-says")
        }
        AppError::Invalid { why: Invalid::Damaged { .. }, .. } => (StatusCode::UNPROCESSABLE_ENTITY, "damaged"),
        AppError::Invalid { why: Invalid::Encrypted, .. } => (StatusCode::UNPROCESSABLE_ENTITY, "encrypted"),
        AppError::Invalid { why: Invalid::NotTaken { .. }, .. } => (StatusCode::UNPROCESSABLE_ENTITY, "not-taken"),
        AppError::Invalid { why: Invalid::Malformed, .. } => (StatusCode::UNPROCESSABLE_ENTITY, "malformed"),
        AppError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        AppError::Functions(_) | AppError::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

fn refusal_kind(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Ended => "ended",
        Refusal::NotNow { .. } => "not-now",
        Refusal::Bound { .. } => "bound",
        Refusal::NotYours => "not-yours",
        Refusal::OwnCase => "own-case",
        Refusal::Related { .. } => "related",
        Refusal::Shared { .. } => "shared",
        Refusal::ActsFor => "acts-for",
        Refusal::SignedAlready => "signed-already",
        Refusal::NoSuchRoute { .. } => "no-such-route",
        Refusal::GroundNeeded { .. } => "ground-needed",
        Refusal::WrongGround { .. } => "wrong-ground",
        Refusal::GroundNotInForce { .. } => "ground-not-in-force",
        Refusal::Facts(_) => "facts",
        Refusal::AskUsed => "ask-used",
        Refusal::EmptyAsk => "empty-ask",
        Refusal::NotFirst { .. } => "not-first",
        Refusal::NothingToOvertake => "nothing-to-overtake",
        Refusal::NotDue => "not-due",
        Refusal::TimeRanOut { .. } => "time-ran-out",
        Refusal::ReceiptUsed => "receipt-used",
        Refusal::WrongAmount { .. } => "wrong-amount",
        Refusal::DecidesSomething { .. } => "decides-something",
        Refusal::NoAppeal { .. } => "no-appeal",
        Refusal::AppealOpened => "appeal-opened",
        Refusal::NoSuchBranch { .. } => "no-such-branch",
        Refusal::ConvenedAlready => "convened-already",
        Refusal::TooManyProposals => "too-many-proposals",
        Refusal::NoCertificate => "no-certificate",
        Refusal::NotOver { .. } => "not-over",
        Refusal::NothingToErase => "nothing-to-erase",
        Refusal::TooFewOfficers { .. } => "too-few-officers",
        Refusal::GroundLapsed { .. } => "ground-lapsed",
        Refusal::NoLot => "no-lot",
        Refusal::BadText { .. } => "bad-text",
        Refusal::BadCharacters { .. } => "bad-characters",
        Refusal::NothingPaid => "nothing-paid",
        Refusal::Undecidable { .. } => "undecidable",
    }
}

/// The word for why an account may not act, which ends the key of its sentence.
fn why_not(why: &Why) -> &'static str {
    match why {
        Why::NotApplicant => "not-applicant",
        Why::NotOfficer => "not-officer",
        Why::NotDrawn => "not-drawn",
        Why::GaveUp => "gave-up",
        Why::Left => "left",
        Why::NotColleague => "not-colleague",
        Why::Conflict(_) => "conflict",
        Why::NotAPersons => "not-a-persons",
        Why::Mandate(lacking) => mandates::lacking(lacking),
    }
}

/// The word for what is wrong with an act on the roster.
fn roster_why(refusal: &RosterRefusal) -> &'static str {
    match refusal {
        RosterRefusal::NotKeeper => "not-keeper",
        RosterRefusal::Kept => "kept",
        RosterRefusal::OwnAffair => "own-affair",
        RosterRefusal::NotYours => "not-yours",
        RosterRefusal::NotOnRoster(_) => "not-on-roster",
        RosterRefusal::NoSuchRole(_) => "no-such-role",
        RosterRefusal::Unchanged => "unchanged",
        RosterRefusal::TooFewKeepers => "too-few-keepers",
        RosterRefusal::NotRecovered => "not-recovered",
        RosterRefusal::Unsigned => "unsigned",
        RosterRefusal::PasskeyTaken => "passkey-taken",
        RosterRefusal::NoSuchPasskey => "no-such-passkey",
        RosterRefusal::TooManyPasskeys => "too-many-passkeys",
        RosterRefusal::AgreedAlready => "agreed-already",
        RosterRefusal::BadSpan => "bad-span",
        RosterRefusal::BadField { .. } => "bad-field",
    }
}

/// The sentence that says why, where a kind of error has several.
fn because(error: &AppError) -> Option<String> {
    match error {
        AppError::MayNot(why) => Some(format!("may-not-{}", why_not(why))),
        AppError::Roster(refusal) => Some(format!("roster-{}", roster_why(refusal))),
        AppError::Mandate(refusal) => Some(format!("mandate-{}", mandates::why(refusal))),
        AppError::Passkey(error) => Some(format!("passkey-{}", passkey::why(error))),
        AppError::Audit(refusal) => Some(format!("audit-note-{}", refusal.name())),
        AppError::Identity(error) => identity::because(error).map(str::to_owned),
        _ => None,
    }
}

fn arguments(site: &Site, language: Language, error: &AppError) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    match error {
        AppError::Refused(Refusal::BadText { max_chars, field }) => {
            args.set("field", *field);
            args.set("max", format::count(language, *max_chars));
        }
        AppError::Refused(Refusal::BadCharacters { field, .. }) => args.set("field", *field),
        AppError::Refused(Refusal::NotFirst { first, .. }) => args.set("first", first.reference()),
        AppError::Refused(Refusal::GroundNotInForce { ground, .. } | Refusal::GroundLapsed { ground, .. }) => {
            args.set("ground", said_of(site, language, ground));
        }
        AppError::Refused(Refusal::Related { with } | Refusal::Shared { with }) => args.set("with", with.clone()),
        AppError::MayNot(Why::Mandate(_)) | AppError::Mandate(_) => {
            mandates::arguments(site, language, error, &mut args)
        }
        AppError::Roster(RosterRefusal::NotOnRoster(officer)) => args.set("officer", officer.clone()),
        AppError::Refused(Refusal::WrongAmount { due, paid }) => {
            let currency = |code: &str| site.words.site(language, &format!("currency-{code}"), &FluentArgs::new());
            let money = |money: &Money| format::money(language, money, &currency(&money.currency));
            args.set("due", money(due));
            args.set("paid", money(paid));
        }
        AppError::Invalid { why: Invalid::TooLarge { max_bytes }, .. } => {
            args.set("max", format::count(language, max_bytes.checked_div(1024 * 1024).unwrap_or(0)));
        }
        _ => {}
    }
    if let AppError::Identity(error) = error {
        identity::arguments(site, language, error, &mut args);
    }
    if let Some(said) = said(error) {
        args.set("said", said.to_owned());
    }
    args
}

/// What a ground of law says; its id where the zone's law has it no more.
fn said_of(site: &Site, language: Language, ground: &str) -> String {
    let known = site.app.zone().zone().grounds.get(ground);
    known.and_then(|known| known.text.get(language.tag())).cloned().unwrap_or_else(|| ground.to_owned())
}

/// What is wrong with one fact, as a sentence that stands beside its question.
pub(crate) fn fact_problem(site: &Site, language: Language, problem: &FactProblem) -> String {
    let (key, args) = fact_words(language, problem);
    site.words.site(language, key, &args)
}

/// The same as a program's author reads it.
pub(crate) fn fact_problem_for_program(site: &Site, language: Language, problem: &FactProblem) -> String {
    let (key, args) = fact_words(language, problem);
    site.words.for_program(language, key, &args)
}

fn fact_words(language: Language, problem: &FactProblem) -> (&'static str, FluentArgs<'static>) {
    let mut args = FluentArgs::new();
    let key = match &problem.wrong {
        Wrong::Missing => "wrong-missing",
        Wrong::NotAsked => "wrong-not-asked",
        Wrong::Unchanged => "wrong-unchanged",
        Wrong::NoRecord => "wrong-no-record",
        Wrong::Value(error) => value_problem(language, error, &mut args),
        Wrong::Function(fault) => {
            let said = fault.words.get(language.tag()).map(String::as_str).unwrap_or_default();
            args.set("said", told(language, said));
            args.set("place", numerals::place(language, &fault.place));
            if fault.place.is_empty() { "wrong-function" } else { "wrong-function-at" }
        }
    };
    (key, args)
}

/// What is wrong with a field of an act's form that is no fact: the field, and a sentence that stands beside it. None when no field is at fault.
pub(crate) fn field_problem(site: &Site, language: Language, refusal: &Refusal) -> Option<(&'static str, String)> {
    let mut args = FluentArgs::new();
    let (field, key) = match refusal {
        Refusal::NoSuchRoute { .. } => ("route", "wrong-route"),
        Refusal::GroundNeeded { .. } => ("ground", "wrong-ground-needed"),
        Refusal::WrongGround { ground, .. } if ground.is_empty() => ("ground", "wrong-ground-needed"),
        Refusal::WrongGround { .. } => ("ground", "wrong-ground"),
        Refusal::GroundNotInForce { ground, .. } => {
            args.set("ground", said_of(site, language, ground));
            ("ground", "wrong-ground-not-in-force")
        }
        Refusal::EmptyAsk => ("items", "wrong-empty-ask"),
        Refusal::BadText { field, max_chars } => {
            args.set("count", *max_chars);
            args.set("max", format::count(language, *max_chars));
            let key = match *field {
                "reason" => "wrong-reason-length",
                "receipt" => "wrong-receipt",
                _ => "wrong-too-long",
            };
            (*field, key)
        }
        Refusal::BadCharacters { field, why } => (*field, value_problem(language, why, &mut args)),
        Refusal::NothingPaid => ("amount", "wrong-nothing-paid"),
        _ => return None,
    };
    Some((field, site.words.site(language, key, &args)))
}

fn value_problem(language: Language, error: &ValueError, args: &mut FluentArgs<'static>) -> &'static str {
    match error {
        ValueError::WrongKind { expected, .. }
        | ValueError::Malformed { expected, .. }
        | ValueError::NotTyped { expected } => match expected {
            Kind::Decimal => "wrong-number",
            Kind::Money => "wrong-amount",
            Kind::Date => "wrong-date",
            Kind::Bool => "wrong-yes-no",
            Kind::Document => "wrong-document",
            Kind::Place => "wrong-place",
            Kind::Code | Kind::List => "wrong-choice",
            Kind::Text => "wrong-text",
        },
        ValueError::FarDate { date } => match value::meant(*date) {
            Some(meant) => {
                args.set("meant", meant.to_string());
                "wrong-far-date-meant"
            }
            None => "wrong-far-date",
        },
        ValueError::UnknownCode { .. } => "wrong-choice",
        ValueError::TooFine { scale } => {
            args.set("count", *scale);
            args.set("shown", format::count(language, *scale));
            if *scale == 0 { "wrong-whole" } else { "wrong-too-fine" }
        }
        ValueError::BelowMin { min } => {
            args.set("min", format::number(language, min));
            "wrong-below"
        }
        ValueError::AboveMax { max } => {
            args.set("max", format::number(language, max));
            "wrong-above"
        }
        ValueError::TooLarge => "wrong-too-large",
        ValueError::WrongCurrency { .. } | ValueError::UnknownCurrency { .. } => "wrong-amount",
        ValueError::TooLong { max_chars, .. } => {
            args.set("count", *max_chars);
            args.set("max", format::count(language, *max_chars));
            "wrong-too-long"
        }
        ValueError::TurnsDirection => "wrong-direction",
        ValueError::Control { lines: Lines::One } => "wrong-control",
        ValueError::Control { lines: Lines::Several } => "wrong-control-lines",
        ValueError::OffTheMap => "wrong-place",
        ValueError::WrongDocument { expected: DocumentKind::Image } => "wrong-document-image",
        ValueError::WrongDocument { expected: DocumentKind::Pdf } => "wrong-document-pdf",
        ValueError::WrongDocument { expected: DocumentKind::Message } => "wrong-document-message",
    }
}
