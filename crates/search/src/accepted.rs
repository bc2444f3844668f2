//! Past cases: how somebody described goods, and the code that was accepted for them.
//!
//! Must not know of: who described them, or the index.

use customs::nomenclature::is_code;
use definition::value::fold_digits;

use crate::table::{TableFault, TableProblem, rows, short};
use crate::words::words;

/// One past case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// How the goods were described.
    pub text: String,
    /// The code that was accepted: two to ten digits.
    pub code: String,
}

/// Reads a list of past cases: `text,code`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Vec<Accepted>, Vec<TableProblem>> {
    rows(text, ["text", "code"], |[text, written]| {
        let code: String = fold_digits(written).chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        if !is_code(&code) {
            return Err(TableFault::Code { text: short(written) });
        }
        if words(text).is_empty() {
            return Err(TableFault::NoWord { text: short(text) });
        }
        Ok(Accepted { text: text.to_owned(), code })
    })
}
