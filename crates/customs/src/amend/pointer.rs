//! The way to a datum of a declaration: pointers of the WCO Data Model (class 97A) to classes and data of the message's table.
//!
//! A number counts only where a class may be there more often than once: the trade test of HM Revenue & Customs has other numbers than 1 where it may not.
//! Classes with a sequence number (006) are found by it, others by their order. Must not know of: what changes.

use definition::span::Span;

use super::fault::AmendFault;
use crate::declaration::{Amendment, Pointer};
use crate::wco::dec;
use crate::wco::model::{Class, Content, Part};
use crate::wco::tree::Tree;

/// A class on the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub part: &'static Part,
    class: &'static Class,
    /// Which of its name, from 1, where there may be several.
    pub number: Option<usize>,
}

/// Where a change leads.
#[derive(Debug)]
pub(super) struct Target {
    pub steps: Vec<Step>,
    /// The datum; without one the last class is meant as a whole.
    pub datum: Option<&'static Part>,
    pub span: Span,
}

impl Target {
    /// Follows the pointers of one change through the table; `place` is where it stands if it has none.
    pub fn of(amendment: &Amendment, place: Span) -> Result<Self, (Span, AmendFault)> {
        let mut class = &dec::DECLARATION;
        let mut name = dec::NAME;
        let mut target = Self { steps: Vec::new(), datum: None, span: place };
        for (at, pointer) in amendment.pointer.iter().enumerate() {
            let section = pointer.section.as_ref();
            target.span = section.map_or(place, |section| section.span);
            let code = section.map_or("", |section| section.value.as_str());
            let unknown = |within| AmendFault::UnknownClass { section: code.chars().take(10).collect(), within };
            if at == 0 {
                if code != DECLARATION {
                    return Err((target.span, unknown("the message")));
                }
            } else {
                let step = step(class, name, pointer, code).map_err(|fault| (target.span, fault))?;
                let step = step.ok_or_else(|| (target.span, unknown(name)))?;
                (class, name) = (step.class, step.part.name);
                target.steps.push(step);
            }
            let Some(tag) = &pointer.tag else { continue };
            let datum =
                class.parts.iter().find(|part| part.id == tag.value && matches!(part.content, Content::Datum(_)));
            let last = at + 1 == amendment.pointer.len();
            target.datum = datum.filter(|_| last);
            if target.datum.is_none() {
                let tag = tag.value.chars().take(10).collect();
                return Err((target.span, AmendFault::UnknownDatum { tag, within: name }));
            }
        }
        if target.steps.is_empty() && target.datum.is_none() {
            return Err((target.span, AmendFault::NoPointer));
        }
        Ok(target)
    }

    /// The way in the names of elements: `Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/...`.
    pub fn path(&self) -> String {
        let steps = self.steps.iter().map(|step| match step.number {
            Some(number) => format!("{}[{number}]", step.part.name),
            None => step.part.name.to_owned(),
        });
        let datum = self.datum.map(|datum| datum.name.to_owned());
        std::iter::once(dec::NAME.to_owned()).chain(steps).chain(datum).collect::<Vec<_>>().join("/")
    }

    /// The number of what is meant.
    pub fn id(&self) -> &'static str {
        self.datum.or_else(|| self.steps.last().map(|step| step.part)).map_or("42A", |part| part.id)
    }
}

/// The class of a declaration.
const DECLARATION: &str = "42A";

/// The class that a pointer names; nothing if `class` has none of that number.
fn step(class: &'static Class, name: &'static str, pointer: &Pointer, code: &str) -> Result<Option<Step>, AmendFault> {
    let found = class.parts.iter().find_map(|part| match &part.content {
        Content::Class(inner) if part.id == code => Some((part, *inner)),
        _ => None,
    });
    let Some((part, inner)) = found else { return Ok(None) };
    let number = pointer.number.as_ref().and_then(|number| usize::try_from(number.value).ok());
    let number = match (part.most, number) {
        (Some(1), _) => None,
        (_, None) => return Err(AmendFault::NoNumber { class: if part.name.is_empty() { name } else { part.name } }),
        (_, number) => number,
    };
    Ok(Some(Step { part, class: inner, number }))
}

impl Step {
    /// Whether its class has a sequence number.
    pub fn is_numbered(&self) -> bool {
        self.class.part("SequenceNumeric").is_some()
    }

    /// Where in `of` it is.
    pub fn find(&self, of: &Tree) -> Option<usize> {
        let mut own = of.parts.iter().enumerate().filter(|(_, part)| part.name == self.part.name);
        match self.number {
            None => own.next().map(|(at, _)| at),
            Some(number) if self.is_numbered() => {
                own.find(|(_, part)| sequence(part) == Some(number)).map(|(at, _)| at)
            }
            Some(number) => own.nth(number.checked_sub(1)?).map(|(at, _)| at),
        }
    }
}

/// The sequence number of a class.
pub(super) fn sequence(of: &Tree) -> Option<usize> {
    of.text_of("SequenceNumeric").and_then(|text| text.trim().parse().ok())
}

/// The way to the last of `steps` in `of`, as the number of each part.
pub(super) fn way(of: &Tree, steps: &[Step]) -> Option<Vec<usize>> {
    let mut at = of;
    let mut way = Vec::new();
    for step in steps {
        let index = step.find(at)?;
        at = at.parts.get(index)?;
        way.push(index);
    }
    Some(way)
}

/// The element at the end of a way.
pub(super) fn follow<'t>(of: &'t Tree, way: &[usize]) -> Option<&'t Tree> {
    way.iter().try_fold(of, |at, index| at.parts.get(*index))
}

/// The same, to change it.
pub(super) fn follow_mut<'t>(of: &'t mut Tree, way: &[usize]) -> Option<&'t mut Tree> {
    way.iter().try_fold(of, |at, index| at.parts.get_mut(*index))
}
