//! A Time Release Study: how long cases take from filing to decision and release, where the time goes, and whose it was.
//!
//! Must not know of: how it is shown, secret keys, the clock.
//!
//! It follows the WCO's Guide to Measure the Time Required for the Release of Goods, version 3 (2018), as far as a record can: times are collected
//! automatically (section 3.2.B) for every case and not for a sample, of the whole and of each step, by inspection channel and by agency, with the
//! trader's own time apart, and told as mean, median, range and tails (sections 3.3.B and 3.3.C). Arrival, unloading and the
//! removal of goods are measured where a service's stages say so, and not otherwise.
//!
//! | what | how |
//! |---|---|
//! | a case | counts if it was filed in the period, by the zone's own days, and is followed to its end, whenever that was |
//! | decision | the last decision before the end, by a table, officers, authorities or silence; a case that is open or was withdrawn has none |
//! | release | an end by which what was asked for is granted |
//! | step | one stay in a stage, or the answer of one authority that is consulted; a case that comes back stays again |
//! | authority's time | officers or authorities are to act: the time in which the engine's clock runs against them |
//! | applicant's time | the applicant is to answer, supply or pay: the time in which that clock stands still |
//! | waiting | time that the definition sets, which nobody can shorten |
//! | working time | of the elapsed time, what lies in working days; the zone's calendar knows days and no hours, so such a day counts from 0:00 to 24:00 |
//! | percentile | nearest rank: the least time that at least so many per cent of all do not exceed (Hyndman and Fan 1996, definition 1) |
//! | times | in whole seconds, of which parts are dropped; means are rounded half up |
//!
//! A case that an appeal overturned goes on: its further stays count as steps, the whole only to its first end.
//!
//! **Nobody is to be found in it.** It holds no names, numbers or words of people. What fewer than `least` applicants brought about is hidden, and so is
//! what a single officer did; where a hidden figure could be had by taking others from a sum, one more is hidden. Each measurement takes some bytes of
//! memory, and no more of a case stays.

mod conceal;
mod figures;
mod gather;
mod measure;
mod rows;
mod working;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::Store;

use crate::extract::{Cases, ExtractError, Selection};
use gather::Gathered;
use working::Clocks;

pub use figures::Figures;
pub use rows::{Measure, Row, Shares};

/// What is told of a group that is smaller: nothing.
pub const LEAST: u64 = 5;

/// What is to be studied.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which cases.
    pub selection: Selection,
    /// A public fact whose values are a closed list, or a stage in which a table decides: cases are told apart by its value, or by the route.
    pub by: Option<String>,
    /// Of fewer applicants nothing is told; 1 tells everything.
    pub least: u64,
}

/// The study.
#[derive(Clone, Debug, Serialize)]
pub struct Study {
    /// What it follows.
    pub guide: &'static str,
    /// The service; all when none.
    pub service: Option<String>,
    /// The first day of the period; from the beginning when none.
    pub from: Option<Date>,
    /// The last day of the period; to the present when none.
    pub to: Option<Date>,
    /// By what cases are told apart.
    pub by: Option<String>,
    /// Of fewer applicants nothing is told.
    pub least: u64,
    /// The last event that any of these cases has.
    pub until: Option<Timestamp>,
    /// The figures.
    pub rows: Vec<Row>,
}

/// Makes a study of what a store has.
///
/// # Errors
/// [`ExtractError`]: no such service, a period that ends before it begins or in which nothing was filed, nothing of the name by which cases are to be
/// told apart, a store that is away or damaged.
pub async fn study(store: &dyn Store, question: &Question) -> Result<Study, ExtractError> {
    let mut cases = Cases::of(store, &question.selection).await?;
    let (mut gathered, mut clocks, mut until) = (Gathered::of(question), Clocks::default(), None);
    while let Some(drawn) = cases.next().await? {
        until = until.max(drawn.last());
        let events = drawn.events.iter().map(|(_, event)| event);
        let measured = measure::measure(&drawn.service, events, clocks.of(drawn.definition, drawn.service.zone()));
        let measured =
            measured.map_err(|misfit| crate::AppError::Internal(format!("case {}: {misfit}", drawn.row.case)))?;
        gathered.take(&drawn.service, measured);
    }
    if gathered.is_empty() {
        return Err(cases.empty().await?);
    }
    Ok(Study {
        guide: "WCO, Guide to Measure the Time Required for the Release of Goods, version 3 (2018)",
        service: question.selection.service.clone(),
        from: question.selection.from,
        to: question.selection.to,
        by: question.by.clone(),
        least: question.least,
        until,
        rows: rows::rows(gathered.finish()?, question),
    })
}
