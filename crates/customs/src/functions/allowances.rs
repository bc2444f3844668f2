//! Allowances as a zone's table has them: how much of what there is for somebody in a period, since which day.
//!
//! Must not know of: who took how much of one.

use definition::calendar::CalendarKind;
use definition::value::{Date, Money};

use crate::goods::Id;
use crate::table::{RowFault, RowProblem, rows, short};

/// The allowances of a zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowances(Vec<Granted>);

/// What there is of an allowance for a period, from a day on.
#[derive(Clone, Debug)]
pub(super) struct Granted {
    pub(super) name: Id,
    pub(super) amount: Money,
    period: Period,
    from: Date,
    to: Option<Date>,
}

/// What an allowance is counted by.
#[derive(Clone, Copy, Debug)]
enum Period {
    Year,
    Month,
}

/// Reads a table with the columns `allowance`, `amount`, `currency`, `period` (`year` or `month`), `valid_from`, `valid_to`.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(text: &str) -> Result<Allowances, Vec<RowProblem>> {
    rows(text, &["allowance", "amount", "currency", "period", "valid_from", "valid_to"], &[], |row| {
        let bad = |column: &str| RowFault::Allowance { text: short(row.cell(column)) };
        let (from, to) = row.validity()?;
        let period = match row.cell("period") {
            "year" => Period::Year,
            "month" => Period::Month,
            _ => return Err(bad("period")),
        };
        Ok(Granted {
            name: Id::new(row.cell("allowance")).map_err(|_| bad("allowance"))?,
            amount: Money::from_amount(row.rate("amount")?, row.cell("currency")).map_err(|_| bad("currency"))?,
            period,
            from: from.ok_or(RowFault::NoFirstDay)?,
            to,
        })
    })
    .map(Allowances)
}

impl Allowances {
    /// The allowance of a name as it stands on a day: of rows that hold, the one that began last.
    pub(super) fn find(&self, name: &Id, day: Date) -> Option<&Granted> {
        let holds = |one: &&Granted| one.name == *name && one.from <= day && one.to.is_none_or(|to| day <= to);
        self.0.iter().filter(holds).max_by_key(|one| one.from)
    }

    /// Whether there is any of a name.
    pub(super) fn has(&self, name: &Id) -> bool {
        self.0.iter().any(|one| one.name == *name)
    }
}

impl Granted {
    /// The period in which a day lies, as a calendar counts: `1405`, or `1405-09`.
    pub(super) fn period(&self, day: Date, calendar: CalendarKind) -> Option<Id> {
        let (year, month, _) = calendar.from_iso(day)?;
        let text = match self.period {
            Period::Year => format!("{year:04}"),
            Period::Month => format!("{year:04}-{month:02}"),
        };
        Id::new(&text).ok()
    }
}
