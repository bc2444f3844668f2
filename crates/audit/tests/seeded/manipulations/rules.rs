//! Manipulations of rules and of what they decided.

use definition::value::Value;
use engine::case::Decider;
use engine::event::What;
use record::manifest::definition_path;

use super::{Manipulation, row};
use crate::forge::Forge;

fn refused_by_rule(forge: &Forge) -> usize {
    forge.find(|what| matches!(what, What::Decided { by: Decider::Rule, route, .. } if route == "refuse"))
}

pub const ROWS: &[Manipulation] =
    &[
        row("A301", "a definition is not disclosed", |forge| {
            let hash = forge.manifest.published["company-registration"];
            // Leaves are as they were: only the auditor does not get it.
            forge.freeze();
            forge.files.remove(&definition_path(&hash)).unwrap();
        }),
        row("A302", "a definition is changed after cases were decided under it", |forge| {
            let hash = forge.manifest.published["company-registration"];
            forge.freeze();
            let text = forge.files.get_mut(&definition_path(&hash)).unwrap();
            let place = text.windows(4).position(|four| four == b"1000").unwrap();
            text[place] = b'2';
        }),
        row("A303", "a rule is changed for one case and never published", |forge| {
            let hash = forge.redefine("premises-registration", |text| {
                let grounds = &mut text["service"]["stages"][0]["kind"]["officer"]["grounds"];
                grounds.as_array_mut().unwrap().push("premises-unfit".into());
            });
            let openings = forge.rows.iter_mut().filter_map(|row| match &mut row.event.what {
                What::Opened(opened) if opened.service == "premises-registration" => Some(opened),
                _ => None,
            });
            openings.into_iter().nth(5).unwrap().definition = hash;
        }),
        row("A303", "a rule is changed for one case that is refused, and never published", |forge| {
            let hash = forge.redefine("premises-registration", |text| {
                let grounds = &mut text["service"]["stages"][0]["kind"]["officer"]["grounds"];
                grounds.as_array_mut().unwrap().push("premises-unfit".into());
            });
            let refused: Vec<usize> = (0..forge.rows.len()).filter(|at| {
            let row = &forge.rows[*at];
            matches!(&row.event.what, What::Decided { route, by: Decider::Officers(_), .. } if route == "refuse")
                && forge.service_of(row.case).name == "premises-registration"
        }).collect();
            // Not the first of all, of which the lot is proven.
            let opening = forge.of_case(forge.rows[refused[2]].case)[0];
            if let What::Opened(opened) = forge.what(opening) {
                opened.definition = hash;
            }
        }),
        row("A403", "a refusal by rule becomes a grant", |forge| {
            let at = refused_by_rule(forge);
            if let What::Decided { route, grounds, .. } = forge.what(at) {
                "register".clone_into(route);
                grounds.clear();
            }
        }),
        row("A403", "a refusal by rule cites another ground", |forge| {
            let at = refused_by_rule(forge);
            if let What::Decided { grounds, .. } = forge.what(at) {
                *grounds = vec!["company-name".to_owned()];
            }
        }),
        row("A403", "other rows of a table are said to have fired", |forge| {
            let at = forge.find(|what| matches!(what, What::Ruled { .. }));
            if let What::Ruled { rows, .. } = forge.what(at) {
                *rows = vec![1, 2];
            }
        }),
        row("A403", "a fact is changed after the rule refused on it", |forge| {
            let alone = Value::Decimal(1.into());
            let at =
                forge.find(|what| matches!(what, What::Opened(opened) if opened.facts.get("partners") == Some(&alone)));
            if let What::Opened(opened) = forge.what(at) {
                opened.facts.insert("partners".to_owned(), Value::Decimal(3.into()));
            }
        }),
        row("A403", "a rule is passed over", |forge| {
            let at = forge.find(|what| matches!(what, What::Ruled { .. }));
            forge.remove(at);
        }),
    ];
