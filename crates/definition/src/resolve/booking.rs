//! What a service moves and keeps in accounts: a function that books, and the facts that it is given.
//!
//! Must not know of: when something is booked.

use super::context::Context;
use super::functions;
use super::keys::Keys;
use super::read;
use super::service::Scope;
use crate::codes;
use crate::model::{Booking, Name, Reserve, Stage, StageKind};
use crate::places::Part;
use crate::span::Span;
use crate::syntax::yaml::Node;

/// The facts that are named, with the concept of each.
pub(super) struct Given {
    span: Span,
    facts: Vec<(Name, String)>,
}

/// The facts of `of: [FACT, ...]`.
pub(super) fn given(cx: &mut Context<'_>, scope: &Scope<'_>, of: &Node) -> Given {
    let mut facts = Vec::new();
    for name in read::names(cx, of) {
        facts.extend(scope.fact(cx, &name).map(|fact| (fact.name.clone(), fact.concept.clone())));
    }
    Given { span: of.span, facts }
}

/// The function that a key names, if it books and takes these facts.
pub(super) fn of_function(cx: &mut Context<'_>, scope: &Scope<'_>, node: &Node, given: &Given) -> Option<Booking> {
    let function = read::text(cx, node, "a function")?;
    let functions = &scope.zone.functions;
    cx.known("function", &function, functions.keys().map(String::as_str), functions::FILE);
    let known = functions.get(&function.value)?;
    if known.result.is_some() {
        let message = format!("`{}` works a fact out, and books nothing", function.value);
        cx.report(&codes::WRONG_VALUE, function.span, message, "name a function with `books`");
        return None;
    }
    if !given.facts.iter().map(|(_, concept)| concept).eq(&known.takes) {
        let message = format!("`{}` takes facts about {}", function.value, known.takes.join(", "));
        cx.report(&codes::WRONG_VALUE, given.span, message, "name facts about these concepts, in this order");
        return None;
    }
    Some(Booking { function: function.value, of: given.facts.iter().map(|(name, _)| name.clone()).collect() })
}

/// `reserve: { book: FUNCTION, of: [FACT, ...], free: FUNCTION }`.
pub(super) fn reserve(cx: &mut Context<'_>, keys: &mut Keys<'_>, scope: &Scope<'_>) -> Option<Reserve> {
    let node = keys.get("reserve")?;
    let mut keys = Keys::of(cx, node, node.span, "`reserve`")?;
    let (book, of) = (keys.need(cx, "book", "FUNCTION"), keys.need(cx, "of", "[FACT, ...]"));
    let free = keys.need(cx, "free", "FUNCTION");
    keys.finish(cx);
    let given = given(cx, scope, of?);
    let book = book.and_then(|node| of_function(cx, scope, node, &given));
    let (book, free) = (book?, free.and_then(|node| Some((of_function(cx, scope, node, &given)?, node.span)))?);
    let (free, span) = free;
    if free.function == book.function {
        let message = format!("`{}` would free what it keeps", free.function);
        cx.report(&codes::WRONG_VALUE, span, message, "name the function that ends what `book` begins");
        return None;
    }
    Some(Reserve { book, free })
}

/// That no end books by a function that keeps or frees: whether a case has something kept for it is told by the function's name.
pub(super) fn apart(cx: &mut Context<'_>, scope: &Scope<'_>, reserve: Option<&Reserve>, stages: &[Stage]) {
    let Some(Reserve { book, free }) = reserve else { return };
    for stage in stages {
        let StageKind::End(end) = &stage.kind else { continue };
        let Some(own) = end.book.as_ref().filter(|own| [&book.function, &free.function].contains(&&own.function))
        else {
            continue;
        };
        let part = Part::StageKey(scope.name.to_owned(), stage.name.clone(), "book".to_owned());
        let at = cx.places.find(&part);
        let message = format!("`{}` stands under `reserve`, and the end `{}` books by it", own.function, stage.name);
        cx.report(&codes::WRONG_VALUE, at, message, "what is kept is freed before a case ends; name another function");
    }
}
