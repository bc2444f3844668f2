//! Names of cases. Must not know of: storage, randomness (an id is given).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A case's id: 128 random bits, so that it cannot be guessed. Written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub [u8; 16]);

/// The digits of a reference: Crockford's base 32 (<https://www.crockford.com/base32.html>), which leaves out the letters that look like digits.
const CROCKFORD: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

impl CaseId {
    /// The reference that people read to each other: the first 60 bits in three groups of four digits, such as `7QK2-M04T-9XAB`.
    /// Unguessable in practice and unique up to chance: among a million cases two share one with probability below 10^-6.
    pub fn reference(&self) -> String {
        let bits = u128::from_be_bytes(self.0) >> 68;
        (0..12)
            .map(|place| {
                let digit = (bits >> (5 * (11 - place))) & 31;
                let separator = if place == 4 || place == 8 { "-" } else { "" };
                let character = CROCKFORD.get(usize::try_from(digit).unwrap_or(0)).copied().unwrap_or('0');
                format!("{separator}{character}")
            })
            .collect()
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseId({self})")
    }
}

/// Not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a case id is 32 hexadecimal digits")]
pub struct BadCaseId;

impl FromStr for CaseId {
    type Err = BadCaseId;

    fn from_str(text: &str) -> Result<Self, BadCaseId> {
        let mut bytes = [0_u8; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| BadCaseId)?;
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(BadCaseId);
        }
        Ok(Self(bytes))
    }
}

impl Serialize for CaseId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::CaseId;

    #[test]
    fn a_reference_is_the_first_sixty_bits() {
        let id: CaseId = "00443214c74254b6ffffffffffffffff".parse().unwrap();
        assert_eq!(id.reference(), "0123-4567-89AB");
        assert_eq!(id.to_string().parse::<CaseId>().unwrap(), id);
    }
}
