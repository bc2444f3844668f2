//! Takes the data out of an answer that the tables accepted.
//!
//! Must not know of: what is wrong with one.

use definition::span::Spanned;
use definition::syntax::xml::Element;

use super::{Notification, Rejection, TaxLine};
use crate::message::taken::{all, amount, date, measure, number, one, pointer, statement, text};

pub(crate) fn notification(of: Element<'_>) -> Notification {
    let declaration = one(of, "Declaration");
    let said = |name| declaration.and_then(|declaration| text(declaration, name));
    Notification {
        function: text(of, "FunctionCode").unwrap_or_else(|| Spanned::new(String::new(), of.tag())),
        reference: text(of, "FunctionalReferenceID"),
        issued: date(of, "IssueDateTime"),
        declaration_reference: said("FunctionalReferenceID"),
        declaration_id: said("ID"),
        version: said("VersionID"),
        accepted: declaration.and_then(|declaration| date(declaration, "AcceptanceDateTime")),
        states: of.children().filter(|c| c.name() == "Status").filter_map(|s| text(s, "NameCode")).collect(),
        errors: all(of, "Error", rejection),
        statements: all(of, "AdditionalInformation", statement),
        taxes: declaration.and_then(|declaration| one(declaration, "GoodsShipment")).map(taxes).unwrap_or_default(),
    }
}

fn rejection(of: Element<'_>) -> Rejection {
    Rejection { code: text(of, "ValidationCode"), text: text(of, "Description"), pointer: all(of, "Pointer", pointer) }
}

fn taxes(shipment: Element<'_>) -> Vec<TaxLine> {
    let mut lines = Vec::new();
    for item in shipment.children().filter(|child| child.name() == "GovernmentAgencyGoodsItem") {
        let Some(commodity) = one(item, "Commodity") else { continue };
        let number = number(item, "SequenceNumeric");
        lines.extend(all(commodity, "DutyTaxFee", |duty| TaxLine { item: number.clone(), ..line(duty) }));
    }
    lines
}

fn line(of: Element<'_>) -> TaxLine {
    let payment = one(of, "Payment");
    TaxLine {
        item: None,
        kind: text(of, "TypeCode"),
        regime: text(of, "DutyRegimeCode"),
        base: amount(of, "AdValoremTaxBaseAmount"),
        quantity: measure(of, "SpecificTaxBaseQuantity"),
        rate: number(of, "TaxRateNumeric"),
        deduct: amount(of, "DeductAmount"),
        assessed: payment.and_then(|payment| amount(payment, "TaxAssessedAmount")),
        payable: payment.and_then(|payment| amount(payment, "PaymentAmount")),
    }
}
