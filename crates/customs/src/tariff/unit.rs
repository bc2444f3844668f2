//! Units that duties are charged by, after UN/ECE Recommendation 20 and the qualifiers that tariffs put beside them.
//!
//! Must not know of: how much of what was declared.

use definition::value::Decimal;

/// What is counted or weighed for a duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Kilograms without any packaging (KGM).
    Kilogram,
    /// Kilograms with the packaging (KGM, gross).
    GrossKilogram,
    /// Litres (LTR).
    Litre,
    /// Pieces (NAR, C62).
    Piece,
    /// Metres (MTR).
    Metre,
    /// Square metres (MTK).
    SquareMetre,
    /// Percent of alcohol by volume, times hectolitres (ASVX).
    StrengthHectolitre,
    /// Litres of pure alcohol (LPA), which are reckoned from litres and strength.
    PureLitre,
    /// Kilograms of, or by, something that has to be declared: its name as the tariff writes it.
    KilogramOf(String),
    /// Another unit, by its code.
    Other(String),
}

/// So many of a unit: `100 kg`, `hl`, `1,000 items`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Per {
    /// How many.
    pub count: Decimal,
    /// Of what.
    pub unit: Unit,
}

/// Codes that goods are declared in for a duty, and that are none of a quantity that the goods accounts keep: pairs, strengths of alcohol, pure alcohol.
const BESIDE: [&str; 5] = ["NPR", "ASV", "ASVX", "EAS", "LPA"];

/// Whether a duty may go by this unit, whatever a tariff names besides.
pub(crate) fn is_known(code: &str) -> bool {
    BESIDE.contains(&code)
}

impl Unit {
    /// Its code: one of Recommendation 20, or a tariff's own.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Kilogram | Self::GrossKilogram | Self::KilogramOf(_) => "KGM",
            Self::Litre => "LTR",
            Self::Piece => "NAR",
            Self::Metre => "MTR",
            Self::SquareMetre => "MTK",
            Self::StrengthHectolitre => "ASVX",
            Self::PureLitre => "LPA",
            Self::Other(code) => code,
        }
    }

    /// So many of this unit as one of the unit with this code has, if the codes are of one kind; the code may have a tariff's qualifier after `#`.
    #[must_use]
    pub fn factor(&self, code: &str) -> Option<Decimal> {
        let plain = code.split('#').next().unwrap_or(code);
        let factor = |mantissa: i64, scale: u32| Some(Decimal::new(mantissa, scale));
        match (self, plain) {
            (Self::Kilogram | Self::GrossKilogram, "KGM")
            | (Self::Litre, "LTR")
            | (Self::Piece, "NAR" | "C62" | "EA" | "H87")
            | (Self::Metre, "MTR")
            | (Self::SquareMetre, "MTK")
            | (Self::StrengthHectolitre, "ASVX") => factor(1, 0),
            (Self::Kilogram | Self::GrossKilogram, "TNE") => factor(1_000, 0),
            (Self::Kilogram | Self::GrossKilogram, "DTN") | (Self::Litre, "HLT") => factor(100, 0),
            (Self::Kilogram | Self::GrossKilogram, "GRM") => factor(1, 3),
            (Self::Litre, "MTQ") | (Self::Piece, "MIL") => factor(1_000, 0),
            (Self::Piece, "CEN") => factor(100, 0),
            (Self::Piece, "NPR" | "PR") => factor(2, 0),
            (Self::Other(own), other) if own == other => factor(1, 0),
            _ => None,
        }
    }
}
