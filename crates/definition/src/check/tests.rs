//! Whole zones: those of the repository pass, seeded slips are found under the offending place, limits hold, hashes are stable, nothing panics.

mod exchange;
mod fixture;
mod given;
mod limits;
mod seal;
mod slips;

use super::check;
use fixture::{told, zone};

#[test]
fn the_zone_of_maku_passes() {
    let report = check(&zone("maku"));
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(report.zone.unwrap().services().len(), report.services);
}

#[test]
fn the_example_zone_passes() {
    let report = check(&zone("examples/permit-receipt"));
    assert_eq!(told(&report), Vec::<String>::new());
}
