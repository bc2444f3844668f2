//! The one declaration that a verb works on: a message's file, and a sheet of items if its head and its items come apart.
//!
//! Must not know of: what is done with it.

use std::path::{Path, PathBuf};

use clap::Args;
use customs::declaration::Declaration;
use customs::sheet::{self, MAX_SHEET_BYTES};
use customs::{MAX_MESSAGE_BYTES, Message, Problem};
use definition::span::Spanned;
use definition::value::Decimal;

use super::read::{Refusal, refusal};
use crate::failure::Failure;
use crate::shared::read_at_most;

/// Where the items of a declaration are, if not in its file.
#[derive(Args)]
pub struct Items {
    /// A sheet of items (CSV, XLSX or ODS, with a header) for a declaration that has none of its own.
    #[arg(long, value_name = "SHEET")]
    items: Option<PathBuf>,
    /// The name of the sheet in its workbook; the first without it.
    #[arg(long, value_name = "NAME", requires = "items")]
    sheet: Option<String>,
}

/// A declaration, and what it was read from.
pub struct Declared {
    pub declaration: Box<Declaration>,
    /// Those of the file.
    pub bytes: Vec<u8>,
    /// Where its items were read from, if apart, and those bytes.
    pub sheet: Option<(PathBuf, Vec<u8>)>,
    /// The name of the sheet in its workbook.
    name: Option<String>,
}

impl Declared {
    /// Of items that come apart, the number of each and its row in the sheet.
    pub fn rows(&self) -> Vec<(u32, usize)> {
        let Some((_, bytes)) = &self.sheet else { return Vec::new() };
        // It was read before, so that nothing is wrong with it.
        let rows = sheet::rows(bytes, self.name.as_deref()).unwrap_or_default();
        let numbers = self.declaration.shipment.items.iter().map(|item| item.number.as_ref());
        let number = |number: Option<&Spanned<Decimal>>| u32::try_from(number?.value).ok();
        let row = |row: u32| usize::try_from(row).unwrap_or(usize::MAX);
        numbers.zip(rows).filter_map(|(of, at)| Some((number(of)?, row(at)))).collect()
    }
}

impl Items {
    /// Whether a sheet is named.
    pub const fn are_apart(&self) -> bool {
        self.items.is_some()
    }

    /// The declaration in `file`, with the items of the sheet; or everything that is wrong with them.
    pub fn declared(&self, file: &Path) -> Result<Result<Declared, Vec<Refusal>>, Failure> {
        let path = file.display();
        let bytes = read_at_most(file, MAX_MESSAGE_BYTES)
            .map_err(|error| Failure::new(format!("{path}: {error}"), "name a declaration's file"))?;
        let head = match customs::read(&bytes) {
            Ok(Message::Declaration(one)) => one,
            Ok(Message::Interchange(mut all)) => match (all.messages.pop(), all.messages.is_empty()) {
                (Some(one), true) => Box::new(one.declaration),
                _ => {
                    return Err(Failure::new(
                        format!("{path} holds several declarations"),
                        "name an interchange with one message, so that it is clear which is meant",
                    ));
                }
            },
            Ok(Message::Notification(_)) => {
                return Err(Failure::new(format!("{path} is an answer"), "name the declaration that it answers"));
            }
            Err(problems) => return Ok(Err(refusals(file, &bytes, &problems))),
        };
        let Some(items) = &self.items else {
            return Ok(Ok(Declared { declaration: head, bytes, sheet: None, name: None }));
        };
        let rows = read_at_most(items, MAX_SHEET_BYTES)
            .map_err(|error| Failure::new(format!("{}: {error}", items.display()), "name a CSV, XLSX or ODS file"))?;
        let read = match sheet::read(&rows, self.sheet.as_deref()) {
            Ok(read) => read,
            Err(problems) => return Ok(Err(refusals(items, &[], &problems))),
        };
        Ok(match sheet::join(*head, read) {
            Ok(joined) => {
                let (declaration, name) = (Box::new(joined), self.sheet.clone());
                Ok(Declared { declaration, bytes, sheet: Some((items.clone(), rows)), name })
            }
            Err(problems) => Err(refusals(file, &bytes, &problems)),
        })
    }
}

fn refusals(file: &Path, bytes: &[u8], problems: &[Problem]) -> Vec<Refusal> {
    problems.iter().map(|problem| refusal(file, bytes, problem)).collect()
}
