//! One change of a request applied to a declaration's tree.
//!
//! What the request gives at the place replaces what is there, or is added; where it gives nothing, what is there goes. Numbers count in the declaration as it was, so
//! what goes is taken out at the end. Must not know of: which declaration is meant, or whether it may change.

use definition::span::Span;

use super::fault::AmendFault;
use super::pointer::{Step, Target, follow, follow_mut, way};
use super::{Change, Kind};
use crate::wco::tree::Tree;

/// A declaration while it changes.
pub(super) struct Changing {
    pub tree: Tree,
    /// The ways to what goes.
    gone: Vec<Vec<usize>>,
}

type Wrong = (Span, AmendFault);

impl Changing {
    pub const fn new(tree: Tree) -> Self {
        Self { tree, gone: Vec::new() }
    }

    /// Applies one change; `given` is what the request has of a declaration.
    pub fn apply(&mut self, target: &Target, given: &Tree) -> Result<Change, Wrong> {
        let content = content(given, &target.steps).map_err(|fault| (target.span, fault))?;
        let change = match target.datum {
            Some(datum) => {
                let new = content.and_then(|class| class.part(datum.name)).filter(|datum| !datum.text.is_empty());
                self.datum(target, datum.name, new)
            }
            None => self.class(target, content.filter(|class| holds_something(class))),
        };
        change.ok_or_else(|| (target.span, AmendFault::Nowhere { path: target.path() }))
    }

    fn datum(&mut self, target: &Target, name: &'static str, new: Option<&Tree>) -> Option<Change> {
        let at = way(&self.tree, &target.steps);
        let class = at.as_ref().and_then(|at| follow(&self.tree, at));
        let place = class.and_then(|class| class.parts.iter().position(|part| part.name == name));
        let before = class.and_then(|class| class.part(name)).map(written);
        let after = new.map(written);
        match (new, place, at) {
            (Some(new), Some(place), Some(at)) => {
                *follow_mut(&mut self.tree, &at)?.parts.get_mut(place)? = new.clone();
                Some(change(target, Kind::Replaced, before, after))
            }
            (Some(new), None, _) => {
                self.class_for(&target.steps, new.tag)?.parts.push(new.clone());
                Some(change(target, Kind::Added, None, after))
            }
            (None, Some(place), Some(mut at)) => {
                at.push(place);
                self.gone.push(at);
                Some(change(target, Kind::Removed, before, None))
            }
            _ => None,
        }
    }

    fn class(&mut self, target: &Target, new: Option<&Tree>) -> Option<Change> {
        let (last, before) = target.steps.split_last()?;
        let at = way(&self.tree, &target.steps);
        match (new, at) {
            (Some(new), Some(at)) => {
                *follow_mut(&mut self.tree, &at)? = new.clone();
                Some(change(target, Kind::Replaced, None, None))
            }
            (Some(new), None) => {
                let parent = self.class_for(before, new.tag)?;
                let count = parent.parts.iter().filter(|part| part.name == last.part.name).count();
                // What is found by its order can only be added at the end.
                if last.number.is_some_and(|number| !last.is_numbered() && number != count + 1) {
                    return None;
                }
                parent.parts.push(new.clone());
                Some(change(target, Kind::Added, None, None))
            }
            (None, Some(at)) => {
                self.gone.push(at);
                Some(change(target, Kind::Removed, None, None))
            }
            (None, None) => None,
        }
    }

    /// The class at the end of `steps`. Those of which there can be only one are opened; of the others, it has to be there.
    fn class_for(&mut self, steps: &[Step], span: Span) -> Option<&mut Tree> {
        let mut at = &mut self.tree;
        for step in steps {
            if step.find(at).is_none() {
                if step.number.is_some() {
                    return None;
                }
                at.parts.push(Tree::class(step.part.name, span));
            }
            let index = step.find(at)?;
            at = at.parts.get_mut(index)?;
        }
        Some(at)
    }

    /// The declaration without what goes.
    pub fn done(mut self) -> Tree {
        self.gone.sort();
        self.gone.dedup();
        for mut at in self.gone.into_iter().rev() {
            let Some(place) = at.pop() else { continue };
            if let Some(class) = follow_mut(&mut self.tree, &at).filter(|class| place < class.parts.len()) {
                class.parts.remove(place);
            }
        }
        self.tree
    }
}

/// What the request gives at the end of `steps`.
fn content<'t>(given: &'t Tree, steps: &[Step]) -> Result<Option<&'t Tree>, AmendFault> {
    let mut at = given;
    for step in steps {
        let count = at.parts.iter().filter(|part| part.name == step.part.name).count();
        match (step.find(at).and_then(|index| at.parts.get(index)), step.number) {
            (Some(part), _) => at = part,
            // Some are given, but not so many: what is missing must not be taken for what goes.
            (None, Some(number)) if count > 0 && !step.is_numbered() => {
                return Err(AmendFault::Fewer { class: step.part.name, given: count, number });
            }
            (None, _) => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// Whether a class has more in it than its own number.
fn holds_something(class: &Tree) -> bool {
    class.parts.iter().any(|part| part.name != "SequenceNumeric")
}

fn change(target: &Target, kind: Kind, before: Option<String>, after: Option<String>) -> Change {
    Change { path: target.path(), id: target.id(), kind, before, after, reason: None, words: None }
}

/// A datum in words: its text, and the currency or unit.
pub(super) fn written(datum: &Tree) -> String {
    match &datum.of {
        Some((_, of)) => format!("{} {of}", datum.text),
        None => datum.text.clone(),
    }
}
