//! The segments around the messages: each opens what another closes, with the same reference and the right count (ISO 9735, section 8 and annex).
//!
//! Must not know of: what stands inside of a message.

use std::collections::BTreeSet;

use definition::span::Span;
use edifact_rs::Segment;

use super::{Numbered, Source};
use crate::edifact::{EdifactFault, problem};
use crate::problem::{At, Problem};

/// An interchange, opened.
#[derive(Debug, Default)]
pub(in crate::edifact) struct Envelope<'s, 'a> {
    /// UNB.
    pub header: Option<Numbered<'s, 'a>>,
    pub messages: Vec<Message<'s, 'a>>,
}

/// The segments of one message, from UNH to UNT.
#[derive(Debug)]
pub(in crate::edifact) struct Message<'s, 'a> {
    pub header: Numbered<'s, 'a>,
    pub segments: Vec<Numbered<'s, 'a>>,
}

impl Message<'_, '_> {
    /// Which segment, element and component a place is in.
    pub fn at(&self, span: Span, source: &Source<'_>) -> Option<At> {
        let holds = |own: edifact_rs::Span| {
            let own = source.place(own);
            own.start <= span.start && span.start < own.end.max(own.start + 1)
        };
        let segment = self.segments.iter().find(|own| holds(own.segment.span))?;
        if source.place(segment.segment.span) == span {
            return Some(segment.at(None, None));
        }
        let element = segment.segment.elements.iter().position(|element| holds(element.span));
        let component = element
            .and_then(|element| segment.segment.elements.get(element))
            .and_then(|element| element.components.iter().position(|(_, own)| holds(*own)));
        Some(segment.at(element, component))
    }
}

/// What is met on the way through an interchange.
struct Opening<'s, 'a, 'c> {
    source: &'c Source<'c>,
    envelope: Envelope<'s, 'a>,
    problems: Vec<Problem>,
    /// The group that is open, and how many messages were met before it.
    group: Option<(Numbered<'s, 'a>, usize)>,
    groups: usize,
    message: Option<Message<'s, 'a>>,
    references: BTreeSet<&'s str>,
    closed: bool,
}

impl<'s, 'a> Envelope<'s, 'a> {
    /// Opens an interchange: its messages, and everything that is wrong with what is around them.
    pub fn open(segments: &'s [Segment<'a>], source: &Source<'_>) -> (Self, Vec<Problem>) {
        let mut opening = Opening {
            source,
            envelope: Self::default(),
            problems: Vec::new(),
            group: None,
            groups: 0,
            message: None,
            references: BTreeSet::new(),
            closed: false,
        };
        for (at, segment) in segments.iter().enumerate() {
            opening.step(Numbered { number: u32::try_from(at + 1).unwrap_or(u32::MAX), segment });
        }
        opening.end(segments)
    }
}

