//! The beginning of an audit and its report: the checkpoint, what was verified before, what can be checked.
//!
//! Must not know of: cases.

use log::reader::TileError;
use log::tree::Tree;
use log::{Checkpoint, ReadError, checkpoint};
use record::leaf::pseudonym;
use record::manifest::{self, Manifest};

use super::Walk;
use crate::checks::{checkpoint_not_signed, history_rewritten, tree_differs};
use crate::finding::{Findings, Weight};
use crate::input::{CouldNot, Input};
use crate::report::Report;
use crate::state::State;
use crate::tree::Grown;

/// Cases that a line of a report names; it counts the others.
const NAMED_MAX: usize = 20;

/// The log's checkpoint; none, and a finding, when its key did not sign it.
pub(super) fn checkpoint(input: &Input<'_>, findings: &mut Findings) -> Result<Option<Checkpoint>, CouldNot> {
    let path = checkpoint::PATH;
    let unread = |why: String| CouldNot::Read { path: path.to_owned(), why };
    let bytes = input.log.read(path).map_err(|error| unread(error.to_string()))?;
    match Checkpoint::open(&bytes, input.key, &[]) {
        Ok(opened) => Ok(Some(opened.checkpoint)),
        Err(error) => {
            checkpoint_not_signed::check(&error, findings);
            Ok(None)
        }
    }
}

/// The disclosure's own account, if there is a disclosure.
pub(super) fn manifest(input: &Input<'_>, checkpoint: &Checkpoint) -> Result<Option<Manifest>, CouldNot> {
    let Some(disclosure) = input.disclosure else { return Ok(None) };
    let unread = |why: String| CouldNot::Read { path: manifest::PATH.to_owned(), why };
    let bytes = disclosure.read(manifest::PATH).map_err(|error| unread(error.to_string()))?;
    let manifest = Manifest::read(&bytes).map_err(|error| CouldNot::Disclosure(error.to_string()))?;
    if manifest.origin != checkpoint.origin() {
        let why = format!("it is of the log {}, and this is {}", manifest.origin, checkpoint.origin());
        return Err(CouldNot::Disclosure(why));
    }
    Ok(Some(manifest))
}

/// The log's tree as it was verified before, made again from the files of today; none, and a finding, when the log of today is another.
pub(super) fn tree(
    input: &Input<'_>,
    checkpoint: &Checkpoint,
    state: &State,
    findings: &mut Findings,
) -> Result<Option<Tree>, CouldNot> {
    let Some(root) = state.root() else { return Ok(Some(Tree::new())) };
    let before = format!("{} leaves with the root {root}, verified before", state.size);
    if checkpoint.size() < state.size {
        history_rewritten::check(&before, &format!("{} leaves", checkpoint.size()), findings);
        return Ok(None);
    }
    // The same leaves under the same tiles give the same root: a consistency proof (RFC 6962 section 2.1.2) of which the reader makes every step.
    match Tree::restore(&Grown { files: input.log, size: checkpoint.size() }, state.size) {
        Ok(tree) if tree.root() == root => Ok(Some(tree)),
        Ok(tree) => {
            history_rewritten::check(&before, &format!("the root {} at that size", tree.root()), findings);
            Ok(None)
        }
        Err(TileError::Read { path, error: ReadError::Failed(why) }) => Err(CouldNot::Read { path, why }),
        Err(error) => {
            tree_differs::check(error.path(), &error, findings);
            Ok(None)
        }
    }
}

/// The report of an audit that could not go beyond the checkpoint.
pub(super) fn stopped(input: &Input<'_>, state: &State, findings: &Findings) -> Report {
    Report {
        clean: false,
        origin: input.key.name().to_owned(),
        zone: None,
        size: state.size,
        root: state.root.clone(),
        continued_from: state.from,
        counts: state.counts.clone(),
        findings: findings.list.clone(),
        more_findings: findings.more,
        outcomes_compared: false,
        not_checked: vec!["everything else: the checkpoint is not to be relied on".to_owned()],
        assumed: Vec::new(),
    }
}

