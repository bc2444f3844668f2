//! What passenger goods may not be, as a zone's table has it: `commodity,valid_from,valid_to,fa,en`. `commodity` is the beginning of a code, `fa` and `en` say what it is.
//!
//! Must not know of: allowances, or what such goods owe.

use definition::value::Date;

use crate::table::{RowFault, RowProblem, rows, short};

/// The goods that are excluded.
#[derive(Clone, Debug, Default)]
pub(super) struct Exclusions(Vec<Excluded>);

/// Goods that are excluded from a day on.
#[derive(Clone, Debug)]
pub(super) struct Excluded {
    commodity: String,
    from: Option<Date>,
    to: Option<Date>,
    pub(super) fa: String,
    pub(super) en: String,
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(text: &str) -> Result<Exclusions, Vec<RowProblem>> {
    rows(text, &["commodity", "valid_from", "valid_to", "fa", "en"], &[], |row| {
        let commodity = row.cell("commodity");
        // An empty beginning would exclude everything.
        if !(2..=10).contains(&commodity.len()) || !commodity.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RowFault::Commodity { text: short(commodity) });
        }
        if let Some(column) = ["fa", "en"].into_iter().find(|column| row.cell(column).is_empty()) {
            return Err(RowFault::Rule { text: String::new(), column: short(column) });
        }
        let (from, to) = row.validity()?;
        let (fa, en) = (row.cell("fa").to_owned(), row.cell("en").to_owned());
        Ok(Excluded { commodity: commodity.to_owned(), from, to, fa, en })
    })
    .map(Exclusions)
}

impl Exclusions {
    /// What excludes a commodity on a day, if something does.
    pub(super) fn of(&self, commodity: &str, day: Date) -> Option<&Excluded> {
        let holds = |one: &&Excluded| one.from.is_none_or(|from| from <= day) && one.to.is_none_or(|to| day <= to);
        self.0.iter().filter(holds).find(|one| commodity.starts_with(&one.commodity))
    }
}
