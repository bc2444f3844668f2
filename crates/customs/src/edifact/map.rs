//! A message's segments to a declaration's tree, by the table of `cusdec`.
//!
//! Must not know of: which datum has which form; the tree is held against the WCO's tables afterwards.

use definition::span::Span;

use super::cusdec::{EACH, HEAD, How, ITEM, Row, Slot, Take};
use super::segments::{Message, Numbered, Source};
use super::structure::Walk;
use super::{EdifactFault, Left, problem};
use crate::problem::Problem;
use crate::wco::dec;
use crate::wco::model::{Class, Content};
use crate::wco::tree::Tree;

const SHIPMENT: &str = "GoodsShipment";
const ITEMS: &str = "GovernmentAgencyGoodsItem";

/// What came of a message.
pub(super) struct Mapped {
    pub tree: Tree,
    pub left: Vec<Left>,
}

struct Mapping<'m> {
    source: &'m Source<'m>,
    tree: Tree,
    left: Vec<Left>,
    problems: Vec<Problem>,
}

/// Maps a message, and says what is wrong with the order of its segments and with its counts.
pub(super) fn message(of: &Message<'_, '_>, source: &Source<'_>) -> (Mapped, Vec<Problem>) {
    let header = source.place(of.header.segment.span);
    let tree = Tree::class(dec::NAME, header);
    let mut mapping = Mapping { source, tree, left: Vec::new(), problems: Vec::new() };
    let mut walk = Walk::new();
    let mut controls = Vec::new();
    for &segment in &of.segments {
        match walk.step(segment.tag()) {
            Err(fault) => mapping.add(segment, fault),
            Ok(group) => mapping.segment(group.name, segment),
        }
        if segment.tag() == "CNT" {
            controls.push(segment);
        }
    }
    for (tag, least) in [("BGM", 1), ("UNS", 2)] {
        if of.segments.iter().filter(|segment| segment.tag() == tag).count() < least {
            mapping.add(of.header, EdifactFault::Missing { tag });
        }
    }
    mapping.controls(&controls);
    (Mapped { tree: mapping.tree, left: mapping.left }, mapping.problems)
}

impl Mapping<'_> {
    fn segment(&mut self, group: &'static str, segment: Numbered<'_, '_>) {
        if matches!(segment.tag(), "UNH" | "UNS" | "UNT") {
            return;
        }
        let opens = group == "SG30" && segment.tag() == "CST";
        if opens {
            self.item(segment);
        }
        let mut met = false;
        for (rows, in_item) in [(HEAD, false), (ITEM, true)] {
            for row in rows.iter().filter(|row| row.group == group && row.tag == segment.tag()) {
                for &element in row.each {
                    if holds(row, element, segment) {
                        met = true;
                        self.row(row, element, in_item, segment);
                    }
                }
            }
        }
        if !met {
            let span = self.source.place(segment.segment.span);
            let text = self.source.short(segment.segment);
            self.left.push(Left { at: segment.at(None, None), text, span });
        }
    }

    /// Opens an item; without a number it gets the next.
    fn item(&mut self, segment: Numbered<'_, '_>) {
        let span = self.source.place(segment.segment.span);
        let Some(shipment) = open(&mut self.tree, SHIPMENT, span) else { return };
        let mut item = Tree::class(ITEMS, span);
        let number = self.source.text_at(segment, (0, 0));
        let (text, span) = if number.value.is_empty() {
            let before = shipment.parts.iter().filter(|part| part.name == ITEMS).count();
            ((before + 1).to_string(), span)
        } else {
            (number.value, number.span)
        };
        item.parts.push(Tree::datum("SequenceNumeric", text, span));
        shipment.parts.push(item);
    }

    fn row(&mut self, row: &'static Row, element: usize, in_item: bool, segment: Numbered<'_, '_>) {
        let span = self.source.place(segment.segment.span);
        let mut data = Vec::new();
        for take in row.takes {
            let from = (if take.from.0 == EACH { element } else { take.from.0 }, take.from.1);
            self.take(take, from, segment, &mut data);
        }
        if data.is_empty() {
            return;
        }
        let (mut at, mut class) = (Some(&mut self.tree), &dec::DECLARATION);
        if in_item {
            at = at.and_then(|tree| last(tree, SHIPMENT)).and_then(|shipment| last(shipment, ITEMS));
            class = inner(inner(class, SHIPMENT), ITEMS);
        }
        for step in row.into.split('/').filter(|step| !step.is_empty()) {
            let name = step.trim_start_matches('+');
            class = inner(class, name);
            let new = step.starts_with('+');
            at = at.and_then(|of| if new { open_new(of, name, class, span) } else { open(of, name, span) });
        }
        if let Some(at) = at {
            data.into_iter().for_each(|(way, datum)| put(at, way, datum));
        }
    }

    /// Takes one datum, with the way to it.
    fn take(
        &mut self,
        take: &'static Take,
        from: Slot,
        segment: Numbered<'_, '_>,
        data: &mut Vec<(&'static str, Tree)>,
    ) {
        let (way, name) = take.to.rsplit_once('/').unwrap_or(("", take.to));
        let found = self.source.text_at(segment, from);
        let unnamed =
            || segment.segment.get_element(3).is_none_or(|name| name.components().all(|line| line.trim().is_empty()));
        let text = match take.how {
            How::Lines => lines(segment, from),
            How::First if !unnamed() => String::new(),
            How::Rest if unnamed() => lines(segment, from),
            How::Rest => String::new(),
            _ => found.value,
        };
        if text.is_empty() {
            return;
        }
        if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')) {
            let at = segment.at(Some(from.0), Some(from.1));
            return self.problems.push(problem(found.span, Some(at), EdifactFault::Control));
        }
        let mut datum = Tree::datum(name, text, found.span);
        match take.how {
            How::Number(of) => {
                datum.text = datum.text.replace(',', ".");
                let said = of.map(|(key, slot)| (key, segment.get(slot).to_owned()));
                datum.of = said.filter(|(_, value)| !value.is_empty());
            }
            How::Const(text) => text.clone_into(&mut datum.text),
            How::Date(form) => self.date(&mut datum, segment.get(form), segment),
            How::Procedure if datum.text.len() == 4 && datum.text.is_ascii() => {
                let before = datum.text.split_off(2);
                let before = Tree { text: before, name: "PreviousCode", ..datum.clone() };
                data.push((way, datum));
                return data.push((way, before));
            }
            _ => {}
        }
        data.push((way, datum));
    }

    /// A day; the time after it is not taken, since no zone is said with it.
    fn date(&mut self, datum: &mut Tree, form: &str, segment: Numbered<'_, '_>) {
        match form {
            "102" => {}
            "203" | "204" if datum.text.is_char_boundary(8) => datum.text.truncate(8),
            other => {
                let code = other.chars().take(3).collect();
                self.add(segment, EdifactFault::DateForm { code });
            }
        }
    }

    /// Holds the count of items (6069, code 5) against the items.
    fn controls(&mut self, controls: &[Numbered<'_, '_>]) {
        let items = self.tree.part(SHIPMENT).map_or(0, |of| of.parts.iter().filter(|part| part.name == ITEMS).count());
        for control in controls.iter().filter(|control| control.get((0, 0)) == "5") {
            let said = control.get((0, 1));
            if said.parse::<usize>() != Ok(items) {
                let said = said.chars().take(12).collect();
                self.add(*control, EdifactFault::Count { tag: "CNT", what: "items", said, counted: items });
            }
        }
    }

    fn add(&mut self, segment: Numbered<'_, '_>, fault: EdifactFault) {
        let span = self.source.place(segment.segment.span);
        self.problems.push(problem(span, Some(segment.at(None, None)), fault));
    }
}

