//! What sample people do one after the other, read from `walk.csv` of the samples.
//!
//! Must not know of: what a zone's services are, how an act is done.
//!
//! Columns `case,does,who,name,value`. A case has a name of its own, and is gone through in the order in which the names first come:
//!
//! | `does` | `who` | `name` | `value` |
//! |---|---|---|---|
//! | `apply` | a person's id | a service | |
//! | `answer` | | a fact | its value, as people write it; of a document, a file beside `walk.csv`, or nothing for a stand-in |
//! | `decide` | | a stage | the route that its officers choose, if the case comes there, and behind a space the ground |
//! | `record` | | a fact | what they record there, as an answer |
//! | `pay` | | a stage | |
//!
//! `{NAME}` in a value is the reference of the case of that name.

use std::collections::BTreeMap;
use std::path::Path;

use definition::model::Name;

use super::super::{bad, rows};
use crate::AppError;

/// One case and what becomes of it.
#[derive(Debug, Default)]
pub(super) struct Scene {
    pub(super) name: String,
    /// Who applies, and for which service.
    pub(super) who: String,
    pub(super) service: Name,
    pub(super) answers: BTreeMap<Name, String>,
    /// By stage, the route that officers choose, and on which ground.
    pub(super) decides: BTreeMap<Name, (Name, Option<Name>)>,
    pub(super) records: BTreeMap<Name, String>,
    /// Stages at which is paid.
    pub(super) pays: Vec<Name>,
}

/// Reads the scenes in order.
pub(super) fn read(path: &Path) -> Result<Vec<Scene>, AppError> {
    let mut scenes: Vec<Scene> = Vec::new();
    for row in rows(path)? {
        let cell = |name: &str| row.get(name).cloned().ok_or_else(|| bad(path, &format!("no column {name}")));
        let (case, does, who, name, value) =
            (cell("case")?, cell("does")?, cell("who")?, cell("name")?, cell("value")?);
        let at = match scenes.iter().position(|scene| scene.name == case) {
            Some(at) => at,
            None => {
                scenes.push(Scene { name: case, ..Scene::default() });
                scenes.len().saturating_sub(1)
            }
        };
        let Some(scene) = scenes.get_mut(at) else { continue };
        match does.as_str() {
            "apply" => (scene.who, scene.service) = (who, name),
            "answer" => drop(scene.answers.insert(name, value)),
            "record" => drop(scene.records.insert(name, value)),
            "pay" => scene.pays.push(name),
            "decide" => {
                let (route, ground) = match value.split_once(' ') {
                    Some((route, ground)) => (route.to_owned(), Some(ground.to_owned())),
                    None => (value, None),
                };
                scene.decides.insert(name, (route, ground));
            }
            _ => return Err(bad(path, &format!("nobody can `{does}`; write apply, answer, decide, record or pay"))),
        }
    }
    match scenes.iter().find(|scene| scene.who.is_empty() || scene.service.is_empty()) {
        Some(scene) => Err(bad(path, &format!("nobody applies in `{}`: add a row that says apply", scene.name))),
        None => Ok(scenes),
    }
}
