//! Reads a request to change a declaration: a WCO declaration with the function 13, the answer in which customs changes one, or an interchange.
//!
//! Must not know of: the declaration that it changes.

use definition::span::Span;

use super::fault::AmendFault;
use super::{only, refused};
use crate::declaration::{Amendment, Purpose, Text, amendment};
use crate::edifact;
use crate::message::taken::{all, one, pointer, text};
use crate::message::{Root, open};
use crate::problem::Problem;
use crate::wco::dec;
use crate::wco::node::Node;
use crate::wco::tree::Tree;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub(super) purpose: Purpose,
    /// Customs' reference of the declaration that it concerns (D014).
    pub(super) id: Option<Text>,
    pub(super) amendments: Vec<Amendment>,
    /// Reasons in words, each with the number of the change that it belongs to.
    reasons: Vec<(usize, String)>,
    /// What it gives of a declaration.
    pub(super) given: Tree,
    pub(super) span: Span,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with the message, or that it is no request.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        if edifact::is_interchange(bytes) {
            return Self::of_tree(only(edifact::read(bytes)?)?);
        }
        open(bytes, |root| match root {
            Root::Declaration(element) => Self::of_declaration(element),
            Root::Answer(element) => Self::of_answer(element),
        })?
    }

    /// What it is sent for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Customs' reference of the declaration that it concerns, where it names it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.value.as_str())
    }

    /// The code of the reason of a change, counted from 0.
    pub(super) fn reason(&self, at: usize) -> Option<String> {
        self.amendments.get(at).and_then(|one| one.reason.as_ref()).map(|reason| reason.value.clone())
    }

    /// The reason of a change in words.
    pub(super) fn words(&self, at: usize) -> Option<String> {
        self.reasons.iter().find(|(number, _)| *number == at + 1).map(|(_, words)| words.clone())
    }

    fn of_declaration(element: impl Node) -> Result<Self, Vec<Problem>> {
        let kind = text(element, "TypeCode");
        let function = text(element, "FunctionCode").map(|function| function.value).unwrap_or_default();
        let purpose = Purpose::of(&function, kind.as_ref().map(|kind| kind.value.as_str()));
        if !matches!(purpose, Purpose::Amendment | Purpose::Replacement | Purpose::Cancellation) {
            return Err(refused(element.tag(), AmendFault::NotARequest { purpose: format!("of the kind {purpose}") }));
        }
        Ok(Self {
            purpose,
            id: text(element, "ID"),
            amendments: all(element, "Amendment", amendment),
            reasons: reasons(element),
            given: Tree::copy(dec::NAME, &dec::DECLARATION, element),
            span: element.tag(),
        })
    }

    /// The answer that customs changed a declaration (function 07): the changes stand in it, what they changed to in the second declaration.
    fn of_answer(element: impl Node) -> Result<Self, Vec<Problem>> {
        let function = text(element, "FunctionCode").map(|function| function.value).unwrap_or_default();
        let amendments = all(element, "Amendment", amendment);
        if !matches!(function.as_str(), "07" | "7") {
            let purpose = format!("an answer with the function {}", function.chars().take(2).collect::<String>());
            return Err(refused(element.tag(), AmendFault::NotARequest { purpose }));
        }
        let given = element.children().filter(|child| child.name() == dec::NAME).nth(1);
        let empty = || Tree::class(dec::NAME, element.tag());
        Ok(Self {
            purpose: Purpose::Amendment,
            id: one(element, dec::NAME).and_then(|declared| text(declared, "ID")),
            amendments,
            reasons: reasons(element),
            given: given.map_or_else(empty, |given| Tree::copy(dec::NAME, &dec::DECLARATION, given)),
            span: element.tag(),
        })
    }

    /// A message of an interchange: it can take back or replace a declaration as a whole.
    fn of_tree(tree: Tree) -> Result<Self, Vec<Problem>> {
        let request = Self::of_declaration(&tree)?;
        if request.purpose == Purpose::Amendment {
            return Err(refused(tree.tag, AmendFault::NoPointers));
        }
        Ok(request)
    }
}

/// The statements that point at a change (class 06A), with its number.
fn reasons(of: impl Node) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for statement in of.children().filter(|child| child.name() == "AdditionalInformation") {
        let pointers = all(statement, "Pointer", pointer);
        let Some(words) = text(statement, "StatementDescription") else { continue };
        let change = pointers.iter().find(|one| one.section.as_ref().is_some_and(|section| section.value == "06A"));
        let number = change.and_then(|one| one.number.as_ref()).and_then(|number| usize::try_from(number.value).ok());
        found.extend(number.map(|number| (number, words.value)));
    }
    found
}
