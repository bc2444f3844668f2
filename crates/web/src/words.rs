//! Words: the site's own, the zone's and a service's, in Fluent.
//!
//! Must not know of: pages.

use std::collections::HashMap;
use std::sync::Arc;

use app::definition::Checked;
use app::definition::model::{Service, Zone};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use parking_lot::RwLock;

use crate::language::Language;

type Bundle = FluentBundle<FluentResource>;
/// Words of services, by the definition's hash.
type ServiceWords = HashMap<([u8; 32], Language), Arc<Bundle>>;

/// All words that pages need.
pub(crate) struct Words {
    site: HashMap<Language, Bundle>,
    zone: HashMap<Language, Bundle>,
    services: RwLock<ServiceWords>,
}

/// The site's own words in a language.
pub(crate) fn site_source(language: Language) -> &'static str {
    match language {
        Language::Persian => include_str!("../words/fa.ftl"),
        Language::English => include_str!("../words/en.ftl"),
    }
}

impl Words {
    pub(crate) fn new(zone: &Zone) -> Self {
        let site = Language::ALL.into_iter().map(|language| (language, bundle(language, site_source(language))));
        let zone_words = |language: Language| zone.words.get(language.tag()).map_or("", String::as_str);
        let zone = Language::ALL.into_iter().map(|language| (language, bundle(language, zone_words(language))));
        Self { site: site.collect(), zone: zone.collect(), services: RwLock::default() }
    }

    /// The site's own words.
    pub(crate) fn site(&self, language: Language, key: &str, args: &FluentArgs<'_>) -> String {
        self.site.get(&language).and_then(|bundle| message(bundle, key, Some(args))).unwrap_or_else(|| missing(key))
    }

    /// The site's own words as a program's author reads them, where they differ from those on pages.
    pub(crate) fn for_program(&self, language: Language, key: &str, args: &FluentArgs<'_>) -> String {
        let own = self.site.get(&language).and_then(|bundle| message(bundle, &format!("{key}.program"), Some(args)));
        own.unwrap_or_else(|| self.site(language, key, args))
    }

    /// The site's own words where there need not be any.
    pub(crate) fn site_if_any(&self, language: Language, key: &str) -> Option<String> {
        self.site.get(&language).and_then(|bundle| message(bundle, key, None))
    }

    /// The zone's words; a key may name an attribute, `zone.summary`.
    pub(crate) fn zone(&self, language: Language, key: &str) -> String {
        self.zone.get(&language).and_then(|bundle| message(bundle, key, None)).unwrap_or_else(|| missing(key))
    }

    /// A service's words under the definition given; a key may name an attribute, `fact-activity.hint`.
    pub(crate) fn service(&self, language: Language, service: &Checked<Service>, key: &str) -> String {
        self.service_if_any(language, service, key).unwrap_or_else(|| missing(key))
    }

    /// A service's words where there need not be any.
    pub(crate) fn service_if_any(&self, language: Language, service: &Checked<Service>, key: &str) -> Option<String> {
        let place = (service.hash(), language);
        let known = self.services.read().get(&place).cloned();
        let words = known.unwrap_or_else(|| {
            let source = service.words.get(language.tag()).map_or("", String::as_str);
            let words = Arc::new(bundle(language, source));
            self.services.write().insert(place, Arc::clone(&words));
            words
        });
        message(&words, key, None)
    }
}

fn bundle(language: Language, source: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    // What does not parse is left out, and shows as a missing word; the checker and the tests see to it that nothing is.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

fn message(bundle: &Bundle, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a word could not be formed");
    }
    Some(text)
}

/// How a missing word shows: so that a test finds it and a person sees that it is a defect.
fn missing(key: &str) -> String {
    tracing::error!(key, "a word is missing");
    format!("⟦{key}⟧")
}
