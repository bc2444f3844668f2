//! Changes as a request to amend a declaration: a WCO declaration with the function 13 and the kind COR, whose pointers (97A) name each datum.
//!
//! Must not know of: why something changes.

use quick_xml::escape::escape;

use super::changes::What;
use crate::declaration::Declaration;

/// Of classes and data their elements, and the numbers of the WCO Data Model.
const MEASURE: (&str, &str) = ("GoodsMeasure", "65A");
const INVOICE: (&str, &str) = ("InvoiceLine", "79A");

/// A datum of an item.
struct Datum {
    class: (&'static str, &'static str),
    tag: &'static str,
    xml: String,
}

pub(super) fn xml(declaration: &Declaration, changes: &[(u32, What)]) -> String {
    let mut xml = String::from("<MetaData><WCODataModelVersionCode>3.6</WCODataModelVersionCode>");
    xml.push_str("<WCOTypeName>DEC</WCOTypeName><Declaration><FunctionCode>13</FunctionCode>");
    if let Some(reference) = &declaration.reference {
        xml.push_str(&element("FunctionalReferenceID", &escape(&reference.value)));
    }
    xml.push_str("<TypeCode>COR</TypeCode>");
    let gone = changes.iter().filter(|(_, what)| *what == What::Gone).count();
    let left = declaration.shipment.items.len().saturating_sub(gone);
    let counted = declaration.items_declared.as_ref().filter(|_| gone > 0);
    if counted.is_some() {
        xml.push_str(&element("GoodsItemQuantity", &left.to_string()));
        xml.push_str(&element("Amendment", &pointer(None, "42A", Some("228"))));
    }
    for (item, what) in changes {
        let way = pointer(None, "42A", None) + &pointer(None, "67A", None);
        let way = match what.datum() {
            None => way + &pointer(Some(*item), "68A", None),
            Some(Datum { class: (_, class), tag, .. }) => {
                way + &pointer(Some(*item), "68A", None)
                    + &pointer(None, "23A", None)
                    + &pointer(None, class, Some(tag))
            }
        };
        xml.push_str(&element("Amendment", &way));
    }
    xml.push_str(&element("GoodsShipment", &items(changes)));
    xml.push_str("</Declaration></MetaData>");
    xml
}

/// What is to stand there, item by item.
fn items(changes: &[(u32, What)]) -> String {
    let mut numbers: Vec<u32> = changes.iter().filter(|(_, what)| *what != What::Gone).map(|(item, _)| *item).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let item = |number: u32| {
        let own = changes.iter().filter(|(item, _)| *item == number);
        let data: Vec<_> = own.filter_map(|(_, what)| what.datum()).collect();
        let class = |wanted: (&str, &str)| {
            let inside: String =
                data.iter().filter(|datum| datum.class == wanted).map(|datum| datum.xml.as_str()).collect();
            if inside.is_empty() { inside } else { element(wanted.0, &inside) }
        };
        let sequence = element("SequenceNumeric", &number.to_string());
        element("GovernmentAgencyGoodsItem", &(sequence + &element("Commodity", &(class(MEASURE) + &class(INVOICE)))))
    };
    numbers.into_iter().map(item).collect()
}

impl What {
    /// Its class, its number, and the element as it is to be; none of an item that goes.
    fn datum(&self) -> Option<Datum> {
        let (class, name, tag, attribute, value, of) = match self {
            Self::Gross(value, of) => (MEASURE, "GrossMassMeasure", "126", "unitCode", value, of),
            Self::Net(value, of) => (MEASURE, "NetNetWeightMeasure", "128", "unitCode", value, of),
            Self::Supplementary(value, of) => (MEASURE, "TariffQuantity", "130", "unitCode", value, of),
            Self::Price(value, of) => (INVOICE, "ItemChargeAmount", "112", "currencyID", value, of),
            Self::Gone => return None,
        };
        let of = of.as_ref().map(|of| format!(" {attribute}=\"{}\"", escape(of))).unwrap_or_default();
        Some(Datum { class, tag, xml: format!("<{name}{of}>{}</{name}>", value.normalize()) })
    }
}

fn pointer(number: Option<u32>, class: &str, tag: Option<&str>) -> String {
    let number = number.map(|number| element("SequenceNumeric", &number.to_string())).unwrap_or_default();
    let tag = tag.map(|tag| element("TagID", tag)).unwrap_or_default();
    element("Pointer", &(number + &element("DocumentSectionCode", class) + &tag))
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}