/// What an audit came to.
pub(super) fn report(walk: &Walk<'_>) -> Report {
    let findings = walk.findings.list.clone();
    let clean = walk.findings.more == 0 && findings.iter().all(|finding| finding.weight != Weight::Fault);
    Report {
        clean,
        origin: walk.checkpoint.origin().to_owned(),
        zone: walk.manifest.as_ref().map(|manifest| manifest.zone.clone()),
        size: walk.checkpoint.size(),
        root: walk.checkpoint.root().to_string(),
        continued_from: walk.continued_from,
        counts: walk.state.counts.clone(),
        findings,
        more_findings: walk.findings.more,
        outcomes_compared: walk.outcomes.outcomes,
        not_checked: not_checked(walk),
        assumed: assumed(walk),
    }
}

fn not_checked(walk: &Walk<'_>) -> Vec<String> {
    let mut list = Vec::new();
    let counts = &walk.state.counts;
    let Some(manifest) = &walk.manifest else {
        list.push(
            "decisions, draws, facts, certificates, registers and statistics: they take what the zone discloses to auditors \
             (`panjereh disclose`); of the log alone its tree, each case's chain, times, definitions in order and lapses were checked"
                .to_owned(),
        );
        return list;
    };
    let behind = walk.checkpoint.size().saturating_sub(manifest.size);
    if behind > 0 {
        list.push(format!("what is behind the newest {behind} leaves: the disclosure ends at leaf {}", manifest.size));
    }
    if counts.unfinished > 0 {
        list.push(
            "the last act in the log, of which the checkpoint shows only a part: the next audit takes it up".to_owned(),
        );
    }
    if counts.erased > 0 {
        list.push(format!("{} events whose content was erased, and what followed in their cases", counts.erased));
    }
    if counts.acts_unsigned > 0 {
        list.push(format!(
            "who did {} acts of officers, first passkeys among them: nobody signed them, so whoever has the machine could have written them",
            counts.acts_unsigned
        ));
    }
    if counts.draws_unproven > 0 {
        list.push(format!(
            "whether the randomness of {} draws of {} was chosen: the zone drew by itself (lots = \"local\")",
            counts.draws_unproven, counts.draws
        ));
    }
    if counts.draws_forced > 0 {
        list.push(format!(
            "chance in {} draws of {}: there were no more candidates than were drawn, so the lot had nothing to choose",
            counts.draws_forced, counts.draws
        ));
    }
    if counts.seats_on_trust > 0 {
        list.push(format!("who sits in the matter of {} acts: another case of it was erased", counts.seats_on_trust));
    }
    if counts.not_followed > 0 {
        list.push(format!("{} events of cases that could not be followed any further", counts.not_followed));
    }
    if counts.functions_not_asked > 0 {
        list.push(format!(
            "whether functions would say or book again what {} events say of them: what they were given was erased or is missing, or their case or the \
             goods accounts could not be followed",
            counts.functions_not_asked
        ));
    }
    list.extend(of_outcomes(walk, manifest));
    list.push(
        "what registers hold beyond what was read, so also what officers hold there, and whether an officer is the person whom the roster names"
            .to_owned(),
    );
    list
}

/// What of certificates, status lists, registers and figures was not compared.
fn of_outcomes(walk: &Walk<'_>, manifest: &Manifest) -> Vec<String> {
    let (outcomes, mut list) = (&walk.outcomes, Vec::new());
    if !outcomes.outcomes {
        let why = if manifest.quiet {
            "the disclosure goes on beyond the log's checkpoint"
        } else {
            "the zone went on while they were written"
        };
        list.push(format!(
            "certificates as a whole, status lists, registers and figures: {why}, so they do not belong to exactly this log"
        ));
        return list;
    }
    if !outcomes.exactly {
        list.push(format!(
            "the test of the lots, and by how much {} figures are larger than what could be counted, within bounds: what was erased counts in them",
            walk.state.counts.figures_bounded
        ));
    }
    if !outcomes.on_its_way.is_empty() {
        let names = outcomes.on_its_way.iter().map(|case| hex::encode(pseudonym(&case.0)));
        let names: Vec<String> = names.take(NAMED_MAX).collect();
        list.push(format!(
            "whether there are certificates and revocations of {} cases in which something happened within the last day, and of which the zone says that \
             messages are on their way: {}",
            outcomes.on_its_way.len(),
            names.join(", ")
        ));
    }
    list
}

fn assumed(walk: &Walk<'_>) -> Vec<String> {
    let named = walk.input.certificate_keys.is_none() && walk.manifest.is_some();
    let keys =
        "the keys of certificates, which the disclosure itself names: give --certificate-key from another source";
    named.then(|| keys.to_owned()).into_iter().collect()
}
