//! Takes the data out of a declaration that the tables accepted.
//!
//! Must not know of: what is wrong with one; what has not the form is not there by now.

use definition::span::Spanned;

use super::{
    Amendment, Authorisation, Charge, Classification, Declaration, DeclaredDuty, Document, Item, Origin, Package,
    Party, Procedure, Rate, Shipment, Warehouse,
};
use crate::message::taken::{all, amount, date, measure, number, one, pointer, statement, text, within};
use crate::wco::node::Node;

pub(crate) fn declaration<N: Node>(of: N) -> Declaration {
    Declaration {
        function: text(of, "FunctionCode").unwrap_or_else(|| Spanned::new(String::new(), of.tag())),
        kind: text(of, "TypeCode"),
        reference: text(of, "FunctionalReferenceID"),
        id: text(of, "ID"),
        accepted: date(of, "AcceptanceDateTime"),
        items_declared: number(of, "GoodsItemQuantity"),
        packages_declared: number(of, "TotalPackageQuantity"),
        invoice: amount(of, "InvoiceAmount"),
        declarant: one(of, "Declarant").map(party),
        agent: one(of, "Agent").map(party),
        exporter: one(of, "Exporter").map(party),
        authorisations: all(of, "AuthorisationHolder", |holder| Authorisation {
            category: text(holder, "CategoryCode"),
            holder: text(holder, "ID"),
        }),
        documents: all(of, "AdditionalDocument", document),
        statements: all(of, "AdditionalInformation", statement),
        rates: all(of, "CurrencyExchange", |rate| Rate {
            currency: text(rate, "CurrencyTypeCode"),
            rate: number(rate, "RateNumeric"),
        }),
        amendments: all(of, "Amendment", amendment),
        shipment: one(of, "GoodsShipment").map(shipment).unwrap_or_default(),
    }
}

fn shipment<N: Node>(of: N) -> Shipment {
    let valuation = one(of, "CustomsValuation");
    let terms = one(of, "TradeTerms");
    Shipment {
        importer: one(of, "Importer").map(party),
        export_country: within(of, "ExportCountry", "ID"),
        destination: within(of, "Destination", "CountryCode"),
        terms: terms.and_then(|terms| text(terms, "ConditionCode")),
        terms_place: terms.and_then(|terms| text(terms, "LocationID")),
        freight: valuation.and_then(|valuation| amount(valuation, "FreightChargeAmount")),
        charges: valuation.map(charges).unwrap_or_default(),
        warehouse: one(of, "Warehouse")
            .map(|warehouse| Warehouse { kind: text(warehouse, "TypeCode"), id: text(warehouse, "ID") }),
        previous: all(of, "PreviousDocument", document),
        items: all(of, "GovernmentAgencyGoodsItem", item),
    }
}

pub(crate) fn item<N: Node>(of: N) -> Item {
    let mut item = Item {
        number: number(of, "SequenceNumeric"),
        customs_value: amount(of, "CustomsValueAmount"),
        statistical_value: amount(of, "StatisticalValueAmount"),
        valuation: within(of, "CustomsValuation", "MethodCode"),
        charges: one(of, "CustomsValuation").map(charges).unwrap_or_default(),
        procedures: all(of, "GovernmentProcedure", |procedure| Procedure {
            current: text(procedure, "CurrentCode"),
            previous: text(procedure, "PreviousCode"),
        }),
        origins: all(of, "Origin", |origin| Origin {
            kind: text(origin, "TypeCode"),
            country: text(origin, "CountryCode"),
        }),
        export_country: within(of, "ExportCountry", "ID"),
        documents: all(of, "AdditionalDocument", document),
        statements: all(of, "AdditionalInformation", statement),
        packages: all(of, "Packaging", |package| Package {
            kind: text(package, "TypeCode"),
            count: number(package, "QuantityQuantity"),
        }),
        previous: all(of, "PreviousDocument", document),
        ..Item::default()
    };
    if let Some(commodity) = one(of, "Commodity") {
        item.description = text(commodity, "Description");
        item.codes = all(commodity, "Classification", |code| Classification {
            list: text(code, "IdentificationTypeCode"),
            code: text(code, "ID"),
        });
        item.charge = one(commodity, "InvoiceLine").and_then(|line| amount(line, "ItemChargeAmount"));
        item.duties = all(commodity, "DutyTaxFee", duty);
        if let Some(measures) = one(commodity, "GoodsMeasure") {
            item.gross = measure(measures, "GrossMassMeasure");
            item.net = measure(measures, "NetNetWeightMeasure");
            item.supplementary = measure(measures, "TariffQuantity");
        }
    }
    item
}

fn duty<N: Node>(of: N) -> DeclaredDuty {
    DeclaredDuty {
        kind: text(of, "TypeCode"),
        preference: text(of, "DutyRegimeCode"),
        quota: text(of, "QuotaOrderID"),
        base: measure(of, "SpecificTaxBaseQuantity"),
        payment: within(of, "Payment", "MethodCode"),
    }
}

fn charges<N: Node>(of: N) -> Vec<Charge> {
    all(of, "ChargeDeduction", |charge| Charge {
        kind: text(charge, "ChargesTypeCode"),
        amount: amount(charge, "OtherChargeDeductionAmount"),
    })
}

fn party<N: Node>(of: N) -> Party {
    Party {
        id: text(of, "ID"),
        name: text(of, "Name"),
        country: within(of, "Address", "CountryCode"),
        function: text(of, "FunctionCode"),
    }
}

fn document<N: Node>(of: N) -> Document {
    Document {
        category: text(of, "CategoryCode"),
        kind: text(of, "TypeCode"),
        id: text(of, "ID"),
        exemption: text(of, "LPCOExemptionCode"),
        line: number(of, "LineNumeric"),
    }
}

pub(crate) fn amendment<N: Node>(of: N) -> Amendment {
    Amendment { reason: text(of, "ChangeReasonCode"), pointer: all(of, "Pointer", pointer) }
}
