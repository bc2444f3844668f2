//! What an activity of the past is in the definition.
//!
//! Must not know of: logs, how an act is decided.
//!
//! | act | keys | is |
//! |---|---|---|
//! | `submit` | | the application; its row gives the facts that are asked |
//! | `decide` | `stage`, `route`, `ground` for a refusal | an officer or inspector chooses a route; its row gives the facts that are recorded |
//! | `opine` | `stage`, `branch`, `opinion` (agree or object), `ground` for an objection | one authority of a consult answers |
//! | `supply` | `stage` | the applicant supplies the stage's facts; its row gives them |
//! | `pay` | `stage` | a payment arrives |
//! | `withdraw` | | the applicant takes the application back |
//! | `note` | | work that the definition gives no meaning to: a touch, never refused |

use std::collections::BTreeMap;

use definition::model::{Fact, Name, Opinion, Service, Source, Stage, StageKind};
use definition::syntax::yaml::Node;

use super::map::Book;
use super::mistake::Wrong;

/// What an activity is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Submit,
    Decide { stage: Name, route: Name, ground: Option<Name> },
    Opine { stage: Name, branch: Name, opinion: Opinion, ground: Option<Name> },
    Supply { stage: Name },
    Pay { stage: Name },
    Withdraw,
    Note,
}

impl Step {
    /// Whether it takes this fact from its row.
    pub(super) fn takes(&self, service: &Service, fact: &Fact) -> bool {
        let supplied_in = |stage: &Stage| match &stage.kind {
            StageKind::Applicant { facts, .. } => facts.contains(&fact.name),
            _ => false,
        };
        let recorded_in = |stage: &Stage| match &stage.kind {
            StageKind::Inspect(desk) => desk.record.contains(&fact.name),
            _ => false,
        };
        match (self, &fact.source) {
            (Self::Submit, Source::Ask { .. } | Source::Register { .. }) => !service.stages.iter().any(supplied_in),
            // A further desk may record it as well, where the one that the fact names did not settle it.
            (Self::Decide { stage, .. }, Source::Record { .. }) => service.stage(stage).is_some_and(recorded_in),
            (Self::Supply { stage }, Source::Ask { .. } | Source::Register { .. }) => {
                service.stage(stage).is_some_and(supplied_in)
            }
            _ => false,
        }
    }

    /// The stage that the case must be in.
    pub(super) fn stage(&self) -> Option<&Name> {
        match self {
            Self::Decide { stage, .. } | Self::Opine { stage, .. } | Self::Supply { stage } | Self::Pay { stage } => {
                Some(stage)
            }
            Self::Submit | Self::Withdraw | Self::Note => None,
        }
    }

    /// Whether an officer's hand is in it. Applicants and the treasury are no officers.
    pub(super) fn is_touch(&self) -> bool {
        matches!(self, Self::Decide { .. } | Self::Opine { .. } | Self::Note)
    }
}

/// Reads one activity's act.
pub(super) fn read(book: &mut Book<'_>, node: &Node, service: &Service) -> Option<Step> {
    let entries = book.entries(node, "an activity");
    let mut words = BTreeMap::new();
    for (key, node) in entries {
        words.extend(book.text(node, &key).map(|word| (key, word)));
    }
    let Some(act) = words.get("act") else {
        book.wrong(node.span, Wrong::NoKey { key: "act".to_owned() });
        return None;
    };
    let known: &[&str] = match act.as_str() {
        "submit" | "withdraw" | "note" => &["act"],
        "decide" => &["act", "stage", "route", "ground"],
        "opine" => &["act", "stage", "branch", "opinion", "ground"],
        "supply" | "pay" => &["act", "stage"],
        _ => {
            let wanted = "submit, decide, opine, supply, pay, withdraw or note";
            book.wrong(node.span, Wrong::Form { place: "`act`".to_owned(), wanted });
            return None;
        }
    };
    let needed: Vec<&str> = known.iter().copied().filter(|key| *key != "ground").collect();
    book.parts(node, "an activity", known, &needed);
    Reading { book, node, service, words }.step()
}

struct Reading<'a, 'b> {
    book: &'a mut Book<'b>,
    node: &'a Node,
    service: &'a Service,
    words: BTreeMap<String, String>,
}

impl Reading<'_, '_> {
    fn step(mut self) -> Option<Step> {
        let ground = self.words.get("ground").cloned();
        match self.words.get("act")?.as_str() {
            "submit" => Some(Step::Submit),
            "withdraw" => Some(Step::Withdraw),
            "note" => Some(Step::Note),
            "decide" => self.decide(ground),
            "opine" => self.opine(ground),
            "supply" => {
                let stage =
                    self.stage("stage of the applicant's", |kind| matches!(kind, StageKind::Applicant { .. }))?;
                Some(Step::Supply { stage })
            }
            _ => {
                let stage = self.stage("stage of payment", |kind| matches!(kind, StageKind::Pay { .. }))?;
                Some(Step::Pay { stage })
            }
        }
    }

