//! The tariff: which duties and taxes fall on which goods, from where, under which claim and procedure, since when and until when.
//!
//! Must not know of: declarations, or in which order taxes are added up.

pub mod expression;
mod file;
mod groups;
pub mod import;
mod parse;
pub mod unit;

use std::collections::BTreeMap;

use definition::value::Date;

pub use expression::Expression;
pub use file::read;
pub use groups::Groups;
pub use parse::{ExpressionFault, parse};

/// Every measure, found by the commodity's code.
///
/// History is kept: a measure that ended stays, and what was due on a past day can be told today.
#[derive(Clone, Debug, Default)]
pub struct Tariff {
    measures: Vec<Measure>,
    /// By the digits of the commodity, as long as they are written; the empty ones fall on everything.
    by_commodity: BTreeMap<String, Vec<usize>>,
}

/// One row of a tariff. An empty condition is met by everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The first digits of the commodity's code: two of a chapter to ten of a code.
    pub commodity: String,
    /// The country of origin, ISO 3166-1 alpha-2, or a group of countries.
    pub origin: String,
    /// The preference that is claimed.
    pub preference: String,
    /// Procedures: the requested one (`40`), it with the previous one (`4000`), additional ones (`C07`); all of them are to be declared.
    pub procedure: Vec<String>,
    /// Additional codes and statements that are to be declared (`X413`, `VATZ`, `NIIMP`).
    pub additional: Vec<String>,
    /// Which duty or tax it is.
    pub tax: String,
    /// What it comes to.
    pub expression: Expression,
    /// Its expression as it was written.
    pub written: String,
    /// The first day on which it holds.
    pub from: Option<Date>,
    /// The last day on which it holds.
    pub to: Option<Date>,
    /// The line of the file, from 1.
    pub line: u32,
}

/// What a measure is looked for by.
#[derive(Clone, Copy, Debug)]
pub struct Goods<'a> {
    /// The commodity's code, digits.
    pub commodity: &'a str,
    /// The country of origin.
    pub origin: &'a str,
    /// The groups that the country belongs to.
    pub groups: &'a [String],
    /// The preference that is claimed.
    pub preference: &'a str,
    /// The requested and the previous procedure as four digits, and the additional ones.
    pub procedures: &'a [String],
    /// Additional codes and statements.
    pub additional: &'a [String],
    /// The day that counts.
    pub day: Date,
}

/// Whether a code is in the tariff on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Holds,
    /// It was, and this was the last day.
    Ended(Date),
    /// It will be, and this is the first day.
    Begins(Date),
    /// It is on no day.
    Never,
}

/// Two measures of one tax that fit equally well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The tax.
    pub tax: String,
    /// Their lines.
    pub lines: [u32; 2],
}

impl Tariff {
    /// A tariff of these measures.
    #[must_use]
    pub fn new(measures: Vec<Measure>) -> Self {
        let mut by_commodity = BTreeMap::<String, Vec<usize>>::new();
        for (index, measure) in measures.iter().enumerate() {
            by_commodity.entry(measure.commodity.clone()).or_default().push(index);
        }
        Self { measures, by_commodity }
    }

    /// Every measure, in the order of its file.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// When measures on goods of this code, or of a part of it, hold: on the day, only before or after it, or never.
    #[must_use]
    pub fn standing(&self, commodity: &str, day: Date) -> Standing {
        let own: Vec<&Measure> = self.on(commodity).collect();
        if own.iter().any(|measure| measure.stands(day)) {
            return Standing::Holds;
        }
        let ended = own.iter().filter_map(|measure| measure.to.filter(|to| *to < day)).max();
        let begins = own.iter().filter_map(|measure| measure.from.filter(|from| *from > day)).min();
        ended.map(Standing::Ended).or(begins.map(Standing::Begins)).unwrap_or(Standing::Never)
    }

    /// Whether any measure on goods of this code fits them, and not only what falls on everything.
    #[must_use]
    pub fn has_measure_on(&self, goods: &Goods<'_>) -> bool {
        self.on(goods.commodity).any(|measure| measure.fits(goods))
    }

    /// Whether a measure names this country, or group of countries, as an origin.
    #[must_use]
    pub fn names_origin(&self, code: &str) -> bool {
        !code.is_empty() && self.measures.iter().any(|measure| measure.origin == code)
    }

    /// Whether an amount of a measure goes by the unit with this code.
    #[must_use]
    pub fn names_unit(&self, code: &str) -> bool {
        self.measures.iter().flat_map(|measure| measure.expression.units()).any(|unit| unit.code() == code)
    }

    /// The measures on goods of this code or of a part of it.
    fn on(&self, commodity: &str) -> impl Iterator<Item = &Measure> {
        let starts = (1..=commodity.len()).filter_map(|end| self.by_commodity.get(commodity.get(..end)?));
        starts.flatten().filter_map(|index| self.measures.get(*index))
    }

