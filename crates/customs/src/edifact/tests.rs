//! The mapping leads to data that the WCO's table has, from segments that stand where it says.

use super::cusdec::{HEAD, ITEM, Row};
use crate::wco::dec;
use crate::wco::model::{Class, Content};

/// The class at the end of a way, and the last name of it if that is a datum.
fn walk(mut class: &'static Class, way: &'static str) -> Option<(&'static Class, Option<&'static str>)> {
    let mut datum = None;
    for name in way.split('/').filter(|name| !name.is_empty()).map(|name| name.trim_start_matches('+')) {
        let (_, part) = class.part(name)?;
        match &part.content {
            Content::Class(inner) => class = inner,
            Content::Datum(_) => datum = Some(part.name),
        }
    }
    Some((class, datum))
}

#[test]
fn every_row_leads_to_a_datum_of_the_table() {
    let item = walk(&dec::DECLARATION, "GoodsShipment/GovernmentAgencyGoodsItem").map(|(class, _)| class);
    let rows = |rows: &'static [Row], base| rows.iter().map(move |row| (row, base));
    for (row, base) in rows(HEAD, Some(&dec::DECLARATION)).chain(rows(ITEM, item)) {
        let class = base.and_then(|base| walk(base, row.into));
        assert!(matches!(class, Some((_, None))), "{} {}: {}", row.group, row.tag, row.into);
        for take in row.takes {
            let datum = class.and_then(|(class, _)| walk(class, take.to));
            assert!(matches!(datum, Some((_, Some(_)))), "{} {}: {}/{}", row.group, row.tag, row.into, take.to);
        }
    }
}
