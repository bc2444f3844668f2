//! The figures that a manipulator publishes: made to fit what they left of the record, unless it is the figures that they changed.
//!
//! Must not know of: what an audit looks at.

use std::collections::HashMap;
use std::rc::Rc;

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::event::What;
use engine::integrity::{Course, Figures};
use record::lines::Statistics;
use record::manifest::STATISTICS;

use crate::forge::Forge;

/// The figures of a record that nobody touched: as they are shown, and as they are counted.
#[derive(Clone, Default)]
pub struct Shown {
    statistics: Statistics,
    counted: Figures,
}

pub fn read(forge: &Forge) -> Statistics {
    serde_json::from_slice(&forge.files[STATISTICS]).unwrap()
}

impl Shown {
    pub fn of(forge: &Forge) -> Self {
        Self { statistics: read(forge), counted: count(forge) }
    }
}

/// Shows what is left to be counted.
pub fn fit(forge: &mut Forge) {
    let Shown { statistics: before, counted } = &forge.shown;
    let mut statistics = read(forge);
    if (&statistics.figures, &statistics.chance) != (&before.figures, &before.chance) {
        return;
    }
    let figures = count(forge);
    if figures.lots != counted.lots {
        statistics.chance = figures.lots.test();
    }
    statistics.figures = figures.shown();
    forge.files.insert(STATISTICS.to_owned(), serde_json::to_vec(&statistics).unwrap());
}

fn count(forge: &Forge) -> Figures {
    let mut figures = Figures::default();
    let mut definitions: HashMap<_, Option<Rc<Checked<Service>>>> = HashMap::new();
    let mut courses: HashMap<CaseId, (Rc<Checked<Service>>, Course)> = HashMap::new();
    for row in &forge.rows {
        if let What::Opened(opened) = &row.event.what {
            let service =
                definitions.entry(opened.definition).or_insert_with(|| forge.known(opened.definition).map(Rc::new));
            if let Some(service) = service {
                courses.entry(row.case).or_insert((Rc::clone(service), Course::default()));
            }
        }
        if let Some((service, course)) = courses.get_mut(&row.case) {
            figures.join(course.take(row.case, service, &row.event).unwrap_or_default());
        }
    }
    figures
}
