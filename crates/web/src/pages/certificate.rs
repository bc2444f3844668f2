//! A case's certificate, to show, print and keep.

use std::sync::Arc;

use app::credential::{Certificate, Claims, Verdict};
use app::customs::goods::Quantity;
use app::definition::model::Source;
use app::definition::value::Type;
use app::{AppError, CaseView};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;

use super::case::look;
use super::context::{Context, spoken};
use super::given::{Given, given};
use super::goods::words;
use super::layout::show;
use super::names::Cited;
use crate::fault::PageFault;
use crate::language::Language;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{language}/cases/{case}/certificate", get(page))
        .route("/{language}/cases/{case}/certificate.cose", get(cose))
        .route("/{language}/cases/{case}/certificate.txt", get(text))
}

/// What a certificate says, in words.
pub(crate) struct Said {
    pub(crate) title: String,
    pub(crate) holder: String,
    /// The holder's name is in letters that the page's language does not write: `fa` where it is to be read as Persian.
    pub(crate) holder_lang: &'static str,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) reference: String,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) definition: String,
}

/// Puts a certificate into words. One of another zone, or of a service that is not here, keeps its own names.
pub(crate) fn say(c: &Context<'_>, certificate: &Certificate) -> Said {
    let claims = certificate.claims();
    let service = c.site.app.zone().services().get(&claims.service).filter(|_| claims.zone == c.zone().name);
    let load = |name: &str, text: &str| (c.t(&format!("gate-load-{name}")), carried(c, name, text));
    let fact = |name: &String, text: &String| match service.filter(|service| service.fact(name).is_some()) {
        Some(service) => (c.fact(service, name), c.said(service, name, text)),
        None => (c.t_or(&format!("claim-{name}"), &spoken(name)), spoken(text)),
    };
    let day = |seconds: i64| Timestamp::from_second(seconds).map(|at| c.moment(&at)).unwrap_or_default();
    let (holder, holder_lang) = holder(c, claims);
    Said {
        title: service
            .map(|service| c.s(service, &format!("certificate-{}", claims.kind)))
            .unwrap_or_else(|| spoken(&claims.kind)),
        holder,
        holder_lang,
        facts: claims
            .facts
            .iter()
            .filter(|(name, _)| !name.starts_with("holder"))
            .map(|(name, text)| match name.strip_prefix(app::LOAD) {
                Some(of) if LOADS.contains(&of) => load(of, text),
                _ => fact(name, text),
            })
            .collect(),
        reference: spoken(&claims.case),
        from: day(claims.not_before_s),
        // It holds up to that moment, so the day before is the last one that people count.
        until: claims.expires_s.map(|end| c.last_day_ms(end.saturating_mul(1000))).unwrap_or_default(),
        definition: hex::encode(&claims.definition),
    }
}

/// What a certificate with which goods leave says of them.
const LOADS: [&str; 3] = ["commodity", "quantity", "gross-mass"];

/// A quantity of a load in words; a code as it is.
fn carried(c: &Context<'_>, name: &str, text: &str) -> String {
    let in_words = |amount: &str, unit: &str| Quantity::parse(amount, unit).ok().map(|of| words::quantity(c, of));
    let each = |text: &str| match text.split_once(' ') {
        Some((amount, unit)) => in_words(amount, unit),
        None => in_words(text, "KGM").filter(|_| name == "gross-mass"),
    };
    let said: Vec<String> = text.split(", ").map(|one| each(one).unwrap_or_else(|| spoken(one))).collect();
    said.join(&c.t("list-comma"))
}

/// What the holder is called on a page of this language, and in which language that is to be read, if in another.
fn holder(c: &Context<'_>, claims: &Claims) -> (String, &'static str) {
    let latin = claims.facts.get("holder-latin").filter(|_| c.language == Language::English);
    let name = latin.or_else(|| claims.facts.get("holder")).or(claims.holder.as_ref());
    let name = name.map(|name| spoken(name)).unwrap_or_default();
    // Arabic letters, with which Persian is written (Unicode Standard, block U+0600 to U+06FF).
    let persian = name.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
    let other = persian && c.language != Language::Persian;
    (name, if other { Language::Persian.tag() } else { "" })
}

