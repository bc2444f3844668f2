//! What every handler has at hand.
//!
//! Must not know of: any one page.

use std::sync::Arc;

use app::App;

use crate::api::{Limiter, RateLimit};
use crate::font::Font;
use crate::host::Hosts;
use crate::limits::Limits;
use crate::ops::Measures;
use crate::pages::gate;
use crate::words::Words;

/// How the site is set up.
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// This is a demonstration: pages say so, sign-in links are shown, and a sample payment service stands in for the treasury's.
    pub demo: bool,
    /// Cookies only travel over TLS. On for every real deployment; off where the site is served on plain loopback.
    pub secure_cookies: bool,
    /// How often one account, or one address without an account, may call the API; as often as it likes without one.
    pub rate_limit: Option<RateLimit>,
    /// The figures under `/metrics` are shown to everybody, not only to this machine.
    pub open_metrics: bool,
    /// A font that the pages bring along; without it they are set in the reader's own.
    pub font: Option<Font>,
    /// How long a gate's verification pack is good for, in seconds from its making.
    pub pack_lives_s: i64,
}

/// A day: a gate that comes to a network once a day is never told that its pack is old.
const PACK_LIVES_S: i64 = 24 * 3600;

impl Default for SiteSettings {
    fn default() -> Self {
        let rate_limit = Some(RateLimit::default());
        Self {
            demo: false,
            secure_cookies: false,
            rate_limit,
            open_metrics: false,
            font: None,
            pack_lives_s: PACK_LIVES_S,
        }
    }
}

/// What every handler has at hand.
pub struct Site {
    /// The application.
    pub app: Arc<App>,
    /// How the site is set up.
    pub settings: SiteSettings,
    pub(crate) words: Words,
    pub(crate) hosts: Hosts,
    pub(crate) limiter: Limiter,
    pub(crate) limits: Limits,
    pub(crate) measures: Measures,
    pub(crate) gate: gate::Built,
}

impl Site {
    /// A site over a running zone.
    pub fn new(app: Arc<App>, settings: SiteSettings) -> Self {
        let words = Words::new(app.zone().zone());
        let limiter = Limiter::new(settings.rate_limit);
        let limits = Limits::new(settings.rate_limit.is_some());
        let hosts = Hosts::of(app.base_url());
        Self {
            app,
            settings,
            words,
            hosts,
            limiter,
            limits,
            measures: Measures::default(),
            gate: gate::Built::default(),
        }
    }
}
