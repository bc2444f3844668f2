//! Units that goods are counted in: codes of UN/ECE Recommendation 20 (revision 17), each a whole number of its kind's smallest steps.
//!
//! Must not know of: how much there is of anything.

use serde::{Deserialize, Serialize};

/// What is measured. Quantities of one kind can be added, compared and converted; those of two kinds cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In kilograms (KGM), to the milligram.
    Mass,
    /// In litres (LTR), to the microlitre.
    Volume,
    /// In metres (MTR), to the micrometre.
    Length,
    /// In square metres (MTK), to the square millimetre.
    Area,
    /// In kilowatt hours (KWH), to a millionth.
    Energy,
    /// In pieces (C62), which cannot be parted.
    Count,
}

/// Every unit that is known: its code, its kind, and of how many of the kind's smallest steps it is.
pub const UNITS: [(&str, Kind, u64); 38] = [
    ("KGM", Kind::Mass, 1_000_000),
    ("TNE", Kind::Mass, 1_000_000_000),
    ("DTN", Kind::Mass, 100_000_000),
    ("DJ", Kind::Mass, 10_000),
    ("GRM", Kind::Mass, 1_000),
    ("DG", Kind::Mass, 100),
    ("CGM", Kind::Mass, 10),
    ("MGM", Kind::Mass, 1),
    ("CTM", Kind::Mass, 200),
    ("LTR", Kind::Volume, 1_000_000),
    ("HLT", Kind::Volume, 100_000_000),
    ("MTQ", Kind::Volume, 1_000_000_000),
    ("DMQ", Kind::Volume, 1_000_000),
    ("DLT", Kind::Volume, 100_000),
    ("CLT", Kind::Volume, 10_000),
    ("MLT", Kind::Volume, 1_000),
    ("CMQ", Kind::Volume, 1_000),
    ("MTR", Kind::Length, 1_000_000),
    ("KMT", Kind::Length, 1_000_000_000),
    ("DMT", Kind::Length, 100_000),
    ("CMT", Kind::Length, 10_000),
    ("MMT", Kind::Length, 1_000),
    ("MTK", Kind::Area, 1_000_000),
    ("KMK", Kind::Area, 1_000_000_000_000),
    ("DMK", Kind::Area, 10_000),
    ("CMK", Kind::Area, 100),
    ("MMK", Kind::Area, 1),
    ("KWH", Kind::Energy, 1_000_000),
    ("MWH", Kind::Energy, 1_000_000_000),
    ("WHR", Kind::Energy, 1_000),
    ("C62", Kind::Count, 1),
    ("NAR", Kind::Count, 1),
    ("H87", Kind::Count, 1),
    ("EA", Kind::Count, 1),
    ("PR", Kind::Count, 2),
    ("DZN", Kind::Count, 12),
    ("CEN", Kind::Count, 100),
    ("MIL", Kind::Count, 1_000),
];

impl Kind {
    /// The unit that quantities of this kind are written in.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Mass => "KGM",
            Self::Volume => "LTR",
            Self::Length => "MTR",
            Self::Area => "MTK",
            Self::Energy => "KWH",
            Self::Count => "C62",
        }
    }

    /// Digits after the point of a quantity in that unit: its smallest step is the last of them.
    #[must_use]
    pub const fn scale(self) -> u32 {
        match self {
            Self::Count => 0,
            _ => 6,
        }
    }
}

/// The kind of a unit, and of how many steps one is.
pub(super) fn unit(code: &str) -> Option<(Kind, u64)> {
    UNITS.iter().find(|(known, _, _)| *known == code).map(|(_, kind, steps)| (*kind, *steps))
}
