//! The one declaration that a verb works on: a message's file, and a sheet of items if its head and its items come apart.
//!
//! Must not know of: what is done with it.

use std::path::{Path, PathBuf};

use clap::Args;
use customs::declaration::Declaration;
use customs::sheet::{self, MAX_SHEET_BYTES};
use customs::{MAX_MESSAGE_BYTES, Message, Problem};

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

/// A declaration, or everything that is wrong with its files.
pub type Declared = Result<Box<Declaration>, Vec<Refusal>>;

impl Items {
    /// Whether a sheet is named.
    pub const fn are_apart(&self) -> bool {
        self.items.is_some()
    }

    /// The declaration in `file`, with the items of the sheet.
    pub fn declared(&self, file: &Path) -> Result<Declared, Failure> {
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
        let Some(items) = &self.items else { return Ok(Ok(head)) };
        let rows = read_at_most(items, MAX_SHEET_BYTES)
            .map_err(|error| Failure::new(format!("{}: {error}", items.display()), "name a CSV, XLSX or ODS file"))?;
        let read = match sheet::read(&rows, self.sheet.as_deref()) {
            Ok(read) => read,
            Err(problems) => return Ok(Err(refusals(items, &[], &problems))),
        };
        let joined = sheet::join(*head, read).map(Box::new);
        Ok(joined.map_err(|problems| refusals(file, &bytes, &problems)))
    }
}

fn refusals(file: &Path, bytes: &[u8], problems: &[Problem]) -> Vec<Refusal> {
    problems.iter().map(|problem| refusal(file, bytes, problem)).collect()
}
