//! The shipment: its terms, its charges, where it is and how it moves.
//!
//! Must not know of: what is done with it.

use super::item::ITEM;
use super::party::{
    AEO_MUTUAL_RECOGNITION_PARTY, BUYER, CONSIGNEE, DOMESTIC_DUTY_TAX_PARTY, IMPORTER, PAYER, SELLER,
    SHIPMENT_CONSIGNOR, SURETY,
};
use crate::wco::format::{DATE, amount, digits, letters, number, text};
use crate::wco::model::{Class, Part};

pub(super) static GOODS_SHIPMENT: Class = Class {
    parts: &[
        Part::datum("ExitDateTime", "024", DATE),
        Part::datum("TransactionNatureCode", "103", digits(2)),
        Part::class("AEOMutualRecognitionParty", "16C", &AEO_MUTUAL_RECOGNITION_PARTY).many(),
        Part::class("Buyer", "16A", &BUYER),
        Part::class("Consignee", "27A", &CONSIGNEE),
        Part::class("Consignment", "28A", &SHIPMENT_CONSIGNMENT),
        Part::class("Consignor", "30A", &SHIPMENT_CONSIGNOR),
        Part::class("CustomsValuation", "41A", &CUSTOMS_VALUATION),
        Part::class("Destination", "99B", &DESTINATION),
        Part::class("DomesticDutyTaxParty", "55B", &DOMESTIC_DUTY_TAX_PARTY).many(),
        Part::class("ExportCountry", "95B", &EXPORT_COUNTRY),
        Part::class("GovernmentAgencyGoodsItem", "68A", &ITEM).at_most(999),
        Part::class("Importer", "74A", &IMPORTER),
        Part::class("Invoice", "78A", &INVOICE),
        Part::class("Payer", "56B", &PAYER),
        Part::class("PreviousDocument", "99A", &PREVIOUS_DOCUMENT).many(),
        Part::class("Seller", "09B", &SELLER),
        Part::class("Surety", "19B", &SURETY),
        Part::class("TradeTerms", "22B", &TRADE_TERMS),
        Part::class("UCR", "35B", &UCR),
        Part::class("Warehouse", "43B", &WAREHOUSE),
    ],
};

pub(super) static WAREHOUSE: Class =
    Class { parts: &[Part::datum("ID", "L019", text(35)), Part::datum("TypeCode", "L112", text(3))] };

pub(super) static TRADE_TERMS: Class = Class {
    parts: &[
        Part::datum("ConditionCode", "090", letters(3)),
        Part::datum("CountryRelationshipCode", "106", text(3)),
        Part::datum("Description", "089", text(70)),
        Part::datum("LocationID", "L002", text(17)),
        Part::datum("LocationName", "L001", text(256)),
    ],
};

pub(super) static INVOICE: Class =
    Class { parts: &[Part::datum("ID", "D016", text(70)), Part::datum("IssueDateTime", "D015", DATE)] };

pub(super) static UCR: Class =
    Class { parts: &[Part::datum("ID", "016", text(35)), Part::datum("TraderAssignedReferenceID", "009", text(35))] };

pub(super) static PREVIOUS_DOCUMENT: Class = Class {
    parts: &[
        Part::datum("CategoryCode", "D031", text(3)),
        Part::datum("ID", "D018", text(70)),
        Part::datum("TypeCode", "D019", text(3)),
        Part::datum("LineNumeric", "171", number(5, 0)),
    ],
};

pub(super) static EXPORT_COUNTRY: Class = Class { parts: &[Part::datum("ID", "062", letters(2))] };

pub(super) static DESTINATION: Class =
    Class { parts: &[Part::datum("CountryCode", "465", letters(2)), Part::datum("RegionID", "477", text(9))] };

pub(super) static CUSTOMS_VALUATION: Class = Class {
    parts: &[
        Part::datum("FreightChargeAmount", "117", amount(16, 3)),
        Part::class("ChargeDeduction", "58B", &CHARGE_DEDUCTION).many(),
    ],
};

pub(super) static CHARGE_DEDUCTION: Class = Class {
    parts: &[
        Part::datum("ChargesTypeCode", "371", text(3)),
        Part::datum("OtherChargeDeductionAmount", "181", amount(16, 3)),
    ],
};

pub(super) static SHIPMENT_CONSIGNMENT: Class = Class {
    parts: &[
        Part::datum("ContainerCode", "096", text(3)),
        Part::class("ArrivalTransportMeans", "10A", &ARRIVAL_TRANSPORT_MEANS),
        Part::class("DepartureTransportMeans", "46A", &DEPARTURE_TRANSPORT_MEANS),
        Part::class("GoodsLocation", "64A", &GOODS_LOCATION),
        Part::class("LoadingLocation", "83A", &LOADING_LOCATION),
        Part::class("TransportEquipment", "31B", &TRANSPORT_EQUIPMENT).many(),
    ],
};

pub(super) static TRANSPORT_EQUIPMENT: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::datum("ID", "159", text(17)),
        Part::class("Seal", "44B", &SEAL).many(),
    ],
};

pub(super) static SEAL: Class = Class {
    parts: &[Part::datum("SequenceNumeric", "006", number(5, 0)).required(), Part::datum("ID", "165", text(35))],
};

pub(super) static LOADING_LOCATION: Class =
    Class { parts: &[Part::datum("Name", "L009", text(256)), Part::datum("ID", "L010", text(17))] };

pub(super) static GOODS_LOCATION: Class = Class {
    parts: &[
        Part::datum("Name", "L016", text(256)),
        Part::datum("ID", "L017", text(17)),
        Part::datum("TypeCode", "L110", text(3)),
        Part::class("Address", "04A", &GOODS_LOCATION_ADDRESS),
    ],
};

pub(super) static GOODS_LOCATION_ADDRESS: Class = Class {
    parts: &[
        Part::datum("TypeCode", "410", text(3)),
        Part::datum("CityName", "241", text(35)),
        Part::datum("CountryCode", "242", letters(2)),
        Part::datum("Line", "239", text(70)),
        Part::datum("PostcodeID", "245", text(9)),
    ],
};

pub(super) static DEPARTURE_TRANSPORT_MEANS: Class = Class {
    parts: &[
        Part::datum("Name", "T003", text(35)),
        Part::datum("ID", "T004", text(35)),
        Part::datum("IdentificationTypeCode", "T029", text(17)),
        Part::datum("TypeCode", "T009", text(4)),
        Part::datum("ModeCode", "T021", digits(1)),
    ],
};

pub(super) static ARRIVAL_TRANSPORT_MEANS: Class = Class {
    parts: &[
        Part::datum("Name", "T001", text(35)),
        Part::datum("ID", "T002", text(35)),
        Part::datum("IdentificationTypeCode", "T034", text(17)),
        Part::datum("TypeCode", "T008", text(4)),
        Part::datum("ModeCode", "T020", digits(1)),
    ],
};
