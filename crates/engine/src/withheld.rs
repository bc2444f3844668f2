//! What is withheld from whom a case is about, and from whoever acts for them: values of concepts that are `withheld`, and which row of a table decided by them.
//!
//! Whoever sees what is thought of a declaration can withdraw it and file another until something better is thought. Officers, supervisors and auditors see all of it. Must
//! not know of: who looks.

use std::collections::BTreeMap;

use definition::model::{Service, Zone};
use definition::value::Value;

use crate::erasure::{drop_values, is_of};
use crate::event::What;

/// The concepts of a zone that are withheld.
#[must_use]
pub fn concepts(zone: &Zone) -> Vec<String> {
    zone.concepts.iter().filter(|(_, concept)| concept.withheld).map(|(id, _)| id.clone()).collect()
}

/// Takes out of facts what is withheld.
pub fn from_facts(service: &Service, facts: &mut BTreeMap<String, Value>, concepts: &[String]) {
    drop_values(service, facts, concepts);
}

/// Takes out of what happened what is withheld. That it happened stays: the log says so, too.
pub fn from_event(service: &Service, what: &mut What, concepts: &[String]) {
    match what {
        What::Opened(opened) => {
            from_facts(service, &mut opened.facts, concepts);
            from_facts(service, &mut opened.read, concepts);
        }
        What::Supplied { facts, read, .. } => {
            from_facts(service, facts, concepts);
            from_facts(service, read, concepts);
        }
        What::Computed { facts, .. } | What::Signed { facts, .. } | What::Decided { facts, .. } => {
            from_facts(service, facts, concepts);
        }
        What::Ruled { table, rows, .. } => {
            let inputs = service.tables.get(table).into_iter().flat_map(|table| &table.inputs);
            if inputs.into_iter().any(|path| is_of(service, &path.key(), concepts)) {
                rows.clear();
            }
        }
        What::Ended { enter: Some(entering), .. } => {
            entering.values.retain(|concept, _| !concepts.contains(concept));
        }
        _ => {}
    }
}
