//! A declaration as it stands: what was declared, and what amendments and a cancellation made of it since.
//!
//! A request names each datum that it changes by a pointer of the WCO Data Model, and gives what is to stand there. What no pointer names stays, and is named: declarants
//! send what stands beside a datum as well, and the trade test of HM Revenue & Customs has one who wrote something else there, which the answer passes over. A
//! request is applied as a whole or not at all. Must not know of: storage, or who may ask for a change.

mod apply;
mod fault;
mod pointer;
mod request;
mod unpointed;

use definition::span::Span;

pub use fault::AmendFault;
pub use request::Request;

use crate::declaration::{Declaration, Purpose, declaration};
use crate::message::{Root, open};
use crate::problem::{Fault, Problem};
use crate::wco::check::check;
use crate::wco::dec;
use crate::wco::tree::Tree;
use crate::{edifact, edifact::Interchange};
use apply::Changing;
use pointer::Target;
use unpointed::unpointed;

/// A declaration as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    tree: Tree,
    /// Customs' reference of it (D014), where it is known.
    id: Option<String>,
    cancelled: Option<Cancellation>,
}

/// That a declaration was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// Why, in a code (099).
    pub reason: Option<String>,
    /// Why, in words.
    pub words: Option<String>,
}

/// What became of a datum or class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    Added,
    /// Something else was there.
    Replaced,
    /// It is no longer there.
    Removed,
    /// It stays: the request gives something else, but no pointer names it.
    Unpointed,
}

/// One change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The way to the element.
    pub path: String,
    /// The number that the WCO gave it.
    pub id: &'static str,
    /// What became of it.
    pub kind: Kind,
    /// What was there, if it is a datum.
    pub before: Option<String>,
    /// What the request gives, if it is a datum.
    pub after: Option<String>,
    /// Why, in a code (099).
    pub reason: Option<String>,
    /// Why, in words.
    pub words: Option<String>,
}

impl Standing {
    /// Reads an original declaration, as WCO DEC or as an interchange with one message.
    ///
    /// # Errors
    /// Everything that is wrong with it, or that it is no original.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let tree = if edifact::is_interchange(bytes) {
            only(edifact::read(bytes)?)?
        } else {
            open(bytes, |root| match root {
                Root::Declaration(element) => Ok(Tree::copy(dec::NAME, &dec::DECLARATION, element)),
                Root::Answer(element) => {
                    Err(refused(element.tag(), AmendFault::NotAnOriginal { purpose: "an answer".to_owned() }))
                }
            })??
        };
        let purpose = Purpose::of(tree.text_of("FunctionCode").unwrap_or_default(), tree.text_of("TypeCode"));
        if !matches!(purpose, Purpose::Original | Purpose::Replacement) {
            return Err(refused(tree.tag, AmendFault::NotAnOriginal { purpose: format!("of the kind {purpose}") }));
        }
        let id = tree.text_of("ID").map(str::to_owned);
        Ok(Self { tree, id, cancelled: None })
    }

    /// The same with customs' reference, which an original does not have yet.
    #[must_use]
    pub fn known_as(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Customs' reference of it, where it is known.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Why it was cancelled, if it was.
    #[must_use]
    pub const fn cancelled(&self) -> Option<&Cancellation> {
        self.cancelled.as_ref()
    }

    /// What is declared now.
    #[must_use]
    pub fn declaration(&self) -> Declaration {
        declaration(&self.tree)
    }

    /// What is declared now, as a WCO DEC message.
    #[must_use]
    pub fn to_xml(&self) -> String {
        self.tree.to_xml()
    }

    /// The declaration after a request, and what it changed.
    ///
    /// # Errors
    /// That the request concerns another declaration, or one that was cancelled; each pointer that leads nowhere; and what would be wrong with the declaration
    /// afterwards. The places are those of the request. Nothing changes then.
    pub fn amend(&self, request: &Request) -> Result<(Self, Vec<Change>), Vec<Problem>> {
        if self.cancelled.is_some() {
            return Err(refused(request.span, AmendFault::Cancelled));
        }
        if let (Some(own), Some(said)) = (&self.id, &request.id)
            && *own != said.value
        {
            let short = |text: &str| text.chars().take(70).collect();
            let other = AmendFault::OtherDeclaration { said: short(&said.value), own: short(own) };
            return Err(refused(said.span, other));
        }
        let id = self.id.clone().or_else(|| request.id.as_ref().map(|id| id.value.clone()));
        match request.purpose {
            Purpose::Cancellation => {
                let (reason, words) = (request.reason(0), request.words(0));
                Ok((Self { id, cancelled: Some(Cancellation { reason, words }), ..self.clone() }, Vec::new()))
            }
            Purpose::Replacement => Ok((Self { tree: request.given.clone(), id, cancelled: None }, Vec::new())),
            _ => {
                let (tree, changes) = self.changed(request)?;
                Ok((Self { tree, id, cancelled: None }, changes))
            }
        }
    }

    fn changed(&self, request: &Request) -> Result<(Tree, Vec<Change>), Vec<Problem>> {
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        let mut changing = Changing::new(self.tree.clone());
        for (at, amendment) in request.amendments.iter().enumerate() {
            let change = Target::of(amendment, request.span).and_then(|target| changing.apply(&target, &request.given));
            match change {
                Ok(change) => {
                    changes.push(Change { reason: request.reason(at), words: request.words(at), ..change });
                }
                Err((span, wrong)) => problems.push(fault(span, wrong)),
            }
        }
        if request.amendments.is_empty() {
            problems.push(fault(request.span, AmendFault::NoPointer));
        }
        changes.extend(unpointed(&request.given, &changing.tree));
        let tree = changing.done();
        if problems.is_empty() {
            let wrong = check(dec::NAME, &dec::DECLARATION, &tree).into_iter();
            problems.extend(wrong.map(|problem| Problem { span: request.span, ..problem }));
        }
        if problems.is_empty() { Ok((tree, changes)) } else { Err(problems) }
    }
}

/// The one declaration of an interchange.
fn only(mut all: Interchange) -> Result<Tree, Vec<Problem>> {
    let count = all.messages.len();
    match all.messages.pop() {
        Some(one) if count == 1 => Ok(one.tree),
        _ => Err(refused(Span::start_of(0), AmendFault::Several { count })),
    }
}

/// The one reason why nothing is done.
fn refused(span: Span, wrong: AmendFault) -> Vec<Problem> {
    vec![fault(span, wrong)]
}

fn fault(span: Span, fault: AmendFault) -> Problem {
    Problem { span, path: String::new(), id: None, at: None, fault: Fault::Amend(fault) }
}
