//! Bytes to a message: a declaration, an answer or an interchange that its tables accept, or everything that is wrong with it.
//!
//! Must not know of: what is done with either. The wrapper around a message is transport, and is not looked at; neither are namespaces, which many
//! programs leave out: the names say what is meant.

pub(crate) mod taken;

use definition::span::Span;
use definition::syntax::xml::{Document, Element, Limits};

use crate::declaration::{Declaration, declaration};
use crate::edifact::{self, Interchange};
use crate::notification::{Notification, notification};
use crate::problem::{Fault, Problem};
use crate::wco::{check, dec, res};

/// Most bytes of a message: 16 MiB, some 300 times the largest declaration of the trade test.
pub const MAX_MESSAGE_BYTES: usize = 16 << 20;

/// No deeper than 32, where the tables are 7 deep; and as many elements as 999 items with a thousand parts each.
pub(crate) const LIMITS: Limits = Limits { bytes: MAX_MESSAGE_BYTES, depth: 32, elements: 1_000_000 };

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A declaration, or a request that concerns one.
    Declaration(Box<Declaration>),
    /// An answer to a declaration.
    Notification(Box<Notification>),
    /// Declarations in an EDIFACT interchange.
    Interchange(Box<Interchange>),
}

/// Reads a message of the WCO Data Model, or an EDIFACT interchange, which is known by how it begins.
///
/// # Errors
/// Everything that is wrong with it, at most [`check::MAX_PROBLEMS`]; nothing of it is taken then.
pub fn read(bytes: &[u8]) -> Result<Message, Vec<Problem>> {
    if edifact::is_interchange(bytes) {
        return edifact::read(bytes).map(|interchange| Message::Interchange(Box::new(interchange)));
    }
    open(bytes, |root| match root {
        Root::Answer(answer) => Message::Notification(Box::new(notification(answer))),
        Root::Declaration(declared) => Message::Declaration(Box::new(declaration(declared))),
    })
}

/// The element of a message that its tables accepted.
pub(crate) enum Root<'t> {
    Declaration(Element<'t>),
    Answer(Element<'t>),
}

/// Reads XML to the message in it, holds it against its tables, and gives it to `take`.
pub(crate) fn open<T>(bytes: &[u8], take: impl FnOnce(Root<'_>) -> T) -> Result<T, Vec<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        vec![whole(Span::new(0, at, at.saturating_add(1)), Fault::NotUtf8)]
    })?;
    let document = Document::parse(text, LIMITS).map_err(|error| vec![whole(error.span, Fault::Xml(error.fault))])?;
    let root = document.root();
    // An answer has a declaration in it, so it is looked for first.
    if let Some(answer) = root.and_then(|root| find(root, res::NAME)) {
        let problems = check::check(res::NAME, &res::RESPONSE, answer);
        return sound(problems, || take(Root::Answer(answer)));
    }
    if let Some(declared) = root.and_then(|root| find(root, dec::NAME)) {
        let problems = check::check(dec::NAME, &dec::DECLARATION, declared);
        return sound(problems, || take(Root::Declaration(declared)));
    }
    let root = root.map(|root| root.name().chars().take(40).collect()).unwrap_or_default();
    Err(vec![whole(Span::start_of(0), Fault::OtherMessage { root })])
}

fn sound<T>(problems: Vec<Problem>, message: impl FnOnce() -> T) -> Result<T, Vec<Problem>> {
    if problems.is_empty() { Ok(message()) } else { Err(problems) }
}

fn whole(span: Span, fault: Fault) -> Problem {
    Problem { span, path: String::new(), id: None, at: None, fault }
}

/// The first element of that name, at most three wrappers down.
fn find<'t>(root: Element<'t>, name: &str) -> Option<Element<'t>> {
    fn within<'t>(element: Element<'t>, name: &str, wrappers: u8) -> Option<Element<'t>> {
        if element.name() == name {
            return Some(element);
        }
        let deeper = wrappers.checked_sub(1)?;
        element.children().find_map(|child| within(child, name, deeper))
    }
    within(root, name, 4)
}
