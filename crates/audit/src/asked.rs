//! What functions were asked in acts, and what the record says that they said or moved: told by the shards, asked again in log order.
//!
//! Must not know of: what a function does, what a difference means.

pub(crate) mod library;

use std::sync::Arc;

use customs::functions::{Asked, AtHand, Fault, Given, Loaded, Made, Moved, Paper};
use definition::model::Name;
use definition::value::{Date, Value};
use engine::CaseId;
use engine::case::Digest;
use engine::world::Computed;
use jiff::Timestamp;

/// A question that an act put to a function.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The leaf of what it said.
    pub(crate) index: u64,
    pub(crate) case: CaseId,
    pub(crate) at: Timestamp,
    /// The zone's day of that moment.
    pub(crate) day: Date,
    pub(crate) definition: Digest,
    pub(crate) function: Name,
    pub(crate) given: Vec<Value>,
    pub(crate) said: Said,
}

/// What the record says that came of a question.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// It worked this out, and said this besides, by concept.
    Worked(Computed),
    /// It booked; what stands in [`Booked`].
    Moved,
    /// The accounts had this against a booking while nobody was there.
    Refused(Vec<engine::world::Fault>),
}

/// What was booked, as the record has it, whether its case can be followed or not.
#[derive(Clone, Debug)]
pub(crate) struct Booked {
    pub(crate) index: u64,
    pub(crate) case: CaseId,
    pub(crate) at: Timestamp,
    pub(crate) definition: Digest,
    pub(crate) function: Name,
    /// None where it was erased or cannot be read.
    pub(crate) posted: Option<String>,
}

/// A question with all that is needed to put it again.
pub(crate) struct Ready {
    pub(crate) question: Question,
    function: Arc<Loaded>,
    /// For each datum that is a document, that one.
    documents: Vec<Option<Arc<Paper>>>,
}

/// What a function says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Worked(Made),
    Moved(Moved),
}

/// An answer, the rows that it takes first, or what is wrong with the question.
pub(crate) type Heard = Result<Asked<Answer>, Vec<Fault>>;

impl Ready {
    /// Puts the question with these rows of the goods accounts at hand.
    pub(crate) fn ask(&self, rows: &AtHand) -> Heard {
        let Question { given, case, day, said, .. } = &self.question;
        let given = given.iter().zip(&self.documents).map(|(value, document)| match document {
            Some(paper) => Given::Paper(paper),
            None => Given::Value(value),
        });
        let given: Vec<Given<'_>> = given.collect();
        if matches!(said, Said::Worked(_)) {
            return self
                .function
                .compute(&given, &case.reference(), *day, rows)
                .map(|asked| map(asked, Answer::Worked));
        }
        self.function.book(&given, &case.reference(), rows).map(|asked| map(asked, Answer::Moved))
    }
}

fn map<T>(asked: Asked<T>, answer: impl FnOnce(T) -> Answer) -> Asked<Answer> {
    match asked {
        Asked::Says(said) => Asked::Says(answer(said)),
        Asked::Wants(rows) => Asked::Wants(rows),
    }
}
