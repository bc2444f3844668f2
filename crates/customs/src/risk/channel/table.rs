//! The table of channels as CSV: `when,at_least,channel`.
//!
//! Must not know of: declarations.
//!
//! `when` is `fraud` (with a chance, 0 to 1), `duty` (with an amount), `rule NAME` (without a number), or `random` (with a share, 0 to 1, which leads to red).
//! Without a row `random` a tenth is inspected at random. No row leads to green, which is where a declaration goes that nothing leads elsewhere: a row could
//! only seem to take somebody out of the others.

use definition::value::{Decimal, parse_decimal};

use super::{Channel, Channels, Row, Share, When};
use crate::table::{RowFault, rows, short};

/// The share that is inspected at random where the table says nothing: a tenth.
const RANDOM: Share = Share(100_000);

/// What is wrong with a row of the table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelProblem {
    /// The line, from 1.
    pub line: u32,
    /// What.
    pub fault: ChannelFault,
}

/// What is wrong with a row of the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum ChannelFault {
    #[error("{0}")]
    Row(RowFault),
    #[error("`{text}` is not `fraud`, `duty`, `random`, or `rule` and its name")]
    When { text: String },
    #[error("`{text}` is no channel that a row may lead to: yellow or red")]
    Channel { text: String },
    #[error("`{text}` is no share from 0 to 1, of at most six digits behind the point")]
    Share { text: String },
    #[error("`{text}` is no amount of zero or more")]
    Amount { text: String },
    #[error("a rule has no number")]
    RuleWithNumber,
    #[error("the random share leads to red")]
    RandomNotRed,
    #[error("the random share stands twice")]
    TwiceRandom,
}

impl Channels {
    /// Reads the table.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<ChannelProblem>> {
        let cells = rows(text, &["when", "at_least", "channel"], &[], |row| {
            Ok((row.line, ["when", "at_least", "channel"].map(|column| row.cell(column).to_owned())))
        });
        let cells = cells.map_err(|problems| -> Vec<ChannelProblem> {
            let one = |problem: crate::RowProblem| (problem.line, ChannelFault::Row(problem.fault));
            problems.into_iter().map(one).map(|(line, fault)| ChannelProblem { line, fault }).collect()
        })?;
        let (mut table, mut random, mut problems) = (Vec::new(), None, Vec::new());
        for (line, [when, at_least, channel]) in cells {
            match row(&when, &at_least, &channel) {
                Ok(Read::Row(row)) => table.push(row),
                Ok(Read::Random(share)) if random.is_none() => random = Some(share),
                Ok(Read::Random(_)) => problems.push(ChannelProblem { line, fault: ChannelFault::TwiceRandom }),
                Err(fault) => problems.push(ChannelProblem { line, fault }),
            }
        }
        if problems.is_empty() {
            return Ok(Self { rows: table, random: random.unwrap_or(RANDOM) });
        }
        Err(problems)
    }
}

enum Read {
    Row(Row),
    Random(Share),
}

fn row(when: &str, at_least: &str, channel: &str) -> Result<Read, ChannelFault> {
    let channel = match channel {
        "yellow" => Channel::Yellow,
        "red" => Channel::Red,
        _ => return Err(ChannelFault::Channel { text: short(channel) }),
    };
    let when = match when {
        "fraud" => When::Fraud(share(at_least)?),
        "duty" => When::Duty(amount(at_least)?),
        "random" if channel != Channel::Red => return Err(ChannelFault::RandomNotRed),
        "random" => return share(at_least).map(Read::Random),
        _ => When::Rule(rule(when, at_least)?),
    };
    Ok(Read::Row(Row { when, channel }))
}

fn rule(when: &str, at_least: &str) -> Result<String, ChannelFault> {
    let name = when.strip_prefix("rule ").map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| ChannelFault::When { text: short(when) })?;
    if at_least.is_empty() { Ok(name.to_owned()) } else { Err(ChannelFault::RuleWithNumber) }
}

fn share(text: &str) -> Result<Share, ChannelFault> {
    let decimal = parse_decimal(text).ok().filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share));
    let millionths = decimal.map(|share| share * Decimal::from(Share::ALL.0)).filter(|share| share.fract().is_zero());
    let millionths = millionths.and_then(|share| u32::try_from(share).ok());
    millionths.and_then(Share::millionths).ok_or_else(|| ChannelFault::Share { text: short(text) })
}

fn amount(text: &str) -> Result<Decimal, ChannelFault> {
    let amount = parse_decimal(text).ok().filter(|amount| *amount >= Decimal::ZERO);
    amount.ok_or_else(|| ChannelFault::Amount { text: short(text) })
}
