//! The hit policies of DMN 1.5 (section 8.2.8) and their names. Must not know how a table is decided.

use serde::{Deserialize, Serialize};

/// What becomes of several rules that match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HitPolicy {
    /// At most one rule may match.
    #[default]
    Unique,
    /// Several may match if they say the same.
    Any,
    /// The first in the table's order.
    First,
    /// The one whose outputs come first in the order of values.
    Priority,
    /// All, in the table's order.
    RuleOrder,
    /// All, in the order of values.
    OutputOrder,
    /// All, aggregated.
    Collect(Aggregation),
}

/// What a collecting table makes of its hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregation {
    /// The list of all, in the table's order.
    List,
    /// Their sum.
    Sum,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many there are.
    Count,
}

/// Each policy with its DMN letter and its word.
const NAMES: [(HitPolicy, &str, &str); 11] = [
    (HitPolicy::Unique, "U", "unique"),
    (HitPolicy::Any, "A", "any"),
    (HitPolicy::First, "F", "first"),
    (HitPolicy::Priority, "P", "priority"),
    (HitPolicy::RuleOrder, "R", "rule order"),
    (HitPolicy::OutputOrder, "O", "output order"),
    (HitPolicy::Collect(Aggregation::List), "C", "collect"),
    (HitPolicy::Collect(Aggregation::Sum), "C+", "collect sum"),
    (HitPolicy::Collect(Aggregation::Min), "C<", "collect min"),
    (HitPolicy::Collect(Aggregation::Max), "C>", "collect max"),
    (HitPolicy::Collect(Aggregation::Count), "C#", "collect count"),
];

impl HitPolicy {
    /// Reads a DMN letter or a word, in any case; nothing is unique, DMN's default.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> =
            text.split(|c: char| c.is_whitespace() || c == '-' || c == '_').map(str::to_lowercase).collect();
        let folded = words.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        if folded.is_empty() {
            return Some(Self::default());
        }
        let named = |(_, letter, word): &&(Self, &str, &str)| folded.eq_ignore_ascii_case(letter) || folded == *word;
        NAMES.iter().find(named).map(|(policy, ..)| *policy)
    }

    /// The word by which definitions name this policy.
    #[must_use]
    pub fn word(self) -> &'static str {
        NAMES.iter().find(|(policy, ..)| *policy == self).map_or("unique", |(.., word)| word)
    }

    /// DMN's letter for this policy, such as `C+`.
    #[must_use]
    pub fn letter(self) -> &'static str {
        NAMES.iter().find(|(policy, ..)| *policy == self).map_or("U", |(_, letter, _)| letter)
    }

    /// Whether the policy is decided by the order of output values.
    #[must_use]
    pub const fn needs_order(self) -> bool {
        matches!(self, Self::Priority | Self::OutputOrder)
    }
}
