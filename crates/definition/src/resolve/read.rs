//! Reads single values: names, numbers, periods, lists of names.
//!
//! Must not know of: which key a value belongs to.

use super::context::Context;
use crate::codes;
use crate::model::{Period, Unit};
use crate::span::{Span, Spanned};
use crate::syntax::yaml::{Node, NodeKind};
use crate::value::fold_digits;

/// Longest name, in characters.
const MAX_NAME: usize = 64;
/// Longest period, in its unit: longer than any law, and short enough to count.
const MAX_PERIOD: u32 = 10_000;

/// Whether `text` is a name of the language: lower-case ASCII letters, digits and `-`, beginning with a letter.
pub(crate) fn is_name(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= MAX_NAME && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(inner)
}

/// Whether `text` is names with dots between: what concepts are called.
pub(super) fn is_dotted(text: &str) -> bool {
    text.len() <= MAX_NAME && text.split('.').all(is_name)
}

pub(super) fn wrong(cx: &mut Context<'_>, span: Span, found: &str, form: &str) {
    let shown: String = found.chars().take(60).collect();
    cx.report(&codes::WRONG_VALUE, span, format!("`{shown}` is not {form}"), format!("write {form}"));
}

/// The text of a scalar.
pub(super) fn text(cx: &mut Context<'_>, node: &Node, form: &str) -> Option<Spanned<String>> {
    match &node.kind {
        NodeKind::Scalar(text) => Some(Spanned::new(text.clone(), node.span)),
        NodeKind::Broken => None,
        NodeKind::Null => {
            cx.report(
                &codes::WRONG_VALUE,
                node.span,
                format!("there is no value here, but {form} is needed"),
                format!("write {form}"),
            );
            None
        }
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
            cx.report(&codes::WRONG_VALUE, node.span, format!("this is not {form}"), format!("write {form}"));
            None
        }
    }
}

/// A name of the language.
pub(super) fn name(cx: &mut Context<'_>, node: &Node) -> Option<Spanned<String>> {
    let text = text(cx, node, "a name")?;
    checked_name(cx, text)
}

/// `text`, if it is a name of the language.
pub(super) fn checked_name(cx: &mut Context<'_>, text: Spanned<String>) -> Option<Spanned<String>> {
    if is_name(&text.value) {
        return Some(text);
    }
    let form = "a name: at most 64 lower-case ASCII letters, digits and `-`, beginning with a letter";
    wrong(cx, text.span, &text.value, form);
    None
}

/// A list of texts.
pub(super) fn list(cx: &mut Context<'_>, node: &Node, form: &str) -> Vec<Spanned<String>> {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().filter_map(|item| text(cx, item, form)).collect(),
        NodeKind::Broken => Vec::new(),
        _ => {
            let message = "this is not a list";
            cx.report(&codes::WRONG_VALUE, node.span, message, format!("write {form} in brackets: `[a, b]`"));
            Vec::new()
        }
    }
}

/// A list of names, each once.
pub(super) fn names(cx: &mut Context<'_>, node: &Node) -> Vec<Spanned<String>> {
    each_once(cx, node, checked_name)
}

/// A list of facts and of what is read of facts (`FACT.NAME`), each once.
pub(super) fn paths(cx: &mut Context<'_>, node: &Node) -> Vec<Spanned<String>> {
    each_once(cx, node, |cx, text| {
        if is_dotted(&text.value) {
            return Some(text);
        }
        wrong(cx, text.span, &text.value, "a fact, or `FACT.NAME`");
        None
    })
}

fn each_once(
    cx: &mut Context<'_>,
    node: &Node,
    checked: impl Fn(&mut Context<'_>, Spanned<String>) -> Option<Spanned<String>>,
) -> Vec<Spanned<String>> {
    let mut names: Vec<Spanned<String>> = Vec::new();
    for text in list(cx, node, "names") {
        let Some(name) = checked(cx, text) else { continue };
        match names.iter().find(|earlier| earlier.value == name.value) {
            Some(earlier) => duplicate(cx, &name, earlier.span),
            None => names.push(name),
        }
    }
    names
}

/// Reports a name that stands a second time.
pub(super) fn duplicate(cx: &mut Context<'_>, name: &Spanned<String>, first: Span) {
    let message = format!("`{}` stands here a second time", name.value);
    let mut problem = codes::DUPLICATE.problem(name.span, message, "remove one of the two, or rename it");
    problem.related.push((first, "first here".to_owned()));
    cx.problems.push(problem);
}

/// `yes`, `true`, `no` or `false`.
pub(super) fn flag(cx: &mut Context<'_>, text: &Spanned<String>) -> Option<bool> {
    match text.value.trim() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        other => {
            wrong(cx, text.span, other, "`yes` or `no`");
            None
        }
    }
}

/// A whole number between `least` and `most`.
pub(super) fn count(cx: &mut Context<'_>, node: &Node, least: u32, most: u32) -> Option<u32> {
    let form = format!("a whole number from {least} to {most}");
    let text = text(cx, node, &form)?;
    let number = fold_digits(text.value.trim()).parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        wrong(cx, text.span, &text.value, &form);
    }
    number
}

/// A period such as `10 workdays`.
pub(super) fn period(cx: &mut Context<'_>, node: &Node) -> Option<Period> {
    let text = text(cx, node, PERIOD)?;
    period_of(cx, &text.value, text.span)
}

const PERIOD: &str =
    "a period: a number up to 10000 and `workdays`, `days`, `months` or `years`, such as `10 workdays`";

/// The period that `text` says.
pub(super) fn period_of(cx: &mut Context<'_>, text: &str, span: Span) -> Option<Period> {
    let period = parse_period(text);
    if period.is_none() {
        wrong(cx, span, text, PERIOD);
    }
    period
}

fn parse_period(text: &str) -> Option<Period> {
    let folded = fold_digits(text);
    let mut words = folded.split_whitespace();
    let (count, unit) = (words.next()?, words.next()?);
    let unit = match unit.strip_suffix('s').unwrap_or(unit) {
        "workday" => Unit::Workdays,
        "day" => Unit::Days,
        "month" => Unit::Months,
        "year" => Unit::Years,
        _ => return None,
    };
    let count = count.parse().ok().filter(|count| *count <= MAX_PERIOD)?;
    words.next().is_none().then_some(Period { count, unit })
}
