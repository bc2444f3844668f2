//! The audits on the integrity page: who looked last, how far, with what result, and how to look oneself.
//!
//! Must not know of: what an audit does.

use app::record::audited::Scope;
use app::{Audits, KeptNote};
use jiff::Timestamp;

use super::super::context::Context;
use super::{Tone, csv};

/// What is shown of the audits.
pub(super) struct Auditing {
    /// Where nobody is named as an auditor, or none has reported: that it is so.
    pub(super) nobody: String,
    pub(super) auditors: Vec<Line>,
    pub(super) contradictions: Vec<Line>,
    /// What whoever wants to look types.
    pub(super) command: String,
}

/// An auditor, or an audit that contradicts the log.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) result: String,
    pub(super) tone: Tone,
    /// What the audit came to, in pairs of a word and what it is; nothing where none was reported.
    pub(super) told: Vec<(String, String)>,
    /// The codes of what was found, and how often.
    pub(super) found: Vec<(String, String)>,
    /// The root that was audited, where it is another than the zone's.
    pub(super) root: String,
    /// Where the note is.
    pub(super) note: String,
    /// What whoever wants to check the note types.
    pub(super) command: String,
}

impl Auditing {
    pub(super) fn of(c: &Context<'_>, audits: &Audits, size: u64) -> Self {
        let reported = audits.auditors.iter().any(|auditor| auditor.last.is_some());
        let nobody = match (audits.auditors.is_empty(), reported) {
            (true, _) => c.t("audits-nobody"),
            (false, false) => c.t("audits-none-yet"),
            (false, true) => String::new(),
        };
        let auditor = |auditor: &app::Auditor| {
            let (name, key) = (auditor.key.name().to_owned(), auditor.key.to_string());
            match &auditor.last {
                Some(kept) => line(c, name, &key, kept, size),
                None => Line::unreported(c, name),
            }
        };
        let contradiction = |kept: &KeptNote| {
            let key = audits.auditors.iter().find(|auditor| auditor.key.name() == kept.auditor);
            let key = key.map(|auditor| auditor.key.to_string()).unwrap_or_default();
            let mut line = line(c, kept.auditor.clone(), &key, kept, size);
            let entries = c.t1("audit-size-alone", "size", c.count(kept.note.checkpoint.size()));
            line.told
                .iter_mut()
                .filter(|(word, _)| *word == c.t("audit-size"))
                .for_each(|(_, told)| told.clone_from(&entries));
            let root = kept.note.checkpoint.root().to_string();
            Line { result: c.t("audit-contradicts"), tone: Tone::Bad, root, ..line }
        };
        Self {
            nobody,
            auditors: audits.auditors.iter().map(auditor).collect(),
            contradictions: audits.contradictions.iter().map(contradiction).collect(),
            command: format!("panjereh audit {}/log --key '{}'", c.site.app.base_url(), c.site.app.log_verifier()),
        }
    }
}

impl Line {
    fn unreported(c: &Context<'_>, name: String) -> Self {
        let (told, found) = (Vec::new(), Vec::new());
        let [root, note, command] = [const { String::new() }; 3];
        Self { name, result: c.t("audit-not-reported"), tone: Tone::Warn, told, found, root, note, command }
    }
}

/// Whether an audit that found nothing says little: it did no act again, or could not follow more than it did, or more than half of the log came after it.
fn looked_at_little(kept: &KeptNote, size: u64) -> bool {
    let audited = &kept.note.audited;
    let followed_little = audited.scope == Scope::Record && (audited.acts == 0 || audited.not_followed > audited.acts);
    followed_little || kept.note.checkpoint.size() < size / 2
}

