//! A manifest as a carrier writes it: a line for each consignment, `TRANSPORT-DOCUMENT COMMODITY PACKAGES GROSS-MASS`, in digits of any of the three kinds, with
//! blanks, tabs or semicolons between them as sheets are pasted.
//!
//! Must not know of: who files it.

use definition::value::{Decimal, parse_decimal};

use crate::functions::Fault;
use crate::goods::{Commodity, Id, Quantity};
use crate::table::short;

/// Most lines, as a declaration has items at most.
const LINES_MAX: usize = 999;

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) transport_document: Id,
    pub(super) commodity: Commodity,
    pub(super) packages: u32,
    /// In kilograms, above nothing.
    pub(super) gross: Quantity,
}

/// How many lines a manifest has.
///
/// # Errors
/// Everything that is wrong with it, in its place.
pub fn read_manifest(text: &str) -> Result<usize, Vec<Fault>> {
    read(text).map(|lines| lines.len())
}

/// The lines, each with its number: blank lines count, as in an editor, so that a fault and an entry of goods call a line by the same number.
pub(super) fn read(text: &str) -> Result<Vec<(u32, Line)>, Vec<Fault>> {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (number, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        match one(number, text) {
            Ok(line) => lines.push((u32::try_from(number).unwrap_or(u32::MAX), line)),
            Err(fault) => faults.push(fault),
        }
        if lines.len() + faults.len() > LINES_MAX {
            faults.push(Fault::manifest_too_long(number, LINES_MAX));
            break;
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(Fault::manifest_empty());
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

fn one(number: usize, text: &str) -> Result<Line, Fault> {
    let separates = |letter: char| letter.is_whitespace() || matches!(letter, ';' | '؛');
    let words: Vec<&str> = text.split(separates).filter(|word| !word.is_empty()).collect();
    let [document, commodity, packages, gross] = words[..] else {
        return Err(Fault::manifest_form(number, &short(text.trim())));
    };
    let wrong = |word: &str, fault: String, fa: String| Fault::manifest_word(number, &short(word), &fa, &fault);
    let named = |word: &str, fault: crate::goods::NameFault| wrong(word, fault.to_string(), crate::words::name(&fault));
    let transport_document = Id::new(document).map_err(|fault| named(document, fault))?;
    let commodity = Commodity::new(commodity).map_err(|fault| named(commodity, fault))?;
    let packages = parse_decimal(packages)
        .ok()
        .filter(|count| count.fract().is_zero() && *count > Decimal::ZERO)
        .and_then(|count| u32::try_from(count).ok())
        .ok_or_else(|| Fault::manifest_packages(number, &short(packages)))?;
    let mass = Quantity::parse(gross, "KGM")
        .map_err(|fault| wrong(gross, fault.to_string(), crate::words::quantity(&fault)))?;
    if mass.is_zero() {
        return Err(Fault::manifest_no_mass(number));
    }
    Ok(Line { transport_document, commodity, packages, gross: mass })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_kind_and_what_sheets_put_between_cells() {
        let text = "CMR-1 11010000 600 30000\n\n۲۰۲۶-۷؛ ۱۱۰۱۰۰ ؛۱؛ ۱۲٫۵\r\nB/L-9\t110100;2;0.000001\n";
        let lines = read(text).unwrap();
        assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 4], "blank lines count");
        let said: Vec<_> = lines
            .iter()
            .map(|(_, line)| {
                (line.transport_document.as_str(), line.commodity.to_string(), line.packages, line.gross.to_string())
            })
            .collect();
        assert_eq!(
            said,
            [
                ("CMR-1", "11010000".to_owned(), 600, "30000 KGM".to_owned()),
                ("2026-7", "110100".to_owned(), 1, "12.5 KGM".to_owned()),
                ("B/L-9", "110100".to_owned(), 2, "0.000001 KGM".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        for (text, place, says) in [
            ("", "", "write a line for each consignment"),
            ("CMR-1 11010000 600", "1", "write in each line"),
            ("CMR-1 11010000 600 30000 KGM", "1", "write in each line"),
            ("\nCMR-1 1101 600 30000", "2", "six to ten digits"),
            ("CMR-1 11010000 0 30000", "1", "whole number of packages"),
            ("CMR-1 11010000 1.5 30000", "1", "whole number of packages"),
            ("CMR-1 11010000 99999999999 30000", "1", "whole number of packages"),
            ("CMR-1 11010000 6 -30000", "1", "below zero"),
            ("CMR-1 11010000 6 0", "1", "weighs nothing"),
            ("CMR-1 11010000 6 1.0000001", "1", "finer than the smallest step"),
            ("CMR-1 11010000 6 9999999999999999999999999", "1", "more than"),
            ("CMR\u{202e}-1 11010000 6 1", "1", "cannot be seen"),
        ] {
            let faults = read(text).unwrap_err();
            assert_eq!(faults[0].place, place, "{text}: {faults:?}");
            assert!(faults[0].words["en"].contains(says), "{text}: {}", faults[0].words["en"]);
            let persian = |letter| ('\u{0600}'..='\u{06ff}').contains(&letter);
            assert!(faults[0].words["fa"].chars().any(persian), "{text}");
        }
        let many = "CMR-1 11010000 6 1\n".repeat(1000);
        assert!(read(&many).unwrap_err()[0].words["en"].contains("at most 999"));
        assert_eq!(read("a\nb\n").unwrap_err().len(), 2, "all at once");
    }
}