    fn decide(&mut self, ground: Option<Name>) -> Option<Step> {
        let is_desk = |kind: &StageKind| matches!(kind, StageKind::Officer(_) | StageKind::Inspect(_));
        let stage = self.stage("stage of an officer's", is_desk)?;
        let (StageKind::Officer(desk) | StageKind::Inspect(desk)) = &self.service.stage(&stage)?.kind else {
            return None;
        };
        let route = self.one_of("route", "route", desk.may.keys())?;
        match &ground {
            Some(ground) => self.known("ground in this stage", ground, desk.grounds.iter())?,
            None if route == "refuse" => self.no_ground("a refusal", &desk.grounds)?,
            None => {}
        }
        Some(Step::Decide { stage, route, ground })
    }

    fn opine(&mut self, ground: Option<Name>) -> Option<Step> {
        let stage = self.stage("stage of a consult", |kind| matches!(kind, StageKind::Consult { .. }))?;
        let StageKind::Consult { branches, .. } = &self.service.stage(&stage)?.kind else { return None };
        let branch = self.one_of("branch", "branch", branches.iter().map(|branch| &branch.name))?;
        let own: Vec<&Name> = branches.iter().filter(|own| own.name == branch).flat_map(|own| &own.grounds).collect();
        if let Some(ground) = &ground {
            self.known("ground of this branch", ground, own.iter().copied())?;
        }
        let opinion = match self.words.get("opinion")?.as_str() {
            "agree" => Opinion::Agree,
            "object" => Opinion::Object,
            _ => {
                let place = "`opinion`".to_owned();
                self.book.wrong(self.node.span, Wrong::Form { place, wanted: "agree or object" });
                return None;
            }
        };
        if opinion == Opinion::Object && ground.is_none() {
            self.no_ground("an objection", own)?;
        }
        Some(Step::Opine { stage, branch, opinion, ground })
    }

    fn stage(&mut self, what: &'static str, fits: impl Fn(&StageKind) -> bool) -> Option<Name> {
        let stages = self.service.stages.iter().filter(|stage| fits(&stage.kind));
        self.one_of("stage", what, stages.map(|stage| &stage.name))
    }

    /// The word under this key, if it is one of these.
    fn one_of<'n>(&mut self, key: &str, what: &'static str, there: impl Iterator<Item = &'n Name>) -> Option<Name> {
        let name = self.words.get(key)?.clone();
        self.known(what, &name, there).map(|()| name)
    }

    /// Nobody would be allowed to do this, so that what silence would have done would look as if it came of the definition.
    fn no_ground<'n>(&mut self, what: &'static str, there: impl IntoIterator<Item = &'n Name>) -> Option<()> {
        let there = there.into_iter().cloned().collect();
        self.book.wrong(self.node.span, Wrong::NoGround { what, there });
        None
    }

    fn known<'n>(&mut self, what: &'static str, name: &Name, there: impl Iterator<Item = &'n Name>) -> Option<()> {
        let there: Vec<Name> = there.cloned().collect();
        if there.contains(name) {
            return Some(());
        }
        self.book.wrong(self.node.span, Wrong::NoSuch { what, name: name.clone(), there });
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_desk_that_records_a_fact_takes_it_from_its_row() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/desk");
        let mut files = crate::read_zone(&folder).unwrap();
        let again = "overdue: visit-again\n    may: { done: review }\n  visit-again:\n    inspect: inspector\n    record: [state]\n    \
                     within: 2 workdays\n    overdue: review\n    may: { done: review }\n";
        let words = "\nstage-visit-again = Visited again\nroute-visit-again-done = Done\n";
        for (path, from, to) in [
            ("services/permit/service.yaml", "overdue: review\n    may: { done: review }\n", again),
            ("services/permit/en.ftl", "\nstage-review", &format!("{words}stage-review")),
        ] {
            let text = files.0.get_mut(path).unwrap();
            let changed = String::from_utf8_lossy(text).replacen(from, to, 1);
            assert_ne!(changed.as_bytes(), &text[..], "{path}");
            *text = changed.into_bytes();
        }
        let checked = definition::check(&files);
        assert!(checked.problems.is_empty(), "{:#?}", checked.problems);
        let service = checked.zone.unwrap().services()["permit"].clone();
        let state = service.fact("state").unwrap();
        for (stage, takes) in [("visit", true), ("visit-again", true), ("review", false)] {
            let step = Step::Decide { stage: stage.to_owned(), route: "done".to_owned(), ground: None };
            assert_eq!(step.takes(&service, state), takes, "{stage}");
        }
    }
}
