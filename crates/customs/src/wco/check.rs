//! Holds a message against its tables: every element, every datum, everything that is missing, in one go.
//!
//! Must not know of: what the message means. It collects, and never stops at the first; after [`MAX_PROBLEMS`] nobody reads on.

use std::borrow::Cow;

use definition::nearest;
use definition::span::Span;

use super::format::{Format, Of};
use super::model::{Class, Content, Part};
use super::node::Node;
use crate::problem::{Fault, Problem};

/// Most problems that are told of one message.
pub const MAX_PROBLEMS: usize = 100;

/// What is wrong with `element`, which should be a `class` and is named so in the table.
#[must_use]
pub fn check(name: &'static str, class: &'static Class, element: impl Node) -> Vec<Problem> {
    let mut checking = Checking { path: vec![Step { name: Cow::Borrowed(name), number: 0 }], problems: Vec::new() };
    checking.class(name, class, element);
    checking.problems
}

/// One element on the way to where the check is.
struct Step {
    name: Cow<'static, str>,
    /// Which of its name, from 1; 0 where there can be only one.
    number: usize,
}

struct Checking {
    path: Vec<Step>,
    problems: Vec<Problem>,
}

impl Checking {
    fn class(&mut self, name: &'static str, class: &'static Class, element: impl Node) {
        if !element.text().is_empty() {
            let text = element.text().trim().chars().take(40).collect();
            self.add(element.content(), None, Fault::StrayText { text });
        }
        let mut counts = [0_u32; 64];
        for child in element.children() {
            if self.problems.len() >= MAX_PROBLEMS {
                return;
            }
            let Some((index, part)) = class.part(child.name()) else {
                self.unknown(name, class, child);
                continue;
            };
            let count = counts.get_mut(index).map_or(1, |count| {
                *count += 1;
                *count
            });
            self.part(part, count, child);
        }
        for (index, part) in class.parts.iter().enumerate() {
            if part.required && counts.get(index).is_some_and(|count| *count == 0) {
                let path = format!("{}/{}", self.way(), part.name);
                let fault = Fault::Missing { name: part.name };
                self.problems.push(Problem { span: element.tag(), path, id: Some(part.id), at: None, fault });
            }
        }
    }

    fn unknown(&mut self, class_name: &'static str, class: &'static Class, element: impl Node) {
        let name: String = element.name().chars().take(40).collect();
        let nearest = nearest(&name, class.parts.iter().map(|part| part.name));
        self.path.push(Step { name: Cow::Owned(name.clone()), number: 0 });
        self.add(element.tag(), None, Fault::Unknown { name, class: class_name, nearest });
        self.path.pop();
    }

    /// The `count`th element of a part.
    fn part(&mut self, part: &'static Part, count: u32, element: impl Node) {
        let number = if part.most == Some(1) { 0 } else { count as usize };
        self.path.push(Step { name: Cow::Borrowed(part.name), number });
        match part.most {
            Some(1) if let (2, Some(second)) = (count, part.second) => self.class(part.name, second, element),
            Some(most) if count == u32::from(most) + 1 => {
                self.add(element.tag(), Some(part.id), Fault::TooMany { name: part.name, most });
            }
            // Said once.
            Some(most) if count > u32::from(most) => {}
            _ => match &part.content {
                Content::Class(class) => self.class(part.name, class, element),
                Content::Datum(format) => self.datum(part, *format, element),
            },
        }
        self.path.pop();
    }

    fn datum(&mut self, part: &'static Part, format: Format, element: impl Node) {
        let (first, second) = {
            let mut inside = element.children();
            (inside.next(), inside.next())
        };
        // A date's text stands in an element of its own, which the WCO's data sets call `DateTimeString` or `DateTime`.
        let text = match (format, &first, second) {
            (Format::Date, Some(inner), None) if element.text().is_empty() => inner.text(),
            (_, None, _) => element.text(),
            _ => return self.add(element.tag(), Some(part.id), Fault::Nested),
        };
        if let Err(fault) = format.accepts(text) {
            self.add(element.content(), Some(part.id), fault);
        }
        if let (Format::Number { of: Of::Money, .. }, Some(currency)) = (format, element.attribute("currencyID"))
            && (currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            let text = currency.chars().take(40).collect();
            self.add(element.tag(), Some("135"), Fault::NotACurrency { text });
        }
    }

    fn add(&mut self, span: Span, id: Option<&'static str>, fault: Fault) {
        self.problems.push(Problem { span, path: self.way(), id, at: None, fault });
    }

    fn way(&self) -> String {
        let step = |step: &Step| match step.number {
            0 => step.name.to_string(),
            number => format!("{}[{number}]", step.name),
        };
        self.path.iter().map(step).collect::<Vec<_>>().join("/")
    }
}
