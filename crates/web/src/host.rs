//! Under which names the site is asked for. Whoever asks under another one meets a name that somebody else pointed here (DNS rebinding), or
//! wants a cache between us and the readers to keep an answer under it.
//!
//! Must not know of: what is asked for. What a proxy says in `X-Forwarded-Host` is not believed, as nothing needs it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentArgs;

use crate::fault::{Fault, PageFault};
use crate::language::Language;
use crate::site::Site;

/// The names that are ours.
#[derive(Debug)]
pub(crate) struct Hosts {
    /// The host of the address under which people find the zone, with and without the scheme's own port.
    own: Vec<String>,
    /// The zone is found by an address of its machine, as a demonstration is: then any of its addresses does. No page can have been loaded from
    /// a name that somebody else holds.
    by_address: bool,
}

impl Hosts {
    /// Those of a zone that is found under this URL.
    pub(crate) fn of(base_url: &str) -> Self {
        let uri: Uri = base_url.parse().unwrap_or_default();
        let Some(authority) = uri.authority() else { return Self { own: Vec::new(), by_address: false } };
        let authority = authority.as_str().to_ascii_lowercase();
        let port = if uri.scheme_str() == Some("https") { ":443" } else { ":80" };
        let other = match authority.strip_suffix(port) {
            Some(bare) => bare.to_owned(),
            None => format!("{authority}{port}"),
        };
        Self { by_address: is_address(&authority), own: vec![authority, other] }
    }

    /// Whether a request is for us. Where two places name a host, both must; one that names none is no browser's, and goes by.
    pub(crate) fn take(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let named = headers.get_all(header::HOST).iter().map(|value| value.to_str().unwrap_or_default());
        uri.authority().map(Authority::as_str).into_iter().chain(named).all(|host| self.takes(host))
    }

    fn takes(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.own.contains(&host) || (self.by_address && is_address(&host))
    }
}

/// Whether a host is an IP address or this machine, and not a name that anybody may point anywhere.
fn is_address(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else { return false };
    let host = authority.host();
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || bare.parse::<IpAddr>().is_ok()
}

/// Whether every host that a request names is an address: what a program on this machine or beside it writes.
pub(crate) fn is_by_address(request: &Request) -> bool {
    let by_address = Hosts { own: Vec::new(), by_address: true };
    by_address.take(request.uri(), request.headers())
}

/// Refuses a request for another host (RFC 9110, section 15.5.20), before anything of it is looked at.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if site.hosts.take(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    let first = request.uri().path().trim_start_matches('/').split('/').next().unwrap_or_default();
    let language = Language::of_tag(first).unwrap_or(Language::Persian);
    let mut args = FluentArgs::new();
    args.set("url", site.app.base_url().to_owned());
    let say = |key: &str| site.words.site(language, key, &args);
    let (title, detail) = (say("fault-wrong-host"), say("fault-wrong-host-detail"));
    let fault = Fault { status: StatusCode::MISDIRECTED_REQUEST, kind: "wrong-host", title, detail };
    PageFault::Told(fault).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_ours_or_not() {
        let zone = Hosts::of("https://Maku.example");
        for ours in ["maku.example", "MAKU.example", "maku.example:443"] {
            assert!(zone.takes(ours), "{ours}");
        }
        for foreign in [
            "evil.example",
            "maku.example:80",
            "maku.example.evil.example",
            "evil.example:443",
            "127.0.0.1",
            "localhost",
            "",
            "maku.example@evil.example",
            "maku.example,evil.example",
            "maku.example.",
            "maku.example/",
            "[::1]",
        ] {
            assert!(!zone.takes(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_demonstration_is_found_by_address_and_by_no_name() {
        let demo = Hosts::of("http://127.0.0.1:8080");
        for ours in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "192.0.2.7:8080"] {
            assert!(demo.takes(ours), "{ours}");
        }
        for foreign in
            ["rebound.example:8080", "127.0.0.1.nip.example:8080", "localhost.evil.example:8080", "a@127.0.0.1.evil:80"]
        {
            assert!(!demo.takes(foreign), "{foreign}");
        }
    }
}
