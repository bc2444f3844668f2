//! Manipulations of what people and deadlines did in a case.

use definition::model::Outcome;
use definition::value::{Money, Value};
use engine::case::{Decider, Proposal};
use engine::event::{Event, What};
use jiff::SignedDuration;
use record::lines::QueueFigure;

use super::{Manipulation, outcomes, row};
use crate::forge::{Forge, Row1};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn alone(by: &Decider) -> bool {
    matches!(by, Decider::Officers(officers) if officers.len() == 1)
}

fn refusal(forge: &Forge) -> usize {
    forge.find(|what| matches!(what, What::Decided { by, route, .. } if alone(by) && route == "refuse"))
}

/// The event before this one in its case.
fn previous(forge: &Forge, at: usize) -> usize {
    *forge.of_case(forge.rows[at].case).iter().rfind(|place| **place < at).unwrap()
}

fn silence(forge: &Forge) -> usize {
    forge.find(|what| matches!(what, What::Decided { by: Decider::Silence(_), stage, .. } if stage == "review"))
}

pub const ROWS: &[Manipulation] = &[
    row("A404", "a desk's deadline is stretched by five days", |forge| {
        let at = forge.find(|what| matches!(what, What::Entered { stage, .. } if stage == "review"));
        if let What::Entered { due, .. } = forge.what(at) {
            due.values_mut().for_each(|due| *due = due.checked_add(5 * DAY).unwrap());
        }
    }),
    row("A404", "the time for an appeal is shortened", |forge| {
        let at = forge.find(|what| matches!(what, What::Ended { appeal_until: Some(_), .. }));
        if let What::Ended { appeal_until: Some(until), .. } = forge.what(at) {
            *until = until.checked_sub(5 * DAY).unwrap();
        }
    }),
    row("A404", "the officers give themselves more time after an answer", |forge| {
        let at = forge.find(|what| matches!(what, What::Supplied { due: Some(_), .. }));
        if let What::Supplied { due: Some(due), .. } = forge.what(at) {
            *due = due.checked_add(2 * DAY).unwrap();
        }
    }),
    row("A405", "a deadline runs out a day before its time", |forge| {
        let at = forge.find(|what| matches!(what, What::Lapsed { .. }));
        let act = forge.act(at);
        forge.shift(&act, -DAY);
    }),
    row("A405", "a deadline runs out that the case did not have", |forge| {
        let at = forge.find(|what| matches!(what, What::Lapsed { .. }));
        if let What::Lapsed { due, .. } = forge.what(at) {
            *due = due.checked_sub(DAY).unwrap();
        }
    }),
    row("A406", "silence decides without a deadline that ran out", |forge| {
        let at = silence(forge);
        forge.remove(previous(forge, at));
    }),
    row("A406", "silence refuses where it grants", |forge| {
        let at = silence(forge);
        if let What::Decided { route, .. } = forge.what(at) {
            "refuse".clone_into(route);
        }
    }),
    row("A407", "an officer decides after the deadline as if it had not passed", |forge| {
        let at = silence(forge);
        if let What::Decided { by: Decider::Silence(silent), .. } = forge.what(at).clone()
            && let What::Decided { by, .. } = forge.what(at)
        {
            *by = Decider::Officers(silent);
        }
        forge.remove(previous(forge, at));
    }),
    row("A407", "a case lies there although its deadline passed", |forge| {
        let lapsed = |forge: &Forge, at: usize| {
            let act = forge.act(at);
            let ends = |place: &usize| {
                matches!(
                    &forge.rows[*place].event.what,
                    What::Ended { outcome: Outcome::Lapsed, certificate: None, .. }
                )
            };
            act.iter().any(ends) && forge.of_case(forge.rows[at].case).last() == act.last()
        };
        let at = (0..forge.rows.len())
            .find(|at| matches!(forge.rows[*at].event.what, What::Lapsed { .. }) && lapsed(forge, *at))
            .unwrap();
        let service = forge.service_of(forge.rows[at].case);
        let entered = |event: &Event| match &event.what {
            What::Entered { stage, .. } => Some(stage.clone()),
            _ => None,
        };
        let open = forge.before(at).iter().rev().find_map(entered).unwrap();
        let act = forge.act(at);
        let end = act.iter().rev().find_map(|place| entered(&forge.rows[*place].event)).unwrap();
        act.iter().rev().for_each(|place| forge.remove(*place));
        outcomes::statistics(forge, |statistics| {
            let ended = |figure: &&mut QueueFigure| {
                figure.service == service.name && figure.stage == end && figure.outcome.as_deref() == Some("lapsed")
            };
            let figure = statistics.queues.iter_mut().find(ended).unwrap();
            figure.cases -= 1;
            let open = QueueFigure { stage: open.clone(), outcome: None, cases: 1, ..figure.clone() };
            statistics.queues.push(open);
        });
    }),
    row("A414", "a refusal loses its ground", |forge| {
        let at = refusal(forge);
        if let What::Decided { grounds, .. } = forge.what(at) {
            grounds.clear();
        }
    }),
    row("A414", "a refusal cites a ground of another service", |forge| {
        let at = refusal(forge);
        if let What::Decided { grounds, .. } = forge.what(at) {
            *grounds = vec!["plan-height".to_owned()];
        }
    }),
    row("A414", "an officer's grant becomes a refusal", |forge| {
        let at = forge.find(|what| matches!(what, What::Decided { by, route, .. } if alone(by) && route == "grant"));
        if let What::Decided { route, .. } = forge.what(at) {
            "refuse".clone_into(route);
        }
    }),
    row("A415", "refusals rest on an article that was no longer in force", |forge| {
        let hash = forge.redefine("activity-licence", |text| {
            text["zone"]["grounds"]["premises-unfit"]["to"] = "2020-01-01".into();
        });
        // Cases in which officers signed have the definition in what they signed.
        let signed = forge.rows.iter().position(|row| row.event.signed.is_some()).unwrap();
        let mut cases = Vec::new();
        for row in &mut forge.rows[..signed] {
            if let What::Opened(opened) = &mut row.event.what
                && opened.service == "activity-licence"
            {
                opened.definition = hash;
                cases.push(row.case.0.to_vec());
            }
        }
        let certificates = forge.certificates().into_iter().map(|line| {
            let claims = credential::Certificate::read(&line.message).unwrap().claims().clone();
            match cases.contains(&claims.id) {
                true => forge.reissue(&line, |claims| claims.definition = hash.0.to_vec()),
                false => line,
            }
        });
        let certificates: Vec<_> = certificates.collect();
        forge.put_certificates(&certificates);
    }),
    row("A416", "the applicant is asked a second time", |forge| {
        let at = forge.find(|what| matches!(what, What::Supplied { due: Some(_), .. }));
        let ask = forge.rows[previous(forge, at)].event.what.clone();
        forge.insert(at, ask);
    }),
    row("A416", "the applicant is asked for nothing", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        if let What::Asked { items, .. } = forge.what(at) {
            items.clear();
        }
    }),
    row("A416", "an applicant who did not answer was asked for nothing", |forge| {
        let at = (0..forge.rows.len()).find(|at| {
            let later = forge.of_case(forge.rows[*at].case).into_iter().find(|later| later > at);
            matches!(forge.rows[*at].event.what, What::Asked { .. })
                && later.is_some_and(|later| matches!(forge.rows[later].event.what, What::Lapsed { .. }))
        });
        if let What::Asked { items, .. } = forge.what(at.unwrap()) {
            items.clear();
        }
    }),
    row("A416", "the applicant is asked on no ground of the desk", |forge| {
        let at = forge.find(|what| matches!(what, What::Asked { .. }));
        if let What::Asked { items, .. } = forge.what(at) {
            items[0].ground = "plan-height".to_owned();
        }
    }),
    row("A417", "a fee is halved for one applicant", |forge| {
        let halve = |amount: &mut Money| amount.minor /= 2;
        let at = forge.find(|what| matches!(what, What::Paid { .. }));
        if let What::Paid { amount, .. } = forge.what(at) {
            halve(amount);
        }
        let entered = previous(forge, at);
        if let What::Entered { amount: Some(amount), .. } = forge.what(entered) {
            halve(amount);
        }
    }),
    row("A417", "less is paid than is due", |forge| {
        let at = forge.find(|what| matches!(what, What::Paid { .. }));
        if let What::Paid { amount, .. } = forge.what(at) {
            amount.minor -= 1;
        }
    }),
    row("A426", "one receipt pays in two cases", |forge| {
        let paid: Vec<usize> =
            (0..forge.rows.len()).filter(|at| matches!(forge.rows[*at].event.what, What::Paid { .. })).collect();
        if let What::Paid { receipt: first, .. } = forge.what(paid[0]).clone()
            && let What::Paid { receipt, .. } = forge.what(paid[1])
        {
            *receipt = first;
        }
    }),
    row("A418", "a case skips the site and comes to a later stage", |forge| {
        let at = forge.find(|what| matches!(what, What::Entered { stage, .. } if stage == "opinions"));
        if let What::Entered { stage, due, .. } = forge.what(at) {
            let until = *due.values().next().unwrap();
            "decision".clone_into(stage);
            *due = [("decision".to_owned(), until)].into();
        }
    }),
    row("A418", "an officer takes a route that the desk does not have", |forge| {
        let at = forge.find(|what| matches!(what, What::Decided { by, .. } if alone(by)));
        if let What::Decided { route, .. } = forge.what(at) {
            "wave-through".clone_into(route);
        }
    }),
    row("A419", "a certificate's validity is stretched by a year", |forge| {
        let at =
            forge.find(|what| matches!(what, What::Ended { certificate: Some(issued), .. } if issued.until.is_some()));
        if let What::Ended { certificate: Some(issued), .. } = forge.what(at) {
            issued.until = issued.until.map(|until| until.checked_add(365 * DAY).unwrap());
        }
    }),
    row("A419", "a validity is stretched by a year, and the certificate made to fit", |forge| {
        let at =
            forge.find(|what| matches!(what, What::Ended { certificate: Some(issued), .. } if issued.until.is_some()));
        if let What::Ended { certificate: Some(issued), .. } = forge.what(at) {
            issued.until = issued.until.map(|until| until.checked_add(365 * DAY).unwrap());
        }
        let mut certificates = forge.certificates();
        let place = certificates.iter().position(|line| line.position == at as u64).unwrap();
        certificates[place] = forge.reissue(&certificates[place], |claims| {
            claims.expires_s = claims.expires_s.map(|until_s| until_s + 365 * 86_400);
        });
        forge.put_certificates(&certificates);
    }),
    row("A419", "what a case enters into a register goes to somebody else", |forge| {
        let at = forge.find(|what| matches!(what, What::Ended { enter: Some(_), .. }));
        if let What::Ended { enter: Some(enter), .. } = forge.what(at) {
            enter.held_by = Some("P-0001".to_owned());
        }
    }),
    row("A420", "an appeal is said to have been lodged that nobody lodged", |forge| {
        let appealed: Vec<_> = forge
            .rows
            .iter()
            .filter(|row| matches!(row.event.what, What::Appealed { .. }))
            .map(|row| row.case)
            .collect();
        let at = (0..forge.rows.len())
            .find(|at| {
                matches!(forge.rows[*at].event.what, What::Ended { appeal_until: Some(_), .. })
                    && !appealed.contains(&forge.rows[*at].case)
            })
            .unwrap();
        forge.insert(at, What::Appealed { by: engine::CaseId([3; 16]) });
    }),
    row("A420", "a decision falls though the appeal was refused", |forge| {
        let overturned: Vec<_> = forge
            .rows
            .iter()
            .filter_map(|row| match row.event.what {
                What::Overturned { by } => Some(by),
                _ => None,
            })
            .collect();
        let (case, by) = forge
            .rows
            .iter()
            .find_map(|row| match row.event.what {
                What::Appealed { by } if !overturned.contains(&by) => Some((row.case, by)),
                _ => None,
            })
            .unwrap();
        let end = *forge.of_case(by).last().unwrap();
        let mut event = forge.rows[end].event.clone();
        event.what = What::Overturned { by };
        forge.rows.insert(end + 1, Row1 { case, salt: [5; 32], event, raw: None, was: None });
    }),
    row("A421", "one officer alone corrects a name", |forge| {
        let at = forge.find(|what| matches!(what, What::Corrected { .. }));
        if let What::Corrected { officers, .. } = forge.what(at) {
            officers.remove(0);
        }
        forge.remove(previous(forge, at));
    }),
    row("A421", "a fact that decides is called a clerical error", |forge| {
        let at = forge.find(|what| matches!(what, What::Corrected { .. }));
        let proposed = previous(forge, at);
        let amount = Value::Decimal(7.into());
        if let What::Corrected { fact, value, .. } = forge.what(at) {
            "partners".clone_into(fact);
            value.clone_from(&amount);
        }
        if let What::Proposed { proposal: Proposal::Correct { fact, value }, .. } = forge.what(proposed) {
            "partners".clone_into(fact);
            *value = amount;
        }
    }),
    row("A422", "one officer alone revokes a certificate", |forge| {
        let at = forge.find(|what| matches!(what, What::Revoked { .. }));
        if let What::Revoked { officers, .. } = forge.what(at) {
            officers.remove(0);
        }
        forge.remove(previous(forge, at));
    }),
    row("A401", "an officer who left a case as it stands does so again", |forge| {
        let at = forge.find(|what| matches!(what, What::Kept { note, .. } if !note.is_empty()));
        let kept = forge.what(at).clone();
        forge.insert(at, kept);
    }),
    row("A411", "officers are called to look at a case again who are there already", |forge| {
        let at = forge.find(|what| matches!(what, What::Convened { .. }));
        let convened = forge.what(at).clone();
        let last = *forge.act(at).last().unwrap();
        forge.insert(last, convened);
    }),
    row("A423", "an application is taken without the lease that it needs", |forge| {
        let at = forge.find(|what| matches!(what, What::Opened(opened) if opened.service == "premises-registration"));
        if let What::Opened(opened) = forge.what(at) {
            opened.facts.remove("lease");
        }
    }),
];
