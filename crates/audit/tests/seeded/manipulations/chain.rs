//! Manipulations of the log itself: its files, its chain, its times, its past.

use definition::model::Outcome;
use engine::case::Decider;
use engine::event::What;
use jiff::SignedDuration;
use log::SignerKey;
use log::key::Algorithm;
use record::lines::QueueFigure;

use super::{Manipulation, outcomes, row};
use crate::forge::{Files, Forge};
use crate::history::ORIGIN;

fn flip(files: &mut Files, path: &str) {
    let path = files.keys().find(|name| name.starts_with(path)).unwrap().clone();
    let bytes = files.get_mut(&path).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
}

/// The stage and the officer of a decision by one.
fn decided(what: &What) -> Option<(&String, &String)> {
    match what {
        What::Decided { stage, by: Decider::Officers(officers), .. } if officers.len() == 1 => {
            Some((stage, &officers[0]))
        }
        _ => None,
    }
}

/// Two refusals by one officer, the first of which came first of two cases that waited at once; where an order is promised, or where none is.
fn two_refusals(forge: &Forge, promised: bool) -> (usize, usize) {
    let service = if promised { "premises-registration" } else { "activity-licence" };
    let refusals: Vec<usize> = (0..forge.rows.len())
        .filter(|at| {
            let row = &forge.rows[*at];
            matches!(&row.event.what, What::Decided { route, .. } if route == "refuse")
                && decided(&row.event.what).is_some()
                && forge.service_of(row.case).name == service
        })
        .collect();
    let opened = |at: usize| forge.of_case(forge.rows[at].case)[0];
    let fits = |first: usize, second: usize| {
        decided(&forge.rows[first].event.what) == decided(&forge.rows[second].event.what)
            && opened(first) < opened(second)
            && opened(second) < first
            // Nothing happened to the second case in between.
            && forge.of_case(forge.rows[second].case).iter().all(|at| !(first..second).contains(at))
    };
    let pairs = refusals
        .iter()
        .enumerate()
        .flat_map(|(place, first)| refusals[place + 1..].iter().map(|second| (*first, *second)));
    pairs.into_iter().find(|(first, second)| fits(*first, *second)).expect("two cases waited at once")
}

