//! An item of goods: what it is, where from, under which procedure, at which value.
//!
//! Must not know of: what is done with it.

use super::party::{
    AEO_MUTUAL_RECOGNITION_PARTY, BUYER, CONSIGNEE, DOCUMENT_SUBMITTER, DOMESTIC_DUTY_TAX_PARTY, SELLER,
    SHIPMENT_CONSIGNOR,
};
use super::shipment::{CHARGE_DEDUCTION, DESTINATION, EXPORT_COUNTRY, PREVIOUS_DOCUMENT, UCR};
use crate::wco::format::{DATE, Format, amount, digits, letters, measure, number, text};
use crate::wco::model::{Class, Part};

pub(crate) static ITEM: Class = Class {
    parts: &[
        Part::datum("CustomsValueAmount", "108", amount(16, 3)),
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::datum("StatisticalValueAmount", "114", amount(16, 3)),
        Part::datum("TransactionNatureCode", "103", digits(2)),
        Part::class("AdditionalDocument", "02A", &ITEM_DOCUMENT).many(),
        Part::class("AdditionalInformation", "03A", &ITEM_INFORMATION).many(),
        Part::class("AEOMutualRecognitionParty", "16C", &AEO_MUTUAL_RECOGNITION_PARTY).many(),
        Part::class("Buyer", "16A", &BUYER),
        Part::class("Commodity", "23A", &COMMODITY),
        Part::class("Consignee", "27A", &CONSIGNEE),
        Part::class("Consignor", "30A", &SHIPMENT_CONSIGNOR),
        Part::class("CustomsValuation", "41A", &ITEM_VALUATION),
        Part::class("Destination", "99B", &DESTINATION),
        Part::class("DomesticDutyTaxParty", "55B", &DOMESTIC_DUTY_TAX_PARTY).many(),
        Part::class("ExportCountry", "95B", &EXPORT_COUNTRY),
        Part::class("GovernmentProcedure", "70A", &GOVERNMENT_PROCEDURE).many(),
        Part::class("Origin", "92A", &ORIGIN).many(),
        Part::class("Packaging", "93A", &PACKAGING).many(),
        Part::class("PreviousDocument", "99A", &PREVIOUS_DOCUMENT).many(),
        Part::class("Seller", "09B", &SELLER),
        Part::class("UCR", "35B", &UCR),
        Part::class("ValuationAdjustment", "39B", &VALUATION_ADJUSTMENT),
    ],
};

pub(super) static VALUATION_ADJUSTMENT: Class = Class { parts: &[Part::datum("AdditionCode", "188", text(4))] };

pub(super) static PACKAGING: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::datum("MarksNumbersID", "142", text(512)),
        Part::datum("QuantityQuantity", "144", measure(8, 0)),
        Part::datum("TypeCode", "141", text(2)),
        Part::datum("PackingMaterialDescription", "344", text(256)),
        Part::datum("LengthMeasure", "367", measure(15, 0)),
        Part::datum("WidthMeasure", "368", measure(15, 0)),
        Part::datum("HeightMeasure", "402", measure(15, 0)),
        Part::datum("VolumeMeasure", "395", measure(16, 6)),
    ],
};

pub(super) static ORIGIN: Class = Class {
    parts: &[
        Part::datum("CountryCode", "063", Format::Country { most: 4 }),
        Part::datum("RegionID", "066", text(9)),
        Part::datum("TypeCode", "501", text(3)),
    ],
};

pub(super) static GOVERNMENT_PROCEDURE: Class =
    Class { parts: &[Part::datum("CurrentCode", "166", text(7)), Part::datum("PreviousCode", "161", text(7))] };

pub(super) static ITEM_VALUATION: Class = Class {
    parts: &[
        Part::datum("MethodCode", "122", text(3)),
        Part::class("ChargeDeduction", "58B", &CHARGE_DEDUCTION).many(),
    ],
};

pub(super) static COMMODITY: Class = Class {
    parts: &[
        Part::datum("Description", "137", text(512)),
        Part::class("Classification", "21A", &CLASSIFICATION).many(),
        Part::class("DangerousGoods", "12C", &DANGEROUS_GOODS).many(),
        Part::class("DutyTaxFee", "50A", &DUTY_TAX_FEE).many(),
        Part::class("GoodsMeasure", "65A", &GOODS_MEASURE),
        Part::class("InvoiceLine", "79A", &INVOICE_LINE),
        Part::class("TransportEquipment", "31B", &ITEM_TRANSPORT_EQUIPMENT).many(),
    ],
};

pub(super) static ITEM_TRANSPORT_EQUIPMENT: Class = Class {
    parts: &[Part::datum("SequenceNumeric", "006", number(5, 0)).required(), Part::datum("ID", "159", text(17))],
};

pub(super) static INVOICE_LINE: Class = Class { parts: &[Part::datum("ItemChargeAmount", "112", amount(16, 3))] };

pub(super) static GOODS_MEASURE: Class = Class {
    parts: &[
        Part::datum("GrossMassMeasure", "126", measure(16, 6)),
        Part::datum("NetNetWeightMeasure", "128", measure(16, 6)),
        Part::datum("TariffQuantity", "130", measure(16, 6)),
    ],
};

pub(super) static DUTY_TAX_FEE: Class = Class {
    parts: &[
        Part::datum("AdValoremTaxBaseAmount", "116", amount(16, 3)),
        Part::datum("DeductAmount", "111", amount(16, 3)),
        Part::datum("DutyRegimeCode", "164", text(3)),
        Part::datum("SpecificTaxBaseQuantity", "129", measure(16, 6)),
        Part::datum("TaxRateNumeric", "115", number(17, 3)),
        Part::datum("TypeCode", "113", text(3)),
        Part::datum("QuotaOrderID", "401", text(17)),
        Part::class("Payment", "94A", &PAYMENT),
    ],
};

pub(super) static PAYMENT: Class = Class {
    parts: &[
        Part::datum("MethodCode", "107", letters(1)),
        Part::datum("TaxAssessedAmount", "120", amount(16, 3)),
        Part::datum("PaymentAmount", "378", amount(16, 3)),
    ],
};

pub(super) static DANGEROUS_GOODS: Class = Class { parts: &[Part::datum("UNDGID", "506", digits(4))] };

pub(super) static CLASSIFICATION: Class =
    Class { parts: &[Part::datum("ID", "145", text(18)), Part::datum("IdentificationTypeCode", "", text(3))] };

pub(super) static ITEM_INFORMATION: Class = Class {
    parts: &[
        Part::datum("StatementCode", "226", text(17)),
        Part::datum("StatementDescription", "225", text(512)),
        Part::datum("StatementTypeCode", "369", text(3)),
    ],
};

pub(super) static ITEM_DOCUMENT: Class = Class {
    parts: &[
        Part::datum("CategoryCode", "D031", text(3)),
        Part::datum("EffectiveDateTime", "276", DATE),
        Part::datum("ID", "D005", text(70)),
        Part::datum("Name", "D028", text(35)),
        Part::datum("TypeCode", "D006", text(3)),
        Part::datum("LPCOExemptionCode", "360", text(3)),
        Part::class("Submitter", "17B", &DOCUMENT_SUBMITTER),
        Part::class("WriteOff", "22C", &WRITE_OFF),
    ],
};

pub(super) static WRITE_OFF: Class = Class {
    parts: &[Part::datum("QuantityQuantity", "502", measure(16, 6)), Part::datum("AmountAmount", "503", amount(16, 3))],
};
