//! Takes single data out of elements that the tables accepted.
//!
//! Must not know of: which message the elements are of.

use definition::span::Spanned;
use definition::value::{Date, Decimal};

use crate::declaration::{Amount, Measure, Pointer, Statement, Text};
use crate::wco::format;
use crate::wco::node::Node;

pub(crate) fn one<N: Node>(of: N, name: &str) -> Option<N> {
    of.children().find(|child| child.name() == name)
}

pub(crate) fn all<N: Node, T>(of: N, name: &str, take: impl Fn(N) -> T) -> Vec<T> {
    of.children().filter(|child| child.name() == name).map(take).collect()
}

pub(crate) fn text<N: Node>(of: N, name: &str) -> Option<Text> {
    one(of, name).map(|datum| Spanned::new(datum.text().trim().to_owned(), datum.content()))
}

pub(crate) fn within<N: Node>(of: N, class: &str, name: &str) -> Option<Text> {
    one(of, class).and_then(|inner| text(inner, name))
}

pub(crate) fn number<N: Node>(of: N, name: &str) -> Option<Spanned<Decimal>> {
    one(of, name).and_then(decimal)
}

/// The decimal that an element's text is; its digits were counted before.
fn decimal<N: Node>(datum: N) -> Option<Spanned<Decimal>> {
    let read = format::decimal(datum.text().trim(), u8::MAX, u8::MAX).ok();
    read.map(|value| Spanned::new(value, datum.content()))
}

pub(crate) fn amount<N: Node>(of: N, name: &str) -> Option<Amount> {
    let datum = one(of, name)?;
    Some(Amount { value: decimal(datum)?, currency: datum.attribute("currencyID").map(str::to_owned) })
}

pub(crate) fn measure<N: Node>(of: N, name: &str) -> Option<Measure> {
    let datum = one(of, name)?;
    Some(Measure { value: decimal(datum)?, unit: datum.attribute("unitCode").map(str::to_owned) })
}

pub(crate) fn date<N: Node>(of: N, name: &str) -> Option<Spanned<Date>> {
    let datum = one(of, name)?;
    let inner = datum.children().next().unwrap_or(datum);
    format::date(inner.text().trim()).ok().map(|day| Spanned::new(day, inner.content()))
}

pub(crate) fn pointer<N: Node>(of: N) -> Pointer {
    Pointer { section: text(of, "DocumentSectionCode"), number: number(of, "SequenceNumeric"), tag: text(of, "TagID") }
}

pub(crate) fn statement<N: Node>(of: N) -> Statement {
    Statement {
        code: text(of, "StatementCode"),
        text: text(of, "StatementDescription"),
        limit: date(of, "LimitDateTime"),
        kind: text(of, "StatementTypeCode"),
    }
}