/// Whether a row holds for a segment.
fn holds(row: &Row, element: usize, segment: Numbered<'_, '_>) -> bool {
    let Some(((of, component), codes)) = row.when else { return true };
    let of = if of == EACH { element } else { of };
    let said = segment.get((of, component));
    if codes.is_empty() { !said.is_empty() } else { codes.contains(&said) }
}

/// A component and those after it as one text. A line that is full, or ends with space, goes on in the next.
fn lines(segment: Numbered<'_, '_>, from: Slot) -> String {
    let element = segment.segment.get_element(from.0);
    let mut text = String::new();
    for line in element.into_iter().flat_map(|element| element.components().skip(from.1)) {
        let goes_on = text.is_empty() || text.ends_with(' ') || text.chars().count().is_multiple_of(70);
        if !goes_on && !line.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
    text.trim().to_owned()
}

/// The class named `name`: the last there is, or a new one.
fn open<'t>(of: &'t mut Tree, name: &'static str, span: Span) -> Option<&'t mut Tree> {
    if of.part(name).is_none() {
        of.parts.push(Tree::class(name, span));
    }
    last(of, name)
}

/// A new class named `name`, with its number where the table asks for one.
fn open_new<'t>(of: &'t mut Tree, name: &'static str, class: &'static Class, span: Span) -> Option<&'t mut Tree> {
    let number = of.parts.iter().filter(|part| part.name == name).count() + 1;
    let mut new = Tree::class(name, span);
    if class.part("SequenceNumeric").is_some_and(|(_, part)| part.required) {
        new.parts.push(Tree::datum("SequenceNumeric", number.to_string(), span));
    }
    of.parts.push(new);
    last(of, name)
}

/// The last part named `name`.
fn last<'t>(of: &'t mut Tree, name: &str) -> Option<&'t mut Tree> {
    of.parts.iter_mut().rev().find(|part| part.name == name)
}

/// Puts a datum where it belongs; one that is said twice alike is there once.
fn put(of: &mut Tree, way: &'static str, datum: Tree) {
    let mut at = of;
    for name in way.split('/').filter(|name| !name.is_empty()) {
        let Some(inside) = open(at, name, datum.tag) else { return };
        at = inside;
    }
    if !at.parts.iter().any(|part| part.name == datum.name && part.text == datum.text && part.of == datum.of) {
        at.parts.push(datum);
    }
}

/// The class of a part that is one; the class itself if the table has none, which a test rules out.
fn inner(class: &'static Class, name: &str) -> &'static Class {
    match class.part(name).map(|(_, part)| &part.content) {
        Some(Content::Class(inner)) => inner,
        _ => class,
    }
}
