//! `customs.presentation`, version 1: by how many days goods in transit are presented after the last day for it.
//!
//! Takes the last day; they are presented on the day on which it is asked. The holder of the procedure presents the goods within the time-limit (Union Customs Code, article 233,
//! paragraph 1, point a). Must not know of: what follows from a delay, whose fault it is.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Value};
use serde::Serialize;

use super::goods::date;
use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written};

/// By how many days goods come late.
pub(super) struct Presentation;

/// What is written down of it.
#[derive(Serialize)]
struct Presented {
    until: Date,
    presented: Date,
    /// In days; 0 where they are in time.
    late: i32,
}

impl Function for Presentation {
    fn takes(&self) -> usize {
        1
    }

    fn gives(&self) -> &'static [&'static str] {
        &["late"]
    }

    fn compute(&self, given: &[Given<'_>], day: Date, _: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let until = date(given, 0)?;
        let late = (day - until).get_days().max(0);
        let bytes = serde_json::to_vec(&Presented { until, presented: day, late }).map_err(|_| Vec::new())?;
        let value = Written { paper: Paper::new(bytes), media_type: "application/json", name: "presentation.json" };
        Ok(Asked::Says(Made { value, values: BTreeMap::from([("late", Value::Decimal(Decimal::from(late)))]) }))
    }
}

#[cfg(test)]
mod tests {
    use definition::value::{Date, Value};

    use super::*;

    /// By how many days what is presented on `day` is late, of what was to come by 29 Esfand 1405.
    fn late(day: Date) -> Value {
        let until = Value::Date("2027-03-20".parse().unwrap());
        let Asked::Says(made) = Presentation.compute(&[Given::Value(&until)], day, &AtHand::default()).unwrap() else {
            panic!("it reads no accounts")
        };
        made.values["late"].clone()
    }

    #[test]
    fn the_last_day_is_in_time_and_each_day_after_it_counts() {
        for (day, days) in [("2026-11-27", 0), ("2027-03-20", 0), ("2027-03-21", 1), ("2028-03-20", 366)] {
            assert_eq!(late(day.parse().unwrap()), Value::Decimal(Decimal::from(days)), "{day}");
        }
        // The widest span of days that there is.
        assert!(matches!(late(Date::MAX), Value::Decimal(days) if days > Decimal::from(2_900_000)));
        assert_eq!(late(Date::MIN), Value::Decimal(Decimal::ZERO));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        let text = Value::Text("2027-03-20".to_owned());
        assert!(Presentation.compute(&[Given::Value(&text)], Date::MAX, &AtHand::default()).is_err());
        assert!(Presentation.compute(&[], Date::MAX, &AtHand::default()).is_err());
    }
}
