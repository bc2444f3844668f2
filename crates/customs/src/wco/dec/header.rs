//! The declaration as a whole: its own data, what goes with it, how it is transported and secured.
//!
//! Must not know of: what is done with it.

use super::party::{AGENT, AUTHORISATION_HOLDER, CARRIER, CONSIGNOR, DECLARANT, EXPORTER, SUBMITTER};
use super::shipment::GOODS_SHIPMENT;
use crate::wco::format::{DATE, amount, digits, letters, measure, number, text};
use crate::wco::model::{Class, Part};

/// A declaration.
pub static DECLARATION: Class = Class {
    parts: &[
        Part::datum("AcceptanceDateTime", "023", DATE),
        Part::datum("FunctionCode", "017", digits(2)).required(),
        Part::datum("FunctionalReferenceID", "D026", text(35)),
        Part::datum("ID", "D014", text(70)),
        Part::datum("IssueDateTime", "D011", DATE),
        Part::datum("IssueLocationID", "D012", text(5)),
        Part::datum("TypeCode", "D013", text(3)),
        Part::datum("GoodsItemQuantity", "228", measure(5, 0)),
        Part::datum("DeclarationOfficeID", "065", text(17)),
        Part::datum("InvoiceAmount", "109", amount(16, 3)),
        Part::datum("LoadingListQuantity", "013", measure(5, 0)),
        Part::datum("TotalGrossMassMeasure", "131", measure(16, 6)),
        Part::datum("TotalPackageQuantity", "146", measure(8, 0)),
        Part::datum("SpecificCircumstancesCodeCode", "504", text(3)),
        Part::class("Authentication", "61B", &AUTHENTICATION),
        Part::class("Submitter", "17B", &SUBMITTER),
        Part::class("AdditionalDocument", "02A", &ADDITIONAL_DOCUMENT).many(),
        Part::class("AdditionalInformation", "03A", &ADDITIONAL_INFORMATION).many(),
        Part::class("Agent", "05A", &AGENT),
        Part::class("Amendment", "06A", &AMENDMENT).many(),
        Part::class("AuthorisationHolder", "17C", &AUTHORISATION_HOLDER).many(),
        Part::class("BorderTransportMeans", "15A", &BORDER_TRANSPORT_MEANS),
        Part::class("Consignment", "28A", &CONSIGNMENT),
        Part::class("CurrencyExchange", "40A", &CURRENCY_EXCHANGE).many(),
        Part::class("Declarant", "57B", &DECLARANT),
        Part::class("ExitOffice", "56A", &EXIT_OFFICE),
        Part::class("Exporter", "57A", &EXPORTER),
        Part::class("GoodsShipment", "67A", &GOODS_SHIPMENT),
        Part::class("ObligationGuarantee", "90A", &OBLIGATION_GUARANTEE).many(),
        Part::class("PresentationOffice", "15C", &PRESENTATION_OFFICE),
        Part::class("SupervisingOffice", "97B", &SUPERVISING_OFFICE),
    ],
};

pub(super) static SUPERVISING_OFFICE: Class = Class { parts: &[Part::datum("ID", "G012", text(17))] };

pub(super) static PRESENTATION_OFFICE: Class = Class { parts: &[Part::datum("ID", "G015", text(17))] };

pub(super) static OBLIGATION_GUARANTEE: Class = Class {
    parts: &[
        Part::datum("AmountAmount", "492", amount(16, 3)),
        Part::datum("ID", "D014", text(70)),
        Part::datum("ReferenceID", "100", text(35)),
        Part::datum("SecurityDetailsCode", "101", text(3)),
        Part::datum("AccessCode", "499", text(4)),
        Part::class("GuaranteeOffice", "14C", &GUARANTEE_OFFICE),
    ],
};

pub(super) static GUARANTEE_OFFICE: Class = Class { parts: &[Part::datum("ID", "G014", text(17))] };

pub(super) static EXIT_OFFICE: Class = Class { parts: &[Part::datum("ID", "G005", text(17))] };

pub(super) static CURRENCY_EXCHANGE: Class = Class {
    parts: &[Part::datum("CurrencyTypeCode", "135", letters(3)), Part::datum("RateNumeric", "118", number(12, 5))],
};

pub(super) static CONSIGNMENT: Class = Class {
    parts: &[
        Part::class("Carrier", "18A", &CARRIER),
        Part::class("ConsignmentItem", "29A", &CONSIGNMENT_ITEM).at_most(999),
        Part::class("Consignor", "30A", &CONSIGNOR),
        Part::class("Freight", "62A", &FREIGHT),
        Part::class("Itinerary", "81A", &ITINERARY).many(),
    ],
};

pub(super) static ITINERARY: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::datum("RoutingCountryCode", "064", letters(2)),
    ],
};

pub(super) static CONSIGNMENT_ITEM: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::class("Consignor", "30A", &CONSIGNOR),
        Part::class("Freight", "62A", &FREIGHT),
    ],
};

pub(super) static FREIGHT: Class = Class { parts: &[Part::datum("PaymentMethodCode", "098", text(3))] };

pub(super) static BORDER_TRANSPORT_MEANS: Class = Class {
    parts: &[
        Part::datum("Name", "T005", text(35)),
        Part::datum("ID", "T006", text(35)),
        Part::datum("IdentificationTypeCode", "T018", text(17)),
        Part::datum("TypeCode", "T010", text(4)),
        Part::datum("RegistrationNationalityCode", "T014", letters(2)),
        Part::datum("ModeCode", "T022", digits(1)),
    ],
};

pub(super) static AMENDMENT: Class =
    Class { parts: &[Part::datum("ChangeReasonCode", "099", text(3)), Part::class("Pointer", "97A", &POINTER).many()] };

pub(super) static ADDITIONAL_INFORMATION: Class = Class {
    parts: &[
        Part::datum("StatementCode", "226", text(17)),
        Part::datum("StatementDescription", "225", text(512)),
        Part::datum("StatementTypeCode", "369", text(3)),
        Part::class("Pointer", "97A", &POINTER).many(),
    ],
};

pub(super) static POINTER: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)),
        Part::datum("DocumentSectionCode", "375", text(3)),
        Part::datum("TagID", "381", text(4)),
    ],
};

pub(super) static ADDITIONAL_DOCUMENT: Class = Class {
    parts: &[
        Part::datum("CategoryCode", "D031", text(3)),
        Part::datum("ID", "D005", text(70)),
        Part::datum("TypeCode", "D006", text(3)),
    ],
};

pub(super) static AUTHENTICATION: Class = Class {
    parts: &[Part::datum("Authentication", "104", text(256)), Part::class("Authenticator", "12A", &AUTHENTICATOR)],
};

pub(super) static AUTHENTICATOR: Class = Class { parts: &[Part::datum("Name", "R007", text(70))] };
