//! Files that no part of the language reads.
//!
//! Must not know of: what the others say.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::{concepts, law, lists, registers};
use crate::codes;
use crate::model::{Language, Name};
use crate::span::Span;

/// Reports the definition files that nothing reads. Other files (a README, pictures, samples) are nobody's business.
pub(super) fn unknown(cx: &mut Context<'_>, languages: &[Language], services: &BTreeMap<Name, BTreeSet<u32>>) {
    let included: BTreeSet<u32> = services.values().flatten().copied().collect();
    for (file, source) in cx.sources.iter() {
        let path = source.path();
        let ours = [".yaml", ".yml", ".csv", ".ftl"].iter().any(|end| path.ends_with(end));
        // Nobody knows which languages a broken zone has.
        let open = path.ends_with(".ftl") && languages.is_empty();
        if !ours || open || is_read(path, languages, file, services, &included) {
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

fn is_read(
    path: &str,
    languages: &[Language],
    file: u32,
    services: &BTreeMap<Name, BTreeSet<u32>>,
    included: &BTreeSet<u32>,
) -> bool {
    let words =
        |name: &str| name.strip_suffix(".ftl").is_some_and(|tag| languages.iter().any(|language| language == tag));
    let root = ["zone.yaml", "calendar.csv", law::FILE, concepts::FILE, registers::FILE, "map.yaml"];
    // Sample records for a demonstration, and the map of a rehearsal, stand beside the definition and are read by others.
    if root.contains(&path) || words(path) || path.starts_with("samples/") || path.starts_with('.') {
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
