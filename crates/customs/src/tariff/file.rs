//! Reads a tariff's file: CSV with a header, one measure a row.
//!
//! Must not know of: where the file comes from.

use super::parse::parse;
use super::{Measure, Tariff};
use crate::table::{Row, RowFault, RowProblem, rows, short};

/// The columns.
pub(super) const COLUMNS: [&str; 8] =
    ["commodity", "origin", "preference", "procedure", "tax", "expression", "valid_from", "valid_to"];
/// The column that a tariff without additional codes leaves out.
pub(super) const ADDITIONAL: &str = "additional";

/// Reads a tariff.
///
/// # Errors
/// Everything that is wrong with it; a tariff with a fault is not used.
pub fn read(text: &str) -> Result<Tariff, Vec<RowProblem>> {
    rows(text, &COLUMNS, &[ADDITIONAL], measure).map(Tariff::new)
}

fn measure(row: &Row<'_>) -> Result<Measure, RowFault> {
    let commodity = row.cell("commodity");
    let digits = commodity.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || commodity.len() > 10 || commodity.len() == 1 {
        return Err(RowFault::Commodity { text: short(commodity) });
    }
    let origin = row.cell("origin");
    if origin.len() > 4 || !origin.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(RowFault::Origin { text: short(origin) });
    }
    let tax = row.cell("tax");
    if tax.is_empty() {
        return Err(RowFault::NoTax);
    }
    let written = row.cell("expression");
    let expression = parse(written).map_err(RowFault::Expression)?;
    let (from, to) = row.validity()?;
    let list = |text: &str| text.split([';', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    Ok(Measure {
        commodity: commodity.to_owned(),
        origin: origin.to_owned(),
        preference: row.cell("preference").to_owned(),
        procedure: list(row.cell("procedure")),
        additional: list(row.cell(ADDITIONAL)),
        tax: tax.to_owned(),
        expression,
        written: written.to_owned(),
        from,
        to,
        line: row.line,
    })
}
