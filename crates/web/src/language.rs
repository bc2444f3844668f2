//! The two languages of the pages, chosen by the first part of the path: `/fa/...`, `/en/...`.
//!
//! Must not know of: words.

use unic_langid::LanguageIdentifier;

/// A language that the pages speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Persian, the first.
    Persian,
    /// English, beside it.
    English,
}

impl Language {
    /// All, the first first.
    pub const ALL: [Self; 2] = [Self::Persian, Self::English];

    /// Its tag, as in paths, files and `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Persian => "fa",
            Self::English => "en",
        }
    }

    /// The writing direction, as in `dir` attributes.
    pub fn direction(self) -> &'static str {
        match self {
            Self::Persian => "rtl",
            Self::English => "ltr",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Persian => Self::English,
            Self::English => Self::Persian,
        }
    }

    /// What it calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Persian => "فارسی",
            Self::English => "English",
        }
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }

    /// The language with this tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first language of an `Accept-Language` header (RFC 9110, section 12.5.4) that is spoken here, by its weight; Persian when none is.
    pub fn of_header(header: Option<&str>) -> Self {
        let weighed = header.unwrap_or_default().split(',').filter_map(|part| {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next()?.split('-').next()?.trim().to_ascii_lowercase();
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).unwrap_or("1");
            // Weights have at most three decimals, so they compare as thousandths.
            let thousandths = weight.parse::<f32>().map_or(0, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u32);
            Some((Self::of_tag(&tag)?, thousandths))
        });
        let best =
            weighed.filter(|(_, weight)| *weight > 0).reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or(Self::Persian, |(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_heaviest_language_that_is_spoken_here() {
        assert_eq!(Language::of_header(Some("de, en-GB;q=0.8, fa;q=0.5")), Language::English);
        assert_eq!(Language::of_header(Some("fr")), Language::Persian);
        assert_eq!(Language::of_header(Some("en;q=nonsense")), Language::Persian);
        assert_eq!(Language::of_header(None), Language::Persian);
    }
}
