//! What to do about what is in the way of an assessment, by who reads it: whoever declares mends what they declared, and whoever runs the program its tables.
//!
//! Must not know of: where it was found.

use super::ObstacleFault;
use crate::goods::value_added::ValueAddedFault;
use crate::tariff::expression::Unworkable;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Whoever declares the goods.
    Declarant,
    /// Whoever runs the program, with its files at hand.
    Operator,
}

impl ObstacleFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self, reader: Reader) -> &'static str {
        let own = match reader {
            Reader::Declarant => self.of_declarant(),
            Reader::Operator => self.of_operator(),
        };
        match own {
            Some(help) => help,
            None => self.of_both(),
        }
    }

    /// What only a declarant can do.
    const fn of_declarant(&self) -> Option<&'static str> {
        Some(match self {
            Self::UnknownCommodity { .. } => {
                "see whether the code is right, or look the goods up in the tariff and declare the code that it has for them"
            }
            Self::NoMeasure { .. } => "see whether code, origin, preference and procedure are right, or ask customs",
            Self::OneTariff { .. } => "ask customs which duty the goods have",
            Self::NoRate { .. } => {
                "declare the price in a currency of which there is a rate, or ask customs for the rate of that day"
            }
            Self::Tie { .. } | Self::UnknownTax { .. } => "the tariff has to be mended; tell customs",
            Self::Unworkable { why: Unworkable::NoRate { .. } | Unworkable::NoSeason { .. }, .. } => {
                "the tariff has to be completed; tell customs"
            }
            Self::NotAccounted => {
                "see whether the procedure is right; goods leave the zone by the service that is for it"
            }
            Self::OtherQuantity { .. } => "declare what leaves, or ask customs to look at the accounts",
            Self::ValueAdded(ValueAddedFault::OtherCurrency { .. }) => {
                "ask customs to look at what the materials came in at"
            }
            _ => return None,
        })
    }

    /// What only an operator can do.
    const fn of_operator(&self) -> Option<&'static str> {
        Some(match self {
            Self::UnknownCommodity { .. } => "see whether the code is right, or import a tariff that has it",
            Self::NoMeasure { .. } => {
                "see whether origin, preference and procedure are right, or import a tariff with a duty for all others"
            }
            Self::OneTariff { .. } => "import both tariffs, with their duties on the goods",
            Self::NoRate { .. } => "add the rate of that day to the table of rates",
            Self::Tie { .. } => "give one of the two lines another condition, or end it",
            Self::UnknownTax { .. } => "name the tax as the policy does, or choose another policy",
            Self::NotAccounted => "hand in what the goods accounts say of the item (`--goods`)",
            Self::OtherQuantity { .. } => "amend the declaration, or have the goods accounts corrected",
            _ => return None,
        })
    }

    const fn of_both(&self) -> &'static str {
        match self {
            Self::NoItems => "declare at least one item",
            Self::NoNumber => "number the items from 1",
            Self::NoCommodity => "add the code of the commodity with its list, such as `TSP`",
            Self::CodeEnded { .. } | Self::CodeBegins { .. } => "declare the code that is valid on the day",
            Self::NoPrice | Self::ValueAdded(ValueAddedFault::NoPrice) => "add what the item costs by the invoice",
            Self::NoCurrency => "add its currency, such as `IRR`",
            Self::UnknownCharge { .. } => "use a code that begins with A for an addition, or with B for a deduction",
            Self::BelowZero => "see whether the deduction belongs to this item",
            Self::Unworkable { why, .. } => why.help(),
            Self::NothingToShare => "declare what the goods are worth, or name the charge with the item that it is for",
            Self::PartlyMade { .. } => "declare what was made there and what was not as two items",
            Self::TwoShares => "declare goods with different shares as items of their own",
            Self::ValueAdded(_) => "have materials valued in the currency of the policy when they enter the zone",
            _ => "see whether the amount is right",
        }
    }

    /// The datum that it is about, as forms and sheets of items name it; empty where it is about no one.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NoCommodity
            | Self::UnknownCommodity { .. }
            | Self::CodeEnded { .. }
            | Self::CodeBegins { .. }
            | Self::NoMeasure { .. }
            | Self::OneTariff { .. }
            | Self::Tie { .. }
            | Self::UnknownTax { .. } => "commodity",
            Self::NoPrice | Self::BelowZero | Self::TooLarge | Self::ValueAdded(ValueAddedFault::NoPrice) => "price",
            Self::NoCurrency | Self::NoRate { .. } => "currency",
            Self::NotAccounted => "procedure",
            Self::Unworkable { why: Unworkable::NoQuantity { .. }, .. } | Self::OtherQuantity { .. } => "quantity",
            _ => "",
        }
    }
}
