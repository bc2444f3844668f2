//! Acts on the roster from its forms, and in words.
//!
//! Must not know of: what is allowed.

use app::engine::clock;
use app::engine::roster::RosterAct;
use app::{AppError, Invalid};

use super::Sent;
use crate::pages::context::{Context, spoken};
use crate::pages::question;
use crate::session::Viewer;

fn wrong(field: &'static str) -> AppError {
    AppError::Invalid { field, why: Invalid::Malformed }
}

/// The act that a form means.
///
/// # Errors
/// [`AppError::Invalid`] when it means none.
pub(super) fn read(c: &Context<'_>, viewer: &Viewer, sent: &Sent) -> Result<RosterAct, AppError> {
    let own = viewer.account().officer.clone().ok_or(AppError::Forbidden)?;
    let named = Some(sent.text("officer").trim().to_owned()).filter(|officer| !officer.is_empty());
    let officer = named.unwrap_or(own);
    let text = |field: &str| sent.text(field).trim().to_owned();
    let filled = |field: &str| Some(text(field)).filter(|text| !text.is_empty());
    let whole = |field: &'static str| {
        let folded = app::definition::value::fold_digits(sent.text(field));
        filled(field).map(|_| folded.trim().parse::<u32>().map_err(|_| wrong(field))).transpose()
    };
    Ok(match sent.text("kind") {
        "join" => RosterAct::Join {
            officer,
            role: text("role"),
            person: filled("person"),
            weight: whole("weight")?.unwrap_or(1),
        },
        "leave" => RosterAct::Leave { officer, role: filled("role"), reason: text("reason") },
        "limit" => RosterAct::Limit { officer, most_open: whole("most_open")? },
        "absent" => absent(c, officer, sent)?,
        "return" => RosterAct::Return { officer },
        "keep" => RosterAct::Keep { officer },
        "unkeep" => RosterAct::Unkeep { officer },
        "withdraw" => {
            let credential = hex::decode(sent.text("credential")).map_err(|_| wrong("credential"))?;
            RosterAct::WithdrawPasskey { officer, credential, reason: text("reason") }
        }
        "recover" => RosterAct::Recover { officer, reason: text("reason") },
        "relate" => RosterAct::Relate { officer, with: text("with"), reason: text("reason") },
        "unrelate" => RosterAct::Unrelate { officer, with: text("with") },
        "agree" => {
            let register = c.site.app.register();
            let wanted = register.proposals.iter().find(|wanted| wanted.seq.to_string() == sent.text("proposal"));
            wanted.ok_or(AppError::Stale)?.act.clone()
        }
        _ => return Err(wrong("kind")),
    })
}

/// From the first day's beginning to the last day's end.
fn absent(c: &Context<'_>, officer: String, sent: &Sent) -> Result<RosterAct, AppError> {
    let start = |field: &'static str, plus: i32| {
        let day = question::day(c, sent.text(field)).ok_or(wrong(field))?;
        let day = day.checked_add(jiff::Span::new().days(plus)).map_err(|_| wrong(field))?;
        clock::start_of(c.zone(), day).ok_or(wrong(field))
    };
    let (from, until) = (start("from", 0)?, start("until", 1)?);
    Ok(RosterAct::Absent { officer, from, until, replaced: !sent.text("replaced").is_empty() })
}

/// What an act says besides whom it is about, in words. Nothing that it holds is left out.
pub(super) fn lines(c: &Context<'_>, act: &RosterAct) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut say = |key: &str, text: String| {
        if !text.is_empty() {
            lines.push((c.t(key), spoken(&text)));
        }
    };
    let role = |role: &String| c.z(&format!("role-{role}"));
    match act {
        RosterAct::Join { role: own, person, weight, .. } => {
            say("roster-role", role(own));
            say("roster-person", person.clone().unwrap_or_default());
            say("roster-weight", c.count(*weight));
        }
        RosterAct::Leave { role: own, reason, .. } => {
            say("roster-role", own.as_ref().map_or_else(|| c.t("roster-all-roles"), role));
            say("roster-reason", reason.clone());
        }
        RosterAct::Limit { most_open, .. } => {
            say("roster-most-open", most_open.map_or_else(|| c.t("roster-no-limit"), |most| c.count(most)));
        }
        RosterAct::Absent { from, until, replaced, .. } => {
            say("roster-from", c.moment(from));
            say("roster-until", c.last_day(until));
            say("roster-replaced", c.t(if *replaced { "absence-replaced" } else { "absence-not-replaced" }));
        }
        RosterAct::AddPasskey { credential, name, .. } => {
            say("passkey-name", name.clone());
            say("passkey-id", hex::encode(credential));
        }
        RosterAct::WithdrawPasskey { credential, reason, .. } => {
            say("passkey-id", hex::encode(credential));
            say("roster-reason", reason.clone());
        }
        RosterAct::Recover { reason, .. } => say("roster-reason", reason.clone()),
        RosterAct::Relate { with, reason, .. } => {
            say("roster-with", with.clone());
            say("roster-reason", reason.clone());
        }
        RosterAct::Unrelate { with, .. } => say("roster-with", with.clone()),
        RosterAct::Address { url } => say("roster-address", url.clone()),
        RosterAct::Return { .. } | RosterAct::Keep { .. } | RosterAct::Unkeep { .. } => {}
    }
    lines
}