fn line(c: &Context<'_>, name: String, key: &str, kept: &KeptNote, size: u64) -> Line {
    let (audited, checkpoint) = (&kept.note.audited, &kept.note.checkpoint);
    let (tone, result) = match (audited.faults, audited.scope) {
        (0, _) if looked_at_little(kept, size) => (Tone::Warn, c.t("audit-little-looked-at")),
        (0, Scope::Record) if !audited.outcomes => (Tone::Warn, c.t("audit-acts-nothing-wrong")),
        (0, Scope::Record) => (Tone::Good, c.t("audit-nothing-wrong")),
        (0, Scope::Log) => (Tone::Good, c.t("audit-log-nothing-wrong")),
        (faults, _) => (Tone::Bad, c.tn("audit-faults", usize::try_from(faults).unwrap_or(usize::MAX))),
    };
    let at_ms = i64::try_from(audited.at_s.saturating_mul(1000)).unwrap_or(i64::MAX);
    let behind = size.saturating_sub(checkpoint.size());
    let entries = [("size", c.count(checkpoint.size())), ("behind", c.count(behind))];
    let scope = match audited.scope {
        Scope::Record => "audit-scope-record",
        Scope::Log => "audit-scope-log",
    };
    let mut told = vec![
        (c.t("audit-at"), c.moment_ms(&at_ms)),
        (c.t("audit-size"), c.tx("audit-size-told", &entries)),
        (c.t("audit-scope"), c.t(scope)),
    ];
    if audited.scope == Scope::Record {
        told.push((c.t("audit-acts"), c.count(audited.acts)));
        let outcomes = if audited.outcomes { "audit-outcomes-compared" } else { "audit-outcomes-not-compared" };
        told.push((c.t("audit-outcomes"), c.t(outcomes)));
    }
    if audited.from > 0 {
        told.push((c.t("audit-from"), c.t1("audit-from-told", "from", c.count(audited.from))));
    }
    told.push((c.t("audit-remarks"), c.count(audited.remarks)));
    for (word, count) in [("audit-erased", audited.erased), ("audit-not-followed", audited.not_followed)] {
        if count > 0 {
            told.push((c.t(word), c.count(count)));
        }
    }
    let note = format!("/api/v1/audits/{}", kept.sha256);
    let app = &c.site.app;
    let command =
        format!("panjereh auditor verify {}{note} --auditor '{key}' --key '{}'", app.base_url(), app.log_verifier());
    Line {
        found: audited.found.iter().map(|found| (found.code.clone(), c.count(found.count))).collect(),
        root: String::new(),
        // Without the auditor's key nobody can check the note.
        command: if key.is_empty() { String::new() } else { command },
        name,
        result,
        tone,
        told,
        note,
    }
}

/// The audits as a file (RFC 4180). An auditor who has not reported has a line of which only the name is filled.
pub(super) fn file(audits: &Audits, size: u64) -> String {
    let head = "auditor,result,at,scope,entries,entries_since,root,from,acts,erased,not_followed,outcomes_compared,faults,remarks,found,program,note\r\n";
    let mut text = head.to_owned();
    for auditor in &audits.auditors {
        match &auditor.last {
            Some(kept) if kept.note.audited.faults > 0 => csv(&mut text, &fields(kept, "faults", size)),
            Some(kept) => csv(&mut text, &fields(kept, "clean", size)),
            None => {
                let mut fields = [const { String::new() }; 17];
                let [name, result, ..] = &mut fields;
                (*name, *result) = (auditor.key.name().to_owned(), "not-reported".to_owned());
                csv(&mut text, &fields);
            }
        }
    }
    for kept in &audits.contradictions {
        csv(&mut text, &fields(kept, "contradicts", size));
    }
    text
}

fn fields(kept: &KeptNote, result: &str, size: u64) -> [String; 17] {
    let (audited, checkpoint) = (&kept.note.audited, &kept.note.checkpoint);
    let at = i64::try_from(audited.at_s).ok().and_then(|at_s| Timestamp::from_second(at_s).ok());
    let found: Vec<String> = audited.found.iter().map(|found| format!("{} {}", found.code, found.count)).collect();
    [
        kept.auditor.clone(),
        result.to_owned(),
        at.map(|at| at.to_string()).unwrap_or_default(),
        match audited.scope {
            Scope::Log => "log".to_owned(),
            Scope::Record => "record".to_owned(),
        },
        checkpoint.size().to_string(),
        size.saturating_sub(checkpoint.size()).to_string(),
        checkpoint.root().to_string(),
        audited.from.to_string(),
        audited.acts.to_string(),
        audited.erased.to_string(),
        audited.not_followed.to_string(),
        audited.outcomes.to_string(),
        audited.faults.to_string(),
        audited.remarks.to_string(),
        found.join("; "),
        audited.program.clone(),
        kept.sha256.clone(),
    ]
}
