//! An act as its checks see it: what is recorded, what came of doing it again, and where the two part.
//!
//! Must not know of: any one check.

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::Case;
use engine::event::{Event, What};
use engine::refusal::Refusal;
use engine::roster::Register;

use crate::finding::{At, Code, Findings};
use crate::replay::Again;
use crate::words::told;

/// An act.
pub struct Act<'a> {
    /// The definition that the case runs under.
    pub service: &'a Checked<Service>,
    /// The case's id.
    pub case: [u8; 16],
    /// Where the case stood before; none when the act opens it.
    pub before: Option<&'a Case>,
    /// The leaf of the first event.
    pub first: u64,
    /// The events as they are recorded.
    pub events: &'a [Event],
    /// What came of doing it again.
    pub(crate) again: &'a Again,
    /// The place of the first event that differs; the number of events when none does.
    pub differs: usize,
    /// The rosters that it can have been made of, where the engine refuses an officer; none where no roster is recorded.
    pub rosters: &'a [&'a Register],
    /// Another case of the same applicant.
    pub other: &'a dyn Fn(CaseId) -> Option<Other>,
}

/// What an act needs to know of another case.
#[derive(Clone, Copy, Debug)]
pub struct Other {
    /// The case that it appeals against, if any; none where the case could not be followed.
    pub appeals: Option<Option<CaseId>>,
    /// Whether it granted and overturns what it appeals against.
    pub overturns: bool,
}

impl Act<'_> {
    /// What is recorded where the two part.
    pub fn recorded(&self) -> Option<&What> {
        self.events.get(self.differs).map(|event| &event.what)
    }

    /// What comes out there.
    pub fn expected(&self) -> Option<&What> {
        match self.again {
            Again::Done(_, events) => events.get(self.differs).map(|event| &event.what),
            _ => None,
        }
    }

    /// Whether the engine does it, and nothing comes out there any more.
    pub fn expected_nothing(&self) -> bool {
        self.is_done() && self.expected().is_none()
    }

    /// Whether the engine does it.
    pub fn is_done(&self) -> bool {
        matches!(self.again, Again::Done(..))
    }

    /// Why the engine refuses it, if it does.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self.again {
            Again::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the act is a deadline's running out, and what follows it differs.
    pub fn after_lapse(&self) -> bool {
        self.differs > 0 && matches!(self.events.first().map(|event| &event.what), Some(What::Lapsed { .. }))
    }

    /// Whether what differs is how a seat was filled.
    pub fn is_about_a_draw(&self) -> bool {
        let fills = |what: Option<&What>| matches!(what, Some(What::Drawn { .. } | What::Seated { .. }));
        fills(self.recorded()) || fills(self.expected())
    }

    /// The leaf of an event of the act.
    pub fn place(&self, event: usize) -> At {
        At::leaf(self.first.saturating_add(event as u64), self.case)
    }

    /// Says what is recorded and what comes out, where the two part.
    pub fn report(&self, code: &Code, findings: &mut Findings) {
        let recorded = self.recorded().map_or_else(|| "nothing more".to_owned(), told);
        findings.add(code, self.place(self.differs), recorded, self.expected_in_words());
    }

    /// What comes out, in words.
    pub fn expected_in_words(&self) -> String {
        match self.again {
            Again::Done(..) => self.expected().map_or_else(|| "nothing more".to_owned(), told),
            Again::Refused(refusal) => format!("refused ({:?})", refusal.kind()),
            Again::NoAct => "no act begins with this event".to_owned(),
        }
    }
}