#[derive(Template)]
#[template(path = "cases/certificate.html")]
struct CertificatePage<'a> {
    c: Context<'a>,
    id: String,
    /// Nothing while it is being made.
    said: Option<Said>,
    qr: String,
    /// The code that a gate without a network can prove; nothing while there is no proof.
    gate_qr: String,
    proven: bool,
    /// On what ground it was revoked.
    revoked: Option<Cited>,
    /// Whether it is a warehouse receipt of which nothing is left.
    void: bool,
    /// What it is about as the case has it, such as the premises: the code does not say it.
    about: Vec<Given>,
    /// For a counter: who issued it and where it is checked, in the page's language, then in the other.
    counter: Vec<Counter>,
}

/// What somebody at a counter has to know, in one language.
struct Counter {
    language: Language,
    /// What the certificate is called.
    title: String,
    authority: String,
    check: String,
}

fn counter(
    site: &Site,
    viewer: &Viewer,
    language: Language,
    view: &CaseView,
    certificate: Option<&Certificate>,
) -> Counter {
    let c = Context::new(site, language, Some(viewer), "");
    let url = format!("{}{}", site.app.base_url(), c.link("/verify"));
    Counter {
        language,
        title: certificate.map(|certificate| say(&c, certificate).title).unwrap_or_default(),
        authority: c.z(&format!("authority-{}", view.service.authority)),
        check: c.t1("certificate-check-at", "url", url),
    }
}

async fn page(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let shown = site.app.certificate(viewer.account(), view.case.id).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/cases/{case}/certificate"));
    let certificate = shown.as_ref().map(|shown| &shown.certificate);
    // The records that it is about, and what was written of it, such as an address; what it states itself stands above.
    let is_about = |given: &Given| {
        let stated = certificate.is_some_and(|certificate| certificate.claims().facts.contains_key(&given.key));
        let fact = view.service.fact(&given.key).filter(|_| !stated);
        fact.is_some_and(|fact| match fact.source {
            Source::Register { .. } => true,
            Source::Ask { .. } => matches!(fact.type_, Type::Text { .. }),
            Source::Record { .. } | Source::Function { .. } => false,
        })
    };
    // What a record is, without what else the register says of it: that is nobody's business at a counter.
    let named = |given: Given| Given { value: given.value.lines().next().unwrap_or_default().to_owned(), ..given };
    let all = given(&c, &view).await?.into_iter();
    let about = all.filter(is_about).map(named).collect();
    let counter =
        [language, language.other()].map(|language| counter(&site, &viewer, language, &view, certificate)).into();
    let void = match shown.as_ref().map(|shown| &shown.verdict) {
        Some(Verdict::Revoked { certificate }) => site.app.is_void(certificate).await?,
        _ => false,
    };
    Ok(show(&CertificatePage {
        id: view.case.id.to_string(),
        said: certificate.map(|certificate| say(&c, certificate)),
        // The proof would make the code too dense for a telephone; whoever checks asks the log for it.
        qr: shown.as_ref().and_then(|shown| shown.bare.qr_svg().ok()).unwrap_or_default(),
        gate_qr: shown.as_ref().and_then(|shown| shown.branched.as_ref()?.coarse_qr_svg().ok()).unwrap_or_default(),
        proven: certificate.is_some_and(|certificate| certificate.inclusion().is_some()),
        revoked: view.case.ended.as_ref().and_then(|ended| ended.revoked.as_ref()).map(|ground| c.cited(ground)),
        void,
        about,
        counter,
        c,
    }))
}

async fn cose(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let certificate = kept(&site, &viewer, &view).await?;
    let name = format!("attachment; filename=\"{}.cose\"", view.case.id.reference());
    let headers = [
        (header::CONTENT_TYPE, "application/cose; cose-type=\"cose-sign1\"".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, certificate.to_cose_bytes()).into_response())
}

async fn text(
    State(site): State<Arc<Site>>,
    viewer: Viewer,
    Path((_, case)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let view = look(&site, &viewer, &case).await?;
    let certificate = kept(&site, &viewer, &view).await?;
    let name = format!("attachment; filename=\"{}.txt\"", view.case.id.reference());
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, certificate.to_text()).into_response())
}

async fn kept(site: &Site, viewer: &Viewer, view: &CaseView) -> Result<Certificate, AppError> {
    let shown = site.app.certificate(viewer.account(), view.case.id).await?;
    shown.map(|shown| shown.certificate).ok_or(AppError::NotFound("certificate"))
}
