//! Those who have to do with a declaration, and how they are reached.
//!
//! Must not know of: what is done with it.

use crate::wco::format::{letters, text};
use crate::wco::model::{Class, Part};

pub(super) static SURETY: Class = Class {
    parts: &[
        Part::datum("Name", "R054", text(70)),
        Part::datum("ID", "R055", text(17)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static PAYER: Class = Class {
    parts: &[
        Part::datum("Name", "R120", text(70)),
        Part::datum("ID", "R121", text(17)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static IMPORTER: Class = Class {
    parts: &[
        Part::datum("Name", "R037", text(70)),
        Part::datum("ID", "R038", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Contact", "34A", &CONTACT),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static SELLER: Class = Class {
    parts: &[
        Part::datum("Name", "R050", text(70)),
        Part::datum("ID", "R051", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Contact", "34A", &CONTACT),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static DOCUMENT_SUBMITTER: Class =
    Class { parts: &[Part::datum("Name", "R058", text(70)), Part::datum("RoleCode", "R005", text(3))] };

pub(super) static DOMESTIC_DUTY_TAX_PARTY: Class =
    Class { parts: &[Part::datum("ID", "R119", text(17)), Part::datum("RoleCode", "R005", text(3))] };

pub(super) static SHIPMENT_CONSIGNOR: Class = Class {
    parts: &[
        Part::datum("Name", "R020", text(70)),
        Part::datum("ID", "R021", text(17)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static CONSIGNEE: Class = Class {
    parts: &[
        Part::datum("Name", "R014", text(70)),
        Part::datum("ID", "R015", text(17)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static BUYER: Class = Class {
    parts: &[
        Part::datum("Name", "R009", text(70)),
        Part::datum("ID", "R010", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Contact", "34A", &CONTACT),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static AEO_MUTUAL_RECOGNITION_PARTY: Class =
    Class { parts: &[Part::datum("ID", "R143", text(17)), Part::datum("RoleCode", "R005", text(3))] };

pub(super) static EXPORTER: Class = Class {
    parts: &[
        Part::datum("Name", "R031", text(70)),
        Part::datum("ID", "R032", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Contact", "34A", &CONTACT),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static DECLARANT: Class = Class {
    parts: &[
        Part::datum("Name", "R124", text(70)),
        Part::datum("ID", "R123", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Contact", "34A", &CONTACT),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static CONTACT: Class = Class { parts: &[Part::datum("Name", "246", text(70))] };

pub(super) static CONSIGNOR: Class = Class {
    parts: &[
        Part::datum("Name", "R020", text(70)),
        Part::datum("ID", "R021", text(17)),
        Part::class("Address", "04A", &CONSIGNOR_ADDRESS),
    ],
};

pub(super) static CONSIGNOR_ADDRESS: Class = Class {
    parts: &[
        Part::datum("TypeCode", "410", text(3)),
        Part::datum("CityName", "241", text(35)),
        Part::datum("CountryCode", "242", letters(2)),
        Part::datum("CountrySubDivisionCode", "244", text(9)),
        Part::datum("CountrySubDivisionName", "243", text(35)),
        Part::datum("Line", "239", text(70)),
        Part::datum("PostcodeID", "245", text(9)),
    ],
};

pub(super) static CARRIER: Class = Class {
    parts: &[
        Part::datum("Name", "R011", text(70)),
        Part::datum("ID", "R012", text(17)),
        Part::class("Address", "04A", &ADDRESS),
        Part::class("Communication", "25A", &COMMUNICATION),
    ],
};

pub(super) static COMMUNICATION: Class =
    Class { parts: &[Part::datum("ID", "240", text(50)), Part::datum("TypeCode", "253", text(3))] };

pub(super) static AUTHORISATION_HOLDER: Class =
    Class { parts: &[Part::datum("ID", "R144", text(17)), Part::datum("CategoryCode", "R145", text(4))] };

pub(super) static AGENT: Class = Class {
    parts: &[
        Part::datum("Name", "R003", text(70)),
        Part::datum("ID", "R004", text(17)),
        Part::datum("FunctionCode", "102", text(3)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static SUBMITTER: Class = Class {
    parts: &[
        Part::datum("Name", "R058", text(70)),
        Part::datum("ID", "R059", text(17)),
        Part::class("Address", "04A", &ADDRESS),
    ],
};

pub(super) static ADDRESS: Class = Class {
    parts: &[
        Part::datum("CityName", "241", text(35)),
        Part::datum("CountryCode", "242", letters(2)),
        Part::datum("CountrySubDivisionCode", "244", text(9)),
        Part::datum("CountrySubDivisionName", "243", text(35)),
        Part::datum("Line", "239", text(70)),
        Part::datum("PostcodeID", "245", text(9)),
    ],
};
