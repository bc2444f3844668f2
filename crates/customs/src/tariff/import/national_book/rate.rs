//! The two rates of a row of a national book.
//!
//! Must not know of: codes or names.

use definition::value::{Decimal, fold_digits, parse_decimal};

use super::BookFault;
use crate::table::short;
use crate::tariff::parse::parse;

/// A rate as a tariff's file writes it.
pub(super) struct Rate {
    /// `5%`, or a longer expression.
    pub(super) written: String,
    /// The percentage, if it is nothing else.
    percent: Option<Decimal>,
}

/// Customs duty and commercial profit, or nothing where a row has neither. Where the book has their sum too, it has to be the sum.
pub(super) fn both(duty: &str, profit: &str, sum: &str) -> Result<Option<[Rate; 2]>, BookFault> {
    match (duty.is_empty(), profit.is_empty()) {
        (true, true) if sum.is_empty() => return Ok(None),
        (false, false) => {}
        _ => return Err(BookFault::OneRate),
    }
    let (duty, profit) = (rate(duty)?, rate(profit)?);
    if sum.is_empty() {
        return Ok(Some([duty, profit]));
    }
    let sum = rate(sum)?;
    if let (Some(first), Some(second), Some(whole)) = (duty.percent, profit.percent, sum.percent)
        && first.checked_add(second) != Some(whole)
    {
        return Err(BookFault::Sum { duty: duty.written, profit: profit.written, sum: sum.written });
    }
    Ok(Some([duty, profit]))
}

fn rate(text: &str) -> Result<Rate, BookFault> {
    let folded = fold_digits(text).replace('\u{66a}', "%");
    let bare = folded.trim_matches(|c: char| c == '%' || c.is_whitespace());
    let Ok(percent) = parse_decimal(bare) else {
        // Not a plain percentage: what tariffs write otherwise is read as they write it.
        return match parse(&folded) {
            Ok(_) => Ok(Rate { written: folded, percent: None }),
            Err(fault) => Err(BookFault::Rate { text: short(text), fault }),
        };
    };
    if percent.is_sign_negative() && !percent.is_zero() {
        return Err(BookFault::Negative { text: short(text) });
    }
    let written = format!("{}%", percent.normalize());
    parse(&written).map_err(|fault| BookFault::Rate { text: short(text), fault })?;
    Ok(Rate { written, percent: Some(percent) })
}
