//! Stages that a case can come to, and from which it can never come to an end.
//!
//! From every stage that a case can reach, some way must lead to a stage of the kind `end`, by routes that can really be taken.
//!
//! A lot is drawn once: a case that comes back to it goes the same way. So every way of a lot must lead to an end without the help of its others.
//!
//! A person in such a case waits for ever: there is no answer, no certificate, no refusal to appeal against.
//!
//! To mend it, give one of the stages a route, a consequence of its deadline, or a `then` that leads to an end.

use crate::check::context::Context;
use crate::check::flow::{Cause, Graph};
use crate::model::StageKind;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P202", name: "case-cannot-end" };

/// Looks at every service; what traps its cases is one problem.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        // A circle that nothing interrupts is told as that.
        if !super::loop_uninterrupted::found(graph).is_empty() {
            continue;
        }
        let trapped = trapped(graph);
        let Some((first, further)) = trapped.split_first() else { continue };
        let related = further.iter().map(|name| (context.stage(graph.service, name), "nor does this".to_owned()));
        problems.push(Problem {
            code: CODE,
            span: context.stage(graph.service, first),
            message: match stuck(graph, false).is_empty() {
                true => format!("a lot may fall so that no way leads from the stage `{first}` to an end"),
                false => format!("no way leads from the stage `{first}` to an end"),
            },
            related: related.collect(),
            why: "a person whose case comes here never gets an answer".to_owned(),
            help: "lead one of these stages to an `end`".to_owned(),
        });
    }
}

/// The stages that are reached and cannot end, in the author's order.
pub(super) fn trapped<'a>(graph: &Graph<'a>) -> Vec<&'a str> {
    stuck(graph, true)
}

/// The stages from which no end can be reached; with `whatever_is_drawn`, not whichever way each lot falls. A lot falls one way for good in a case, so
/// this is a game in which it chooses once, and the stages that win it are those from which one step leads where it is won: of a lot each step, of
/// others one (the attractor of the ends; McNaughton, "Infinite games played on finite graphs", 1993).
fn stuck<'a>(graph: &Graph<'a>, whatever_is_drawn: bool) -> Vec<&'a str> {
    let mut ends: Vec<bool> = graph.stages().map(|(_, stage)| matches!(stage.kind, StageKind::End(_))).collect();
    let mut before = vec![Vec::new(); ends.len()];
    // Of a lot, how many ways do not lead to an end as far as is known.
    let mut open = vec![0_usize; ends.len()];
    for edge in graph.live() {
        let is_lot = whatever_is_drawn && matches!(edge.cause, Cause::Lot(_));
        // What comes of a draw that does not take place is one of the lot's ways, which is looked at as such.
        let is_again = whatever_is_drawn && !is_lot && is_lots(graph, edge.from);
        if let (Some(list), false) = (before.get_mut(edge.to), is_again) {
            list.push(edge.from);
            open.get_mut(edge.from).into_iter().for_each(|open| *open += usize::from(is_lot));
        }
    }
    let mut ahead: Vec<usize> = ends.iter().enumerate().filter(|(_, ends)| **ends).map(|(number, _)| number).collect();
    while let Some(number) = ahead.pop() {
        for &from in before.get(number).into_iter().flatten() {
            let left = open.get_mut(from).map_or(0, |open| {
                *open = open.saturating_sub(1);
                *open
            });
            if let Some(mark) = ends.get_mut(from).filter(|mark| !**mark && left == 0) {
                *mark = true;
                ahead.push(from);
            }
        }
    }
    let stuck = ends.iter().enumerate().filter(|(number, ends)| !**ends && graph.is_reached(*number));
    stuck.map(|(number, _)| graph.name(number)).collect()
}

fn is_lots(graph: &Graph<'_>, number: usize) -> bool {
    matches!(graph.stage(number).map(|stage| &stage.kind), Some(StageKind::Lot { .. }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Graph, StageKind, trapped};
    use crate::check::tables::Examined;
    use crate::model::{Applicant, Desk, End, Outcome, Overdue, Period, Service, Share, Stage, Unit, Until, Wait};

    const A_DAY: Period = Period { count: 1, unit: Unit::Days };

    fn name(number: usize) -> String {
        format!("s{number}")
    }

    /// A stage that leads to both of two others: by lot, by an officer, or, where they are one, after a time.
    fn kind(by_lot: bool, one: usize, other: usize) -> StageKind {
        if one == other {
            return StageKind::Wait { until: Until::After(A_DAY), then: name(one) };
        }
        if by_lot {
            let routes = [one, other].map(|to| Share { route: name(to), weight: 1 }).to_vec();
            return StageKind::Lot { routes, within: A_DAY };
        }
        StageKind::Officer(Desk {
            role: "clerk".to_owned(),
            people: 1,
            divided: None,
            wait: Wait { within: A_DAY, overdue: Overdue::Stage(name(other)) },
            may: BTreeMap::from([("go".to_owned(), name(one))]),
            ask: false,
            grounds: Vec::new(),
            proposal: None,
            record: Vec::new(),
            order: None,
        })
    }

    fn service(kinds: Vec<StageKind>) -> Service {
        let end = End {
            outcome: Outcome::Closed,
            issue: None,
            valid: None,
            once: false,
            enter: None,
            book: None,
            otherwise: None,
            appeal: None,
            overturn: false,
        };
        let kinds = kinds.into_iter().chain([StageKind::End(end)]).enumerate();
        Service {
            name: "service".to_owned(),
            authority: "town".to_owned(),
            portal: "market".to_owned(),
            applicant: Applicant::Person,
            within: A_DAY,
            answer: None,
            reserve: None,
            facts: Vec::new(),
            stages: kinds.map(|(number, kind)| Stage { name: name(number), kind, binding: false }).collect(),
            tables: BTreeMap::new(),
            words: BTreeMap::new(),
        }
    }

    /// Whether an end can be reached from a stage, when the n-th lot falls on its first way where the n-th bit is set.
    fn ends(plans: &[(bool, usize, usize)], from: usize, falls: u32) -> bool {
        let (mut seen, mut ahead) = (vec![false; plans.len() + 1], vec![from]);
        while let Some(number) = ahead.pop() {
            if std::mem::replace(&mut seen[number], true) {
                continue;
            }
            let Some((by_lot, one, other)) = plans.get(number) else { return true };
            match (by_lot, falls & (1 << number) != 0) {
                (true, true) => ahead.push(*one),
                (true, false) => ahead.push(*other),
                (false, _) => ahead.extend([*one, *other]),
            }
        }
        false
    }

    proptest! {
        /// Held against every way in which all lots can fall, one after the other.
        #[test]
        fn a_case_can_end_however_the_lots_fall(
            plans in (1_usize..7).prop_flat_map(|count| prop::collection::vec((any::<bool>(), 0..=count, 0..=count), count)),
        ) {
            let service = service(plans.iter().map(|(by_lot, one, other)| kind(*by_lot, *one, *other)).collect());
            let graph = Graph::of(&service, &Examined::default());
            let always = |number: &usize| (0..1 << plans.len()).all(|falls| ends(&plans, *number, falls));
            let expected: Vec<String> = (0..plans.len())
                .filter(|number| graph.is_reached(*number) && !always(number))
                .map(name)
                .collect();
            prop_assert_eq!(trapped(&graph), expected);
        }
    }
}
