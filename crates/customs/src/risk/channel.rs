//! The channel of a declaration: green goes on without an officer, yellow has its documents looked at, red is inspected.
//!
//! A decision table over the scores, the rules that were met, and a random share. Must not know of: how scores come about, where the randomness comes from.
//!
//! The random share is for what nobody suspects: "pure targeting" learns only from what it chose itself, and goes blind when fraud moves. Kim et al., "Active
//! Learning for Human-in-the-Loop Customs Inspection" (IEEE Transactions on Knowledge and Data Engineering, 2022; arXiv 2010.14282), found on several years of
//! customs' data that a tenth of the inspections spent on exploring (their gATE) beside nine tenths on the most suspicious does better in the long run than
//! suspicion alone. Ours is drawn at random, which everyone can check, and nobody can be taken out of it.

mod table;

use std::fmt;

use definition::value::Decimal;
use sha2::{Digest as _, Sha256};

pub use table::{ChannelFault, ChannelProblem};

/// Where a declaration goes; a later one is the stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// Released without an officer.
    Green,
    /// An officer looks at the documents.
    Yellow,
    /// The goods are inspected.
    Red,
}

/// A share in millionths, 0 to 1,000,000. Decisions compare these, never floats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

/// What is said of one declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspicion<'a> {
    /// The chance of fraud.
    pub fraud: Share,
    /// The duty that is expected to be found: the chance times the duty at stake, in the data's own currency. None if nothing is said of it.
    pub duty: Option<Decimal>,
    /// The names of the rules that were met.
    pub rules: &'a [&'a str],
}

/// The decision table: what leads to which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channels {
    pub(super) rows: Vec<Row>,
    /// How many of all declarations are inspected whatever is said of them.
    pub(super) random: Share,
}

/// A row of the table: what has to be the case, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) when: When,
    pub(super) channel: Channel,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    Fraud(Share),
    Duty(Decimal),
    Rule(String),
}

/// Why a declaration goes where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The chance of fraud reached a row's.
    Fraud {
        /// The chance.
        chance: Share,
        /// The row's.
        at_least: Share,
    },
    /// The duty that is expected to be found reached a row's.
    Duty {
        /// The duty.
        expected: Decimal,
        /// The row's.
        at_least: Decimal,
    },
    /// A rule was met.
    Rule(String),
    /// It was drawn into the random share.
    Random {
        /// The share.
        share: Share,
    },
}

/// Where a declaration goes, and everything that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routing {
    /// The strictest channel that anything led to; green if nothing did.
    pub channel: Channel,
    /// Each reason with the channel that it leads to, in the order of the table; the random share last.
    pub why: Vec<(Channel, Why)>,
}

impl Channels {
    /// Decides. `draw` is what a lot gave, which nobody could foresee or steer, and `matter` is what it was drawn for: of one draw each matter gets a number
    /// of its own. The number is the first 8 bytes, read big-endian, of SHA-256("panjereh channel v1" || draw || matter); below the share of 2^64 it is inspected.
    ///
    /// The random share is drawn of all declarations, whatever else is said of them, so that what it finds is a fair sample.
    #[must_use]
    pub fn route(&self, suspicion: &Suspicion<'_>, draw: &[u8; 32], matter: &str) -> Routing {
        let met = self.rows.iter().filter_map(|row| Some((row.channel, row.when.met(suspicion)?)));
        let drawn = self.random.has(number(draw, matter)).then_some((Channel::Red, Why::Random { share: self.random }));
        let why: Vec<(Channel, Why)> = met.chain(drawn).collect();
        let channel = why.iter().map(|(channel, _)| *channel).max().unwrap_or(Channel::Green);
        Routing { channel, why }
    }
}

impl When {
    fn met(&self, suspicion: &Suspicion<'_>) -> Option<Why> {
        match self {
            Self::Fraud(at_least) => {
                (suspicion.fraud >= *at_least).then_some(Why::Fraud { chance: suspicion.fraud, at_least: *at_least })
            }
            Self::Duty(at_least) => suspicion
                .duty
                .filter(|expected| expected >= at_least)
                .map(|expected| Why::Duty { expected, at_least: *at_least }),
            Self::Rule(name) => suspicion.rules.contains(&name.as_str()).then(|| Why::Rule(name.clone())),
        }
    }
}

fn number(draw: &[u8; 32], matter: &str) -> u64 {
    let hash = Sha256::new().chain_update(b"panjereh channel v1").chain_update(draw).chain_update(matter).finalize();
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Share {
    /// All.
    pub const ALL: Self = Self(1_000_000);

    /// A share of so many millionths; none above a million.
    #[must_use]
    pub const fn millionths(millionths: u32) -> Option<Self> {
        if millionths <= Self::ALL.0 { Some(Self(millionths)) } else { None }
    }

    /// A chance as a score gives it, 0 to 1, rounded down to a millionth. What is no chance is none.
    #[must_use]
    pub fn of_chance(chance: f64) -> Option<Self> {
        let whole = (chance * f64::from(Self::ALL.0)).floor();
        (0.0..=f64::from(Self::ALL.0)).contains(&whole).then_some(Self(whole as u32))
    }

    /// Whether an even number of 64 bits falls into the share.
    const fn has(self, number: u64) -> bool {
        // The share of 2^64, without a remainder of more than one in 2^64.
        (number as u128) * (Self::ALL.0 as u128) < (self.0 as u128) << 64
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(self.0.into(), 6).normalize())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fraud { chance, at_least } => write!(f, "the chance of fraud is {chance}, at least {at_least}"),
            Self::Duty { expected, at_least } => {
                write!(f, "a duty of {expected} is expected to be found, at least {at_least}")
            }
            Self::Rule(name) => write!(f, "the rule {name} is met"),
            Self::Random { share } => write!(f, "it was drawn into the random share of {share}"),
        }
    }
}
