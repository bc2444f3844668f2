//! `customs.goods.settle`: something that is left over between papers is settled, and `customs.leftover`, which says beforehand whether it is named rightly.
//!
//! Either takes whose it is and what it is called in the list of what is left over; the first also what explains it. Must not know of: whether there is such a thing.

use std::collections::BTreeMap;

use definition::value::{Date, Value};
use serde::Serialize;

use super::{Books, Fault, Given, Says, id};
use crate::functions::{Asked, AtHand, Function, Made, Paper, Written};
use crate::goods::{Book, Id, LeftoverRef, Movement, Settle};

pub(super) struct Settling;

/// Whether something that is left over is named rightly.
pub(in crate::functions) struct Named;

impl Books for Settling {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding, Says::Recipe]
    }

    fn movements(&self, given: &[Given<'_>], _: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (owner, cause) = (id(given, 0)?, id(given, 2)?);
        Ok(vec![Movement::Settle(Settle { owner, leftover: leftover(given)?, cause })])
    }
}

/// What is written down of it.
#[derive(Serialize)]
struct Settled<'a> {
    owner: &'a Id,
    leftover: &'a LeftoverRef,
}

impl Function for Named {
    fn takes(&self) -> usize {
        2
    }

    fn gives(&self) -> &'static [&'static str] {
        &[]
    }

    fn compute(&self, given: &[Given<'_>], _: Date, _: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let bytes = serde_json::to_vec(&Settled { owner: &id(given, 0)?, leftover: &leftover(given)? });
        let bytes = bytes.map_err(|_| Vec::new())?;
        let value = Written { paper: Paper::new(bytes), media_type: "application/json", name: "leftover.json" };
        Ok(Asked::Says(Made { value, values: BTreeMap::new() }))
    }
}

fn leftover(given: &[Given<'_>]) -> Result<LeftoverRef, Vec<Fault>> {
    let Some(Given::Value(Value::Text(text))) = given.get(1) else { return Err(Vec::new()) };
    LeftoverRef::read(text).map_err(|_| vec![Fault::no_leftover()])
}
