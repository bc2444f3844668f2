//! Writes a declaration's tree as a WCO DEC message, its parts in the order of the tables, which is the schema's.
//!
//! Must not know of: what stands in it.

use quick_xml::escape::escape;

use super::Tree;
use crate::wco::dec;
use crate::wco::format::Format;
use crate::wco::model::{Class, Content};

/// The namespaces of the message and of what is around it, in the United Kingdom's profile.
const AROUND: &str = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
const DECLARATION: &str = "urn:wco:datamodel:WCO:DEC-DMS:2";
/// That of the data inside of others.
const DATA: &str = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2";

impl Tree {
    /// The declaration as a WCO DEC message.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.push_str(&format!("<MetaData xmlns=\"{AROUND}\">"));
        xml.push_str("<WCODataModelVersionCode>3.6</WCODataModelVersionCode><WCOTypeName>DEC</WCOTypeName>");
        xml.push_str(&format!("<Declaration xmlns=\"{DECLARATION}\">"));
        self.inside(&dec::DECLARATION, 0, &mut xml);
        xml.push_str("\n</Declaration></MetaData>\n");
        xml
    }

    fn inside(&self, class: &'static Class, depth: usize, xml: &mut String) {
        for part in class.parts {
            for own in self.parts.iter().filter(|own| own.name == part.name) {
                xml.push_str(&format!("\n{}<{}", "  ".repeat(depth + 1), own.name));
                if let Some((key, value)) = &own.of {
                    xml.push_str(&format!(" {key}=\"{}\"", escape(value.as_str())));
                }
                xml.push('>');
                match &part.content {
                    Content::Class(class) => {
                        own.inside(class, depth + 1, xml);
                        xml.push_str(&format!("\n{}", "  ".repeat(depth + 1)));
                    }
                    Content::Datum(Format::Date) => xml.push_str(&date(&own.text)),
                    Content::Datum(_) => xml.push_str(&escape(own.text.as_str())),
                }
                xml.push_str(&format!("</{}>", own.name));
            }
        }
    }
}

/// A date with the code of its form: UN/EDIFACT 2379, 102 for a day and 304 for a day with time and zone.
fn date(text: &str) -> String {
    let code = if text.len() > 8 { "304" } else { "102" };
    format!("<DateTimeString xmlns=\"{DATA}\" formatCode=\"{code}\">{}</DateTimeString>", escape(text))
}
