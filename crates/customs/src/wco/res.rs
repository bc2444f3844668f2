//! The answer to a declaration of the WCO Data Model, version 3.6, in the profile that the United Kingdom uses.
//!
//! After the schema `WCO_RES_2_DMS.xsd` (version 2.2), which HM Revenue & Customs publishes under the Apache License 2.0 with its declarations API; a test holds
//! the tables against it. Must not know of: what an answer means.

use super::dec;
use super::format::{DATE, amount, digits, measure, number, text};
use super::model::{Class, Part};

/// The name of the element that holds an answer.
pub const NAME: &str = "Response";

/// The answer itself.
pub static RESPONSE: Class = Class {
    parts: &[
        Part::datum("FunctionCode", "017", digits(2)).required(),
        Part::datum("FunctionalReferenceID", "D026", text(35)),
        Part::datum("IssueDateTime", "D029", DATE),
        Part::class("AdditionalInformation", "03A", &ADDITIONAL_INFORMATION).many(),
        Part::class("Amendment", "06A", &AMENDMENT).many(),
        Part::class("AppealOffice", "07A", &APPEAL_OFFICE),
        Part::class("Bank", "14A", &BANK),
        Part::class("ContactOffice", "35A", &CONTACT_OFFICE).many(),
        Part::class("Error", "53A", &ERROR).many(),
        Part::class("Status", "12B", &STATUS).many(),
        // After what the answer says of the declaration, the declaration itself as it was amended.
        Part::class("Declaration", "42A", &DECLARATION).required().second(&dec::DECLARATION),
    ],
};

static DECLARATION: Class = Class {
    parts: &[
        Part::datum("AcceptanceDateTime", "023", DATE),
        Part::datum("CancellationDateTime", "373", DATE),
        Part::datum("FunctionalReferenceID", "D026", text(35)),
        Part::datum("ID", "D014", text(70)),
        Part::datum("RejectionDateTime", "374", DATE),
        Part::datum("VersionID", "383", text(9)),
        Part::class("DutyTaxFee", "50A", &DUTY_TAX_FEE).many(),
        Part::class("GoodsShipment", "67A", &GOODS_SHIPMENT),
    ],
};

static GOODS_SHIPMENT: Class = Class { parts: &[Part::class("GovernmentAgencyGoodsItem", "68A", &ITEM).many()] };

static ITEM: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)).required(),
        Part::class("Commodity", "23A", &COMMODITY),
    ],
};

static COMMODITY: Class = Class { parts: &[Part::class("DutyTaxFee", "50A", &ITEM_DUTY).many()] };

static ITEM_DUTY: Class = Class {
    parts: &[
        Part::datum("AdValoremTaxBaseAmount", "116", amount(16, 3)),
        Part::datum("DeductAmount", "111", amount(16, 3)),
        Part::datum("DutyRegimeCode", "164", text(3)),
        Part::datum("SpecificTaxBaseQuantity", "129", measure(16, 6)),
        Part::datum("TaxRateNumeric", "115", number(17, 3)),
        Part::datum("TypeCode", "113", text(3)),
        Part::class("Payment", "94A", &ITEM_PAYMENT),
    ],
};

static ITEM_PAYMENT: Class = Class {
    parts: &[
        Part::datum("TaxAssessedAmount", "120", amount(16, 3)),
        Part::datum("PaymentAmount", "378", amount(16, 3)),
    ],
};

static DUTY_TAX_FEE: Class = Class { parts: &[Part::class("Payment", "94A", &PAYMENT)] };

static PAYMENT: Class = Class {
    parts: &[
        Part::datum("ReferenceID", "014", text(35)),
        Part::datum("TaxAssessedAmount", "120", amount(16, 3)),
        Part::datum("DueDateTime", "376", DATE),
        Part::datum("PaymentAmount", "378", amount(16, 3)),
        Part::class("ObligationGuarantee", "90A", &OBLIGATION_GUARANTEE).many(),
    ],
};

static OBLIGATION_GUARANTEE: Class = Class { parts: &[Part::datum("ReferenceID", "100", text(35))] };

static STATUS: Class = Class {
    parts: &[
        Part::datum("EffectiveDateTime", "380", DATE),
        Part::datum("NameCode", "379", text(3)),
        Part::datum("ReleaseDateTime", "277", DATE),
        Part::class("Pointer", "97A", &POINTER).many(),
    ],
};

static ERROR: Class = Class {
    parts: &[
        Part::datum("Description", "488", text(512)),
        Part::datum("ValidationCode", "377", text(8)),
        Part::class("Pointer", "97A", &POINTER).many(),
    ],
};

static CONTACT_OFFICE: Class =
    Class { parts: &[Part::datum("ID", "G002", text(17)), Part::class("Communication", "25A", &COMMUNICATION).many()] };

static COMMUNICATION: Class =
    Class { parts: &[Part::datum("ID", "240", text(50)), Part::datum("TypeCode", "253", text(3))] };

static BANK: Class =
    Class { parts: &[Part::datum("ReferenceID", "R069", text(17)), Part::datum("ID", "372", text(35))] };

static APPEAL_OFFICE: Class = Class { parts: &[Part::datum("ID", "G001", text(17))] };

static AMENDMENT: Class =
    Class { parts: &[Part::datum("ChangeReasonCode", "099", text(3)), Part::class("Pointer", "97A", &POINTER).many()] };

static ADDITIONAL_INFORMATION: Class = Class {
    parts: &[
        Part::datum("StatementCode", "226", text(17)),
        Part::datum("StatementDescription", "225", text(512)),
        Part::datum("LimitDateTime", "264", DATE),
        Part::datum("StatementTypeCode", "369", text(3)),
        Part::class("Pointer", "97A", &POINTER).many(),
    ],
};

static POINTER: Class = Class {
    parts: &[
        Part::datum("SequenceNumeric", "006", number(5, 0)),
        Part::datum("DocumentSectionCode", "375", text(3)),
        Part::datum("TagID", "381", text(4)),
    ],
};
