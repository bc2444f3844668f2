//! What a thing that is left over is called, so that a person can name it: `M-MANIFEST/LINE` for a line of a cargo manifest, `R-CASE` for goods that were released, `T-CASE` for
//! goods in transit, by the reference of the case that let them go.
//!
//! Must not know of: whether there is such a thing.

use definition::value::fold_key;
use serde::{Deserialize, Serialize};

use super::movement::ManifestLine;
use super::name::Id;

/// The name of a thing that is left over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LeftoverRef {
    /// A line of a cargo manifest.
    Manifest(ManifestLine),
    /// Goods that were released, by the reference of the case that released them.
    Released(Id),
    /// Goods in transit, by the reference of the case that let them go.
    Transit(Id),
}

/// A text is no name of a thing that is left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the number as the list of what is left over has it: M-MANIFEST/LINE, R-REFERENCE or T-REFERENCE")]
pub struct NoLeftover;

impl LeftoverRef {
    /// Reads a name; digits may be of any of the three kinds.
    ///
    /// # Errors
    /// [`NoLeftover`].
    pub fn read(text: &str) -> Result<Self, NoLeftover> {
        let text = fold_key(text);
        let (kind, rest) = text.split_once('-').ok_or(NoLeftover)?;
        let id = |text: &str| Id::of_reference(text).map_err(|_| NoLeftover);
        match kind.to_ascii_uppercase().as_str() {
            "R" => Ok(Self::Released(id(rest)?)),
            "T" => Ok(Self::Transit(id(rest)?)),
            "M" => {
                // A manifest that nobody filed is called as whoever declared called it, perhaps with a stroke.
                let (manifest, line) = rest.rsplit_once('/').ok_or(NoLeftover)?;
                let line = line.trim().parse().ok().filter(|line| *line > 0).ok_or(NoLeftover)?;
                Ok(Self::Manifest(ManifestLine { manifest: id(manifest)?, line }))
            }
            _ => Err(NoLeftover),
        }
    }
}

impl std::fmt::Display for LeftoverRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Manifest(ManifestLine { manifest, line }) => write!(f, "M-{manifest}/{line}"),
            Self::Released(case) => write!(f, "R-{case}"),
            Self::Transit(case) => write!(f, "T-{case}"),
        }
    }
}

impl TryFrom<String> for LeftoverRef {
    type Error = NoLeftover;

    fn try_from(text: String) -> Result<Self, NoLeftover> {
        Self::read(&text)
    }
}

impl From<LeftoverRef> for String {
    fn from(of: LeftoverRef) -> Self {
        of.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written_and_others_are_none() {
        for (text, name) in [
            ("M-WFKP-1/3", "M-WFKP-1/3"),
            ("m-a/b/۱۲", "M-a/b/12"),
            (" R-WFKP-1 ", "R-WFKP-1"),
            ("t-۴", "T-4"),
            ("r-gt4k-۲۳pb-7vwc", "R-GT4K-23PB-7VWC"),
        ] {
            assert_eq!(LeftoverRef::read(text).map(|of| of.to_string()), Ok(name.to_owned()));
        }
        let long = format!("M-{}/999999", "9".repeat(70));
        assert_eq!(
            LeftoverRef::read(&long).map(|of| of.to_string()),
            Ok(long),
            "a manifest's number has as many characters as any"
        );
        for text in ["", "R", "R-", "M-1", "M-1/", "M-1/0", "M-1/-3", "M-/1", "X-1", "M-1/99999999999", "R-\u{202e}1"] {
            assert_eq!(LeftoverRef::read(text), Err(NoLeftover), "{text}");
        }
    }
}