    /// What may be due on goods of a code on a day, whatever else they are: every measure for it or for a beginning of it, but those in whose place another with
    /// the same conditions and more digits counts. By tax, the ones with fewer conditions first.
    #[must_use]
    pub fn due(&self, commodity: &str, day: Date) -> Vec<&Measure> {
        let above = (0..=commodity.len()).filter_map(|end| self.by_commodity.get(commodity.get(..end)?));
        let all: Vec<&Measure> =
            above.flatten().filter_map(|index| self.measures.get(*index)).filter(|own| own.stands(day)).collect();
        let replaces = |own: &Measure, other: &Measure| {
            own.commodity.len() > other.commodity.len() && !other.commodity.is_empty() && own.asks_as(other)
        };
        let mut due: Vec<&Measure> =
            all.iter().filter(|own| !all.iter().any(|other| replaces(other, own))).copied().collect();
        due.sort_by(|a, b| {
            (&a.tax, a.conditions().iter().sum::<usize>(), a.line).cmp(&(&b.tax, b.conditions().iter().sum(), b.line))
        });
        due
    }

    /// The measure of each tax that fits goods best, by tax.
    ///
    /// The one that states more conditions wins. Among those that state the same conditions, more digits of the commodity win, then a country over a group of
    /// countries. Where neither tells two apart, no order of theirs could be read from the file, and it is the file that has to be mended.
    ///
    /// # Errors
    /// The first tie.
    pub fn find(&self, goods: &Goods<'_>) -> Result<BTreeMap<&str, &Measure>, Tie> {
        let mut best = BTreeMap::<&str, Vec<&Measure>>::new();
        for end in 0..=goods.commodity.len() {
            let Some(indices) = goods.commodity.get(..end).and_then(|start| self.by_commodity.get(start)) else {
                continue;
            };
            for measure in indices.iter().filter_map(|index| self.measures.get(*index)).filter(|m| m.fits(goods)) {
                let rivals = best.entry(&measure.tax).or_default();
                if rivals.iter().any(|rival| rival.beats(measure)) {
                    continue;
                }
                rivals.retain(|rival| !measure.beats(rival));
                rivals.push(measure);
            }
        }
        best.into_iter().map(|(tax, rivals)| alone(tax, &rivals).map(|measure| (tax, measure))).collect()
    }
}

fn alone<'m>(tax: &str, rivals: &[&'m Measure]) -> Result<&'m Measure, Tie> {
    match rivals {
        [first, second, ..] => Err(Tie { tax: tax.to_owned(), lines: [first.line, second.line] }),
        [only] => Ok(only),
        [] => Err(Tie { tax: tax.to_owned(), lines: [0, 0] }),
    }
}

impl Measure {
    /// Whether it is of the same tax, under the same conditions but for the commodity.
    fn asks_as(&self, other: &Self) -> bool {
        (&self.tax, &self.origin, &self.preference, &self.procedure, &self.additional)
            == (&other.tax, &other.origin, &other.preference, &other.procedure, &other.additional)
    }

    /// Whether goods of its commodity meet its other conditions.
    fn fits(&self, goods: &Goods<'_>) -> bool {
        let origin = self.origin.is_empty() || self.origin == goods.origin || goods.groups.contains(&self.origin);
        let preference = self.preference.is_empty() || self.preference == goods.preference;
        // `40` is met by `4000`.
        let declared = |wanted: &String| {
            goods
                .procedures
                .iter()
                .any(|one| one == wanted || (wanted.len() == 2 && one.len() == 4 && one.starts_with(wanted.as_str())))
        };
        self.stands(goods.day)
            && origin
            && preference
            && self.procedure.iter().all(declared)
            && self.additional.iter().all(|code| goods.additional.contains(code))
    }

    fn stands(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it is the more specific of two that fit the same goods.
    fn beats(&self, other: &Self) -> bool {
        let (own, others) = (self.conditions(), other.conditions());
        let (count, counts) = (own.iter().sum::<usize>(), others.iter().sum::<usize>());
        if own != others {
            return count > counts;
        }
        let narrow = |measure: &Self| (measure.commodity.len(), usize::from(measure.origin.len() == 2));
        narrow(self) > narrow(other)
    }

    /// How many conditions it states: on the commodity, the origin, the preference, procedures and additional codes.
    fn conditions(&self) -> [usize; 5] {
        let stated = |text: &str| usize::from(!text.is_empty());
        [
            stated(&self.commodity),
            stated(&self.origin),
            stated(&self.preference),
            self.procedure.len(),
            self.additional.len(),
        ]
    }
}