/// Two acts of as many events change places in the log, seconds apart, and nothing else does.
fn change_places(forge: &mut Forge, first: usize, second: usize) {
    let (one, other) = (forge.act(first), forge.act(second));
    assert_eq!(one.len(), other.len());
    one.into_iter().zip(other).for_each(|(one, other)| forge.rows.swap(one, other));
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Takes away all that comes after a decision, the end of its act among it.
fn end_within_an_act(forge: &mut Forge) {
    let decided = |what: &What| matches!(what, What::Decided { by: Decider::Officers(_), .. });
    let last = forge.rows.iter().rposition(|row| decided(&row.event.what)).unwrap();
    forge.rows.truncate(last + 1);
}

pub const ROWS: &[Manipulation] = &[
    row("A101", "the checkpoint is signed with another key", |forge| {
        forge.key = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[9; 32]).unwrap();
    }),
    row("A102", "a byte of an entry is changed after it was signed", |forge| {
        forge.spoil_log = Some(|files| flip(files, "tile/entries/002"));
    }),
    row("A102", "a hash above the leaves is changed", |forge| {
        forge.spoil_log = Some(|files| flip(files, "tile/1/"));
    }),
    row("A102", "a bundle is taken away", |forge| {
        forge.spoil_log = Some(|files| drop(files.remove("tile/entries/001").unwrap()));
    }),
    row("A103", "an entry that is no leaf is signed", |forge| {
        forge.frozen.insert(700, b"no leaf".to_vec());
    }),
    row("A105", "an event is left out of a case and the leaves stay as they were", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        let mut leaves = forge.leaves().0;
        leaves.remove(at);
        forge.remove(at);
        forge.frozen = leaves.into_iter().enumerate().collect();
    }),
    row("A105", "an event whose absence nobody would miss is left out and the leaves stay as they were", |forge| {
        let at = forge.find(|what| matches!(what, What::Kept { note, .. } if !note.is_empty()));
        let mut leaves = forge.leaves().0;
        leaves.remove(at);
        forge.remove(at);
        forge.frozen = leaves.into_iter().enumerate().collect();
    }),
    Manipulation {
        seen_before: true,
        ..row("A104", "a whole case is removed and everything signed anew", |forge| {
            let case = forge.rows[500].case;
            forge.rows.retain(|row| row.case != case);
        })
    },
    Manipulation {
        seen_before: true,
        ..row("A104", "the log is rolled back by a hundred leaves", |forge| {
            let left = forge.rows.len() - 100;
            forge.rows.truncate(left);
        })
    },
    row("A106", "an ask is dated three days back", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        forge.shift(&[at], -3 * DAY);
    }),
    row("A106", "the clock runs ten days ahead for fifty events", |forge| {
        let places: Vec<usize> = (300..350).collect();
        forge.shift(&places, 10 * DAY);
    }),
    row("A106", "two applications change places in the log", |forge| {
        let opened = |from: usize, forge: &Forge| {
            (from..).find(|at| matches!(forge.rows[*at].event.what, What::Opened(_))).unwrap()
        };
        let first = opened(800, forge);
        let case = forge.rows[first].case;
        // One whom rules alone deal with, in its own applicant's name: nothing else follows from when it came.
        let is_plain = |at: usize| {
            forge.act(at).iter().map(|place| &forge.rows[*place].event).all(|event| {
                let seats = matches!(
                    event.what,
                    What::Drawn { .. } | What::Seated { .. } | What::Lot { .. } | What::Shared { .. }
                );
                event.under.is_none() && !seats
            })
        };
        let second = (first..).find(|at| {
            matches!(forge.rows[*at].event.what, What::Opened(_))
                && forge.rows[*at].case != case
                && is_plain(*at)
                && forge.rows[*at].event.at > forge.rows[first].event.at + SignedDuration::from_hours(1)
        });
        let second = second.unwrap();
        let act = forge.act(second);
        let moved: Vec<_> = forge.rows.drain(act[0]..=act[act.len() - 1]).collect();
        forge.rows.splice(first..first, moved);
    }),
    row("A107", "the clock runs a year ahead", |forge| {
        let places: Vec<usize> = (forge.rows.len() - 40..forge.rows.len()).collect();
        forge.shift(&places, 365 * DAY);
    }),
    row("A107", "the last act is dated a year ahead", |forge| {
        let last = forge.rows.len() - 1;
        assert!(matches!(forge.what(last), What::Kept { .. }));
        forge.shift(&[last], 365 * DAY);
    }),
    row("A108", "the last event is not disclosed", |forge| {
        forge.spoil_disclosure = Some(|files| {
            let (_, segment) = files.iter_mut().rfind(|(path, _)| path.starts_with("segments/")).unwrap();
            let told = record::segment::parse(segment).unwrap();
            let (mut again, last) = (Vec::new(), told.len() - 1);
            told.iter().take(last).for_each(|told| record::segment::push(&mut again, told));
            *segment = again;
        });
    }),
    row("A108", "an event is not disclosed", |forge| {
        forge.spoil_disclosure = Some(|files| {
            let segment = files.get_mut("segments/003").unwrap();
            let told = record::segment::parse(segment).unwrap();
            let mut again = Vec::new();
            told.iter().take(255).for_each(|told| record::segment::push(&mut again, told));
            *segment = again;
        });
    }),
    row("A108", "a segment is not disclosed", |forge| {
        forge.spoil_disclosure = Some(|files| drop(files.remove("segments/004").unwrap()));
    }),
    row("A201", "a public fact in a leaf is changed", |forge| {
        let at = forge.find(|what| matches!(what, What::Ended { .. }));
        let mut leaf = log::Leaf::decode(&forge.leaves().0[at]).unwrap();
        leaf.public.insert("outcome".to_owned(), log::Value::Text("withdrawn".to_owned()));
        forge.frozen.insert(at, leaf.encode().unwrap());
    }),
    row("A201", "an officer's words are changed and the leaf is left", |forge| {
        let at = forge.find(|what| matches!(what, What::Decided { note, .. } if !note.is_empty()));
        forge.freeze();
        if let What::Decided { note, .. } = forge.what(at) {
            "something else".clone_into(note);
        }
    }),
    row("A201", "a salt is changed", |forge| {
        forge.freeze();
        forge.rows[1000].salt = [0; 32];
    }),
    row("A202", "an event is written in another form", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        forge.rows[at].raw = Some(serde_json::to_vec_pretty(&forge.rows[at].event).unwrap());
    }),
    row("A402", "an event is removed inside a case and everything made anew", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        forge.remove(at);
    }),
    row("A402", "the opening of a case is removed", |forge| {
        let at = (900..).find(|at| matches!(forge.rows[*at].event.what, What::Opened(_))).unwrap();
        forge.remove(at);
    }),
    row("A424", "the end of an act is removed", |forge| {
        let at = forge.find(|what| matches!(what, What::Ended { certificate: Some(_), .. }));
        forge.remove(at);
    }),
    row("A424", "the end of a refusal is removed, and the figures made to fit", |forge| {
        let at = (0..forge.rows.len()).find(|at| {
            let row = &forge.rows[*at];
            matches!(&row.event.what, What::Ended { outcome: Outcome::Refused, .. })
                && forge.of_case(row.case).last() == Some(at)
        });
        let at = at.unwrap();
        let service = forge.service_of(forge.rows[at].case);
        let stage = forge.before(at).iter().rev().find_map(|event| match &event.what {
            What::Entered { stage, .. } => Some(stage.clone()),
            _ => None,
        });
        let stage = stage.unwrap();
        forge.remove(at);
        outcomes::statistics(forge, |statistics| {
            let own = |figure: &&mut QueueFigure| {
                figure.service == service.name && figure.stage == stage && figure.outcome.is_some()
            };
            let figure = statistics.queues.iter_mut().find(own).unwrap();
            figure.cases -= 1;
            let open = QueueFigure { outcome: None, cases: 1, ..figure.clone() };
            statistics.queues.push(open);
        });
    }),
    row("A424", "the log ends within an act", |forge| {
        end_within_an_act(forge);
    }),
    row("A502", "the log ends within an act, and no certificate is disclosed", |forge| {
        end_within_an_act(forge);
        forge.put_certificates(&[]);
    }),
    row("A601", "the ground on which a case was taken out of turn is struck out", |forge| {
        let at = forge.find(|what| matches!(what, What::Overtook { .. }));
        forge.remove(at);
    }),
    row("A601", "two decisions on one desk change places", |forge| {
        let (first, second) = two_refusals(forge, true);
        change_places(forge, first, second);
    }),
    row("A601", "the promise of an order is kept for all but one, whose case waits on", |forge| {
        // The case that an officer dealt with first is dealt with last, after all others that waited.
        let (first, _) = two_refusals(forge, true);
        let (stage, officer) = decided(&forge.rows[first].event.what).unwrap();
        let last = (first..forge.rows.len())
            .rfind(|at| decided(&forge.rows[*at].event.what).is_some_and(|(same, by)| same == stage && by == officer));
        change_places(forge, first, last.unwrap());
    }),
    row("A603", "a case is taken up before one that waited longer where no order is promised", |forge| {
        let (first, second) = two_refusals(forge, false);
        change_places(forge, first, second);
    }),
];