impl<'s, 'a> Opening<'s, 'a, '_> {
    fn step(&mut self, segment: Numbered<'s, 'a>) {
        let first = self.envelope.header.is_none();
        match segment.tag() {
            "UNB" if first => self.envelope.header = Some(segment),
            _ if first || self.closed => {
                // Said once; what follows is then no news.
                if first {
                    self.add(segment, EdifactFault::Missing { tag: "UNB" });
                    self.envelope.header = Some(segment);
                } else {
                    self.misplaced(segment);
                }
            }
            "UNH" => self.message(segment),
            "UNT" if self.message.is_some() => self.message_ends(segment),
            "UNG" if self.message.is_none() && self.group.is_none() => {
                self.groups += 1;
                self.group = Some((segment, self.envelope.messages.len()));
            }
            "UNE" if self.message.is_none() && self.group.is_some() => self.group_ends(segment),
            "UNZ" => self.interchange_ends(segment),
            "UNB" | "UNG" | "UNE" | "UNT" => self.misplaced(segment),
            _ => match &mut self.message {
                Some(message) => message.segments.push(segment),
                None => self.misplaced(segment),
            },
        }
    }

    fn message(&mut self, segment: Numbered<'s, 'a>) {
        if let Some(open) = self.message.take() {
            self.add(open.header, EdifactFault::Missing { tag: "UNT" });
        }
        let reference = segment.segment.component_str(0, 0).unwrap_or_default();
        if !self.references.insert(reference) {
            self.add(segment, EdifactFault::Twice { reference: reference.chars().take(14).collect() });
        }
        let kind: Vec<&str> = (0..4).map(|component| segment.get((1, component))).collect();
        if kind != ["CUSDEC", "D", "96B", "UN"] {
            let said: String = kind.join(":").chars().take(40).collect();
            self.add(segment, EdifactFault::OtherMessage { said });
        }
        self.message = Some(Message { header: segment, segments: vec![segment] });
    }

    fn message_ends(&mut self, segment: Numbered<'s, 'a>) {
        let Some(mut message) = self.message.take() else { return };
        message.segments.push(segment);
        self.count(segment, "UNT", "segments", message.segments.len());
        self.reference(segment, "UNT", message.header.get((0, 0)));
        self.envelope.messages.push(message);
    }

    fn group_ends(&mut self, segment: Numbered<'s, 'a>) {
        let Some((opened, before)) = self.group.take() else { return };
        self.count(segment, "UNE", "messages", self.envelope.messages.len() - before);
        self.reference(segment, "UNE", opened.get((4, 0)));
    }

    fn interchange_ends(&mut self, segment: Numbered<'s, 'a>) {
        if let Some(open) = self.message.take() {
            self.add(open.header, EdifactFault::Missing { tag: "UNT" });
        }
        if let Some((open, _)) = self.group.take() {
            self.add(open, EdifactFault::Missing { tag: "UNE" });
        }
        let (what, counted) =
            if self.groups > 0 { ("groups", self.groups) } else { ("messages", self.envelope.messages.len()) };
        self.count(segment, "UNZ", what, counted);
        let opened = self.envelope.header.map_or("", |unb| unb.segment.component_str(4, 0).unwrap_or_default().trim());
        self.reference(segment, "UNZ", opened);
        self.closed = true;
    }

    fn end(mut self, segments: &'s [Segment<'a>]) -> (Envelope<'s, 'a>, Vec<Problem>) {
        match (segments.last(), self.closed) {
            (None, _) => self.problems.push(problem(Span::start_of(0), None, EdifactFault::Empty)),
            (Some(last), false) => {
                let number = u32::try_from(segments.len()).unwrap_or(u32::MAX);
                let tag = if self.message.is_some() { "UNT" } else { "UNZ" };
                self.add(Numbered { number, segment: last }, EdifactFault::Missing { tag });
            }
            (Some(_), true) if self.envelope.messages.is_empty() && self.problems.is_empty() => {
                if let Some(header) = self.envelope.header {
                    self.add(header, EdifactFault::Empty);
                }
            }
            _ => {}
        }
        (self.envelope, self.problems)
    }

    /// Holds the count in the first element of `segment` against what was counted.
    fn count(&mut self, segment: Numbered<'s, 'a>, tag: &'static str, what: &'static str, counted: usize) {
        let said = segment.get((0, 0));
        if said.parse::<usize>() != Ok(counted) {
            let said = said.chars().take(12).collect();
            self.add(segment, EdifactFault::Count { tag, what, said, counted });
        }
    }

    fn reference(&mut self, segment: Numbered<'s, 'a>, tag: &'static str, opened: &str) {
        let said = segment.get((1, 0));
        if said != opened {
            let short = |text: &str| text.chars().take(40).collect();
            self.add(segment, EdifactFault::Reference { tag, said: short(said), opened: short(opened) });
        }
    }

    fn misplaced(&mut self, segment: Numbered<'s, 'a>) {
        let tag = segment.tag().chars().take(3).collect();
        self.add(segment, EdifactFault::Misplaced { tag });
    }

    fn add(&mut self, segment: Numbered<'s, 'a>, fault: EdifactFault) {
        let span = self.source.place(segment.segment.span);
        self.problems.push(problem(span, Some(segment.at(None, None)), fault));
    }
}
