//! Writes an answer as XML, in the order that the schema asks for.
//!
//! Must not know of: why an answer is what it is.

use definition::value::Decimal;
use quick_xml::escape::escape;

use super::{Notification, Rejection, TaxLine};
use crate::declaration::{Amount, Measure, Pointer, Statement};

/// The namespaces of the message and of what is around it, in the United Kingdom's profile.
const AROUND: &str = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
const RESPONSE: &str = "urn:wco:datamodel:WCO:RES-DMS:2";
/// That of the data inside of others.
const DATA: &str = "urn:wco:datamodel:WCO:Response_DS:DMS:2";

impl Notification {
    /// The answer as a WCO RES message.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
        xml.0.push_str(&format!("<MetaData xmlns=\"{AROUND}\">"));
        xml.text("WCODataModelVersionCode", Some("3.6"));
        xml.text("WCOTypeName", Some("RES"));
        xml.0.push_str(&format!("<Response xmlns=\"{RESPONSE}\">"));
        xml.text("FunctionCode", Some(&self.function.value));
        xml.datum("FunctionalReferenceID", self.reference.as_ref());
        xml.date("IssueDateTime", self.issued.as_ref());
        self.statements.iter().for_each(|statement| xml.statement(statement));
        self.errors.iter().for_each(|error| xml.rejection(error));
        for state in &self.states {
            xml.inside("Status", |xml| xml.datum("NameCode", Some(state)));
        }
        xml.inside("Declaration", |xml| {
            xml.date("AcceptanceDateTime", self.accepted.as_ref());
            xml.datum("FunctionalReferenceID", self.declaration_reference.as_ref());
            xml.datum("ID", self.declaration_id.as_ref());
            xml.datum("VersionID", self.version.as_ref());
            if !self.taxes.is_empty() {
                xml.inside("GoodsShipment", |xml| self.items(xml));
            }
        });
        xml.0.push_str("</Response></MetaData>\n");
        xml.0
    }

    /// The taxes by item, in the order of the first line of each.
    fn items(&self, xml: &mut Xml) {
        let mut numbers: Vec<Option<Decimal>> = Vec::new();
        for line in &self.taxes {
            let number = line.item.as_ref().map(|item| item.value);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        for number in numbers {
            let own = self.taxes.iter().filter(|line| line.item.as_ref().map(|item| item.value) == number);
            xml.inside("GovernmentAgencyGoodsItem", |xml| {
                xml.number("SequenceNumeric", number);
                xml.inside("Commodity", |xml| own.for_each(|line| xml.tax(line)));
            });
        }
    }
}

struct Xml(String);

impl Xml {
    fn inside(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.0.push_str(&format!("<{name}>"));
        content(self);
        self.0.push_str(&format!("</{name}>"));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.0.push_str(&format!("<{name}>{}</{name}>", escape(text)));
        }
    }

    fn datum(&mut self, name: &str, text: Option<&crate::declaration::Text>) {
        self.text(name, text.map(|text| text.value.as_str()));
    }

    fn number(&mut self, name: &str, number: Option<Decimal>) {
        self.text(name, number.map(|number| number.to_string()).as_deref());
    }

    /// A day, as UN/EDIFACT 2379, code 102, writes it.
    fn date(&mut self, name: &str, date: Option<&definition::span::Spanned<definition::value::Date>>) {
        if let Some(date) = date {
            let day = date.value.to_string().replace('-', "");
            let inner = format!("<DateTimeString xmlns=\"{DATA}\" formatCode=\"102\">{day}</DateTimeString>");
            self.0.push_str(&format!("<{name}>{inner}</{name}>"));
        }
    }

    fn amount(&mut self, name: &str, amount: Option<&Amount>) {
        if let Some(amount) = amount {
            self.quantified(name, "currencyID", amount.currency.as_deref(), amount.value.value);
        }
    }

    fn measure(&mut self, name: &str, measure: Option<&Measure>) {
        if let Some(measure) = measure {
            self.quantified(name, "unitCode", measure.unit.as_deref(), measure.value.value);
        }
    }

    fn quantified(&mut self, name: &str, attribute: &str, unit: Option<&str>, value: Decimal) {
        let unit = unit.map(|unit| format!(" {attribute}=\"{}\"", escape(unit))).unwrap_or_default();
        self.0.push_str(&format!("<{name}{unit}>{value}</{name}>"));
    }

    fn pointer(&mut self, pointer: &Pointer) {
        self.inside("Pointer", |xml| {
            xml.number("SequenceNumeric", pointer.number.as_ref().map(|number| number.value));
            xml.datum("DocumentSectionCode", pointer.section.as_ref());
            xml.datum("TagID", pointer.tag.as_ref());
        });
    }

    fn statement(&mut self, statement: &Statement) {
        self.inside("AdditionalInformation", |xml| {
            xml.datum("StatementCode", statement.code.as_ref());
            xml.datum("StatementDescription", statement.text.as_ref());
            xml.date("LimitDateTime", statement.limit.as_ref());
            xml.datum("StatementTypeCode", statement.kind.as_ref());
        });
    }

    fn rejection(&mut self, error: &Rejection) {
        self.inside("Error", |xml| {
            xml.datum("Description", error.text.as_ref());
            xml.datum("ValidationCode", error.code.as_ref());
            error.pointer.iter().for_each(|pointer| xml.pointer(pointer));
        });
    }

    fn tax(&mut self, line: &TaxLine) {
        self.inside("DutyTaxFee", |xml| {
            xml.amount("AdValoremTaxBaseAmount", line.base.as_ref());
            xml.amount("DeductAmount", line.deduct.as_ref());
            xml.datum("DutyRegimeCode", line.regime.as_ref());
            xml.measure("SpecificTaxBaseQuantity", line.quantity.as_ref());
            xml.number("TaxRateNumeric", line.rate.as_ref().map(|rate| rate.value));
            xml.datum("TypeCode", line.kind.as_ref());
            if line.assessed.is_some() || line.payable.is_some() {
                xml.inside("Payment", |xml| {
                    xml.amount("TaxAssessedAmount", line.assessed.as_ref());
                    xml.amount("PaymentAmount", line.payable.as_ref());
                });
            }
        });
    }
}
