//! Manipulations of the log itself: its files, its chain, its times, its past.

use engine::event::What;
use jiff::SignedDuration;
use log::SignerKey;
use log::key::Algorithm;

use super::{Manipulation, row};
use crate::forge::{Files, Forge};
use crate::history::ORIGIN;

fn flip(files: &mut Files, path: &str) {
    let path = files.keys().find(|name| name.starts_with(path)).unwrap().clone();
    let bytes = files.get_mut(&path).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

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
        let second = (first..).find(|at| {
            matches!(forge.rows[*at].event.what, What::Opened(_))
                && forge.rows[*at].case != case
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
    row("A601", "a case is taken up before one that waited longer with the same officer", |forge| {
        let decides = |what: &What| match what {
            What::Decided { stage, by: engine::case::Decider::Officers(officers), .. } if officers.len() == 1 => {
                Some((stage.clone(), officers[0].clone()))
            }
            _ => None,
        };
        let decisions: Vec<_> =
            (0..forge.rows.len()).filter_map(|at| Some((at, decides(&forge.rows[at].event.what)?))).collect();
        let pair = decisions.iter().enumerate().find_map(|(place, (first, key))| {
            let later = decisions[place + 1..]
                .iter()
                .find(|(at, other)| other == key && forge.rows[*at].case != forge.rows[*first].case);
            later.map(|(second, _)| (*first, *second))
        });
        let (first, second) = pair.unwrap();
        let (act, target) = (forge.act(first), forge.act(second).last().unwrap() + 1);
        let moved: Vec<_> = forge.rows[act[0]..=act[act.len() - 1]].to_vec();
        forge.rows.splice(target..target, moved);
        forge.rows.drain(act[0]..=act[act.len() - 1]);
    }),
];
