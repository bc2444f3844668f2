//! What comes of a movement: what is posted and which rows it changes, or everything that is in its way.
//!
//! Must not know of: where rows are kept.

use super::account::Posted;
use super::fold::fold;
use super::movement::Movement;
use super::problem::{GoodsFault, Objection, Objections};
use super::row::{Book, Row, RowKey};

/// A movement that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What goes into the record.
    pub posted: Posted,
    /// The rows that change, as they are to be: each is to be written at the version at which it was read, so that of two movements that meet at a row one is
    /// decided again.
    pub rows: Vec<(RowKey, Row)>,
}

/// Decides a movement on a book that has at least the rows that it names. Pure: the same book and movement give the same.
///
/// # Errors
/// Everything that is in the way; nothing is posted then.
pub fn decide(book: &Book, movement: &Movement) -> Result<Decided, Vec<Objection>> {
    let mut objections = Objections::default();
    let judged = movement.judge(book, &mut objections);
    if !objections.0.is_empty() {
        return Err(objections.0);
    }
    let posted = Posted { movement: movement.clone(), postings: judged.postings, difference: judged.difference };
    let mut after = book.part(&movement.rows());
    if let Err(misfit) = fold(&mut after, &posted) {
        return Err(vec![Objection { at: String::new(), fault: GoodsFault::Misfit { why: misfit.why } }]);
    }
    let rows = after.into_iter().filter(|(key, row)| book.row(key) != Some(row)).collect();
    Ok(Decided { posted, rows })
}

/// Decides movements that belong together, each on what those before it leave. All of them are done, or none is.
///
/// # Errors
/// Everything that is in the way of each, by its place from 0; what hangs on a movement that cannot be done may be named beside it.
pub fn decide_all(book: &Book, movements: &[Movement]) -> Result<Vec<Decided>, Vec<(usize, Objection)>> {
    let rows: Vec<RowKey> = movements.iter().flat_map(Movement::rows).collect();
    let mut book = book.part(&rows);
    let mut all = Vec::with_capacity(movements.len());
    let mut objections = Vec::new();
    for (place, movement) in movements.iter().enumerate() {
        match decide(&book, movement) {
            Ok(decided) => {
                for (key, row) in &decided.rows {
                    book.put(key.clone(), row.clone());
                }
                all.push(decided);
            }
            Err(found) => objections.extend(found.into_iter().map(|objection| (place, objection))),
        }
    }
    if objections.is_empty() { Ok(all) } else { Err(objections) }
}
