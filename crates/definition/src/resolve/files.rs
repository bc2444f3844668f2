//! Files that no part of the language reads.
//!
//! Must not know of: what the others say.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::{concepts, functions, law, lists, registers};
use crate::codes;
use crate::model::{Language, Name};
use crate::span::Span;

/// Reports the definition files that nothing reads. Other files (a README, pictures, samples) are nobody's business.
pub(super) fn unknown(cx: &mut Context<'_>, languages: &[Language], services: &BTreeMap<Name, BTreeSet<u32>>) {
    let included: BTreeSet<u32> = services.values().flatten().copied().collect();
    // Of a folder that is no service, one thing is to be said.
    let mut folders = BTreeSet::new();
    for (file, source) in cx.sources.iter() {
        let path = source.path();
        let ours = [".yaml", ".yml", ".csv", ".ftl"].iter().any(|end| path.ends_with(end));
        // Nobody knows which languages a broken zone has.
        let open = path.ends_with(".ftl") && languages.is_empty();
        if !ours || open || is_read(path, languages, file, services, &included) {
            continue;
        }
        if let Some(folder) = without_service(path, services) {
            if folders.insert(folder) {
                missing_service(cx, folder);
            }
            continue;
        }
        let message = format!("nothing reads {path}");
        cx.report(
            &codes::UNKNOWN_FILE,
            Span::new(file, 0, 0),
            message,
            "move it where it belongs, or out of the zone's folder",
        );
    }
}

/// The folder of `services/` in which a file stands, if that is no service's.
fn without_service<'p>(path: &'p str, services: &BTreeMap<Name, BTreeSet<u32>>) -> Option<&'p str> {
    let (folder, _) = path.strip_prefix("services/")?.split_once('/')?;
    (!services.contains_key(folder)).then_some(folder)
}

/// Says why nothing reads what stands in a folder of `services/`.
fn missing_service(cx: &mut Context<'_>, folder: &str) {
    let path = format!("services/{folder}/");
    let misnamed = cx.sources.number(&format!("{path}service.yml"));
    let first = || cx.sources.iter().find(|(_, source)| source.path().starts_with(&path)).map(|(file, _)| file);
    let Some(file) = misnamed.or_else(first) else { return };
    let help = match misnamed {
        Some(_) => format!("rename {path}service.yml to service.yaml"),
        None => format!("add {path}service.yaml, or move the folder out of the zone's"),
    };
    let message = format!("there is no {path}service.yaml, so that nothing reads what stands in the folder");
    cx.report(&codes::UNKNOWN_FILE, Span::new(file, 0, 0), message, help);
}

fn is_read(
    path: &str,
    languages: &[Language],
    file: u32,
    services: &BTreeMap<Name, BTreeSet<u32>>,
    included: &BTreeSet<u32>,
) -> bool {
    let words =
        |name: &str| name.strip_suffix(".ftl").is_some_and(|tag| languages.iter().any(|language| language == tag));
    let root = ["zone.yaml", "calendar.csv", law::FILE, concepts::FILE, registers::FILE, functions::FILE, "map.yaml"];
    // Sample records for a demonstration, and the map of a rehearsal, stand beside the definition and are read by others.
    if root.contains(&path)
        || words(path)
        || path.starts_with("samples/")
        || path.starts_with('.')
        || path.starts_with(functions::FOLDER)
    {
        return true;
    }
    if let Some(list) = path.strip_prefix(lists::FOLDER) {
        return !list.contains('/') && list.ends_with(".csv");
    }
    let inner = path.strip_prefix("services/").and_then(|path| path.split_once('/'));
    let Some((_, rest)) = inner.filter(|(service, _)| services.contains_key(*service)) else {
        return included.contains(&file);
    };
    let own = rest == "service.yaml" || words(rest) || (rest.ends_with(".csv") && !rest.contains('/'));
    own || (rest.ends_with(".yaml") && included.contains(&file))
}
